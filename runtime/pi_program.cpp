#include "runtime/pi_program.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

#include "runtime/command_line.hpp"
#include "runtime/pi_monitor.hpp"
#include "runtime/pi_replay.hpp"

namespace tryst::runtime::pi {

namespace {

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
  write_file(arguments.output, [&](std::ostream& out) { write_aut(explore(program), out); });
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
  if (!arguments.trace.empty())
    write_file(arguments.trace, [&](std::ostream& out) {
      arguments.trace.ends_with(".json") ? trace.write_json(out) : trace.write_cbor(program, out);
    });
  return report(executor, ran);
}

int perform_labels(const Program& program, const std::string& text) {
  auto [labels, deadlock] = read_labels(text);
  std::erase_if(labels, [](const std::string& label) { return label == "tau" || label == "t"; });
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
  const std::string text = read_file(arguments.replay);
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
  return guarded(
      program.name,
      [&] {
        return perform(program, make_environment, parse({argv + 1, argv + argc}, 0));
      },
      [&] { print_help(program); });
}

}  // namespace tryst::runtime::pi
