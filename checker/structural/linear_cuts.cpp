#include "checker/structural/linear_cuts.hpp"

#include <z3++.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace tryst {

namespace {

using Weights = std::vector<std::int64_t>;  // by place

// Weights beyond this are refused, so that no sum overflows.
constexpr std::int64_t weight_max = std::int64_t{1} << 31;

// One for each thread: making one takes longer than most programs do.
z3::context& shared_context() {
  thread_local z3::context context;
  return context;
}

// The least weight of a place where the component can be in a deadlock; none: there is no such place.
std::optional<std::int64_t> least_weight(const PlaceNet& net, const Weights& weights, std::uint32_t component) {
  std::optional<std::int64_t> least;
  for (std::size_t i = 0; i < net.places_of(component); ++i) {
    const PlaceId p{index(net.initial(component)) + static_cast<std::uint32_t>(i)};
    if (net.can_block(p)) least = std::min(least.value_or(weights[index(p)]), weights[index(p)]);
  }
  return least;
}

// The components that can give up most of their weight are left out, as long as the others weigh too much even so. Of
// each that stays, some lighter place must be occupied, or another one does the same.
LinearCut cut_of(const PlaceNet& net, const Weights& weights, const std::vector<PlaceId>& candidate) {
  std::int64_t excess = 0;
  std::vector<std::pair<std::int64_t, PlaceId>> slack;  // by place of the candidate: what it weighs more than the least
  for (const PlaceId p : candidate) {
    excess += weights[index(p)];
    const std::int64_t least = least_weight(net, weights, net.component_of(p)).value_or(weights[index(p)]);
    slack.emplace_back(weights[index(p)] - least, p);
  }
  std::ranges::sort(slack);
  LinearCut cut;
  for (const auto& [most, p] : slack) {
    if (most < excess) {
      excess -= most;
      continue;
    }
    const std::uint32_t first = index(net.initial(net.component_of(p)));
    for (std::uint32_t q = first; q < first + net.places_of(net.component_of(p)); ++q)
      if (weights[q] < weights[index(p)]) cut.places.push_back(PlaceId{q});
  }
  std::ranges::sort(cut.places);
  for (std::uint32_t p = 0; p < net.places(); ++p)
    if (weights[p] != 0) cut.weights.emplace_back(PlaceId{p}, weights[p]);
  return cut;
}

}  // namespace

class LinearCuts::Program {
 public:
  explicit Program(const PlaceNet& net) : context_(shared_context()), solver_(context_, "QF_LRA") {
    z3::params params(context_);
    params.set("rlimit", effort_max);
    solver_.set(params);
    for (std::uint32_t p = 0; p < net.places(); ++p) weight_.push_back(variable("w", p));
    for (std::size_t c = 0; c < net.components(); ++c) solver_.add(weight_[index(net.initial(c))] == 0);
    for (std::uint32_t a = 0; a < net.actions(); ++a) {
      growth_.push_back(variable("g", a));
      for (const PlaceNet::Arc& arc : net.arcs(ActionId{a}))
        solver_.add(growth_[a] >= weight_[index(arc.to)] - weight_[index(arc.from)]);
    }
    for (std::uint32_t r = 0; r < net.rules(); ++r) {
      z3::expr_vector growths(context_);
      for (const ActionId a : net.participants(RuleId{r})) growths.push_back(growth_[index(a)]);
      solver_.add(z3::sum(growths) <= 0);
    }
  }

  // Weights, as integers, for which the candidate is too heavy.
  std::optional<Weights> solve(const std::vector<PlaceId>& candidate) {
    solver_.push();
    z3::expr_vector terms(context_);
    for (const PlaceId p : candidate) terms.push_back(weight_[index(p)]);
    solver_.add(z3::sum(terms) >= 1);
    std::optional<Weights> weights;
    if (solver_.check() == z3::sat) weights = integers_of(solver_.get_model());
    solver_.pop();
    return weights;
  }

 private:
  z3::expr variable(const char* kind, std::uint32_t number) {
    return context_.real_const((kind + std::to_string(number)).c_str());
  }

  // All weights times their common denominator; none: they are too large.
  std::optional<Weights> integers_of(const z3::model& model) {
    std::vector<std::pair<std::int64_t, std::int64_t>> fractions;
    std::int64_t common = 1;
    for (const z3::expr& weight : weight_) {
      std::int64_t numerator = 0;
      std::int64_t denominator = 1;
      if (!Z3_get_numeral_rational_int64(context_, model.eval(weight, true), &numerator, &denominator))
        return std::nullopt;
      common = std::lcm(common, denominator);
      if (common > weight_max) return std::nullopt;
      fractions.emplace_back(numerator, denominator);
    }
    Weights weights;
    for (const auto& [numerator, denominator] : fractions) {
      if (std::abs(numerator) > weight_max || std::abs(numerator) > weight_max / (common / denominator))
        return std::nullopt;
      weights.push_back(numerator * (common / denominator));
    }
    return weights;
  }

  z3::context& context_;
  z3::solver solver_;
  std::vector<z3::expr> weight_;  // by place
  std::vector<z3::expr> growth_;  // by action: the most that it adds
};

LinearCuts::LinearCuts(const PlaceNet& net) : net_(&net) {}
LinearCuts::~LinearCuts() = default;

std::optional<LinearCut> LinearCuts::find(const std::vector<PlaceId>& candidate) {
  if (net_->places() > places_max) return std::nullopt;
  if (!program_) program_ = std::make_unique<Program>(*net_);
  const auto weights = program_->solve(candidate);
  if (!weights) return std::nullopt;
  return cut_of(*net_, *weights, candidate);
}

}  // namespace tryst
