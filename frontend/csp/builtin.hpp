// The names that every script can use: one row a name, shared by resolver, type checker and evaluator.
//
// `availability` says what brings a name into scope. Types are written in CSPM's annotation notation and parsed by the
// type checker, so this table is the only place that knows them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace tryst::csp {

enum class Availability : std::uint8_t { always, external, transparent, external_or_transparent, timed };

enum class Builtin : std::uint8_t {
  // constants and types
  Int,
  Bool,
  Char,
  Proc,
  Events,
  True,
  False,
  STOP,
  SKIP,
  DIV,
  emptyMap,
  // processes
  CHAOS,
  RUN,
  BUFFER,
  WEAK_BUFFER,
  SIGNAL_BUFFER,
  WAIT,
  timed_priority,
  // sets
  union_,
  inter,
  diff,
  Union,
  Inter,
  set,
  Set,
  Seq,
  empty,
  card,
  member,
  seq,
  // sequences
  length,
  null,
  head,
  tail,
  concat,
  elem,
  // maps
  mapFromList,
  mapLookup,
  mapMember,
  mapToList,
  mapUpdate,
  mapUpdateMultiple,
  mapDelete,
  Map,
  // dots and others
  extensions,
  productions,
  error,
  show,
  // external
  deter,
  failure_watchdog,
  trace_watchdog,
  loop,
  prioritise,
  prioritise_nocache,
  prioritisepo,
  mtransclose,
  relational_image,
  relational_inverse_image,
  transpose,
  // external or transparent
  chase,
  chase_nocache,
  // transparent
  explicate,
  lazyenumerate,
  normal,
  lazynorm,
  diamond,
  sbisim,
  wbisim,
  dbisim,
  tau_loop_factor,
  model_compress,
};

struct BuiltinEntry {
  Builtin builtin;
  std::string_view name;
  Availability availability;
  std::string_view type;  // e.g. "Set a => ({a}, {a}) -> {a}"
};

// All rows, in the order of the enumeration.
std::span<const BuiltinEntry> builtins();

inline const BuiltinEntry& entry(Builtin b) { return builtins()[static_cast<std::size_t>(b)]; }

constexpr bool usable_as_external(Availability a) {
  return a == Availability::external || a == Availability::external_or_transparent;
}
constexpr bool usable_as_transparent(Availability a) {
  return a == Availability::transparent || a == Availability::external_or_transparent;
}

}  // namespace tryst::csp
