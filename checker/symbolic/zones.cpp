#include "checker/symbolic/zones.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <optional>
#include <set>

namespace tryst {

namespace {

using Op = Expressions::Op;
using Bound = std::int64_t;

constexpr Bound none = std::numeric_limits<Bound>::max();
constexpr Bound bound_max = Bound{1} << 60;  // beyond it, a bound is none
constexpr std::size_t joins_before_widening = 3;
constexpr std::size_t cases_max = 16;  // of one guard

Bound sum(Bound a, Bound b) {
  if (a == none || b == none) return none;
  const Bound s = a + b;
  return s > bound_max ? none : std::max(s, -bound_max);
}

// Over variables in a fixed order; number 0 is the constant 0.
class Zone {
 public:
  explicit Zone(std::vector<VariableId> variables) : variables_(std::move(variables)), size_(variables_.size() + 1) {
    bounds_.assign(size_ * size_, none);
    for (std::size_t i = 0; i < size_; ++i) at(i, i) = 0;
  }

  std::size_t size() const { return size_; }
  const std::vector<VariableId>& variables() const { return variables_; }
  Bound& at(std::size_t i, std::size_t j) { return bounds_[i * size_ + j]; }
  Bound at(std::size_t i, std::size_t j) const { return bounds_[i * size_ + j]; }

  std::optional<std::size_t> number(VariableId v) const {
    const auto found = std::ranges::find(variables_, v);
    if (found == variables_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - variables_.begin()) + 1;
  }

  void limit(std::size_t i, std::size_t j, Bound b) { at(i, j) = std::min(at(i, j), b); }

  // False: nothing satisfies it.
  bool close() {
    for (std::size_t k = 0; k < size_; ++k)
      for (std::size_t i = 0; i < size_; ++i)
        for (std::size_t j = 0; j < size_; ++j) limit(i, j, sum(at(i, k), at(k, j)));
    for (std::size_t i = 0; i < size_; ++i)
      if (at(i, i) < 0) return false;
    return true;
  }

 private:
  std::vector<VariableId> variables_;
  std::size_t size_;
  std::vector<Bound> bounds_;
};

// n + x - y, n + x or n - y, with the numbers of x and y in a zone.
struct Difference {
  std::size_t plus = 0;
  std::size_t minus = 0;
  Bound number = 0;
};

class Analysis {
 public:
  Analysis(Expressions& expressions, const SymbolicProblem& problem, Budget& budget)
      : expressions_(expressions),
        problem_(problem),
        budget_(budget),
        zones_(problem.controls.size()),
        joins_(problem.controls.size()) {}

  std::vector<ExpressionId> run() {
    find_thresholds();
    Zone initial(integers(problem_.controls[0].variables));
    for (const auto& [variable, value] : problem_.initial) {
      if (expressions_.is_word(value)) continue;
      const Bound n = expressions_.constant(value).value();
      const std::size_t i = *initial.number(variable);
      if (n > -bound_max && n < bound_max) {
        initial.limit(i, 0, n);
        initial.limit(0, i, -n);
      }
    }
    initial.close();
    reach(0, initial);
    while (!open_.empty()) {
      const std::uint32_t control = open_.front();
      open_.pop_front();
      waiting_.erase(control);
      for (const SymbolicProblem::Step& step : problem_.controls[control].steps) {
        budget_.poll(64);
        follow(control, step);
      }
    }
    std::vector<ExpressionId> invariants;
    for (const auto& zone : zones_) invariants.push_back(zone ? condition(*zone) : expressions_.truth(false));
    return invariants;
  }

 private:
  // The constants of guards and updates, and their neighbours.
  void find_thresholds() {
    thresholds_ = {-1, 0, 1};
    const auto add = [&](ExpressionId e) {
      std::vector<ExpressionId> open{e};
      while (!open.empty()) {
        const Expressions::Node& node = expressions_[open.back()];
        open.pop_back();
        if (node.op == Op::sum && node.number > -bound_max && node.number < bound_max)
          for (const Bound n : {node.number - 1, node.number, node.number + 1}) thresholds_.insert({n, -n});
        open.insert(open.end(), node.operands.begin(), node.operands.end());
      }
    };
    for (const auto& each : problem_.initial) add(each.second);
    for (const SymbolicProblem::Control& control : problem_.controls)
      for (const SymbolicProblem::Step& step : control.steps) {
        add(step.guard);
        for (const auto& update : step.updates) add(update.second);
      }
  }

