#include "frontend/csp/name_errors.hpp"

#include <fmt/format.h>

namespace tryst::csp {

namespace {

bool fits(BindingKind kind, NameErrors::Wanted wanted) {
  switch (wanted) {
    case NameErrors::Wanted::value: return kind != BindingKind::module;
    case NameErrors::Wanted::module: return kind == BindingKind::module;
    case NameErrors::Wanted::type: return kind == BindingKind::datatype;
    case NameErrors::Wanted::constructor: return kind == BindingKind::constructor;
  }
  return false;
}

// The word that brings a built-in function into scope, or nothing.
std::string_view import_word(Availability a) {
  if (usable_as_transparent(a)) return "transparent";
  return usable_as_external(a) ? "external" : "";
}

const BuiltinEntry* builtin_named(std::string_view name) {
  for (const BuiltinEntry& row : builtins())
    if (row.name == name) return &row;
  return nullptr;
}

}  // namespace

std::string NameErrors::written(Symbol name, std::span<const Symbol> path) const {
  std::string text;
  for (const Symbol part : path) text += std::string(typed_.script.symbols.text(part)) + "::";
  return text += typed_.script.symbols.text(name);
}

std::string NameErrors::origin(BindingId b) const {
  const Span span = typed_.bindings[b].span;
  if (!span.known()) return "";
  const Location at = sources_.locate(span.begin);
  return fmt::format(" (defined at {}:{}:{})", sources_.name(at.file), at.line, at.column);
}

void NameErrors::not_found(const Lookup& lookup, Wanted wanted, Symbol name, std::span<const Symbol> path, Span span) {
  if (lookup.status == Lookup::Status::broken) return;
  const std::string full = written(name, path);
  if (!reported_.insert(full).second) return;
  switch (lookup.status) {
    case Lookup::Status::missing: return missing(lookup, wanted, name, path, span);
    case Lookup::Status::not_module: return wrong_kind(lookup.binding, Wanted::module, span);
    case Lookup::Status::hidden: {
      const Binding& hidden = typed_.bindings[lookup.binding];
      const std::string& module = typed_.bindings[lookup.module].qualified;
      return diagnostics_.report({"P0204",
                                  Severity::error,
                                  fmt::format("`{}` is private to module `{}`", hidden.qualified, module),
                                  span,
                                  "not exported",
                                  {{hidden.span, fmt::format("`{}` is defined here", this->name(lookup.binding))}},
                                  "move its definition below `exports` to use it outside of the module"});
    }
    case Lookup::Status::parametrised: {
      const std::string& module = typed_.bindings[lookup.module].qualified;
      return diagnostics_.report({"P0205",
                                  Severity::error,
                                  fmt::format("`{}` is inside module `{}`, which has parameters", full, module),
                                  span,
                                  "only instances of the module have names",
                                  {},
                                  fmt::format("declare `instance I = {}(..)` and use what is inside `I`", module)});
    }
    case Lookup::Status::found:
    case Lookup::Status::broken: assert(false);
  }
}

void NameErrors::missing(const Lookup& lookup, Wanted wanted, Symbol name, std::span<const Symbol> path, Span span) {
  static constexpr std::string_view what[] = {"", "module ", "type ", "constructor "};
  Diagnostic d{"P0203", Severity::error,
               fmt::format("{}`{}` is not defined", what[static_cast<int>(wanted)], written(name, path)), span};
  if (lookup.module != no_id<BindingId>) {
    const Symbol part = lookup.part < path.size() ? path[lookup.part] : name;
    d.label = fmt::format("module `{}` has no `{}`", typed_.bindings[lookup.module].qualified,
                          typed_.script.symbols.text(part));
  } else if (!path.empty()) {
    d.label = fmt::format("unknown module `{}`", typed_.script.symbols.text(path.front()));
  } else {
    d.label = wanted == Wanted::module ? "unknown module" : "unknown name";
  }
  const bool last_part = lookup.module == no_id<BindingId> ? path.empty() : lookup.part == path.size();
  if (compared_ <= compared_max)
    d.help = last_part ? guess(lookup, wanted, name) : guess(lookup, Wanted::module, path[lookup.part]);
  diagnostics_.report(std::move(d));
}

std::string NameErrors::guess(const Lookup& lookup, Wanted wanted, Symbol name) {
  if (lookup.module == no_id<BindingId>) return guess_unqualified(wanted, name);
  const std::string prefix = typed_.bindings[lookup.module].qualified + "::";
  return did_you_mean_one_of(environment_.exports(lookup.module), wanted, name, prefix);
}

std::string NameErrors::guess_unqualified(Wanted wanted, Symbol name) {
  const std::string_view text = typed_.script.symbols.text(name);
  const BuiltinEntry* builtin = wanted == Wanted::value ? builtin_named(text) : nullptr;
  if (builtin && builtin->availability == Availability::timed)
    return fmt::format("`{}` is in scope inside `Timed` sections only", text);
  if (builtin)
    return fmt::format("bring the built-in function into scope with `{} {}`", import_word(builtin->availability), text);
  if (wanted == Wanted::value)
    if (std::string module = member_of_a_module(name); !module.empty()) return module;
  if (std::string similar = did_you_mean_one_of(environment_.visible(), wanted, name, ""); !similar.empty())
    return similar;
  if (wanted != Wanted::value) return "";
  std::vector<std::string_view> importable;
  for (const BuiltinEntry& row : builtins())
    if (!import_word(row.availability).empty()) importable.push_back(row.name);
  const BuiltinEntry* similar = builtin_named(did_you_mean(text, importable));
  if (!similar) return "";
  return fmt::format("did you mean `{}`? (bring it into scope with `{} {}`)", similar->name,
                     import_word(similar->availability), similar->name);
}

// A name that is unknown here but stands in a module whose name is visible: how to reach it.
std::string NameErrors::member_of_a_module(Symbol name) const {
  for (const BindingId b : environment_.visible()) {
    const Binding& module = typed_.bindings[b];
    if (module.kind != BindingKind::module) continue;
    const Scope& scope = typed_.scopes[module.scope];
    const auto member = scope.members.find(name);
    if (member == scope.members.end()) continue;
    const std::string_view text = typed_.script.symbols.text(name);
    if (scope.parametrised)
      return fmt::format("module `{}` has a `{}`, but only its instances can be used", module.qualified, text);
    if (!member->second.exported)
      return fmt::format("module `{}` has a `{}`, but does not export it", module.qualified, text);
    return fmt::format("it is in a module: write `{}::{}`", module.qualified, text);
  }
  return "";
}

std::string NameErrors::did_you_mean_one_of(const std::vector<BindingId>& candidates, Wanted wanted, Symbol name,
                                            const std::string& prefix) {
  compared_ += candidates.size();
  std::vector<std::string_view> names;
  std::vector<BindingId> bindings;
  for (const BindingId b : candidates) {
    if (!fits(typed_.bindings[b].kind, wanted)) continue;
    names.push_back(typed_.script.symbols.text(typed_.bindings[b].symbol));
    bindings.push_back(b);
  }
  const std::string_view similar = did_you_mean(typed_.script.symbols.text(name), names);
  if (similar.empty()) return "";
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == similar) return fmt::format("did you mean `{}{}`?{}", prefix, similar, origin(bindings[i]));
  return "";
}

