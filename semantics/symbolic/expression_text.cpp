// Expressions as CSPM writes them: what is subtracted stands on the other side of a comparison.
#include <string>

#include "semantics/symbolic/expressions.hpp"

namespace tryst {

namespace {

using Op = Expressions::Op;
using Names = std::function<std::string(VariableId)>;

// n + 2*a + b, or the number alone.
std::string sum_text(std::int64_t number, const std::vector<std::string>& terms) {
  std::string out;
  for (const std::string& term : terms) out += (out.empty() ? "" : "+") + term;
  if (out.empty()) return std::to_string(number);
  if (number > 0) out += "+" + std::to_string(number);
  if (number < 0) out += std::to_string(number);
  return out;
}

std::string scaled(std::int64_t coefficient, const std::string& atom) {
  return coefficient == 1 ? atom : std::to_string(coefficient) + "*" + atom;
}

}  // namespace

std::string Expressions::comparison_text(const Node& node, const Names& name) const {
  const Node& sum = (*this)[node.operands[0]];
  const auto atom = [&](ExpressionId e) {
    return (*this)[e].op == Op::variable ? text(e, name) : "(" + text(e, name) + ")";
  };
  std::vector<std::string> left, right;
  std::int64_t number = 0;
  if (sum.op == Op::sum) {
    number = sum.number;
    for (std::size_t i = 0; i < sum.operands.size(); ++i) {
      const std::int64_t c = sum.coefficients[i];
      (c > 0 ? left : right).push_back(scaled(c > 0 ? c : -c, atom(sum.operands[i])));
    }
  } else {
    left.push_back(text(node.operands[0], name));
  }
  const char* sign = node.op == Op::zero ? " == " : node.op == Op::not_zero ? " != " : " <= ";
  if (left.empty())  // only what is subtracted: the other way round
    return sum_text(0, right) + (node.op == Op::not_above_zero ? " >= " : sign) + std::to_string(number);
  if (node.op == Op::not_above_zero && number == 1 && !right.empty())
    return sum_text(0, left) + " < " + sum_text(0, right);
  return sum_text(number > 0 && !right.empty() ? number : 0, left) + sign +
         sum_text(number > 0 && !right.empty() ? 0 : -number, right);
}

std::string Expressions::text(ExpressionId e, const Names& name) const {
  const Node& node = (*this)[e];
  const auto operand = [&](std::size_t i) {
    const Op op = (*this)[node.operands[i]].op;
    const std::string inner = text(node.operands[i], name);
    return op == Op::variable ? inner : "(" + inner + ")";
  };
  switch (node.op) {
    case Op::variable: return name(VariableId{static_cast<std::uint32_t>(node.number)});
    case Op::product: return operand(0) + "*" + operand(1);
    case Op::quotient: return operand(0) + "/" + std::to_string(node.number);
    case Op::remainder: return operand(0) + "%" + std::to_string(node.number);
    case Op::sum: {
      std::vector<std::string> terms;
      for (std::size_t i = 0; i < node.operands.size(); ++i) terms.push_back(scaled(node.coefficients[i], operand(i)));
      return sum_text(node.number, terms);
    }
    case Op::truth: return node.number != 0 ? "true" : "false";
    case Op::not_above_zero:
    case Op::zero:
    case Op::not_zero: return comparison_text(node, name);
    case Op::element: {
      const std::string word = text(node.operands[0], name);
      if (node.number == 0) return "head(" + word + ")";
      return "element " + std::to_string(node.number) + " of " + word;
    }
    case Op::unit: return "<" + text(node.operands[0], name) + ">";
    case Op::join: {
      std::string all;
      for (const ExpressionId part : node.operands) all += (all.empty() ? "" : "^") + text(part, name);
      return all.empty() ? "<>" : all;
    }
    case Op::rest: {
      std::string word = text(node.operands[0], name);
      if (node.coefficients[0] != 0)
        return word + " from " + std::to_string(node.number) + " to its end but " +
               std::to_string(node.coefficients[0]);
      for (std::int64_t i = 0; i < node.number; ++i) word = "tail(" + word + ")";
      return word;
    }
    case Op::same:
    case Op::not_same:
      return text(node.operands[0], name) + (node.op == Op::same ? " == " : " != ") + text(node.operands[1], name);
    case Op::has:
    case Op::not_has: {
      const std::size_t width = node.operands.size() / 2;
      std::string words, integers;
      for (std::size_t i = 0; i < width; ++i) {
        words += (i == 0 ? "" : "/") + text(node.operands[i], name);
        integers += (i == 0 ? "" : "/") + text(node.operands[width + i], name);
      }
      return (node.op == Op::has ? "elem(" : "not elem(") + integers + ", " + words + ")";
    }
    case Op::conjunction:
    case Op::disjunction: break;
  }
  std::string out;
  for (const ExpressionId part : node.operands) {
    const bool nested = (*this)[part].op >= Op::conjunction;
    out += out.empty() ? "" : node.op == Op::conjunction ? " and " : " or ";
    out += nested ? "(" + text(part, name) + ")" : text(part, name);
  }
  return out;
}

}  // namespace tryst
