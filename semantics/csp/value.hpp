// Canonical values of CSPM's functional language: fully evaluated, hash-consed, so that equality is equality of ids.
//
// Unevaluated things (thunks, lazy sequences, closures in the making) belong to the evaluator and become ids here when they
// are compared, put in a set or an event, or name a process.
//
// A ValueId with the top bit set is a small integer (31 bits, biased); others index the store. Canonical forms make equal
// values equal ids: sets are sorted and duplicate-free, contiguous integer sets are ranges, finite sets are never symbolic.
// Dotted values are flat field lists; a *completed* constructor value with fields is one field of the list that holds it
// (`B.(D.0).1` has the fields B, D.0, 1).
// Threads: none; one store belongs to one thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "frontend/arena.hpp"

namespace tryst::csp {

enum class ValueId : std::uint32_t {};
enum class DataId : std::uint32_t {};     // a constructor or channel, as declared (one per elaborated module instance)
enum class ProcessId : std::uint32_t {};  // semantics/csp/process.hpp
enum class ClosureId : std::uint32_t {};  // a function value, semantics/csp/evaluator.hpp

enum class ValueKind : std::uint8_t {
  integer, boolean, character, tuple, sequence, map,
  data,      // a bare constructor or channel
  dot,       // fields, the first usually `data`; two or more
  process, function,
  // sets
  set,         // explicit, sorted by total order
  int_range,   // {a..b}, a <= b
  int_from,    // {a..}
  int_all,     // Int
  proc_all,    // Proc
  powerset,    // Set(A), A infinite
  sequences,   // Seq(A), A not empty
  maps,        // Map(A, B), infinite
  product,     // infinite cartesian or dotted product of sets
  productions, // {| prefix |} when infinite
  set_union, set_difference,  // of symbolic sets, where nothing simpler is exact
};

}  // namespace tryst::csp
