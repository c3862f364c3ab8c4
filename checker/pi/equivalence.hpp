// Are two π-processes equivalent? The eight bisimilarities, strong and weak × ground, early, late and open, and the
// strong early and late congruences, with evidence.
//
//   ground   what is received is fresh                       (names are literal: distinct names stay distinct)
//   early    for every name received there is an answer
//   late     there is an answer for every name received; weakly: no τ between the input and the choice of the name
//   open     under every substitution that respects the distinction, before every step; free names are variables
//   congruence   early or late under every substitution of the free names
// Definitions: Milner, Parrow, Walker, "A calculus of mobile processes" and "Modal logics for mobile processes";
// Sangiorgi, "A theory of bisimulation for the π-calculus", whose efficient form of open bisimilarity is what is
// computed here: most general substitutions only. Weak relations answer one step with τ* around it; they are plain
// bisimilarities, not rooted, and blind to divergence.
//
// The pairs are positions of a game (checker/game.hpp), so "no" is found, if it can be, on infinite systems too. Every
// answer has been checked by other code (checker/pi/confirmation.hpp) before it is given: the play of a "no", the
// bisimulation of a "yes".
// This is the one part of the checker that knows a calculus: names are part of the question.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/pi/up_to.hpp"
#include "checker/verdict.hpp"
#include "semantics/budget.hpp"
#include "semantics/pi/transitions.hpp"

namespace tryst::pi {

// In the spelling of the command line: "weak-late", "early-congruence".
std::string name(const Equivalence&);
std::optional<Equivalence> equivalence_named(std::string_view);
std::span<const Equivalence> all_equivalences();

struct Comparison {
  Outcome outcome = Outcome::inconclusive;
  std::string reason;       // inconclusive: the limit, or that the relation is not defined for these processes
  std::vector<Round> play;  // fails: how the attacker wins; round 0 is the first
  std::vector<Situation> bisimulation;  // holds: the pairs, the first one first; those of identical terms are left out
  // holds, where numbers are received: by pair, where it is related, in the variables `x0`, `x1` ... that it shows as
  // `_0`,
  // `_1` ...; empty: everywhere.
  std::vector<std::string> conditions;
  UpTo up_to;             // holds: what the pairs stand for
  Equivalence witnessed;  // holds: of which relation they are a bisimulation: one that implies the other
  // fails, open: names which, if all distinct from each other and from the rest, make the processes equivalent.
  std::vector<Name> distinction_hint;
  std::uint64_t pairs = 0;  // examined
  std::uint64_t challenges = 0;
};

// `left` and `right` are settled (Terms::settle) and have no loose names. The distinction counts for open only. Throws
// LimitReached when the user interrupts; any other limit is an inconclusive comparison.
Comparison compare(Transitions&, TermId left, TermId right, Equivalence, const Distinction&, Budget&);

// What MWB's eqd and weqd and `--distinct` mean: each of the names listed is distinct from every other free name.
Distinction distinct_from_all(const Terms&, TermId left, TermId right, const std::vector<Name>& listed);

}  // namespace tryst::pi
