// Deadlock freedom because nobody can wait for itself, however indirectly.
//
// In a deadlock every component is in a place where it can block, and has some rule to offer there whose other
// participants do not all offer their part: it *waits for* one that does not. If every such place has a rule, everybody
// waits for somebody, so some components wait for each other in a circle, whose places follow each other in a graph
// that does not depend on the state: p -> q iff p offers an action of a rule of which q, of another participant, does
// not offer its own, and both can be occupied in a deadlock. Where that graph has no cycle there is no deadlock.
// Cost: O(places, times the rules of each, times the places of their participants).
// Source: Martin & Jassim, "An efficient technique for deadlock analysis of large scale process networks", FME 1997
// (state dependence digraphs), here for rules of any width. Threads: none inside.
#pragma once

#include <optional>
#include <vector>

#include "checker/structural/neighbours.hpp"

namespace tryst {

// All places where a component can block, each before those it waits for; none: there is a cycle, or a place where a
// component waits for nothing.
std::optional<std::vector<PlaceId>> waiting_order(const PlaceNet&, const Neighbours&, Budget&);

}  // namespace tryst
