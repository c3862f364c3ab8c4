// Evaluates core (core.hpp) by need, on the deep stack.
//
// evaluate() gives weak head normal form: an immediate value, or a tuple, sequence or function whose parts may be
// delayed, or a set of productions that are not listed (parts_of_set()). Other sets, maps, dots, events and process
// terms are always canonical. canonical() evaluates to the end.
//   stack_        the frames of the codes that run, innermost last; slots beyond `top_` are empty
//   activation_   the calls that are being evaluated, innermost first: the call stack of errors
//   pending_      the arguments and captures of a tail call that evaluate() has left to run()
// All of it throws ScriptError (the script's mistake) and LimitReached. After a throw the machine can go on: delayed
// objects that were being evaluated are delayed again.
// Threads: none.
#pragma once

#include <compare>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "frontend/csp/typing.hpp"
#include "semantics/budget.hpp"
#include "semantics/csp/core.hpp"
#include "semantics/csp/data_table.hpp"
#include "semantics/csp/environments.hpp"
#include "semantics/csp/lowering.hpp"
#include "semantics/csp/set_operations.hpp"
#include "semantics/csp/show.hpp"
#include "semantics/csp/terms.hpp"
#include "semantics/csp/thunk.hpp"
#include "semantics/deep_stack.hpp"
#include "semantics/script_error.hpp"

namespace tryst::csp {

class ProcessBuilder;

class Machine final : private FieldSource, private ValueNames {
 public:
  explicit Machine(const Typed&);
  ~Machine() override;

  CodeId lower(ExprId e) { return lowering_->root(e); }
  void set_budget(Budget* budget) { budget_ = budget; }
  void poll() override {
    if (budget_ != nullptr) poll_budget();
  }
  DeepStack& deep_stack() { return deep_stack_; }
  const Core& core() const { return core_; }
  Values& values() { return values_; }
  DataTable& data() { return data_; }
  ProcessBuilder& processes() { return *processes_; }

  // Runs a code on a frame of its own. `captured` and `arguments` are as the code lists them.
  Handle run(CodeId, std::span<const Handle> captured, std::span<const Handle> arguments, Span call = {});
  // Runs the code of a suspension: the values of its captures, then of its parameters.
  Handle run_suspended(CodeId, std::span<const ValueId> values);

  Handle evaluate(NodeId id, Handle* frame) { return evaluate(id, frame, false); }
  Handle delayed(NodeId, Handle* frame);  // the value when it is at hand, else a thunk of it
  Handle force(Handle);
  Handle apply(const Handle& function, std::span<const Handle> arguments, Span call);

  // A function taken apart. `code`: none for a built-in one, then `number` is the Builtin; else how many argument lists
  // it has got.
  struct Callee {
    CodeId code;
    std::int64_t number;
    std::vector<Handle> held;
  };
  Callee callee_of(const Handle& function);

  // Canonical values, and back.
  ValueId canonical(const Handle&);
  // What the code captures, then its arguments: what identifies a suspension of the code.
  std::vector<ValueId> identity(const Code&, std::span<const Handle> captured, std::span<const Handle> arguments);
  Handle from(ValueId);
  std::int64_t integer(const Handle& evaluated) const;
  Handle integer(std::int64_t n) { return Handle::fits(n) ? Handle::integer(n) : Handle::value(values_.integer(n)); }
  Handle boolean(bool b) { return Handle::value(values_.boolean(b)); }
  bool truth(const Handle& evaluated) const { return values_.as_boolean(evaluated.as_value()); }
  ValueId set(NodeId, Handle* frame);
  // The parts of a set in weak head normal form: the values of which it has all that start with one of them, and what
  // else it has. `rest`: {} if nothing.
  struct SetParts {
    std::vector<ValueId> prefixes;
    ValueId rest;
  };
  SetParts parts_of_set(const Handle&);
  // Whether so many values start with it that they are not listed without need.
  bool is_dense(ValueId prefix);
  // The union of sets in weak head normal form.
  Handle set_union_of(std::span<const Handle> sets);
  Elements list(ValueId set, Span);  // the elements; an infinite set is the script's mistake
  // The values that an input from an infinite set, or a renaming of infinitely many events, is tried with: those made
  // of these integers, instead of all. For performing a given run; what is found so is part of what the script means.
  void set_samples(std::vector<std::int64_t> integers) { samples_ = std::move(integers); }
  bool has_samples() const { return !samples_.empty(); }
  std::vector<ValueId> sampled(ValueId set, Span);

  bool equal(const Handle&, const Handle&);
  bool compare(Op, const Handle&, const Handle&);  // one of the six comparisons
  Handle component(const Handle& tuple, std::uint32_t i);
  bool matches(MatchId, const Handle&, Handle* frame);  // fills the slots that the pattern binds

