// A transition tour: runs that together take every rule of a program that can be taken at all.
//
// Every rule that some reachable state enables is fired by the executor in one of the runs, with the monitor on, and in
// every state on the way the executor's ready rules must be those that plain offers() and fire() give.
// Throws std::length_error when there are more than `states_max` states.
#pragma once

#include <span>
#include <string>

#include "runtime/table_component.hpp"

namespace tryst::runtime {

struct Tour {
  std::size_t rules = 0;      // taken
  std::size_t unreached = 0;  // enabled in no reachable state
  std::string objection;      // empty: none
};

Tour tour(const Network&, std::span<const Table* const> automata, std::size_t states_max = 1'000'000);

}  // namespace tryst::runtime
