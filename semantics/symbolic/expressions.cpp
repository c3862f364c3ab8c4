#include "semantics/symbolic/expressions.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "semantics/budget.hpp"

namespace tryst {

namespace {

using Op = Expressions::Op;

std::int64_t plus(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_add_overflow(a, b, &result)) throw LimitReached{"a number exceeds 64 bits"};
  return result;
}

std::int64_t times(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_mul_overflow(a, b, &result)) throw LimitReached{"a number exceeds 64 bits"};
  return result;
}

std::int64_t divided(std::int64_t a, std::int64_t b) {  // b > 0, rounding down
  return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

Expressions::Expressions() {
  false_ = intern({Op::truth, 0});
  true_ = intern({Op::truth, 1});
}

ExpressionId Expressions::intern(Node node) {
  const auto [at, added] = ids_.try_emplace(node, ExpressionId{static_cast<std::uint32_t>(nodes_.size())});
  if (added) nodes_.push_back(std::move(node));
  return at->second;
}

Expressions::Sum Expressions::sum_of(ExpressionId e) const {
  const Node& node = (*this)[e];
  assert(!is_condition(e));
  if (node.op != Op::sum) return {0, {{e, 1}}};
  Sum sum{node.number, {}};
  for (std::size_t i = 0; i < node.operands.size(); ++i) sum.terms.emplace_back(node.operands[i], node.coefficients[i]);
  return sum;
}

ExpressionId Expressions::of_sum(Sum sum) {
  if (sum.number == 0 && sum.terms.size() == 1 && sum.terms[0].second == 1) return sum.terms[0].first;
  Node node{Op::sum, sum.number};
  for (const auto& [atom, coefficient] : sum.terms) {
    node.operands.push_back(atom);
    node.coefficients.push_back(coefficient);
  }
  return intern(std::move(node));
}

ExpressionId Expressions::number(std::int64_t n) { return intern({Op::sum, n}); }

ExpressionId Expressions::variable(VariableId v) { return intern({Op::variable, index(v)}); }

std::optional<std::int64_t> Expressions::constant(ExpressionId e) const {
  const Node& node = (*this)[e];
  if (node.op != Op::sum || !node.operands.empty()) return std::nullopt;
  return node.number;
}

std::optional<VariableId> Expressions::bare_variable(ExpressionId e) const {
  const Node& node = (*this)[e];
  if (node.op != Op::variable) return std::nullopt;
  return VariableId{static_cast<std::uint32_t>(node.number)};
}

ExpressionId Expressions::add(ExpressionId a, ExpressionId b) {
  const Sum left = sum_of(a);
  const Sum right = sum_of(b);
  Sum sum{plus(left.number, right.number), {}};
  auto x = left.terms.begin();
  auto y = right.terms.begin();
  while (x != left.terms.end() || y != right.terms.end()) {
    if (y == right.terms.end() || (x != left.terms.end() && x->first < y->first)) {
      sum.terms.push_back(*x++);
    } else if (x == left.terms.end() || y->first < x->first) {
      sum.terms.push_back(*y++);
    } else {
      if (const std::int64_t both = plus(x->second, y->second); both != 0) sum.terms.emplace_back(x->first, both);
      ++x, ++y;
    }
  }
  return of_sum(std::move(sum));
}

ExpressionId Expressions::subtract(ExpressionId a, ExpressionId b) { return add(a, multiply(b, number(-1))); }

ExpressionId Expressions::multiply(ExpressionId a, ExpressionId b) {
  if (constant(a)) std::swap(a, b);
  const auto factor = constant(b);
  if (!factor) return intern({Op::product, 0, {std::min(a, b), std::max(a, b)}});
  if (*factor == 0) return number(0);
  Sum sum = sum_of(a);
  sum.number = times(sum.number, *factor);
  for (auto& term : sum.terms) term.second = times(term.second, *factor);
  return of_sum(std::move(sum));
}

ExpressionId Expressions::quotient(ExpressionId a, std::int64_t divisor) {
  assert(divisor != 0);
  if (divisor < 0) return quotient(multiply(a, number(-1)), times(divisor, -1));
  if (divisor == 1) return a;
  if (const auto n = constant(a)) return number(divided(*n, divisor));
  return intern({Op::quotient, divisor, {a}});
}

ExpressionId Expressions::remainder(ExpressionId a, std::int64_t divisor) {
  assert(divisor != 0);
  if (divisor < 0) return multiply(remainder(multiply(a, number(-1)), times(divisor, -1)), number(-1));
  if (divisor == 1) return number(0);
  if (const auto n = constant(a)) return number(*n - divided(*n, divisor) * divisor);
  return intern({Op::remainder, divisor, {a}});
}

// A comparison of the sum with 0, divided by what its coefficients have in common.
ExpressionId Expressions::compared(Op op, Sum sum) {
  if (sum.terms.empty())
    return truth(op == Op::not_above_zero ? sum.number <= 0 : (sum.number == 0) == (op == Op::zero));
  std::int64_t common = 0;
  for (const auto& term : sum.terms) common = std::gcd(common, term.second);
  if (op != Op::not_above_zero) {
    if (sum.number % common != 0) return truth(op == Op::not_zero);
    if (sum.terms[0].second < 0) common = -common;
    sum.number /= common;
  } else {
    sum.number = -divided(-sum.number, common);
  }
  for (auto& term : sum.terms) term.second /= common;
  return intern({op, 0, {of_sum(std::move(sum))}});
}

ExpressionId Expressions::at_most(ExpressionId a, ExpressionId b) {
  return compared(Op::not_above_zero, sum_of(subtract(a, b)));
}

ExpressionId Expressions::less(ExpressionId a, ExpressionId b) { return at_most(add(a, number(1)), b); }

ExpressionId Expressions::equal(ExpressionId a, ExpressionId b) { return compared(Op::zero, sum_of(subtract(a, b))); }

ExpressionId Expressions::negation(ExpressionId e) {
  const Node node = (*this)[e];
  switch (node.op) {
    case Op::truth: return truth(node.number == 0);
    case Op::not_above_zero: return less(number(0), node.operands[0]);
    case Op::zero: return intern({Op::not_zero, 0, node.operands});
    case Op::not_zero: return intern({Op::zero, 0, node.operands});
    case Op::same: return intern({Op::not_same, 0, node.operands});
    case Op::not_same: return intern({Op::same, 0, node.operands});
    case Op::has: return intern({Op::not_has, 0, node.operands});
    case Op::not_has: return intern({Op::has, 0, node.operands});
    default: break;
  }
  assert(node.op == Op::conjunction || node.op == Op::disjunction);
  std::vector<ExpressionId> operands;
  for (const ExpressionId operand : node.operands) operands.push_back(negation(operand));
  return combined(node.op == Op::conjunction ? Op::disjunction : Op::conjunction, std::move(operands));
}

ExpressionId Expressions::combined(Op op, std::vector<ExpressionId> list) {
  const bool neutral = op == Op::conjunction;
  std::vector<ExpressionId> operands;
  for (const ExpressionId e : list) {
    if (is(e, !neutral)) return e;
    const Node& node = (*this)[e];
    if (node.op == op)
      operands.insert(operands.end(), node.operands.begin(), node.operands.end());
    else if (!is(e, neutral))
      operands.push_back(e);
  }
  std::ranges::sort(operands);
  operands.erase(std::unique(operands.begin(), operands.end()), operands.end());
  for (const ExpressionId e : operands) {
    const Op kind = (*this)[e].op;
    const bool is_literal = kind >= Op::not_above_zero && kind < Op::conjunction;
    if (is_literal && std::ranges::binary_search(operands, negation(e))) return truth(!neutral);
  }
  if (operands.empty()) return truth(neutral);
  if (operands.size() == 1) return operands[0];
  return intern({op, 0, std::move(operands)});
}

ExpressionId Expressions::conjunction(std::vector<ExpressionId> list) {
  return combined(Op::conjunction, std::move(list));
}

ExpressionId Expressions::disjunction(std::vector<ExpressionId> list) {
  return combined(Op::disjunction, std::move(list));
}

ExpressionId Expressions::substitute(ExpressionId e, const Assignment& assignment) {
  if (assignment.empty()) return e;
  std::unordered_map<ExpressionId, ExpressionId> done;
  return substitute(e, assignment, done);
}

ExpressionId Expressions::substitute(ExpressionId e, const Assignment& assignment,
                                     std::unordered_map<ExpressionId, ExpressionId>& done) {
  if (const auto at = done.find(e); at != done.end()) return at->second;
  const Node node = (*this)[e];
  std::vector<ExpressionId> operands;
  for (const ExpressionId operand : node.operands) operands.push_back(substitute(operand, assignment, done));
  ExpressionId result = e;
  switch (node.op) {
    case Op::truth: break;
    case Op::variable:
      if (const auto at = assignment.find(VariableId{static_cast<std::uint32_t>(node.number)}); at != assignment.end())
        result = at->second;
      break;
    case Op::product: result = multiply(operands[0], operands[1]); break;
    case Op::quotient: result = quotient(operands[0], node.number); break;
    case Op::remainder: result = remainder(operands[0], node.number); break;
    case Op::sum:
      result = number(node.number);
      for (std::size_t i = 0; i < operands.size(); ++i)
        result = add(result, multiply(operands[i], number(node.coefficients[i])));
      break;
    case Op::not_above_zero:
    case Op::zero:
    case Op::not_zero: result = compared(node.op, sum_of(operands[0])); break;
    case Op::element: result = element(operands[0], node.number); break;
    case Op::unit: result = unit(operands[0]); break;
    case Op::join: result = join(operands); break;
    case Op::rest: result = rest(operands[0], node.number, node.coefficients[0]); break;
    case Op::same: result = same(operands[0], operands[1]); break;
    case Op::not_same: result = negation(same(operands[0], operands[1])); break;
    case Op::has:
    case Op::not_has: result = of_halves(node.op, operands); break;
    case Op::conjunction:
    case Op::disjunction: result = combined(node.op, std::move(operands)); break;
  }
  done.emplace(e, result);
  return result;
}

void Expressions::add_variables(ExpressionId e, std::vector<VariableId>& sorted) const {
  std::vector<ExpressionId> open{e};
  std::vector<bool> met(nodes_.size());
  while (!open.empty()) {
    const ExpressionId next = open.back();
    open.pop_back();
    if (met[index(next)]) continue;
    met[index(next)] = true;
    if (const auto v = bare_variable(next)) {
      const auto at = std::ranges::lower_bound(sorted, *v);
      if (at == sorted.end() || *at != *v) sorted.insert(at, *v);
    }
    open.insert(open.end(), (*this)[next].operands.begin(), (*this)[next].operands.end());
  }
}

std::optional<std::int64_t> Expressions::value(ExpressionId e, const Numbers& values) const {
  const Node& node = (*this)[e];
  if (node.op == Op::same || node.op == Op::not_same) {
    const auto a = word(node.operands[0], values);
    const auto b = word(node.operands[1], values);
    if (!a || !b) return std::nullopt;
    return (*a == *b) == (node.op == Op::same);
  }
  if (node.op == Op::has || node.op == Op::not_has) {
    const std::size_t width = node.operands.size() / 2;
    std::optional<std::vector<bool>> places;  // where all words so far have their integer
    for (std::size_t i = 0; i < width; ++i) {
      const auto all = word(node.operands[i], values);
      const auto wanted = value(node.operands[width + i], values);
      if (!all || !wanted) return std::nullopt;
      if (!places) places.emplace(all->size(), true);
      for (std::size_t at = 0; at < std::min(all->size(), places->size()); ++at)
        (*places)[at] = (*places)[at] && (*all)[at] == *wanted;
    }
    return (std::ranges::find(*places, true) != places->end()) == (node.op == Op::has);
  }
  if (node.op == Op::element) {
    const auto all = word(node.operands[0], values);
    if (!all) return std::nullopt;
    const auto size = static_cast<std::int64_t>(all->size());
    const std::int64_t at = node.number < 0 ? size + node.number : node.number;
    return at >= 0 && at < size ? (*all)[static_cast<std::size_t>(at)] : 0;
  }
  std::vector<std::int64_t> v;
  for (const ExpressionId operand : node.operands) {
    const auto one = value(operand, values);
    if (!one) return std::nullopt;
    v.push_back(*one);
  }
  std::int64_t result = node.number;
  switch (node.op) {
    case Op::variable: return values.integers.at(VariableId{static_cast<std::uint32_t>(node.number)});
    case Op::product:
      if (__builtin_mul_overflow(v[0], v[1], &result)) return std::nullopt;
      return result;
    case Op::quotient: return divided(v[0], node.number);
    case Op::remainder: return v[0] - divided(v[0], node.number) * node.number;
    case Op::sum:
      for (std::size_t i = 0; i < v.size(); ++i) {
        std::int64_t term = 0;
        if (__builtin_mul_overflow(v[i], node.coefficients[i], &term)) return std::nullopt;
        if (__builtin_add_overflow(result, term, &result)) return std::nullopt;
      }
      return result;
    case Op::truth: return result;
    case Op::not_above_zero: return v[0] <= 0;
    case Op::zero: return v[0] == 0;
    case Op::not_zero: return v[0] != 0;
    case Op::conjunction: return std::ranges::find(v, 0) == v.end();
    case Op::disjunction: return std::ranges::find(v, 1) != v.end();
    default: return std::nullopt;
  }
}

}  // namespace tryst
