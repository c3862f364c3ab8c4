// P0901, P0902: guards and branches under the conditions around them.
#include <map>
#include <set>

#include "semantics/csp/lint.hpp"

namespace tryst::csp {

namespace {

class Conditions {
 public:
  Conditions(const Typed& typed, Expressions& expressions, const Impossible& impossible, Diagnostics& diagnostics)
      : typed_(typed), expressions_(expressions), impossible_(impossible), diagnostics_(diagnostics) {}

  void run() {
    std::set<DeclId> local;  // reached through the expression around them
    for (std::uint32_t e = 0; e < typed_.script.exprs.size(); ++e)
      for (const DeclId d : typed_.script.decl_lists[typed_.script.exprs[ExprId{e}].decls]) local.insert(d);
    for (std::uint32_t d = 0; d < typed_.script.decls.size(); ++d) {
      if (local.contains(DeclId{d})) continue;
      for (const Clause& clause : typed_.script.decls[DeclId{d}].clauses) walk(clause.body);
    }
  }

 private:
  // The nesting of expressions is limited by depth_max.
  void walk(ExprId e) {
    const Expr& x = typed_.script.exprs[e];
    const auto operands = typed_.script.operands(e);
    if (x.kind == ExprKind::if_) {
      walk(operands[0]);
      has_local_ = false;
      const ExpressionId condition = truth(operands[0]);
      const bool may_tell = has_local_;
      under(condition, operands[1], may_tell, "P0902", "this branch is never taken", operands[0], "is never true here");
      under(expressions_.negation(condition), operands[2], may_tell, "P0902", "this branch is never taken", operands[0],
            "is always true here");
    } else if (x.kind == ExprKind::guard) {
      walk(operands[0]);
      has_local_ = false;
      const ExpressionId condition = truth(operands[0]);
      under(condition, operands[1], has_local_, "P0901", "this guard is never true", operands[0], "");
    } else {
      for (const ExprId part : parts_of(typed_, e)) walk(part);
    }
  }

  // Goes on into a branch under its condition, or says that it is dead.
  void under(ExpressionId condition, ExprId branch, bool may_tell, const char* code, const char* message, ExprId tested,
             const char* note) {
    path_.push_back(condition);
    std::vector<ExpressionId> all = path_;
    all.insert(all.end(), always_.begin(), always_.end());
    if (may_tell && !expressions_.is(condition, true) && impossible_(all))
      report(code, message, *note == '\0' ? tested : branch, tested, note);
    else
      walk(branch);
    path_.pop_back();
  }

  void report(const char* code, const char* message, ExprId at, ExprId tested, const char* note) {
    const Span span = typed_.script.exprs[at].span;
    if (!reported_.insert(span.begin).second) return;  // of an instance of a module
    Diagnostic warning;
    warning.code = code;
    warning.severity = Severity::warning;
    warning.message = message;
    warning.span = span;
    if (*note != '\0')
      warning.notes.push_back({typed_.script.exprs[tested].span, std::string("the condition ") + note});
    if (path_.size() > 1) warning.help = "the conditions around it count, too";
    diagnostics_.report(std::move(warning));
  }

  bool is(ExprId e, TypeKind kind) const {
    const TypeId type = typed_.types.resolved(typed_.expr_types[index(e)]);
    return typed_.types[type].kind == kind;
  }

  // One unknown for each name of an integer or Boolean, and for the length of
  // each named sequence.
  ExpressionId unknown(BindingId b, bool is_length) {
    const auto [at, added] = unknowns_.try_emplace({b, is_length});
    if (added) {
      at->second = expressions_.variable(expressions_.fresh());
      if (is_length) always_.push_back(expressions_.at_most(expressions_.number(0), at->second));
    }
    has_local_ = has_local_ || !typed_.bindings[b].top_level;
    return at->second;
  }

  ExpressionId anything() { return expressions_.variable(expressions_.fresh()); }

  // What is not understood is the same wherever it is written the same, with the same names: nothing has side effects.
  // Anything, where it binds names of its own.
  ExpressionId unknown(ExprId e, bool is_length) {
    Text text{is_length ? "#" : "", false};
    if (!write(e, text)) return anything();
    const auto [at, added] = expressions_of_text_.try_emplace(text.all);
    if (added) at->second = anything();
    if (added && is_length) always_.push_back(expressions_.at_most(expressions_.number(0), at->second));
    has_local_ = has_local_ || text.has_local;
    return at->second;
  }

