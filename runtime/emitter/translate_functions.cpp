// Calls: what is called, with what it captures.
#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/translation_context.hpp"
#include "semantics/script_error.hpp"

namespace tryst::emitter {

using csp::Binding;
using csp::BindingId;
using csp::BindingKind;
using csp::ExprKind;
using csp::PatternKind;
using csp::TypeKind;
using Op = Expression::Op;

const csp::Decl& Translation::function_declaration(BindingId f) {
  const Binding& binding = typed_.bindings[f];
  const csp::Decl& decl = typed_.script.decls[binding.decl];
  const csp::TypeId result = typed_.types.resolved(typed_.expr_types[index(decl.clauses[0].body)]);
  if (typed_.in_timed_section(binding.decl) && typed_.types[result].kind == TypeKind::process)
    throw Untranslatable{fmt::format("{} is in a Timed section", typed_.script.symbols.text(binding.symbol))};
  return decl;
}

std::string Translation::name_of(BindingId f) const {
  const Binding& binding = typed_.bindings[f];
  return binding.top_level ? binding.qualified : std::string(typed_.script.symbols.text(binding.symbol));
}

// What is called, and the arguments of all argument lists.
csp::ExprId Translation::callee_of(ExprId e, std::vector<ExprId>& arguments) const {
  while (at(e).kind == ExprKind::paren) e = operands(e)[0];
  if (at(e).kind != ExprKind::apply) return e;
  const ExprId callee = callee_of(operands(e)[0], arguments);
  for (const ExprId argument : operands(e).subspan(1)) arguments.push_back(argument);
  return callee;
}

bool Translation::is_data_value(csp::DeclId d) {
  const csp::Decl& decl = typed_.script.decls[d];
  return decl.kind == csp::DeclKind::function && decl.clauses[0].parameters.empty() &&
         is_data(typed_.expr_types[index(decl.clauses[0].body)]);
}

std::optional<csp::ExprId> Translation::local_value(ExprId e) const {
  if (at(e).kind != ExprKind::name) return std::nullopt;
  const Binding& binding = typed_.bindings[typed_.expr_uses[index(e)]];
  if (binding.top_level || binding.kind != BindingKind::function) return std::nullopt;
  const csp::Decl& decl = typed_.script.decls[binding.decl];
  const ExprId body = decl.clauses[0].body;
  const bool is_process = typed_.types[typed_.types.resolved(typed_.expr_types[index(body)])].kind == TypeKind::process;
  return decl.clauses[0].parameters.empty() && !is_process ? std::optional(body) : std::nullopt;
}

std::vector<csp::PatternId> Translation::parameters(const csp::Clause& clause) const {
  std::vector<csp::PatternId> result;
  for (const auto& group : clause.parameters) result.insert(result.end(), group.begin(), group.end());
  return result;
}

// Variables for the parameters, called as the first clause calls them.
std::vector<std::uint32_t> Translation::parameters(const csp::Decl& decl, const Key& key) {
  std::vector<std::uint32_t> result;
  const std::size_t count = parameters(decl.clauses[0]).size();
  for (std::size_t i = 0; i < count; ++i) {
    if (key.is_constant(i)) {
      result.push_back(no_variable);
      continue;
    }
    std::string wanted = fmt::format("p{}", i + 1);
    for (const csp::Clause& clause : decl.clauses) {
      const csp::PatternId p = parameters(clause)[i];
      if (typed_.script.patterns[p].kind != PatternKind::name) continue;
      const BindingId bound = typed_.pattern_names[index(p)];
      if (typed_.bindings[bound].kind != BindingKind::variable) continue;
      wanted = identifier(typed_.script.symbols.text(typed_.bindings[bound].symbol));
      break;
    }
    result.push_back(variable(wanted, key.arguments[i]));
  }
  return result;
}

Translation::Key Translation::key(BindingId f, std::span<const ExprId> arguments, std::vector<Expression>& data) {
  const csp::Decl& decl = function_declaration(f);
  if (parameters(decl.clauses[0]).size() != arguments.size()) throw Untranslatable{"it has functions as values"};
  Key key{f};
  for (const ExprId e : arguments) {
    const csp::TypeId type = typed_.expr_types[index(e)];
    // A set that is always the same is not carried along, unless it is there to grow.
    const bool is_set = typed_.types[typed_.types.resolved(type)].kind == TypeKind::set;
    const bool grows = at(e).kind == ExprKind::set && operands(e).empty();
    const std::optional<ExprId> fixed = is_data(type) && (!is_set || grows) ? std::nullopt : constant(e);
    if (fixed) {
      key.arguments.emplace_back();
    } else {
      data_type(type);  // says what cannot be held, before expression() says why it cannot be computed
      data.push_back(expression(e));
      key.arguments.push_back(data.back().type);
    }
    key.constants.push_back(fixed.value_or(no_id<ExprId>));
  }
  capture(f, key, data);
  return key;
}

std::set<BindingId> Translation::captured(BindingId f, const Key& key) {
  const Binding& binding = typed_.bindings[f];
  std::set<BindingId> result;
  if (!binding.top_level) result = captured_.of(binding.decl);
  const std::size_t count = parameters(typed_.script.decls[binding.decl].clauses[0]).size();
  for (std::size_t i = 0; i < count; ++i)
    if (key.is_constant(i)) result.merge(captured_.of(key.constants[i]));
  return result;
}

void Translation::capture(BindingId f, Key& key, std::vector<Expression>& data) {
  const Span own = typed_.script.decls[typed_.bindings[f].decl].span;
  for (const BindingId b : captured(f, key)) {
    // Inside, the name stands for the function's own variable.
    const Span place = typed_.bindings[b].span;
    if (place.begin >= own.begin && place.end <= own.end)
      throw Untranslatable{"it makes processes for calls of itself"};
    if (const auto known = scope_.find(b); known != scope_.end()) {
      data.push_back(known->second);
      key.arguments.push_back(known->second.type);
      key.constants.push_back(no_id<ExprId>);
    } else if (const auto fixed = constants_.find(b); fixed != constants_.end()) {
      key.arguments.emplace_back();
      key.constants.push_back(fixed->second);
    } else {
      throw Untranslatable{fmt::format("it uses {} as a value", typed_.script.symbols.text(typed_.bindings[b].symbol))};
    }
  }
  if (key.constants.size() > parameters(typed_.script.decls[typed_.bindings[f].decl].clauses[0]).size())
    key.instance = instance_;
}

std::vector<std::uint32_t> Translation::enter_captured(BindingId f, const Key& key) {
  std::vector<std::uint32_t> result;
  std::size_t i = parameters(typed_.script.decls[typed_.bindings[f].decl].clauses[0]).size();
  for (const BindingId b : captured(f, key)) {
    if (key.is_constant(i))
      constants_[b] = key.constants[i];
    else
      result.push_back(variable(b, key.arguments[i]));
    ++i;
  }
  return result;
}

Expression Translation::call_function(BindingId f, std::span<const ExprId> arguments, ExprId call) {
  std::vector<Expression> data;
  const Key callee = key(f, arguments, data);
  const csp::TypeId result = typed_.expr_types[index(call)];
  const std::uint32_t number = function(callee, result);
  return {Op::call, code_.functions[number].body.type, number, std::move(data)};
}

std::uint32_t Translation::function(const Key& key, csp::TypeId result) {
  const BindingId f = key.function;
  const csp::Decl& decl = function_declaration(f);
  const auto [at, added] = functions_.try_emplace(key, static_cast<std::uint32_t>(code_.functions.size()));
  const std::uint32_t id = at->second;
  if (!added) return id;
  const DataType result_type = data_type(result);
  const std::string name = name_of(f);
  code_.functions.push_back({identifier(name), name, {}, {Op::failure, result_type}, decl.span});
  Context context(*this, key.instance);
  unify_parameters(key);
  const std::vector<std::uint32_t> declared = parameters(decl, key);
  std::vector<std::uint32_t> variables = declared;
  for (const std::uint32_t v : enter_captured(f, key)) variables.push_back(v);
  std::erase(variables, no_variable);
  Expression body{Op::failure, result_type};
  for (std::size_t c = decl.clauses.size(); c-- > 0;) {
    std::optional<Expression> condition = match(decl.clauses[c], key, declared);
    Expression value = expression(decl.clauses[c].body);
    body = condition
               ? Expression{Op::conditional, result_type, 0, {std::move(*condition), std::move(value), std::move(body)}}
               : std::move(value);
  }
  code_.functions[id].parameters = std::move(variables);
  code_.functions[id].body = std::move(body);
  return id;
}

// --- values that are known

// A variable around a process stands for this value from now on.
void Translation::set_variable(BindingId b, const csp::EventField& value) {
  if (const auto type = type_of(typed_.binding_types[index(b)], value))
    scope_[b] = literal(value, *type);
  else if (const auto expression = reader_(value))
    constants_[b] = *expression;
}

Process Translation::call_with(BindingId f, const std::vector<csp::EventField>& arguments) {
  function_declaration(f);
  Key key{f};
  std::vector<Expression> data;
  const std::vector<csp::TypeId> types = parameter_types(f);
  // What the type's variables stand for may show in any of the arguments.
  std::vector<std::optional<ExprId>> read(arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (type_of(types[i], arguments[i])) continue;
    read[i] = reader_(arguments[i]);
    if (read[i]) unify(types[i], typed_.expr_types[index(*read[i])]);
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto type = type_of(types[i], arguments[i]);
    if (!type && !read[i]) {
      data_type(types[i]);  // says why
      throw Untranslatable{fmt::format("it holds {}", arguments[i].text)};
    }
    key.arguments.push_back(type ? *type : DataType{});
    key.constants.push_back(type ? no_id<ExprId> : *read[i]);
    if (type) data.push_back(literal(arguments[i], *type));
  }
  capture(f, key, data);
  return call(std::move(key), std::move(data));
}

// A value that is computed here and now, because it depends on nothing.
Expression Translation::computed(ExprId e) {
  const DataType type = data_type(typed_.expr_types[index(e)]);
  try {
    return literal(evaluator_.data(e), type);
  } catch (const ScriptError&) {
    throw Untranslatable{"it uses a value that is a mistake of the script"};
  }
}

}  // namespace tryst::emitter
