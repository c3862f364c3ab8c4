#include "checker/structural/alike.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

namespace tryst {

namespace {

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {  // the finaliser of MurmurHash3
  hash = (hash ^ value) + 0x9e3779b97f4a7c15;
  hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccd;
  hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53;
  return hash ^ hash >> 33;
}

Alike::Shape shape_of(const PlaceNet& net, std::uint32_t component) {
  Alike::Shape shape{static_cast<std::uint32_t>(net.places_of(component)), {}, {}, {}};
  const std::uint32_t first = index(net.initial(component));
  std::map<std::vector<std::pair<std::uint32_t, std::uint32_t>>, std::uint32_t> groups;
  for (std::uint32_t k = 0; k < net.actions_of(component); ++k) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs;
    for (const PlaceNet::Arc& arc : net.arcs(ActionId{net.first_action(component) + k}))
      arcs.emplace_back(index(arc.from) - first, index(arc.to) - first);
    const auto [at, is_new] = groups.try_emplace(std::move(arcs), static_cast<std::uint32_t>(groups.size()));
    if (is_new) shape.groups.push_back({at->first});
    shape.group_of.push_back(at->second);
  }
  std::vector<std::pair<std::uint32_t, Alike::Step>> steps;
  for (std::uint32_t group = 0; group < shape.groups.size(); ++group)
    for (const auto& [from, to] : shape.groups[group].arcs) steps.push_back({from, {group, to}});
  shape.steps = Groups<Alike::Step>(shape.places, steps);
  return shape;
}

// Numbers components by a key, in the order in which keys come up.
template <class Keys>
Alike::Classes numbered(const Keys& keys) {
  Alike::Classes classes;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;
  for (std::uint32_t c = 0; c < keys.size(); ++c) {
    const auto [at, is_new] = numbers.try_emplace(keys[c], static_cast<std::uint32_t>(numbers.size()));
    if (is_new) classes.first.push_back(c);
    classes.of.push_back(at->second);
  }
  return classes;
}

}  // namespace

Alike::Alike(const PlaceNet& net, Budget& budget) : net_(&net) {
  std::map<std::vector<std::uint32_t>, std::uint32_t> known;  // by all that is to be the same
  for (std::uint32_t c = 0; c < net.components(); ++c) {
    std::vector<std::uint32_t> content{static_cast<std::uint32_t>(net.places_of(c))};
    for (std::uint32_t k = 0; k < net.actions_of(c); ++k) {
      const auto arcs = net.arcs(ActionId{net.first_action(c) + k});
      budget.poll(static_cast<std::uint32_t>(arcs.size()));
      content.push_back(static_cast<std::uint32_t>(arcs.size()));
      for (const PlaceNet::Arc& arc : arcs) {
        content.push_back(index(net.local_of(arc.from)));
        content.push_back(index(net.local_of(arc.to)));
      }
    }
    const auto [at, is_new] = known.try_emplace(std::move(content), static_cast<std::uint32_t>(known.size()));
    if (is_new) shapes_.push_back(tryst::shape_of(net, c));
    shape_of_.push_back(at->second);
  }
}

Alike::Classes Alike::classes(const std::vector<PlaceId>& candidate) const {
  std::vector<std::uint64_t> keys;
  for (std::uint32_t c = 0; c < net_->components(); ++c)
    keys.push_back(std::uint64_t{shape_of_[c]} << 32 | index(net_->local_of(candidate[c])));
  return numbered(keys);
}

Alike::Classes Alike::each_alone() const {
  Classes classes;
  classes.of.resize(net_->components());
  std::iota(classes.of.begin(), classes.of.end(), 0U);
  classes.first = classes.of;
  return classes;
}

Alike::Classes Alike::refined(const Classes& classes, Budget& budget) const {
  std::vector<std::uint64_t> of_rule(net_->rules(), 0);
  for (std::uint32_t r = 0; r < net_->rules(); ++r) {
    budget.poll();
    for (const ActionId a : net_->participants(RuleId{r})) {  // in any order
      const std::uint32_t c = net_->component_of(a);
      of_rule[r] += mixed(classes.of[c], shape(c).group_of[index(a) - net_->first_action(c)]);
    }
  }
  std::vector<std::uint64_t> keys;
  for (std::uint32_t c = 0; c < net_->components(); ++c) {
    std::vector<std::uint64_t> by_group(shape(c).groups.size(), 0);
    for (std::uint32_t k = 0; k < net_->actions_of(c); ++k)
      for (const RuleId rule : net_->rules_of(ActionId{net_->first_action(c) + k})) {
        budget.poll();
        by_group[shape(c).group_of[k]] += mixed(of_rule[index(rule)], 1);
      }
    std::uint64_t key = classes.of[c];
    for (const std::uint64_t each : by_group) key = mixed(key, each);
    keys.push_back(key);
  }
  return numbered(keys);
}

}  // namespace tryst
