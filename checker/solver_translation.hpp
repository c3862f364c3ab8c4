// Our integers and conditions as Z3's, for those files that ask it (z3_context.hpp).
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "checker/z3_context.hpp"
#include "semantics/symbolic/expressions.hpp"

namespace tryst {

inline unsigned milliseconds(double seconds) {
  return static_cast<unsigned>(std::clamp(std::ceil(seconds * 1000), 1.0, 4e9));
}

inline std::string name_of(VariableId v) { return "v" + std::to_string(index(v)); }

// `variable` says what variables are, and `of_words` what elements of words are, and what is said of whole words.
class Translation {
 public:
  using Op = Expressions::Op;
  using VariableOf = std::function<z3::expr(VariableId)>;
  using OfWords = std::function<z3::expr(ExpressionId)>;

  Translation(const Expressions& expressions, VariableOf variable, OfWords of_words)
      : context_(shared_context()),
        expressions_(expressions),
        variable_(std::move(variable)),
        of_words_(std::move(of_words)) {}

  z3::expr operator()(ExpressionId e) {
    if (const auto at = done_.find(e); at != done_.end()) return at->second;
    const z3::expr result = translate(e);
    done_.emplace(e, result);
    return result;
  }

 private:
  z3::expr translate(ExpressionId e) {
    const Expressions::Node& node = expressions_[e];
    z3::expr_vector v(context_);
    const bool is_of_words = node.op == Op::element || (node.op >= Op::same && node.op < Op::conjunction);
    if (is_of_words) return of_words_(e);
    for (const ExpressionId operand : node.operands) v.push_back((*this)(operand));
    const auto number = [&](std::int64_t n) { return context_.int_val(n); };
    switch (node.op) {
      case Op::variable: return variable_(VariableId{static_cast<std::uint32_t>(node.number)});
      case Op::product: return v[0] * v[1];
      case Op::quotient: return v[0] / number(node.number);
      case Op::remainder: return z3::mod(v[0], number(node.number));
      case Op::sum: {
        z3::expr sum = number(node.number);
        for (unsigned i = 0; i < v.size(); ++i) {
          const std::int64_t c = node.coefficients[i];
          sum = c == 1 ? sum + v[i] : c == -1 ? sum - v[i] : sum + number(c) * v[i];
        }
        return sum;
      }
      case Op::element:
      case Op::same:
      case Op::not_same:
      case Op::has:
      case Op::not_has:
      case Op::unit:
      case Op::join:
      case Op::rest: break;
      case Op::truth: return context_.bool_val(node.number != 0);
      case Op::not_above_zero: return v[0] <= 0;
      case Op::zero: return v[0] == 0;
      case Op::not_zero: return v[0] != 0;
      case Op::conjunction: return z3::mk_and(v);
      case Op::disjunction: return z3::mk_or(v);
    }
    return context_.bool_val(false);
  }

  z3::context& context_;
  const Expressions& expressions_;
  VariableOf variable_;
  OfWords of_words_;
  std::map<ExpressionId, z3::expr> done_;
};

}  // namespace tryst
