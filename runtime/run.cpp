#include "runtime/run.hpp"

#include <algorithm>
#include <ostream>

namespace tryst::runtime {

namespace {

constexpr std::size_t none = ~std::size_t{0};

// What a rule's event needs from the user's side: one look for both.
constexpr std::uint8_t asks = 1;
constexpr std::uint8_t tells = 2;

std::vector<std::uint8_t> needs_of_rules(const Network& network, const Environment& environment, bool prints) {
  std::vector<std::uint8_t> needs;
  for (const Rule& rule : network.rules) {
    const bool is_told = rule.event != tau && (prints || environment.needs(Environment::Call::performed, rule.event));
    const bool is_asked = index(rule.event) > index(tick) && environment.needs(Environment::Call::accepts, rule.event);
    needs.push_back(static_cast<std::uint8_t>((is_asked ? asks : 0) | (is_told ? tells : 0)));
  }
  return needs;
}

// The first ready rule from `start` on, round, that the environment takes part in.
std::size_t acceptable(const Executor& executor, Environment& environment, const std::uint8_t* needs,
                       std::size_t start) {
  const auto ready = executor.ready();
  for (std::size_t i = 0; i < ready.size(); ++i) {
    const std::size_t at = start + i < ready.size() ? start + i : start + i - ready.size();
    const RuleId rule = ready[at];
    if ((needs[index(rule)] & asks) == 0 || environment.accepts(executor.network().rules[index(rule)].event)) return at;
  }
  return none;
}

}  // namespace

Run run(Executor& executor, Environment& environment, const RunOptions& options) {
  const Network& network = executor.network();
  const std::vector<std::uint8_t> needs_of = needs_of_rules(network, environment, options.print != nullptr);
  const std::uint8_t* const needs = needs_of.data();
  const bool is_watched = options.trace != nullptr || options.monitor != nullptr;
  for (std::uint64_t steps = 0;; ++steps) {
    const auto ready = executor.ready();
    if (ready.empty()) {
      if (options.monitor != nullptr && !options.monitor->at_rest(executor)) return {Outcome::violation, steps};
      return {executor.has_ended() ? Outcome::terminated : Outcome::stuck, steps};
    }
    if (steps == options.steps_max) return {Outcome::step_limit, steps};
    const std::size_t start = ready.size() == 1       ? 0
                              : environment.chooses() ? environment.choose(network, ready)
                                                      : environment.choose_at_random(ready);
    std::size_t at = (needs[index(ready[start])] & asks) == 0 ? start : acceptable(executor, environment, needs, start);
    while (at == none) {
      if (!environment.wait()) return {Outcome::refused, steps};
      at = acceptable(executor, environment, needs, start);
    }
    const RuleId rule = ready[at];
    executor.fire(rule);
    if (is_watched) {
      if (options.trace != nullptr) options.trace->record(rule);
      if (options.monitor != nullptr && !options.monitor->step(rule)) return {Outcome::violation, steps + 1};
    }
    if ((needs[index(rule)] & tells) == 0) continue;
    const Event event = network.rules[index(rule)].event;
    if (options.print != nullptr) *options.print << network.name(event) << '\n';
    if (environment.needs(Environment::Call::performed, event)) environment.performed(event);
  }
}

std::string waiting(const Executor& executor) {
  const Network& network = executor.network();
  const auto offered = [&](const Participant& one) {
    return std::ranges::count(executor.offers(one.component), one.label) != 0;
  };
  std::string text;
  for (std::uint32_t c = 0; c < network.components.size(); ++c) {
    const ComponentPlace& component = network.components[c];
    text += component.name;
    if (const std::string where = executor.where(c); !where.empty()) text += " at " + where;
    if (executor.offers(c).empty()) text += " offers nothing";
    text += '\n';
    for (const Label label : executor.offers(c)) {
      if (component.labels[index(label)] == ended) continue;
      text += "  " + network.name(component.labels[index(label)]);
      std::string_view separator = " needs ";
      for (const Rule& rule : network.rules) {
        const auto participants = network.participants_of(rule);
        if (std::ranges::none_of(participants,
                                 [&](const Participant& one) { return one.component == c && one.label == label; }))
          continue;
        for (const Participant& one : participants) {
          if (offered(one)) continue;
          text += separator;
          text += network.components[one.component].name;
          separator = ", ";
        }
        if (separator == ", ") separator = " or ";
      }
      if (separator == " needs ") text += " needs what no partner can do";
      text += '\n';
    }
  }
  return text;
}

}  // namespace tryst::runtime
