// Patterns: their names stand for parts of a value; what must hold for them to match is a condition.
#include "runtime/emitter/translation_context.hpp"

namespace tryst::emitter {

using csp::BindingId;
using csp::BindingKind;
using csp::PatternId;
using csp::PatternKind;
using Kind = DataType::Kind;
using Op = Expression::Op;

namespace {

const DataType integer_type{Kind::integer};
const DataType boolean_type{Kind::boolean};

std::optional<Expression> both(std::optional<Expression> a, std::optional<Expression> b) {
  if (!a || !b) return a ? a : b;
  return Expression{Op::and_, boolean_type, 0, {std::move(*a), std::move(*b)}};
}

}  // namespace

std::optional<Expression> Translation::match(const csp::Clause& clause, const Key& key,
                                             const std::vector<std::uint32_t>& parameters) {
  std::optional<Expression> condition;
  const std::vector<PatternId> patterns = this->parameters(clause);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (key.is_constant(i)) {
      match_constant(patterns[i], key.constants[i]);
      continue;
    }
    const std::uint32_t v = parameters[i];
    condition = both(std::move(condition), match(patterns[i], {Op::variable, code_.variables[v].type, v}));
  }
  return condition;
}

void Translation::match_constant(PatternId p, ExprId constant) {
  const csp::Pattern& pattern = typed_.script.patterns[p];
  if (pattern.kind == PatternKind::paren)
    return match_constant(typed_.script.pattern_lists[pattern.parts][0], constant);
  const BindingId bound = variable_of(p);
  if (bound != no_id<BindingId>)
    constants_[bound] = constant;
  else if (pattern.kind != PatternKind::wildcard)
    throw Untranslatable{"it has patterns that take sets apart"};
}

std::optional<Expression> Translation::match(PatternId p, const Expression& value) {
  const csp::Pattern& pattern = typed_.script.patterns[p];
  const auto parts = typed_.script.pattern_lists[pattern.parts];
  const auto is = [&](std::int64_t n) -> Expression {
    return {Op::equal, boolean_type, 0, {value, {Op::literal, value.type, n}}};
  };
  const auto length_is = [&](Op op, std::size_t n) -> Expression {
    const Expression length{Op::length, integer_type, 0, {value}};
    return {op, boolean_type, 0, {length, {Op::literal, integer_type, static_cast<std::int64_t>(n)}}};
  };
  switch (pattern.kind) {
    case PatternKind::wildcard: return {};
    case PatternKind::paren: return match(parts[0], value);
    case PatternKind::number:
    case PatternKind::boolean: return is(pattern.number);
    case PatternKind::name:
      if (const BindingId bound = variable_of(p); bound != no_id<BindingId>) {
        scope_[bound] = value;
        return {};
      }
      [[fallthrough]];
    case PatternKind::dot: {
      std::vector<PatternId> patterns;
      flatten(p, patterns);
      std::vector<Expression> items;
      append_items(value, items);
      return match_dots(patterns, std::move(items));
    }
    case PatternKind::also: return both(match(parts[0], value), match(parts[1], value));
    case PatternKind::tuple: {
      std::optional<Expression> condition;
      for (std::size_t i = 0; i < parts.size(); ++i)
        condition = both(std::move(condition), match(parts[i], item(value, i)));
      return condition;
    }
    case PatternKind::sequence:
    case PatternKind::concat: {
      // <p, q> or <p, q>^rest
      const bool has_rest = pattern.kind == PatternKind::concat;
      const csp::Pattern& front = has_rest ? typed_.script.patterns[parts[0]] : pattern;
      if (front.kind != PatternKind::sequence) break;
      const auto first = typed_.script.pattern_lists[front.parts];
      std::optional<Expression> condition = length_is(has_rest ? Op::greater_equal : Op::equal, first.size());
      Expression rest = value;
      for (const PatternId part : first) {
        condition = both(std::move(condition), match(part, {Op::head, value.type.element(), 0, {rest}}));
        rest = {Op::tail, value.type, 0, {rest}};
      }
      return has_rest ? both(std::move(condition), match(parts[1], rest)) : condition;
    }
    default: break;
  }
  throw Untranslatable{"it has patterns that take sets apart"};
}

// p.q.r
void Translation::flatten(PatternId p, std::vector<PatternId>& out) const {
  const csp::Pattern& pattern = typed_.script.patterns[p];
  const auto parts = typed_.script.pattern_lists[pattern.parts];
  if (pattern.kind == PatternKind::paren && typed_.script.patterns[parts[0]].kind == PatternKind::dot)
    return flatten(parts[0], out);
  if (pattern.kind != PatternKind::dot) return out.push_back(p);
  flatten(parts[0], out);
  flatten(parts[1], out);
}

// Each pattern takes a value, and the last all that are left; a constructor gives its fields to those that follow it.
std::optional<Expression> Translation::match_dots(std::span<const PatternId> patterns, std::vector<Expression> values) {
  std::optional<Expression> condition;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (values.empty()) throw Untranslatable{"it has patterns of constructors without their fields"};
    const std::optional<BindingId> constructor = constructor_of(patterns[i]);
    if (!constructor && i + 1 == patterns.size()) return both(std::move(condition), match(patterns[i], dotted(values)));
    const Expression value = std::move(values.front());
    values.erase(values.begin());
    if (!constructor) {
      condition = both(std::move(condition), match(patterns[i], value));
      continue;
    }
    const std::int64_t ordinal = typed_.bindings[*constructor].ordinal;
    if (value.type.is_scalar()) {
      const Expression wanted{Op::literal, value.type, ordinal};
      condition = both(std::move(condition), Expression{Op::equal, boolean_type, 0, {value, wanted}});
      continue;
    }
    const std::vector<DataType> fields = fields_of(value.type, ordinal);
    condition = both(std::move(condition), Expression{Op::is, boolean_type, ordinal, {value}});
    const Expression all{Op::fields, {Kind::tuple, 0, fields}, ordinal, {value}};
    for (std::size_t f = fields.size(); f-- > 0;) values.insert(values.begin(), item(all, f));
  }
  if (!values.empty()) throw Untranslatable{"it has patterns of constructors without their fields"};
  return condition;
}

BindingId Translation::variable_of(PatternId p) const {
  if (typed_.script.patterns[p].kind != PatternKind::name) return no_id<BindingId>;
  const BindingId bound = typed_.pattern_names[index(p)];
  return typed_.bindings[bound].kind == BindingKind::variable ? bound : no_id<BindingId>;
}

std::optional<BindingId> Translation::constructor_of(PatternId p) const {
  if (typed_.script.patterns[p].kind != PatternKind::name) return std::nullopt;
  const BindingId bound = typed_.pattern_names[index(p)];
  return typed_.bindings[bound].kind == BindingKind::constructor ? std::optional(bound) : std::nullopt;
}

}  // namespace tryst::emitter
