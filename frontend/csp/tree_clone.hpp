// Copies declarations within one script, with everything below them, and remembers which node became which.
//
// Spans stay: a copy points at the text of its original. Children are copied before their parents, so the arenas keep
// their order. Cost: linear in the nodes copied. Throws CloneLimit beyond a number of nodes, or where modules would
// nest deeper than the parser allows; then it leaves unused nodes behind, which the arenas may hold. Recursion is over
// syntax, under the parser's nesting limit.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "frontend/csp/ast.hpp"

namespace tryst::csp {

// (original, copy), in the order of copying. Only what name resolution speaks of.
struct ClonePairs {
  std::vector<std::pair<DeclId, DeclId>> decls;           // local ones included
  std::vector<std::pair<ExprId, ExprId>> names;           // `name` expressions
  std::vector<std::pair<PatternId, PatternId>> patterns;  // `name` patterns
  std::vector<std::pair<TypeExprId, TypeExprId>> types;   // `name` types
};

enum class CloneLimit : std::uint8_t { nodes, nesting };

class TreeClone {
 public:
  // `nodes_left` is counted down, in declarations, expressions, patterns and types.
  TreeClone(Script& script, ClonePairs& pairs, std::size_t& nodes_left)
      : script_(script), pairs_(pairs), nodes_left_(nodes_left) {}

  DeclId decl(DeclId);
  PatternId pattern(PatternId);

 private:
  ExprId expr(ExprId);
  StatementId statement(StatementId);
  FieldId field(FieldId);
  TypeExprId type(TypeExprId);
  std::vector<DeclId> decls(const std::vector<DeclId>&);
  void count();

  // Copies what a range or vector of ids refers to, by the member function given.
  template <class Id>
  Range<Id> range(Pool<Id>& pool, Range<Id> ids, Id (TreeClone::*copy)(Id));

  Script& script_;
  ClonePairs& pairs_;
  std::size_t& nodes_left_;
  int modules_around_ = 0;  // those being copied
};

}  // namespace tryst::csp
