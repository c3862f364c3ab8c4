#include "frontend/csp/bodies.hpp"

#include <fmt/format.h>

#include <utility>

#include "frontend/csp/declarations.hpp"
#include "frontend/csp/pattern_check.hpp"

namespace tryst::csp {

Bodies::Bodies(Resolution& resolution)
    : resolution_(resolution),
      typed_(resolution.typed),
      script_(resolution.typed.script),
      environment_(resolution.environment),
      annotations_(resolution) {}

void Bodies::script() { list(script_.top, Environment::no_group); }

// `group`: that of a let, or none for the declarations of the script and of modules.
void Bodies::list(const std::vector<DeclId>& decls, Environment::Group group) {
  annotations_.resolve(decls, group);
  for (const DeclId d : decls) {
    const DeclId around = user_;
    if (group == Environment::no_group) {
      user_ = d;
      resolution_.errors.start_declaration();
    }
    if (script_.decls[d].kind == DeclKind::timed)
      timed_section(d, group);
    else
      declaration(d, group);
    user_ = around;
  }
}

void Bodies::declaration(DeclId d, Environment::Group group) {
  const Decl& decl = script_.decls[d];
  const Environment::Mark mark = environment_.type_mark();
  annotations_.bring_into_scope(d);
  switch (decl.kind) {
    case DeclKind::function:
      for (const Clause& c : decl.clauses) clause(c);
      break;
    case DeclKind::pattern:
      if (group == Environment::no_group) pattern(decl.patterns.front(), group, d);  // a let has bound its own
      check_pattern(script_, decl.patterns.front(), false, resolution_.diagnostics);
      expression(decl.expr);
      break;
    case DeclKind::channel:
    case DeclKind::nametype:
      if (decl.expr != no_id<ExprId>) expression(decl.expr);
      break;
    case DeclKind::subtype: subtype(d); [[fallthrough]];
    case DeclKind::datatype:
      for (const Constructor& c : decl.constructors)
        if (c.type != no_id<ExprId>) expression(c.type);
      break;
    case DeclKind::assertion: assertion(script_.assertions[decl.assertion]); break;
    case DeclKind::instance: instance_arguments(d); break;
    case DeclKind::module:
      if (decl.instance_of == no_id<DeclId>)
        module(d);
      else
        instance_arguments(d);
      break;
    case DeclKind::external:
    case DeclKind::transparent:
    case DeclKind::annotation:
    case DeclKind::print: break;
    case DeclKind::timed: assert(false);
  }
  environment_.restore_types(mark);
}

void Bodies::module(DeclId d) {
  const Decl& decl = script_.decls[d];
  const ScopeId around = environment_.scope();
  environment_.enter(typed_.bindings[declared(typed_, d)].scope);
  for (const PatternId p : decl.patterns) {
    pattern(p, Environment::no_group, d);
    check_pattern(script_, p, false, resolution_.diagnostics);
  }
  list(decl.inner, Environment::no_group);
  list(decl.exported, Environment::no_group);
  environment_.enter(around);
}

// The module's name has been resolved, and reported if need be, by the elaboration.
void Bodies::instance_arguments(DeclId d) {
  const ExprId e = script_.decls[d].expr;
  if (script_.exprs[e].kind != ExprKind::apply) return;
  for (const ExprId argument : operands(e).subspan(1)) expression(argument);
}

// The section's function is outside of it. Inside, WAIT and timed_priority come before everything but what the section
// declares itself.
void Bodies::timed_section(DeclId d, Environment::Group group) {
  const Decl& decl = script_.decls[d];
  if (decl.expr != no_id<ExprId>) expression(decl.expr);
  const TimedId around = timed_;
  timed_ = resolution_.timed_sections.at(d);
  const Symbol tock_name = typed_.script.symbols.intern("tock");
  const Lookup tock = environment_.find(tock_name, {});
  const bool is_channel = tock.found() && typed_.bindings[tock.binding].kind == BindingKind::channel;
  if (is_channel) {
    typed_.timed_sections[timed_].tock = tock.binding;
    use(tock.binding, decl.span);
  } else {
    Diagnostic error{"P0214", Severity::error, "a `Timed` section needs a channel `tock`", decl.span,
                     tock.found() ? "`tock` is not a channel" : "`tock` is not defined"};
    if (tock.found()) error.notes.push_back({typed_.bindings[tock.binding].span, "`tock` is defined here"});
    error.help = "declare `channel tock`";
    resolution_.diagnostics.report(std::move(error));
  }
  const Environment::Mark mark = environment_.mark();
  for (const BuiltinEntry& row : builtins()) {
    if (row.availability != Availability::timed) continue;
    const BindingId b = static_cast<BindingId>(row.builtin);
    const Symbol symbol = typed_.bindings[b].symbol;
    const Lookup own = environment_.find(symbol, {});
    const DeclId own_decl = own.found() ? typed_.bindings[own.binding].decl : no_id<DeclId>;
    if (own_decl == no_id<DeclId> || typed_.timed_section[index(own_decl)] != timed_)
      environment_.bind(symbol, b, Environment::no_group);
  }
  list(decl.inner, group);
  environment_.restore(mark);
  timed_ = around;
}

void Bodies::clause(const Clause& c) {
  const Environment::Mark mark = environment_.mark();
  const Environment::Group group = environment_.new_group();
  for (const auto& parameters : c.parameters)
    for (const PatternId p : parameters) {
      pattern(p, group);
      check_pattern(script_, p, false, resolution_.diagnostics);
    }
  expression(c.body);
  environment_.restore(mark);
}

void Bodies::subtype(DeclId d) {
  std::vector<BindingId> uses;
  for (const Constructor& c : script_.decls[d].constructors) {
    const Lookup lookup = environment_.find(c.name.symbol, {});
    BindingId b = no_id<BindingId>;
    if (!lookup.found()) {
      resolution_.errors.not_found(lookup, NameErrors::Wanted::constructor, c.name.symbol, {}, c.name.span);
    } else if (typed_.bindings[lookup.binding].kind != BindingKind::constructor) {
      resolution_.errors.wrong_kind(lookup.binding, NameErrors::Wanted::constructor, c.name.span);
    } else {
      b = lookup.binding;
      use(b, c.name.span);
    }
    uses.push_back(b);
  }
  typed_.decl_uses[index(d)] = std::move(uses);
}

void Bodies::assertion(const Assertion& a) {
  for (const ExprId e : {a.left, a.right, a.trace, a.tau_priority})
    if (e != no_id<ExprId>) expression(e);
}

void Bodies::declare_locals(const std::vector<DeclId>& decls, Environment::Group group) {
  for (const DeclId d : decls) {
    typed_.timed_section[index(d)] = timed_;
    declare_local(d, group);
  }
}

// The grammar of a let has no other declarations than these.
void Bodies::declare_local(DeclId d, Environment::Group group) {
  const Decl& decl = script_.decls[d];
  switch (decl.kind) {
    case DeclKind::function: {
      const BindingId b = add_binding(typed_, BindingKind::function, decl.names.front(), d);
      typed_.decl_bindings_first[index(d)] = b;
      bind_local(b, decl.names.front().symbol, decl.names.front().span, d, group);
      break;
    }
    case DeclKind::pattern: pattern(decl.patterns.front(), group, d); break;
    case DeclKind::external:
    case DeclKind::transparent:
      for (const Name& n : decl.names)
        if (const BindingId b = imported(resolution_, n, decl.kind == DeclKind::external); b != no_id<BindingId>)
          bind_local(b, n.symbol, n.span, d, group);
      break;
    case DeclKind::timed: {
      const TimedId section = typed_.timed_sections.add({d, no_id<BindingId>});
      resolution_.timed_sections.emplace(d, section);
      const TimedId around = std::exchange(timed_, section);
      declare_locals(decl.inner, group);
      timed_ = around;
      break;
    }
    default: break;
  }
}

void Bodies::bind_local(BindingId b, Symbol symbol, Span span, DeclId d, Environment::Group group) {
  if (const BindingId first = environment_.bound_by(group, symbol); first != no_id<BindingId>) {
    const Binding& earlier = typed_.bindings[first];
    return report_duplicate(resolution_, symbol, earlier.decl, earlier.span, d, span);
  }
  environment_.bind(symbol, b, group);
}

}  // namespace tryst::csp
