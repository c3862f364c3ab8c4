#include "checker/symbolic/bounded_search.hpp"

#include <algorithm>
#include <set>

#include "checker/ensure.hpp"
#include "semantics/budget.hpp"

namespace tryst {

std::vector<ExpressionId> bad_conditions(const SymbolicProblem::Control& control, ExpressionId deadlock) {
  std::vector<ExpressionId> all{deadlock};
  for (const SymbolicProblem::Fault& fault : control.faults) all.push_back(fault.guard);
  return all;
}

BoundedSearch::BoundedSearch(const Expressions& expressions, const SymbolicProblem& problem,
                             const std::vector<ExpressionId>& deadlocks)
    : expressions_(expressions), problem_(problem), deadlocks_(deadlocks) {
  begin();
}

void BoundedSearch::begin() {
  solver_.emplace(expressions_);
  layer_ = {0};
  depth_ = 0;
  solver_->require_one_of({{0, expressions_.truth(true)}}, 0);
  for (const auto& [variable, value] : problem_.initial) solver_->require_value(variable, 0, value);
}

void BoundedSearch::assume(const std::vector<ExpressionId>& invariants) {
  known_ = invariants;
  const std::uint32_t depth = depth_;
  begin();
  while (depth_ < depth && !is_complete()) advance();
}

void BoundedSearch::advance() {
  std::set<std::uint32_t> next;
  for (const std::uint32_t control : layer_)
    for (const SymbolicProblem::Step& step : problem_.controls[control].steps)
      if (known_.empty() || !expressions_.is(known_[step.target], false)) next.insert(step.target);
  if (!next.empty()) solver_->require_step(problem_, layer_, depth_, known_);
  layer_.assign(next.begin(), next.end());
  ++depth_;
}

Solver::Answer BoundedSearch::look(double seconds_max) {
  std::vector<Solver::Case> bad;
  for (const std::uint32_t control : layer_)
    for (const ExpressionId condition : bad_conditions(problem_.controls[control], deadlocks_[control]))
      if (!expressions_.is(condition, false)) bad.emplace_back(control, condition);
  Solver::Answer answer = Solver::Answer::no;
  if (!bad.empty()) {
    solver_->push();
    solver_->require_one_of(bad, depth_);
    answer = solver_->check(seconds_max);
    if (answer == Solver::Answer::yes && !read_run()) answer = Solver::Answer::unknown;
    solver_->pop();
  }
  if (answer != Solver::Answer::no) return answer;
  advance();
  return answer;
}

Numbers BoundedSearch::numbers(std::uint32_t at, const std::vector<VariableId>& variables) {
  Numbers result;
  const auto known = [](const auto& read) {
    if (!read) throw LimitReached{"a number in a counterexample exceeds 64 bits"};
    return *read;
  };
  for (const VariableId v : variables) {
    if (expressions_.length_of(v))
      result.words.emplace(v, known(solver_->word(v, at)));
    else
      result.integers.emplace(v, known(solver_->value(v, at)));
  }
  return result;
}

void BoundedSearch::note(const Numbers& values) {
  for (const auto& each : values.integers) run_.numbers.push_back(each.second);
  for (const auto& each : values.words) run_.numbers.insert(run_.numbers.end(), each.second.begin(), each.second.end());
}

// Both, where the second says what variables are worth that the first says otherwise.
Numbers BoundedSearch::together(Numbers values, const Numbers& state) {
  for (const auto& [variable, n] : state.integers) values.integers.insert_or_assign(variable, n);
  for (const auto& [variable, word] : state.words) values.words.insert_or_assign(variable, word);
  return values;
}

// Whether the variable is worth at the instant what the expression is worth before it; if so, it is added to `next`.
bool BoundedSearch::follows(VariableId v, ExpressionId e, const Numbers& values, std::uint32_t at, Numbers& next) {
  if (expressions_.length_of(v)) {
    const auto word = expressions_.word(e, values);
    if (!word || word != solver_->word(v, at)) return false;
    next.words.emplace(v, *word);
  } else {
    const auto n = expressions_.value(e, values);
    if (!n || n != solver_->value(v, at)) return false;
    next.integers.emplace(v, *n);
  }
  return true;
}

bool BoundedSearch::read_run() {
  run_ = {};
  std::vector<Numbers> states{numbers(0, problem_.controls[0].variables)};
  for (std::uint32_t at = 0; at < depth_; ++at)
    if (!add_step(at, states)) return is_inexact("the solver's run takes a step that is none");
  if (!add_end(solver_->control(depth_), states.back())) return is_inexact("the solver's run ends in nothing bad");
  std::ranges::sort(run_.numbers);
  run_.numbers.erase(std::unique(run_.numbers.begin(), run_.numbers.end()), run_.numbers.end());
  return true;
}

// That a run is none, which may only be where words are too long to be followed exactly.
bool BoundedSearch::is_inexact(const char* what) const {
  ensure(!solver_->is_exact(), what);
  return false;
}

// The step that the solver has taken: one whose guard holds and whose updates give the state that follows.
bool BoundedSearch::add_step(std::uint32_t at, std::vector<Numbers>& states) {
  const std::uint32_t target = solver_->control(at + 1);
  for (const SymbolicProblem::Step& step : problem_.controls[solver_->control(at)].steps) {
    if (step.target != target) continue;
    const SymbolicProblem::Label& label = problem_.labels[step.label];
    std::vector<VariableId> variables = label.variables;
    expressions_.add_variables(step.guard, variables);
    for (const ExpressionId e : label.integers) expressions_.add_variables(e, variables);
    for (const auto& update : step.updates) expressions_.add_variables(update.second, variables);
    const Numbers values = together(numbers(at, variables), states.back());
    if (expressions_.value(step.guard, values) != 1) continue;
    Numbers next;
    const bool fits = std::ranges::all_of(problem_.controls[target].variables, [&](VariableId v) {
      const auto update = std::ranges::find(step.updates, v, &std::pair<VariableId, ExpressionId>::first);
      if (update != step.updates.end()) return follows(v, update->second, values, at + 1, next);
      const auto word = values.words.find(v);  // it keeps its value
      if (word != values.words.end()) next.words.insert(*word);
      if (word != values.words.end()) return word->second == solver_->word(v, at + 1);
      next.integers.emplace(v, values.integers.at(v));
      return values.integers.at(v) == solver_->value(v, at + 1);
    });
    if (!fits) continue;
    note(values);
    for (const ExpressionId e : label.integers)
      if (const auto n = expressions_.value(e, values)) run_.numbers.push_back(*n);
    run_.steps.push_back({label.kind, label.text ? label.text(values) : std::string()});
    states.push_back(std::move(next));
    return true;
  }
  return false;
}

bool BoundedSearch::add_end(std::uint32_t control, Numbers state) {
  note(state);
  for (const SymbolicProblem::Fault& fault : problem_.controls[control].faults) {
    const bool is_event = fault.label != SymbolicProblem::no_label;
    std::vector<VariableId> variables;
    if (is_event) variables = problem_.labels[fault.label].variables;
    expressions_.add_variables(fault.guard, variables);
    const Numbers values = together(numbers(depth_, variables), state);
    if (expressions_.value(fault.guard, values) != 1) continue;
    note(values);
    run_.end = is_event ? SymbolicRun::End::forbidden : SymbolicRun::End::fault;
    run_.text = fault.text;
    if (is_event) {
      const SymbolicProblem::Label& label = problem_.labels[fault.label];
      run_.text = label.text ? label.text(values) : std::string();
      run_.steps.push_back({label.kind, run_.text});
    }
    return true;
  }
  run_.end = SymbolicRun::End::deadlock;
  return expressions_.value(deadlocks_[control], state) == 1;
}

}  // namespace tryst