  struct Text {
    std::string all;
    bool has_local;
  };

  // False: it binds names, or may be a process.
  bool write(ExprId e, Text& text) const {
    while (typed_.script.exprs[e].kind == ExprKind::paren) e = typed_.script.operand(e, 0);
    const Expr& x = typed_.script.exprs[e];
    const bool binds = !typed_.script.statement_lists[x.statements].empty() || x.kind == ExprKind::lambda ||
                       x.kind == ExprKind::let || x.kind >= ExprKind::prefix;
    if (binds) return false;
    text.all += "(" + std::to_string(static_cast<int>(x.kind)) + " " + std::to_string(x.number) + " ";
    if (x.kind == ExprKind::string) text.all += std::to_string(index(x.symbol));
    if (x.kind == ExprKind::name) {
      const BindingId b = typed_.expr_uses[index(e)];
      text.all += std::to_string(index(b));
      text.has_local =
          text.has_local || !(typed_.bindings[b].top_level || typed_.bindings[b].kind == BindingKind::builtin);
    }
    for (const ExprId operand : typed_.script.operands(e))
      if (!write(operand, text)) return false;
    text.all += ")";
    return true;
  }

  bool is_empty_sequence(ExprId e) const {
    while (typed_.script.exprs[e].kind == ExprKind::paren) e = typed_.script.operand(e, 0);
    const Expr& x = typed_.script.exprs[e];
    return x.kind == ExprKind::sequence && typed_.script.operands(e).empty() &&
           typed_.script.statement_lists[x.statements].empty();
  }

  // Of null(s): s.
  std::optional<ExprId> asked_to_be_empty(ExprId e) const {
    const Expr& x = typed_.script.exprs[e];
    const auto operands = typed_.script.operands(e);
    if (x.kind != ExprKind::apply || operands.size() != 2) return std::nullopt;
    if (typed_.script.exprs[operands[0]].kind != ExprKind::name) return std::nullopt;
    const Binding& function = typed_.bindings[typed_.expr_uses[index(operands[0])]];
    const bool is_null = function.kind == BindingKind::builtin && function.builtin == Builtin::null;
    return is_null ? std::optional(operands[1]) : std::nullopt;
  }

  // The number that a constant of a datatype is known by.
  std::optional<std::int64_t> constant_of_datatype(ExprId e) const {
    while (typed_.script.exprs[e].kind == ExprKind::paren) e = typed_.script.operand(e, 0);
    if (typed_.script.exprs[e].kind != ExprKind::name) return std::nullopt;
    const BindingId b = typed_.expr_uses[index(e)];
    if (typed_.bindings[b].kind != BindingKind::constructor) return std::nullopt;
    return static_cast<std::int64_t>(index(b));
  }

  ExpressionId length_of(ExprId e) {
    const auto b = name(e);
    return b ? unknown(*b, true) : unknown(e, true);
  }

  ExpressionId equality(ExprId left, ExprId right) {
    if (is_empty_sequence(right)) return expressions_.equal(length_of(left), expressions_.number(0));
    if (is_empty_sequence(left)) return expressions_.equal(length_of(right), expressions_.number(0));
    const auto a = constant_of_datatype(left);
    const auto b = constant_of_datatype(right);
    if (a && b) return expressions_.truth(*a == *b);
    if (b) return expressions_.equal(unknown(left, false), expressions_.number(*b));
    if (a) return expressions_.equal(unknown(right, false), expressions_.number(*a));
    Text text{"==", false};
    if (!write(left, text) || !write(right, text)) return expressions_.equal(anything(), expressions_.number(0));
    has_local_ = has_local_ || text.has_local;
    const auto [at, added] = expressions_of_text_.try_emplace(text.all);
    if (added) at->second = anything();
    return expressions_.equal(at->second, expressions_.number(0));
  }

