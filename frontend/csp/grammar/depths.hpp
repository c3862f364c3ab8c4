// How deep the tree is below each node, counted while it grows: this is what makes recursion over a tree safe.
//
// The depth of a node is the number of nodes on the longest path from it down, itself included, through everything that
// can stand inside it: operands, statements, fields, patterns, written types, and declarations in a `let`, a module or
// a section. Each statement of a comprehension or a replicated operator counts as a node around those behind it and the
// body, for that is how they nest in meaning. Counting is linear in the tree, since the depths of a node's children are
// known when it is added.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "frontend/csp/ast.hpp"

namespace tryst::csp::grammar {

class Depths {
 public:
  // Nodes that the script has already are taken for leaves: what is parsed from now on does not refer to them.
  explicit Depths(const Script&);

  // Each is called with a node just before it is added to the script, and returns its depth: `depth_max` + 1 stands for
  // all that are beyond the limit.
  int add(const Expr&);
  int add(const Pattern&);
  int add(const TypeExpr&);
  int add(const Decl&);

 private:
  using Column = std::vector<std::uint16_t>;  // by id; at most depth_max + 1

  // The greatest depth among some nodes; 0 when there are none.
  template <class Id>
  static int deepest(const Column&, Id);
  template <class Id>
  static int deepest(const Column&, std::span<const Id>);
  int deepest(Range<StatementId>) const;
  int deepest(Range<FieldId>) const;
  int deepest(const Clause&) const;
  int deepest(const Assertion&) const;

  static int put(Column&, int deepest_child);

  const Script& script_;
  Column exprs_, patterns_, types_, decls_;
};

}  // namespace tryst::csp::grammar
