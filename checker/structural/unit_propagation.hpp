// Clauses, and what follows from them by unit propagation alone: enough to follow the proof of a SAT solver.
//
// Clauses of two negations may be many and of a kind: they need not be added if `excluded_by` says, of a variable that
// is true, which others are false.
// Literals are those of DIMACS: v > 0 for a variable, -v for its negation.
//   clauses_   literals one after the other; a clause of two or more watches its first two
//   watching_  by literal: the clauses that watch it
//   trail_     the literals that are true, in the order in which they became so
// Cost: add() O(literals); follows() what it propagates, which is then taken back. Threads: none inside.
// Source: two watched literals (Moskewicz, Madigan, Zhao, Zhang & Malik, "Chaff", DAC 2001).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace tryst {

class UnitPropagation {
 public:
  using ExcludedBy = std::function<const std::vector<int>&(int variable)>;
  explicit UnitPropagation(int variables, ExcludedBy excluded_by = {});

  // Literals of variables 1 ... `variables`.
  void add(std::span<const int> clause);
  // Whether the clauses, with all literals of this one false, propagate to a conflict.
  bool follows(std::span<const int> clause);
  bool is_contradictory() const { return contradictory_; }

 private:
  struct Clause {
    std::size_t first;
    std::uint32_t size;
  };

  static std::size_t slot(int literal) {
    return 2 * static_cast<std::size_t>(literal < 0 ? -literal : literal) + (literal < 0);
  }
  bool is_true(int literal) const { return true_[slot(literal)]; }
  bool is_false(int literal) const { return true_[slot(-literal)]; }
  void assume(int literal);
  bool propagate();  // false: a conflict
  bool exclude(int literal);
  bool visit(int literal, std::uint32_t clause, bool& keeps_watching);

  ExcludedBy excluded_by_;
  std::vector<int> literals_;
  std::vector<Clause> clauses_;
  std::vector<std::vector<std::uint32_t>> watching_;
  std::vector<bool> true_;  // by literal
  std::vector<int> trail_;
  std::size_t propagated_ = 0;  // of trail_
  bool contradictory_ = false;
};

}  // namespace tryst
