// Phases in a compiled network: how a component enters one, and what happens when it ends.
#include <algorithm>

#include "semantics/csp/compiled_network.hpp"
#include "semantics/script_error.hpp"

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
  const std::vector<ProcessId> terms = phases_->operands(spine);
  const std::size_t handlers = terms.size() - terms_[spine.back()].operands.size();
  const bool is_volatile = source(component)->is_volatile() || phases_->is_volatile(spine);
  std::vector<std::uint32_t> operands;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto others = std::span(terms).subspan(i < handlers ? i : handlers);
    const auto alike =
        static_cast<std::size_t>(std::ranges::find(others, terms[i]) - others.begin()) + terms.size() - others.size();
    const auto role = i < handlers ? TermSource::Role::handler : TermSource::Role::process;
    const auto initial = is_active ? std::optional(terms[i]) : std::nullopt;
    operands.push_back(add_component(alike < i
                                         ? graph_of(operands[alike])
                                         : add_graph(std::make_unique<TermSource>(graph_, &*phases_, initial, role))));
    phases_->add_component();
    if (!is_volatile) continue;
    source(operands[i])->meet(terms[i]);  // may be a phase; those that are met later are none
    source(operands[i])->make_volatile();
  }
  std::vector<Composition::Operand> parts;
  for (std::size_t i = handlers; i < terms.size(); ++i) parts.push_back({true, operands[i]});
  std::size_t handler = handlers;
  for (std::size_t i = spine.size(); i-- > 0;) {
    if (terms_.op(spine[i]) == Operator::interrupt) parts.push_back({true, operands[--handler]});
    parts = {{false, composition_.add(spine[i], parts)}};
  }
  const Composition::NodeId root = parts.front().id;
  composition_.attach(root, component);
  phase_of_root_.emplace(root, std::pair(component, id));
  active_[component].push_back({id, root, operands, is_volatile});
  for (std::size_t i = handlers; i < terms.size(); ++i)  // those that are phases from the start
    if ((is_active || is_volatile) && source(operands[i])->phase(source(operands[i])->meet(terms[i])))
      phase(operands[i], terms[i], is_active);
  return *find_phase(component, id);
}

// Adds those who take part when the component reaches this phase: its operands start, and theirs where they are phases.
// Those that are halted already start from there.
void CompiledNetwork::enter(std::uint32_t component, ProcessId t, std::vector<Participant>& who) {
  const std::vector<std::uint32_t> operands = phase(component, t, false).operands;
  const std::vector<ProcessId> terms = phases_->operands(phases_->spine(t));
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const auto halted = std::ranges::find(who, operands[i], &Participant::component);
    if (halted != who.end()) {
      const EventId halt = graph(operands[i]).labels()[index(halted->label)].event;
      halted->label = this->halt(operands[i], phases_->find(halt)->event, terms[i]);
    } else {
      TermSource& source = *this->source(operands[i]);
      const EventId start = phases_->intern({Phases::Kind::start, Phases::nothing, terms[i]});
      who.push_back({operands[i], extend(graph_of(operands[i]), source.dormant(), start, source.meet(terms[i]))});
    }
    if (source(operands[i])->phase(source(operands[i])->meet(terms[i]))) enter(operands[i], terms[i], who);
  }
}

void CompiledNetwork::leave_phase(Composition::NodeId root, EventId event, std::span<const Participant> who,
                                  std::optional<ProcessId> next) {
  const auto [component, id] = phase_of_root_.at(root);
  TermSource& terms = *source(component);
  ProcessId after = next.value_or(graph_.omega());
  LocalId target{};
  try {
    after = graph_.resolve(after);
    target = terms.meet(after);
  } catch (const ScriptError&) {  // the phase need not be left in this way, although it could be
    target = terms.meet_faulty(after);
  }
  const EventId departure = phases_->intern({Phases::Kind::departure, static_cast<EventId>(index(id)), after});
  std::vector<Participant> leaving{{component, extend(graph_of(component), *terms.state_of(id), departure, target)}};
  halt_all(*find_phase(component, id), who, leaving);
  if (terms.phase(target)) enter(component, after, leaving);
  std::ranges::sort(leaving, {}, &Participant::component);
  std::vector<std::uint32_t> key{index(event)};  // ways that differ only in what is halted are one
  for (const Participant& p : leaving) key.insert(key.end(), {p.component, index(p.label)});
  if (left_.insert(std::move(key)).second) composition_.offer(component, event, leaving);
}

// All that is below a phase that is left, some of which do what makes it be left.
void CompiledNetwork::halt_all(ActivePhase phase, std::span<const Participant> who, std::vector<Participant>& leaving) {
  for (const std::uint32_t operand : phase.operands) {
    const auto found = std::ranges::find(who, operand, &Participant::component);
    if (found == who.end() && !phase.is_volatile) continue;  // it is dormant
    EventId base = Phases::nothing;
    if (found != who.end()) {
      base = graph(operand).labels()[index(found->label)].event;
      const Phases::Internal* const internal = phases_->find(base);
      if (internal != nullptr && internal->kind == Phases::Kind::halt) base = internal->event;
      if (internal != nullptr && internal->kind == Phases::Kind::start) base = Phases::nothing;
    }
    leaving.push_back({operand, halt(operand, base, std::nullopt)});
    if (!phase.is_volatile) continue;
    if (const auto below = active_.find(operand); below != active_.end())
      for (const ActivePhase& each : std::vector(below->second)) halt_all(each, who, leaving);
  }
}

// The label by which a component performs what it performs on `base` and becomes this term, or dormant. All states that
// are there get it, and those that are met later.
LabelId CompiledNetwork::halt(std::uint32_t component, EventId base, std::optional<ProcessId> next) {
  TermSource& terms = *source(component);
  const EventId event = phases_->intern({Phases::Kind::halt, base, next.value_or(no_id<ProcessId>)});
  const LocalId target = next ? terms.meet(*next) : terms.dormant();
  const std::uint32_t graph = graph_of(component);
  std::optional<LabelId> label;
  if (base == Phases::nothing) label = extend(graph, terms.dormant(), event, target);
  const bool is_new = terms.add_halt({event, base, target});
  for (std::uint32_t s = 0; s < terms.size() && (is_new || !label); ++s) {
    const LocalGraph& local = this->graph(component);
    const bool has_base = local.is_expanded(LocalId{s}) &&
                          (base == Phases::nothing || std::ranges::any_of(local.row(LocalId{s}), [&](const auto& move) {
                             return local.labels()[index(move.label)].event == base;
                           }));
    if (has_base) label = extend(graph, LocalId{s}, event, target);
  }
  return *label;
}

}  // namespace tryst::csp
