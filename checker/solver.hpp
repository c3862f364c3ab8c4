// What the symbolic proofs ask of Z3 (see also checker/smt.hpp).
//
//   Solver          conditions of semantics/symbolic/expressions.hpp at numbered *instants*: variable v at instant 3
//                   and v at instant 4 are two unknowns; besides, one unknown *control* an instant. A word
//                   is a part of an array; what is said of whole words is passed on element by element, as far as
//                   it is known from the steps since the first instant how long they can be
//   find_invariants reachability in a SymbolicProblem, by property-directed reachability; words may be anything there
// All use one context a thread, or that of the SolverSession they are made in: making one takes longer than most
// questions do. An answer may be `unknown`: the effort or the time allowed was not enough, or the theory is undecidable
// (products of variables).
// Source: de Moura & Bjørner, "Z3", TACAS 2008; Komuravelli, Gurfinkel, Chaki, "SMT-based model checking for recursive
// programs" (Spacer), CAV 2014. Threads: objects belong to the thread that made them.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "semantics/symbolic/symbolic_problem.hpp"

namespace tryst {

// While it lives, the solvers that its thread makes share a context of their own: how long an answer takes, and which
// model comes with it, depends on all that a context has been asked before. They end before it does. Cost: a few
// milliseconds.
class SolverSession {
 public:
  SolverSession();
  ~SolverSession();
  SolverSession(const SolverSession&) = delete;
  SolverSession& operator=(const SolverSession&) = delete;

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

class Solver {
 public:
  enum class Answer : std::uint8_t { yes, no, unknown };
  using Instant = std::uint32_t;

  // With an effort, in Z3's own unit, that limits each check() instead of the clock.
  explicit Solver(const Expressions&, unsigned effort_max = 0);
  ~Solver();

  void push();
  void pop();
  void require(ExpressionId condition, Instant);
  void require_value(VariableId, Instant, ExpressionId);
  // At `at`, the control is one of these, and its condition holds.
  using Case = std::pair<std::uint32_t, ExpressionId>;
  void require_one_of(const std::vector<Case>&, Instant at);
  // The control takes one of the steps of those in `sources` between the instants; none to where `known`, by control, is
  // false.
  void require_step(const SymbolicProblem&, const std::vector<std::uint32_t>& sources, Instant from,
                    std::span<const ExpressionId> known = {});

  Answer check(double seconds_max = 0);
  // Otherwise something said of words may be answered by what is not the case: a `no` counts, a `yes` may be none.
  bool is_exact() const;
  // Of the last `yes`.
  std::uint32_t control(Instant) const;
  std::optional<std::int64_t> value(VariableId, Instant) const;  // none: beyond 64 bits
  std::optional<Word> word(VariableId, Instant) const;           // likewise

 private:
  struct Unknowns;
  std::unique_ptr<Unknowns> unknowns_;
};

// Bad are the conditions in `bad`, by control; `known` are invariants, and the ones found are to be added to them.
struct InvariantSearch {
  Solver::Answer is_reachable = Solver::Answer::unknown;
  std::vector<ExpressionId> invariants{};  // by control, if nothing bad is reachable
};
InvariantSearch find_invariants(Expressions&, const SymbolicProblem&, const std::vector<ExpressionId>& known,
                                const std::vector<ExpressionId>& bad, double seconds_max);

}  // namespace tryst
