// Formulas that one system satisfies and another does not, in the logics of the equivalences, with sharing.
//
// A formula is [not] M, where M is one of these modalities, φ and ψ being conjunctions of formulas (an empty one is
// true):
//   step             <a>ψ                              an a-step leads to ψ: Hennessy & Milner, "Algebraic laws for
//                                                      nondeterminism and concurrency", JACM 32(1), 1985
//   weak_step        <τ*.a.τ*>ψ, for τ: <τ*>ψ          the same, τ-steps unseen
//   branching_step   <τ*>(φ && <a>ψ)                   after τ-steps φ holds, and a leads to ψ; for τ the last step may
//                                                      be left out: <τ*>(φ && (ψ || <τ>ψ))
//   divergence       <τ*>(ν D. (ψ && <τ>D))            after τ-steps, τ for ever through states that satisfy ψ
//   weak_divergence  ν D. (<τ*>ψ && <τ>D)              τ for ever, and τ* always leads to ψ
// The third is that of Fokkink, van Glabbeek & de Wind ("Divide and congruence", Information and Computation 214,
// 2012): it characterises branching bisimilarity without an `until`. The fourth is that of van Glabbeek, Luttik & Trčka
// ("Branching bisimilarity with explicit divergence", Fundamenta Informaticae 93, 2009). The simulations have `step`
// without negation, ready simulation also "not <a>true".
//
//   nodes_   by formula; parts come before their wholes, so the numbers of formulas ascend from parts to wholes
// Equal formulas are one formula: add() costs a lookup.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "frontend/arena.hpp"
#include "semantics/event.hpp"

namespace tryst {

enum class FormulaId : std::uint32_t {};

enum class Modality : std::uint8_t { step, weak_step, branching_step, divergence, weak_divergence };

class Formulas {
 public:
  struct Node {
    Modality modality;
    bool negated;
    EventId event;            // τ for the divergences
    Range<FormulaId> before;  // φ: empty but for branching_step
    Range<FormulaId> after;   // ψ
  };
  struct Parts {
    std::vector<FormulaId> before, after;
  };

  // The parts in any order, repetitions allowed.
  FormulaId add(Modality, bool negated, EventId, Parts);
  const Node& operator[](FormulaId f) const { return nodes_[f]; }
  std::span<const FormulaId> before(FormulaId f) const { return parts_[nodes_[f].before]; }
  std::span<const FormulaId> after(FormulaId f) const { return parts_[nodes_[f].after]; }
  std::size_t size() const { return nodes_.size(); }

  // Nested modalities at most.
  std::uint32_t depth(FormulaId) const;

 private:
  Arena<FormulaId, Node> nodes_;
  Pool<FormulaId> parts_;
  std::map<std::vector<std::uint32_t>, FormulaId> known_;  // by modality, negation, event and parts
};

struct Distinction {
  Formulas formulas;
  FormulaId root;
};

}  // namespace tryst
