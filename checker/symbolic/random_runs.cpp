#include "checker/symbolic/random_runs.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <random>

namespace tryst {

namespace {

constexpr int attempts = 6;  // to find numbers that a guard accepts

bool same_numbers(const Numbers& a, const Numbers& b) { return a.integers == b.integers && a.words == b.words; }

class Walk {
 public:
  Walk(const Expressions& expressions, const SymbolicProblem& problem) : expressions_(expressions), problem_(problem) {}

  bool begin(unsigned seed) {
    random_.seed(seed);
    control_ = 0;
    state_ = {};
    return assign(problem_.initial, {}, state_);
  }

  // False: nothing was found to go on with.
  bool go_on(Budget& budget) {
    const auto& steps = problem_.controls[control_].steps;
    if (steps.empty()) return false;
    const std::size_t first = random_() % steps.size();
    for (int attempt = 0; attempt < attempts; ++attempt)
      for (std::size_t i = 0; i < steps.size(); ++i) {
        budget.poll();
        if (take(steps[(first + i) % steps.size()])) return true;
      }
    return false;
  }

  std::uint32_t control() const { return control_; }
  const Numbers& state() const { return state_; }

 private:
  bool take(const SymbolicProblem::Step& step) {
    Numbers values = state_;
    for (const VariableId v : used(step))
      if (!values.integers.contains(v) && !values.words.contains(v)) values.integers.emplace(v, any_number());
    if (expressions_.value(step.guard, values) != 1) return false;
    Numbers next;
    for (const VariableId v : problem_.controls[step.target].variables) {
      if (const auto n = state_.integers.find(v); n != state_.integers.end()) next.integers.insert(*n);
      if (const auto word = state_.words.find(v); word != state_.words.end()) next.words.insert(*word);
    }
    if (!assign(step.updates, values, next)) return false;
    control_ = step.target;
    state_ = std::move(next);
    return true;
  }

  const std::vector<VariableId>& used(const SymbolicProblem::Step& step) {
    const auto [at, is_new] = used_.try_emplace(&step);
    if (is_new) {
      expressions_.add_variables(step.guard, at->second);
      for (const auto& update : step.updates) expressions_.add_variables(update.second, at->second);
    }
    return at->second;
  }

  // False: a number exceeds 64 bits.
  bool assign(const std::vector<std::pair<VariableId, ExpressionId>>& updates, const Numbers& values, Numbers& next) {
    for (const auto& [variable, e] : updates) {
      if (expressions_.length_of(variable)) {
        auto word = expressions_.word(e, values);
        if (!word) return false;
        next.words.insert_or_assign(variable, std::move(*word));
      } else {
        const auto n = expressions_.value(e, values);
        if (!n) return false;
        next.integers.insert_or_assign(variable, *n);
      }
    }
    return true;
  }

  std::int64_t any_number() {
    constexpr std::uint32_t small = 40;
    const std::size_t known = state_.integers.size();
    if (known == 0 || random_() % 2 == 0) return static_cast<std::int64_t>(random_() % small) - 2;
    const auto at = std::next(state_.integers.begin(), static_cast<std::ptrdiff_t>(random_() % known));
    constexpr std::int64_t large = std::int64_t{1} << 40;
    return std::clamp(at->second, -large, large) + static_cast<std::int64_t>(random_() % 3) - 1;
  }

  const Expressions& expressions_;
  const SymbolicProblem& problem_;
  std::map<const SymbolicProblem::Step*, std::vector<VariableId>> used_;
  std::mt19937 random_;
  std::uint32_t control_ = 0;
  Numbers state_;
};

}  // namespace

std::vector<std::vector<Numbers>> random_states(const Expressions& expressions, const SymbolicProblem& problem,
                                                Budget& budget, RandomRuns limits) {
  std::vector<std::vector<Numbers>> samples(problem.controls.size());
  Walk walk(expressions, problem);
  for (unsigned seed = 1; seed <= limits.walks; ++seed) {
    if (!walk.begin(seed)) break;
    for (std::size_t step = 0; step <= limits.steps; ++step) {
      auto& here = samples[walk.control()];
      const bool is_new =
          std::ranges::none_of(here, [&](const Numbers& other) { return same_numbers(other, walk.state()); });
      if (is_new && here.size() < limits.samples_max) here.push_back(walk.state());
      if (!walk.go_on(budget)) break;
    }
  }
  return samples;
}

}  // namespace tryst
