// Whether a component of a network can be blocked for ever, while others go on: local deadlock, as Antonino,
// Gibson-Robinson & Roscoe call it, who look for it with approximations like those of structural/.
//
// A component is *blocked for ever* in a global state if it has not ended there and takes part in no transition of any
// state that can be reached from it. A network is locally deadlock free if that happens in no reachable state; then it
// is deadlock free too. A component that waits for something that others could do, but need not, is not blocked.
//
// That it is so can often be proved from the structure (structural/local_proof.hpp); nothing is said of networks with
// priority.
//
// check_locally() explores all global states and finds for each strongly connected component of the graph who takes
// part in what is reachable from it (Tarjan, SIAM J. Comput. 1, 1972). Memory: 4 bytes a transition, 20 a state, a bit
// for each state and component. What is found is decided again from the definition, by plain sets. Threads: none
// inside.
#pragma once

#include "checker/question.hpp"

namespace tryst {

// Of a question on deadlock freedom with a network. The evidence, of kind `blocked`, is a shortest one.
Verdict check_locally(const Question&, Budget&);

}  // namespace tryst
