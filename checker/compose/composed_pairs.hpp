// The questions that the packed search does not know (revivals, refusal traces, determinism, traces that are given),
// answered on a smaller network.
//
// Whatever a script names becomes divergence-preserving branching bisimilarity at most, which is a congruence for what is
// around a part and which all these questions respect: bisimilar systems have the same traces, and of bisimilar states
// the one that is stable shows by τ alone that the other reaches a stable one with the same initials and futures. No
// event is hidden. Only that something holds is taken from the small network; for evidence the components are searched.
#pragma once

#include "checker/question.hpp"

namespace tryst {

// None: nothing is named or worth composing, it costs too much, or the answer needs evidence. `check` answers a question
// about a system. May throw LimitReached. Needs question.network.
std::optional<Verdict> check_composed_pairs(const Question&, Budget&, const Asking&,
                                            Verdict (*check)(const Question&, Budget&, const Asking&));

}  // namespace tryst