  std::optional<Difference> difference(ExpressionId e, const Zone& zone) const {
    const Expressions::Node& node = expressions_[e];
    Difference result;
    const auto add = [&](ExpressionId atom, std::int64_t coefficient) {
      const auto variable = expressions_.bare_variable(atom);
      std::size_t& place = coefficient == 1 ? result.plus : result.minus;
      const auto number = variable ? zone.number(*variable) : std::nullopt;
      if (!number || place != 0 || (coefficient != 1 && coefficient != -1)) return false;
      place = *number;
      return true;
    };
    if (node.op != Op::sum) return add(e, 1) ? std::optional(result) : std::nullopt;
    if (node.number <= -bound_max || node.number >= bound_max) return std::nullopt;
    result.number = node.number;
    for (std::size_t i = 0; i < node.operands.size(); ++i)
      if (!add(node.operands[i], node.coefficients[i])) return std::nullopt;
    return result;
  }

  // The zones that the condition leaves of this one: one for each case of its disjunctions, up to a limit.
  std::vector<Zone> restricted(const Zone& zone, ExpressionId condition) const {
    const Expressions::Node& node = expressions_[condition];
    if (expressions_.is(condition, false)) return {};
    if (node.op == Op::conjunction) {
      std::vector<Zone> zones{zone};
      for (int again = 0; again < 2; ++again)  // inequations tell more when the bounds are known
        for (const ExpressionId part : node.operands) {
          if (again == 1 && expressions_[part].op != Op::not_zero) continue;
          std::vector<Zone> next;
          for (const Zone& each : zones)
            for (Zone& left : restricted(each, part)) next.push_back(std::move(left));
          if (next.size() <= cases_max) zones = std::move(next);
        }
      return zones;
    }
    if (node.op == Op::disjunction) {
      std::vector<Zone> zones;
      for (const ExpressionId part : node.operands)
        for (Zone& left : restricted(zone, part)) zones.push_back(std::move(left));
      return zones;
    }
    const bool is_comparison = node.op == Op::not_above_zero || node.op == Op::zero || node.op == Op::not_zero;
    const auto found = is_comparison ? difference(node.operands[0], zone) : std::nullopt;
    if (!found) return {zone};
    const auto [x, y, n] = *found;  // x - y + n compared with 0
    Zone result = zone;
    if (node.op == Op::not_zero) {
      if (result.at(x, y) == -n) result.at(x, y) = -n - 1;
      if (result.at(y, x) == n) result.at(y, x) = n - 1;
    } else {
      result.limit(x, y, -n);
      if (node.op == Op::zero) result.limit(y, x, n);
    }
    if (!result.close()) return {};
    return {std::move(result)};
  }

  // Lengths of words are integers like others, words are none.
  std::vector<VariableId> integers(std::vector<VariableId> all) const {
    std::erase_if(all, [this](VariableId v) { return expressions_.length_of(v).has_value(); });
    return all;
  }

  void follow(std::uint32_t control, const SymbolicProblem::Step& step) {
    // What is received takes part, and the target's variables under names of their own: numbers behind the others.
    std::vector<VariableId> variables = integers(problem_.controls[control].variables);
    std::vector<VariableId> used;
    expressions_.add_variables(step.guard, used);
    for (const auto& update : step.updates) expressions_.add_variables(update.second, used);
    used = integers(std::move(used));
    for (const VariableId v : used)
      if (std::ranges::find(variables, v) == variables.end()) variables.push_back(v);
    const Zone& source = *zones_[control];
    Zone wide(variables);
    for (std::size_t i = 0; i < source.size(); ++i)
      for (std::size_t j = 0; j < source.size(); ++j) wide.at(i, j) = source.at(i, j);
    for (const Zone& zone : restricted(wide, step.guard)) reach(step.target, updated(zone, step));
  }

