// Prefixes: what is sent and received, field by field.
#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/translation_context.hpp"

namespace tryst::emitter {

using csp::BindingId;
using csp::BindingKind;
using csp::ExprKind;
using csp::PatternId;
using csp::PatternKind;
using csp::TypeKind;
using Kind = DataType::Kind;
using Op = Expression::Op;

namespace {

std::size_t items_of(const Expression& value) { return value.type.kind == Kind::dots ? value.type.parts.size() : 1; }

}  // namespace

Process Translation::prefix(ExprId e) {
  Process result{Process::Form::prefix};
  Communication now{result};
  begin_event(operands(e)[0], now);
  const auto fields = typed_.script.field_lists[at(e).fields];
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const csp::Field& field = typed_.script.fields[fields[i]];
    switch (field.kind) {
      case csp::FieldKind::output: output(field.expr, now); break;
      case csp::FieldKind::input: input(field.pattern, field.expr, i + 1 == fields.size(), now); break;
      case csp::FieldKind::nondet_input: throw Untranslatable{"it chooses what to send by $"};
    }
  }
  result.fields = assembled(now.said);
  // What was received inside a value must be in the set of the whole.
  const std::vector<ExprId> sets = declared_sets(now.channel);
  if (!now.received_inside.empty() && sets.size() != result.fields.size())
    throw Untranslatable{"it receives parts of a field where others are several at once"};
  for (std::size_t i = 0; i < result.fields.size() && i < sets.size(); ++i)
    if (now.received_inside.contains(i) && !is_datatype(sets[i])) {
      Expression is_in = membership(result.fields[i], sets[i]);
      result.inputs.back().domain.filters.push_back(std::move(is_in));
    }
  result.operands = {after(result, operands(e)[1])};
  return result;
}

// c.1.x: the channel, and the fields that are dotted on.
void Translation::begin_event(ExprId e, Communication& now) {
  while (at(e).kind == ExprKind::paren) e = operands(e)[0];
  if (at(e).kind == ExprKind::dot) {
    begin_event(operands(e)[0], now);
    return output(operands(e)[1], now);
  }
  if (const auto known = constant(e); known && *known != e) return begin_event(*known, now);
  if (at(e).kind == ExprKind::name) now.channel = typed_.expr_uses[index(e)];
  if (now.channel == no_id<BindingId> || typed_.bindings[now.channel].kind != BindingKind::channel)
    throw Untranslatable{"it communicates on channels that are values"};
  now.prefix.channel = typed_.bindings[now.channel].qualified;
  const std::vector<ExprId> sets = declared_sets(now.channel);
  for (std::size_t i = sets.size(); i-- > 0;) expect(sets[i], i, false, now);
}

// A.B.C, where a channel or constructor is declared.
std::vector<csp::ExprId> Translation::factors(ExprId e) const {
  std::vector<ExprId> result;
  while (e != no_id<ExprId>) {
    while (at(e).kind == ExprKind::paren) e = operands(e)[0];
    const bool is_dot = at(e).kind == ExprKind::dot;
    result.push_back(is_dot ? operands(e)[0] : e);
    e = is_dot ? operands(e)[1] : no_id<ExprId>;
  }
  return result;
}

std::vector<csp::ExprId> Translation::declared_sets(BindingId channel) const {
  return factors(typed_.script.decls[typed_.bindings[channel].decl].expr);
}

bool Translation::is_datatype(ExprId set) const {
  while (at(set).kind == ExprKind::paren) set = operands(set)[0];
  return at(set).kind == ExprKind::name && typed_.bindings[typed_.expr_uses[index(set)]].kind == BindingKind::datatype;
}

// In front of what is expected.
void Translation::expect(ExprId set, std::size_t field, bool is_inside, Communication& now) const {
  const csp::TypeId type = typed_.types.resolved(typed_.expr_types[index(set)]);
  const std::size_t count = typed_.types[type].kind == TypeKind::set ? items(typed_.types[type].a()).size() : 1;
  for (std::size_t i = count; i-- > 0;) now.expected.push_front({set, i == 0 ? count : 0, field, is_inside});
}

// (A, B), where a declaration means the pairs of an element of A and one of B.
bool Translation::is_product(ExprId set) const {
  while (at(set).kind == ExprKind::paren) set = operands(set)[0];
  return at(set).kind == ExprKind::tuple;
}

Domain Translation::product(ExprId set) {
  constexpr std::size_t listed_max = 10'000;
  while (at(set).kind == ExprKind::paren) set = operands(set)[0];
  std::vector<std::vector<Expression>> tuples{{}};
  for (const ExprId factor : operands(set)) {
    const std::optional<DataType> type = element_type(factor);
    if (!type || !captured_.is_closed(factor)) throw Untranslatable{"it receives from what is no plain set"};
    const Domain elements = is_product(factor) ? product(factor) : domain(factor, variable("any", *type));
    std::vector<std::vector<Expression>> longer;
    for (const std::vector<Expression>& first : tuples)
      for (const Expression& next : elements.values) {
        longer.push_back(first);
        longer.back().push_back(next);
        if (longer.size() > listed_max) throw Untranslatable{"it receives from more than 10,000 values"};
      }
    tuples = std::move(longer);
  }
  Domain result;
  for (std::vector<Expression>& items : tuples) result.values.push_back(tuple(std::move(items)));
  return result;
}

