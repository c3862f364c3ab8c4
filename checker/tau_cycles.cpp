#include "checker/tau_cycles.hpp"

#include <algorithm>
#include <unordered_map>

#include "checker/ensure.hpp"
#include "checker/initials.hpp"

namespace tryst {

bool TauCycles::on_cycle(StateId s) {
  grow(s);
  if (class_[index(s)] == Class::unknown) {
    if (has_tau(system_.row(s))) {
      classify_from(s);
    } else {
      class_[index(s)] = Class::acyclic;
      component_[index(s)] = components_++;
    }
  }
  return class_[index(s)] == Class::cyclic;
}

void TauCycles::grow(StateId s) {
  if (index(s) < class_.size()) return;
  const std::size_t size = std::max<std::size_t>(index(s) + std::size_t{1}, 2 * class_.size());
  class_.resize(size, Class::unknown);
  component_.resize(size, 0);
  number_.resize(size, 0);
}

void TauCycles::enter(StateId s) {
  number_[index(s)] = ++counter_;
  stack_.push_back(s);
  frames_.push_back({s, 0, counter_});
}

void TauCycles::classify_from(StateId root) {
  // A limit may have ended an earlier run half way.
  for (const StateId s : stack_) number_[index(s)] = 0;
  stack_.clear();
  frames_.clear();
  counter_ = 0;
  enter(root);
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    const Row steps = internal(system_.row(frame.state));
    if (frame.next < steps.size()) {
      const StateId target = steps[frame.next++].target;
      grow(target);
      if (number_[index(target)] != 0)
        frame.low = std::min(frame.low, number_[index(target)]);
      else if (class_[index(target)] == Class::unknown) {
        budget_.poll();
        enter(target);
      }
      continue;
    }
    const Frame done = frame;
    frames_.pop_back();
    if (!frames_.empty()) frames_.back().low = std::min(frames_.back().low, done.low);
    leave(done);
  }
}

// Closes the component whose root is done.state, if it is one.
void TauCycles::leave(const Frame& done) {
  if (done.low != number_[index(done.state)]) return;
  const Row steps = internal(system_.row(done.state));
  const bool cyclic =
      stack_.back() != done.state || std::ranges::find(steps, done.state, &Transition::target) != steps.end();
  StateId member;
  do {
    member = stack_.back();
    stack_.pop_back();
    number_[index(member)] = 0;
    class_[index(member)] = cyclic ? Class::cyclic : Class::acyclic;
    component_[index(member)] = components_;
  } while (member != done.state);
  ++components_;
}

std::vector<Step> TauCycles::shortest_loop(StateId s) {
  std::unordered_map<StateId, StateId> parent;
  std::vector<StateId> queue{s};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    budget_.poll();
    for (const Transition& t : internal(system_.row(queue[i]))) {
      if (t.target == s) {
        std::vector<Step> loop{{tau, s}};
        for (StateId at = queue[i]; at != s; at = parent[at]) loop.push_back({tau, at});
        std::reverse(loop.begin(), loop.end());
        return loop;
      }
      if (parent.try_emplace(t.target, queue[i]).second) queue.push_back(t.target);
    }
  }
  throw InternalError("a state on a τ-cycle has no τ-cycle");
}

}  // namespace tryst
