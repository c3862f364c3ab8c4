#include "checker/pi/data_deadlock.hpp"

#include <algorithm>
#include <set>

#include "checker/pi/data_formula.hpp"
#include "checker/pi/mentions.hpp"

namespace tryst::pi {

namespace {

// Numbers of variables that no process has.
constexpr std::uint32_t new_variables = 1u << 20;

constexpr std::uint32_t work_of_a_step = 2'000;  // of a call of the solver, in units of the budget

class Search {
 public:
  Search(Transitions& transitions, Ending ending, Budget& budget)
      : transitions_(transitions), terms_(transitions.terms()), ending_(ending), budget_(budget) {}

  DataDeadlock run(TermId initial) {
    meet(initial, solver_.truth(true));
    for (std::size_t i = 0; i < states_.size(); ++i) {
      budget_.count_state();
      const State state = states_[i];
      if (is_stuck(state)) return {Outcome::fails, {numbers_.begin(), numbers_.end()}};
      expand(state);
    }
    return {Outcome::holds, {}};
  }

 private:
  struct State {
    TermId process;
    FormulaId known;  // about its variables; satisfiable
  };

  // Remembers numbers that make the formula true, if there are such.
  bool satisfiable(FormulaId f) {
    budget_.poll(work_of_a_step);
    const auto model = solver_.model(f);
    if (!model) return false;
    for (const auto& [_, value] : *model) numbers_.insert(value);
    return true;
  }

  FormulaId formula(const std::vector<Test>& tests) { return formula_of(solver_, terms_.integers(), tests); }

  bool is_stuck(const State& state) {
    if (state.process == terms_.nil() && ending_ == Ending::proper) return false;
    std::vector<FormulaId> stuck{state.known};
    for (const Commitment& c : transitions_.of(state.process, Mode::literal)) {
      if (c.tests.empty()) return false;
      stuck.push_back(solver_.negation(formula(c.tests)));
    }
    return satisfiable(solver_.all_of(stuck));
  }

  void expand(const State& state) {
    const auto free = terms_.free_names(state.process);
    const std::vector<Name> known(free.begin(), free.end());
    for (const Commitment& c : transitions_.of(state.process, Mode::literal)) {
      const FormulaId enabled = solver_.all_of({state.known, formula(c.tests)});
      if (!satisfiable(enabled)) continue;
      const auto reach = [&](std::span<const Name> names) {
        budget_.count_transitions(1);
        meet(transitions_.target(c, names), enabled);
        return true;
      };
      if (c.kind == ActionKind::input)
        receptions(c.binders, c.kinds, known, {false, {}}, reach);
      else
        reach(Terms::least_fresh_names(c.binders, known));
    }
  }

  // A process, and what is known about its variables and others.
  void meet(TermId process, FormulaId known) {
    std::vector<Name> called_with;
    process = with_variables(terms_, process, called_with, new_variables, true);
    std::vector<FormulaId> equations{known};
    for (std::uint32_t i = 0; i < called_with.size(); ++i) {
      Sum difference = terms_.integers().sum_of(called_with[i]);
      Integers::add(difference, terms_.integers().sum_of(integer_variable(new_variables + i)), -1);
      equations.push_back(solver_.compare_with_zero(linear_of(difference), Presburger::Comparison::equal));
    }
    known = solver_.all_of(equations);
    std::vector<std::pair<Name, Name>> renamed;
    std::vector<std::pair<std::uint32_t, Presburger::Linear>> renumbered;
    std::vector<std::uint32_t> variables;
    for (const Name n : terms_.free_names(process)) {
      if (!is_integer_variable(n)) continue;
      const auto own = static_cast<std::uint32_t>(variables.size());
      variables.push_back(number(n));
      if (own != number(n)) renamed.emplace_back(n, integer_variable(own));
      renumbered.push_back({number(n), {{{own, 1}}, 0}});
    }
    if (!renamed.empty()) process = terms_.settle(terms_.substitute(process, renamed));
    known = solver_.substitute(without_others(known, variables), renumbered);
    std::vector<FormulaId>& seen = seen_[process];
    const FormulaId is_new = solver_.all_of({known, solver_.negation(solver_.any_of(seen))});
    budget_.poll(work_of_a_step);
    if (!solver_.is_satisfiable(is_new)) return;
    seen.push_back(known);
    states_.push_back({process, known});
  }

  FormulaId without_others(FormulaId known, const std::vector<std::uint32_t>& variables) {
    std::vector<std::uint32_t> others;
    for (const std::uint32_t v : solver_.variables_of(known))
      if (std::ranges::find(variables, v) == variables.end()) others.push_back(v);
    if (others.empty()) return known;
    budget_.poll(work_of_a_step);
    return solver_.simplified(solver_.negation(solver_.for_all(others, solver_.negation(known))));
  }

  Transitions& transitions_;
  Terms& terms_;
  Ending ending_;
  Budget& budget_;
  Presburger solver_;
  std::vector<State> states_;
  std::unordered_map<TermId, std::vector<FormulaId>> seen_;
  std::set<std::int64_t> numbers_;
};

}  // namespace

DataDeadlock find_deadlock_with_data(Transitions& transitions, TermId process, Ending ending, Budget& budget) {
  return Search(transitions, ending, budget).run(process);
}

std::vector<Name> sample_of_integers(Terms& terms) {
  constexpr std::size_t sample_max = 40;
  std::set<std::int64_t> values{-1, 0, 1};
  for (std::uint32_t t = 0; t < terms.size(); ++t)
    for (const Name n : terms.names(static_cast<TermId>(t))) {
      if (!is_sum(n)) continue;
      const std::int64_t constant = std::abs(terms.integers().sum_of(n).constant);
      for (const std::int64_t value : {constant - 1, constant, constant + 1, -constant})
        if (values.size() < sample_max) values.insert(value);
    }
  std::vector<Name> sample;
  for (const std::int64_t value : values) sample.push_back(terms.integers().integer(value));
  std::ranges::sort(sample);
  return sample;
}

bool mentions_data(const Terms& terms, const std::vector<TermId>& processes) {
  return mentions(terms, processes, [&](TermId t) { return std::ranges::any_of(terms.names(t), is_datum); });
}

}  // namespace tryst::pi
