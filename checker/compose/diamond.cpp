// The compression `diamond`: τ remains only where it chooses between offers.
//
// A state s offers, by itself, all that follows τ* from it, and by τ goes only to stable states whose offers are least
// among those that τ* reaches: what else such a state can do, s can do itself. It keeps a loop where it diverges. With
// one least offer, equal to all that s can do, s is stable. States that only τ led to are met no more.
#include <algorithm>
#include <tuple>

#include "checker/compose/compression.hpp"
#include "checker/initials.hpp"
#include "semantics/lts_builder.hpp"

namespace tryst {

namespace {

class Diamond {
 public:
  Diamond(const Lts& lts, Observed observed, Budget& budget)
      : lts_(lts),
        observed_(observed),
        budget_(budget),
        transitions_max_(lts.transition_count() + lts.state_count()),
        number_of_(lts.state_count(), no_id<StateId>),
        seen_in_(lts.state_count(), 0) {}

  std::optional<Lts> build() {
    need(lts_.initial());
    for (std::uint32_t i = 0; i < needed_.size(); ++i) {
      expand(StateId{i});
      if (builder_.transition_count() + needed_.size() > transitions_max_) return std::nullopt;
    }
    const auto count = static_cast<std::uint32_t>(needed_.size());
    return std::move(builder_).finish(count, StateId{0}, lts_.events());
  }

 private:
  StateId need(StateId s) {
    StateId& number = number_of_[index(s)];
    if (number == no_id<StateId>) {
      number = static_cast<StateId>(needed_.size());
      needed_.push_back(s);
    }
    return number;
  }

  void expand(StateId number) {
    const StateId s = needed_[index(number)];
    close(s);
    row_.clear();
    bool diverges = false;
    for (const StateId t : closure_)
      for (const Transition& step : lts_.transitions(t)) {
        budget_.poll();
        if (step.event != tau) row_.push_back(step);
        diverges = diverges || (step.event == tau && step.target == t);
      }
    std::ranges::sort(row_);
    row_.erase(std::ranges::unique(row_).begin(), row_.end());
    for (const Transition& step : row_) builder_.add(number, {step.event, need(step.target)});
    if (observed_ == Observed::traces || closure_.size() == 1) {
      if (diverges && observed_ != Observed::traces) builder_.add(number, {tau, number});
      return;
    }
    choose_least_offers();
    std::vector<EventId> all;
    initials(row_, all);
    const bool is_stable = !diverges && least_.size() == 1 && least_.front().offers == all;
    if (is_stable) return;
    for (const Offer& offer : least_) builder_.add(number, {tau, need(offer.state)});
    if (diverges) builder_.add(number, {tau, number});
  }

  // What τ* reaches from s.
  void close(StateId s) {
    ++closures_;
    closure_.assign(1, s);
    seen_in_[index(s)] = closures_;
    for (std::size_t i = 0; i < closure_.size(); ++i)
      for (const Transition& step : internal(lts_.transitions(closure_[i]))) {
        budget_.poll();
        if (seen_in_[index(step.target)] == closures_) continue;
        seen_in_[index(step.target)] = closures_;
        closure_.push_back(step.target);
      }
  }

  struct Offer {
    std::vector<EventId> offers;
    StateId state;
  };
  void choose_least_offers() {
    std::vector<Offer> offers;
    for (const StateId t : closure_) {
      const Row row = lts_.transitions(t);
      if (has_tau(row)) continue;
      offers.push_back({{}, t});
      initials(row, offers.back().offers);
    }
    std::ranges::sort(offers, [](const Offer& a, const Offer& b) {
      if (a.offers.size() != b.offers.size()) return a.offers.size() < b.offers.size();
      return std::tie(a.offers, a.state) < std::tie(b.offers, b.state);
    });
    least_.clear();
    for (Offer& offer : offers) {
      budget_.poll();
      const bool is_least = std::ranges::none_of(
          least_, [&](const Offer& less) { return std::ranges::includes(offer.offers, less.offers); });
      if (is_least) least_.push_back(std::move(offer));
    }
  }

  const Lts& lts_;
  const Observed observed_;
  Budget& budget_;
  const std::uint64_t transitions_max_;
  LtsBuilder builder_;
  std::vector<StateId> number_of_;      // by state; no_id: not needed so far
  std::vector<StateId> needed_;         // by number
  std::vector<std::uint32_t> seen_in_;  // by state: the last closure that holds it
  std::uint32_t closures_ = 0;
  std::vector<StateId> closure_;
  std::vector<Transition> row_;
  std::vector<Offer> least_;
};

}  // namespace

std::optional<Lts> diamond_of(const Lts& lts, Observed observed, Budget& budget) {
  return Diamond(lts, observed, budget).build();
}

}  // namespace tryst
