#include "checker/symbolic/word_cases.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tryst {

namespace {

using Op = Expressions::Op;

class Case {
 public:
  Case(Expressions& expressions, std::set<VariableId> filled) : expressions_(expressions), filled_(std::move(filled)) {}

  std::vector<ExpressionId> without_words(std::vector<ExpressionId> literals) {
    use_equations(literals);
    std::map<ExpressionId, ExpressionId> elements;
    for (ExpressionId& literal : literals) literal = expressions_.without_words(tidy(literal), elements);
    return literals;
  }

 private:
  // Replaces each variable that is the same as some other word by that.
  void use_equations(std::vector<ExpressionId>& literals) {
    for (std::size_t i = 0; i < literals.size(); ++i) {
      const Expressions::Node node = expressions_[literals[i]];
      if (node.op == Op::conjunction) {
        literals.insert(literals.end(), node.operands.begin(), node.operands.end());
        literals[i] = expressions_.truth(true);
      }
      if (node.op != Op::same) continue;
      for (const std::size_t side : {0, 1}) {
        const auto variable = expressions_.bare_variable(node.operands[side]);
        const ExpressionId other = node.operands[1 - side];
        std::vector<VariableId> inside;
        expressions_.add_variables(other, inside);
        if (!variable || std::ranges::binary_search(inside, *variable)) continue;
        for (ExpressionId& literal : literals) literal = expressions_.substitute(literal, {{*variable, other}});
        break;
      }
    }
  }

  bool is_filled(ExpressionId word) const {
    const auto variable = expressions_.bare_variable(word);
    return expressions_[word].op == Op::unit || (variable && filled_.contains(*variable));
  }
  std::vector<ExpressionId> pieces(ExpressionId word) const {
    const Expressions::Node& node = expressions_[word];
    return node.op == Op::join ? node.operands : std::vector{word};
  }

  // With what is known of the ends of words.
  ExpressionId tidy(ExpressionId e) {
    const auto at = done_.find(e);
    if (at != done_.end()) return at->second;
    const ExpressionId result = tidied(e);
    done_.emplace(e, result);
    return result;
  }

  ExpressionId tidied(ExpressionId e) {
    const Expressions::Node node = expressions_[e];
    std::vector<ExpressionId> operands;
    for (const ExpressionId operand : node.operands) operands.push_back(tidy(operand));
    switch (node.op) {
      case Op::variable:
      case Op::truth: return e;
      case Op::product: return expressions_.multiply(operands[0], operands[1]);
      case Op::quotient: return expressions_.quotient(operands[0], node.number);
      case Op::remainder: return expressions_.remainder(operands[0], node.number);
      case Op::sum: {
        ExpressionId sum = expressions_.number(node.number);
        for (std::size_t i = 0; i < operands.size(); ++i)
          sum = expressions_.add(sum, expressions_.multiply(operands[i], expressions_.number(node.coefficients[i])));
        return sum;
      }
      case Op::element: return element(operands[0], node.number);
      case Op::unit: return expressions_.unit(operands[0]);
      case Op::join: return merged(operands);
      case Op::rest: return rest(operands[0], node.number, node.coefficients[0]);
      case Op::not_above_zero: return expressions_.at_most(operands[0], expressions_.number(0));
      case Op::zero: return expressions_.equal(operands[0], expressions_.number(0));
      case Op::not_zero: return expressions_.negation(expressions_.equal(operands[0], expressions_.number(0)));
      case Op::same: return expressions_.same(operands[0], operands[1]);
      case Op::not_same: return expressions_.negation(expressions_.same(operands[0], operands[1]));
      case Op::has:
      case Op::not_has: {
        const auto middle = operands.begin() + static_cast<std::ptrdiff_t>(operands.size() / 2);
        const ExpressionId found = expressions_.has({operands.begin(), middle}, {middle, operands.end()});
        return node.op == Op::has ? found : expressions_.negation(found);
      }
      case Op::conjunction: return expressions_.conjunction(std::move(operands));
      case Op::disjunction: return expressions_.disjunction(std::move(operands));
    }
    return e;
  }

  ExpressionId element(ExpressionId word, std::int64_t at) {
    const std::vector<ExpressionId> all = pieces(word);
    if (all.size() > 1 && at == 0 && is_filled(all.front())) return expressions_.element(all.front(), 0);
    if (all.size() > 1 && at == -1 && is_filled(all.back())) return expressions_.element(all.back(), -1);
    return expressions_.element(word, at);
  }

