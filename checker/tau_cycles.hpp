// Which states can perform τ for ever by coming back to themselves: the τ-cycles, found on the fly.
//
// Strongly connected components of the τ-graph (Tarjan, SIAM J. Comput. 1(2), 1972), iterative, started at each state
// that is asked about and not classified yet; every τ-reachable state is classified on the way, so the total cost is
// one visit of each state and τ-transition met. A state diverges iff it reaches a state on a cycle by τ: the systems
// are finitely branching, and an infinite system without τ-cycle ends in a limit, never in a wrong answer.
//   class_       by state: unknown, or whether it lies on a τ-cycle
//   component_   by state, once classified: its component, numbered as they are closed, so that τ never leads to a
//                higher one
//   number_      by state, while it is on the stack of the run in progress: its place in the order of discovery, from
//                1; else 0
#pragma once

#include <vector>

#include "checker/verdict.hpp"
#include "semantics/budget.hpp"
#include "semantics/lazy_lts.hpp"

namespace tryst {

class TauCycles {
 public:
  TauCycles(LazyLts& system, Budget& budget) : system_(system), budget_(budget) {}

  bool on_cycle(StateId);
  // The strongly connected component of s. Components are numbered from 0; τ leads from a component to itself or a
  // lower one.
  std::uint32_t component(StateId s) {
    on_cycle(s);
    return component_[index(s)];
  }
  std::uint32_t component_count() const { return components_; }
  // A shortest τ-cycle from s to itself, the first in breadth-first order. on_cycle(s) must hold.
  std::vector<Step> shortest_loop(StateId s);

 private:
  enum class Class : std::uint8_t { unknown, acyclic, cyclic };
  struct Frame {
    StateId state;
    std::uint32_t next;  // the τ-transition to look at next
    std::uint32_t low;   // the least number reachable that is still on the stack
  };

  void grow(StateId);
  void classify_from(StateId);
  void enter(StateId);
  void leave(const Frame&);

  LazyLts& system_;
  Budget& budget_;
  std::vector<Class> class_;
  std::vector<std::uint32_t> component_;
  std::vector<std::uint32_t> number_;
  std::vector<Frame> frames_;
  std::vector<StateId> stack_;
  std::uint32_t counter_ = 0;
  std::uint32_t components_ = 0;
};

}  // namespace tryst
