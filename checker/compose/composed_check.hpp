// Questions answered on a smaller network: parts that a script names, or that are found to be worth it, are composed
// and compressed before the search (checker/compose/composer.hpp).
//
// What the question cannot see becomes τ first: every event, where a deadlock is asked for and no divergence could be
// made by that. That it holds is then shown by the search of the small network. A failure there is a run of the small
// network; the run is lifted to the components (checker/compose/lifting.hpp), made a path of the system itself, and
// replayed on it, like all evidence. It is not a shortest one.
#pragma once

#include "checker/question.hpp"

namespace tryst {

// None: nothing is named or worth composing, or it costs too much; the system is then to be searched as it is. May
// throw LimitReached.
std::optional<Verdict> check_composed(const Question&, Budget&, const Asking&);

}  // namespace tryst