  // Sequences in weak head normal form.
  Handle empty_sequence() const { return Handle::value(values_.empty_sequence()); }
  bool is_empty(const Handle& sequence) const;
  Handle head(const Handle& sequence);
  Handle tail(const Handle& sequence);  // may be delayed
  Handle cons(Handle head, Handle tail);
  Handle range(std::int64_t low, std::int64_t high);
  Handle range_from(std::int64_t low);
  Handle concat(const Handle& sequence, Handle rest);
  std::int64_t length(Handle sequence, Span);
  std::string text(Handle sequence);  // of characters

  // Runs `body` for every assignment of the steps' variables that their filters let pass, in order.
  void for_each(Range<StepId> steps, Handle* frame, const std::function<void()>& body);

  std::string shown(ValueId) const;
  std::string shown_process(ProcessId) const;
  // As much of a value as is evaluated; for messages.
  std::string brief(const Handle&, int depth = 3) const;

  [[noreturn]] void fail(std::string_view code, Span, std::string message, std::string label = {},
                         std::string help = {}, std::vector<Note> notes = {});
  [[noreturn]] void fail(const Fault&, Span);
  ValueId checked(const Outcome& outcome, Span span) {
    if (!outcome.ok()) fail(outcome.fault, span);
    return outcome.value;
  }

 private:
  struct Activation {
    const Activation* caller;
    CodeId code;
    const Handle* frame;
    Span call;  // where it was called
  };
  class FrameScope;
  class ActivationScope;
  struct Enumeration;

  // With `tail`, a call in tail position is left in `pending_` and the result is empty.
  Handle evaluate(NodeId, Handle* frame, bool tail);
  Handle run_pending(CodeId, Span call);
  Handle evaluate_value(const Node&, Handle* frame);
  Handle arithmetic(const Node&, Handle* frame);
  std::int64_t compute(const Node&, std::int64_t a, std::int64_t b);
  bool cheap(NodeId, Handle* frame, Handle& result);
  Handle call(const Node&, Handle* frame, bool tail);
  Handle apply_node(const Node&, Handle* frame, bool tail);
  Handle apply_to(const Handle& function, std::vector<Handle>& arguments, Span call, bool tail);
  Handle make_function(ObjectKind, const Callee&, std::int64_t number);
  Handle global(GlobalId);
  NodeId choose_clause(const Node&, Handle* frame);
  void bind_lets(const Node&, Handle* frame);
  void bind_prologue(const Code&, Handle* frame);
  void remember_knot(const Handle& thunk);
  Handle thunk(const Node& delay, Handle* frame);
  Handle builtin_value(const Node&);
  Handle set_expression(const Node&, Handle* frame);
  void add_elements(const Node&, Handle* frame, std::vector<ValueId>& elements, std::vector<Handle>& sets);
  Handle productions_of(ValueId);
  Handle union_expression(const Node& set, Handle* frame);
  Handle map_expression(const Node&, Handle* frame);
  Handle subtype(const Node&, Handle* frame);

  void poll_budget();
  void settle(Object&);  // a delayed object becomes `done`
  Handle next_of_concat_map(Object&);
  void check_depth(Span, std::uint32_t slots = 0);
  ValueId canonical_object(const Handle&);
  ValueId canonical_for(const Code&, Slot, const Handle&);
  bool equal_sequences(Handle, Handle);
  std::partial_ordering relate(const Handle&, const Handle&);
  std::partial_ordering relate_sequences(Handle, Handle);
  bool is_lazy_sequence(const Handle&) const;
  Handle view(const Handle& sequence, std::int64_t from);

  bool matches_sequence(const Match&, Handle, Handle* frame);
  bool matches_dot(const Match&, ValueId, Handle* frame);
  std::size_t dot_width(MatchId) const;

  std::vector<Note> call_stack() const;
  std::string called(const Activation&) const;
  std::string brief_object(const Handle&, int depth) const;

  std::vector<ValueId> fields(DataId) override;
  [[noreturn]] void fields_are_cyclic(DataId) override;
  std::string name(ProcessId) override;
  std::string name(ClosureId) override;

  Core core_;
  Values values_;
  DataTable data_;
  std::unique_ptr<Lowering> lowering_;
  std::unique_ptr<ProcessBuilder> processes_;
  DeepStack deep_stack_;
  Budget* budget_ = nullptr;

  std::unique_ptr<Handle, void (*)(Handle*)> stack_;
  Handle* top_;
  const Activation* activation_ = nullptr;
  std::vector<Handle> pending_;
  CodeId pending_code_{no_id<CodeId>};
  std::vector<std::int64_t> samples_;
  Span pending_call_{};

  struct GlobalState {
    Handle value;  // empty: not evaluated
    bool running = false;
  };
  std::vector<GlobalState> globals_;  // by GlobalId; grows
  Environments closures_;             // by ClosureId: a Callee; `number` is the last of the values
  Environments lets_;                 // the values of lets that suspended processes share
  std::vector<Handle> let_values_;    // parallel to lets_: thunks
  std::vector<Handle> knots_;         // thunks of lets whose values need one another
  std::size_t knots_max_ = 1024;      // more are looked through first
};

}  // namespace tryst::csp
