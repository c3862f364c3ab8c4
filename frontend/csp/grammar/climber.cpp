#include "frontend/csp/grammar/climber.hpp"

#include <cassert>

#include "frontend/csp/grammar/parse_state.hpp"

namespace tryst::csp::grammar {

namespace {

enum class Side : std::uint8_t { left, right, none, prefix };

struct Level {
  ExprKind kind;
  std::uint8_t level;  // loosest first; 1 extends as far to the right as it can
  Side side;
  std::string_view spelling;
};

constexpr std::uint8_t level_also = 2;
constexpr std::uint8_t level_hide = 3;
constexpr std::uint8_t level_sequential = 10;

using enum ExprKind;

// A replicated alphabetised parallel has the level of the bracket it ends in, as in the defining grammar:
// `|| x:S @ [A] P \ B` hides outside.
constexpr Level levels[] = {
    {let, 1, Side::prefix, "let"},
    {if_, 1, Side::prefix, "if"},
    {lambda, 1, Side::prefix, "\\"},
    {rep_external, 1, Side::prefix, "[]"},
    {rep_internal, 1, Side::prefix, "|~|"},
    {rep_interleave, 1, Side::prefix, "|||"},
    {rep_sequential, 1, Side::prefix, ";"},
    {rep_parallel, 1, Side::prefix, "[|A|]"},
    {rep_sync_external, 1, Side::prefix, "[+A+]"},
    {rep_link, 1, Side::prefix, "[a<->b]"},
    {hide, level_hide, Side::left, "\\"},
    {project, level_hide, Side::left, "|\\"},
    {interleave, 4, Side::left, "|||"},
    {rep_alphabetised, 5, Side::prefix, "|| .. @ [A]"},
    {parallel, 5, Side::none, "[|A|]"},
    {exception, 5, Side::none, "[|A|>"},
    {alphabetised, 5, Side::none, "[A||B]"},
    {link, 5, Side::none, "[a<->b]"},
    {internal_choice, 6, Side::left, "|~|"},
    {external_choice, 7, Side::left, "[]"},
    {sync_external, 7, Side::left, "[+A+]"},
    {interrupt, 8, Side::left, "/\\"},
    {sync_interrupt, 8, Side::left, "/+A+\\"},
    {sliding_choice, 9, Side::left, "[>"},
    {sequential, level_sequential, Side::left, ";"},
    {guard, 11, Side::right, "&"},
    {prefix, 11, Side::right, "->"},
    {dot, 14, Side::right, "."},
    {or_, 16, Side::left, "or"},
    {and_, 17, Side::left, "and"},
    {not_, 18, Side::prefix, "not"},
    {equal, 19, Side::none, "=="},
    {not_equal, 19, Side::none, "!="},
    {less, 19, Side::none, "<"},
    {less_equal, 19, Side::none, "<="},
    {greater, 19, Side::none, ">"},
    {greater_equal, 19, Side::none, ">="},
    {add, 20, Side::left, "+"},
    {subtract, 20, Side::left, "-"},
    {negate, 20, Side::prefix, "-"},
    {multiply, 21, Side::left, "*"},
    {divide, 21, Side::left, "/"},
    {modulo, 21, Side::left, "%"},
    {length, 22, Side::prefix, "#"},
    {concat, 23, Side::left, "^"},
};

constexpr Level also_level{dot, level_also, Side::none, "@@"};

const Level& level_of(const Operator& op) {
  if (op.also) return also_level;
  // By kind, filled once.
  static const auto by_kind = [] {
    std::vector<const Level*> rows(static_cast<std::size_t>(rep_link) + 1, nullptr);
    for (const Level& row : levels) rows[static_cast<std::size_t>(row.kind)] = &row;
    return rows;
  }();
  const Level* row = by_kind[static_cast<std::size_t>(op.kind)];
  assert(row != nullptr);
  return *row;
}

enum class Bound : std::uint8_t { left, right, neither };

// Which of two operators gets the operand between them.
Bound bound(const Operator& on_left, const Operator& on_right) {
  const Level& left = level_of(on_left);
  const Level& right = level_of(on_right);
  if (left.level == 1) return Bound::right;
  // Hiding is the loosest operator, but what follows the hidden set belongs to the whole: (P \ A) ||| Q.
  if (left.level == level_hide && right.level <= level_sequential && on_right.kind != link) return Bound::left;
  if (left.level != right.level) return left.level > right.level ? Bound::left : Bound::right;
  if (right.side == Side::none) return Bound::neither;
  return right.side == Side::right ? Bound::right : Bound::left;
}

}  // namespace

std::string_view spelling(const Operator& op) { return level_of(op).spelling; }

void Climber::infix(ParseState& state, const Base& base, const Operator& op) {
  while (operators_.size() > base.operators) {
    const Operator& top = operators_.back();
    const Bound winner = bound(top, op);
    if (winner == Bound::right) break;
    if (winner == Bound::neither) {
      Diagnostic diagnostic{"P0121",
                            Severity::error,
                            "`" + std::string(spelling(top)) + "` and `" + std::string(spelling(op)) +
                                "` cannot follow one another without parentheses",
                            op.span,
                            "the second operator",
                            {},
                            "say with parentheses which of them comes first"};
      diagnostic.notes.push_back({top.span, "the first operator"});
      state.complain(std::move(diagnostic));
    }
    build_top(state);
  }
  operators_.push_back(op);
}

ExprId Climber::finish(ParseState& state, const Base& base) {
  while (operators_.size() > base.operators) build_top(state);
  assert(operands_.size() == base.operands + 1);
  const ExprId result = operands_.back();
  operands_.pop_back();
  return result;
}

void Climber::abandon(const Base& base) {
  operands_.resize(base.operands);
  operators_.erase(operators_.begin() + static_cast<std::ptrdiff_t>(base.operators), operators_.end());
}

// The operands in the order that the tree's kinds prescribe (ast.hpp).
void Climber::build_top(ParseState& state) {
  const Operator op = operators_.back();
  operators_.pop_back();
  Script& script = state.script();
  const ExprId last = operands_.back();
  operands_.pop_back();
  const std::span<const ExprId> inside = script.expr_lists[op.inside];
  std::vector<ExprId> operands;
  Span whole = cover(op.begin, script.exprs[last].span);
  if (level_of(op).side == Side::prefix) {
    if (op.kind != rep_link) operands.assign(inside.begin(), inside.end());
    operands.push_back(last);
    if (op.kind == rep_link) operands.insert(operands.end(), inside.begin(), inside.end());
  } else {
    const ExprId first = operands_.back();
    operands_.pop_back();
    whole = cover(script.exprs[first].span, script.exprs[last].span);
    if (op.also) return operands_.push_back(state.add_also(whole, op.span, first, last));
    if (op.kind == dot) return operands_.push_back(state.add_dot(whole, op.span, first, last));
    operands.push_back(first);
    if (op.kind != link) operands.insert(operands.end(), inside.begin(), inside.end());
    operands.push_back(last);
    if (op.kind == link) operands.insert(operands.end(), inside.begin(), inside.end());
  }
  Expr expr{.kind = op.kind, .span = whole, .operator_span = op.span};
  expr.operands = script.expr_lists.add(operands);
  expr.statements = op.statements;
  expr.tie_statements = op.tie_statements;
  expr.patterns = op.patterns;
  expr.fields = op.fields;
  expr.decls = op.decls;
  operands_.push_back(state.add(expr));
}

}  // namespace tryst::csp::grammar
