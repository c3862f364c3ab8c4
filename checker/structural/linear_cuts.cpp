#include "checker/structural/linear_cuts.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "checker/smt.hpp"

namespace tryst {

namespace {

using Weights = std::vector<std::int64_t>;  // by place

// Weights beyond this are refused, so that no sum overflows.
constexpr std::int64_t weight_max = std::int64_t{1} << 31;

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
  explicit Program(const PlaceNet& net) : program_(effort_max) {
    for (std::uint32_t p = 0; p < net.places(); ++p) weight_.push_back(program_.add_variable());
    for (std::size_t c = 0; c < net.components(); ++c) {
      const std::uint32_t initial = weight_[index(net.initial(c))];
      program_.require_at_most({{initial, 1}}, 0);
      program_.require_at_most({{initial, -1}}, 0);
    }
    std::vector<std::uint32_t> growth;  // by action: the most that it adds
    for (std::uint32_t a = 0; a < net.actions(); ++a) {
      growth.push_back(program_.add_variable());
      for (const PlaceNet::Arc& arc : net.arcs(ActionId{a}))
        program_.require_at_most({{weight_[index(arc.to)], 1}, {weight_[index(arc.from)], -1}, {growth[a], -1}}, 0);
    }
    for (std::uint32_t r = 0; r < net.rules(); ++r) {
      LinearProgram::Terms growths;
      for (const ActionId a : net.participants(RuleId{r})) growths.emplace_back(growth[index(a)], 1);
      program_.require_at_most(growths, 0);
    }
  }

  // Weights, as integers, for which the candidate is too heavy.
  std::optional<Weights> solve(const std::vector<PlaceId>& candidate) {
    LinearProgram::Terms terms;
    for (const PlaceId p : candidate) terms.emplace_back(weight_[index(p)], 1);
    const auto values = program_.solve(terms, 1);
    return values ? integers_of(*values) : std::nullopt;
  }

 private:
  // All weights times their common denominator; none: they are too large.
  std::optional<Weights> integers_of(const std::vector<LinearProgram::Fraction>& values) const {
    std::int64_t common = 1;
    for (const std::uint32_t weight : weight_) {
      common = std::lcm(common, values[weight].second);
      if (common > weight_max) return std::nullopt;
    }
    Weights weights;
    for (const std::uint32_t weight : weight_) {
      const auto [numerator, denominator] = values[weight];
      if (std::abs(numerator) > weight_max || std::abs(numerator) > weight_max / (common / denominator))
        return std::nullopt;
      weights.push_back(numerator * (common / denominator));
    }
    return weights;
  }

  LinearProgram program_;
  std::vector<std::uint32_t> weight_;  // by place
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
