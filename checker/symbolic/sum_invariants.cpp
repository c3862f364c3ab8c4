#include "checker/symbolic/sum_invariants.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

namespace tryst {

namespace {

constexpr std::size_t samples_min = 6;  // fewer say nothing
constexpr std::size_t bounded_max = 6;  // variables of one control whose sums are bounded
constexpr std::size_t meets_min = 3;    // samples that meet a bound that is not small
constexpr std::int64_t small_bound = 2;

using Row = std::vector<std::int64_t>;

// a * x - b * y, divided by what all entries have in common; none: it exceeds 64 bits.
std::optional<Row> combined(std::int64_t a, const Row& x, std::int64_t b, const Row& y) {
  Row result(x.size());
  std::int64_t common = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    std::int64_t left = 0, right = 0;
    if (__builtin_mul_overflow(a, x[i], &left) || __builtin_mul_overflow(b, y[i], &right) ||
        __builtin_sub_overflow(left, right, &result[i]) || result[i] == std::numeric_limits<std::int64_t>::min())
      return std::nullopt;
    common = std::gcd(common, result[i]);
  }
  if (common > 1)
    for (std::int64_t& n : result) n /= common;
  return result;
}

class Guesses {
 public:
  Guesses(Expressions& expressions, const SymbolicProblem::Control& control, const std::vector<Numbers>& samples)
      : expressions_(expressions), samples_(samples), variables_(control.variables) {
    std::erase_if(variables_, [&](VariableId v) { return expressions.length_of(v).has_value(); });
    if (samples.size() < samples_min || !reduce()) return;
    add_equations();
    add_bounds();
  }

  std::set<ExpressionId> found;

 private:
  // The samples, each with a 1 at its end, in reduced row echelon form. False: numbers are too large.
  bool reduce() {
    for (const Numbers& sample : samples_) {
      Row row;
      for (const VariableId v : variables_) row.push_back(sample.integers.at(v));
      row.push_back(1);
      for (std::size_t r = 0; r < rows_.size(); ++r) {
        const auto less = combined(rows_[r][pivots_[r]], row, row[pivots_[r]], rows_[r]);
        if (!less) return false;
        row = *less;
      }
      const auto pivot = std::ranges::find_if(row, [](std::int64_t n) { return n != 0; });
      if (pivot == row.end()) continue;
      const auto at = static_cast<std::size_t>(pivot - row.begin());
      for (Row& other : rows_) {
        const auto less = combined(row[at], other, other[at], row);
        if (!less) return false;
        other = *less;
      }
      rows_.push_back(std::move(row));
      pivots_.push_back(at);
    }
    return true;
  }

  bool is_pivot(std::size_t column) const { return std::ranges::find(pivots_, column) != pivots_.end(); }

  // What is no pivot is given by the pivots: each sample is a combination of the rows.
  void add_equations() {
    for (std::size_t column = 0; column <= variables_.size(); ++column) {
      if (is_pivot(column)) continue;
      // x_column = sum over the rows of row[column] / row[pivot] * x_pivot
      std::int64_t common = 1;
      for (std::size_t r = 0; r < rows_.size(); ++r) {
        const std::int64_t denominator = rows_[r][pivots_[r]] / std::gcd(rows_[r][pivots_[r]], rows_[r][column]);
        common = std::lcm(common, denominator);
        if (common > coefficient_max || common < -coefficient_max) return;
      }
      ExpressionId sum = term(column, -common);
      for (std::size_t r = 0; r < rows_.size(); ++r) {
        std::int64_t product = 0;
        if (__builtin_mul_overflow(common, rows_[r][column], &product)) return;
        sum = expressions_.add(sum, term(pivots_[r], product / rows_[r][pivots_[r]]));
      }
      found.insert(expressions_.equal(sum, expressions_.number(0)));
    }
  }

  ExpressionId term(std::size_t column, std::int64_t coefficient) {
    const ExpressionId factor = expressions_.number(coefficient);
    return column == variables_.size() ? factor
                                       : expressions_.multiply(factor, expressions_.variable(variables_[column]));
  }

  void add_bounds() {
    std::vector<std::size_t> free;
    for (std::size_t column = 0; column < variables_.size(); ++column)
      if (is_pivot(column)) free.push_back(column);
    if (free.size() > bounded_max) return;
    const std::size_t n = free.size();
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = i + 1; j < n; ++j)
        for (std::size_t k = j + 1; k <= n; ++k)  // n: only two
          for (int signs = 0; signs < (k == n ? 4 : 8); ++signs) {
            std::vector<std::pair<std::size_t, std::int64_t>> sum;
            for (const auto& [place, bit] : {std::pair{i, 1}, std::pair{j, 2}, std::pair{k, 4}})
              if (place < n) sum.emplace_back(free[place], (signs & bit) != 0 ? 1 : -1);
            add_bound(sum);
          }
  }

  void add_bound(const std::vector<std::pair<std::size_t, std::int64_t>>& sum) {
    std::int64_t most = std::numeric_limits<std::int64_t>::min();
    std::size_t met = 0;
    for (const Numbers& sample : samples_) {
      std::int64_t worth = 0;
      for (const auto& [column, sign] : sum)
        if (__builtin_add_overflow(worth, sign * sample.integers.at(variables_[column]), &worth)) return;
      if (worth > most) met = 0;
      most = std::max(most, worth);
      if (worth == most) ++met;
    }
    const bool is_small = most >= -small_bound && most <= small_bound;
    if (!is_small && met < meets_min) return;
    ExpressionId left = expressions_.number(0);
    for (const auto& [column, sign] : sum) left = expressions_.add(left, term(column, sign));
    found.insert(expressions_.at_most(left, expressions_.number(most)));
  }

  static constexpr std::int64_t coefficient_max = std::int64_t{1} << 20;

  Expressions& expressions_;
  const std::vector<Numbers>& samples_;
  std::vector<VariableId> variables_;
  std::vector<Row> rows_;
  std::vector<std::size_t> pivots_;  // by row
};

}  // namespace

std::vector<ExpressionId> sum_invariants(Expressions& expressions, const SymbolicProblem& problem,
                                         const std::vector<ExpressionId>& known,
                                         const std::vector<std::vector<Numbers>>& samples,
                                         const Impossible& is_impossible) {
  const auto guess = [&](std::size_t c) { return Guesses(expressions, problem.controls[c], samples[c]).found; };
  return kept_candidates(expressions, problem, guess, known, is_impossible);
}

}  // namespace tryst
