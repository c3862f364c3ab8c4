#include "frontend/csp/declarations.hpp"

#include <fmt/format.h>

namespace tryst::csp {

namespace {

class Declarer {
 public:
  explicit Declarer(Resolution& resolution)
      : resolution_(resolution), typed_(resolution.typed), script_(resolution.typed.script) {}

  void run() {
    typed_.scopes[ScopeId{0}].members.reserve(script_.top.size());
    list(script_.top, ScopeId{0}, "", true, no_id<TimedId>);
    patterns(script_.top, ScopeId{0}, "", true);
  }

 private:
  // `around`: the qualifiers of the scope, each with its `::`.
  void list(const std::vector<DeclId>& decls, ScopeId scope, const std::string& around, bool exported, TimedId timed) {
    for (const DeclId d : decls) {
      typed_.timed_section[index(d)] = timed;
      const Decl& decl = script_.decls[d];
      switch (decl.kind) {
        case DeclKind::function: names(d, BindingKind::function, scope, around, exported); break;
        case DeclKind::channel: names(d, BindingKind::channel, scope, around, exported); break;
        case DeclKind::subtype: names(d, BindingKind::subtype, scope, around, exported); break;
        case DeclKind::nametype: names(d, BindingKind::nametype, scope, around, exported); break;
        case DeclKind::datatype: datatype(d, scope, around, exported); break;
        case DeclKind::module: module(d, scope, around, exported, timed); break;
        case DeclKind::instance: instance(d, scope, around, exported); break;
        case DeclKind::timed: section(d, scope, around, exported); break;
        case DeclKind::external:
        case DeclKind::transparent:
          for (const Name& name : decl.names)
            if (const BindingId b = imported(resolution_, name, decl.kind == DeclKind::external); b != no_id<BindingId>)
              enter(b, name.symbol, name.span, d, scope, exported);
          break;
        case DeclKind::pattern:
        case DeclKind::annotation:
        case DeclKind::assertion:
        case DeclKind::print: break;
      }
    }
  }

  void names(DeclId d, BindingKind kind, ScopeId scope, const std::string& around, bool exported) {
    const Decl& decl = script_.decls[d];
    for (std::size_t i = 0; i < decl.names.size(); ++i) {
      const BindingId b = global(kind, decl.names[i], d, around);
      if (i == 0) typed_.decl_bindings_first[index(d)] = b;
      typed_.bindings[b].ordinal = static_cast<std::uint32_t>(i);
      enter(b, decl.names[i].symbol, decl.names[i].span, d, scope, exported);
    }
  }

  void datatype(DeclId d, ScopeId scope, const std::string& around, bool exported) {
    names(d, BindingKind::datatype, scope, around, exported);
    std::uint32_t ordinal = 0;
    for (const Constructor& c : script_.decls[d].constructors) {
      const BindingId b = global(BindingKind::constructor, c.name, d, around);
      typed_.bindings[b].ordinal = ordinal++;
      enter(b, c.name.symbol, c.name.span, d, scope, exported);
    }
  }

  ScopeId module_scope(DeclId d, ScopeId scope) {
    const ScopeId inside = typed_.scopes.add({{}, scope, !script_.decls[d].patterns.empty()});
    typed_.bindings[declared(typed_, d)].scope = inside;
    return inside;
  }

  void module(DeclId d, ScopeId scope, const std::string& around, bool exported, TimedId timed) {
    names(d, BindingKind::module, scope, around, exported);
    const ScopeId inside = module_scope(d, scope);
    const std::string qualifiers = typed_.bindings[declared(typed_, d)].qualified + "::";
    list(script_.decls[d].inner, inside, qualifiers, false, timed);
    list(script_.decls[d].exported, inside, qualifiers, true, timed);
  }

  void instance(DeclId d, ScopeId scope, const std::string& around, bool exported) {
    names(d, BindingKind::module, scope, around, exported);
    module_scope(d, scope);
    resolution_.instances.push_back(d);
  }

  // The declarations of a Timed section belong to the list that it stands in.
  void section(DeclId d, ScopeId scope, const std::string& around, bool exported) {
    const TimedId timed = typed_.timed_sections.add({d, no_id<BindingId>});
    resolution_.timed_sections.emplace(d, timed);
    list(script_.decls[d].inner, scope, around, exported, timed);
  }

  void patterns(const std::vector<DeclId>& decls, ScopeId scope, const std::string& around, bool exported) {
    for (const DeclId d : decls) {
      const Decl& decl = script_.decls[d];
      resolution_.environment.enter(scope);
      if (decl.kind == DeclKind::pattern) {
        variables(decl.patterns.front(), d, around, exported);
      } else if (decl.kind == DeclKind::timed) {
        patterns(decl.inner, scope, around, exported);
      } else if (decl.kind == DeclKind::module) {
        const Binding& module = typed_.bindings[declared(typed_, d)];
        const ScopeId inside = module.scope;
        const std::string qualifiers = module.qualified + "::";
        resolution_.environment.enter(inside);
        for (const PatternId p : decl.patterns) variables(p, no_id<DeclId>, "", false);
        patterns(decl.inner, inside, qualifiers, false);
        patterns(decl.exported, inside, qualifiers, true);
      }
    }
    resolution_.environment.enter(ScopeId{0});
  }

