// Phases in a compiled network: how a component enters one, and what happens when it ends.
#include <algorithm>

#include "semantics/csp/compiled_network.hpp"

namespace tryst::csp {

TermSource* CompiledNetwork::source(std::size_t component) {
  return dynamic_cast<TermSource*>(&graph_source(graph_of(component)));
}

const TermSource* CompiledNetwork::source(std::size_t component) const {
  return dynamic_cast<const TermSource*>(&graph(component).source());
}

const CompiledNetwork::ActivePhase* CompiledNetwork::find_phase(std::uint32_t component, PhaseId phase) const {
  const auto all = active_.find(component);
  if (all == active_.end()) return nullptr;
  const auto found = std::ranges::find(all->second, phase, &ActivePhase::phase);
  return found == all->second.end() ? nullptr : &*found;
}

// The phase that a term is, of this component; built if it is not there, its operands dormant or, at the start, active.
const CompiledNetwork::ActivePhase& CompiledNetwork::phase(std::uint32_t component, ProcessId t, bool is_active) {
  const PhaseId id = *source(component)->phase(source(component)->meet(t));
  if (const ActivePhase* const known = find_phase(component, id)) return *known;
  const std::vector<ProcessId> spine = phases_->spine(t);
  const auto terms = terms_[spine.back()].operands;
  std::vector<std::uint32_t> operands;
  std::vector<Composition::Operand> parts;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto alike = static_cast<std::size_t>(std::ranges::find(terms, terms[i]) - terms.begin());
    const auto initial = is_active ? std::optional(terms[i]) : std::nullopt;
    operands.push_back(add_component(alike < i ? graph_of(operands[alike])
                                               : add_graph(std::make_unique<TermSource>(graph_, &*phases_, initial))));
    phases_->add_component();
    parts.push_back({true, operands.back()});
  }
  for (std::size_t i = spine.size(); i-- > 0;) parts = {{false, composition_.add(spine[i], parts)}};
  const Composition::NodeId root = parts.front().id;
  composition_.attach(root, component);
  phase_of_root_.emplace(root, std::pair(component, id));
  active_[component].push_back({id, root, operands});
  for (std::size_t i = 0; i < terms.size(); ++i)  // those that are phases from the start
    if (is_active && source(operands[i])->phase(LocalId{0})) phase(operands[i], terms[i], true);
  return *find_phase(component, id);
}

// Adds those who take part when the component reaches this phase: its operands start, and theirs where they are phases.
void CompiledNetwork::enter(std::uint32_t component, ProcessId t, std::vector<Participant>& who) {
  const std::vector<std::uint32_t> operands = phase(component, t, false).operands;
  const auto terms = terms_[phases_->spine(t).back()].operands;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const auto sleeper = std::ranges::find(who, operands[i], &Participant::component);
    const bool has_ended = sleeper != who.end();  // it would be reset
    const LabelId label = start(operands[i], terms[i], has_ended);
    if (has_ended)
      sleeper->label = label;
    else
      who.push_back({operands[i], label});
    if (source(operands[i])->phase(source(operands[i])->meet(terms[i]))) enter(operands[i], terms[i], who);
  }
}

// The label by which an operand of a phase becomes this term: from its dormant state, or from where it has ended.
LabelId CompiledNetwork::start(std::uint32_t component, ProcessId t, bool has_ended) {
  TermSource& terms = *source(component);
  const LocalId from = has_ended ? terms.meet(graph_.omega()) : terms.dormant();
  return extend(graph_of(component), from, phases_->start(t), terms.meet(t));
}

void CompiledNetwork::end_phase(Composition::NodeId root) {
  const auto [component, id] = phase_of_root_.at(root);
  TermSource& terms = *source(component);
  const LocalId from = *terms.state_of(id);
  const ProcessId next = after(terms.example(from));
  const LocalId target = terms.meet(next);
  std::vector<Participant> who{{component, extend(graph_of(component), from, phases_->departure(id), target)}};
  for (const std::uint32_t operand : find_phase(component, id)->operands) {
    const LocalId omega = source(operand)->meet(graph_.omega());
    who.push_back({operand, extend(graph_of(operand), omega, Phases::reset, source(operand)->dormant())});
  }
  if (terms.phase(target)) enter(component, next, who);
  composition_.offer(component, next == graph_.omega() ? tick : tau, who);
}

// What a phase is when it has ended: the second operand of the innermost `;`, with what is around it; Ω without one.
ProcessId CompiledNetwork::after(ProcessId phase) {
  std::vector<ProcessId> around = phases_->spine(phase);
  while (!around.empty() && terms_.op(around.back()) != Operator::sequential) around.pop_back();
  if (around.empty()) return graph_.omega();
  ProcessId next = terms_[around.back()].operands[1];
  for (around.pop_back(); !around.empty(); around.pop_back()) next = terms_.with_operand(around.back(), 0, next);
  return graph_.resolve(next);
}

}  // namespace tryst::csp
