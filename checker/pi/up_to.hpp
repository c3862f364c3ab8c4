// Up-to techniques: a smaller pair that is enough to be related instead of a larger one.
//
// The pairs of a strategy need not be a bisimulation themselves: it is enough that each challenge has an answer from
// which a pair of the strategy is reached by what is here. Sound for "yes" only; that a smaller pair is unrelated says
// nothing about the larger one.
#pragma once

#include <optional>

#include "checker/pi/play.hpp"

namespace tryst::pi {

// The pair without the parallel components that both processes have; none if there is none of these, or if that proves
// nothing. If what is left is related, so is the pair: "bisimulation up to context" for contexts P | [] (Sangiorgi &
// Walker, "The π-calculus", 2001, section 2.4), sound for all relations that parallel composition preserves, and so not
// for ground bisimilarity. The converse is wrong: a | !a is !a, and a is not 0.
std::optional<Situation> without_shared(const Situation&, const Equivalence&, Terms&);

// The pair after τ-steps that are no choice: outputs to receptors. A receptor is !b(x~).R under (ν b), where b occurs
// nowhere else than as the subject of outputs of the receptor's arity. None if there is no such step, or if the relation
// is strong.
//
// A step (ν b)(!b(x~).R | 'b<v~>.P | Q) → (ν b)(!b(x~).R | R{v~/x~} | P | Q) leads to a process that the first one
// *expands*: the pairs of such processes, in every context, are an expansion together with the identity. For the output
// can do nothing else, ever: b is not sent, received or compared, so nobody else gets to know it, no other input has it
// as its subject, and the receptor stays; so each other step of the left-hand side, and its instance under every
// substitution, is one of the right-hand side that leaves the output as it is, the step itself is answered by none, and
// a step of the right-hand side by the same after the τ. (It is τ.(...) by the replication theorem, Sangiorgi & Walker,
// section 2.2, and τ.P expands P.) Weak bisimulations up to expansion and context are sound (Sangiorgi & Milner, "The
// problem of weak bisimulation up to", CONCUR 1992; Pous, "Weak bisimulation up to elaboration", CONCUR 2006), whereas
// up to weak bisimilarity they are not.
std::optional<Situation> after_receptions(const Situation&, const Equivalence&, Terms&);

// What the pairs of a bisimulation may stand for, besides themselves.
struct UpTo {
  bool context = false;     // pairs with the same components added to both sides
  bool receptions = false;  // pairs that become them by receptions
};

// The smallest pair that these find, first receptions, then shared components; none if neither finds one.
struct Reduction {
  Situation pair;
  UpTo by;
};
std::optional<Reduction> reduced(const Situation&, const Equivalence&, Terms&);

}  // namespace tryst::pi
