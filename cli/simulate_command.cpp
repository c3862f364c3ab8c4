#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <iostream>
#include <random>
#include <sstream>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/operand.hpp"
#include "cli/output.hpp"
#include "cli/phrases.hpp"
#include "cli/walk.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

constexpr std::string_view instructions =
    "  N         take transition N\n"
    "  EVENT     take the first transition with that event\n"
    "  r [N]     take N random transitions (default 1)\n"
    "  u [N]     undo N steps (default 1)\n"
    "  t         the trace so far\n"
    "  l         the transitions again\n"
    "  s         start again\n"
    "  q         quit\n";

std::string event_name(const EventNames& events, EventId e) {
  return e == tau ? "tau" : e == tick ? "tick" : printable(events.name(e));
}

class Simulator {
 public:
  Simulator(Operand& operand, LazyLts& rows, std::uint64_t seed) : operand_(operand), walk_(rows), random_(seed) {}

  // Takes random steps until one is impossible.
  void run_random(std::uint64_t steps) {
    for (std::uint64_t i = 0; i < steps; ++i)
      if (!random_step()) return;
  }

  // Obeys commands, one a line; `false` in the end when a line of a script was wrong.
  bool run(std::istream& in, bool prompts) {
    list();
    for (std::string line;;) {
      if (prompts) print("> ");
      if (!std::getline(in, line)) break;
      const auto outcome = obey(line);
      if (outcome == Outcome::quit) break;
      if (outcome == Outcome::wrong && !prompts) return false;
    }
    return true;
  }

 private:
  enum class Outcome : std::uint8_t { done, wrong, quit };

  Outcome obey(const std::string& line) {
    std::istringstream words(line);
    std::string word, rest;
    if (!(words >> word) || word[0] == '#') return Outcome::done;
    std::uint64_t times = 1;
    words >> times;
    if (word == "q") return Outcome::quit;
    if (word == "?" || word == "h")
      print(instructions);
    else if (word == "l")
      list();
    else if (word == "t")
      show_trace();
    else if (word == "s") {
      walk_.restart();
      list();
    } else if (word == "u")
      return undo(times);
    else if (word == "r") {
      run_random(times);
      list();
    } else
      return take(line.substr(line.find_first_not_of(" \t")));
    return Outcome::done;
  }

  Outcome undo(std::uint64_t times) {
    for (std::uint64_t i = 0; i < times; ++i)
      if (!walk_.undo()) {
        print("this is the start\n");
        break;
      }
    list();
    return Outcome::done;
  }

  Outcome take(std::string wanted) {
    wanted.erase(wanted.find_last_not_of(" \t\r") + 1);
    const auto choices = walk_.choices();
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
    const bool numbered = error == std::errc() && end == wanted.data() + wanted.size();
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (numbered ? i + 1 != number : event_name(walk_.events(), choices[i].event) != wanted) continue;
      step(choices[i]);
      list();
      return Outcome::done;
    }
    print(fmt::format("`{}` is not possible here; `?` shows the commands\n", printable(wanted)));
    return Outcome::wrong;
  }

  bool random_step() {
    const auto choices = walk_.choices();
    if (choices.empty()) {
      print(walk_.terminated() ? "terminated\n" : "deadlock\n");
      return false;
    }
    // Not std::uniform_int_distribution, whose results differ from one library to the next; the bias is negligible.
    step(choices[random_() % choices.size()]);
    return true;
  }

  void step(Transition transition) {
    walk_.take(transition);
    std::string line = fmt::format("{:>4}  {:<10}", walk_.taken().size(), event_name(walk_.events(), transition.event));
    if (operand_.system) {
      const auto names = operand_.system->components();
      for (const auto& part : operand_.system->derivation(walk_.source(), transition)) {
        const Place place = place_of(part.span, operand_.script->sources);
        line += fmt::format("  {}: {}", printable(names[part.component]), event_name(walk_.events(), part.event));
        if (place.known()) line += fmt::format(" L{}", place.line);
      }
    }
    line.erase(line.find_last_not_of(' ') + 1);
    print(line + "\n");
  }

  void list() {
    const auto choices = walk_.choices();
    if (choices.empty()) print(walk_.terminated() ? "terminated\n" : "deadlock: nothing is possible\n");
    for (std::size_t i = 0; i < choices.size(); ++i)
      print(fmt::format("  [{}] {}\n", i + 1, event_name(walk_.events(), choices[i].event)));
  }

  void show_trace() {
    std::vector<std::string> names;
    for (const EventId e : walk_.taken())
      if (e != tau) names.push_back(event_name(walk_.events(), e));
    print(trace_text(names) + "\n");
  }

  Operand& operand_;
  Walk walk_;
  std::mt19937_64 random_;
};

ExitStatus simulate(Operand& operand, const Options& options) {
  LazyLts rows = operand.rows();
  Simulator simulator(operand, rows, options.seed);
  if (options.random) {
    simulator.run_random(options.steps);
    return ExitStatus::holds;
  }
  if (!options.script.empty()) {
    std::istringstream script(read_input(options.script));
    return simulator.run(script, false) ? ExitStatus::holds : ExitStatus::usage;
  }
  const bool prompts = isatty(STDIN_FILENO) != 0;
  if (prompts) print("`?` shows the commands\n");
  simulator.run(std::cin, prompts);
  return ExitStatus::holds;
}

}  // namespace

ExitStatus simulate_command(const Options& options, const Terminal& terminal) {
  return ask_about_operands(options, terminal,
                            [&](auto operands, Budget&, ProgressLine&) { return simulate(*operands[0], options); });
}

}  // namespace tryst::cli
