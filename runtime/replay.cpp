#include "runtime/replay.hpp"

#include <algorithm>
#include <unordered_set>

#include "runtime/states.hpp"

namespace tryst::runtime {

namespace {

constexpr std::uint32_t none = 0xffffffff;

struct Point {
  States::Id state;
  std::uint32_t position;  // events performed
  std::uint32_t parent;    // index of a point; none: the first
  RuleId rule;             // from the parent
};

std::vector<RuleId> path_to(std::span<const Point> points, std::uint32_t at) {
  std::vector<RuleId> rules;
  for (; points[at].parent != none; at = points[at].parent) rules.push_back(points[at].rule);
  std::ranges::reverse(rules);
  return rules;
}

}  // namespace

std::optional<std::vector<RuleId>> find_run(const Network& network, std::span<const Event> visible, bool to_deadlock,
                                            std::size_t states_max) {
  States states(network, states_max);
  std::vector<Point> points{{states.initial(), 0, none, {}}};
  std::unordered_set<std::uint64_t> met{0};
  std::vector<RuleId> enabled;
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    const auto [state, position, parent, rule] = points[i];
    states.enabled(state, enabled);
    if (position == visible.size() && (!to_deadlock || enabled.empty())) return path_to(points, i);
    for (const RuleId r : enabled) {
      const Event event = network.rules[index(r)].event;
      const bool wanted = position < visible.size() && event == visible[position];
      if (event != tau && !wanted) continue;
      const States::Id target = states.after(state, r);
      const std::uint32_t next = position + (event != tau);
      if (met.insert(std::uint64_t{next} << 32 | target).second) points.push_back({target, next, i, r});
    }
  }
  return std::nullopt;
}

std::optional<Event> find_event(const Network& network, std::string_view name) {
  if (name == "tick") return tick;
  const auto at = std::find(network.events.begin() + 2, network.events.end(), name);
  if (at == network.events.end()) return std::nullopt;
  return Event{static_cast<std::uint32_t>(at - network.events.begin())};
}

}  // namespace tryst::runtime
