// What a process of machine code can do first, as far as its own expression says: calls count as processes that only offer
// events, which running the code confirms or refutes.
#pragma once

#include "runtime/emitter/machine_code.hpp"

namespace tryst::emitter {

// It takes hidden steps, with which a choice that it stands in is not yet made.
bool may_act_before_choice(const Process&);

// A process whose parts are offered together, sorted: processes that only offer events; terminations; hidden steps.
struct Menu {
  std::vector<Process> offers;
  std::vector<Process> terminations;
  std::vector<Process> steps;  // targets
};
Menu menu_of(const Process&);
Process process_of(Menu);

// Its terminations are steps like others for whoever is around it.
void forget_terminations(Process&);

}  // namespace tryst::emitter
