#include "frontend/csp/environment.hpp"

#include <algorithm>

namespace tryst::csp {

namespace {

constexpr ScopeId top_level{0};

constexpr BindingId binding_of(Builtin b) { return static_cast<BindingId>(b); }

}  // namespace

void add_builtins(Typed& typed) {
  assert(typed.bindings.size() == 0 && typed.scopes.size() == 0);
  for (const BuiltinEntry& row : builtins()) {
    Binding b{BindingKind::builtin, typed.script.symbols.intern(row.name), Span{}};
    b.builtin = row.builtin;
    b.top_level = true;
    b.qualified = row.name;
    [[maybe_unused]] const BindingId id = typed.bindings.add(std::move(b));
    assert(id == binding_of(row.builtin));
  }
  for (const std::string_view name : {"Event", "tock"}) typed.script.symbols.intern(name);
  typed.scopes.add({});
}

Environment::Environment(Typed& typed) : typed_(typed), scope_(top_level) {
  Symbols& symbols = typed.script.symbols;
  const auto at = [&](std::string_view name) { return index(symbols.intern(name)); };
  locals_.resize(symbols.size());
  type_variables_.resize(symbols.size(), no_id<BindingId>);
  builtin_values_.resize(symbols.size(), no_id<BindingId>);
  builtin_types_.resize(symbols.size(), no_id<BindingId>);
  for (const BuiltinEntry& row : builtins())
    if (row.availability == Availability::always) builtin_values_[at(row.name)] = binding_of(row.builtin);
  for (const Builtin type : {Builtin::Int, Builtin::Bool, Builtin::Char, Builtin::Proc})
    builtin_types_[at(entry(type).name)] = binding_of(type);
  builtin_types_[at("Event")] = binding_of(Builtin::Events);
}

void Environment::restore(Mark m) {
  assert(m <= trail_.size());
  while (trail_.size() > m) {
    locals_[index(trail_.back().symbol)] = trail_.back().previous;
    trail_.pop_back();
  }
}

void Environment::bind(Symbol name, BindingId b, Group group) {
  Local& local = locals_[index(name)];
  trail_.push_back({name, local});
  local = {b, group};
}

BindingId Environment::bound_by(Group group, Symbol name) const {
  const Local& local = locals_[index(name)];
  return local.group == group ? local.binding : no_id<BindingId>;
}

void Environment::restore_types(Mark m) {
  assert(m <= type_trail_.size());
  while (type_trail_.size() > m) {
    type_variables_[index(type_trail_.back().symbol)] = type_trail_.back().previous;
    type_trail_.pop_back();
  }
}

void Environment::bind_type(Symbol name, BindingId variable) {
  BindingId& current = type_variables_[index(name)];
  type_trail_.push_back({name, current});
  current = variable;
}

Lookup Environment::find(Symbol name, std::span<const Symbol> path) const {
  if (!path.empty()) return find_qualified(name, path);
  if (const Local& local = locals_[index(name)]; local.binding != no_id<BindingId>)
    return {Lookup::Status::found, local.binding};
  for (ScopeId s = scope_; s != no_id<ScopeId>; s = typed_.scopes[s].parent) {
    const auto& members = typed_.scopes[s].members;
    if (const auto member = members.find(name); member != members.end())
      return {Lookup::Status::found, member->second.binding};
  }
  if (const BindingId b = builtin_values_[index(name)]; b != no_id<BindingId>) return {Lookup::Status::found, b};
  return {};
}

Lookup Environment::find_qualified(Symbol name, std::span<const Symbol> path) const {
  Lookup nearest;
  for (ScopeId s = scope_; s != no_id<ScopeId>; s = typed_.scopes[s].parent) {
    const Lookup here = find_below(s, name, path);
    if (here.status != Lookup::Status::missing && here.status != Lookup::Status::not_module) return here;
    const bool says_more = here.status == Lookup::Status::not_module || here.module != no_id<BindingId>;
    if (says_more && nearest.status == Lookup::Status::missing && nearest.module == no_id<BindingId>) nearest = here;
  }
  return nearest;
}

// Follows the path from a scope around the point: its first part may be private, all others must be exported.
Lookup Environment::find_below(ScopeId scope, Symbol name, std::span<const Symbol> path) const {
  BindingId module = no_id<BindingId>;
  for (std::size_t i = 0; i <= path.size(); ++i) {
    const Scope& here = typed_.scopes[scope];
    if (i > 0 && broken_.contains(scope)) return {Lookup::Status::broken};
    if (i > 0 && here.parametrised) return {Lookup::Status::parametrised, no_id<BindingId>, module};
    const auto member = here.members.find(i < path.size() ? path[i] : name);
    if (member == here.members.end()) return {Lookup::Status::missing, no_id<BindingId>, module, i};
    const BindingId b = member->second.binding;
    if (i > 0 && !member->second.exported) return {Lookup::Status::hidden, b, module};
    if (i == path.size()) return {Lookup::Status::found, b};
    if (binding(b).kind != BindingKind::module) return {Lookup::Status::not_module, b};
    module = b;
    scope = binding(b).scope;
  }
  assert(false);
  return {};
}

Lookup Environment::find_type(Symbol name, std::span<const Symbol> path) const {
  if (!path.empty()) return find_qualified(name, path);
  if (const BindingId v = type_variables_[index(name)]; v != no_id<BindingId>) return {Lookup::Status::found, v};
  for (ScopeId s = scope_; s != no_id<ScopeId>; s = typed_.scopes[s].parent) {
    const auto& members = typed_.scopes[s].members;
    const auto member = members.find(name);
    if (member != members.end() && binding(member->second.binding).kind == BindingKind::datatype)
      return {Lookup::Status::found, member->second.binding};
  }
  if (const BindingId b = builtin_types_[index(name)]; b != no_id<BindingId>) return {Lookup::Status::found, b};
  return {};
}

std::vector<BindingId> Environment::visible() const {
  std::vector<BindingId> all;
  for (auto undo = trail_.rbegin(); undo != trail_.rend(); ++undo)
    if (const BindingId b = locals_[index(undo->symbol)].binding; b != no_id<BindingId>) all.push_back(b);
  for (ScopeId s = scope_; s != no_id<ScopeId>; s = typed_.scopes[s].parent) {
    const auto first = static_cast<std::ptrdiff_t>(all.size());
    for (const auto& [symbol, member] : typed_.scopes[s].members) all.push_back(member.binding);
    std::sort(all.begin() + first, all.end());  // a hash table has no order to rely on
  }
  for (const BindingId b : builtin_values_)
    if (b != no_id<BindingId>) all.push_back(b);
  return all;
}

std::vector<BindingId> Environment::exports(BindingId module) const {
  std::vector<BindingId> all;
  for (const auto& [symbol, member] : typed_.scopes[binding(module).scope].members)
    if (member.exported) all.push_back(member.binding);
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace tryst::csp
