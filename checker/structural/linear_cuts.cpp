#include "checker/structural/linear_cuts.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "checker/smt.hpp"

namespace tryst {

namespace {

using Weights = std::vector<std::int64_t>;  // by place

// Weights beyond this are refused, so that no sum overflows.
constexpr std::int64_t weight_max = std::int64_t{1} << 31;

// What one program costs in the budget's unit: Z3 does not count for it.
constexpr std::uint32_t linear_program_work = 100'000;

// The weights of classes of components, of which each is as the first of it.
class Program {
 public:
  Program(const PlaceNet& net, const Alike& alike, const Alike::Classes& classes, Budget& budget)
      : net_(net), alike_(alike), classes_(classes), program_(LinearCuts::effort_max) {
    is_small_ = add_classes() && add_rules(budget);
  }

  // Weights, as integers, for which the candidate is too heavy; none: there are none, or the program is too large.
  std::optional<Weights> solve(const std::vector<PlaceId>& candidate, Budget& budget) {
    if (!is_small_) return std::nullopt;
    std::map<std::uint32_t, std::int64_t> counts;
    for (std::uint32_t c = 0; c < net_.components(); ++c)
      if (const std::uint32_t local = index(net_.local_of(candidate[c])); local != 0) ++counts[weight(c, local)];
    if (counts.empty()) return std::nullopt;
    budget.poll(linear_program_work);
    const auto values = program_.solve({counts.begin(), counts.end()}, 1);
    return values ? integers_of(*values) : std::nullopt;
  }

 private:
  using Terms = LinearProgram::Terms;

  // Of a local state other than the initial one, which weighs nothing.
  std::uint32_t weight(std::uint32_t component, std::uint32_t local) const {
    return first_weight_[classes_.of[component]] + local - 1;
  }

  bool add_classes() {
    for (const std::uint32_t c : classes_.first) {
      const Alike::Shape& shape = alike_.shape(c);
      first_weight_.push_back(variables_);
      for (std::uint32_t local = 1; local < shape.places; ++local) add_variable();
      first_growth_.push_back(variables_);
      for (const Alike::Group& group : shape.groups) {
        const std::uint32_t growth = add_variable();
        size_ += group.arcs.size();
        if (size_ + variables_ > LinearCuts::size_max) return false;
        for (const auto& [from, to] : group.arcs) {
          Terms terms{{growth, -1}};
          if (from != to && to != 0) terms.emplace_back(weight(c, to), 1);
          if (from != to && from != 0) terms.emplace_back(weight(c, from), -1);
          program_.require_at_most(terms, 0);
        }
      }
    }
    return true;
  }

  bool add_rules(Budget& budget) {
    std::set<std::map<std::uint32_t, std::int64_t>> known;
    for (std::uint32_t r = 0; r < net_.rules(); ++r) {
      budget.poll();
      std::map<std::uint32_t, std::int64_t> growths;
      for (const ActionId a : net_.participants(RuleId{r})) {
        const std::uint32_t c = net_.component_of(a);
        ++growths[first_growth_[classes_.of[c]] + alike_.shape(c).group_of[index(a) - net_.first_action(c)]];
      }
      if (!known.insert(growths).second) continue;
      if (++size_ + variables_ > LinearCuts::size_max) return false;
      program_.require_at_most({growths.begin(), growths.end()}, 0);
    }
    return true;
  }

  std::uint32_t add_variable() {
    ++variables_;
    return program_.add_variable();
  }

  // All weights times their common denominator; none: they are too large.
  std::optional<Weights> integers_of(const std::vector<LinearProgram::Fraction>& values) const {
    std::int64_t common = 1;
    for (std::size_t k = 0; k < classes_.size(); ++k)
      for (std::uint32_t v = first_weight_[k]; v < first_growth_[k]; ++v) {
        common = std::lcm(common, values[v].second);
        if (common > weight_max) return std::nullopt;
      }
    Weights weights(net_.places(), 0);
    for (std::uint32_t p = 0; p < net_.places(); ++p) {
      const std::uint32_t local = index(net_.local_of(PlaceId{p}));
      if (local == 0) continue;
      const auto [numerator, denominator] = values[weight(net_.component_of(PlaceId{p}), local)];
      if (std::abs(numerator) > weight_max / (common / denominator)) return std::nullopt;
      weights[p] = numerator * (common / denominator);
    }
    return weights;
  }

