// A question about reachability in a system with variables that are integers or words: what checker/symbolic decides.
//
// The system is at a *control*, which has variables; steps lead from control to control. A step's guard, its updates
// and its event may mention variables that are none of the control's: those are chosen by the step (what is received).
// Updates give all variables of the target that do not keep their value. Bad is: a *fault* (its guard holds), and, if
// `deadlock_is_bad`, a control that is not `is_end` where no step is enabled.
// Silent steps without an end are no state, so no run leads to them; whether they are bad is `divergence_is_bad`.
// A control that has a word has its length, too. Plain data; expressions are those of one store.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "semantics/symbolic/expressions.hpp"

namespace tryst {

struct SymbolicProblem {
  struct Step {
    ExpressionId guard;
    std::uint32_t target;
    std::vector<std::pair<VariableId, ExpressionId>> updates;
    std::uint32_t label;  // index into labels
  };
  struct Label {
    enum class Kind : std::uint8_t { silent, end, event };
    Kind kind;
    std::function<std::string(const Numbers&)> text{};  // of an event: its name, given all of its variables
    std::vector<VariableId> variables{};                // those
    std::vector<ExpressionId> integers{};               // in the event, also if it is hidden
  };
  struct Fault {
    ExpressionId guard;
    std::uint32_t label = no_label;  // the forbidden event, or none: a mistake of the script
    std::string text{};              // of the mistake
  };
  struct Control {
    std::vector<VariableId> variables;
    std::vector<Step> steps{};
    std::vector<Fault> faults{};
    bool is_end = false;
    std::string place{};  // where the components are, with the names of the variables
  };
  static constexpr std::uint32_t no_label = 0xffffffff;

  std::vector<Control> controls;  // the first is the initial one
  std::vector<Label> labels;
  std::vector<std::pair<VariableId, ExpressionId>> initial;  // constants
  bool deadlock_is_bad = false;
  bool divergence_is_bad = false;  // besides: silent steps for ever

  std::string name(VariableId v) const {
    const auto word = words.find(v);
    return (word == words.end() ? "x" : "#x") + std::to_string(names.at(word == words.end() ? v : word->second));
  }
  std::map<VariableId, std::uint32_t> names;  // of the controls' variables but lengths, from 1
  std::map<VariableId, VariableId> words;     // of lengths: whose they are
};

}  // namespace tryst
