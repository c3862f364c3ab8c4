#include "checker/pi/data_bisimulation.hpp"

#include <algorithm>
#include <deque>
#include <set>

#include "checker/ensure.hpp"
#include "checker/pi/data_formula.hpp"

namespace tryst::pi {

namespace {

constexpr std::uint32_t work_of_a_step = 2'000;  // of a call of the solver, in units of the budget

class Predicates {
 public:
  Predicates(const DataGame& game, const Terms& terms, Budget& budget)
      : game_(game), terms_(terms), budget_(budget), predicates_(game.size(), solver_.truth(true)) {
    for (std::uint32_t p = 0; p < game.size(); ++p)
      for (const DataClause& clause : game.clauses(p)) {
        const auto id = static_cast<std::uint32_t>(clauses_.size());
        clauses_.push_back({p, &clause});
        for (const DataAnswer& answer : clause.answers)
          if (answer.position != identical_processes) dependents_[answer.position].insert(id);
      }
  }

  DataComparison run() {
    DataComparison out;
    std::deque<std::uint32_t> queue;  // clauses that may not follow from the predicates
    std::vector<bool> waiting(clauses_.size(), true);
    for (std::uint32_t c = 0; c < clauses_.size(); ++c) queue.push_front(c);
    while (!queue.empty()) {
      const std::uint32_t c = queue.front();
      queue.pop_front();
      waiting[c] = false;
      if (follows(clauses_[c])) continue;
      strengthen(clauses_[c]);
      const std::uint32_t p = clauses_[c].position;
      if (p == 0 && !holds_first()) {
        out.outcome = Outcome::fails;
        out.numbers = telling_numbers();
        return out;
      }
      for (const std::uint32_t dependent : dependents_[p])
        if (!waiting[dependent]) {
          waiting[dependent] = true;
          queue.push_back(dependent);
        }
    }
    ensure(is_bisimulation(), "the predicates are no symbolic bisimulation");
    out.outcome = Outcome::holds;
    out.related = related();
    return out;
  }

 private:
  struct Clause {
    std::uint32_t position;
    const DataClause* clause;
  };

  FormulaId formula(const std::vector<Test>& tests) { return formula_of(solver_, terms_.integers(), tests); }

  // A predicate for other numbers.
  FormulaId at(std::uint32_t position, const Assignment& data) {
    if (position == identical_processes) return solver_.truth(true);
    std::vector<std::pair<std::uint32_t, Presburger::Linear>> by;
    for (std::uint32_t v = 0; v < data.size(); ++v) by.emplace_back(v, linear_of(data[v]));
    return solver_.substitute(predicates_[position], by);
  }

  // What the clause demands, for some numbers received.
  FormulaId demand(const DataClause& clause) {
    std::vector<FormulaId> alternatives;
    if (!clause.guard.empty()) alternatives.push_back(solver_.negation(formula(clause.guard)));
    for (const DataAnswer& answer : clause.answers)
      alternatives.push_back(solver_.all_of({formula(answer.conditions), at(answer.position, answer.data)}));
    return solver_.any_of(alternatives);
  }

  // Whether the predicate of its position implies the clause. The numbers received are for all; asking for a
  // counterexample needs no quantifier.
  bool follows(const Clause& c) {
    budget_.poll(work_of_a_step);
    return !solver_.is_satisfiable(solver_.all_of({predicates_[c.position], solver_.negation(demand(*c.clause))}));
  }

  void strengthen(const Clause& c) {
    budget_.poll(work_of_a_step);
    FormulaId& predicate = predicates_[c.position];
    predicate = solver_.simplified(solver_.all_of({predicate, solver_.for_all(c.clause->received, demand(*c.clause))}));
  }

  bool holds_first() { return solver_.is_satisfiable(at(game_.size() == 0 ? identical_processes : 0, game_.first())); }

  // From the equations themselves: what has been simplified in between does not count.
  bool is_bisimulation() {
    return holds_first() && std::ranges::all_of(clauses_, [this](const Clause& c) { return follows(c); });
  }

  std::vector<std::pair<Situation, std::string>> related() {
    std::vector<std::pair<Situation, std::string>> out;
    for (std::uint32_t p = 0; p < game_.size(); ++p) {
      const FormulaId predicate = predicates_[p];
      if (!solver_.is_satisfiable(predicate)) continue;
      const bool always = !solver_.is_satisfiable(solver_.negation(predicate));
      out.emplace_back(game_.situation(p), always ? "" : solver_.text(predicate));
    }
    return out;
  }

  std::vector<std::int64_t> telling_numbers() {
    std::set<std::int64_t> numbers;
    for (std::uint32_t p = 0; p < game_.size(); ++p)
      for (const FormulaId f : {solver_.negation(predicates_[p]), predicates_[p]})
        if (const auto model = solver_.model(f))
          for (const auto& [_, value] : *model) numbers.insert(value);
    return {numbers.begin(), numbers.end()};
  }

  const DataGame& game_;
  const Terms& terms_;
  Budget& budget_;
  Presburger solver_;
  std::vector<FormulaId> predicates_;                            // by position
  std::vector<Clause> clauses_;                                  // of all positions
  std::map<std::uint32_t, std::set<std::uint32_t>> dependents_;  // by position: clauses with an answer there
};

}  // namespace

DataComparison compare_with_data(const DataGame& game, const Terms& terms, Budget& budget) {
  return Predicates(game, terms, budget).run();
}

}  // namespace tryst::pi
