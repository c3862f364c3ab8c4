#include "runtime/emitter/free_variables.hpp"

namespace tryst::emitter {

namespace {

struct Uses {
  std::set<std::uint32_t> used;
  std::set<std::uint32_t> bound;  // each variable is bound in one place only

  void visit(const Expression& e) {
    if (e.op == Expression::Op::variable) used.insert(static_cast<std::uint32_t>(e.number));
    if (e.op == Expression::Op::let) bound.insert(static_cast<std::uint32_t>(e.number));
    for (const Expression& operand : e.operands) visit(operand);
  }
  void visit(const Domain& domain) {
    for (const Expression& value : domain.values) visit(value);
    for (const Expression& filter : domain.filters) visit(filter);
  }
  void visit(const Process& process) {
    visit(process.condition);
    visit(process.domain);
    for (const Expression& argument : process.arguments) visit(argument);
    for (const Process::Input& input : process.inputs) {
      visit(input.domain);
      bound.insert(input.variable);
    }
    for (const Expression& field : process.fields) visit(field);
    using Form = Process::Form;
    if (process.form == Form::let || process.form == Form::each || process.form == Form::each_internal)
      bound.insert(process.variable);
    for (const Process& operand : process.operands) visit(operand);
  }
  std::set<std::uint32_t> free() const {
    std::set<std::uint32_t> result = used;
    for (const std::uint32_t v : bound) result.erase(v);
    return result;
  }
};

}  // namespace

std::set<std::uint32_t> free_variables(const Expression& e) {
  Uses uses;
  uses.visit(e);
  return uses.free();
}

std::set<std::uint32_t> free_variables(const Process& process) {
  Uses uses;
  uses.visit(process);
  return uses.free();
}

}  // namespace tryst::emitter
