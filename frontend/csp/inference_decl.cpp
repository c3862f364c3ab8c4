// Types of functions, patterns, assertions, Timed sections, modules and instances.

#include "frontend/csp/inference.hpp"

namespace tryst::csp {

Inference::Annotated::Annotated(Inference& inference, BindingId b) : inference_(inference) {
  const DeclId annotation = inference.companions_.annotation[index(b)];
  if (annotation == no_id<DeclId>) return;
  type = inference.annotations_.type(annotation, introduced_);
  reason.where = inference.script_.decls[annotation].span;
}

void Inference::function(DeclId d) {
  const Clause& first = script_.decls[d].clauses.front();
  if (first.parameters.empty())
    constant(d);
  else
    function_equations(d);
}

void Inference::function_equations(DeclId id) {
  const Decl& d = script_.decls[id];
  const BindingId name = typed_.decl_bindings_first[index(id)];
  const Annotated annotated(*this, name);
  const auto same_shape = [&](const Clause& c) {
    if (c.parameters.size() != d.clauses.front().parameters.size()) return false;
    for (std::size_t g = 0; g < c.parameters.size(); ++g)
      if (c.parameters[g].size() != d.clauses.front().parameters[g].size()) return false;
    return true;
  };
  TypeId all = no_id<TypeId>;
  Span last{};
  bool faulty = false;
  for (const Clause& clause : d.clauses) {
    const auto mark = types_.mark();
    try {
      if (!same_shape(clause)) fail(mistakes_.parameters_differ(id, d.clauses.front(), clause));
      const TypeId t = annotated.present() ? annotated_equation(clause, annotated) : equation(clause);
      all = all == no_id<TypeId> ? t : match(all, t, clause.name_span, {Why::equation, last});
      last = clause.name_span;
    } catch (Mistake& m) {
      types_.rollback(mark);
      report(std::move(m.diagnostic));
      faulty = true;
    }
  }
  if (faulty) return give_up(id);
  match(type_of(name), all, last, {Why::equation, last});
}

// Patterns have their dots applied, which implements longest match: with A of two fields, the x of f(A.x) is a dot of
// two. This happens again after the body, which may have told what a variable is that stands before a dot.
TypeId Inference::equation(const Clause& clause) {
  std::vector<std::vector<TypeId>> groups;
  for (const auto& parameters : clause.parameters)
    for (const PatternId p : parameters) introduce(p);
  for (const auto& parameters : clause.parameters) {
    auto& group = groups.emplace_back();
    for (const PatternId p : parameters) {
      group.push_back(pattern(p));
      evaluate_dots(group.back(), script_.patterns[p].span);
    }
  }
  TypeId t = evaluate_dots(infer(clause.body), script_.exprs[clause.body].span, clause.body);
  for (std::size_t g = groups.size(); g-- > 0;) {
    for (std::size_t i = 0; i < groups[g].size(); ++i)
      groups[g][i] = evaluate_dots(groups[g][i], script_.patterns[clause.parameters[g][i]].span);
    t = types_.function(groups[g], t);
  }
  return t;
}

TypeId Inference::annotated_equation(const Clause& clause, const Annotated& annotated) {
  const TypeId result = types_.fresh();
  std::vector<std::vector<TypeId>> wanted, groups;
  TypeId shape = result;
  for (const auto& parameters : clause.parameters) {
    auto& group = wanted.emplace_back();
    for (std::size_t i = 0; i < parameters.size(); ++i) group.push_back(types_.fresh());
  }
  for (std::size_t g = wanted.size(); g-- > 0;) shape = types_.function(wanted[g], shape);
  match(annotated.type, shape, clause.name_span, annotated.reason);
  for (const auto& parameters : clause.parameters)
    for (const PatternId p : parameters) introduce(p);
  for (std::size_t g = 0; g < wanted.size(); ++g) {
    auto& group = groups.emplace_back();
    for (std::size_t i = 0; i < wanted[g].size(); ++i) {
      const PatternId p = clause.parameters[g][i];
      const Span at = script_.patterns[p].span;
      const TypeId argument = evaluate_dots(wanted[g][i], at);
      group.push_back(pattern(p));
      const TypeId actual = evaluate_dots(group.back(), at);
      // A parameter of type T must not be taken apart as x.y.
      const Unifier::SymmetryOff off(unifier_);
      evaluate_dots(match(actual, argument, at, annotated.reason), at);
    }
  }
  TypeId t = evaluate_dots(check(clause.body, result, annotated.reason), script_.exprs[clause.body].span, clause.body);
  for (std::size_t g = groups.size(); g-- > 0;) {
    for (std::size_t i = 0; i < groups[g].size(); ++i)
      groups[g][i] = evaluate_dots(groups[g][i], script_.patterns[clause.parameters[g][i]].span);
    t = types_.function(groups[g], t);
  }
  return t;
}

void Inference::constant(DeclId id) {
  const Clause& clause = script_.decls[id].clauses.front();
  const BindingId name = typed_.decl_bindings_first[index(id)];
  const Annotated annotated(*this, name);
  if (annotated.present()) {
    match(annotated.type, type_of(name), clause.name_span, annotated.reason);
    define(type_of(name), clause.name_span, check(clause.body, annotated.type, annotated.reason), clause.body);
  } else {
    define(type_of(name), clause.name_span, infer(clause.body), clause.body);
  }
}

void Inference::pattern_definition(DeclId id) {
  const Decl& d = script_.decls[id];
  const PatternId p = d.patterns.front();
  std::vector<std::unique_ptr<Annotated>> annotated;  // all in scope until the end
  for (const BindingId b : names_of(id)) {
    const auto& a = *annotated.emplace_back(std::make_unique<Annotated>(*this, b));
    if (a.present()) match(a.type, type_of(b), typed_.bindings[b].span, a.reason);
  }
  const TypeId left = pattern(p);
  define(left, script_.patterns[p].span, infer(d.expr), d.expr);
}

void Inference::define(TypeId pattern, Span pattern_at, TypeId value, ExprId defined) {
  const Span value_at = script_.exprs[defined].span;
  pattern = evaluate_dots(pattern, pattern_at);
  value = evaluate_dots(value, value_at, defined);
  const Unifier::SymmetryOff off(unifier_);
  match(value, pattern, pattern_at, {Why::definition, value_at});
}

void Inference::assertion(const Assertion& a) {
  check(a.left, TypeTable::process, {Why::process});
  if (a.right != no_id<ExprId>) check(a.right, TypeTable::process, {Why::process});
  if (a.trace != no_id<ExprId>)
    for (const ExprId e : script_.operands(a.trace)) check(e, TypeTable::event, {Why::event});
  if (a.tau_priority != no_id<ExprId>) check(a.tau_priority, types_.set(TypeTable::event), {Why::events});
}

void Inference::timed(DeclId id) {
  const Decl& d = script_.decls[id];
  constexpr std::uint32_t word = 5;  // `Timed`
  const BindingId tock = companions_.tock[index(id)];
  if (tock != no_id<BindingId> && type_of(tock) != no_id<TypeId>)
    match(TypeTable::event, types_.instantiate(type_of(tock)), {d.span.begin, d.span.begin + word}, {Why::tock});
  if (d.expr == no_id<ExprId>) return;
  const TypeId event[] = {TypeTable::event};
  check(d.expr, types_.function(event, TypeTable::integer), {Why::timing});
}

// The inside is typed for parameters of which nothing is known but what it does with them. An instance then has to give
// arguments of the types found.
void Inference::parametrised_module(DeclId id) {
  const Decl& d = script_.decls[id];
  std::vector<TypeId> parameters;
  for (const PatternId p : d.patterns) introduce(p);
  for (const PatternId p : d.patterns) {
    parameters.push_back(pattern(p));
    evaluate_dots(parameters.back(), script_.patterns[p].span);
  }
  std::vector<DeclId> inside = d.inner;
  inside.insert(inside.end(), d.exported.begin(), d.exported.end());
  declarations(inside, Generalise::all, true);
  for (std::size_t i = 0; i < parameters.size(); ++i)
    parameters[i] = evaluate_dots(parameters[i], script_.patterns[d.patterns[i]].span);
  module_parameters_[index(id)] = types_.tuple(parameters);
}

void Inference::instance(DeclId id) {
  const Decl& d = script_.decls[id];
  const std::size_t count = parameter_count(typed_, id);
  const auto module = module_parameters_.find(index(d.instance_of));
  std::vector<TypeId> wanted(count, TypeTable::unknown);
  if (module != module_parameters_.end()) {
    const auto items = types_.items(types_.instantiate(module->second));
    wanted.assign(items.begin(), items.end());
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Decl& parameter = script_.decls[d.inner[i]];
    const PatternId p = parameter.patterns.front();
    const Reason reason{Why::argument, {}, script_.operand(d.expr, 0), i + 1};
    const TypeId value = check(parameter.expr, wanted[i], reason);
    define(pattern(p), script_.patterns[p].span, value, parameter.expr);
  }
}

}  // namespace tryst::csp
