// Typed script → values and process terms, lazily.
//
// Arguments, bindings and the elements of tuples and sequences are evaluated when they are needed, at most once.
// Processes are evaluated to their outermost operators; the continuation of a prefix and the call of a named process
// become suspended terms that unfold() evaluates when the reference engine asks.
//
// Errors of the script throw ScriptError (P04xx) with the call stack as notes; limits throw LimitReached.
// Deep recursion is an error with a diagnostic: evaluation runs on a stack of its own and watches it.
// Threads: none; one evaluator belongs to one thread.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "frontend/csp/typing.hpp"
#include "semantics/budget.hpp"
#include "semantics/csp/event_shape.hpp"
#include "semantics/csp/origin.hpp"
#include "semantics/csp/terms.hpp"
#include "semantics/script_error.hpp"

namespace tryst::csp {

class Machine;

class Evaluator final : public Unfolder {
 public:
  // Both must outlive the evaluator. `typed` may grow by check_expression between calls.
  Evaluator(const Typed& typed, const SourceSet& sources);
  ~Evaluator() override;

  void set_budget(Budget*);  // of the question being answered; null: none

  Terms& terms();

  ProcessId process(ExprId);
  std::string show(ExprId);                    // the value, as CSPM writes it
  std::vector<EventId> trace(ExprId);          // a sequence of events
  EventSetId events(ExprId);                   // a set of events
  EventShape shape(EventId);                   // of a visible event that this evaluator has made
  EventField data(ExprId);                     // the value, taken apart
  std::vector<EventField> elements(ExprId);    // of a finite set; an infinite one is a mistake of the script
  std::optional<Origin> origin(SuspensionId);  // none of a process without an expression behind it

  Machine& machine() { return *machine_; }  // for what reads core itself

  ProcessId unfold(SuspensionId) override;
  std::string name(SuspensionId) override;

 private:
  ValueId value(ExprId);
  EventField field(ValueId);
  void add_parts(EventField&, std::span<const ValueId>);

  std::unique_ptr<Machine> machine_;
};

}  // namespace tryst::csp
