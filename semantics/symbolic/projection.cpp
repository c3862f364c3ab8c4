#include "semantics/symbolic/projection.hpp"

#include <algorithm>

namespace tryst {

namespace {

using Op = Expressions::Op;
using Literals = std::vector<ExpressionId>;

struct NotProjected {};

class Projection {
 public:
  explicit Projection(Expressions& expressions) : expressions_(expressions) {}

  ExpressionId without(ExpressionId condition, VariableId v) {
    std::vector<Literals> cases{{}};
    split(condition, v, cases);
    std::vector<ExpressionId> results;
    for (const Literals& literals : cases) results.push_back(eliminated(literals, v));
    return expressions_.disjunction(std::move(results));
  }

 private:
  bool mentions(ExpressionId e, VariableId v) const {
    std::vector<VariableId> inside;
    expressions_.add_variables(e, inside);
    return std::ranges::binary_search(inside, v);
  }

  // Multiplies the cases out by the condition. What does not mention the variable is not taken apart.
  void split(ExpressionId condition, VariableId v, std::vector<Literals>& cases) {
    const Expressions::Node node = expressions_[condition];
    if (node.op == Op::conjunction) {
      for (const ExpressionId part : node.operands) split(part, v, cases);
      return;
    }
    if (!mentions(condition, v) || (node.op != Op::disjunction && node.op != Op::not_zero)) {
      for (Literals& each : cases) each.push_back(condition);
      return;
    }
    std::vector<ExpressionId> parts = node.operands;
    if (node.op == Op::not_zero) {
      const ExpressionId zero = expressions_.number(0);
      parts = {expressions_.less(node.operands[0], zero), expressions_.less(zero, node.operands[0])};
    }
    std::vector<Literals> all;
    for (const ExpressionId part : parts) {
      std::vector<Literals> some = cases;
      split(part, v, some);
      all.insert(all.end(), some.begin(), some.end());
      if (all.size() > projection_cases_max) throw NotProjected{};
    }
    cases = std::move(all);
  }

  // The factor of the variable in a sum, 1 or -1.
  std::int64_t factor(ExpressionId sum, VariableId v) const {
    const Expressions::Node& node = expressions_[sum];
    if (expressions_.bare_variable(sum) == v) return 1;
    if (node.op != Op::sum) throw NotProjected{};
    std::int64_t found = 0;
    for (std::size_t i = 0; i < node.operands.size(); ++i) {
      if (expressions_.bare_variable(node.operands[i]) == v)
        found = node.coefficients[i];
      else if (mentions(node.operands[i], v))
        throw NotProjected{};
    }
    if (found != 1 && found != -1) throw NotProjected{};
    return found;
  }

  ExpressionId eliminated(const Literals& literals, VariableId v) {
    const ExpressionId x = expressions_.variable(v);
    Literals rest;
    std::vector<ExpressionId> lower, upper;  // v is at least, at most these
    for (const ExpressionId literal : literals) {
      if (!mentions(literal, v)) {
        rest.push_back(literal);
        continue;
      }
      const Expressions::Node node = expressions_[literal];
      const std::int64_t k = factor(node.operands[0], v);
      // node: k*v + others <= 0 or = 0
      const ExpressionId others =
          expressions_.subtract(node.operands[0], expressions_.multiply(x, expressions_.number(k)));
      const ExpressionId bound = expressions_.multiply(others, expressions_.number(-k));
      if (node.op == Op::zero) {
        for (const ExpressionId each : literals) rest.push_back(expressions_.substitute(each, {{v, bound}}));
        return expressions_.conjunction(std::move(rest));
      }
      (k > 0 ? upper : lower).push_back(bound);
    }
    for (const ExpressionId a : lower)
      for (const ExpressionId b : upper) rest.push_back(expressions_.at_most(a, b));
    return expressions_.conjunction(std::move(rest));
  }

  Expressions& expressions_;
};

}  // namespace

std::optional<ExpressionId> project(Expressions& expressions, ExpressionId condition,
                                    const std::vector<VariableId>& chosen) {
  try {
    for (const VariableId v : chosen) condition = Projection(expressions).without(condition, v);
    return condition;
  } catch (const NotProjected&) {
    return std::nullopt;
  }
}

}  // namespace tryst
