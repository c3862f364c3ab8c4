#include "runtime/pi_program.hpp"

#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>

#include "runtime/pi_monitor.hpp"

namespace tryst::runtime::pi {

namespace {

constexpr int status_usage = 2;
constexpr int status_stuck = 10;
constexpr int status_limit = 20;
constexpr int status_wrong = 70;

struct WrongArguments : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Arguments {
  std::uint64_t steps = ~std::uint64_t{0};
  std::uint64_t seed = 1;
  bool monitor = false;
  bool print = false;
  bool explore = false;
  bool self_check = false;
  bool help = false;
  std::string trace;
  std::string replay;
  std::string output;  // of --explore; empty: standard output
};

std::uint64_t number(const std::string& option, const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw WrongArguments(option + " needs a number, not '" + text + "'");
  return value;
}

Arguments parse(const std::vector<std::string>& words) {
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
    else if (option == "--self-check") arguments.self_check = true;
    else if (option == "--help") arguments.help = true;
    else if (option == "--explore") {
      arguments.explore = true;
      if (i + 1 < words.size() && !words[i + 1].starts_with("--")) arguments.output = words[++i];
    } else {
      throw WrongArguments("unknown option '" + option + "'");
    }
  }
  return arguments;
}

void print_help(const Program& program) {
  std::cout << "usage: " << program.name << " [--steps N] [--seed N] [--print] [--monitor] [--trace FILE]\n"
            << "       " << program.name << " --replay FILE\n"
            << "       " << program.name << " --explore [FILE]\n"
            << "       " << program.name << " --self-check | --help\n";
}

int explore_program(const Program& program, const Arguments& arguments) {
  if (arguments.output.empty()) {
    write_aut(explore(program), std::cout);
    return 0;
  }
  std::ofstream out(arguments.output, std::ios::binary);
  write_aut(explore(program), out);
  if (!out.flush()) throw std::runtime_error("cannot write " + arguments.output);
  return 0;
}

int report(const Executor& executor, const Run& ran) {
  const std::string count = std::to_string(ran.steps) + " steps";
  switch (ran.outcome) {
    case Outcome::terminated: std::cerr << "ended after " << count << '\n'; return 0;
    case Outcome::step_limit:
      std::cerr << "stopped after " << count << ", " << executor.process_count() << " processes\n";
      return 0;
    case Outcome::refused:
      std::cerr << "stopped after " << count << ": the outside accepts nothing that is possible\n";
      return 0;
    case Outcome::stuck: std::cerr << "deadlock after " << count << '\n' << waiting(executor); return status_stuck;
    case Outcome::violation: std::cerr << "the monitor objects to step " << ran.steps << '\n'; return status_wrong;
  }
  return status_wrong;
}

int run_program(const Program& program, const Arguments& arguments, Environment& environment) {
  Executor executor(program);
  Trace trace;
  RunOptions options;
  options.steps_max = arguments.steps;
  std::optional<StateMonitor> monitor;
  if (arguments.monitor) options.monitor = &monitor.emplace(executor);
  if (!arguments.trace.empty()) options.trace = &trace;
  if (arguments.print) options.print = &std::cout;
  const Run ran = run(executor, environment, options);
  if (!arguments.trace.empty()) {
    std::ofstream out(arguments.trace, std::ios::binary);
    arguments.trace.ends_with(".json") ? trace.write_json(out) : trace.write_cbor(program, out);
    if (!out.flush()) throw std::runtime_error("cannot write " + arguments.trace);
  }
  return report(executor, ran);
}

int perform_labels(const Program& program, const std::string& text) {
  std::vector<std::string> labels;
  bool deadlock = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line == "deadlock")
      deadlock = true;
    else if (!line.empty() && line != "tau" && line != "t")
      labels.push_back(line);
  }
  const auto found = find_run(program, labels, deadlock);
  if (!found) {
    std::cerr << "the program cannot perform this trace\n";
    return status_stuck;
  }
  for (const std::string& label : *found) std::cout << (label.empty() ? "tau" : label) << '\n';
  std::cerr << "performed, " << found->size() << " steps\n" << (deadlock ? "deadlock\n" : "");
  return 0;
}

int replay_program(const Program& program, const Arguments& arguments, Environment& environment) {
  std::ifstream in(arguments.replay, std::ios::binary);
  if (!in) throw WrongArguments("cannot read " + arguments.replay);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto trace = Trace::read_cbor(program, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  if (!trace) return perform_labels(program, text);
  Executor executor(program);
  const std::size_t done = replay(executor, *trace, environment, &std::cout);
  if (done < trace->entries().size()) {
    std::cerr << "step " << done + 1 << " of the trace is not possible\n" << waiting(executor);
    return status_stuck;
  }
  std::cerr << "performed, " << done << " steps\n";
  return 0;
}

int check_itself(const Program& program, std::uint64_t seed) {
  const SelfCheck checked = self_check(program, seed);
  if (!checked.objection.empty()) {
    std::cerr << "the self-check objects: " << checked.objection << '\n';
    return status_wrong;
  }
  std::cerr << "self-check: " << checked.runs << " runs, " << checked.steps << " steps held against the model\n";
  return 0;
}

int perform(const Program& program, const EnvironmentMaker& make_environment, const Arguments& arguments) {
  if (arguments.help) {
    print_help(program);
    return 0;
  }
  if (arguments.explore) return explore_program(program, arguments);
  if (arguments.self_check) return check_itself(program, arguments.seed);
  const std::unique_ptr<Environment> environment = make_environment(arguments.seed);
  if (!arguments.replay.empty()) return replay_program(program, arguments, *environment);
  return run_program(program, arguments, *environment);
}

}  // namespace

int program_main(const Program& program, const EnvironmentMaker& make_environment, int argc, char** argv) {
  try {
    return perform(program, make_environment, parse({argv + 1, argv + argc}));
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

}  // namespace tryst::runtime::pi
