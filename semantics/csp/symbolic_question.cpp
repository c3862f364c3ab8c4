#include "semantics/csp/symbolic_question.hpp"

#include <algorithm>

#include "semantics/csp/process_builder.hpp"

namespace tryst::csp {

SymbolicQuestion::SymbolicQuestion(Evaluator& evaluator, const SymbolicAsked& asked, SymbolicNetwork::Place place) {
  Machine& machine = evaluator.machine();
  machine_ = std::make_unique<SymbolicMachine>(machine, expressions_);
  const CodeId code = machine.lower(asked.implementation);
  const std::optional<CodeId> other =
      asked.specification ? std::optional(machine.lower(*asked.specification)) : std::nullopt;
  problem_.deadlock_is_bad = asked.deadlock_is_bad;
  problem_.divergence_is_bad = asked.divergence_is_bad;
  machine.deep_stack().run([&] {
    implementation_ = std::make_unique<SymbolicNetwork>(*machine_, code, false, place);
    if (other) specification_ = std::make_unique<SymbolicNetwork>(*machine_, *other, true, place);
    build();
  });
}

void SymbolicQuestion::build() {
  problem_.initial = implementation_->initial_values();
  Control initial{implementation_->initial(), {}};
  if (specification_ != nullptr) {
    initial.specification = specification_->initial();
    const auto more = specification_->initial_values();
    problem_.initial.insert(problem_.initial.end(), more.begin(), more.end());
  }
  number(initial);
  for (std::uint32_t i = 0; i < problem_.controls.size(); ++i) expand(i);
}

std::uint32_t SymbolicQuestion::number(const Control& control) {
  const auto [at, added] = numbers_.try_emplace(control, static_cast<std::uint32_t>(controls_.size()));
  if (!added) return at->second;
  if (controls_.size() == controls_max) throw NotSymbolic{"the components have too many locations together"};
  controls_.push_back(control);
  SymbolicProblem::Control made{implementation_->variables(control.implementation)};
  if (specification_ != nullptr)
    for (const VariableId v : specification_->variables(control.specification)) made.variables.push_back(v);
  for (const VariableId v : made.variables) {
    if (const auto word = expressions_.word_of(v))
      problem_.words.emplace(v, *word);
    else
      problem_.names.try_emplace(v, static_cast<std::uint32_t>(problem_.names.size() + 1));
  }
  made.is_end = implementation_->has_ended(control.implementation);
  const auto name = [this](VariableId v) { return problem_.name(v); };
  made.place = implementation_->text(control.implementation, name);
  if (specification_ != nullptr)
    made.place += ", specification at " + specification_->text(control.specification, name);
  problem_.controls.push_back(std::move(made));
  return at->second;
}

void SymbolicQuestion::expand(std::uint32_t from) {
  machine_->machine().poll();
  const Control control = controls_[from];
  if (problem_.controls[from].is_end) return;
  for (const SymbolicMachine::Fault& fault : implementation_->faults(control.implementation))
    problem_.controls[from].faults.push_back({fault.guard, SymbolicProblem::no_label, fault.diagnostic.message});
  if (specification_ != nullptr)
    for (const SymbolicMachine::Fault& fault : specification_->faults(control.specification))
      problem_.controls[from].faults.push_back({fault.guard, SymbolicProblem::no_label, fault.diagnostic.message});
  for (Move& move : implementation_->moves(control.implementation)) {
    if (move.kind == Offer::Kind::any_of) throw NotSymbolic{"the implementation is RUN"};
    implementation_->eliminate(move, problem_.controls[from].variables);
    if (expressions_.is(move.guard, false)) continue;
    if (specification_ == nullptr || move.kind == Offer::Kind::tau)
      add_step(from, move, control.specification);
    else
      follow(from, move);
  }
}

// A visible event, which the specification takes part in, or cannot.
void SymbolicQuestion::follow(std::uint32_t from, const Move& move) {
  const SymbolicNetwork::State state = controls_[from].specification;
  const auto [at, added] = specification_moves_.try_emplace(state);
  if (added) {
    at->second = specification_->moves(state);
    find_ambiguities(at->second);
  }
  std::vector<ExpressionId> accepted;
  for (const Move& theirs : at->second) {
    // What the specification receives is what the event brings.
    Move both = move;
    both.guard = expressions_.conjunction({move.guard, theirs.guard, accepts(move, theirs)});
    both.updates.insert(both.updates.end(), theirs.updates.begin(), theirs.updates.end());
    std::vector<VariableId> kept = problem_.controls[from].variables;
    std::vector<VariableId> chosen;
    expressions_.add_variables(move.guard, chosen);
    for (const auto& update : move.updates) expressions_.add_variables(update.second, chosen);
    if (move.kind == Offer::Kind::event) machine_->add_variables(move.event, chosen);
    kept.insert(kept.end(), chosen.begin(), chosen.end());
    implementation_->eliminate(both, kept);
    if (expressions_.is(both.guard, false)) continue;
    std::vector<VariableId> left;
    expressions_.add_variables(both.guard, left);
    for (const auto& update : both.updates) expressions_.add_variables(update.second, left);
    if (std::ranges::any_of(left, [&](VariableId v) { return std::ranges::find(kept, v) == kept.end(); }))
      throw NotSymbolic{"the specification chooses a value that its event does not show"};
    accepted.push_back(both.guard);
    add_step(from, both, theirs.target);
  }
  const ExpressionId forbidden =
      expressions_.conjunction({move.guard, expressions_.negation(expressions_.disjunction(std::move(accepted)))});
  if (!expressions_.is(forbidden, false)) problem_.controls[from].faults.push_back({forbidden, label(move)});
}

ExpressionId SymbolicQuestion::accepts(const Move& event, const Move& specification) {
  const bool is_event = event.kind == Offer::Kind::event;
  switch (specification.kind) {
    case Offer::Kind::tau: throw NotSymbolic{"the specification hides events, or ends in several steps"};
    case Offer::Kind::tick: return expressions_.truth(event.kind == Offer::Kind::tick);
    case Offer::Kind::any_of:
      return is_event ? machine_->membership(event.event, specification.set) : expressions_.truth(false);
    case Offer::Kind::event: break;
  }
  return is_event ? machine_->equality(event.event, specification.event) : expressions_.truth(false);
}

void SymbolicQuestion::find_ambiguities(const std::vector<Move>& moves) {
  for (std::size_t i = 0; i < moves.size(); ++i)
    for (std::size_t k = i + 1; k < moves.size(); ++k) {
      const Move& a = moves[i];
      const Move& b = moves[k];
      std::vector<ExpressionId> alike;
      if (a.target == b.target && a.updates.size() == b.updates.size())
        for (std::size_t u = 0; u < a.updates.size(); ++u)
          if (a.updates[u].first == b.updates[u].first)
            alike.push_back(expressions_.same(a.updates[u].second, b.updates[u].second));
      const bool may_agree = a.target == b.target && alike.size() == a.updates.size();
      ExpressionId both = expressions_.truth(a.kind == b.kind);
      if (a.kind == Offer::Kind::any_of)
        both = b.kind == Offer::Kind::event ? machine_->membership(b.event, a.set) : expressions_.truth(false);
      else if (b.kind == Offer::Kind::any_of)
        both = a.kind == Offer::Kind::event ? machine_->membership(a.event, b.set) : expressions_.truth(false);
      else if (a.kind == Offer::Kind::event && b.kind == Offer::Kind::event)
        both = machine_->equality(a.event, b.event);
      const ExpressionId differ =
          may_agree ? expressions_.negation(expressions_.conjunction(alike)) : expressions_.truth(true);
      const ExpressionId condition = expressions_.conjunction({a.guard, b.guard, both, differ});
      if (!expressions_.is(condition, false)) ambiguities_.push_back(condition);
    }
}

void SymbolicQuestion::add_step(std::uint32_t from, const Move& move, const SymbolicNetwork::State& specification) {
  if (++steps_ > steps_max) throw NotSymbolic{"the components have too many steps together"};
  const std::uint32_t target = number({move.target, specification});
  const std::uint32_t name = label(move);
  problem_.controls[from].steps.push_back({move.guard, target, move.updates, name});
}

std::uint32_t SymbolicQuestion::label(const Move& move) {
  SymbolicProblem::Label made{};
  switch (move.kind) {
    case Offer::Kind::tau: made.kind = SymbolicProblem::Label::Kind::silent; break;
    case Offer::Kind::tick: made.kind = SymbolicProblem::Label::Kind::end; break;
    default:
      made.kind = SymbolicProblem::Label::Kind::event;
      machine_->add_variables(move.event, made.variables);
      made.text = [this, event = move.event](const Numbers& numbers) {
        Expressions::Assignment known;
        for (const auto& [variable, n] : numbers.integers) known.emplace(variable, expressions_.number(n));
        for (const auto& [variable, word] : numbers.words) known.emplace(variable, expressions_.constant(word));
        const ValueId value = machine_->values().value(machine_->substituted(event, known));
        ProcessBuilder& processes = machine_->machine().processes();
        return std::string(processes.terms().events().name(processes.event(value)));
      };
  }
  if (move.kind == Offer::Kind::event || move.kind == Offer::Kind::tau)
    machine_->add_integers(move.event, made.integers);
  problem_.labels.push_back(std::move(made));
  return static_cast<std::uint32_t>(problem_.labels.size() - 1);
}

}  // namespace tryst::csp
