// Questions answered by the pair search on the global states of a network, which cost a fraction of what the operational
// rules do: those that the packed search (checker/packed/) does not know.
#pragma once

#include "checker/question.hpp"

namespace tryst {

// `check` answers a question about a system, such as the one that is made of the network. Its evidence is carried over
// to the implementation that the question names, and replayed there. Needs question.network.
Verdict check_on_network(const Question&, Budget&, const Asking&,
                         Verdict (*check)(const Question&, Budget&, const Asking&));

}  // namespace tryst
