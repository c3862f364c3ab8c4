#include "tests/frontend/parsed.hpp"

#include <array>

namespace tryst::csp::test {

namespace {

constexpr std::array expr_names{"number",
                                "boolean",
                                "character",
                                "string",
                                "name",
                                "paren",
                                "tuple",
                                "apply",
                                "lambda",
                                "let",
                                "if",
                                "and",
                                "or",
                                "not",
                                "equal",
                                "not_equal",
                                "less",
                                "less_equal",
                                "greater",
                                "greater_equal",
                                "add",
                                "subtract",
                                "multiply",
                                "divide",
                                "modulo",
                                "negate",
                                "length",
                                "concat",
                                "dot",
                                "sequence",
                                "sequence_range",
                                "sequence_range_open",
                                "set",
                                "set_range",
                                "set_range_open",
                                "set_enumerated",
                                "map",
                                "prefix",
                                "guard",
                                "external_choice",
                                "internal_choice",
                                "sequential",
                                "interrupt",
                                "sliding_choice",
                                "interleave",
                                "parallel",
                                "alphabetised",
                                "exception",
                                "sync_external",
                                "sync_interrupt",
                                "hide",
                                "project",
                                "rename",
                                "link",
                                "rep_external",
                                "rep_internal",
                                "rep_interleave",
                                "rep_sequential",
                                "rep_parallel",
                                "rep_alphabetised",
                                "rep_sync_external",
                                "rep_link"};
constexpr std::array pattern_names{"name",     "_",   "number", "boolean", "character", "string", "tuple",
                                   "sequence", "set", "concat", "dot",     "also",      "paren"};
constexpr std::array type_names{"name", "set", "sequence", "tuple",   "paren",
                                "map",  "dot", "function", "dotable", "extendable"};
constexpr std::array decl_names{"function",    "pattern",    "channel", "datatype", "subtype", "nametype", "external",
                                "transparent", "annotation", "assert",  "print",    "module",  "instance", "timed"};
constexpr std::array model_names{"", "T", "F", "FD", "V", "VD", "R", "RD"};
constexpr std::array claim_names{"refines", "deadlock_free", "divergence_free", "deterministic", "has_trace"};
constexpr std::array order_names{"", "reduce", "reduce[precise]", "reduce[hybrid]", "reduce[fast]"};

class Shapes {
 public:
  explicit Shapes(const Script& script) : s_(script) {}

  std::string expr(ExprId id) const {
    const Expr& e = s_.exprs[id];
    switch (e.kind) {
      case ExprKind::number: return std::to_string(e.number);
      case ExprKind::boolean: return e.number != 0 ? "true" : "false";
      case ExprKind::character: return "'" + std::to_string(e.number);
      case ExprKind::string: return "\"" + std::string(s_.symbols.text(e.symbol)) + "\"";
      case ExprKind::name: return name(e.path, e.symbol);
      default: break;
    }
    std::string out = "(" + std::string(expr_names[static_cast<std::size_t>(e.kind)]);
    for (const PatternId p : s_.pattern_lists[e.patterns]) out += " " + pattern(p);
    for (const DeclId d : s_.decl_lists[e.decls]) out += " " + decl(d);
    for (const FieldId f : s_.field_lists[e.fields]) out += " " + field(f);
    for (const ExprId o : s_.expr_lists[e.operands]) out += " " + expr(o);
    out += statements(" | ", e.tie_statements) + statements(" | ", e.statements);
    return out + ")";
  }

  std::string decl(DeclId id) const {
    const Decl& d = s_.decls[id];
    std::string out = "(" + std::string(decl_names[static_cast<std::size_t>(d.kind)]);
    for (const Name& n : d.names) out += " " + std::string(s_.symbols.text(n.symbol));
    for (const Clause& c : d.clauses) out += " " + clause(c);
    for (const Constructor& c : d.constructors) {
      out += " " + std::string(s_.symbols.text(c.name.symbol));
      if (c.type != no_id<ExprId>) out += "." + expr(c.type);
    }
    for (const TypeConstraint& c : d.constraints)
      out += " {" + std::string(s_.symbols.text(c.constraint)) + " " + std::string(s_.symbols.text(c.variable)) + "}";
    for (const PatternId p : d.patterns) out += " " + pattern(p);
    if (d.expr != no_id<ExprId>) out += " " + expr(d.expr);
    if (d.type != no_id<TypeExprId>) out += " " + type(d.type);
    if (d.assertion != no_id<AssertionId>) out += " " + assertion(s_.assertions[d.assertion]);
    if (d.text != no_id<Symbol>) out += " \"" + std::string(s_.symbols.text(d.text)) + "\"";
    for (const DeclId inner : d.inner) out += " " + decl(inner);
    if (d.kind == DeclKind::module) out += " exports";
    for (const DeclId exported : d.exported) out += " " + decl(exported);
    return out + ")";
  }

