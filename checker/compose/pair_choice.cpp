#include "checker/compose/pair_choice.hpp"

#include <algorithm>
#include <map>

namespace tryst {

namespace {

// Rules with more participants say little about pairs.
constexpr std::size_t participants_max = 8;

}  // namespace

std::optional<PartPair> best_pair(const ActionNet& net, std::span<const PartId> among,
                                  std::span<const PartPair> refused, std::uint32_t states_max, Budget& budget) {
  std::map<PartPair, double> gains;
  std::map<PartId, std::size_t> rules_of;
  for (const PartId p : among) {
    const auto rules = net.rules_of(p);
    rules_of[p] = rules.size();
    for (const std::uint32_t r : rules) {
      budget.poll();
      const JointRule& rule = net.rule(r);
      if (rule.event != tau || rule.participants.size() > participants_max) continue;
      for (const PartAction& other : rule.participants) {
        if (other.part <= p || !std::ranges::binary_search(among, other.part)) continue;
        // What takes a third part is hidden later, if ever.
        gains[{p, other.part}] += rule.participants.size() == 2 ? 1 : 0.25;
      }
    }
  }
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
