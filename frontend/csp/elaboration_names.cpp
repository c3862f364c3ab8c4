// The names of a clone: bindings and scopes of its own, and what the rest refers to (elaboration.hpp).
#include "frontend/csp/elaboration.hpp"

namespace tryst::csp {

void Elaboration::complete_all() {
  for (Clone& c : clones_) complete(c);
}

// Gives the clone copies of the bindings that the original introduces itself, as far as they are known and not yet
// copied: the module's own before bodies are resolved, local ones after.
void Elaboration::copy_bindings(Clone& c) {
  for (const auto& [original, copy] : c.pairs.decls) {
    const BindingId first = typed_.decl_bindings_first[index(original)];
    if (first == no_id<BindingId> || c.bindings.contains(first)) continue;
    const Decl& decl = script_.decls[original];
    const std::size_t constructors = decl.kind == DeclKind::datatype ? decl.constructors.size() : 0;
    typed_.decl_bindings_first[index(copy)] = copy_binding(c, first);
    for (std::size_t i = 1; i < decl.names.size() + constructors; ++i) copy_binding(c, declared(typed_, original, i));
  }
  for (const auto& [original, copy] : c.pairs.patterns) {
    const BindingId b = typed_.pattern_names[index(original)];
    if (b == no_id<BindingId> || typed_.bindings[b].kind != BindingKind::variable) continue;
    const auto known = c.bindings.find(b);
    typed_.pattern_names[index(copy)] = known != c.bindings.end() ? known->second : copy_binding(c, b);
  }
}

BindingId Elaboration::copy_binding(Clone& c, BindingId original) {
  Binding binding = typed_.bindings[original];
  if (const auto decl = c.decls.find(binding.decl); decl != c.decls.end()) binding.decl = decl->second;
  if (!binding.qualified.empty()) {
    const std::size_t qualifiers = typed_.bindings[c.module].qualified.size();
    binding.qualified = typed_.bindings[c.instance].qualified + binding.qualified.substr(qualifiers);
  }
  const bool is_module = binding.kind == BindingKind::module;
  if (is_module) binding.scope = typed_.scopes.add({});
  const BindingId copy = typed_.bindings.add(std::move(binding));
  c.bindings.emplace(original, copy);
  if (is_module) c.modules.emplace_back(original, copy);
  return copy;
}

// The arguments make global values of the parameters.
void Elaboration::own_parameters(const Clone& c) {
  const std::string qualifiers = typed_.bindings[c.instance].qualified + "::";
  const auto own = [&](const auto& self, PatternId p, DeclId d) -> void {
    const Pattern& pattern = script_.patterns[p];
    for (const PatternId part : script_.pattern_lists[pattern.parts]) self(self, part, d);
    const BindingId b = typed_.pattern_names[index(p)];
    if (pattern.kind != PatternKind::name || b == no_id<BindingId>) return;
    Binding& parameter = typed_.bindings[b];
    parameter.decl = d;
    parameter.top_level = true;
    parameter.qualified = qualifiers + std::string(script_.symbols.text(parameter.symbol));
  };
  for (const DeclId d : c.parameters) own(own, script_.decls[d].patterns.front(), d);
}

void Elaboration::copy_scopes(Clone& c) {
  std::unordered_map<ScopeId, ScopeId> scopes;
  for (const auto& [original, copy] : c.modules)
    scopes.emplace(typed_.bindings[original].scope, typed_.bindings[copy].scope);
  for (const auto& [original, copy] : c.modules) {
    const Scope& from = typed_.scopes[typed_.bindings[original].scope];
    const ScopeId to = typed_.bindings[copy].scope;
    Scope& made = typed_.scopes[to];
    for (const auto& [symbol, member] : from.members)
      made.members.emplace(symbol, Scope::Member{translated(c, member.binding), member.exported});
    const auto parent = scopes.find(from.parent);
    if (parent != scopes.end()) made.parent = parent->second;
    made.parametrised = copy != c.instance && from.parametrised;
    if (resolution_.environment.broken(typed_.bindings[original].scope)) resolution_.environment.mark_broken(to);
  }
}

BindingId Elaboration::translated(const Clone& c, BindingId b) const {
  const auto copy = c.bindings.find(b);
  return copy == c.bindings.end() ? b : copy->second;
}

void Elaboration::complete(Clone& c) {
  copy_bindings(c);
  for (const auto& [original, copy] : c.pairs.types) {
    const BindingId b = typed_.type_uses[index(original)];
    const bool variable = b != no_id<BindingId> && typed_.bindings[b].kind == BindingKind::type_variable;
    if (variable && !c.bindings.contains(b)) copy_binding(c, b);
    typed_.type_uses[index(copy)] = translated(c, b);
  }
  for (const auto& [original, copy] : c.pairs.names)
    typed_.expr_uses[index(copy)] = translated(c, typed_.expr_uses[index(original)]);
  for (const auto& [original, copy] : c.pairs.patterns)
    typed_.pattern_names[index(copy)] = translated(c, typed_.pattern_names[index(original)]);
  for (const auto& [original, copy] : c.pairs.decls) {
    std::vector<BindingId> uses = typed_.decl_uses[index(original)];
    for (BindingId& b : uses) b = translated(c, b);
    typed_.decl_uses[index(copy)] = std::move(uses);
  }
  complete_timed_sections(c);
}

// Timed sections of the module become the clone's own; the rest of it stands where the instance stands.
void Elaboration::complete_timed_sections(Clone& c) {
  std::unordered_map<TimedId, TimedId> sections;
  for (const auto& [original, copy] : c.pairs.decls) {
    const auto found = resolution_.timed_sections.find(original);
    if (found == resolution_.timed_sections.end()) continue;
    const BindingId tock = typed_.timed_sections[found->second].tock;
    const TimedId section = typed_.timed_sections.add({copy, translated(c, tock)});
    sections.emplace(found->second, section);
    resolution_.timed_sections.emplace(copy, section);
  }
  const TimedId around = typed_.timed_section[index(typed_.bindings[c.instance].decl)];
  for (const auto& [original, copy] : c.pairs.decls) {
    const auto own = sections.find(typed_.timed_section[index(original)]);
    typed_.timed_section[index(copy)] = own == sections.end() ? around : own->second;
  }
  for (const DeclId d : c.parameters) typed_.timed_section[index(d)] = around;
}

}  // namespace tryst::csp
