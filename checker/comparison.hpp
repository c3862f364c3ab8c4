// Comparing two transition systems in a relation (checker/equivalence.hpp), with evidence for a "no" and, when asked
// for, a witness for a "yes".
//
// Evidence against a bisimulation is a formula of least depth, true of the left system and false of the right; against
// a simulation a positive one, true of the system that is not simulated; against a trace or failure relation a shortest
// path of the system that does what the other does not. All evidence and every witness is checked on the systems as
// they were given before it is returned, by code that knows the definitions only: a mismatch is an InternalError.
#pragma once

#include <optional>
#include <string>

#include "checker/equivalence.hpp"
#include "checker/formula.hpp"
#include "checker/quotient.hpp"
#include "checker/verdict.hpp"
#include "checker/witness.hpp"

namespace tryst {

struct Wish {
  // One half of a mutual preorder: right can do all that left does, left refines right. Never for a bisimulation.
  bool preorder = false;
  // For the bisimulations and simulations.
  bool witness = false;
};

struct Comparison {
  Relation relation;
  Outcome outcome;                     // holds: related
  std::string reason;                  // inconclusive: the limit
  EventNames events;                   // what the evidence speaks of
  std::optional<Distinction> formula;  // evidence against a bisimulation or simulation
  std::optional<Evidence> behaviour;   // evidence against the others
  bool evidence_is_left = true;        // which system satisfies the formula, or has the path
  std::optional<Witness> witness;
  std::uint64_t states = 0;  // of both systems together, as compared
  std::uint64_t transitions = 0;
};

// Compares two systems, in one relation after another; what several relations need is computed once. The systems must
// outlive it. Limits become inconclusive outcomes, unless the user interrupted.
class Comparer {
 public:
  Comparer(const Lts& left, const Lts& right, Budget& budget, unsigned threads = 1)
      : left_(left), right_(right), budget_(budget), threads_(threads) {}

  Comparison compare(Relation, Wish = {});

 private:
  // Both systems as one, reduced by strong bisimilarity.
  struct Reduced {
    Classes classes;  // of the states of both_
    Lts lts;          // whose states are the classes
  };

  const Union& both();
  const Reduced& reduced();
  void decide(Relation, Wish, Comparison&);
  void by_bisimulation(Relation, Wish, Comparison&);
  void by_simulation(bool ready, Wish, Comparison&);
  void by_refinement(Relation, Wish, Comparison&);

  const Lts& left_;
  const Lts& right_;
  Budget& budget_;
  unsigned threads_;
  std::optional<Union> both_;
  std::optional<Reduced> reduced_;
};

// Throws InternalError unless the comparison's formula is true of the one system and false of the other.
void confirm_formula(const Lts& left, const Lts& right, const Comparison&, Budget&);

inline Comparison compare(const Lts& left, const Lts& right, Relation relation, Budget& budget, Wish wish = {},
                          unsigned threads = 1) {
  return Comparer(left, right, budget, threads).compare(relation, wish);
}

}  // namespace tryst
