#include "semantics/pi/name.hpp"

#include <algorithm>

#include "semantics/budget.hpp"

namespace tryst::pi {

namespace {

void check_size(std::int64_t value) {
  if (value > integer_max || value < -integer_max) throw LimitReached{"a number has become too large"};
}

}  // namespace

Name Integers::name_of(Sum sum) {
  if (sum.constant == 0 && sum.variables.size() == 1 && sum.variables[0].second == 1) return sum.variables[0].first;
  const auto id = static_cast<Name>(name_datum_bit | (first_sum + static_cast<std::uint32_t>(sums_.size())));
  const auto [at, is_new] = ids_.try_emplace(sum, id);
  if (is_new) sums_.push_back(std::move(sum));
  return at->second;
}

Sum Integers::sum_of(Name n) const {
  if (is_sum(n)) return sums_[number(n) - first_sum];
  return {{{n, 1}}, 0};
}

void Integers::add(Sum& to, const Sum& sum, std::int64_t factor) {
  check_size(factor);
  const auto product = [&](std::int64_t value) {
    std::int64_t result = 0;
    if (__builtin_mul_overflow(value, factor, &result)) throw LimitReached{"a number has become too large"};
    check_size(result);
    return result;
  };
  to.constant += product(sum.constant);
  check_size(to.constant);
  for (const auto& [variable, times] : sum.variables) {
    const auto at = std::lower_bound(to.variables.begin(), to.variables.end(), variable,
                                     [](const auto& entry, Name n) { return entry.first < n; });
    if (at == to.variables.end() || at->first != variable) {
      to.variables.insert(at, {variable, product(times)});
      continue;
    }
    at->second += product(times);
    check_size(at->second);
    if (at->second == 0) to.variables.erase(at);
  }
}

std::string text_of(const Sum& sum, const std::function<std::string(Name)>& text_of_variable) {
  std::string out;
  for (const auto& [variable, times] : sum.variables) {
    if (!out.empty() || times < 0) out += times < 0 ? "-" : "+";
    if (times != 1 && times != -1) out += std::to_string(std::abs(times)) + "*";
    out += text_of_variable(variable);
  }
  if (out.empty()) return std::to_string(sum.constant);
  if (sum.constant != 0) out += (sum.constant > 0 ? "+" : "") + std::to_string(sum.constant);
  return out;
}

std::string text_of(const Test& test, const Integers& integers,
                    const std::function<std::string(Name)>& text_of_variable) {
  constexpr const char* signs[] = {" <= ", "=", "#"};
  Sum left, right;
  const Sum sum = integers.sum_of(test.sum);
  for (const auto& [variable, times] : sum.variables)
    (times > 0 ? left : right).variables.emplace_back(variable, std::abs(times));
  (sum.constant > 0 ? left : right).constant = std::abs(sum.constant);
  return text_of(left, text_of_variable) + signs[static_cast<std::size_t>(test.kind)] +
         text_of(right, text_of_variable);
}

}  // namespace tryst::pi