  // Variables of a module-level pattern; those of parameters have no declaration and are no global names.
  void variables(PatternId p, DeclId d, const std::string& around, bool exported) {
    const Pattern& pattern = script_.patterns[p];
    for (const PatternId part : script_.pattern_lists[pattern.parts]) variables(part, d, around, exported);
    if (pattern.kind != PatternKind::name || !pattern.path.empty()) return;
    Environment& environment = resolution_.environment;
    if (is_constant(environment.find(pattern.symbol, {}), typed_)) return;
    const Name name{pattern.symbol, pattern.span};
    const BindingId b = d == no_id<DeclId> ? add_binding(typed_, BindingKind::variable, name, d)
                                           : global(BindingKind::variable, name, d, around);
    typed_.pattern_names[index(p)] = b;
    enter(b, pattern.symbol, pattern.span, d, environment.scope(), exported);
  }

  BindingId global(BindingKind kind, const Name& name, DeclId d, const std::string& around) {
    const BindingId b = add_binding(typed_, kind, name, d);
    typed_.bindings[b].top_level = true;
    typed_.bindings[b].qualified = around + std::string(script_.symbols.text(name.symbol));
    return b;
  }

  void enter(BindingId b, Symbol name, Span span, DeclId d, ScopeId scope, bool exported) {
    const auto [member, fresh] = typed_.scopes[scope].members.try_emplace(name, Scope::Member{b, exported});
    if (fresh) return;
    const Binding& first = typed_.bindings[member->second.binding];
    const bool one_pattern =
        typed_.bindings[b].kind == BindingKind::variable && first.kind == BindingKind::variable && first.decl == d;
    if (one_pattern)
      report_repeated(resolution_, name, first.span, span);
    else
      report_duplicate(resolution_, name, first.decl, first.span, d, span);
  }

  Resolution& resolution_;
  Typed& typed_;
  Script& script_;
};

}  // namespace

void declare_script(Resolution& resolution) { Declarer(resolution).run(); }

BindingId add_binding(Typed& typed, BindingKind kind, Name name, DeclId d) {
  Binding binding{kind, name.symbol, name.span};
  binding.decl = d;
  return typed.bindings.add(std::move(binding));
}

bool is_constant(const Lookup& lookup, const Typed& typed) {
  if (!lookup.found()) return false;
  const BindingKind kind = typed.bindings[lookup.binding].kind;
  return kind == BindingKind::channel || kind == BindingKind::constructor;
}

BindingId imported(Resolution& resolution, const Name& name, bool external) {
  const std::string_view text = resolution.typed.script.symbols.text(name.symbol);
  for (const BuiltinEntry& row : builtins())
    if (row.name == text && (external ? usable_as_external(row.availability) : usable_as_transparent(row.availability)))
      return static_cast<BindingId>(row.builtin);
  resolution.errors.not_importable(name.symbol, name.span, external);
  return no_id<BindingId>;
}

void report_duplicate(Resolution& resolution, Symbol name, DeclId first, Span first_span, DeclId second,
                      Span second_span) {
  if (first_span.known() && second_span.begin < first_span.begin) {
    std::swap(first, second);
    std::swap(first_span, second_span);
  }
  const Script& script = resolution.typed.script;
  const std::string_view text = script.symbols.text(name);
  Diagnostic d{"P0201", Severity::error, fmt::format("`{}` is defined more than once", text), second_span,
               "second definition"};
  if (first_span.known()) d.notes.push_back({first_span, fmt::format("`{}` is first defined here", text)});
  const auto is_function = [&](DeclId x) {
    return x != no_id<DeclId> && script.decls[x].kind == DeclKind::function &&
           !script.decls[x].clauses.front().parameters.empty();
  };
  if (is_function(first) && is_function(second))
    d.help = "the equations of a function must follow one another, in one file";
  resolution.diagnostics.report(std::move(d));
}

void report_repeated(Resolution& resolution, Symbol name, Span first, Span second) {
  const std::string_view text = resolution.typed.script.symbols.text(name);
  resolution.diagnostics.report({"P0202",
                                 Severity::error,
                                 fmt::format("`{}` is bound twice", text),
                                 second,
                                 "second time",
                                 {{first, fmt::format("`{}` is first bound here", text)}},
                                 "a pattern cannot compare: bind two names and compare them with `==`"});
}

}  // namespace tryst::csp
