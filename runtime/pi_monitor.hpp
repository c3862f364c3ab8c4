// Holds each step of an executor against the states that are found by calling nothing but the processes' code.
//
// The executor's processes are brought into the form of a state (runtime/pi_states.hpp), up to the numbers of the names
// that the environment knows; that form must be one that the state before leads to. So a lost offer, a wrong partner or
// a name that is given out twice is found where it happens; and when the executor finds nothing possible any more, the
// state must have no steps either. Names that are abandoned, with those who wait on them, are in neither.
// Cost: all steps of the state, at each step: for checks. Threads: none.
#pragma once

#include "runtime/pi_run.hpp"
#include "runtime/pi_states.hpp"

namespace tryst::runtime::pi {

// The state of an executor, names as a state has them; canonical up to the names that the environment knows.
Soup soup_of(const Executor&);

class StateMonitor final : public Monitor {
 public:
  explicit StateMonitor(const Executor& executor);

  bool step(const Executor& after, const Step&, std::span<const Word> received) final;
  // Whether the model can do nothing in this state but what the environment has a part in.
  bool at_rest(const Executor&) const;

 private:
  const Program& program_;
  Soup before_;
};

// Many runs from different seeds, each step monitored, the executor's own invariants checked. What is wrong, or empty.
struct SelfCheck {
  std::string objection;
  std::uint64_t steps = 0;
  std::size_t runs = 0;
};
SelfCheck self_check(const Program&, std::uint64_t seed);

}  // namespace tryst::runtime::pi