  Zone updated(const Zone& zone, const SymbolicProblem::Step& step) const {
    Zone result(integers(problem_.controls[step.target].variables));
    std::vector<std::optional<Difference>> values{Difference{}};
    for (const VariableId v : result.variables()) {
      const auto update = std::ranges::find(step.updates, v, &std::pair<VariableId, ExpressionId>::first);
      if (update == step.updates.end()) {
        const auto number = zone.number(v);
        values.push_back(number ? std::optional(Difference{*number, 0, 0}) : std::nullopt);
      } else {
        values.push_back(difference(update->second, zone));
        if (values.back() && values.back()->minus != 0) values.back().reset();
      }
    }
    for (std::size_t i = 0; i < values.size(); ++i)
      for (std::size_t j = 0; j < values.size(); ++j)
        if (values[i] && values[j])
          result.limit(i, j, sum(zone.at(values[i]->plus, values[j]->plus), values[i]->number - values[j]->number));
    return result;
  }

  // Joins a zone to that of a control, and looks at the control again if it has grown.
  void reach(std::uint32_t control, Zone zone) {
    if (!zone.close()) return;
    std::optional<Zone>& known = zones_[control];
    bool grows = !known;
    if (!known) {
      known = std::move(zone);
    } else {
      const bool widens = ++joins_[control] > joins_before_widening;
      for (std::size_t i = 0; i < known->size(); ++i)
        for (std::size_t j = 0; j < known->size(); ++j) {
          if (zone.at(i, j) <= known->at(i, j)) continue;
          grows = true;
          Bound b = zone.at(i, j);
          if (widens && b != none) {
            const auto next = thresholds_.lower_bound(b);
            b = next == thresholds_.end() ? none : *next;
          }
          known->at(i, j) = b;
        }
      if (grows && !widens) known->close();
    }
    if (grows && waiting_.insert(control).second) open_.push_back(control);
  }

  // Without what follows from the rest: variables that differ by a constant are equations, of the others the bounds
  // that no other two imply.
  ExpressionId condition(Zone zone) {
    if (!zone.close()) return expressions_.truth(false);
    std::vector<ExpressionId> all;
    std::vector<std::size_t> kept;
    const auto value = [&](std::size_t i) {
      return i == 0 ? expressions_.number(0) : expressions_.variable(zone.variables()[i - 1]);
    };
    for (std::size_t i = 0; i < zone.size(); ++i) {
      const auto same = std::ranges::find_if(
          kept, [&](std::size_t k) { return zone.at(i, k) != none && zone.at(i, k) == -zone.at(k, i); });
      if (same == kept.end())
        kept.push_back(i);
      else
        all.push_back(
            expressions_.equal(value(i), expressions_.add(value(*same), expressions_.number(zone.at(i, *same)))));
    }
    for (const std::size_t i : kept)
      for (const std::size_t j : kept) {
        const Bound b = zone.at(i, j);
        if (i == j || b == none) continue;
        const bool follows = std::ranges::any_of(kept, [&](std::size_t k) {
          return k != i && k != j && sum(zone.at(i, k), zone.at(k, j)) != none &&
                 sum(zone.at(i, k), zone.at(k, j)) <= b;
        });
        if (!follows) all.push_back(expressions_.at_most(value(i), expressions_.add(value(j), expressions_.number(b))));
      }
    return expressions_.conjunction(std::move(all));
  }

  Expressions& expressions_;
  const SymbolicProblem& problem_;
  Budget& budget_;
  std::set<Bound> thresholds_;
  std::vector<std::optional<Zone>> zones_;
  std::vector<std::size_t> joins_;
  std::deque<std::uint32_t> open_;
  std::set<std::uint32_t> waiting_;
};

}  // namespace

std::vector<ExpressionId> zone_invariants(Expressions& expressions, const SymbolicProblem& problem, Budget& budget) {
  return Analysis(expressions, problem, budget).run();
}

}  // namespace tryst
