#include "runtime/program.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/explore.hpp"
#include "runtime/replay.hpp"
#include "runtime/team.hpp"
#include "runtime/tour.hpp"

namespace tryst::runtime {

namespace {

constexpr int status_usage = 2;
constexpr int status_stuck = 10;
constexpr int status_limit = 20;
constexpr int status_wrong = 70;

constexpr std::uint64_t self_check_steps = 100'000;

struct Arguments {
  std::uint64_t steps = ~std::uint64_t{0};
  std::uint64_t seed = 1;
  bool monitor = false;
  bool print = false;
  bool explore = false;
  bool self_check = false;
  bool list = false;
  bool help = false;
  std::string trace;
  std::string replay;
  std::string output;                      // of --explore; empty: standard output
  std::optional<std::uint64_t> component;  // of --explore
};

struct WrongArguments : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::uint64_t number(const std::string& option, const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw WrongArguments(option + " needs a number, not '" + text + "'");
  return value;
}

Arguments parse(const Program& program, const std::vector<std::string>& words) {
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& option = words[i];
    const auto value = [&]() -> const std::string& {
      if (++i == words.size()) throw WrongArguments(option + " needs a value");
      return words[i];
    };
    if (option == "--steps") arguments.steps = number(option, value());
    else if (option == "--seed") arguments.seed = number(option, value());
    else if (option == "--monitor") arguments.monitor = true;
    else if (option == "--print") arguments.print = true;
    else if (option == "--trace") arguments.trace = value();
    else if (option == "--replay") arguments.replay = value();
    else if (option == "--component") arguments.component = number(option, value());
    else if (option == "--self-check") arguments.self_check = true;
    else if (option == "--list") arguments.list = true;
    else if (option == "--help") arguments.help = true;
    else if (option == "--explore") {
      arguments.explore = true;
      if (i + 1 < words.size() && !words[i + 1].starts_with("--")) arguments.output = words[++i];
    } else {
      throw WrongArguments("unknown option '" + option + "'");
    }
  }
  if (arguments.component && *arguments.component >= program.network.components.size())
    throw WrongArguments("there is no component " + std::to_string(*arguments.component));
  return arguments;
}

void print_help(const Program& program) {
  std::cout << "usage: " << program.name << " [--steps N] [--seed N] [--print] [--monitor] [--trace FILE]\n"
            << "       " << program.name << " --replay FILE\n"
            << "       " << program.name << " --explore [FILE] [--component N]\n"
            << "       " << program.name << " --self-check | --list | --help\n";
}

int explore_program(const Program& program, const Arguments& arguments) {
  const Graph graph =
      arguments.component
          ? explore_component(program.network, static_cast<std::uint32_t>(*arguments.component))
          : explore(program.network);
  if (arguments.output.empty()) {
    write_aut(program.network, graph, std::cout);
    return 0;
  }
  std::ofstream out(arguments.output, std::ios::binary);
  write_aut(program.network, graph, out);
  if (!out.flush()) throw std::runtime_error("cannot write " + arguments.output);
  return 0;
}

void write_trace(const Program& program, const Trace& trace, const std::string& path) {
  std::ofstream out(path, std::ios::binary);
  path.ends_with(".json") ? trace.write_json(program.network, out) : trace.write_cbor(program.network, out);
  if (!out.flush()) throw std::runtime_error("cannot write " + path);
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
  std::ifstream in(path, std::ios::binary);
  if (!in) throw WrongArguments("cannot read " + path);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  if (const auto trace = Trace::read_cbor(program.network, bytes))
    return std::vector(trace->rules().begin(), trace->rules().end());
  std::vector<Event> events;
  bool deadlock = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.empty() || line == "tau") continue;
    if (line == "deadlock") {
      deadlock = true;
      continue;
    }
    const auto event = find_event(program.network, line);
    if (!event) {
      std::cerr << "the program has no event '" << line << "'\n";
      return std::nullopt;
    }
    events.push_back(*event);
  }
  auto found = find_run(program.network, events, deadlock);
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
  try {
    return perform(program, make_environment, parse(program, {argv + 1, argv + argc}));
  } catch (const WrongArguments& error) {
    std::cerr << program.name << ": " << error.what() << '\n';
    print_help(program);
    return status_usage;
  } catch (const std::length_error& error) {
    std::cerr << program.name << ": " << error.what() << '\n';
    return status_limit;
  } catch (const std::exception& error) {
    std::cerr << program.name << ": " << error.what() << '\n';
    return status_wrong;
  }
}

}  // namespace tryst::runtime
