#include "frontend/csp/grammar/pattern.hpp"

namespace tryst::csp::grammar {

namespace {

// Recursion is bounded by the depth of expressions, which the state watches.
class Converter {
 public:
  explicit Converter(ParseState& state) : state_(state), script_(state.script()) {}

  PatternId convert(ExprId id) {
    const Expr expr = script_.exprs[id];
    if (state_.is_wildcard(expr)) {
      state_.claim(id);
      return add(PatternKind::wildcard, expr);
    }
    if (state_.is_also(expr)) {
      state_.claim(id);
      return with_parts(PatternKind::also, expr);
    }
    if (!expr.statements.empty()) return wrong(expr);
    switch (expr.kind) {
      case ExprKind::number: return add(PatternKind::number, expr);
      case ExprKind::boolean: return add(PatternKind::boolean, expr);
      case ExprKind::character: return add(PatternKind::character, expr);
      case ExprKind::string: return add(PatternKind::string, expr);
      case ExprKind::name: return add(PatternKind::name, expr);
      case ExprKind::negate: return negative(expr);
      case ExprKind::paren: return with_parts(PatternKind::paren, expr);
      case ExprKind::tuple: return with_parts(PatternKind::tuple, expr);
      case ExprKind::sequence: return with_parts(PatternKind::sequence, expr);
      case ExprKind::set: return with_parts(PatternKind::set, expr);
      case ExprKind::concat: return with_parts(PatternKind::concat, expr);
      case ExprKind::dot: return with_parts(PatternKind::dot, expr);
      default: return wrong(expr);
    }
  }

 private:
  PatternId add(PatternKind kind, const Expr& expr) {
    return state_.add(
        Pattern{.kind = kind, .span = expr.span, .symbol = expr.symbol, .number = expr.number, .path = expr.path});
  }

  PatternId with_parts(PatternKind kind, const Expr& expr) {
    std::vector<PatternId> parts;
    for (std::uint32_t i = 0; i < expr.operands.count; ++i)
      parts.push_back(convert(script_.expr_lists[expr.operands][i]));
    Pattern pattern{.kind = kind, .span = expr.span};
    pattern.parts = script_.pattern_lists.add(parts);
    return state_.add(pattern);
  }

  PatternId negative(const Expr& expr) {
    const ExprId inner = script_.expr_lists[expr.operands][0];
    const Expr number = script_.exprs[inner];
    if (number.kind != ExprKind::number) return wrong(expr);
    return state_.add(Pattern{.kind = PatternKind::number, .span = expr.span, .number = -number.number});
  }

  PatternId wrong(const Expr& expr) {
    state_.complain("P0123", "this is not a pattern", expr.span, "a pattern is expected here",
                    "patterns are names, `_`, literals, and tuples, sequences, sets, dots, `^` and `@@` of patterns");
    return state_.add(Pattern{.kind = PatternKind::wildcard, .span = expr.span});
  }

  ParseState& state_;
  Script& script_;
};

}  // namespace

PatternId to_pattern(ParseState& state, ExprId expr) { return Converter(state).convert(expr); }

Range<PatternId> to_patterns(ParseState& state, const std::vector<ExprId>& exprs) {
  std::vector<PatternId> patterns;
  patterns.reserve(exprs.size());
  for (const ExprId e : exprs) patterns.push_back(to_pattern(state, e));
  return state.script().pattern_lists.add(patterns);
}

}  // namespace tryst::csp::grammar
