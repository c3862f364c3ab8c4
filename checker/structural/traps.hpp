// Traps: sets of places of which at least one stays occupied once one is.
//
// A set T is a trap if every rule that takes a component out of T takes one into T. T is *marked* if it contains the
// initial place of a component; then every reachable state occupies a place of T, and one that occupies none is out of
// reach. The fewer places a trap has, the more it excludes.
// An action is *full* in T if all its targets are in T. T is a trap iff each arc of an action from a place in T to one
// not in T has only rules in which another action is full: an action's target depends on where its component is, so
// nothing less will do.
// Cost: greatest_trap O(arcs and participants of the net); small_trap what it grows through.
// Source: Commoner's traps (Hack, 1972), as invariants of interaction in Bensalem, Bozga, Nguyen & Sifakis, "D-Finder",
// CAV 2009; and Antonino, Gibson-Robinson & Roscoe, TACAS 2017 (tokens). Threads: immutable.
#pragma once

#include "checker/structural/place_net.hpp"

namespace tryst {

// By place: the union of all traps of places that are not `occupied`, which is a trap.
std::vector<bool> greatest_trap(const PlaceNet&, const std::vector<bool>& occupied, Budget&);

// A trap within this trap, with this place of it, made as small as choices made one by one can; sorted.
std::vector<PlaceId> small_trap(const PlaceNet&, const std::vector<bool>& within, PlaceId, Budget&);

// Marked traps of places that are not `occupied`, none of which contains the first place of an earlier one.
std::vector<std::vector<PlaceId>> marked_traps_without(const PlaceNet&, const std::vector<bool>& occupied, Budget&);

}  // namespace tryst