std::optional<DataType> Translation::element_type(ExprId set) {
  while (at(set).kind == ExprKind::paren) set = operands(set)[0];
  if (is_product(set)) {
    DataType result{Kind::tuple};
    for (const ExprId factor : operands(set)) {
      const std::optional<DataType> item = element_type(factor);
      if (!item) return std::nullopt;
      result.parts.push_back(*item);
    }
    return result;
  }
  const csp::TypeId type = typed_.types.resolved(typed_.expr_types[index(set)]);
  if (typed_.types[type].kind != TypeKind::set) return std::nullopt;
  return data_type(typed_.types[type].a());
}

void Translation::say(Piece piece, Communication& now) {
  if (!now.expected.empty()) {
    const Communication::Expected here = now.expected.front();
    now.expected.pop_front();
    if (piece.is_constructor) {
      const csp::Decl& decl = typed_.script.decls[typed_.bindings[datatype_binding(piece.value.type)].decl];
      const std::vector<ExprId> sets = factors(decl.constructors[static_cast<std::size_t>(piece.value.number)].type);
      for (std::size_t i = sets.size(); i-- > 0;) expect(sets[i], here.field, true, now);
    }
  }
  now.said.push_back(std::move(piece));
}

void Translation::output(ExprId e, Communication& now) {
  std::vector<Piece> list;
  pieces(e, list);
  for (Piece& piece : list) say(std::move(piece), now);
}

// A variable that is received from a set; where none is given, the one that is declared.
Expression Translation::received(ExprId given, const std::string& wanted, Communication& now) {
  if (now.expected.empty()) throw Untranslatable{"it receives several fields at once"};
  const Communication::Expected& here = now.expected.front();
  const ExprId from = given == no_id<ExprId> ? here.set : given;
  const std::optional<DataType> type = element_type(from);
  if (!type) throw Untranslatable{"it receives from what is no plain set"};
  if (given == no_id<ExprId> && here.items == 0) throw Untranslatable{"it receives several fields at once"};
  if (here.is_inside) now.received_inside.insert(here.field);
  const std::uint32_t v = variable(wanted, *type);
  now.prefix.inputs.push_back({v, is_product(from) ? product(from) : domain(from, v)});
  const Expression result{Op::variable, *type, v};
  std::vector<Expression> items;
  append_items(result, items);
  for (Expression& one : items) say({false, std::move(one)}, now);
  return result;
}

// How many fields a variable of the type stands for.
std::size_t Translation::fields_of(csp::TypeId type) const {
  const auto known = instance_.find(typed_.types.resolved(type));
  if (known == instance_.end()) return items(type).size();
  return known->second.kind == Kind::dots ? known->second.parts.size() : 1;
}

void Translation::input(PatternId p, ExprId set, bool is_last, Communication& now) {
  const csp::Pattern& pattern = typed_.script.patterns[p];
  const auto parts = typed_.script.pattern_lists[pattern.parts];
  if (pattern.kind == PatternKind::paren) return input(parts[0], set, is_last, now);
  const BindingId bound = variable_of(p);
  const bool is_variable = bound != no_id<BindingId>;
  if (set == no_id<ExprId>) {
    if (pattern.kind == PatternKind::dot) {
      input(parts[0], set, false, now);
      return input(parts[1], set, is_last, now);
    }
    if (const auto constructor = constructor_of(p)) return say(constructor_piece(*constructor), now);
    if (pattern.kind == PatternKind::number) return say({false, {Op::literal, {}, pattern.number}}, now);
    if (pattern.kind == PatternKind::boolean) return say({false, {Op::literal, {Kind::boolean}, pattern.number}}, now);
  }
  const std::string wanted = is_variable ? identifier(typed_.script.symbols.text(typed_.bindings[bound].symbol))
                             : pattern.kind == PatternKind::wildcard ? "any"
                                                                     : "received";
  std::vector<Expression> values{received(set, wanted, now)};
  if (set == no_id<ExprId> && (is_variable || (pattern.kind == PatternKind::wildcard && is_last))) {
    const std::size_t count = is_variable ? fields_of(typed_.binding_types[index(bound)]) : now.expected.size() + 1;
    std::size_t taken = items_of(values[0]);
    for (; taken < count && !now.expected.empty(); taken += items_of(values.back()))
      values.push_back(received(set, wanted, now));
  }
  std::vector<Expression> all;
  for (Expression& one : values) append_items(std::move(one), all);
  const Expression value = dotted(std::move(all));
  if (auto condition = match(p, value)) now.prefix.inputs.back().domain.filters.push_back(std::move(*condition));
}

}  // namespace tryst::emitter
