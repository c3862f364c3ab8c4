#include "runtime/pi_monitor.hpp"

#include <algorithm>
#include <map>

namespace tryst::runtime::pi {

namespace {

constexpr std::size_t self_check_runs = 20;
constexpr std::uint64_t self_check_steps = 200;   // of each run, at most
constexpr std::size_t self_check_processes = 24;  // beyond which a run is not followed: all its steps are enumerated

enum class Way : std::uint8_t { silent, sent, received };

Way way_of(const Step& step) {
  return !step.is_visible() ? Way::silent : step.sender != nobody ? Way::sent : Way::received;
}
Way way_of(const LabelledStep& step) {
  return step.label.empty() ? Way::silent : step.label[0] == '\'' ? Way::sent : Way::received;
}

}  // namespace

Soup soup_of(const Executor& executor) {
  const Program& program = executor.program();
  std::map<Name, Name> renamed;
  std::uint32_t fresh = first_fresh, restricted = first_restricted;
  Soup soup;
  for (std::uint32_t p = 0; p < executor.slot_count(); ++p) {
    if (!executor.is_process(p)) continue;
    const ProcessType& type = executor.type(p);
    Component one{executor.type_number(p), std::vector<std::uint64_t>((type.size() + 7) / 8)};
    std::memcpy(one.words.data(), executor.state(p), type.size());
    for (std::uint32_t i = 0; i < type.names; ++i) {
      const Name n = type.name_at(one.state(), i);
      if (n == no_name || index(n) <= program.free_names.size()) continue;
      const auto [at, is_new] = renamed.try_emplace(n);
      if (is_new) at->second = Name{executor.is_known(n) ? fresh++ : restricted++};
      std::memcpy(one.state() + type.names_place() + 4 * i, &at->second, sizeof(Name));
    }
    soup.push_back(std::move(one));
  }
  return canonical(program, std::move(soup), true);
}

StateMonitor::StateMonitor(const Executor& executor) : program_(executor.program()), before_(soup_of(executor)) {}

bool StateMonitor::step(const Executor& after, const Step& step, std::span<const Word> received) {
  Soup now = soup_of(after);
  Program as_received = program_;  // any of the words that is a number may have been received as one
  as_received.integers = received;
  as_received.only_new_names = false;
  const bool found = std::ranges::any_of(steps_of(as_received, before_, true), [&](const LabelledStep& each) {
    return way_of(each) == way_of(step) && canonical(program_, each.target, true) == now;
  });
  before_ = std::move(now);
  return found;
}

bool StateMonitor::at_rest(const Executor& executor) const {
  const bool is_open = executor.place_count() > 0;
  return std::ranges::all_of(steps_of(program_, soup_of(executor)),
                             [&](const LabelledStep& each) { return is_open && way_of(each) != Way::silent; });
}

SelfCheck self_check(const Program& program, std::uint64_t seed) {
  SelfCheck result;
  for (; result.runs < self_check_runs; ++result.runs) {
    Executor executor(program);
    Environment environment(seed + result.runs);
    StateMonitor monitor(executor);
    struct Both final : Monitor {
      explicit Both(StateMonitor& m) : states(m) {}
      bool step(const Executor& after, const Step& step, std::span<const Word> received) final {
        if (++steps % 50 == 0) after.check();
        return states.step(after, step, received);
      }
      StateMonitor& states;
      std::uint64_t steps = 0;
    } both(monitor);
    RunOptions options;
    options.steps_max = 1;
    options.monitor = &both;
    Run ran{Outcome::step_limit, 0};
    std::uint64_t steps = 0;
    while (ran.outcome == Outcome::step_limit && steps < self_check_steps &&
           executor.process_count() <= self_check_processes) {
      ran = run(executor, environment, options);
      steps += ran.steps;
    }
    result.steps += steps;
    const std::string which = std::to_string(seed + result.runs);
    if (ran.outcome == Outcome::violation)
      result.objection.append("step ")
          .append(std::to_string(steps))
          .append(" of the run with seed ")
          .append(which)
          .append(" is none of the model");
    else if (ran.outcome == Outcome::stuck && !monitor.at_rest(executor))
      result.objection.append("the run with seed ").append(which).append(" stops where the model goes on");
    if (!result.objection.empty()) return result;
    const std::vector<Step> before = executor.steps();
    executor.collect();
    executor.check();
    if (executor.steps() != before) result.objection = "collecting names takes away what can act";
    if (!result.objection.empty()) return result;
  }
  return result;
}

}  // namespace tryst::runtime::pi