 private:
  std::string name(Range<Symbol> path, Symbol symbol) const {
    std::string out;
    for (const Symbol part : s_.symbol_lists[path]) out += std::string(s_.symbols.text(part)) + "::";
    return out + std::string(s_.symbols.text(symbol));
  }

  std::string statements(const std::string& before, Range<StatementId> range) const {
    if (range.empty()) return {};
    std::string out = before;
    for (const StatementId id : s_.statement_lists[range]) {
      const Statement& s = s_.statements[id];
      out += (out == before ? "" : ", ") + (s.generator() ? pattern(s.pattern) + " <- " : std::string()) + expr(s.expr);
    }
    return out;
  }

  std::string field(FieldId id) const {
    const Field& f = s_.fields[id];
    std::string out(1, "!?$"[static_cast<std::size_t>(f.kind)]);
    if (f.pattern != no_id<PatternId>) out += pattern(f.pattern);
    if (f.expr != no_id<ExprId>) out += (f.pattern != no_id<PatternId> ? ":" : "") + expr(f.expr);
    return out;
  }

  std::string pattern(PatternId id) const {
    const Pattern& p = s_.patterns[id];
    switch (p.kind) {
      case PatternKind::name: return name(p.path, p.symbol);
      case PatternKind::wildcard: return "_";
      case PatternKind::number: return std::to_string(p.number);
      case PatternKind::boolean: return p.number != 0 ? "true" : "false";
      case PatternKind::character: return "'" + std::to_string(p.number);
      case PatternKind::string: return "\"" + std::string(s_.symbols.text(p.symbol)) + "\"";
      default: break;
    }
    std::string out = "<" + std::string(pattern_names[static_cast<std::size_t>(p.kind)]);
    for (const PatternId part : s_.pattern_lists[p.parts]) out += " " + pattern(part);
    return out + ">";
  }

  std::string clause(const Clause& c) const {
    std::string out;
    for (const auto& group : c.parameters) {
      std::string parameters;
      for (const PatternId p : group) parameters += (parameters.empty() ? "" : ",") + pattern(p);
      out += "(" + parameters + ")";
    }
    return out + "=" + expr(c.body);
  }

  std::string type(TypeExprId id) const {
    const TypeExpr& t = s_.types[id];
    if (t.kind == TypeExprKind::name) return name(t.path, t.symbol);
    std::string out = "(" + std::string(type_names[static_cast<std::size_t>(t.kind)]);
    for (const TypeExprId part : s_.type_lists[t.parts]) out += " " + type(part);
    return out + ")";
  }

  std::string assertion(const Assertion& a) const {
    std::string out = a.negated ? "not " : "";
    out += claim_names[static_cast<std::size_t>(a.kind)];
    out += "[" + std::string(model_names[static_cast<std::size_t>(a.model)]) + "] " + expr(a.left);
    if (a.right != no_id<ExprId>) out += " " + expr(a.right);
    if (a.trace != no_id<ExprId>) out += " " + expr(a.trace);
    if (a.tau_priority != no_id<ExprId>) out += (a.tau_priority_over ? " over " : " tau ") + expr(a.tau_priority);
    if (a.partial_order != PartialOrder::none)
      out += " " + std::string(order_names[static_cast<std::size_t>(a.partial_order)]);
    return out;
  }

  const Script& s_;
};

Script parse(const std::string& text, const std::string& name, SourceSet& sources, Diagnostics& diagnostics) {
  FileId file{};
  if (!sources.add(name, text, file)) return {};
  return parse_text(file, TRYST_SOURCE_DIR, sources, diagnostics);
}

}  // namespace

Parsed::Parsed(const std::string& text, const std::string& name) : script(parse(text, name, sources, diagnostics)) {}

std::string Parsed::rendered() const {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.all()) out += render(diagnostic, sources);
  return out;
}

std::string Parsed::codes() const {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.all()) out += (out.empty() ? "" : " ") + std::string(diagnostic.code);
  return out;
}

std::string shape(const std::string& text) {
  const Parsed parsed("x = " + text);
  if (parsed.diagnostics.has_errors()) return parsed.codes();
  const Decl& decl = parsed.script.decls[parsed.script.top.at(0)];
  return Shapes(parsed.script).expr(decl.clauses.at(0).body);
}

std::string shapes(const Script& script) {
  std::string out;
  for (const DeclId decl : script.top) out += (out.empty() ? "" : "\n") + Shapes(script).decl(decl);
  return out;
}

std::string shapes(const std::string& text) {
  const Parsed parsed(text);
  return parsed.diagnostics.has_errors() ? parsed.codes() : shapes(parsed.script);
}

}  // namespace tryst::csp::test