  // One element at an end of a piece that has one is taken away from that piece.
  ExpressionId rest(ExpressionId word, std::int64_t in_front, std::int64_t at_end) {
    std::vector<ExpressionId> all = pieces(word);
    if (all.size() > 1 && in_front == 1 && is_filled(all.front())) {
      all.front() = expressions_.rest(all.front(), 1, 0);
      in_front = 0;
    }
    if (all.size() > 1 && at_end == 1 && is_filled(all.back())) {
      all.back() = expressions_.rest(all.back(), 0, 1);
      at_end = 0;
    }
    return expressions_.rest(merged(all), in_front, at_end);
  }

  // An element that a word begins or ends with, and the rest of that word, are that word.
  ExpressionId merged(const std::vector<ExpressionId>& words) {
    std::vector<ExpressionId> all = pieces(expressions_.join(words));
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
      const auto whole = together(all[i], all[i + 1]);
      if (!whole) continue;
      all[i] = *whole;
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
    return expressions_.join(all);
  }

  std::optional<ExpressionId> together(ExpressionId first, ExpressionId second) {
    const auto try_end = [&](ExpressionId unit, ExpressionId rest, std::int64_t at) -> std::optional<ExpressionId> {
      const Expressions::Node& left = expressions_[unit];
      const Expressions::Node& right = expressions_[rest];
      if (left.op != Op::unit || right.op != Op::rest || !is_filled(right.operands[0])) return std::nullopt;
      const bool is_end =
          at == 0 ? right.number == 1 && right.coefficients[0] == 0 : right.number == 0 && right.coefficients[0] == 1;
      const ExpressionId word = right.operands[0];
      const ExpressionId integer = left.operands[0];
      if (!is_end || expressions_.element(word, at) != integer) return std::nullopt;
      return word;
    };
    if (const auto whole = try_end(first, second, 0)) return whole;
    return try_end(second, first, -1);
  }

  Expressions& expressions_;
  std::set<VariableId> filled_;  // words that are not empty
  std::map<ExpressionId, ExpressionId> done_;
};

}  // namespace

std::vector<std::vector<ExpressionId>> integer_cases(Expressions& expressions,
                                                     const std::vector<ExpressionId>& conditions) {
  std::vector<VariableId> words;
  for (const ExpressionId condition : conditions) expressions.add_variables(condition, words);
  std::erase_if(words, [&](VariableId v) { return !expressions.length_of(v); });
  if (words.empty()) return {conditions};
  // Words that are equally long are empty together.
  std::vector<std::vector<VariableId>> classes;
  for (const VariableId word : words) {
    const auto equally_long = [&](const std::vector<VariableId>& others) {
      const ExpressionId equation = expressions.equal(expressions.variable(*expressions.length_of(word)),
                                                      expressions.variable(*expressions.length_of(others[0])));
      return std::ranges::any_of(conditions, [&](ExpressionId condition) {
        const Expressions::Node& node = expressions[condition];
        return condition == equation ||
               (node.op == Op::conjunction && std::ranges::binary_search(node.operands, equation));
      });
    };
    const auto at = std::ranges::find_if(classes, equally_long);
    if (at == classes.end())
      classes.push_back({word});
    else
      at->push_back(word);
  }
  const std::size_t split = std::min(classes.size(), word_variables_max);
  std::vector<std::vector<ExpressionId>> cases;
  for (std::size_t n = 0; n < std::size_t{1} << split; ++n) {
    Expressions::Assignment empty;
    std::set<VariableId> filled;
    std::vector<ExpressionId> literals;
    for (std::size_t i = 0; i < split; ++i) {
      const ExpressionId zero = expressions.number(0);
      for (const VariableId word : classes[i]) {
        const VariableId length = *expressions.length_of(word);
        if ((n >> i & 1) != 0) {
          filled.insert(word);
          literals.push_back(expressions.less(zero, expressions.variable(length)));
        } else {
          empty.emplace(word, expressions.join({}));
          empty.emplace(length, zero);
        }
      }
    }
    for (const ExpressionId condition : conditions) literals.push_back(expressions.substitute(condition, empty));
    if (std::ranges::any_of(literals, [&](ExpressionId e) { return expressions.is(e, false); })) continue;
    cases.push_back(Case(expressions, std::move(filled)).without_words(std::move(literals)));
  }
  return cases;
}

}  // namespace tryst
