// Small processes over the events a and b as syntax trees: made at random, printed as CSPM, turned into terms, shrunk.
#pragma once

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "tests/semantics/term_builder.hpp"

namespace tryst::csp {

// How a process is built: the number of its form, and its operands.
struct Process {
  std::size_t form;
  std::vector<Process> operands;
};

struct Form {
  std::string text;  // with P and Q for the operands
  std::size_t operands;
  ProcessId (*term)(TermBuilder&, const std::vector<ProcessId>&);
};

// The first `leaf_forms` have no operands. Those from `unbounded_forms` on have traces without end, or no denotation.
inline constexpr std::size_t leaf_forms = 3;
extern const std::size_t unbounded_forms;
const std::vector<Form>& forms();

// The builder's first two events become a and b; the names that recursive forms call are defined.
void declare(TermBuilder&);
ProcessId term_of(TermBuilder&, const Process&);
std::string text_of(const Process&);

// `nodes` nodes, of the forms before `forms_end`.
Process random_process(std::mt19937&, std::size_t nodes, std::size_t forms_end);

// At least two processes of all forms, of up to so many nodes each. The greater `spread`, the more there may be.
std::vector<ProcessId> random_components(TermBuilder&, std::mt19937&, std::size_t spread, std::size_t nodes_max);

// Makes a process smaller as long as `fails` holds.
Process shrunk(Process failing, const std::function<bool(const Process&)>& fails);

}  // namespace tryst::csp
