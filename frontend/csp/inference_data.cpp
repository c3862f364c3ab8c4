// Types of channels, datatypes, subtypes and nametypes.

#include <algorithm>

#include "frontend/csp/inference.hpp"

namespace tryst::csp {

// The type of the elements of a type expression: sets, and dots and tuples of them, `{0..3}.Bool` or `(Int, T)`.
TypeId Inference::element_of(TypeId t, ExprId e) {
  t = types_.resolve(t);
  const Type type = types_[t];
  const Expr& expr = script_.exprs[e];
  if (expr.kind == ExprKind::paren) return element_of(t, script_.operand(e, 0));
  const auto part = [&](ExprKind kind, std::size_t i) { return expr.kind == kind ? script_.operand(e, i) : e; };
  if (type.kind == TypeKind::tuple) {
    std::vector<TypeId> items;
    for (std::uint32_t i = 0; i < type.second; ++i)
      items.push_back(element_of(types_.items(t)[i], part(ExprKind::tuple, i)));
    return types_.tuple(items);
  }
  if (type.kind == TypeKind::dot) {
    const TypeId a = element_of(type.a(), part(ExprKind::dot, 0));
    return types_.dot(a, element_of(type.b(), part(ExprKind::dot, 1)));
  }
  const TypeId element = types_.fresh();
  match(types_.set(element), t, expr.span, {Why::type_set}, e);
  return element;
}

// The fields that a type expression of this type makes.
std::vector<TypeId> Inference::fields_of(ExprId e, TypeId t) {
  const Span at = script_.exprs[e].span;
  const TypeId value = element_of(evaluate_dots(t, at), e);
  require(Constraint::complete, value, at, "what is carried must be complete", e);
  return unifier_.dot_list(value);
}

void Inference::channel(DeclId id) {
  const Decl& d = script_.decls[id];
  const auto names = names_of(id);
  const auto annotated_name = std::find_if(
      names.begin(), names.end(), [&](BindingId b) { return companions_.annotation[index(b)] != no_id<DeclId>; });
  const Annotated annotated(*this, annotated_name == names.end() ? names.front() : *annotated_name);
  std::vector<TypeId> fields;
  if (d.expr == no_id<ExprId>) {
    if (annotated.present()) match(annotated.type, TypeTable::event, d.names.front().span, annotated.reason);
  } else {
    TypeId t;
    if (annotated.present()) {
      const Unifier::Fields wanted = unifier_.fields(annotated.type);
      const Span at = d.names.front().span;
      match(TypeTable::event, wanted.result, at, annotated.reason);
      match(types_.dotable(types_.fresh(), TypeTable::event), annotated.type, at, annotated.reason);
      std::vector<TypeId> sets;
      for (const TypeId field : wanted.fields) sets.push_back(types_.set(field));
      t = check(d.expr, types_.dots(sets), annotated.reason);
    } else {
      t = infer(d.expr);
    }
    fields = fields_of(d.expr, t);
    for (const TypeId field : fields)
      require(Constraint::eq, field, script_.exprs[d.expr].span, "events must be comparable", d.expr);
  }
  const TypeId whole = types_.dotables(fields, TypeTable::event);
  for (const BindingId b : names) match(type_of(b), whole, typed_.bindings[b].span, {Why::definition, d.span});
}

void Inference::datatype(DeclId id) {
  const Decl& d = script_.decls[id];
  const auto names = names_of(id);  // the datatype, then its constructors
  const TypeId whole = types_.datatype(names.front());
  match(type_of(names.front()), types_.set(whole), d.names.front().span, {Why::definition, d.span});
  std::vector<std::pair<TypeId, ExprId>> all_fields;
  for (std::size_t i = 0; i < d.constructors.size(); ++i) {
    const Constructor& c = d.constructors[i];
    const Annotated annotated(*this, names[i + 1]);
    if (annotated.present())
      match(annotated.type, types_.extendable(whole, types_.fresh()), c.name.span, annotated.reason);
    std::vector<TypeId> fields;
    if (c.type != no_id<ExprId>) fields = fields_of(c.type, infer(c.type));
    const TypeId constructor = types_.dotables(fields, whole);
    if (annotated.present()) match(annotated.type, constructor, c.name.span, annotated.reason);
    match(constructor, type_of(names[i + 1]), c.name.span, {Why::definition, c.name.span});
    for (const TypeId field : fields) all_fields.emplace_back(field, c.type);
  }
  if (!types_.comparable(names.front())) return;
  for (const auto& [field, written] : all_fields)
    require(Constraint::eq, field, script_.exprs[written].span, "a field of a datatype that is compared", written);
}

void Inference::subtype(DeclId id) {
  const Decl& d = script_.decls[id];
  const BindingId name = typed_.decl_bindings_first[index(id)];
  const TypeId parent = types_.fresh();
  for (std::size_t i = 0; i < d.constructors.size(); ++i) {
    const Constructor& c = d.constructors[i];
    const BindingId constructor = typed_.decl_uses[index(id)][i];
    if (constructor == no_id<BindingId>) continue;
    std::vector<TypeId> given;
    if (c.type != no_id<ExprId>) given = fields_of(c.type, infer(c.type));
    const Unifier::Fields taken = unifier_.fields(types_.instantiate(type_of(constructor)));
    const Reason reason{Why::subtype, typed_.bindings[constructor].span};
    if (given.size() > taken.fields.size() && taken.result != TypeTable::unknown)
      fail(mistakes_.too_many_fields(constructor, taken.fields.size(), given.size(), script_.exprs[c.type].span));
    match(types_.extendable(parent, types_.fresh()), taken.result, c.name.span, {Why::one_datatype, reason.where});
    for (std::size_t f = 0; f < std::min(given.size(), taken.fields.size()); ++f)
      match(taken.fields[f], given[f], script_.exprs[c.type].span, reason);
  }
  match(type_of(name), types_.set(parent), d.names.front().span, {Why::definition, d.span});
}

void Inference::nametype(DeclId id) {
  const Decl& d = script_.decls[id];
  const BindingId name = typed_.decl_bindings_first[index(id)];
  const Annotated annotated(*this, name);
  const TypeId t = annotated.present() ? check(d.expr, annotated.type, annotated.reason) : infer(d.expr);
  const TypeId value = element_of(t, d.expr);
  require(Constraint::complete, value, script_.exprs[d.expr].span, "the values of a type must be complete", d.expr);
  match(type_of(name), types_.set(value), d.names.front().span, {Why::definition, d.span});
}

}  // namespace tryst::csp
