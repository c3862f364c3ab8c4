#include "checker/packed/packed_divergence.hpp"

#include "checker/ensure.hpp"
#include "checker/packed/cyclic_rules.hpp"

namespace tryst {

namespace {

class DivergenceFinder {
 public:
  // Complete: all that τ leads to has been visited.
  DivergenceFinder(const PackedSearch& search, const PackedQuestion& question, bool is_complete, Budget& budget)
      : search_(search),
        is_complete_(is_complete),
        rules_(rules_of_tau_cycles(question.network)),
        budget_(budget),
        words_(search.firing().packing().words()),
        expander_(question, search.firing(), search.companion()),
        incoming_(search.visited().slots(), 0) {}

  std::optional<Divergence> find(std::uint32_t last_level) {
    for_each_state([this](const std::uint64_t* state) { count(state); });
    for_each_state([this](const std::uint64_t* state) { remove_from(state); });
    for (std::uint32_t level = 0; level <= last_level; ++level) {
      Divergence divergence{level, {}};
      for (const StateStore::Range range : search_.states().level(level))
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
          const PackedView state(search_.states()[i], words_);
          if (incoming_[slot(state)] != removed && is_on_cycle(state))
            divergence.states.emplace(state.begin(), state.end());
        }
      if (!divergence.states.empty()) return divergence;
    }
    return std::nullopt;
  }

 private:
  static constexpr std::uint8_t removed = 255;
  static constexpr std::uint8_t many = 254;  // so many or more: never counted down, left to the components
  struct Frame {
    PackedState state;
    std::vector<PackedState> targets;
    std::size_t next;
    std::uint32_t low;
  };
  struct Visit {
    std::uint32_t number;  // in the order of discovery, from 1
    bool is_open;          // on the stack
    bool is_on_cycle;
  };

  std::size_t slot(PackedView state) const {
    return search_.visited().find(state.data(), hash_of(state.data(), words_));
  }

  template <class Visitor>
  void for_each_state(Visitor visit) {
    for (std::uint32_t level = 0; level < search_.states().levels(); ++level)
      for (const StateStore::Range range : search_.states().level(level))
        for (std::uint32_t i = range.begin; i < range.end; ++i) visit(search_.states()[i]);
  }

  template <class Found>
  void for_each_tau(const std::uint64_t* state, Found found) {
    budget_.poll();
    expander_.clear();
    const bool is_expanded = expander_.expand(state);
    ensure(is_expanded || !is_complete_, "a visited state has missing rows");
    for (std::size_t i = 0; i < expander_.size(); ++i) {
      if (!rules_[index(expander_.rule(i))]) continue;
      const PackedView target(expander_.target(i), words_);
      const std::size_t at = slot(target);
      if (at != VisitedSet::npos)
        found(target, at);
      else
        ensure(!is_complete_, "what a visited state leads to is not in the set");
    }
  }

  void count(const std::uint64_t* state) {
    for_each_tau(state, [this](PackedView, std::size_t at) {
      std::uint8_t& incoming = incoming_[at];
      if (incoming < many) ++incoming;
    });
  }

  // Removes the state if nothing leads to it any more, and then what only it led to.
  void remove_from(const std::uint64_t* state) {
    pending_.assign(1, PackedState(state, state + words_));
    if (incoming_[slot(pending_.back())] != 0) return;
    while (!pending_.empty()) {
      const PackedState at = std::move(pending_.back());
      pending_.pop_back();
      incoming_[slot(at)] = removed;
      for_each_tau(at.data(), [this](PackedView target, std::size_t slot_of_target) {
        std::uint8_t& incoming = incoming_[slot_of_target];
        if (incoming == many || incoming == removed) return;
        if (--incoming == 0) pending_.emplace_back(target.begin(), target.end());
      });
    }
  }

  bool is_on_cycle(PackedView state) {
    const auto known = visits_.find(state);
    if (known != visits_.end()) return known->second.is_on_cycle;
    open(PackedState(state.begin(), state.end()));
    while (!frames_.empty()) advance();
    return visits_.find(state)->second.is_on_cycle;
  }

  void open(PackedState state) {
    Frame frame{std::move(state), {}, 0, ++counter_};
    for_each_tau(frame.state.data(),
                 [&](PackedView target, std::size_t) { frame.targets.emplace_back(target.begin(), target.end()); });
    visits_[frame.state] = {counter_, true, false};
    stack_.push_back(frame.state);
    frames_.push_back(std::move(frame));
  }

  // One step of Tarjan's algorithm.
  void advance() {
    Frame& frame = frames_.back();
    if (frame.next < frame.targets.size()) {
      const PackedState target = frame.targets[frame.next++];
      const auto known = visits_.find(target);
      if (known == visits_.end()) return open(target);
      if (known->second.is_open) frame.low = std::min(frame.low, known->second.number);
      if (target == frame.state) visits_[target].is_on_cycle = true;
      return;
    }
    if (frame.low == visits_[frame.state].number) close(frame.state);
    const std::uint32_t low = frame.low;
    frames_.pop_back();
    if (!frames_.empty()) frames_.back().low = std::min(frames_.back().low, low);
  }

  void close(const PackedState& root) {
    const bool is_cycle = stack_.back() != root;  // more than one state; a loop was seen before
    for (bool last = false; !last;) {
      Visit& visit = visits_[stack_.back()];
      visit.is_open = false;
      visit.is_on_cycle = visit.is_on_cycle || is_cycle;
      last = stack_.back() == root;
      stack_.pop_back();
    }
  }

  const PackedSearch& search_;
  const bool is_complete_;
  const std::vector<bool> rules_;  // those that may be on a τ-cycle
  Budget& budget_;
  std::size_t words_;
  Expander expander_;
  std::vector<std::uint8_t> incoming_;  // by slot: the τ-transitions to the state there
  std::vector<PackedState> pending_;
  PackedMap<Visit> visits_;
  std::vector<Frame> frames_;
  std::vector<PackedState> stack_;
  std::uint32_t counter_ = 0;
};

}  // namespace

std::optional<Divergence> find_divergence(PackedSearch& search, const PackedQuestion& question, Budget& budget) {
  const auto rules = question.network.rules();
  if (std::ranges::find(rules, tau, &Rule::event) == rules.end()) return std::nullopt;
  const std::uint32_t last_level = search.depth();
  search.close_under_tau();
  if (!may_diverge(question.network)) return std::nullopt;
  return DivergenceFinder(search, question, true, budget).find(last_level);
}

bool shows_divergence(const PackedSearch& search, const PackedQuestion& question, Budget& budget) {
  return may_diverge(question.network) &&
         DivergenceFinder(search, question, false, budget).find(search.depth()).has_value();
}

}  // namespace tryst
