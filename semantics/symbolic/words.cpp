// Words in normal form: what is known of their ends is used, what is not is left to the solver.
#include <algorithm>
#include <cassert>

#include "semantics/symbolic/expressions.hpp"

namespace tryst {

namespace {

using Op = Expressions::Op;

}  // namespace

VariableId Expressions::fresh_word() {
  const VariableId word = fresh();
  const VariableId length = fresh();
  lengths_.emplace(word, length);
  words_.emplace(length, word);
  return word;
}

std::optional<VariableId> Expressions::length_of(VariableId word) const {
  const auto at = lengths_.find(word);
  return at == lengths_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<VariableId> Expressions::word_of(VariableId length) const {
  const auto at = words_.find(length);
  return at == words_.end() ? std::nullopt : std::optional(at->second);
}

bool Expressions::is_word(ExpressionId e) const {
  const Op op = (*this)[e].op;
  if (op == Op::variable) return lengths_.contains(*bare_variable(e));
  return op == Op::unit || op == Op::join || op == Op::rest;
}

std::vector<ExpressionId> Expressions::pieces(ExpressionId word) const {
  assert(is_word(word));
  const Node& node = (*this)[word];
  return node.op == Op::join ? node.operands : std::vector{word};
}

ExpressionId Expressions::unit(ExpressionId integer) { return intern({Op::unit, 0, {integer}}); }

ExpressionId Expressions::join(const std::vector<ExpressionId>& words) {
  Node node{Op::join};
  for (const ExpressionId word : words) {
    const std::vector<ExpressionId> more = pieces(word);
    node.operands.insert(node.operands.end(), more.begin(), more.end());
  }
  return node.operands.size() == 1 ? node.operands[0] : intern(std::move(node));
}

ExpressionId Expressions::constant(const Word& word) {
  std::vector<ExpressionId> units;
  for (const std::int64_t n : word) units.push_back(unit(number(n)));
  return join(units);
}

ExpressionId Expressions::rest(ExpressionId word, std::int64_t in_front, std::int64_t at_end) {
  assert(in_front >= 0 && at_end >= 0);
  const Node inner = (*this)[word];
  if (inner.op == Op::rest) {  // too short is too short in both
    word = inner.operands[0];
    in_front += inner.number;
    at_end += inner.coefficients[0];
  }
  std::vector<ExpressionId> all = pieces(word);
  while (in_front > 0 && !all.empty() && (*this)[all.front()].op == Op::unit) {
    all.erase(all.begin());
    --in_front;
  }
  while (at_end > 0 && !all.empty() && (*this)[all.back()].op == Op::unit) {
    all.pop_back();
    --at_end;
  }
  word = join(all);
  if (all.empty() || (in_front == 0 && at_end == 0)) return word;
  return intern({Op::rest, in_front, {word}, {at_end}});
}

ExpressionId Expressions::length(ExpressionId word) {
  const Node node = (*this)[word];
  ExpressionId sum = number(0);
  switch (node.op) {
    case Op::variable: return variable(lengths_.at(*bare_variable(word)));
    case Op::unit: return number(1);
    case Op::rest: return subtract(length(node.operands[0]), number(node.number + node.coefficients[0]));
    default:
      for (const ExpressionId piece : node.operands) sum = add(sum, length(piece));
      return sum;
  }
}

ExpressionId Expressions::element(ExpressionId word, std::int64_t at) {
  std::vector<ExpressionId> all = pieces(word);
  while (at >= 0 && !all.empty() && (*this)[all.front()].op == Op::unit) {
    if (at-- == 0) return (*this)[all.front()].operands[0];
    all.erase(all.begin());
  }
  while (at < 0 && !all.empty() && (*this)[all.back()].op == Op::unit) {
    if (++at == 0) return (*this)[all.back()].operands[0];
    all.pop_back();
  }
  if (all.empty()) return number(0);
  const Node only = (*this)[all.front()];
  if (all.size() == 1 && only.op == Op::rest)
    return element(only.operands[0], at < 0 ? at - only.coefficients[0] : at + only.number);
  return intern({Op::element, at, {join(all)}});
}

// What both words begin or end with is left out; that they are equally long is said besides, where the solver for
// integers sees it.
ExpressionId Expressions::same(ExpressionId a, ExpressionId b) {
  if (!is_word(a)) return equal(a, b);
  std::vector<ExpressionId> left = pieces(a), right = pieces(b), all;
  const auto is_unit = [this](ExpressionId e) { return (*this)[e].op == Op::unit; };
  const auto agree = [&](ExpressionId x, ExpressionId y) {
    if (x == y) return true;
    if (!is_unit(x) || !is_unit(y)) return false;
    all.push_back(equal((*this)[x].operands[0], (*this)[y].operands[0]));
    return true;
  };
  while (!left.empty() && !right.empty() && agree(left.front(), right.front())) {
    left.erase(left.begin());
    right.erase(right.begin());
  }
  while (!left.empty() && !right.empty() && agree(left.back(), right.back())) {
    left.pop_back();
    right.pop_back();
  }
  a = join(left);
  b = join(right);
  all.push_back(equal(length(a), length(b)));
  if (!left.empty() && !right.empty()) all.push_back(intern({Op::same, 0, {std::min(a, b), std::max(a, b)}}));
  return conjunction(std::move(all));
}

// Piece by piece, where the words are made of as many; a piece is one integer in all of them or in none.
ExpressionId Expressions::has(const std::vector<ExpressionId>& words, const std::vector<ExpressionId>& integers) {
  assert(!words.empty() && words.size() == integers.size());
  std::vector<std::vector<ExpressionId>> columns;
  for (const ExpressionId word : words) columns.push_back(pieces(word));
  const std::size_t length = columns[0].size();
  const auto is_unit = [&](std::size_t column, std::size_t i) { return (*this)[columns[column][i]].op == Op::unit; };
  bool is_parallel = true;
  for (std::size_t c = 0; is_parallel && c < columns.size(); ++c) {
    is_parallel = columns[c].size() == length;
    for (std::size_t i = 0; is_parallel && i < length; ++i) is_parallel = is_unit(c, i) == is_unit(0, i);
  }
  const auto node_of = [&](const std::vector<ExpressionId>& parts) {
    Node node{Op::has, 0, parts};
    node.operands.insert(node.operands.end(), integers.begin(), integers.end());
    return intern(std::move(node));
  };
  if (!is_parallel) return node_of(words);
  std::vector<ExpressionId> cases;
  for (std::size_t i = 0; i < length; ++i) {
    std::vector<ExpressionId> equations, parts;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (is_unit(c, i)) equations.push_back(equal((*this)[columns[c][i]].operands[0], integers[c]));
      parts.push_back(columns[c][i]);
    }
    cases.push_back(is_unit(0, i) ? conjunction(std::move(equations)) : node_of(parts));
  }
  return disjunction(std::move(cases));
}

ExpressionId Expressions::of_halves(Op op, const std::vector<ExpressionId>& both) {
  const auto middle = both.begin() + static_cast<std::ptrdiff_t>(both.size() / 2);
  const ExpressionId found = has({both.begin(), middle}, {middle, both.end()});
  return op == Op::has ? found : negation(found);
}

std::optional<Word> Expressions::word(ExpressionId e, const Numbers& values) const {
  const Node& node = (*this)[e];
  if (node.op == Op::variable) return values.words.at(*bare_variable(e));
  Word all;
  if (node.op == Op::unit) {
    const auto n = value(node.operands[0], values);
    return n ? std::optional(Word{*n}) : std::nullopt;
  }
  for (const ExpressionId operand : node.operands) {
    const auto part = word(operand, values);
    if (!part) return std::nullopt;
    all.insert(all.end(), part->begin(), part->end());
  }
  if (node.op != Op::rest) return all;
  const auto size = static_cast<std::int64_t>(all.size());
  if (node.number + node.coefficients[0] >= size) return Word{};
  return Word(all.begin() + node.number, all.end() - node.coefficients[0]);
}

ExpressionId Expressions::without_words(ExpressionId e, std::map<ExpressionId, ExpressionId>& elements) {
  const Node node = (*this)[e];
  switch (node.op) {
    case Op::same:
    case Op::has:
    case Op::not_same:
    case Op::not_has: {
      const bool is_negated = node.op == Op::not_same || node.op == Op::not_has;
      const auto [at, is_new] = elements.try_emplace(is_negated ? negation(e) : e);
      if (is_new) at->second = variable(fresh());
      const ExpressionId answer = equal(at->second, number(0));
      return is_negated ? answer : negation(answer);
    }
    case Op::conjunction:
    case Op::disjunction: {
      std::vector<ExpressionId> parts;
      for (const ExpressionId operand : node.operands) parts.push_back(without_words(operand, elements));
      return combined(node.op, std::move(parts));
    }
    case Op::not_above_zero:
    case Op::zero:
    case Op::not_zero: return compared(node.op, sum_of(without_words(node.operands[0], elements)));
    case Op::element: {
      const auto at = elements.find(e);
      if (at != elements.end()) return at->second;
      return elements.emplace(e, variable(fresh())).first->second;
    }
    case Op::product: {
      const ExpressionId left = without_words(node.operands[0], elements);
      return multiply(left, without_words(node.operands[1], elements));
    }
    case Op::quotient: return quotient(without_words(node.operands[0], elements), node.number);
    case Op::remainder: return remainder(without_words(node.operands[0], elements), node.number);
    case Op::sum: {
      ExpressionId sum = number(node.number);
      for (std::size_t i = 0; i < node.operands.size(); ++i)
        sum = add(sum, multiply(without_words(node.operands[i], elements), number(node.coefficients[i])));
      return sum;
    }
    default: return e;
  }
}

}  // namespace tryst
