// A walk through a transition system, forwards and back: what `tryst simulate` moves.
#pragma once

#include <vector>

#include "semantics/lazy_lts.hpp"

namespace tryst::cli {

class Walk {
 public:
  explicit Walk(LazyLts& system) : system_(system), states_{system.initial()} {}

  StateId state() const { return states_.back(); }
  StateId source() const { return states_[states_.size() - 2]; }  // of the last step
  std::span<const Transition> choices() { return system_.row(state()); }
  bool terminated() { return system_.is_terminated(state()); }
  const EventNames& events() const { return system_.events(); }

  void take(Transition t) {
    taken_.push_back(t.event);
    states_.push_back(t.target);
  }
  bool undo() {
    if (taken_.empty()) return false;
    taken_.pop_back();
    states_.pop_back();
    return true;
  }
  void restart() {
    taken_.clear();
    states_.resize(1);
  }
  const std::vector<EventId>& taken() const { return taken_; }

 private:
  LazyLts& system_;
  std::vector<StateId> states_;  // one more than taken_
  std::vector<EventId> taken_;
};

}  // namespace tryst::cli