void NameErrors::not_importable(Symbol name, Span span, bool external) {
  const std::string_view text = typed_.script.symbols.text(name);
  const std::string_view word = external ? "external" : "transparent";
  Diagnostic d{"P0207", Severity::error, fmt::format("there is no {} function `{}`", word, text), span};
  const BuiltinEntry* builtin = builtin_named(text);
  if (builtin && !import_word(builtin->availability).empty()) {
    d.help = fmt::format("it is {0}: write `{0} {1}`", import_word(builtin->availability), text);
  } else if (builtin && builtin->availability == Availability::timed) {
    d.help = fmt::format("`{}` is in scope inside `Timed` sections only", text);
  } else if (builtin) {
    d.help = fmt::format("`{}` is always in scope", text);
  } else {
    std::vector<std::string_view> candidates;
    for (const BuiltinEntry& row : builtins())
      if (external ? usable_as_external(row.availability) : usable_as_transparent(row.availability))
        candidates.push_back(row.name);
    if (const std::string_view similar = did_you_mean(text, candidates); !similar.empty())
      d.help = fmt::format("did you mean `{}`?", similar);
  }
  diagnostics_.report(std::move(d));
}

void NameErrors::wrong_kind(BindingId b, Wanted wanted, Span span) {
  static constexpr std::string_view what[] = {"a value", "a module", "a datatype", "a constructor"};
  const Binding& binding = typed_.bindings[b];
  const std::string used = binding.qualified.empty() ? name(b) : binding.qualified;
  const bool module = binding.kind == BindingKind::module;
  Diagnostic d{"P0206", Severity::error,
               fmt::format("`{}` is {}not {}", used, module ? "a module, " : "", what[static_cast<int>(wanted)]), span,
               fmt::format("used as {}", what[static_cast<int>(wanted)])};
  if (binding.span.known()) d.notes.push_back({binding.span, fmt::format("`{}` is defined here", name(b))});
  diagnostics_.report(std::move(d));
}

}  // namespace tryst::csp
