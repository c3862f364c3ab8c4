// What can be wrong with an operation on values: a small status that the evaluator words and places as a diagnostic.
#pragma once

#include "semantics/csp/value.hpp"

namespace tryst::csp {

enum class FaultKind : std::uint8_t {
  none,
  infinite_set,     // `set` is infinite and would have to be enumerated
  outside_field,    // `value` is not in `set`, what the field number `field` (from 0) of `data` may hold
  not_rectangular,  // `set`, the dotted values declared as fields, is not a product of sets
  not_a_set,        // `value`, used as a type, is neither a set nor a dot or tuple of sets
};

struct Fault {
  FaultKind kind = FaultKind::none;
  ValueId value{no_id<ValueId>};
  ValueId set{no_id<ValueId>};
  DataId data{no_id<DataId>};
  std::uint32_t field = 0;
};

// A value, or why there is none.
struct Outcome {
  ValueId value{no_id<ValueId>};
  Fault fault{};
  bool ok() const { return fault.kind == FaultKind::none; }
};

}  // namespace tryst::csp
