// Z3 (de Moura & Bjørner, "Z3: an efficient SMT solver", TACAS 2008) as the checker uses it, but for the
// symbolic proofs, which have a door of their own (solver.hpp). Two doors:
//   LinearProgram   linear inequalities over the rationals, solved again and again with one more
//   Presburger      formulas of linear integer arithmetic with quantifiers, which are eliminated; decidable, but costly
// Every call has a limit: in Z3's own unit of effort, so that results do not depend on the speed of the machine, but
// for the elimination of quantifiers, which can be given only time. Threads: an object belongs to the thread that made
// it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "frontend/arena.hpp"

namespace tryst {

class LinearProgram {
 public:
  using Terms = std::vector<std::pair<std::uint32_t, std::int64_t>>;  // variables, and what they are multiplied by
  using Fraction = std::pair<std::int64_t, std::int64_t>;

  explicit LinearProgram(unsigned effort_max);
  ~LinearProgram();

  // Variables are numbered from 0.
  std::uint32_t add_variable();
  void require_at_most(const Terms&, std::int64_t bound);
  // A value for each variable such that the terms are at least the bound, and all that is required; none: there is no
  // solution, the limit was reached, or a number is too large.
  std::optional<std::vector<Fraction>> solve(const Terms&, std::int64_t bound);

 private:
  class Solver;
  std::unique_ptr<Solver> solver_;
};

enum class FormulaId : std::uint32_t {};

class Presburger {
 public:
  // A linear term over variables, which are numbers chosen by the caller.
  struct Linear {
    std::vector<std::pair<std::uint32_t, std::int64_t>> terms{};
    std::int64_t constant = 0;
  };
  enum class Comparison : std::uint8_t { at_most, equal, not_equal };

  Presburger();
  ~Presburger();

  FormulaId truth(bool);
  FormulaId compare_with_zero(const Linear&, Comparison);
  FormulaId negation(FormulaId);
  FormulaId all_of(const std::vector<FormulaId>&);
  FormulaId any_of(const std::vector<FormulaId>&);
  FormulaId for_all(const std::vector<std::uint32_t>& variables, FormulaId);
  // Variables by terms, at once; the formula has no quantifiers.
  FormulaId substitute(FormulaId, const std::vector<std::pair<std::uint32_t, Linear>>&);
  // An equivalent formula without quantifiers, as simple as Z3 makes it. Throws LimitReached.
  FormulaId simplified(FormulaId);
  // Throws LimitReached.
  bool is_satisfiable(FormulaId);
  // Values for the variables that make the formula true, if there are such; those that do not matter may be missing.
  // Throws LimitReached.
  std::optional<std::map<std::uint32_t, std::int64_t>> model(FormulaId);
  // The free variables of a formula without quantifiers, ascending.
  std::vector<std::uint32_t> variables_of(FormulaId) const;
  // In the solver's own notation.
  std::string text(FormulaId) const;

 private:
  class Formulas;
  std::unique_ptr<Formulas> formulas_;
};

}  // namespace tryst
