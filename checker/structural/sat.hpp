// Propositional satisfiability, by CaDiCaL (Biere, Fazekas, Fleury & Heisinger, SAT Competition 2020); only sat.cpp
// includes it.
//
// Literals are those of DIMACS: variable v > 0, its negation -v; clauses are sequences of literals that end in 0.
// Time: solve() looks at the budget now and then and throws as poll() does.
// Threads: one at a time on a Sat.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "semantics/budget.hpp"

namespace tryst {

class Sat {
 public:
  explicit Sat(Budget&);
  ~Sat();

  void add(std::span<const int> clauses);  // any number of them, each with its 0
  bool solve();
  bool value(int variable) const;  // after solve() was true

 private:
  class Solver;
  std::unique_ptr<Solver> solver_;
};

// For clauses without a model: clauses that follow from those before them by unit propagation, the last one empty (a
// RUP proof: Goldberg & Novikov, DATE 2003).
std::vector<int> refutation(std::span<const int> clauses, Budget&);

}  // namespace tryst
