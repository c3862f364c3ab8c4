#include "semantics/csp/reference_system.hpp"

#include <algorithm>

#include "semantics/csp/components.hpp"
#include "semantics/csp/derivation.hpp"
#include "semantics/csp/term_graph.hpp"

namespace tryst::csp {

// States are resolved terms, numbered as they are met.
//   terms_of_[s]   the term of state s
//   state_of_[t]   its inverse; no_id for a term that is not a state
struct ReferenceSystem::Engine {
  Engine(Terms& terms, Unfolder& names, ProcessId start) : graph(terms, names), unfolder(names), initial(start) {}

  StateId state(ProcessId term) {
    if (index(term) >= state_of.size()) state_of.resize(graph.terms().size(), no_id<StateId>);
    StateId& state = state_of[index(term)];
    if (state == no_id<StateId>) {
      state = static_cast<StateId>(term_of.size());
      term_of.push_back(term);
    }
    return state;
  }

  // Of the initial state, found when first asked for.
  const Components& components() {
    if (!parts) {
      graph.resolve(initial);
      parts = std::make_unique<Components>(graph.terms(), unfolder, initial);
    }
    return *parts;
  }

  // What the components below a node are now: calls found(component, term).
  template <class Found>
  void locate(std::uint32_t at, ProcessId term, Found found) {
    const Components::Node& node = components().nodes()[at];
    const TermView view = graph.terms()[term];
    if (!node.children.empty() && view.op == node.op) {
      for (std::size_t i = 0; i < node.children.size(); ++i) locate(node.children[i], view.operands[i], found);
      return;
    }
    for (std::uint32_t i = 0; i < node.count; ++i) found(node.component + i, term);  // several only when all have ended
  }

  TermGraph graph;
  Unfolder& unfolder;
  ProcessId initial;
  std::unique_ptr<Components> parts;
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

StateId ReferenceSystem::state(ProcessId term) { return engine_->state(engine_->graph.resolve(term)); }

std::vector<std::string> ReferenceSystem::components() { return engine_->components().names(); }

std::vector<ReferenceSystem::ComponentStep> ReferenceSystem::derivation(StateId source, Transition transition) {
  if (index(transition.target) >= engine_->term_of.size()) return {};
  return Derivation(engine_->graph, engine_->components())
      .find(term(source), transition.event, term(transition.target));
}

std::vector<ReferenceSystem::ComponentState> ReferenceSystem::standing(StateId s) {
  std::vector<ComponentState> all;
  engine_->locate(0, term(s), [&](std::uint32_t component, ProcessId now) {
    ComponentState state{component, engine_->graph.terms()[now].span, {}};
    for (const Move& move : engine_->graph.moves(now))
      if (state.offers.empty() || state.offers.back() != move.event) state.offers.push_back(move.event);
    all.push_back(std::move(state));
  });
  return all;
}

}  // namespace tryst::csp
