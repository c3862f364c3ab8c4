#include "checker/structural/tuples.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace tryst {

namespace {

// The components of a tuple side by side. A combination is a number: the local states, each times the sizes before.
class Product {
 public:
  Product(const PlaceNet& net, const std::vector<std::uint32_t>& components) : net_(net), components_(components) {
    std::uint64_t all = 1;
    for (const std::uint32_t c : components) {
      factor_.push_back(all);
      const std::uint64_t size = net.places_of(c);
      is_countable_ = is_countable_ && all <= ~std::uint64_t{0} / size;
      all *= size;
    }
    std::vector<std::pair<std::uint32_t, std::size_t>> starts;
    for (std::size_t i = 0; i < components.size(); ++i) {
      first_action_.push_back(actions_);
      actions_ += static_cast<std::uint32_t>(net.actions_of(components[i]));
    }
    for (std::size_t i = 0; i < components.size(); ++i) add_rules_from(i, starts);
    starting_ = Groups<std::size_t>(actions_, starts);
  }

  std::optional<std::vector<PlaceId>> stuck(std::size_t states_max, std::size_t& states, Budget& budget) {
    if (!is_countable_) return std::nullopt;
    std::vector<PlaceId> found;
    std::unordered_set<std::uint64_t> met{0};
    std::vector<std::uint64_t> queue{0};
    for (std::size_t next = 0; next < queue.size(); ++next) {
      if (queue.size() > states_max) {
        states += queue.size();
        return std::nullopt;
      }
      at_ = places_of(queue[next]);
      bool is_stuck = std::ranges::all_of(at_, [&](PlaceId p) { return net_.can_block(p); });
      for (std::size_t i = 0; i < at_.size(); ++i)
        for (const PlaceNet::Move& move : net_.moves(at_[i]))
          for (const std::size_t rule : starting_[action_number(i, move.action)]) {
            budget.poll();
            const auto to = after(queue[next], rule);
            if (!to) continue;
            is_stuck = is_stuck && !steps_[rule].is_of_tuple_alone;
            if (met.insert(*to).second) queue.push_back(*to);
          }
      if (is_stuck) found.insert(found.end(), at_.begin(), at_.end());
    }
    states += queue.size();
    return found;
  }

 private:
  // What a rule asks of the tuple. Rules that differ only outside are one.
  struct Step {
    std::vector<std::pair<std::size_t, ActionId>> who;  // position in the tuple
    bool is_of_tuple_alone;
    auto operator<=>(const Step&) const = default;
  };

  std::size_t action_number(std::size_t i, ActionId a) const {
    return first_action_[i] + index(a) - net_.first_action(components_[i]);
  }

  // Those of which this component is the first participant.
  void add_rules_from(std::size_t i, std::vector<std::pair<std::uint32_t, std::size_t>>& starts) {
    for (std::size_t k = 0; k < net_.actions_of(components_[i]); ++k) {
      const ActionId action{net_.first_action(components_[i]) + static_cast<std::uint32_t>(k)};
      std::set<Step> steps;
      for (const RuleId rule : net_.rules_of(action)) {
        Step step{{}, true};
        for (const ActionId each : net_.participants(rule)) {
          const auto at = std::ranges::lower_bound(components_, net_.component_of(each));
          if (at != components_.end() && *at == net_.component_of(each))
            step.who.emplace_back(at - components_.begin(), each);
          else
            step.is_of_tuple_alone = false;
        }
        if (step.who.front().first == i) steps.insert(std::move(step));
      }
      for (const Step& step : steps) {
        starts.emplace_back(static_cast<std::uint32_t>(first_action_[i] + k), steps_.size());
        steps_.push_back(step);
      }
    }
  }

  std::vector<PlaceId> places_of(std::uint64_t combination) const {
    std::vector<PlaceId> places;
    for (const std::uint32_t c : components_) {
      places.push_back(net_.place(c, LocalId{static_cast<std::uint32_t>(combination % net_.places_of(c))}));
      combination /= net_.places_of(c);
    }
    return places;
  }

  std::optional<std::uint64_t> after(std::uint64_t combination, std::size_t rule) const {
    for (const auto& [i, action] : steps_[rule].who) {
      const auto to = net_.target(at_[i], action);
      if (!to) return std::nullopt;
      combination += factor_[i] * (std::uint64_t{index(*to)} - index(at_[i]));  // modulo 2^64
    }
    return combination;
  }

