// Values and processes of a script whose integers may be expressions: hash-consed, so that equal forms are equal ids.
//
// What is fully known is one node, `known`, whatever its shape; so a node with parts has something unknown in it, and a
// node of kind integer or truth is never a constant. `delayed` is evaluated where it is needed; processes are states of
// a component, with everything in them evaluated. Threads: none.
#pragma once

#include <compare>
#include <map>
#include <vector>

#include "semantics/csp/core.hpp"
#include "semantics/csp/values.hpp"
#include "semantics/symbolic/expressions.hpp"

namespace tryst::csp {

enum class SymbolicId : std::uint32_t {};

// The comment says what a node holds besides.
enum class SymbolicKind : std::uint8_t {
  nothing,  // an empty slot
  known,    // number: ValueId
  integer,  // number: ExpressionId
  truth,    // number: ExpressionId
  tuple,
  sequence,
  dot,        // parts: the components, the elements, the fields
  list_set,   // parts: the elements
  from_set,   // parts: from
  range_set,  // parts: from, to
  word,       // parts: elements, and bases; a sequence whose length is unknown, because some of them are bases
  base,       // number: WordBases; given: how many of its elements are left out in front, and, * 65536, at the end
  delayed,    // code; parts: what it captures
  function,  // code, or none and number: a Builtin; parts: captures, then the arguments of the `given` lists it has got
  // processes
  suspended,  // code; parts: captures, then parameters
  process,    // number: NodeId; code: whose frame it is; parts: the frame, but for what the node does not use
  omega,
  run,         // number: ValueId of the set
  sequential,  // parts: P, Q
  choice,      // parts: the operands of an external choice
  sliding,
  interrupt,     // parts: P, Q
  exception,     // parts: P, Q; number: ValueId of the set
  parallel,      // parts: P, Q; number: ValueId of the set that both take part in
  alphabetised,  // parts: P, Q; number, given: ValueIds of their alphabets
  hiding,        // parts: P; number: ValueId of the set
};

struct SymbolicNode {
  SymbolicKind kind = SymbolicKind::nothing;
  CodeId code{no_id<CodeId>};
  std::uint32_t number = 0;
  std::uint32_t given = 0;
  std::vector<SymbolicId> parts{};
  friend auto operator<=>(const SymbolicNode&, const SymbolicNode&) = default;
};

class SymbolicValues {
 public:
  SymbolicValues(Values& values, Expressions& expressions) : values_(values), expressions_(expressions) {}

  // Brings the node into its normal form: constants become known, and so does what consists of known parts.
  SymbolicId make(SymbolicNode);
  SymbolicId known(ValueId v) { return intern({SymbolicKind::known, no_id<CodeId>, index(v)}); }
  SymbolicId integer(ExpressionId e) { return make({SymbolicKind::integer, no_id<CodeId>, index(e)}); }
  SymbolicId truth(ExpressionId e) { return make({SymbolicKind::truth, no_id<CodeId>, index(e)}); }
  SymbolicId nothing() { return intern({}); }

  const SymbolicNode& operator[](SymbolicId id) const { return nodes_[index(id)]; }
  SymbolicKind kind(SymbolicId id) const { return nodes_[index(id)].kind; }
  bool is_known(SymbolicId id) const { return kind(id) == SymbolicKind::known; }
  ValueId value(SymbolicId id) const { return static_cast<ValueId>(nodes_[index(id)].number); }
  ExpressionId expression(SymbolicId id) const { return static_cast<ExpressionId>(nodes_[index(id)].number); }

  // The components of a tuple, sequence or dotted value, known or not; a value that is none of these is one field.
  std::vector<SymbolicId> components(SymbolicId);

 private:
  SymbolicId intern(SymbolicNode);

  Values& values_;
  Expressions& expressions_;
  std::vector<SymbolicNode> nodes_;
  std::map<SymbolicNode, SymbolicId> ids_;
};

}  // namespace tryst::csp
