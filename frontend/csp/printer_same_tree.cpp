#include <algorithm>

#include "frontend/csp/printer.hpp"

namespace tryst::csp {

namespace {

// Compares two scripts node by node. Recursion follows the trees, which are at most `depth_max` deep.
class Comparison {
 public:
  Comparison(const Script& a, const Script& b) : a_(a), b_(b) {}

  bool same(const std::vector<DeclId>& a, const std::vector<DeclId>& b) {
    return std::ranges::equal(a, b, [&](DeclId x, DeclId y) { return same(a_.decls[x], b_.decls[y]); });
  }

 private:
  bool same(Symbol a, Symbol b) {
    if (a == no_id<Symbol> || b == no_id<Symbol>) return a == b;
    return a_.symbols.text(a) == b_.symbols.text(b);
  }
  bool same(const Name& a, const Name& b) { return same(a.symbol, b.symbol); }

  // An id that may be none, and a list of ids in a pool.
  template <class Id>
  bool same(Id a, Id b) {
    if (a == no_id<Id> || b == no_id<Id>) return a == b;
    return same_node(a, b);
  }
  template <class Id>
  bool same(Range<Id> a, const Pool<Id>& in_a, Range<Id> b, const Pool<Id>& in_b) {
    return std::ranges::equal(in_a[a], in_b[b], [&](Id x, Id y) { return same(x, y); });
  }
  template <class T>
  bool all_same(const std::vector<T>& a, const std::vector<T>& b) {
    return std::ranges::equal(a, b, [&](const T& x, const T& y) { return same(x, y); });
  }

  bool same_node(ExprId i, ExprId j) {
    const Expr& a = a_.exprs[i];
    const Expr& b = b_.exprs[j];
    return a.kind == b.kind && a.number == b.number && same(a.symbol, b.symbol) &&
           same(a.path, a_.symbol_lists, b.path, b_.symbol_lists) &&
           same(a.operands, a_.expr_lists, b.operands, b_.expr_lists) &&
           same(a.statements, a_.statement_lists, b.statements, b_.statement_lists) &&
           same(a.tie_statements, a_.statement_lists, b.tie_statements, b_.statement_lists) &&
           same(a.patterns, a_.pattern_lists, b.patterns, b_.pattern_lists) &&
           same(a.fields, a_.field_lists, b.fields, b_.field_lists) &&
           same(a.decls, a_.decl_lists, b.decls, b_.decl_lists);
  }
  bool same_node(PatternId i, PatternId j) {
    const Pattern& a = a_.patterns[i];
    const Pattern& b = b_.patterns[j];
    return a.kind == b.kind && a.number == b.number && same(a.symbol, b.symbol) &&
           same(a.path, a_.symbol_lists, b.path, b_.symbol_lists) &&
           same(a.parts, a_.pattern_lists, b.parts, b_.pattern_lists);
  }
  bool same_node(StatementId i, StatementId j) {
    const Statement& a = a_.statements[i];
    const Statement& b = b_.statements[j];
    return same(a.pattern, b.pattern) && same(a.expr, b.expr);
  }
  bool same_node(FieldId i, FieldId j) {
    const Field& a = a_.fields[i];
    const Field& b = b_.fields[j];
    return a.kind == b.kind && same(a.pattern, b.pattern) && same(a.expr, b.expr);
  }
  bool same_node(TypeExprId i, TypeExprId j) {
    const TypeExpr& a = a_.types[i];
    const TypeExpr& b = b_.types[j];
    return a.kind == b.kind && same(a.symbol, b.symbol) && same(a.path, a_.symbol_lists, b.path, b_.symbol_lists) &&
           same(a.parts, a_.type_lists, b.parts, b_.type_lists);
  }
  bool same_node(AssertionId i, AssertionId j) {
    const Assertion& a = a_.assertions[i];
    const Assertion& b = b_.assertions[j];
    return a.kind == b.kind && a.negated == b.negated && a.model == b.model && same(a.left, b.left) &&
           same(a.right, b.right) && same(a.trace, b.trace) && same(a.tau_priority, b.tau_priority) &&
           a.tau_priority_over == b.tau_priority_over && a.partial_order == b.partial_order;
  }
  bool same_node(DeclId i, DeclId j) { return same(a_.decls[i], b_.decls[j]); }

  bool same(const Clause& a, const Clause& b) {
    return std::ranges::equal(a.parameters, b.parameters,
                              [&](const auto& x, const auto& y) { return all_same(x, y); }) &&
           same(a.body, b.body);
  }
  bool same(const Constructor& a, const Constructor& b) { return same(a.name, b.name) && same(a.type, b.type); }
  bool same(const TypeConstraint& a, const TypeConstraint& b) {
    return same(a.constraint, b.constraint) && same(a.variable, b.variable);
  }
  bool same(const Decl& a, const Decl& b) {
    return a.kind == b.kind && all_same(a.names, b.names) && all_same(a.clauses, b.clauses) &&
           all_same(a.constructors, b.constructors) && all_same(a.constraints, b.constraints) &&
           all_same(a.patterns, b.patterns) && same(a.expr, b.expr) && same(a.type, b.type) &&
           same(a.assertion, b.assertion) && same(a.text, b.text) && all_same(a.inner, b.inner) &&
           all_same(a.exported, b.exported);
  }

  const Script& a_;
  const Script& b_;
};

}  // namespace

bool same_tree(const Script& a, const Script& b) { return Comparison(a, b).same(a.top, b.top); }

}  // namespace tryst::csp
