#include <fmt/core.h>

#include <algorithm>

#include "runtime/emitter/free_variables.hpp"
#include "runtime/emitter/heads.hpp"
#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/translation_context.hpp"
#include "semantics/script_error.hpp"

namespace tryst::emitter {

using csp::Binding;
using csp::BindingId;
using csp::BindingKind;
using csp::Builtin;
using csp::ExprKind;
using csp::PatternKind;
using Form = Process::Form;
using Op = Expression::Op;

namespace {

bool is_target_of_its_own(const Process& process) {
  return process.form == Form::call || process.form == Form::conditional || process.form == Form::let;
}

// Of processes, and changes none of their transitions.
bool is_compression(Builtin builtin) { return builtin >= Builtin::explicate && builtin <= Builtin::model_compress; }

}  // namespace

Process Translation::run(const csp::Origin& process) {
  const std::size_t points = code_.points.size();
  const std::size_t functions = code_.functions.size();
  const std::size_t datatypes = code_.datatypes.size();
  try {
    Context context(*this);
    return begin(process);
  } catch (const Untranslatable&) {
    forget_from(points, functions, datatypes);
    throw;
  }
}

namespace {

void replace(Expression& e, const std::map<std::uint32_t, Expression>& values) {
  if (e.op == Op::variable)
    if (const auto known = values.find(static_cast<std::uint32_t>(e.number)); known != values.end()) {
      e = known->second;
      return;
    }
  for (Expression& operand : e.operands) replace(operand, values);
}

}  // namespace

Process Translation::begin(const csp::Origin& origin) {
  std::map<BindingId, Expression> values;
  std::vector<ExprId> constants;
  std::vector<DataType> types;
  for (const auto& [bound, value] : origin.variables) {
    set_variable(bound, value);
    const auto data = scope_.find(bound);
    const auto constant = constants_.find(bound);
    if (data != scope_.end()) values.emplace(bound, data->second);
    types.push_back(data == scope_.end() ? DataType{} : data->second.type);
    constants.push_back(constant == constants_.end() ? no_id<ExprId> : constant->second);
  }
  if (origin.process != no_id<BindingId>) return call_with(origin.process, origin.arguments);

  // One point for all whose variables differ in their values only.
  const auto [at, added] = begun_.try_emplace({origin.expression, std::move(constants), std::move(types)});
  Begun& begun = at->second;
  if (added) {
    try {
      for (const auto& [bound, value] : values) begun.variables.emplace(bound, variable(bound, value.type));
      begun.initial = target(origin.expression);
      if (begun.initial.form != Form::call)
        begun.initial = as_point(std::move(begun.initial), this->at(origin.expression).span);
    } catch (...) {
      begun_.erase(at);
      throw;
    }
  }
  std::map<std::uint32_t, Expression> known;
  for (const auto& [bound, v] : begun.variables) known.emplace(v, values.at(bound));
  Process result = begun.initial;
  for (Expression& argument : result.arguments) replace(argument, known);
  return result;
}

void Translation::forget_from(std::size_t points, std::size_t functions, std::size_t datatypes) {
  std::erase_if(points_, [&](const auto& known) { return known.second >= points; });
  std::erase_if(functions_, [&](const auto& known) { return known.second >= functions; });
  std::erase_if(datatypes_, [&](const auto& known) { return known.second >= datatypes; });
  code_.points.resize(points);
  code_.functions.resize(functions);
  code_.datatypes.resize(datatypes);
}

// Turns a process into what a state can lead to: a point with its variables, perhaps chosen by conditions.
Process Translation::as_target(Process process, Span span) {
  if (is_target_of_its_own(process)) {
    if (process.form != Form::call)
      for (Process& operand : process.operands)
        if (operand.point == Process::no_point || !is_target_of_its_own(operand))
          operand = as_target(std::move(operand), span);
    return process;
  }
  return as_point(std::move(process), span);
}

// A point of its own for what is no call.
Process Translation::as_point(Process process, Span span) {
  process = interrupted(std::move(process));
  const auto id = static_cast<std::uint32_t>(code_.points.size());
  const std::set<std::uint32_t> variables = free_variables(process);
  Point point{{}, {}, {variables.begin(), variables.end()}, {}, span};
  const char* const name = process.form == Form::stop ? "STOP" : process.form == Form::skip ? "SKIP" : "";
  point.name = name;
  point.identifier = *name != '\0'                  ? name
                     : process.form == Form::prefix ? "before_" + identifier(process.channel)
                     : process.operands.size() == 1 && process.form == Form::internal ? "ending"
                                                                                      : "choosing";
  Process result{Form::call};
  result.point = id;
  for (const std::uint32_t v : point.variables) result.arguments.push_back({Op::variable, code_.variables[v].type, v});
  point.body = std::move(process);
  code_.points.push_back(std::move(point));
  return result;
}

Process Translation::target(ExprId e) {
  while (at(e).kind == ExprKind::paren) e = operands(e)[0];
  return as_target(process(e), at(e).span);
}

Process Translation::process(ExprId e) {
  const csp::Expr& expr = at(e);
  const auto kids = operands(e);
  switch (expr.kind) {
    case ExprKind::paren: return process(kids[0]);
    case ExprKind::name:
    case ExprKind::apply: return named(e);
    case ExprKind::prefix: return prefix(e);
    case ExprKind::let: return let_process(e, 0);
    case ExprKind::if_: {
      Process result{Form::conditional};
      result.condition = expression(kids[0]);
      result.operands = {process(kids[1]), process(kids[2])};
      return result;
    }
    case ExprKind::guard: {
      Process result{Form::conditional};
      result.condition = expression(kids[0]);
      result.operands = {process(kids[1]), Process{Form::stop}};
      return result;
    }
    case ExprKind::external_choice: {
      Process left = process(kids[0]);
      return choice(std::move(left), process(kids[1]), expr.span);
    }
    case ExprKind::sliding_choice: {
      Process left = process(kids[0]);
      return sliding(std::move(left), target(kids[1]), expr.span);
    }
    case ExprKind::exception: return exception(e);
    case ExprKind::interrupt: return interrupt(e);
    case ExprKind::internal_choice: {
      Process result{Form::internal};
      result.operands = {target(kids[0]), target(kids[1])};
      return result;
    }
    case ExprKind::sequential: return sequence(kids[0], kids[1]);
    case ExprKind::rep_external: return replicated(e, Form::each, 0);
    case ExprKind::rep_internal: return replicated(e, Form::each_internal, 0);
    default: break;
  }
  throw Untranslatable{"it is built with operators beyond prefixes, choices and conditions"};
}

Process Translation::named(ExprId e) {
  std::vector<ExprId> list;
  ExprId callee = callee_of(e, list);
  if (const auto known = constant(callee)) callee = *known;
  while (at(callee).kind == ExprKind::paren) callee = operands(callee)[0];
  if (at(callee).kind != ExprKind::name && list.empty() && callee != e) return process(callee);
  if (at(callee).kind != ExprKind::name) throw Untranslatable{"it calls functions that are values"};
  const BindingId use = typed_.expr_uses[index(callee)];
  const Binding& binding = typed_.bindings[use];
  if (binding.kind == BindingKind::builtin && binding.builtin == Builtin::STOP) return {Form::stop};
  if (binding.kind == BindingKind::builtin && binding.builtin == Builtin::SKIP) return skip();
  if (binding.kind == BindingKind::builtin && is_compression(binding.builtin) && list.size() == 1)
    return process(list[0]);
  if (binding.kind != BindingKind::function)
    throw Untranslatable{fmt::format("it calls {}", typed_.script.symbols.text(binding.symbol))};
  return call(use, list);
}

Process Translation::call(BindingId f, std::span<const ExprId> list) {
  std::vector<Expression> arguments;
  Key callee = key(f, list, arguments);
  return call(std::move(callee), std::move(arguments));
}

Process Translation::call(Key key, std::vector<Expression> arguments) {
  Process result{Form::call};
  result.arguments = std::move(arguments);
  for (const Frame& frame : frames_) {
    key.frames.push_back(frame.key);
    result.arguments.insert(result.arguments.end(), frame.handler.arguments.begin(), frame.handler.arguments.end());
  }
  result.point = point(key);
  return result;
}

std::uint32_t Translation::point(const Key& key) {
  const BindingId f = key.function;
  const csp::Decl& decl = function_declaration(f);
  const auto [at, added] = points_.try_emplace(key, static_cast<std::uint32_t>(code_.points.size()));
  const std::uint32_t id = at->second;
  if (!added) return id;
  const std::string name = this->name_of(f);
  code_.points.push_back({identifier(name), name, {}, {}, decl.span});
  Context context(*this, key.instance);
  unify_parameters(key);
  const std::vector<std::uint32_t> declared = parameters(decl, key);
  std::vector<std::uint32_t> variables = declared;
  for (const std::uint32_t v : enter_captured(f, key)) variables.push_back(v);
  std::erase(variables, no_variable);
  for (const FrameKey& around : key.frames) {
    Frame& frame = frames_.emplace_back(Frame{around, {Form::call}});
    frame.handler.point = around.point;
    for (const std::uint32_t v : std::vector(code_.points[around.point].variables)) {
      const DataType type = code_.variables[v].type;
      variables.push_back(variable(std::string(code_.variables[v].identifier), type));
      frame.handler.arguments.push_back({Op::variable, type, variables.back()});
    }
  }
  code_.points[id].variables = std::move(variables);  // known before what comes back to this point
  Process body{Form::failure};
  for (std::size_t c = decl.clauses.size(); c-- > 0;) {
    std::optional<Expression> condition = match(decl.clauses[c], key, declared);
    Process clause = process(decl.clauses[c].body);
    if (!condition) {
      body = std::move(clause);
    } else {
      Process choice{Form::conditional};
      choice.condition = std::move(*condition);
      choice.operands = {std::move(clause), std::move(body)};
      body = std::move(choice);
    }
  }
  code_.points[id].body = interrupted(std::move(body));
  return id;
}

// Processes and functions are lifted where they are used, and so is what is no data.
Process Translation::let_process(ExprId e, std::size_t from) {
  const auto decls = typed_.script.decl_lists[at(e).decls];
  if (from == decls.size()) return process(operands(e)[0]);
  const csp::Decl& decl = typed_.script.decls[decls[from]];
  if (!is_data_value(decls[from])) return let_process(e, from + 1);
  Process result{Form::let};
  result.condition = expression(decl.clauses[0].body);
  result.variable = variable(typed_.decl_bindings_first[index(decls[from])], result.condition.type);
  result.operands = {let_process(e, from + 1)};
  if (!free_variables(result.operands[0]).contains(result.variable)) return Process(std::move(result.operands[0]));
  return result;
}

Process Translation::replicated(ExprId e, Form form, std::size_t from) {
  const auto statements = typed_.script.statement_lists[at(e).statements];
  if (from == statements.size()) return form == Form::each ? process(operands(e)[0]) : target(operands(e)[0]);
  const csp::Statement& statement = typed_.script.statements[statements[from]];
  const bool is_single = std::ranges::count_if(statements, [&](csp::StatementId s) {
                           return typed_.script.statements[s].generator();
                         }) == 1;
  const std::optional<DataType> type = statement.generator() ? element_type(statement.expr) : std::nullopt;
  if (!type || (form == Form::each_internal && !is_single))
    throw Untranslatable{"it has replicated choices over sequences or several sets"};
  Process result{form};
  const BindingId bound = variable_of(statement.pattern);
  result.variable = variable(
      bound == no_id<BindingId> ? "each" : identifier(typed_.script.symbols.text(typed_.bindings[bound].symbol)),
      *type);
  result.domain = domain(statement.expr, result.variable);
  if (auto condition = match(statement.pattern, {Op::variable, *type, result.variable}))
    result.domain.filters.push_back(std::move(*condition));
  for (++from; from < statements.size() && !typed_.script.statements[statements[from]].generator(); ++from)
    result.domain.filters.push_back(expression(typed_.script.statements[statements[from]].expr));
  result.operands = {replicated(e, form, from)};
  if (form == Form::each && may_act_before_choice(result))
    throw Untranslatable{"a replicated choice has operands that act before it is made"};
  return result;
}

std::optional<csp::ExprId> Translation::constant(ExprId e) {
  while (at(e).kind == ExprKind::paren) e = operands(e)[0];
  if (const auto value = local_value(e)) return constant(*value);
  if (at(e).kind == ExprKind::name)
    if (const auto known = constants_.find(typed_.expr_uses[index(e)]); known != constants_.end()) return known->second;
  // A process may need variables: whoever is given it is given them, too.
  const csp::TypeId type = typed_.types.resolved(typed_.expr_types[index(e)]);
  const bool is_process = typed_.types[type].kind == csp::TypeKind::process;
  return is_process || captured_.is_closed(e) ? std::optional(e) : std::nullopt;
}

}  // namespace tryst::emitter
