#include "runtime/emitter/heads.hpp"

#include <algorithm>

namespace tryst::emitter {

using Form = Process::Form;

bool may_act_before_choice(const Process& process) {
  switch (process.form) {
    case Form::internal:
    case Form::each_internal: return true;
    case Form::conditional:
    case Form::external:
    case Form::together:
    case Form::let:
    case Form::each: return std::ranges::any_of(process.operands, may_act_before_choice);
    default: return false;
  }
}

Menu menu_of(const Process& process) {
  Menu menu;
  if (process.form == Form::together || process.form == Form::external) {
    for (const Process& operand : process.operands) {
      Menu part = menu_of(operand);
      std::ranges::move(part.offers, std::back_inserter(menu.offers));
      std::ranges::move(part.terminations, std::back_inserter(menu.terminations));
      std::ranges::move(part.steps, std::back_inserter(menu.steps));
    }
  } else if (process.form == Form::internal && !process.is_termination) {
    menu.steps = process.operands;
  } else if (process.form == Form::internal || process.form == Form::skip) {
    menu.terminations.push_back(process);
  } else if (process.form != Form::stop) {
    menu.offers.push_back(process);
  }
  return menu;
}

Process process_of(Menu menu) {
  Process result{Form::together};
  result.operands = std::move(menu.offers);
  std::ranges::move(menu.terminations, std::back_inserter(result.operands));
  if (!menu.steps.empty()) {
    Process steps{Form::internal};
    steps.operands = std::move(menu.steps);
    result.operands.push_back(std::move(steps));
  }
  if (result.operands.size() == 1) return Process(std::move(result.operands[0]));
  if (result.operands.empty()) return {Form::stop};
  return result;
}

void forget_terminations(Process& process) {
  process.is_termination = false;
  if (process.form == Form::prefix || process.form == Form::internal || process.form == Form::each_internal) return;
  for (Process& operand : process.operands) forget_terminations(operand);
}

}  // namespace tryst::emitter
