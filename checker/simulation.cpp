#include "checker/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "checker/initials.hpp"

namespace tryst {

namespace {

// The states that simulate each state: bit t of row s says that t may simulate s.
class Similarity {
 public:
  Similarity(const Lts& lts, bool ready, Budget& budget)
      : lts_(lts),
        budget_(budget),
        n_(lts.state_count()),
        words_((n_ + 63) / 64),
        bits_(n_ * words_, 0),
        incoming_(n_) {
    for (std::uint32_t s = 0; s < n_; ++s)
      for (const Transition& t : lts.transitions(static_cast<StateId>(s)))
        incoming_[index(t.target)].push_back({t.event, static_cast<StateId>(s)});
    std::vector<std::vector<EventId>> offers(n_);
    for (std::uint32_t s = 0; s < n_; ++s) offers[s] = offered(static_cast<StateId>(s));
    for (std::uint32_t s = 0; s < n_; ++s) {
      budget_.poll();
      for (std::uint32_t t = 0; t < n_; ++t)
        if (ready ? offers[s] == offers[t] : std::ranges::includes(offers[t], offers[s])) row(s)[t / 64] |= bit(t);
    }
  }

  // Runs to the end, or until one of the two no longer simulates the other.
  bool mutual(StateId first, StateId second) {
    const auto related = [&] { return has(index(first), index(second)) && has(index(second), index(first)); };
    std::deque<std::uint32_t> queue;
    std::vector<bool> queued(n_, true);
    for (std::uint32_t s = 0; s < n_; ++s) queue.push_back(s);
    while (!queue.empty() && related()) {
      const std::uint32_t s = queue.front();
      queue.pop_front();
      queued[s] = false;
      if (!cut(s)) continue;
      for (const Incoming& in : incoming_[s]) {
        if (queued[index(in.source)]) continue;
        queued[index(in.source)] = true;
        queue.push_back(index(in.source));
      }
    }
    return related();
  }

 private:
  struct Incoming {
    EventId event;
    StateId source;
  };

  static std::uint64_t bit(std::uint32_t t) { return std::uint64_t{1} << (t % 64); }
  std::uint64_t* row(std::uint32_t s) { return bits_.data() + s * words_; }
  bool has(std::uint32_t s, std::uint32_t t) { return (row(s)[t / 64] & bit(t)) != 0; }

  std::vector<EventId> offered(StateId s) const {
    std::vector<EventId> events;
    for (const Transition& t : lts_.transitions(s))
      if (events.empty() || events.back() != t.event) events.push_back(t.event);
    return events;
  }

  // Keeps in row s the states that can match every step of s. Whether any was lost.
  bool cut(std::uint32_t s) {
    bool changed = false;
    std::vector<std::uint64_t> able(words_);
    for (const Transition& step : lts_.transitions(static_cast<StateId>(s))) {
      budget_.poll();
      std::ranges::fill(able, 0);
      for (std::uint32_t t = 0; t < n_; ++t) {
        if (!has(index(step.target), t)) continue;
        for (const Incoming& in : incoming_[t])
          if (in.event == step.event) able[index(in.source) / 64] |= bit(index(in.source));
      }
      for (std::size_t w = 0; w < words_; ++w) {
        const std::uint64_t left = row(s)[w] & able[w];
        changed |= left != row(s)[w];
        row(s)[w] = left;
      }
    }
    return changed;
  }

  const Lts& lts_;
  Budget& budget_;
  std::uint32_t n_;
  std::size_t words_;  // a row
  std::vector<std::uint64_t> bits_;
  std::vector<std::vector<Incoming>> incoming_;  // by target
};

}  // namespace

bool are_mutually_similar(const Lts& lts, StateId first, StateId second, bool ready, Budget& budget) {
  if (lts.state_count() > simulation_states_max)
    throw LimitReached{fmt::format("simulation is decided for at most {} states", simulation_states_max)};
  return Similarity(lts, ready, budget).mutual(first, second);
}

}  // namespace tryst
