#include "frontend/csp/grammar/build_declaration.hpp"

#include <algorithm>
#include <unordered_map>

#include "frontend/csp/grammar/pattern.hpp"

namespace tryst::csp::grammar {

namespace {

Name named(const Token& token) { return {token.symbol, token.span}; }

DeclId add(ParseState& state, Decl decl) {
  // An include inside a section may take its end into another file.
  const Span span = decl.span;
  if (span.end > span.begin && state.sources().file_of(span.begin) != state.sources().file_of(span.end - 1))
    decl.span = decl.names.empty() ? Span{span.begin, span.begin} : decl.names.front().span;
  return state.add(std::move(decl));
}

Decl blank(DeclKind kind, Span span) {
  Decl decl{};
  decl.kind = kind;
  decl.span = span;
  return decl;
}

std::vector<PatternId> patterns_of(ParseState& state, std::span<const ExprId> exprs) {
  std::vector<PatternId> patterns;
  for (const ExprId e : std::vector<ExprId>(exprs.begin(), exprs.end())) patterns.push_back(to_pattern(state, e));
  return patterns;
}

// `f(p, q)(r)` → f and its parameter groups; no name when the left side is no call of a name.
Name head_of_call(ParseState& state, ExprId left, std::vector<std::vector<PatternId>>& groups) {
  Script& script = state.script();
  for (; script.exprs[left].kind == ExprKind::apply; left = script.operand(left, 0))
    groups.push_back(patterns_of(state, script.operands(left).subspan(1)));
  std::ranges::reverse(groups);
  const Expr& head = script.exprs[left];
  if (head.kind != ExprKind::name || !head.path.empty() || state.is_wildcard(head)) return {};
  return {head.symbol, head.span};
}

std::string_view in_words(DeclKind kind) {
  switch (kind) {
    case DeclKind::function: return "a definition";
    case DeclKind::pattern: return "a definition";
    case DeclKind::channel: return "`channel`";
    case DeclKind::datatype: return "`datatype`";
    case DeclKind::subtype: return "`subtype`";
    case DeclKind::nametype: return "`nametype`";
    case DeclKind::external: return "`external`";
    case DeclKind::transparent: return "`transparent`";
    case DeclKind::annotation: return "a type annotation";
    case DeclKind::assertion: return "`assert`";
    case DeclKind::print: return "`print`";
    case DeclKind::module: return "`module`";
    case DeclKind::instance: return "`instance`";
    case DeclKind::timed: return "`Timed`";
  }
  return {};
}

enum class Place : std::uint8_t { let, module, timed };

bool allowed(DeclKind kind, Place place) {
  if (place == Place::timed) return kind != DeclKind::print;
  if (place == Place::module) return kind != DeclKind::print && kind != DeclKind::assertion;
  return kind == DeclKind::function || kind == DeclKind::pattern || kind == DeclKind::external ||
         kind == DeclKind::transparent || kind == DeclKind::annotation || kind == DeclKind::timed;
}

// Timed sections pass the rule of their place on to what they hold. Recursion is bounded by the nesting limit.
void check_place(ParseState& state, const Decls& decls, Place place) {
  for (const DeclId id : decls) {
    const Decl& decl = state.script().decls[id];
    if (!allowed(decl.kind, place)) {
      const std::string_view where = place == Place::let      ? "inside `let`"
                                     : place == Place::module ? "inside a module"
                                                              : "inside a `Timed` section";
      state.complain("P0124", std::string(in_words(decl.kind)) + " cannot stand " + std::string(where), decl.span, {},
                     place == Place::timed ? "move it out of the section" : "move it to the top level");
    } else if (decl.kind == DeclKind::timed) {
      check_place(state, decl.inner, place);
    }
  }
}

bool same_function(const Decl& a, const Decl& b) {
  return a.kind == DeclKind::function && b.kind == DeclKind::function && a.names[0].symbol == b.names[0].symbol &&
         !a.clauses[0].parameters.empty() && !b.clauses[0].parameters.empty();
}

// Whether the clauses of `next` continue `first`. In another file they do not: reported.
bool continues(ParseState& state, const Decl& first, const Decl& next) {
  if (!same_function(first, next)) return false;
  if (state.sources().file_of(first.span.begin) == state.sources().file_of(next.span.begin)) return true;
  const std::string name(state.script().symbols.text(first.names[0].symbol));
  Diagnostic diagnostic{"P0130",
                        Severity::error,
                        "the definition of `" + name + "` is spread over two files",
                        next.names[0].span,
                        {},
                        {},
                        "write all its equations into one file"};
  diagnostic.notes.push_back({first.clauses.back().name_span, "it begins here"});
  state.complain(std::move(diagnostic));
  return false;
}

// One declaration for decls[begin..end): the equations of one function.
DeclId combine(ParseState& state, const Decls& decls, std::size_t begin, std::size_t end) {
  if (end == begin + 1) return decls[begin];
  Decl combined = state.script().decls[decls[begin]];
  for (std::size_t i = begin + 1; i < end; ++i) {
    Decl& next = state.script().decls[decls[i]];
    combined.span = cover(combined.span, next.span);
    combined.clauses.push_back(std::move(next.clauses[0]));
  }
  return state.add(std::move(combined));
}

// Channels that are declared together have one type, so one annotation must speak of all of them.
void check_channel_annotations(ParseState& state, const Decls& decls) {
  std::unordered_map<Symbol, DeclId> annotated;
  for (const DeclId id : decls)
    if (const Decl& decl = state.script().decls[id]; decl.kind == DeclKind::annotation)
      for (const Name& name : decl.names) annotated.emplace(name.symbol, id);
  if (annotated.empty()) return;
  for (const DeclId id : decls) {
    const Decl& decl = state.script().decls[id];
    if (decl.kind != DeclKind::channel) continue;
    const auto first = annotated.find(decl.names[0].symbol);
    for (const Name& name : decl.names) {
      const auto other = annotated.find(name.symbol);
      if (first == annotated.end() || other == annotated.end() || other->second == first->second) continue;
      Diagnostic diagnostic{"P0129",
                            Severity::error,
                            "channels declared together are annotated apart",
                            name.span,
                            {},
                            {},
                            "annotate them together, or declare them apart"};
      diagnostic.notes.push_back({state.script().decls[first->second].span, "one annotation"});
      diagnostic.notes.push_back({state.script().decls[other->second].span, "another annotation"});
      state.complain(std::move(diagnostic));
      break;
    }
  }
}

}  // namespace

Name make_name_at(ParseState&, Span, Token token) { return named(token); }

DeclId make_binding(ParseState& state, Span span, ExprId left, ExprId right) {
  Script& script = state.script();
  const Expr left_side = script.exprs[left];
  Clause clause{.span = span, .name_span = {}, .parameters = {}, .body = right};
  const Name name = head_of_call(state, left, clause.parameters);
  if (name.symbol != no_id<Symbol>) {
    Decl decl = blank(DeclKind::function, span);
    clause.name_span = name.span;
    decl.names = {name};
    decl.clauses.push_back(std::move(clause));
    return add(state, std::move(decl));
  }
  if (left_side.kind == ExprKind::apply) {
    state.complain("P0123", "only a plain name can be defined with arguments",
                   script.exprs[script.operand(left, 0)].span, "a name is expected here");
    return add(state, blank(DeclKind::pattern, span));
  }
  Decl decl = blank(DeclKind::pattern, span);
  decl.patterns = {to_pattern(state, left)};
  decl.expr = right;
  return add(state, std::move(decl));
}

DeclId make_channel(ParseState& state, Span span, Names names, std::optional<ExprId> type) {
  Decl decl = blank(DeclKind::channel, span);
  decl.names = std::move(names);
  decl.expr = type.value_or(no_id<ExprId>);
  return add(state, std::move(decl));
}

Constructor make_constructor(ParseState&, Span, Token name, std::optional<ExprId> type) {
  return {named(name), type.value_or(no_id<ExprId>)};
}

DeclId make_datatype(ParseState& state, Span span, Token keyword, Token name, std::vector<Constructor> constructors) {
  Decl decl = blank(keyword.kind == TokenKind::datatype ? DeclKind::datatype : DeclKind::subtype, span);
  decl.names = {named(name)};
  decl.constructors = std::move(constructors);
  return add(state, std::move(decl));
}

DeclId make_external(ParseState& state, Span span, Token keyword, Names names) {
  Decl decl = blank(keyword.kind == TokenKind::external ? DeclKind::external : DeclKind::transparent, span);
  decl.names = std::move(names);
  return add(state, std::move(decl));
}

DeclId make_nametype(ParseState& state, Span span, Token name, ExprId type) {
  Decl decl = blank(DeclKind::nametype, span);
  decl.names = {named(name)};
  decl.expr = type;
  return add(state, std::move(decl));
}

DeclId make_annotation(ParseState& state, Span span, Names names,
                       std::optional<std::vector<TypeConstraint>> constraints, TypeExprId type) {
  Decl decl = blank(DeclKind::annotation, span);
  decl.names = std::move(names);
  if (constraints) decl.constraints = std::move(*constraints);
  decl.type = type;
  return add(state, std::move(decl));
}

DeclId make_assert(ParseState& state, Span span, AssertionId assertion) {
  Decl decl = blank(DeclKind::assertion, span);
  decl.assertion = assertion;
  return add(state, std::move(decl));
}

DeclId make_print(ParseState& state, Span span, Token token) {
  Decl decl = blank(DeclKind::print, span);
  decl.text = token.symbol;
  return add(state, std::move(decl));
}

DeclId make_module(ParseState& state, Span span, Token name, std::optional<std::vector<ExprId>> parameters, Decls inner,
                   Decls exported) {
  check_place(state, inner, Place::module);
  check_place(state, exported, Place::module);
  Decl decl = blank(DeclKind::module, span);
  decl.names = {named(name)};
  if (parameters) decl.patterns = patterns_of(state, *parameters);
  decl.inner = std::move(inner);
  decl.exported = std::move(exported);
  return add(state, std::move(decl));
}

DeclId make_instance(ParseState& state, Span span, Token name, ExprId module,
                     std::optional<std::vector<ExprId>> arguments) {
  if (arguments) {
    arguments->insert(arguments->begin(), module);
    Expr call{.kind = ExprKind::apply, .span = {state.script().exprs[module].span.begin, span.end}};
    call.operands = state.script().expr_lists.add(*arguments);
    module = state.add(call);
  }
  Decl decl = blank(DeclKind::instance, span);
  decl.names = {named(name)};
  decl.expr = module;
  return add(state, std::move(decl));
}

DeclId make_timed(ParseState& state, Span span, std::optional<ExprId> timing, Decls inner) {
  check_place(state, inner, Place::timed);
  Decl decl = blank(DeclKind::timed, span);
  decl.expr = timing.value_or(no_id<ExprId>);
  decl.inner = std::move(inner);
  return add(state, std::move(decl));
}

Decls make_declarations(ParseState& state, Span, Decls read) {
  Decls decls;
  std::erase(read, no_id<DeclId>);
  for (std::size_t begin = 0, end = 0; begin < read.size(); begin = end) {
    for (end = begin + 1; end < read.size(); ++end)
      if (!continues(state, state.script().decls[read[begin]], state.script().decls[read[end]])) break;
    decls.push_back(combine(state, read, begin, end));
  }
  check_channel_annotations(state, decls);
  return decls;
}

Decls make_local_declarations(ParseState& state, Span span, Decls read) {
  Decls decls = make_declarations(state, span, std::move(read));
  check_place(state, decls, Place::let);
  return decls;
}

}  // namespace tryst::csp::grammar
