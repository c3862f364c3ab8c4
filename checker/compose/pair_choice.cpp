#include "checker/compose/pair_choice.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace tryst {

namespace {

// Rules with more participants say little about pairs.
constexpr std::size_t participants_max = 8;

// Where every rule of two parts has one of the other that it becomes one with, that counts half of what it would count
// if all were hidden.
constexpr double alike_weight = 0.5;

// Parts that are alternatives in a rule.
struct Alternatives {
  std::optional<PartId> largest, smallest;

  void add(PartId part, const ActionNet& net) {
    const auto states = [&](PartId p) { return net.part(p).state_count(); };
    if (part == largest || part == smallest) return;  // by another rule
    if (!largest) {
      largest = part;
    } else if (states(part) > states(*largest)) {
      if (!smallest || states(*largest) < states(*smallest)) smallest = largest;
      largest = part;
    } else if (!smallest || states(part) < states(*smallest)) {
      smallest = part;
    }
  }
};

// Of a rule, but for one of its parts. Equal by chance is as good as never: it is a choice, not a proof.
std::uint64_t hash_without(PartId part, const JointRule& rule) {
  const auto mixed = [](std::uint64_t x) {
    x *= 0x9e3779b97f4a7c15;
    return x ^ (x >> 32);
  };
  std::uint64_t hash = mixed(index(rule.event));
  for (const Rank rank : rule.ranks) hash = mixed(hash ^ (std::uint64_t{rank.layer} << 32) ^ rank.grade);
  for (const PartAction& other : rule.participants)
    if (other.part != part) hash += mixed((std::uint64_t{index(other.part)} << 32) | index(other.action));
  return hash;
}

bool is_larger_of_one(PartId part, std::span<const PartPair> pairs, const ActionNet& net) {
  return std::ranges::any_of(pairs, [&](PartPair pair) {
    if (part == pair.second) std::swap(pair.first, pair.second);
    return part == pair.first && net.part(pair.first).state_count() >= net.part(pair.second).state_count();
  });
}

}  // namespace

std::optional<PartPair> best_pair(const ActionNet& net, std::span<const PartId> among,
                                  std::span<const PartPair> refused, std::uint32_t states_max, Budget& budget) {
  std::map<PartPair, double> gains;
  std::map<PartId, std::size_t> rules_of;
  std::unordered_map<std::uint64_t, Alternatives> alternatives;  // by the hash of a rule without them
  for (const PartId p : among) {
    const auto rules = net.rules_of(p);
    rules_of[p] = rules.size();
    const bool may_grow = !is_larger_of_one(p, refused, net);
    for (const std::uint32_t r : rules) {
      budget.poll();
      const JointRule& rule = net.rule(r);
      if (rule.participants.size() > participants_max) continue;
      if (may_grow) alternatives[hash_without(p, rule)].add(p, net);
      if (!net.is_invisible(rule)) continue;
      for (const PartAction& other : rule.participants) {
        if (other.part <= p || !std::ranges::binary_search(among, other.part)) continue;
        // What takes a third part is hidden later, if ever.
        gains[{p, other.part}] += rule.participants.size() == 2 ? 1 : 0.25;
      }
    }
  }
  for (const auto& [hash, parts] : alternatives)
    if (parts.smallest) gains[std::minmax({*parts.largest, *parts.smallest})] += alike_weight;
  std::optional<PartPair> best;
  std::pair<double, double> least{};  // the smaller, the better
  for (const auto& [pair, gain] : gains) {
    const double product =
        static_cast<double>(net.part(pair.first).state_count()) * net.part(pair.second).state_count();
    if (product > 8.0 * states_max || std::ranges::find(refused, pair) != refused.end()) continue;
    const double touched = static_cast<double>(rules_of[pair.first] + rules_of[pair.second]);
    const std::pair<double, double> merit{-gain / touched, product};
    if (best && merit >= least) continue;
    best = pair;
    least = merit;
  }
  return best;
}

}  // namespace tryst
