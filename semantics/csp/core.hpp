// The core language that scripts are lowered to: names are slots, patterns are flat, Timed sections are desugared.
//
// A *code* is a piece of core that runs in a frame of its own: the body of a function, of a lambda, of a delayed
// expression or of a suspended process. Its frame has `frame_size` slots: first the parameters, then whatever its body
// binds; `captures` says into which slots the captured values go. A node that makes a closure, thunk or suspension of a
// code lists in `sources` the slots of *its* frame that hold those values, in the same order.
//
// Two ways to capture a variable that a `let` binds:
//   - code whose result is not a process captures the value (or the thunk of it);
//   - code whose result is a process (`process`) may be suspended for ever and is identified by what it captures, so it
//     captures only variables bound by patterns, and makes the let-bound values it needs anew: `prologue`.
// Functions and processes bound by a `let` are lifted: every use of one passes what it captures (Johnsson, "Lambda
// lifting", FPCA 1985), so recursion makes no cycles of references.
//
// Built once by lowering.hpp, read-only while evaluating.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "frontend/arena.hpp"
#include "frontend/csp/ast.hpp"
#include "frontend/csp/builtin.hpp"
#include "semantics/csp/value.hpp"

namespace tryst::csp {

enum class BindingId : std::uint32_t;  // frontend/csp/typing.hpp
enum class NodeId : std::uint32_t {};
enum class CodeId : std::uint32_t {};
enum class MatchId : std::uint32_t {};
enum class StepId : std::uint32_t {};
enum class InputId : std::uint32_t {};
enum class GlobalId : std::uint32_t {};
using Slot = std::uint32_t;

// The comment gives `kids` in order; * any number. Other fields of Node are named where they are used.
enum class Op : std::uint8_t {
  integer,
  boolean,
  character,     // number
  string,        // text
  local,         // number: slot
  global,        // number: GlobalId
  data,          // number: DataId
  builtin,       // number: Builtin, as a value
  datatype,      // number: DatatypeId
  closure,       // code, sources: a function as a value
  call,          // code, sources; argument*: a known function, all its arguments
  apply,         // function, argument*: one argument list
  call_builtin,  // number: Builtin; argument*
  delay,         // code, sources; the same expression in this frame, if it may be cheap
  suspend,       // code, sources: a process that is evaluated when the engine asks
  timed_choice,  // timing function, prefix; number: tock; code: the one whose body this is
  timed_stop,
  timed_skip,  // number: tock
  let,         // flag: some binding is recursive; delay or plain node*, body; slots: where they go
  clauses,     // matches: parameters of clause 0, of clause 1 ..; body*; number: how many parameters
  select,      // value; matches[0]; number: the slot that the match binds and the node is worth
  if_,         // condition, then, else
  and_,
  or_,
  not_,  // a, b / a
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,  // a, b
  add,
  subtract,
  multiply,
  divide,
  modulo,  // a, b
  negate,  // a
  length,  // a
  concat,
  dot,  // a, b
  tuple,
  sequence,             // e*, lazily
  sequence_range,       // a, b
  sequence_range_open,  // a
  concat_map,           // code, sources; sequence: code has one parameter and gives a sequence
  set,
  set_range,
  set_range_open,
  set_enumerated,  // as the expressions; steps, if any
  type_set,        // a: the set that a type expression denotes
  subtype,         // number: index into Core::subtypes
  map,             // key, value, ..
  // Processes. In Timed sections the operators are replaced as section 6.6 of the reference says; what is left of it is
  // that a replicated operator over nothing is TSTOP (`flag`; number: tock).
  prefix,  // channel, P; inputs
  external_choice,
  internal_choice,
  sliding_choice,
  interrupt,
  sequential,
  interleave,  // P, Q
  parallel,
  exception,
  sync_external,
  sync_interrupt,  // P, A, Q
  alphabetised,    // P, A, B, Q
  hide,
  project,  // P, A
  rename,   // P, from, to, ..; tie_steps
  link,     // P, Q, left, right, ..; tie_steps
  rep_external,
  rep_internal,
  rep_interleave,
  rep_sequential,  // P; steps
  rep_parallel,
  rep_sync_external,  // A, P; steps
  rep_alphabetised,   // A, P; steps
  rep_link,           // P, left, right, ..; steps, tie_steps
};

struct Node {
  Op op;
  bool flag = false;
  Span span{};
  std::int64_t number = 0;
  std::string_view text{};
  CodeId code{no_id<CodeId>};
  Range<NodeId> kids{};
  Range<Slot> sources{};
  Range<Slot> slots{};
  Range<MatchId> matches{};
  Range<StepId> steps{};
  Range<StepId> tie_steps{};
  Range<InputId> inputs{};
};

enum class MatchKind : std::uint8_t {
  any,
  bind,  // number: slot
  integer,
  boolean,
  character,        // number
  data,             // number: DataId
  tuple,            // part*
  sequence,         // part*: exactly these
  sequence_around,  // number: how many parts come first; part*, the middle, part*
  empty_set,
  singleton_set,  // part
  dot,            // part*, flat; the last takes all that is left
  both,           // part, part
};

struct Match {
  MatchKind kind;
  Span span{};
  std::int64_t number = 0;
  Range<MatchId> parts{};
};

// One statement of a comprehension or replicated operator: generator (`match`) or filter.
struct Step {
  MatchId match{no_id<MatchId>};
  NodeId expr{};
  bool over_sequence = false;
  bool independent = false;  // does not use what earlier steps bind: evaluated once
};

// One field of a prefix.
struct Input {
  FieldKind kind;
  Span span{};
  NodeId expr{no_id<NodeId>};  // output: the value; inputs: the set, if one is written
  Range<MatchId> parts{};      // inputs: the components of the pattern; with a set just one
  bool last = false;           // no field follows
};

struct Code {
  std::string name;  // of a function or named process, else empty
  Span span{};       // of the name or expression
  NodeId body{};
  std::vector<std::uint32_t> groups{};  // how many parameters in each argument list
  std::uint32_t parameters = 0;         // the sum
  std::uint32_t frame_size = 0;
  std::vector<Slot> captures{};
  std::vector<bool> process_slots{};  // by slot: the variable in it is known to be a process
  Range<NodeId> prologue{};           // of process codes: delay nodes; `slots` is where each goes
  bool process = false;               // the result is a process: calls are suspended
  // Where it comes from in the tree, for readers of the script: a function or named process, or the expression that is
  // suspended; none for all else. And which variable each capture is.
  BindingId binding{no_id<BindingId>};
  ExprId expression{no_id<ExprId>};
  std::vector<BindingId> captured{};
  bool function = false;  // it appears in call stacks
};

// A global value: a code without parameters, evaluated at most once.
struct Global {
  CodeId code;
  std::string name;
  Span span{};
};

struct Subtype {
  struct Clause {
    DataId constructor;
    NodeId type{no_id<NodeId>};  // no fields: none
  };
  std::vector<Clause> clauses;
};

struct Core {
  Arena<NodeId, Node> nodes;
  Arena<CodeId, Code> codes;
  Arena<MatchId, Match> matches;
  Arena<StepId, Step> steps;
  Arena<InputId, Input> inputs;
  Arena<GlobalId, Global> globals;
  Pool<NodeId> node_lists;
  Pool<Slot> slot_lists;
  Pool<MatchId> match_lists;
  Pool<StepId> step_lists;
  Pool<InputId> input_lists;
  std::vector<Subtype> subtypes;
  std::vector<CodeId> field_types;  // by DataId: the code of the declared type, or none

  std::span<const NodeId> kids(const Node& n) const { return node_lists[n.kids]; }
};

}  // namespace tryst::csp
