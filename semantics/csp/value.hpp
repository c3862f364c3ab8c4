// Canonical values of CSPM's functional language: fully evaluated, hash-consed, so that equality is equality of ids.
//
// Unevaluated things (thunks, lazy sequences, closures in the making) belong to the evaluator and become ids here when they
// are compared, put in a set or an event, or name a process.
//
// A ValueId with the top bit set is a small integer (-2^30 .. 2^30 - 2); others index the store (values.hpp). Canonical forms
// make equal values equal ids: sets are sorted and duplicate-free, contiguous integer sets are ranges, sets of at most
// `set_elements_max` elements are never symbolic, and no larger one is explicit.
//
// Dotted values are flat field lists; a *completed* constructor value with fields is one field of the list that holds it
// (`B.(D.0).1` has the parts B, D.0, 1; `(D.0).1`, D having one field, has the parts D.0, 1). The list is a *constructor
// value* when its first part is `data` that has fields; only its last field may be incomplete.
// Threads: none; one store belongs to one thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "frontend/arena.hpp"

namespace tryst::csp {

enum class ValueId : std::uint32_t {};
enum class DataId : std::uint32_t {};  // a constructor or channel, in order of declaration (data_table.hpp)
enum class DatatypeId : std::uint32_t {};
enum class ProcessId : std::uint32_t {};  // semantics/csp/process.hpp
enum class ClosureId : std::uint32_t {};  // a function value, semantics/csp/evaluator.hpp

// The comment says what parts() holds.
// clang-format off
enum class ValueKind : std::uint8_t {
  integer, boolean, character,  // none: as_integer() and so on
  tuple, sequence,              // the components
  map,                          // key, value, key, value ..; keys ascending
  data,                         // none: a bare constructor or channel, as_data()
  dot,                          // the fields; two or more, or none: what completes a complete value
  process, function,            // none
  // sets, finite
  set,             // the elements, ascending
  int_range,       // a, b: {a..b}, a <= b
  // symbolic sets: infinite, or of more than `set_elements_max` elements
  int_from,        // a: {a..}
  int_all,         // Int
  proc_all,        // Proc
  powerset,        // A: Set(A)
  sequences,       // A: Seq(A), A not empty
  maps,            // A, B: the partial maps from A to B, neither empty
  tuple_product,   // A, B ..: {(a, b ..)}
  dot_product,     // A, B ..: {a.b ..}, each factor a set of single fields
  datatype,        // none: as_datatype(), all values of an infinite datatype
  set_union,       // at least two symbolic sets, none a union, at most one explicit set, ascending
  set_difference,  // A, B: A symbolic and neither union nor difference; B not empty
};
// clang-format on

constexpr bool is_set(ValueKind kind) { return kind >= ValueKind::set; }
constexpr bool is_symbolic(ValueKind kind) { return kind >= ValueKind::int_from; }

// The largest explicit set, and the deepest nesting of a value; LimitReached beyond. Ranges of integers may be larger.
inline constexpr std::uint64_t set_elements_max = std::uint64_t{1} << 22;
inline constexpr std::uint32_t value_depth_max = 4000;

}  // namespace tryst::csp
