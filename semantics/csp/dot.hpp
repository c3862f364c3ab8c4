// Dotted values: combination, completion, extensions and productions of constructors and channels.
//
// combine_dots attaches the fields of the right value one by one: to the innermost incomplete constructor at the end of
// the left value, else behind it. A field is checked against its declared set as soon as it is complete.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "semantics/csp/data_table.hpp"
#include "semantics/csp/value_fault.hpp"

namespace tryst::csp {

// left.right; fault: outside_field, then the value is what there was when it was found.
Outcome combine_dots(DataTable&, ValueId left, ValueId right);
// The same where `right` is known to lie in this set, as when it was taken from there: saves the look-up.
Outcome combine_dots(DataTable&, ValueId left, ValueId right, ValueId known_set);
// a.b.c.., whatever the parentheses: combination is associative. Makes no values but the result and nested ones.
Outcome combine_dots(DataTable&, std::span<const ValueId> values);

// Whether v is a constructor or channel that has fields, with or without some of them: one field of what holds it.
bool is_constructor_value(DataTable&, ValueId v);
// The fields that v brings when it is dotted onto something: itself, or the parts of a list of fields.
std::vector<ValueId> fields_of(DataTable&, ValueId v);

// No constructor or channel in last position lacks fields. True of everything that is not a dotted value.
bool is_complete(DataTable&, ValueId);

// The declared sets of the fields that are missing from a constructor or channel whose other fields are complete; none
// of every other value. The events {| v |} are then v with each choice of them, the last one varying fastest.
std::optional<std::span<const ValueId>> missing_fields(DataTable&, ValueId v);

// The set of y such that v.y is complete; of a complete v the set of the empty dot.
ValueId extensions(DataTable&, ValueId v);
// The set of values of the next single field of an incomplete v: what `?x` ranges over when more follows. Of a complete
// v the set of the empty dot.
ValueId next_field(DataTable&, ValueId v);
// {| v |}: the complete values that start with v.
ValueId productions(DataTable&, ValueId v);
// The values of a subtype's clause: those of `constructor` whose first fields lie in `sets`. Fault: outside_field.
Outcome restricted_productions(DataTable&, DataId constructor, std::span<const ValueId> sets);

// The fields of a dotted value in the order in which a dot pattern meets them.
//
//   DotFields fields(data, v);            pattern A.x.B.y against v
//   fields.take(A) -> take() -> take(B) -> rest()
// take(A) matches a bare A or enters the constructor value that starts with A; rest() is what the last pattern gets.
class DotFields {
 public:
  DotFields(DataTable&, ValueId v);
  bool at_end() const { return fields_.empty(); }
  bool take(DataId constant);
  std::optional<ValueId> take();
  ValueId rest();  // at least one field must be left
  // What is left is exactly the constant: the last pattern is a constructor or channel.
  bool rest_is(DataId constant);

 private:
  DataTable& data_;
  std::vector<ValueId> fields_;  // reversed: the next one is last
};

}  // namespace tryst::csp
