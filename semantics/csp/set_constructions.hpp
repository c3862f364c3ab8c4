// Sets made of sets: powersets, sequences, maps, products, and what type expressions denote.
//
// Up to set_elements_max elements the result is explicit, made in ascending order without sorting (O(result)); beyond,
// symbolic.
#pragma once

#include <span>
#include <vector>

#include "semantics/csp/data_table.hpp"
#include "semantics/csp/value_fault.hpp"

namespace tryst::csp {

ValueId powerset(DataTable&, ValueId set);                       // Set(A)
ValueId sequences_over(DataTable&, ValueId set);                 // Seq(A)
ValueId maps_between(DataTable&, ValueId keys, ValueId images);  // Map(A, B): partial maps
ValueId all_booleans(Values&);
ValueId all_characters(Values&);
// Of either kind, each factor a set of single fields.
ValueId product_of_fields(DataTable&, ValueKind, std::span<const ValueId> factors);
ValueId tuple_product(DataTable&, std::span<const ValueId> factors);
// The dotted product; the fields of each factor's elements are spliced: {0.1}.{2} is {0.1.2}.
ValueId dot_product(DataTable&, std::span<const ValueId> factors);

// The value of a type expression (a set, a dot or tuple of them, nested) as one set: what a nametype means.
Outcome type_set(DataTable&, ValueId type);
// The value of a type expression as the sets of single fields: what a channel or constructor declares. A set of values
// that have several fields each must be a product of sets (`not_rectangular`).
struct Fields {
  std::vector<ValueId> sets;
  Fault fault{};
  bool ok() const { return fault.kind == FaultKind::none; }
};
Fields type_fields(DataTable&, ValueId type);

}  // namespace tryst::csp
