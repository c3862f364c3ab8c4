// Whether whoever is waited for comes round, in a net that has a waiting order (waiting_order.hpp).
//
// Take a state after which as many components as possible never move again. Everybody else can then always move once
// more, without these. Of the places of those that never move take the last in the order: nobody that it waits for is
// stuck, so a partner d in a rule of two moves again and again. *The places where d can do so* are those that can be
// occupied together with that place while no rule of these two is enabled, from which some move that does not need the
// stuck one leads to another such place, and none that d can make alone leads elsewhere. If there are no such places,
// the stuck one is not stuck.
// Cost: for each two neighbours, the moves of one times the places of the other that wait for it. Threads: none inside.
#pragma once

#include "checker/structural/neighbours.hpp"

namespace tryst {

// Whether every place where a component can block has a partner in a rule of two that has no such places. Together with
// a waiting order this says that nobody can be blocked for ever, if the system cannot end.
bool partners_come_round(const PlaceNet&, const Neighbours&, Budget&);

}  // namespace tryst
