#include "checker/pi/data_formula.hpp"

#include <algorithm>

namespace tryst::pi {

namespace {

constexpr Presburger::Comparison comparison(TestKind kind) {
  switch (kind) {
    case TestKind::at_most: return Presburger::Comparison::at_most;
    case TestKind::equal: return Presburger::Comparison::equal;
    case TestKind::not_equal: break;
  }
  return Presburger::Comparison::not_equal;
}

// A sum of bound variables stays: they have no value yet.
bool is_replaced(const Integers& integers, Name argument, bool numbers_too) {
  if (!is_integer(argument)) return false;
  const Sum sum = integers.sum_of(argument);
  if (sum.variables.empty()) return numbers_too;
  return std::ranges::none_of(sum.variables, [](const auto& entry) { return is_bound(entry.first); });
}

}  // namespace

TermId with_variables(Terms& terms, TermId t, std::vector<Name>& sums, std::uint32_t first, bool numbers_too) {
  const Term term = terms[t];
  std::vector<TermId> below(terms.operands(t).begin(), terms.operands(t).end());
  for (TermId& part : below) part = with_variables(terms, part, sums, first, numbers_too);
  std::vector<Name> names(terms.names(t).begin(), terms.names(t).end());
  switch (term.kind) {
    case TermKind::nil:
    case TermKind::stuck: break;
    case TermKind::tau: return terms.tau_prefix(below[0], term.span);
    case TermKind::input: return terms.input(names[0], term.count, below[0], term.span, terms.kinds(t));
    case TermKind::output: return terms.output(names[0], std::span(names).subspan(1), below[0], term.span);
    case TermKind::match: return terms.match(names[0], names[1], below[0]);
    case TermKind::mismatch: return terms.mismatch(names[0], names[1], below[0]);
    case TermKind::test: return terms.test({names[0], static_cast<TestKind>(term.count)}, below[0]);
    case TermKind::parallel: return terms.parallel(below);
    case TermKind::sum: return terms.sum(below);
    case TermKind::restriction: return terms.restriction(term.count, below[0]);
    case TermKind::replication: return terms.replication(below[0]);
    case TermKind::call:
      for (Name& argument : names)
        if (is_replaced(terms.integers(), argument, numbers_too)) {
          sums.push_back(argument);
          argument = integer_variable(first + static_cast<std::uint32_t>(sums.size() - 1));
        }
      return terms.call(static_cast<AgentId>(term.count), names);
  }
  return t;
}

Presburger::Linear linear_of(const Sum& sum) {
  Presburger::Linear out{{}, sum.constant};
  for (const auto& [variable, times] : sum.variables) out.terms.emplace_back(number(variable), times);
  return out;
}

FormulaId formula_of(Presburger& solver, const Integers& integers, const std::vector<Test>& tests) {
  std::vector<FormulaId> parts;
  for (const Test& test : tests)
    parts.push_back(solver.compare_with_zero(linear_of(integers.sum_of(test.sum)), comparison(test.kind)));
  return solver.all_of(parts);
}

}  // namespace tryst::pi
