#include "runtime/program.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/command_line.hpp"
#include "runtime/explore.hpp"
#include "runtime/replay.hpp"
#include "runtime/team.hpp"
#include "runtime/tour.hpp"

namespace tryst::runtime {

namespace {

constexpr std::uint64_t self_check_steps = 100'000;

void print_help(const Program& program) {
  std::cout << "usage: " << program.name << " [--steps N] [--seed N] [--print] [--monitor] [--trace FILE]\n"
            << "       " << program.name << " --replay FILE\n"
            << "       " << program.name << " --explore [FILE] [--component N]\n"
            << "       " << program.name << " --self-check | --list | --help\n";
}

int explore_program(const Program& program, const Arguments& arguments) {
  const Graph graph = arguments.component
                          ? explore_component(program.network, static_cast<std::uint32_t>(*arguments.component))
                          : explore(program.network);
  if (arguments.output.empty()) {
    write_aut(program.network, graph, std::cout);
    return 0;
  }
  write_file(arguments.output, [&](std::ostream& out) { write_aut(program.network, graph, out); });
  return 0;
}

void write_trace(const Program& program, const Trace& trace, const std::string& path) {
  write_file(path, [&](std::ostream& out) {
    path.ends_with(".json") ? trace.write_json(program.network, out) : trace.write_cbor(program.network, out);
  });
}

// What a run came to, on stderr, and the exit status.
int report(const Executor& executor, const std::string& violation, const Run& run) {
  switch (run.outcome) {
    case Outcome::terminated: std::cerr << "ended after " << run.steps << " steps\n"; return 0;
    case Outcome::step_limit: std::cerr << "stopped after " << run.steps << " steps\n"; return 0;
    case Outcome::refused:
      std::cerr << "stopped after " << run.steps << " steps: the outside accepts nothing that is possible\n";
      return 0;
    case Outcome::stuck:
      std::cerr << "deadlock after " << run.steps << " steps\n" << waiting(executor);
      return status_stuck;
    case Outcome::violation: std::cerr << "the monitor objects: " << violation << '\n'; return status_wrong;
  }
  return status_wrong;
}

int run_program(const Program& program, const Arguments& arguments, Environment& environment) {
  Executor executor(program.network);
  Monitor monitor(program.network, program.automata);
  Trace trace;
  RunOptions options;
  options.steps_max = arguments.steps;
  if (arguments.monitor) options.monitor = &monitor;
  if (!arguments.trace.empty()) options.trace = &trace;
  if (arguments.print) options.print = &std::cout;
  const Run run = runtime::run(executor, environment, options);
  if (!arguments.trace.empty()) write_trace(program, trace, arguments.trace);
  return report(executor, monitor.violation(), run);
}

// The same on the executors that it was emitted for.
int run_team(const Program& program, const Arguments& arguments, const EnvironmentMaker& make_environment) {
  const Deployment deployment(program.network, program.executor_of, program.automata);
  std::vector<std::unique_ptr<Environment>> environments;
  for (std::size_t p = 0; p < deployment.parts().size(); ++p)
    environments.push_back(make_environment(arguments.seed + p));
  TeamOptions options;
  options.steps_max = arguments.steps;
  options.monitor = arguments.monitor;
  options.trace = !arguments.trace.empty();
  if (arguments.print) options.print = &std::cout;
  const TeamRun ran = runtime::run(deployment, environments, options);
  if (!arguments.trace.empty()) write_trace(program, ran.trace, arguments.trace);
  Executor executor(program.network);
  executor.restore(ran.state);
  return report(executor, ran.violation, ran.run);
}

// The rules of a trace file: written by --trace, or one visible event a line, the last perhaps `deadlock`.
std::optional<std::vector<RuleId>> read_run(const Program& program, const std::string& path) {
  const std::string text = read_file(path);
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  if (const auto trace = Trace::read_cbor(program.network, bytes))
    return std::vector(trace->rules().begin(), trace->rules().end());
  std::vector<Event> events;
  const WrittenTrace written = read_labels(text);
  for (const std::string& line : written.labels) {
    if (line == "tau") continue;
    const auto event = find_event(program.network, line);
    if (!event) {
      std::cerr << "the program has no event '" << line << "'\n";
      return std::nullopt;
    }
    events.push_back(*event);
  }
  auto found = find_run(program.network, events, written.deadlock);
  if (!found) std::cerr << "the program cannot perform this trace\n";
  return found;
}

int replay_program(const Program& program, const Arguments& arguments, Environment& environment) {
  const auto rules = read_run(program, arguments.replay);
  if (!rules) return status_stuck;
  Executor executor(program.network);
  Monitor monitor(program.network, program.automata);
  for (const RuleId r : *rules) {
    const auto ready = executor.ready();
    if (std::find(ready.begin(), ready.end(), r) == ready.end()) {
      std::cerr << "a step of the trace is not ready\n" << waiting(executor);
      return status_stuck;
    }
    executor.fire(r);
    const Event event = program.network.rules[index(r)].event;
    std::cout << program.network.name(event) << '\n';
    if (event != tau) environment.performed(event);
    if (!monitor.step(r)) {
      std::cerr << "the monitor objects: " << monitor.violation() << '\n';
      return status_wrong;
    }
  }
  std::cerr << "performed, " << rules->size() << " steps\n";
  if (executor.ready().empty() && !executor.has_ended()) std::cerr << "deadlock\n" << waiting(executor);
  return 0;
}

int self_check(const Program& program, std::uint64_t seed) {
  const Tour toured = tour(program.network, program.automata);
  if (!toured.objection.empty()) {
    std::cerr << "the self-check objects: " << toured.objection << '\n';
    return status_wrong;
  }
  Executor executor(program.network);
  Monitor monitor(program.network, program.automata);
  Environment environment(seed);
  RunOptions options;
  options.steps_max = self_check_steps;
  options.monitor = &monitor;
  const Run run = runtime::run(executor, environment, options);
  if (run.outcome == Outcome::violation) return report(executor, monitor.violation(), run);
  std::cerr << "self-check: " << toured.rules << " rules taken, " << toured.unreached << " never enabled; " << run.steps
            << " steps monitored\n";
  return 0;
}

int perform(const Program& program, const EnvironmentMaker& make_environment, const Arguments& arguments) {
  if (arguments.help) {
    print_help(program);
    return 0;
  }
  if (arguments.list) {
    for (std::size_t c = 0; c < program.network.components.size(); ++c)
      std::cout << c << ' ' << program.network.components[c].name << '\n';
    return 0;
  }
  if (arguments.explore) return explore_program(program, arguments);
  if (arguments.self_check) return self_check(program, arguments.seed);
  if (arguments.replay.empty() && !program.executor_of.empty()) return run_team(program, arguments, make_environment);
  const std::unique_ptr<Environment> environment = make_environment(arguments.seed);
  if (!arguments.replay.empty()) return replay_program(program, arguments, *environment);
  return run_program(program, arguments, *environment);
}

}  // namespace

int program_main(const Program& program, const EnvironmentMaker& make_environment, int argc, char** argv) {
  return guarded(
      program.name,
      [&] {
        return perform(program, make_environment, parse({argv + 1, argv + argc}, program.network.components.size()));
      },
      [&] { print_help(program); });
}

}  // namespace tryst::runtime