  const PlaceNet& net_;
  const std::vector<std::uint32_t>& components_;
  std::vector<std::uint64_t> factor_;
  bool is_countable_ = true;
  std::vector<std::uint32_t> first_action_;  // by position: of the tuple's actions
  std::uint32_t actions_ = 0;
  std::vector<Step> steps_;
  Groups<std::size_t> starting_;  // by action: the steps of which it is the first
  std::vector<PlaceId> at_;
};

// Of each component as many places as possible, the candidate's among them, so that no stuck combination consists of
// them; the components get their turns from `start` on. Returns those that are left: the cut.
std::vector<PlaceId> generalise(const PlaceNet& net, const std::vector<std::uint32_t>& components,
                                const std::vector<PlaceId>& stuck, const std::vector<PlaceId>& candidate,
                                std::size_t start) {
  const std::size_t width = components.size();
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> with;  // by place: the combinations that have it
  std::vector<std::size_t> taken(stuck.size() / width, 0);           // by combination: how many of its places are
  for (std::size_t i = 0; i < stuck.size(); ++i) {
    with[index(stuck[i])].push_back(i / width);
    if (candidate[components[i % width]] == stuck[i]) ++taken[i / width];
  }
  std::vector<PlaceId> cut;
  for (std::size_t turn = 0; turn < width; ++turn) {
    const std::uint32_t c = components[(start + turn) % width];
    for (std::uint32_t local = 0; local < net.places_of(c); ++local) {
      const PlaceId p = net.place(c, LocalId{local});
      if (p == candidate[c] || !net.can_block(p)) continue;
      const std::vector<std::size_t>& here = with[index(p)];
      if (std::ranges::any_of(here, [&](std::size_t r) { return taken[r] + 1 == width; }))
        cut.push_back(p);
      else
        for (const std::size_t r : here) ++taken[r];
    }
  }
  std::ranges::sort(cut);
  return cut;
}

}  // namespace

std::optional<std::vector<PlaceId>> stuck_together(const PlaceNet& net, const std::vector<std::uint32_t>& components,
                                                   std::size_t states_max, std::size_t& states, Budget& budget) {
  return Product(net, components).stuck(states_max, states, budget);
}

const Tuples::Stuck& Tuples::explore(const Components& components, Budget& budget) {
  const auto [at, is_new] = explored_.try_emplace(components);
  if (is_new) {
    at->second = stuck_together(net_, components, std::min(limits_.states_max, limits_.states_of_all_max - states_),
                                states_, budget);
    states_ = std::min(states_, limits_.states_of_all_max);
    if (at->second) budget.reserve(at->second->size() * sizeof(PlaceId));
  }
  return at->second;
}

bool Tuples::excludes(const Components& components, const std::vector<PlaceId>& candidate, Budget& budget) {
  const Stuck& stuck = explore(components, budget);
  if (!stuck) return false;
  const std::size_t width = components.size();
  budget.poll(static_cast<std::uint32_t>(stuck->size() / 8));
  for (std::size_t first = 0; first < stuck->size(); first += width) {
    std::size_t i = 0;
    while (i < width && (*stuck)[first + i] == candidate[components[i]]) ++i;
    if (i == width) return false;
  }
  return true;
}

// The component that shares most of the tuple's rules, which are the better the fewer others they need.
std::optional<std::uint32_t> Tuples::next_of(const Components& components, Budget& budget) const {
  std::map<std::uint32_t, double> score;
  const auto is_inside = [&](std::uint32_t c) { return std::ranges::binary_search(components, c); };
  for (const std::uint32_t c : components)
    for (std::uint32_t k = 0; k < net_.actions_of(c); ++k)
      for (const RuleId rule : net_.rules_of(ActionId{net_.first_action(c) + k})) {
        const auto actions = net_.participants(rule);
        budget.poll(static_cast<std::uint32_t>(actions.size()));
        const auto outside =
            std::ranges::count_if(actions, [&](ActionId a) { return !is_inside(net_.component_of(a)); });
        for (const ActionId a : actions)
          if (const std::uint32_t other = net_.component_of(a); !is_inside(other))
            score[other] += 1.0 / (static_cast<double>(outside) * static_cast<double>(net_.actions_of(other)));
      }
  if (score.empty()) return std::nullopt;
  return std::ranges::max_element(score, {}, [](const auto& entry) { return entry.second; })->first;
}

std::vector<TupleCut> Tuples::find(const std::vector<PlaceId>& candidate, Budget& budget) {
  std::vector<TupleCut> cuts;
  const auto try_tuple = [&](const Components& components) {
    if (!excludes(components, candidate, budget)) return false;
    const Stuck& stuck = explored_.at(components);
    for (std::size_t start = 0; start < components.size(); ++start) {
      TupleCut cut{components, generalise(net_, components, *stuck, candidate, start)};
      const bool is_known =
          std::ranges::any_of(cuts, [&](const TupleCut& other) { return other.places == cut.places; });
      if (!is_known) cuts.push_back(std::move(cut));
    }
    return true;
  };
  if (cuts_ >= limits_.cuts_max) return cuts;
  for (const auto& [components, stuck] : explored_)
    if (stuck && try_tuple(components)) break;
  std::vector<Components> growing;
  if (cuts.empty())
    for (std::uint32_t c = 0; c < net_.components(); ++c) growing.push_back({c});
  while (!growing.empty() && cuts.empty() && states_ < limits_.states_of_all_max) {
    std::set<Components> grown;
    for (Components& components : growing) {
      const auto next = next_of(components, budget);
      if (!next || components.size() == limits_.components_max) continue;
      components.insert(std::ranges::lower_bound(components, *next), *next);
      if (!grown.insert(components).second) continue;
      if (components.size() > 2 && try_tuple(components)) break;
      if (states_ == limits_.states_of_all_max) break;
      if (components.size() > 2 && !explored_.at(components)) grown.erase(components);
    }
    growing.assign(grown.begin(), grown.end());
  }
  cuts_ += cuts.size();
  return cuts;
}

}  // namespace tryst
