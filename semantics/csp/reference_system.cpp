#include "semantics/csp/reference_system.hpp"

#include <algorithm>

#include "semantics/csp/term_graph.hpp"

namespace tryst::csp {

// States are resolved terms, numbered as they are met.
//   terms_of_[s]   the term of state s
//   state_of_[t]   its inverse; no_id for a term that is not a state
struct ReferenceSystem::Engine {
  Engine(Terms& terms, Unfolder& unfolder, ProcessId start) : graph(terms, unfolder), initial(start) {}

  StateId state(ProcessId term) {
    if (index(term) >= state_of.size()) state_of.resize(graph.terms().size(), no_id<StateId>);
    StateId& state = state_of[index(term)];
    if (state == no_id<StateId>) {
      state = static_cast<StateId>(term_of.size());
      term_of.push_back(term);
    }
    return state;
  }

  TermGraph graph;
  ProcessId initial;
  std::vector<ProcessId> term_of;
  std::vector<StateId> state_of;
  std::vector<Move> moves;
};

ReferenceSystem::ReferenceSystem(Terms& terms, Unfolder& unfolder, ProcessId initial)
    : engine_(std::make_unique<Engine>(terms, unfolder, initial)) {}

ReferenceSystem::~ReferenceSystem() = default;

void ReferenceSystem::set_budget(Budget* budget) { engine_->graph.set_budget(budget); }

StateId ReferenceSystem::initial() { return engine_->state(engine_->graph.resolve(engine_->initial)); }

void ReferenceSystem::successors(StateId s, std::vector<Transition>& out) {
  out.clear();
  engine_->graph.moves_once(term(s), engine_->moves);
  for (const Move& move : engine_->moves)
    out.push_back({move.event, engine_->state(engine_->graph.resolve(move.target))});
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

const EventNames& ReferenceSystem::events() const { return engine_->graph.terms().events(); }

bool ReferenceSystem::is_terminated(StateId s) { return term(s) == engine_->graph.omega(); }

ProcessId ReferenceSystem::term(StateId s) const { return engine_->term_of[index(s)]; }

}  // namespace tryst::csp
