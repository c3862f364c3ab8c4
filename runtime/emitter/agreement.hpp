// Is machine code the component that it was translated from?
//
// They are if they are strongly bisimilar. Mostly they even do the same in the same order: the n-th way of the one to
// perform an event leads to where the n-th way of the other does, and so do labels, which walking both together shows.
// Where they do not (the component has its ways ordered as it was evaluated, and what comes to the same once), all states
// are partitioned, and the component's automaton is written anew, over the labels that the code gives to its ways.
// Source: Blom & Orzan, "A distributed algorithm for strong bisimulation reduction of state spaces", 2002: signatures;
// with Hopcroft's rule that the largest part keeps its name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/emitter/machine_code.hpp"
#include "semantics/network/network.hpp"

namespace tryst::emitter {

// Over the component's labels and more; its state 0 is the initial one.
struct Automaton {
  // For further ways to perform an event, which lead to states of the code that are bisimilar to others: behind the
  // component's own labels.
  std::vector<LocalGraph::Label> more_labels;
  std::vector<LocalId> states;          // the component's state that each is bisimilar to
  std::vector<std::uint32_t> row{0};    // states + 1; the moves of s are moves[row[s], row[s + 1])
  std::vector<LocalGraph::Move> moves;  // targets are states of the automaton
};

struct Agreement {
  std::string objection;               // why they do not agree; empty if they do
  std::optional<Automaton> automaton;  // none: the graph itself, label by label
};

// The component's rows are all there. Running the code sets what CodeStates says.
Agreement agreement(MachineCode&, const Process& initial, const LocalGraph&, const EventNames&);

}  // namespace tryst::emitter
