// Hennessy-Milner formulas with sharing (Hennessy & Milner, "Algebraic laws for nondeterminism and concurrency", JACM
// 32(1), 1985): what one system satisfies and another does not.
//
//   nodes_   a formula: [negated] <event> (conjunction of parts); parts come before their wholes, so node numbers
//   ascend
// A conjunction without parts is true. Equal subformulas that are shared in the graph are printed once.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "frontend/arena.hpp"
#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

enum class FormulaId : std::uint32_t {};

class Formulas {
 public:
  struct Node {
    bool negated;
    EventId event;
    Range<FormulaId> parts;
  };

  FormulaId add(bool negated, EventId event, const std::vector<FormulaId>& parts);
  const Node& operator[](FormulaId f) const { return nodes_[f]; }
  std::span<const FormulaId> parts(FormulaId f) const { return parts_[nodes_[f].parts]; }
  std::size_t size() const { return nodes_.size(); }

  // Nested modalities at most.
  std::uint32_t depth(FormulaId) const;

  // In the syntax of mCRL2's modal formulas, `<"a">(<"b">true && !<"c">true)`, with one line `X1 = ...` before it for
  // each subformula that is used more than once. τ is written tau, ✓ tick.
  std::string text(FormulaId, const EventNames&) const;

 private:
  Arena<FormulaId, Node> nodes_;
  Pool<FormulaId> parts_;
};

// Whether a state satisfies a formula; O(size of the formula times size of the system) at worst, by need.
bool satisfies(const Lts&, StateId, const Formulas&, FormulaId, Budget&);

struct Distinction {
  Formulas formulas;
  FormulaId root;
};

}  // namespace tryst
