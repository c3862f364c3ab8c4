#include "frontend/csp/elaboration.hpp"

#include <fmt/format.h>

#include <utility>

namespace tryst::csp {

void Elaboration::elaborate_all() {
  const std::vector<DeclId> instances = resolution_.instances;
  for (const DeclId d : instances)
    if (!states_.contains(d)) elaborate(d);
}

void Elaboration::elaborate(DeclId instance) {
  states_[instance] = State::active;
  bool good = false;
  if (chain_ == instance_chain_max) {
    report_limit(instance, fmt::format("more than {} instances need one another in a chain", instance_chain_max));
  } else if (!limit_reached_) {
    ++chain_;
    const BindingId module = target(instance);
    if (module != no_id<BindingId>) {
      const DeclId source = typed_.bindings[module].decl;
      const std::vector<DeclId> inner = script_.decls[source].inner;
      const std::vector<DeclId> exported = script_.decls[source].exported;
      good = arguments_fit(instance, source) && elaborate_inside(inner, instance) &&
             elaborate_inside(exported, instance) && !limit_reached_;
      if (good) clone(instance, module);
    }
    --chain_;
  }
  if (!good || limit_reached_) resolution_.environment.mark_broken(typed_.bindings[declared(typed_, instance)].scope);
  states_[instance] = State::done;
}

// The module that is named, its own instance elaborated if it is one; none if there is no such module.
BindingId Elaboration::target(DeclId instance) {
  const Decl& decl = script_.decls[instance];
  ExprId named = decl.expr;
  if (script_.exprs[named].kind == ExprKind::apply) named = script_.operand(named, 0);
  const Expr name = script_.exprs[named];
  const Lookup lookup = find_module(name, instance);
  resolution_.errors.start_declaration();
  if (!lookup.found()) {
    resolution_.errors.not_found(lookup, NameErrors::Wanted::module, name.symbol, script_.symbol_lists[name.path],
                                 name.span);
  } else if (typed_.bindings[lookup.binding].kind != BindingKind::module) {
    resolution_.errors.wrong_kind(lookup.binding, NameErrors::Wanted::module, name.span);
  } else {
    typed_.expr_uses[index(named)] = lookup.binding;
    resolution_.uses.push_back({instance, lookup.binding, name.span});
    const Binding& module = typed_.bindings[lookup.binding];
    const ScopeId scope = module.scope;
    if (available(module.decl, instance) && !resolution_.environment.broken(scope)) return lookup.binding;
  }
  return no_id<BindingId>;
}

// Looks the module up where the instance stands, after elaborating the instances that its path leads through. An
// instance does not mean itself: `instance M = M(0)` in a module refers to an outer M.
Lookup Elaboration::find_module(const Expr& name, DeclId instance) {
  Environment& environment = resolution_.environment;
  const BindingId self = declared(typed_, instance);
  const ScopeId here = typed_.scopes[typed_.bindings[self].scope].parent;
  const auto range = script_.symbol_lists[name.path];
  const std::vector<Symbol> path(range.begin(), range.end());  // the pool grows meanwhile
  const std::span<const Symbol> parts(path);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    environment.enter(here);
    const Lookup prefix = environment.find(parts[i], parts.first(i));
    if (!prefix.found() || typed_.bindings[prefix.binding].kind != BindingKind::module) break;
    if (!available(typed_.bindings[prefix.binding].decl, instance)) return {Lookup::Status::broken};
  }
  environment.enter(here);
  Lookup lookup = environment.find(name.symbol, parts);
  if (lookup.found() && lookup.binding == self) {
    lookup = {};
    if (const ScopeId outer = typed_.scopes[here].parent; outer != no_id<ScopeId>) {
      environment.enter(outer);
      lookup = environment.find(name.symbol, parts);
    }
  }
  environment.enter(ScopeId{0});
  return lookup;
}

// Elaborates the instances in a list of declarations and in the modules in it.
bool Elaboration::elaborate_inside(const std::vector<DeclId>& list, DeclId needed_by) {
  for (const DeclId d : list) {
    const DeclKind kind = script_.decls[d].kind;
    if (kind == DeclKind::instance && !available(d, needed_by)) return false;
    if (kind != DeclKind::timed && (kind != DeclKind::module || script_.decls[d].instance_of != no_id<DeclId>))
      continue;
    const std::vector<DeclId> inner = script_.decls[d].inner;
    const std::vector<DeclId> exported = script_.decls[d].exported;
    if (!elaborate_inside(inner, needed_by) || !elaborate_inside(exported, needed_by)) return false;
  }
  return true;
}

