// Watches a running program against its model, one component at a time.
//
// The traces of a parallel composition are those whose projection on each component is a trace of that component; so it
// is enough to follow each participant's own automaton, and no product is ever built. The automata are tables written
// from the model, not from the components' code. At rest the offers of every component must be those of its automaton as
// well: a trace cannot show a lost wake-up, a refusal does.
//   local_     by component: the state of its automaton
// Cost: O(participants × log row) a step. Threads: none.
// Source: C. A. R. Hoare, Communicating Sequential Processes, 1985, section 2.3.3: traces(P || Q).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/executor.hpp"
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
  const Network& network_;
  std::span<const Table* const> automata_;
  std::vector<std::uint32_t> local_;
  std::string violation_;
};

}  // namespace tryst::runtime
