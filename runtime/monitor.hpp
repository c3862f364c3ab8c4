// Watches a running program against its model, one component at a time.
//
// The traces of a parallel composition are those whose projection on each component is a trace of that component; so it
// is enough to follow each participant's own automaton, and no product is ever built. The automata are tables written
// from the model, not from the components' code. At rest the offers of every component must be those of its automaton as
// well: a trace cannot show a lost wake-up, a refusal does.
// What a step did in the same states before is remembered (StepMemo).
//   local_     by component: the state of its automaton
// Cost: O(participants × log row) a step that is new, a comparison for each participant otherwise. Threads: none.
// Source: C. A. R. Hoare, Communicating Sequential Processes, 1985, section 2.3.3: traces(P || Q).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/executor.hpp"
#include "runtime/step_memo.hpp"
#include "runtime/table_component.hpp"

namespace tryst::runtime {

class Monitor {
 public:
  // One automaton for each component of the network, over the same labels.
  Monitor(const Network&, std::span<const Table* const> automata);

  // False: some participant must not do this; violation() says who.
  bool step(RuleId);
  // False: some component offers other labels than its automaton.
  bool at_rest(const Executor&);
  const std::string& violation() const { return violation_; }

 private:
  void move(StepMemo::Step step) {
    for (std::uint32_t i = 0; i < step.parts(); ++i) local_[step.part(i).component] = step.part(i).after;
  }
  auto state_of() const {
    return [this](std::uint32_t component) { return local_[component]; };
  }
  bool check(RuleId);

  const Network& network_;
  std::span<const Table* const> automata_;
  std::vector<std::uint32_t> local_;
  StepMemo memo_;
  bool remembers_ = true;
  std::uint64_t steps_ = 0;
  std::vector<std::uint32_t> step_;  // the one that is being checked, in the memo's form
  std::string violation_;
};

inline bool Monitor::step(RuleId r) {
  ++steps_;
  const StepMemo::Step step = memo_.last(r);
  if (!StepMemo::matches(step, state_of())) return check(r);
  move(step);
  return true;
}

}  // namespace tryst::runtime
