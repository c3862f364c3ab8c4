#include "checker/structural/deadlock_formula.hpp"

#include <algorithm>

namespace tryst {

DeadlockFormula::DeadlockFormula(const PlaceNet& net, const Neighbours& neighbours, Budget& budget)
    : net_(&net), blockable_(net.components()), variables_(static_cast<int>(net.places())) {
  for (std::uint32_t p = 0; p < net.places(); ++p)
    if (net.can_block(PlaceId{p})) blockable_[net.component_of(PlaceId{p})].push_back(PlaceId{p});
  for (std::uint32_t c = 0; c < net.components(); ++c) add_component(c);
  for (const Neighbours::Pair& pair : neighbours.pairs()) {
    budget.poll(static_cast<std::uint32_t>(blockable_[pair.first].size() * blockable_[pair.second].size()));
    add_neighbours(neighbours, pair);
  }
  for (std::uint32_t r = 0; r < net.rules(); ++r) {
    budget.poll();
    add_rule(RuleId{r});
  }
}

void DeadlockFormula::add(std::initializer_list<int> literals) {
  clauses_.insert(clauses_.end(), literals);
  clauses_.push_back(0);
}

void DeadlockFormula::add_one_of(std::span<const PlaceId> places) {
  for (const PlaceId p : places)
    if (net_->can_block(p)) clauses_.push_back(variable(p));
  clauses_.push_back(0);
}

void DeadlockFormula::add_not_all_of(std::span<const PlaceId> places) {
  for (const PlaceId p : places) clauses_.push_back(-variable(p));
  clauses_.push_back(0);
}

void DeadlockFormula::add_component(std::uint32_t component) {
  const std::vector<PlaceId>& places = blockable_[component];
  add_one_of(places);
  if (places.size() <= pairwise_max) {
    for (std::size_t i = 0; i < places.size(); ++i)
      for (std::size_t k = 0; k < i; ++k) add({-variable(places[k]), -variable(places[i])});
    return;
  }
  ladders_.push_back({variables_ + 1, places});
  for (std::size_t i = 0; i < places.size(); ++i) {
    const int before = variables_ + static_cast<int>(i);  // whether one of the places before this one is occupied
    if (i > 0) add({-before, -variable(places[i])});
    if (i + 1 == places.size()) continue;
    add({-variable(places[i]), before + 1});
    if (i > 0) add({-before, before + 1});
  }
  variables_ += static_cast<int>(places.size()) - 1;
}

void DeadlockFormula::add_neighbours(const Neighbours& neighbours, const Neighbours::Pair& pair) {
  for (const PlaceId p : blockable_[pair.first])
    for (const PlaceId q : blockable_[pair.second])
      if (!neighbours.can_be_stuck(pair, p, q)) add({-variable(p), -variable(q)});
}

// One of the participants does not offer its action. Said of the places that do not, or of those that do, whatever is
// shorter.
void DeadlockFormula::add_rule(RuleId rule) {
  const auto actions = net_->participants(rule);
  std::size_t offering = 1;
  std::size_t others = 0;
  for (const ActionId action : actions) {
    const auto here = static_cast<std::size_t>(
        std::ranges::count_if(net_->arcs(action), [&](const PlaceNet::Arc& arc) { return net_->can_block(arc.from); }));
    if (here == 0) return;
    offering = std::min(offering * here, products_max + 1);
    others += blockable_[net_->component_of(action)].size() - here;
  }
  if (offering > products_max || offering * actions.size() > others) {
    for (const ActionId action : actions)
      for (const PlaceId p : blockable_[net_->component_of(action)])
        if (!net_->offers(p, action)) clauses_.push_back(variable(p));
    clauses_.push_back(0);
    return;
  }
  std::vector<std::vector<PlaceId>> places;  // by participant: where it offers its action
  for (const ActionId action : actions) {
    places.emplace_back();
    for (const PlaceNet::Arc& arc : net_->arcs(action))
      if (net_->can_block(arc.from)) places.back().push_back(arc.from);
  }
  std::vector<std::size_t> chosen(places.size(), 0);
  for (std::size_t i = 0; i <= chosen.size();) {
    for (std::size_t k = 0; k < places.size(); ++k) clauses_.push_back(-variable(places[k][chosen[k]]));
    clauses_.push_back(0);
    for (i = 0; i < chosen.size() && ++chosen[i] == places[i].size(); ++i) chosen[i] = 0;
    if (i == chosen.size()) return;
  }
}

}  // namespace tryst
