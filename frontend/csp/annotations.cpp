#include "frontend/csp/annotations.hpp"

#include <fmt/format.h>

#include <utility>

#include "frontend/csp/declarations.hpp"

namespace tryst::csp {

void Annotations::resolve(const std::vector<DeclId>& list, Environment::Group group) {
  for (const DeclId d : list)
    if (typed_.script.decls[d].kind == DeclKind::annotation) annotation(d, group);
}

void Annotations::bring_into_scope(DeclId d) {
  const auto found = variables_of_.find(d);
  if (found == variables_of_.end()) return;
  for (const BindingId v : found->second) resolution_.environment.bind_type(typed_.bindings[v].symbol, v);
}

void Annotations::annotation(DeclId d, Environment::Group group) {
  const Decl& decl = typed_.script.decls[d];
  std::vector<BindingId> uses;
  for (const Name& name : decl.names) {
    const BindingId b = annotated(name, group);
    uses.push_back(b);
    if (b != no_id<BindingId>) {
      mark_annotated(b, name);
      continue;
    }
    const std::string_view text = typed_.script.symbols.text(name.symbol);
    resolution_.diagnostics.report({"P0208", Severity::error,
                                    fmt::format("the annotation of `{}` has no definition beside it", text), name.span,
                                    "not defined in this list of declarations"});
  }
  const Environment::Mark mark = resolution_.environment.type_mark();
  variables_.clear();
  bindings_before_ = static_cast<std::uint32_t>(typed_.bindings.size());
  type(decl.type);
  for (const TypeConstraint& c : decl.constraints) uses.push_back(constrained(c));
  for (std::size_t i = 0; i < decl.names.size(); ++i)
    if (uses[i] != no_id<BindingId>) variables_of_[typed_.bindings[uses[i]].decl] = variables_;
  typed_.decl_uses[index(d)] = std::move(uses);
  resolution_.environment.restore_types(mark);
}

BindingId Annotations::annotated(const Name& name, Environment::Group group) const {
  BindingId b = no_id<BindingId>;
  if (group != Environment::no_group) {
    b = resolution_.environment.bound_by(group, name.symbol);
  } else {
    const auto& members = typed_.scopes[resolution_.environment.scope()].members;
    if (const auto member = members.find(name.symbol); member != members.end()) b = member->second.binding;
  }
  if (b == no_id<BindingId>) return b;
  switch (typed_.bindings[b].kind) {
    case BindingKind::function:
    case BindingKind::channel:
    case BindingKind::constructor:
    case BindingKind::nametype: return b;
    case BindingKind::variable: return typed_.bindings[b].decl == no_id<DeclId> ? no_id<BindingId> : b;
    default: return no_id<BindingId>;
  }
}

void Annotations::mark_annotated(BindingId b, const Name& name) {
  const auto [first, fresh] = annotated_.try_emplace(b, name.span);
  if (fresh) return;
  const std::string_view text = typed_.script.symbols.text(name.symbol);
  resolution_.diagnostics.report({"P0209",
                                  Severity::error,
                                  fmt::format("`{}` is annotated more than once", text),
                                  name.span,
                                  "second annotation",
                                  {{first->second, "the first annotation is here"}}});
}

void Annotations::type(TypeExprId t) {
  const TypeExpr& node = typed_.script.types[t];
  if (node.kind == TypeExprKind::name) return type_name(t);
  for (const TypeExprId part : typed_.script.type_lists[node.parts]) type(part);
  if (node.kind != TypeExprKind::extendable) return;
  const TypeExprId left = typed_.script.type_lists[node.parts].front();
  const BindingId b = typed_.type_uses[index(left)];
  if (b != no_id<BindingId> && typed_.bindings[b].kind == BindingKind::type_variable) return;
  if (typed_.script.types[left].kind == TypeExprKind::name && b == no_id<BindingId>) return;  // reported
  resolution_.diagnostics.report({"P0210", Severity::error, "the left side of `=>*` must be a type variable",
                                  typed_.script.types[left].span, "not a type variable"});
}

void Annotations::type_name(TypeExprId t) {
  const TypeExpr& node = typed_.script.types[t];
  const auto path = typed_.script.symbol_lists[node.path];
  const Lookup lookup = resolution_.environment.find_type(node.symbol, path);
  BindingId& use = typed_.type_uses[index(t)];
  if (lookup.found()) {
    use = lookup.binding;
    const BindingKind kind = typed_.bindings[use].kind;
    if (kind == BindingKind::builtin || kind == BindingKind::datatype || kind == BindingKind::type_variable) return;
    resolution_.errors.wrong_kind(std::exchange(use, no_id<BindingId>), NameErrors::Wanted::type, node.span);
  } else if (path.empty()) {
    use = add_binding(typed_, BindingKind::type_variable, {node.symbol, node.span}, no_id<DeclId>);
    variables_.push_back(use);
    resolution_.environment.bind_type(node.symbol, use);
  } else {
    resolution_.errors.not_found(lookup, NameErrors::Wanted::type, node.symbol, path, node.span);
  }
}

// A constraint speaks of a variable of its own annotation.
BindingId Annotations::constrained(const TypeConstraint& c) {
  const Lookup lookup = resolution_.environment.find_type(c.variable, {});
  if (lookup.found() && index(lookup.binding) >= bindings_before_) return lookup.binding;
  const std::string_view text = typed_.script.symbols.text(c.variable);
  Diagnostic d{"P0210", Severity::error, "", c.span};
  if (!lookup.found()) {
    d.message = fmt::format("`{}` is constrained but does not occur in the type", text);
    d.label = "no such type variable";
  } else if (const Binding& b = typed_.bindings[lookup.binding]; b.kind == BindingKind::type_variable) {
    d.message = fmt::format("`{}` belongs to another annotation and cannot be constrained here", text);
    d.label = "bound outside";
    d.notes.push_back({b.span, fmt::format("`{}` is introduced here", text)});
  } else {
    d.message = fmt::format("`{}` is a type; only type variables can be constrained", text);
    d.label = "not a type variable";
  }
  resolution_.diagnostics.report(std::move(d));
  return no_id<BindingId>;
}

}  // namespace tryst::csp