  const PlaceNet& net_;
  const Alike& alike_;
  const Alike::Classes& classes_;
  LinearProgram program_;
  std::vector<std::uint32_t> first_weight_;  // by class: its variables for local states from 1 on
  std::vector<std::uint32_t> first_growth_;  // by class: those for groups of labels, the most that one adds
  std::uint32_t variables_ = 0;
  std::size_t size_ = 0;  // inequalities
  bool is_small_ = false;
};

// The least weight of a place where the component can be in a deadlock; none: there is no such place.
std::optional<std::int64_t> least_weight(const PlaceNet& net, const Weights& weights, std::uint32_t component) {
  std::optional<std::int64_t> least;
  for (std::size_t i = 0; i < net.places_of(component); ++i) {
    const PlaceId p{index(net.initial(component)) + static_cast<std::uint32_t>(i)};
    if (net.can_block(p)) least = std::min(least.value_or(weights[index(p)]), weights[index(p)]);
  }
  return least;
}

struct Slack {
  std::int64_t most;  // what the candidate's place weighs more than the least
  PlaceId place;
  auto operator<=>(const Slack&) const = default;
};

// Components are left out one after the other, as long as the others weigh too much whatever those weigh: those that
// stay, by their places.
std::vector<PlaceId> kept(const std::vector<Slack>& slack, std::int64_t excess) {
  std::vector<PlaceId> places;
  for (const Slack& each : slack)
    if (each.most < excess)
      excess -= each.most;
    else
      places.push_back(each.place);
  return places;
}

// Of each component that stays, some lighter place must be occupied, or another one does the same.
std::vector<PlaceId> cut_of(const PlaceNet& net, const Weights& weights, const std::vector<PlaceId>& stay) {
  std::vector<PlaceId> cut;
  for (const PlaceId p : stay) {
    const std::uint32_t first = index(net.initial(net.component_of(p)));
    for (std::uint32_t q = first; q < first + net.places_of(net.component_of(p)); ++q)
      if (weights[q] < weights[index(p)]) cut.push_back(PlaceId{q});
  }
  std::ranges::sort(cut);
  return cut;
}

// Either those with little slack are left out, so that few stay, and those that have the same slack take turns; or those
// with much, such as a counter, of which then nothing need be said.
LinearSum sum_of(const PlaceNet& net, const Weights& weights, const std::vector<PlaceId>& candidate, Budget& budget) {
  LinearSum sum;
  for (std::uint32_t p = 0; p < net.places(); ++p)
    if (weights[p] != 0) sum.weights.emplace_back(PlaceId{p}, weights[p]);
  std::int64_t excess = 0;
  std::vector<Slack> slack;
  for (const PlaceId p : candidate) {
    excess += weights[index(p)];
    const std::int64_t least = least_weight(net, weights, net.component_of(p)).value_or(weights[index(p)]);
    slack.push_back({weights[index(p)] - least, p});
  }
  std::ranges::sort(slack);
  const auto add = [&](const std::vector<PlaceId>& stay) { sum.cuts.push_back(cut_of(net, weights, stay)); };
  add(kept({slack.rbegin(), slack.rend()}, excess));
  std::vector<bool> has_stayed(net.components(), false);
  std::size_t places = 0;
  for (std::size_t turn = 0;
       turn < std::min(slack.size(), LinearCuts::turns_max) && places <= LinearCuts::cut_places_max; ++turn) {
    budget.poll();
    if (turn > 0 && (slack[turn].most == 0 || has_stayed[net.component_of(slack[turn].place)])) continue;
    std::vector<Slack> order = slack;  // with this one behind all those of its slack
    const auto behind = std::ranges::upper_bound(order, slack[turn].most, {}, &Slack::most);
    if (turn > 0)
      std::rotate(order.begin() + static_cast<std::ptrdiff_t>(turn),
                  order.begin() + static_cast<std::ptrdiff_t>(turn) + 1, behind);
    const std::vector<PlaceId> stay = kept(order, excess);
    budget.poll(static_cast<std::uint32_t>(slack.size()));
    if (turn > 0 && std::ranges::find(stay, slack[turn].place) == stay.end()) continue;
    for (const PlaceId p : stay) has_stayed[net.component_of(p)] = true;
    add(stay);
    places += sum.cuts.back().size();
  }
  return sum;
}

}  // namespace

std::optional<LinearSum> LinearCuts::find(const std::vector<PlaceId>& candidate, Budget& budget) const {
  constexpr int coarse_attempts = 3;
  constexpr int refinements_max = 32;
  Alike::Classes classes = alike_.classes(candidate);
  for (int refinement = 0;; ++refinement) {
    Alike::Classes finer = alike_.refined(classes, budget);
    const bool is_last = finer.size() == classes.size();
    if (refinement < coarse_attempts || is_last)
      if (const auto weights = Program(net_, alike_, classes, budget).solve(candidate, budget))
        return sum_of(net_, *weights, candidate, budget);
    if (is_last) return std::nullopt;
    classes = refinement < refinements_max ? std::move(finer) : alike_.each_alone();
  }
}

}  // namespace tryst