  std::optional<BindingId> name(ExprId e) const {
    while (typed_.script.exprs[e].kind == ExprKind::paren) e = typed_.script.operand(e, 0);
    if (typed_.script.exprs[e].kind != ExprKind::name) return std::nullopt;
    const BindingId b = typed_.expr_uses[index(e)];
    const BindingKind kind = typed_.bindings[b].kind;
    if (kind != BindingKind::variable && kind != BindingKind::function) return std::nullopt;
    return b;
  }

  ExpressionId integer(ExprId e) {
    const Expr& x = typed_.script.exprs[e];
    const auto operands = typed_.script.operands(e);
    switch (x.kind) {
      case ExprKind::number: return expressions_.number(x.number);
      case ExprKind::paren: return integer(operands[0]);
      case ExprKind::name:
        if (const auto b = name(e)) return unknown(*b, false);
        break;
      case ExprKind::length: return length_of(operands[0]);
      case ExprKind::negate: return expressions_.multiply(integer(operands[0]), expressions_.number(-1));
      case ExprKind::add: return expressions_.add(integer(operands[0]), integer(operands[1]));
      case ExprKind::subtract: return expressions_.subtract(integer(operands[0]), integer(operands[1]));
      case ExprKind::multiply: return expressions_.multiply(integer(operands[0]), integer(operands[1]));
      case ExprKind::divide:
      case ExprKind::modulo: {
        const ExpressionId value = integer(operands[0]);
        const auto divisor = expressions_.constant(integer(operands[1]));
        if (!divisor || *divisor == 0) break;
        return x.kind == ExprKind::divide ? expressions_.quotient(value, *divisor)
                                          : expressions_.remainder(value, *divisor);
      }
      default: break;
    }
    return unknown(e, false);
  }

  ExpressionId truth(ExprId e) {
    const Expr& x = typed_.script.exprs[e];
    const auto operands = typed_.script.operands(e);
    const bool compares_integers =
        x.kind >= ExprKind::equal && x.kind <= ExprKind::greater_equal && is(operands[0], TypeKind::integer);
    if (compares_integers) {
      const ExpressionId a = integer(operands[0]);
      const ExpressionId b = integer(operands[1]);
      switch (x.kind) {
        case ExprKind::equal: return expressions_.equal(a, b);
        case ExprKind::not_equal: return expressions_.negation(expressions_.equal(a, b));
        case ExprKind::less: return expressions_.less(a, b);
        case ExprKind::less_equal: return expressions_.at_most(a, b);
        case ExprKind::greater: return expressions_.less(b, a);
        default: return expressions_.at_most(b, a);
      }
    }
    switch (x.kind) {
      case ExprKind::boolean: return expressions_.truth(x.number != 0);
      case ExprKind::paren: return truth(operands[0]);
      case ExprKind::not_: return expressions_.negation(truth(operands[0]));
      case ExprKind::and_: return expressions_.conjunction({truth(operands[0]), truth(operands[1])});
      case ExprKind::or_: return expressions_.disjunction({truth(operands[0]), truth(operands[1])});
      case ExprKind::name:
        if (const auto b = name(e)) return expressions_.equal(unknown(*b, false), expressions_.number(1));
        break;
      case ExprKind::equal: return equality(operands[0], operands[1]);
      case ExprKind::not_equal: return expressions_.negation(equality(operands[0], operands[1]));
      case ExprKind::apply:
        if (const auto sequence = asked_to_be_empty(e))
          return expressions_.equal(length_of(*sequence), expressions_.number(0));
        break;
      default: break;
    }
    return expressions_.equal(unknown(e, false), expressions_.number(0));
  }

  const Typed& typed_;
  Expressions& expressions_;
  const Impossible& impossible_;
  Diagnostics& diagnostics_;
  std::vector<ExpressionId> path_, always_;
  std::map<std::pair<BindingId, bool>, ExpressionId> unknowns_;
  std::map<std::string, ExpressionId> expressions_of_text_;
  std::set<std::uint32_t> reported_;
  bool has_local_ = false;  // the condition that was read last names something local
};

}  // namespace

void lint_conditions(const Typed& typed, Expressions& expressions, const Impossible& impossible,
                     Diagnostics& diagnostics) {
  Conditions(typed, expressions, impossible, diagnostics).run();
}

}  // namespace tryst::csp
