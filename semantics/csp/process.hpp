// Process terms, hash-consed: the states of the reference engine.
//
// A term is an operator over terms, or *suspended*: an expression of the script together with the values of its free
// variables (or a named process with its arguments), which the evaluator unfolds on demand. Recursion ties because a
// suspended term met again is the same id. Children before parents; nothing is ever removed.
//   operands   term ids, in the order written; n-ary operators come from replicated forms
//   sets       alphabets, by operator
//   events     prefix: the event of each operand (the menu of an input prefix); sorted, distinct
//   relation   renaming and link ties: pairs of events, sorted
// `span` is where the term was written; it is not part of its identity for operators (the first one wins), but it is for
// prefixes, so that a counterexample can name the line of every event.
// Threads: none; one store belongs to one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "frontend/arena.hpp"
#include "frontend/source.hpp"
#include "semantics/csp/alphabets.hpp"
#include "semantics/csp/value.hpp"
#include "semantics/event.hpp"

namespace tryst::csp {

enum class SuspensionId : std::uint32_t {};  // the evaluator's own number of an expression with its environment

// Ω-style rules for each: reference/cspm-language.md section 6.4; files semantics/csp/rules_*.cpp, one function a rule.
// clang-format off
enum class Operator : std::uint8_t {
  stop, skip, omega, div,
  run, chaos,         // sets[0]
  prefix,             // events, operands: the continuation of each event
  external_choice, internal_choice,  // operands*, at least one
  sliding_choice, interrupt, sequential,  // P, Q
  interleave,         // operands*
  parallel,           // operands*; sets[0] is synchronised by all
  alphabetised,       // operands*; sets[i] is the alphabet of operands[i]
  exception,          // P, Q; sets[0]
  sync_external,      // operands*; sets[0]
  sync_interrupt,     // P, Q; sets[0]
  hide, project,      // P; sets[0]
  rename,             // P; relation
  link,               // P, Q; relation: (left event, right event)
  prioritise,         // P; sets in descending priority
  prioritise_po,      // P; sets[0] events, sets[1] maximal; relation: (higher, lower)
  chase,              // P
  trace_watchdog, failure_watchdog,  // P; sets[0] alphabet; events[0] the alarm
  deter,              // P
  compressed,         // P; a compression named in the script; the identity in this engine. `payload` is the Builtin
  suspended,          // payload is the SuspensionId
};
// clang-format on

// A term as it is built.
struct Term {
  Operator op;
  Span span{};
  std::uint32_t payload = 0;
  std::vector<ProcessId> operands{};
  std::vector<EventId> events{};
  std::vector<EventSetId> sets{};
  RelationId relation{no_id<RelationId>};
};

// A term as the store hands it out: the same fields, looking into the store. Valid as long as the store.
struct TermView {
  Operator op;
  Span span{};
  std::uint32_t payload = 0;
  std::span<const ProcessId> operands{};
  std::span<const EventId> events{};
  std::span<const EventSetId> sets{};
  RelationId relation{no_id<RelationId>};
};

// How many leading operands may move before the operator is resolved or ends: these decide what a state can do, so they
// must be evaluated (`P` of `P ; Q`, all of `P ||| Q`, none of `a -> P` or `P |~| Q`).
constexpr std::size_t active_operands(Operator op, std::size_t operands) {
  switch (op) {
    case Operator::prefix:
    case Operator::internal_choice: return 0;
    case Operator::sliding_choice:
    case Operator::sequential:
    case Operator::exception: return 1;
    default: return operands;
  }
}

// What the term store asks of the evaluator. Both may throw ScriptError and LimitReached (semantics/transition_system.hpp).
class Unfolder {
 public:
  virtual ~Unfolder() = default;
  // The term that a suspension stands for, evaluated to its outermost operator. May itself be `suspended`.
  virtual ProcessId unfold(SuspensionId) = 0;
  // What a reader would call it: `P(1, {a})` for a named process, empty for the rest of an expression.
  virtual std::string name(SuspensionId) = 0;
};

}  // namespace tryst::csp
