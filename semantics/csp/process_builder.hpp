// Process expressions → terms, and events ↔ values.
//
// An operator becomes a term over the terms of its operands. What is suspended becomes a `suspended` term, known by its
// code and the canonical values that this has captured: unfolding it twice gives the same term, and so recursion ties.
// Some processes of the language have no expression behind them; they are suspended as a *macro*:
//   loop(P)            P ; loop(P)
//   TSTOP, TSKIP       tock -> TSTOP, tock -> TSKIP [] SKIP
//   delay(n, P)        tock -> .. tock -> P, n times
//   buffer             the three BUFFER processes (process_buffers.cpp)
// Threads: none.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "semantics/csp/machine.hpp"

namespace tryst::csp {

class ProcessBuilder {
 public:
  explicit ProcessBuilder(Machine& machine);

  Terms& terms() { return terms_; }

  // The term of a process expression that is neither a name nor a call.
  ProcessId build(const Node&, Handle* frame);
  // A built-in process or function that gives a process; timed ones have tock as their last argument.
  ProcessId build(Builtin, std::span<const Handle> arguments, Span);

  ProcessId suspended(CodeId code, std::span<const ValueId> values);
  ProcessId unfold(SuspensionId);
  std::string name(SuspensionId) const;  // empty for the rest of an expression
  // The code of a suspension and the values it was suspended with; none of a process without an expression behind it.
  std::optional<std::pair<CodeId, std::span<const ValueId>>> suspension(SuspensionId) const;
  std::size_t suspensions() const { return suspensions_.size(); }
  std::string name(ProcessId) const;

  EventId event(ValueId);
  ValueId value(EventId e) const { return values_[index(e)]; }
  EventSetId event_set(ValueId set);

 private:
  using EventPairs = std::vector<std::pair<EventId, EventId>>;

  enum class Macro : std::uint32_t { loop, timed_stop, timed_skip, delay, buffer };
  static constexpr std::uint32_t macro_tag = 0x80000000;  // tags below are codes

  using Menu = std::vector<std::pair<EventId, ProcessId>>;
  struct PrefixWalk;

  ProcessId operand(NodeId, Handle* frame);
  EventSetId alphabet(NodeId, Handle* frame);
  EventSetId alphabet(const Handle& set);
  std::span<const std::uint32_t> keys_of(EventId);
  ProcessId unary(Operator, ProcessId, Span);
  ProcessId binary(const Node&, Operator, Handle* frame);
  ProcessId with_set(const Node&, Operator, Handle* frame);  // P, A, Q
  ProcessId alphabetised(const Node&, Handle* frame);
  ProcessId restricted(const Node&, Operator, Handle* frame);  // P, A
  ProcessId timed_choice(const Node&, Handle* frame);
  ProcessId after_event(ProcessId offer, const Handle& timing, DataId tock, Span);

  // process_prefix.cpp
  ProcessId prefix(const Node&, Handle* frame);
  ProcessId menu(Menu, Span);

  // process_replicated.cpp
  ProcessId replicated(const Node&, Handle* frame);
  ProcessId nothing(const Node&, Operator);
  ProcessId rename(const Node&, Handle* frame);
  ProcessId link(const Node&, Handle* frame);
  ProcessId replicated_link(const Node&, Handle* frame);
  EventPairs ties(const Node&, std::span<const NodeId>, Handle* frame, std::vector<Alphabets::Tie>* dense);
  void tie(ValueId left, ValueId right, Span left_span, Span right_span, EventPairs&,
           std::vector<Alphabets::Tie>* dense);
  EventId retied(EventId, Alphabets::Tie);
  std::span<const EventId> events_of(ValueId set);
  RelationId link_relation(EventPairs, Span);

  // process_functions.cpp
  ProcessId prioritise(ProcessId, const Handle& sets, Span);
  ProcessId prioritise_po(std::span<const Handle>, Span);
  void check_order(ValueId events, const Elements& order, ValueId maximal, Span);
  ProcessId watchdog(Operator, std::span<const Handle>, Span);
  ProcessId macro(Macro, std::span<const ValueId>);
  ProcessId unfold_macro(Macro, std::span<const ValueId>);
  ProcessId delay(std::int64_t tocks, ProcessId, ValueId tock);

  // process_buffers.cpp
  ProcessId buffer(Builtin, std::span<const Handle>, Span);
  ProcessId unfold_buffer(std::span<const ValueId>);

  Machine& machine_;
  Terms terms_;
  Environments suspensions_;                        // by SuspensionId; tag: a code, or macro_tag + a macro
  std::vector<std::optional<ProcessId>> unfolded_;  // by SuspensionId; grows
  std::vector<EventId> events_;                     // by ValueId; no_id: not met as an event
  std::vector<ValueId> values_;                     // by EventId
  std::unordered_map<ValueId, EventSetId> event_sets_;
  Pool<std::uint32_t> keys_;                                // of the events asked about
  std::vector<Range<std::uint32_t>> keys_at_;               // by EventId; grows
  std::unordered_map<ValueId, std::vector<EventId>> tied_;  // what renaming has paired: sets, by their elements
};

}  // namespace tryst::csp
