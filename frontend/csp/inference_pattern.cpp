// Types of patterns, of the statements of comprehensions, and of the fields of prefixes.

#include "frontend/csp/inference.hpp"

namespace tryst::csp {

// Gives the variables of a pattern types of their own.
void Inference::introduce(PatternId p) {
  const BindingId b = typed_.pattern_names[index(p)];
  if (b != no_id<BindingId> && typed_.bindings[b].kind == BindingKind::variable) set_type(b, types_.fresh());
  for (const PatternId part : script_.pattern_lists[script_.patterns[p].parts]) introduce(part);
}

TypeId Inference::check(PatternId p, TypeId expected) {
  const Span at = script_.patterns[p].span;
  return match(expected, pattern(p), at, {Why::element, at});
}

TypeId Inference::pattern(PatternId p) {
  const Pattern& node = script_.patterns[p];
  const auto parts = script_.pattern_lists[node.parts];
  switch (node.kind) {
    case PatternKind::name: {
      const BindingId b = typed_.pattern_names[index(p)];
      if (b == no_id<BindingId> || type_of(b) == no_id<TypeId>) return TypeTable::unknown;
      return typed_.bindings[b].kind == BindingKind::variable ? type_of(b) : types_.instantiate(type_of(b));
    }
    case PatternKind::wildcard: return types_.fresh();
    case PatternKind::number: return TypeTable::integer;
    case PatternKind::boolean: return TypeTable::boolean;
    case PatternKind::character: return TypeTable::character;
    case PatternKind::string: return types_.sequence(TypeTable::character);
    case PatternKind::tuple: {
      std::vector<TypeId> items;
      for (const PatternId part : parts) items.push_back(pattern(part));
      return types_.tuple(items);
    }
    case PatternKind::sequence:
    case PatternKind::set: {
      const TypeId element = parts.empty() ? types_.fresh() : pattern(parts.front());
      for (std::size_t i = 1; i < parts.size(); ++i)
        match(element, pattern(parts[i]), script_.patterns[parts[i]].span,
              {Why::element, script_.patterns[parts.front()].span});
      if (node.kind == PatternKind::sequence) return types_.sequence(element);
      require(Constraint::eq, element, node.span, "matching a set compares its elements");
      return types_.set(element);
    }
    case PatternKind::concat: return check(parts[1], check(parts[0], types_.sequence(types_.fresh())));
    case PatternKind::also: return check(parts[1], pattern(parts[0]));
    case PatternKind::dot: {
      const TypeId head = pattern(parts[0]);
      return types_.dot(head, pattern(parts[1]));
    }
    case PatternKind::paren: return pattern(parts.front());
  }
  return TypeTable::unknown;
}

void Inference::statements(Range<StatementId> range, TypeKind run_through) {
  const auto list = script_.statement_lists[range];
  for (const StatementId s : list)
    if (script_.statements[s].generator()) introduce(script_.statements[s].pattern);
  for (const StatementId s : list) {
    const Statement& statement = script_.statements[s];
    if (statement.generator())
      generator(statement, run_through);
    else
      check(statement.expr, TypeTable::boolean, {Why::filter});
  }
}

// The values of a generator must not be taken apart: x.y <- Events would make a part of an event a value.
void Inference::generator(const Statement& statement, TypeKind run_through) {
  const TypeId values = infer(statement.expr);
  const Span at = script_.patterns[statement.pattern].span;
  const TypeId element = evaluate_dots(pattern(statement.pattern), at);
  const TypeId wanted = run_through == TypeKind::set ? types_.set(element) : types_.sequence(element);
  const Unifier::SymmetryOff off(unifier_);
  match(wanted, values, script_.exprs[statement.expr].span, {Why::generator, at}, statement.expr);
}

TypeId Inference::field(FieldId id) {
  const Field& f = script_.fields[id];
  if (f.kind == FieldKind::output) return infer(f.expr);
  const Span at = script_.patterns[f.pattern].span;
  if (f.expr == no_id<ExprId>) {
    const TypeId value = pattern(f.pattern);
    require(Constraint::complete, value, at, "what is input must be complete");
    return value;
  }
  const TypeId values = infer(f.expr);
  const TypeId value = pattern(f.pattern);
  match(types_.set(value), values, script_.exprs[f.expr].span, {Why::input, at}, f.expr);
  require(Constraint::complete, value, at, "what is input must be complete");
  return value;
}

}  // namespace tryst::csp
