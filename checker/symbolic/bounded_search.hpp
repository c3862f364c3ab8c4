// Bounded model checking: whether something bad is reached in exactly d steps, for d = 0, 1, ..
//
// Each depth is one question to a solver that keeps what it learnt (Biere, Cimatti, Clarke, Zhu, "Symbolic model
// checking without BDDs", TACAS 1999). Only controls that the graph of controls reaches in d steps take part.
// A run is read from the solver's answer and computed again with numbers; what does not come out is an InternalError.
// Threads: none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/solver.hpp"
#include "semantics/symbolic/symbolic_problem.hpp"

namespace tryst {

// A run to something bad, with numbers.
struct SymbolicRun {
  struct Step {
    SymbolicProblem::Label::Kind kind;
    std::string event;  // of an event: its name
  };
  std::vector<Step> steps;
  std::vector<std::int64_t> numbers;  // all that occur, ascending
  enum class End : std::uint8_t { deadlock, forbidden, fault } end;
  std::string text;  // forbidden: the event; fault: the mistake
};

class BoundedSearch {
 public:
  // `deadlocks` says by control where no step is enabled; false where that is not bad.
  BoundedSearch(const Expressions&, const SymbolicProblem&, const std::vector<ExpressionId>& deadlocks);

  std::uint32_t depth() const { return depth_; }       // to be looked at next
  bool is_complete() const { return layer_.empty(); }  // no run is so long
  // Nothing bad after `depth()` steps: no. Otherwise run() is one.
  Solver::Answer look(double seconds_max);
  const SymbolicRun& run() const { return run_; }
  // From now on, controls whose invariant is false are left out, from the first step on.
  void assume(const std::vector<ExpressionId>& invariants);

 private:
  void begin();
  void advance();
  bool read_run();  // false: there is none, which only inexact answers may come to
  bool is_inexact(const char* what) const;
  bool add_step(std::uint32_t at, std::vector<Numbers>& states);
  Numbers numbers(std::uint32_t at, const std::vector<VariableId>&);
  bool add_end(std::uint32_t control, Numbers);
  void note(const Numbers&);
  static Numbers together(Numbers, const Numbers& state);
  bool follows(VariableId, ExpressionId, const Numbers& before, std::uint32_t at, Numbers& next);

  const Expressions& expressions_;
  const SymbolicProblem& problem_;
  const std::vector<ExpressionId>& deadlocks_;
  std::optional<Solver> solver_;
  std::vector<ExpressionId> known_;  // by control; or none
  std::uint32_t depth_ = 0;
  std::vector<std::uint32_t> layer_;  // controls after `depth_` steps
  SymbolicRun run_;
};

// All that is bad at a control, as conditions; several, because a store need not make their disjunction.
std::vector<ExpressionId> bad_conditions(const SymbolicProblem::Control&, ExpressionId deadlock);

}  // namespace tryst
