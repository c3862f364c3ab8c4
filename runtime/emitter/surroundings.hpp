// What a process was made from that has no name: the expression at its place, and the values of the variables around it.
//
// The term of a process does not hold them; but they are in what is suspended in it (the processes after its first events
// capture what they need), and in its first events, where a variable is a field of its own. What is found so is a guess:
// whether it is the process is for the caller to see.
#pragma once

#include <optional>

#include "runtime/emitter/captured_variables.hpp"
#include "semantics/csp/evaluator.hpp"

namespace tryst::emitter {

class Surroundings {
 public:
  Surroundings(const csp::Typed& typed, csp::Evaluator& evaluator)
      : typed_(typed), evaluator_(evaluator), captured_(typed) {}

  // None: some variable's value is not found.
  std::optional<csp::Origin> of(csp::ExprId expression, csp::ProcessId term);

 private:
  void add_suspended(csp::ProcessId, csp::Origin&);
  void add_fields(csp::ExprId, csp::ProcessId, csp::Origin&);
  // The fields that are sent before anything is received: c!x.y?z gives x, y.
  void sent(csp::ExprId, std::vector<csp::ExprId>&) const;
  void add(csp::BindingId, const csp::EventField&, csp::Origin&) const;

  const csp::Typed& typed_;
  csp::Evaluator& evaluator_;
  CapturedVariables captured_;
};

}  // namespace tryst::emitter