// Elaborates what is needed, if it is an instance; false when it needs, in turn, the one that needs it.
bool Elaboration::available(DeclId needed, DeclId needed_by) {
  if (script_.decls[needed].kind != DeclKind::instance) return true;
  const auto state = states_.find(needed);
  if (state == states_.end())
    elaborate(needed);
  else if (state->second == State::active) {
    report_cycle(needed_by);
    return false;
  }
  return true;
}

std::vector<ExprId> Elaboration::arguments(DeclId instance) const {
  const ExprId e = script_.decls[instance].expr;
  if (script_.exprs[e].kind != ExprKind::apply) return {};
  const auto operands = script_.operands(e);
  return {operands.begin() + 1, operands.end()};
}

bool Elaboration::arguments_fit(DeclId instance, DeclId module) {
  const Decl& decl = script_.decls[module];
  const std::size_t given = arguments(instance).size();
  const std::size_t wanted = decl.patterns.size();
  if (given == wanted) return true;
  const auto plural = [](std::size_t n, std::string_view what) {
    return fmt::format("{} {}{}", n == 0 ? "no" : std::to_string(n), what, n == 1 ? "" : "s");
  };
  const std::string_view name = script_.symbols.text(decl.names.front().symbol);
  resolution_.diagnostics.report({"P0218",
                                  Severity::error,
                                  fmt::format("module `{}` has {}, but the instance gives {}", name,
                                              plural(wanted, "parameter"), plural(given, "argument")),
                                  script_.exprs[script_.decls[instance].expr].span,
                                  plural(given, "argument"),
                                  {{decl.names.front().span, fmt::format("`{}` is defined here", name)}}});
  return false;
}

void Elaboration::clone(DeclId instance, BindingId module) {
  const Decl source = script_.decls[typed_.bindings[module].decl];
  const std::vector<ExprId> values = arguments(instance);
  Clone made;
  made.module = module;
  made.instance = declared(typed_, instance);
  std::vector<DeclId> inner;
  std::vector<DeclId> exported;
  try {
    TreeClone tree(script_, made.pairs, nodes_left_);
    for (std::size_t i = 0; i < values.size(); ++i) {
      Decl parameter;
      parameter.kind = DeclKind::pattern;
      parameter.span = script_.patterns[source.patterns[i]].span;
      parameter.patterns = {tree.pattern(source.patterns[i])};
      parameter.expr = values[i];
      made.parameters.push_back(script_.decls.add(std::move(parameter)));
    }
    inner = made.parameters;
    for (const DeclId d : source.inner) inner.push_back(tree.decl(d));
    for (const DeclId d : source.exported) exported.push_back(tree.decl(d));
  } catch (const CloneLimit limit) {
    return report_limit(instance,
                        limit == CloneLimit::nodes
                            ? fmt::format("all instances together have more than {} nodes", elaborated_nodes_max)
                            : fmt::format("instances are nested in one another more than {} deep", nesting_max));
  }
  Decl& decl = script_.decls[instance];
  decl.kind = DeclKind::module;
  decl.instance_of = typed_.bindings[module].decl;
  decl.inner = std::move(inner);
  decl.exported = std::move(exported);
  fit_tables(typed_);
  made.decls.insert(made.pairs.decls.begin(), made.pairs.decls.end());
  made.bindings.emplace(module, made.instance);
  made.modules.emplace_back(module, made.instance);
  copy_bindings(made);
  own_parameters(made);
  copy_scopes(made);
  clones_.push_back(std::move(made));
}

void Elaboration::report_cycle(DeclId instance) {
  const Decl& decl = script_.decls[instance];
  const std::string_view name = script_.symbols.text(decl.names.front().symbol);
  resolution_.diagnostics.report({"P0219", Severity::error,
                                  fmt::format("instance `{}` stands inside what it is an instance of", name), decl.span,
                                  "would contain itself"});
}

void Elaboration::report_limit(DeclId instance, std::string what) {
  if (std::exchange(limit_reached_, true)) return;
  const Decl& decl = script_.decls[instance];
  resolution_.diagnostics.report({"P0220", Severity::error, std::move(what), decl.span, "while making this instance"});
}

}  // namespace tryst::csp
