#include "checker/structural/neighbours.hpp"

#include <algorithm>
#include <numeric>

namespace tryst {

Neighbours::Neighbours(const PlaceNet& net, Budget& budget) : net_(&net) {
  find_pairs(budget);
  const Alike alike(net, budget);
  for (Pair& pair : pairs_) {
    const std::size_t bits = net.places_of(pair.first) * net.places_of(pair.second);
    if (bits > bits_max - stuck_.size()) continue;
    pair.bits = stuck_.size();
    budget.reserve(bits / 8);
    stuck_.resize(stuck_.size() + bits, false);
    explore(pair, alike, budget);
    drop_pairs_that_move(pair);
  }
}

void Neighbours::find_pairs(Budget& budget) {
  std::vector<std::uint32_t> by_width(net_->rules());
  std::iota(by_width.begin(), by_width.end(), 0U);
  std::ranges::stable_sort(by_width, {}, [&](std::uint32_t r) { return net_->participants(RuleId{r}).size(); });
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  for (const std::uint32_t r : by_width) {
    const auto actions = net_->participants(RuleId{r});
    if (actions.size() * (actions.size() - 1) / 2 > 2 * pairs_max - found.size()) break;
    budget.poll(static_cast<std::uint32_t>(actions.size()));
    for (std::size_t i = 0; i < actions.size(); ++i)
      for (std::size_t k = i + 1; k < actions.size(); ++k)
        found.emplace_back(net_->component_of(actions[i]), net_->component_of(actions[k]));
  }
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  if (found.size() > pairs_max) found.resize(pairs_max);
  for (const auto& [first, second] : found) pairs_.push_back({first, second, unknown});
}

Neighbours::Ties Neighbours::ties(std::uint32_t component, std::uint32_t other, const Alike& alike) const {
  const Alike::Shape& shape = alike.shape(component);
  const std::uint32_t first = net_->first_action(component);
  Ties ties{std::vector<bool>(shape.groups.size(), false), {}};
  for (std::uint32_t i = 0; i < net_->actions_of(component); ++i)
    for (const RuleId rule : net_->rules_of(ActionId{first + i})) {
      const auto actions = net_->participants(rule);
      const auto at = std::ranges::lower_bound(actions, ActionId{net_->first_action(other)});
      if (at != actions.end() && net_->component_of(*at) == other)
        ties.common.emplace_back(ActionId{first + i}, *at);
      else
        ties.is_free[shape.group_of[i]] = true;
    }
  ties.common.erase(std::ranges::unique(ties.common).begin(), ties.common.end());
  return ties;
}

void Neighbours::explore(const Pair& pair, const Alike& alike, Budget& budget) {
  const Ties of_first = ties(pair.first, pair.second, alike);
  const Ties of_second = ties(pair.second, pair.first, alike);
  const auto steps = [&](PlaceId p) { return alike.shape(net_->component_of(p)).steps[index(net_->local_of(p))]; };
  const auto meet = [&](PlaceId p, PlaceId q) {
    if (stuck_[bit(pair, p, q)]) return;
    stuck_[bit(pair, p, q)] = true;
    queue_.emplace_back(p, q);
  };
  constexpr auto action_of = &std::pair<ActionId, ActionId>::first;
  queue_.clear();
  meet(net_->initial(pair.first), net_->initial(pair.second));
  for (std::size_t i = 0; i < queue_.size(); ++i) {
    const auto [p, q] = queue_[i];
    for (const Alike::Step& step : steps(p))
      if (of_first.is_free[step.group]) meet(net_->place(pair.first, LocalId{step.target}), q);
    for (const Alike::Step& step : steps(q))
      if (of_second.is_free[step.group]) meet(p, net_->place(pair.second, LocalId{step.target}));
    if (of_first.common.size() < net_->moves(p).size()) {
      for (const auto& [action, partner] : of_first.common)
        if (const auto target = net_->target(p, action))
          if (const auto other = net_->target(q, partner)) meet(*target, *other);
    } else {
      for (const PlaceNet::Move& move : net_->moves(p))
        for (auto at = std::ranges::lower_bound(of_first.common, move.action, {}, action_of);
             at != of_first.common.end() && at->first == move.action; ++at)
          if (const auto other = net_->target(q, at->second)) meet(move.target, *other);
    }
    budget.poll(static_cast<std::uint32_t>(steps(p).size() + steps(q).size() +
                                           std::min(of_first.common.size(), net_->moves(p).size())));
  }
}

// Two places at which a rule of these two alone can fire are in no deadlock.
void Neighbours::drop_pairs_that_move(const Pair& pair) {
  for (std::uint32_t i = 0; i < net_->actions_of(pair.first); ++i) {
    const ActionId action{net_->first_action(pair.first) + i};
    for (const RuleId rule : net_->rules_of(action)) {
      const auto actions = net_->participants(rule);
      if (actions.size() != 2 || net_->component_of(actions.back()) != pair.second) continue;
      for (const PlaceNet::Arc& left : net_->arcs(action))
        for (const PlaceNet::Arc& right : net_->arcs(actions.back())) stuck_[bit(pair, left.from, right.from)] = false;
    }
  }
}

bool Neighbours::can_be_stuck(PlaceId p, PlaceId q) const {
  if (q < p) std::swap(p, q);
  const auto key = [](const Pair& pair) { return std::pair(pair.first, pair.second); };
  const std::pair components(net_->component_of(p), net_->component_of(q));
  const auto at = std::ranges::lower_bound(pairs_, components, {}, key);
  return at == pairs_.end() || key(*at) != components || can_be_stuck(*at, p, q);
}

}  // namespace tryst
