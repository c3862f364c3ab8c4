#include "frontend/csp/type_mistake.hpp"

#include <fmt/format.h>

namespace tryst::csp {

namespace {

std::string_view lacking(Constraint c) {
  switch (c) {
    case Constraint::eq: return "cannot be compared for equality";
    case Constraint::ord: return "cannot be ordered";
    case Constraint::set: return "cannot be put in a set";
    case Constraint::complete: return "cannot be communicated, because something must still be dotted on";
    case Constraint::yieldable: return "is neither a datatype nor `Event`";
  }
  return {};
}

}  // namespace

// The type with its dots applied, where that is possible, as the writer thinks of it.
std::string MistakeWriter::tidy(TypePrinter& printer, TypeId t) {
  const auto mark = typed_.types.mark();
  std::string text;
  try {
    text = printer.type(unifier_.evaluate_dots(t));
  } catch (const Mismatch&) {
    text = printer.type(t);
  }
  typed_.types.rollback(mark);
  return text;
}

std::string MistakeWriter::label(const Reason& reason, const std::string& expected) const {
  switch (reason.why) {
    case Why::operand: return fmt::format("an operand of {} must be of type `{}`", operator_at(reason.where), expected);
    case Why::condition: return "the condition of `if` must be of type `Bool`";
    case Why::filter: return "a filter must be of type `Bool`";
    case Why::body: return "the body of a replicated operator must be of type `Proc`";
    case Why::events: return "a set of events must stand here";
    case Why::event: return "an event must stand here";
    case Why::channel: return "a channel, or a channel with some of its fields, must stand here";
    case Why::yields: return "the productions of one datatype or of `Event` are meant here";
    case Why::element: return fmt::format("the elements before are of type `{}`", expected);
    case Why::branch: return fmt::format("the other branch is of type `{}`", expected);
    case Why::other_side: return fmt::format("the other side is of type `{}`", expected);
    case Why::argument: return fmt::format("this is argument {} of {}", reason.number, described(reason.callee));
    case Why::called: return "this is called with these arguments";
    case Why::generator: return fmt::format("the pattern runs through values of type `{}`", expected);
    case Why::input: return "the pattern does not take the values of this set";
    case Why::annotation: return "this does not fit its annotation";
    case Why::definition: return "this does not fit what it defines";
    case Why::equation: return "this equation does not fit the others";
    case Why::type_set: return "a set, or a dot or tuple of sets, must stand here";
    case Why::one_datatype: return "the constructors of a subtype must belong to one datatype";
    case Why::subtype: return fmt::format("the datatype has `{}` here", expected);
    case Why::process: return "an assertion is about processes";
    case Why::timing: return "the timing function gives the duration of each event";
    case Why::tock: return "a Timed section needs the event `tock`";
    case Why::dot: return "a field here is not what the part before it takes";
  }
  return {};
}

// What a constraint is asked for, where the place does not say it by itself.
std::string MistakeWriter::label_of_lack(const Reason& reason) const {
  switch (reason.why) {
    case Why::element: return "an element of a set";
    case Why::argument: return fmt::format("this is argument {} of {}", reason.number, described(reason.callee));
    case Why::yields: return "its productions are meant here";
    default: return "this is needed here";
  }
}

// `[]`, or "this operator" for one with a set inside that is too long to repeat.
std::string MistakeWriter::operator_at(Span where) const {
  constexpr std::size_t repeated_max = 16;
  const std::string_view text = sources_.text(where);
  if (text.empty() || text.size() > repeated_max || text.find('\n') != std::string_view::npos) return "this operator";
  return fmt::format("`{}`", text);
}

// `f`, or "this function" for something longer than a name.
std::string MistakeWriter::described(ExprId e) const {
  const Expr& expr = typed_.script.exprs[e];
  if (expr.kind == ExprKind::paren) return described(typed_.script.operand(e, 0));
  if (expr.kind == ExprKind::name) return fmt::format("`{}`", sources_.text(expr.span));
  return "this function";
}

// The name that an expression begins with: `c` in c.1, `f` in f(x).
BindingId MistakeWriter::head_name(ExprId e) const {
  for (;;) {
    const Expr& expr = typed_.script.exprs[e];
    switch (expr.kind) {
      case ExprKind::name: return typed_.expr_uses[index(e)];
      case ExprKind::paren:
      case ExprKind::dot:
      case ExprKind::apply: e = typed_.script.operand(e, 0); break;
      default: return no_id<BindingId>;
    }
  }
}

void MistakeWriter::add_declaration(ExprId head, TypePrinter& printer, Diagnostic& diagnostic) {
  if (head == no_id<ExprId>) return;
  const BindingId name = head_name(head);
  if (name == no_id<BindingId>) return;
  const Binding& binding = typed_.bindings[name];
  const std::string_view text = typed_.script.symbols.text(binding.symbol);
  if (binding.kind == BindingKind::module) {
    diagnostic.notes.push_back({binding.span, fmt::format("`{}` is declared here", text)});
    return;
  }
  if (typed_.binding_types[index(name)] == no_id<TypeId>) return;
  const TypeId known = typed_.binding_types[index(name)];
  const std::string type = binding.kind == BindingKind::variable ? tidy(printer, known) : printer.scheme(known);
  if (binding.span.known())
    diagnostic.notes.push_back({binding.span, fmt::format("`{}`, declared here, is of type `{}`", text, type)});
  else
    diagnostic.notes.push_back({{}, fmt::format("`{}` is built in, of type `{}`", text, type)});
}

void MistakeWriter::add_reason(const Reason& reason, TypePrinter& printer, Diagnostic& diagnostic) {
  switch (reason.why) {
    case Why::element: diagnostic.notes.push_back({reason.where, "the first element is here"}); break;
    case Why::branch: diagnostic.notes.push_back({reason.where, "the other branch is here"}); break;
    case Why::other_side: diagnostic.notes.push_back({reason.where, "the other side is here"}); break;
    case Why::generator:
    case Why::input: diagnostic.notes.push_back({reason.where, "the pattern is here"}); break;
    case Why::annotation: diagnostic.notes.push_back({reason.where, "the annotation is here"}); break;
    case Why::definition: diagnostic.notes.push_back({reason.where, "it is defined as this"}); break;
    case Why::equation: diagnostic.notes.push_back({reason.where, "another equation is here"}); break;
    case Why::one_datatype:
    case Why::subtype: diagnostic.notes.push_back({reason.where, "the constructor is declared here"}); break;
    case Why::argument: add_declaration(reason.callee, printer, diagnostic); break;
    default: break;
  }
}

// What was meant where an event stands for a set of events or for a process, or a channel for its events; "": unknown.
std::string MistakeWriter::meant(TypeId want, TypeId have, Span at, Why why) const {
  constexpr std::size_t repeated_max = 24;
  const TypeTable& types = typed_.types;
  const std::string_view source = sources_.text(at);
  const bool is_short = source.size() <= repeated_max && source.find('\n') == std::string_view::npos;
  const auto is_event = [&](TypeId t) { return types[types.resolved(t)].kind == TypeKind::event; };
  const auto is_channel = [&](TypeId t) {
    t = types.resolved(t);
    while (types[t].kind == TypeKind::dotable) t = types.resolved(types[t].b());
    return is_event(t);
  };
  const bool wants_events = why == Why::events;
  if (wants_events && is_event(have)) return fmt::format("write `{{{}}}`", is_short ? source : "a");
  if (wants_events && types[have].kind == TypeKind::set && is_channel(types[have].a()))
    return "`{| c |}` is the set of all events of the channel `c`";
  if (wants_events && is_channel(have)) return fmt::format("write `{{| {} |}}`", is_short ? source : "c");
  if (why == Why::event && types[have].kind == TypeKind::dotable && is_channel(have))
    return fmt::format("fields are missing: `{}?x` receives one, `{}!1` sends one", is_short ? source : "c",
                       is_short ? source : "c");
  if (types[want].kind == TypeKind::process && is_event(have))
    return fmt::format("write `{} -> SKIP`: an event is followed by a process", is_short ? source : "a");
  return {};
}

Diagnostic MistakeWriter::mismatch(const Mismatch& why, TypeId expected, TypeId actual, Span at, const Reason& reason,
                                   ExprId head) {
  TypePrinter printer(typed_);
  const std::string want = tidy(printer, expected), have = tidy(printer, actual);
  if (why.kind == Mismatch::Kind::constraint) return lacks(why, actual, at, label_of_lack(reason), head);
  Diagnostic diagnostic{.code = "P0301",
                        .message = fmt::format("mismatched types: expected `{}`, found `{}`", want, have),
                        .span = at,
                        .label = label(reason, want)};
  if (why.kind == Mismatch::Kind::infinite) {
    diagnostic.code = "P0304";
    diagnostic.message = fmt::format("`{}` and `{}` would have to be the same, infinite type", want, have);
  } else {
    const TypeTable& types = typed_.types;
    const auto rigid = [&](TypeId t) { return types[t].kind == TypeKind::variable && types[t].rigid; };
    const TypeId inner_want = types.resolved(why.expected), inner_have = types.resolved(why.actual);
    const std::string w = printer.type(inner_want), h = printer.type(inner_have);
    if (rigid(inner_want) || rigid(inner_have)) {
      diagnostic.code = "P0309";
      diagnostic.message = fmt::format("`{}` stands for every type, but would have to be `{}` here",
                                       rigid(inner_want) ? w : h, rigid(inner_want) ? h : w);
    } else if (w != want || h != have) {
      diagnostic.notes.push_back({{}, fmt::format("`{}` does not match `{}`", w, h)});
    }
    // Two dots can look the same and yet not be one value: B.X == B.X, where neither has its fields.
    if (want == have && diagnostic.code == "P0301")
      diagnostic.message = fmt::format("mismatched types: parts are missing or left over in `{}`", want);
    if (const std::string help = meant(types.resolved(expected), types.resolved(actual), at, reason.why); !help.empty())
      diagnostic.help = help;
    if (types[inner_want].kind == TypeKind::dot && types[inner_have].kind != TypeKind::dot)
      diagnostic.help = "patterns and parameters such as `x.y` cannot take events and values of datatypes apart";
  }
  add_reason(reason, printer, diagnostic);
  add_declaration(head, printer, diagnostic);
  return diagnostic;
}

Diagnostic MistakeWriter::lacks(const Mismatch& why, TypeId type, Span at, std::string label, ExprId head) {
  TypePrinter printer(typed_);
  const TypeId inner = typed_.types.resolved(why.actual);
  const std::string whole = tidy(printer, type), part = printer.type(inner);
  Diagnostic diagnostic{.code = "P0303",
                        .message = fmt::format("`{}` {}", part, lacking(why.constraint)),
                        .span = at,
                        .label = std::move(label)};
  if (typed_.types[inner].kind == TypeKind::variable) {
    diagnostic.message = fmt::format("values of every type `{}` {}", part, lacking(why.constraint));
    diagnostic.help = fmt::format("write `{} {} =>` in front of the annotated type", name(why.constraint), part);
  } else if (whole != part) {
    diagnostic.notes.push_back({{}, fmt::format("it is part of `{}`", whole)});
  }
  add_declaration(head, printer, diagnostic);
  return diagnostic;
}

Diagnostic MistakeWriter::wrong_count(TypeId function, std::size_t given, ExprId callee, Span at) {
  TypePrinter printer(typed_);
  const std::size_t taken = typed_.types.arguments(function).size();
  Diagnostic diagnostic{.code = "P0302",
                        .message = fmt::format("{} takes {} argument{}, but is given {}", described(callee), taken,
                                               taken == 1 ? "" : "s", given),
                        .span = at,
                        .label = fmt::format("of type `{}`", printer.type(function))};
  add_declaration(callee, printer, diagnostic);
  return diagnostic;
}

Diagnostic MistakeWriter::not_a_function(TypeId type, ExprId callee) {
  TypePrinter printer(typed_);
  const Span at = typed_.script.exprs[callee].span;
  Diagnostic diagnostic{.code = "P0311",
                        .message = fmt::format("`{}` is not a function", sources_.text(at)),
                        .span = at,
                        .label = fmt::format("this is of type `{}`", tidy(printer, type))};
  add_declaration(callee, printer, diagnostic);
  return diagnostic;
}

Diagnostic MistakeWriter::fields_do_not_fit(TypeId channel, TypeId fields, ExprId channel_expr, Span at) {
  TypePrinter printer(typed_);
  Diagnostic diagnostic{.code = "P0305",
                        .message = "the fields of this prefix do not make an event of its channel",
                        .span = at,
                        .label = fmt::format("these fields are of type `{}`", tidy(printer, fields))};
  if (typed_.script.exprs[channel_expr].kind != ExprKind::name)
    diagnostic.notes.push_back(
        {typed_.script.exprs[channel_expr].span, fmt::format("this is of type `{}`", tidy(printer, channel))});
  add_declaration(channel_expr, printer, diagnostic);
  return diagnostic;
}

Diagnostic MistakeWriter::ambiguous(BindingId name) {
  TypePrinter printer(typed_);
  const Binding& binding = typed_.bindings[name];
  const bool channel = binding.kind == BindingKind::channel;
  return {.code = "P0307",
          .message = fmt::format("the type of the {} `{}` is ambiguous", channel ? "channel" : "constructor",
                                 typed_.script.symbols.text(binding.symbol)),
          .span = binding.span,
          .label = fmt::format("of type `{}`", printer.scheme(typed_.binding_types[index(name)])),
          .help = "annotate the set, or use one whose elements have a type, such as `Int`"};
}

Diagnostic MistakeWriter::parameters_differ(DeclId function, const Clause& first, const Clause& other) {
  const Name& name = typed_.script.decls[function].names.front();
  return {.code = "P0306",
          .message = fmt::format("the equations of `{}` take different numbers of parameters",
                                 typed_.script.symbols.text(name.symbol)),
          .span = other.name_span,
          .label = "this equation differs",
          .notes = {{first.name_span, "the first equation is here"}}};
}

Diagnostic MistakeWriter::too_many_fields(BindingId constructor, std::size_t taken, std::size_t given, Span at) {
  const Binding& binding = typed_.bindings[constructor];
  return {.code = "P0308",
          .message = fmt::format("the constructor `{}` has {} field{}, but its subtype gives {}",
                                 typed_.script.symbols.text(binding.symbol), taken, taken == 1 ? "" : "s", given),
          .span = at,
          .label = "too many fields",
          .notes = {{binding.span, "the constructor is declared here"}}};
}

}  // namespace tryst::csp
