#include "runtime/tour.hpp"

#include <algorithm>
#include <vector>

#include "runtime/executor.hpp"
#include "runtime/monitor.hpp"
#include "runtime/states.hpp"

namespace tryst::runtime {

namespace {

constexpr std::uint32_t none = 0xffffffff;

struct Step {
  std::uint32_t source = none;  // state
  RuleId rule{};
};

// The first way to reach each state, and to take each rule.
struct Ways {
  std::vector<Step> to_state;
  std::vector<Step> to_rule;  // by rule; source none: never enabled
};

Ways explore_ways(const Network& network, States& states) {
  Ways ways;
  ways.to_state.resize(1);
  ways.to_rule.resize(network.rules.size());
  std::vector<RuleId> enabled;
  for (States::Id s = 0; s < states.size(); ++s) {
    states.enabled(s, enabled);
    for (const RuleId r : enabled) {
      if (ways.to_rule[index(r)].source == none) ways.to_rule[index(r)] = {s, r};
      if (states.after(s, r) == ways.to_state.size()) ways.to_state.push_back({s, r});
    }
  }
  return ways;
}

// What is wrong with the run that ends with this step; empty if nothing.
std::string take(const Network& network, std::span<const Table* const> automata, States& states, const Ways& ways,
                 Step last) {
  std::vector<Step> steps{last};
  while (ways.to_state[steps.back().source].source != none) steps.push_back(ways.to_state[steps.back().source]);
  Executor executor(network);
  Monitor monitor(network, automata);
  std::vector<RuleId> enabled;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    states.enabled(step->source, enabled);
    std::vector<RuleId> ready(executor.ready().begin(), executor.ready().end());
    std::ranges::sort(ready);
    if (ready != enabled) return "the executor has other rules ready than the components offer";
    executor.fire(step->rule);
    if (!monitor.step(step->rule) || !monitor.at_rest(executor)) return monitor.violation();
  }
  return {};
}

}  // namespace

Tour tour(const Network& network, std::span<const Table* const> automata, std::size_t states_max) {
  States states(network, states_max);
  const Ways ways = explore_ways(network, states);
  Tour result;
  for (const Step& step : ways.to_rule) {
    if (step.source == none) {
      ++result.unreached;
      continue;
    }
    ++result.rules;
    result.objection = take(network, automata, states, ways, step);
    if (!result.objection.empty()) break;
  }
  return result;
}

}  // namespace tryst::runtime
