#include "cli/option_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "frontend/diagnostic.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

constexpr std::size_t any_number = 0xffff;

constexpr CommandRow command_rows[] = {
    {Command::check, "check", "FILE...", 1, any_number, "decide every assertion of the scripts",
     "Each assertion holds, fails with a counterexample, or is inconclusive because a limit was reached. An assertion "
     "whose\n"
     "evaluation goes wrong is an error of that assertion only.\n\n"
     "  tryst check model.csp\n"
     "  tryst check --assert 2 --counterexamples 3 model.csp\n"
     "  tryst check --timeout 60 --format junit --output report.xml model.csp\n"},
    {Command::certify, "certify", "FILE MODEL", 2, 2, "check the proofs that `check --certificate` has written",
     "The checker is small and shares nothing with what finds the proofs.\n\n"
     "  tryst check --prove structural --certificate proof.txt model.csp\n"
     "  tryst certify proof.txt model.csp\n"},
    {Command::refine, "refine", "FILE SPEC IMPL", 3, 3, "decide one refinement between two process expressions",
     "  tryst refine --model FD model.csp 'SPEC(2)' 'SYSTEM \\ {|internal|}'\n"},
    {Command::equiv, "equiv", "A B", 2, 2, "compare two operands, each model.csp:EXPR, model.pi:EXPR or graph.aut",
     "Operands that are not related come with evidence, checked on both: a formula that holds of one and not of the "
     "other,\n"
     "of least depth and in the relation's own logic, or a shortest trace, failure or divergence that only one has.\n\n"
     "  tryst equiv --relation strong model.csp:P other.csp:Q\n"
     "  tryst equiv --relation failures --preorder model.csp:SYSTEM graph.aut\n"
     "  tryst equiv --spectrum --relabel names.txt --hide 'ack,retry' model.csp:SYSTEM graph.aut\n"
     "  tryst equiv --relation weak-open --distinct a,b model.pi:'P(a,b)' model.pi:'Q(a,b)'\n"},
    {Command::lts, "lts", "OPERAND", 1, 1, "build the transition system of an operand and export it",
     "  tryst lts model.csp:SYSTEM --to dot --output system.dot\n"},
    {Command::minimise, "minimise", "OPERAND", 1, 1, "write the quotient of an operand by a relation, print the sizes",
     "  tryst minimise graph.aut --relation strong --output small.aut\n"},
    {Command::simulate, "simulate", "OPERAND", 1, 1, "step through an operand by hand, at random or from a script",
     "  tryst simulate model.csp:SYSTEM\n"
     "  tryst simulate model.csp:SYSTEM --random --steps 20 --seed 7\n"},
    {Command::emit, "emit", "OPERAND", 1, 1, "write the C++ program that a model is, as a CMake project of its own",
     "The model's assertions must hold (`--assert` chooses those that matter). The program's own state space is then\n"
     "explored and compared with the model's, and nothing is left behind if they differ.\n\n"
     "  tryst emit model.csp:SYSTEM --output system\n"
     "  tryst emit --assert 0 model.csp:SYSTEM --output system\n"},
    {Command::typecheck, "typecheck", "FILE", 1, 1, "read a script and report what is wrong with it",
     "  tryst typecheck --deny-warnings model.csp\n"},
    {Command::evaluate, "evaluate", "FILE EXPR...", 2, any_number, "print the value of each expression, one a line",
     "  tryst evaluate model.csp 'card(Events)' '<x | x <- seq({1..3})>'\n"},
    {Command::format, "format", "FILE", 1, 1, "print a script canonically",
     "  tryst format model.csp --output model.csp\n"},
    {Command::explain, "explain", "CODE", 1, 1, "what a diagnostic means, with an example", "  tryst explain P0203\n"},
    {Command::help, "help", "[COMMAND]", 0, 1, "the options of a command", ""},
};

constexpr std::string_view formats[] = {"text", "concise", "json", "sarif", "junit", "github"};
constexpr std::string_view when[] = {"auto", "always", "never"};
constexpr std::string_view progress_styles[] = {"auto", "plain", "off"};
constexpr std::string_view phases[] = {"parse", "resolve", "types"};
constexpr std::string_view lts_formats[] = {"aut", "dot", "fsm", "json"};
constexpr std::string_view label_styles[] = {"csp", "mcrl2", "cadp"};
constexpr std::string_view semantics[] = {"early", "late", "symbolic"};
constexpr std::string_view models[] = {"T", "F", "FD", "V", "VD", "R", "RD"};
constexpr std::string_view engines[] = {"auto", "reference", "network"};
constexpr std::string_view composing[] = {"auto", "off"};
constexpr std::string_view proofs[] = {"auto", "structural", "search", "symbolic"};
constexpr std::string_view relations[] = {
    "strong",       "branching",        "dp-branching",         "weak",        "dp-weak",          "trace",
    "weak-trace",   "failures",         "failures-divergences", "simulation",  "ready-simulation", "strong-ground",
    "strong-early", "strong-late",      "strong-open",          "weak-ground", "weak-early",       "weak-late",
    "weak-open",    "early-congruence", "late-congruence"};
constexpr std::span quotients = std::span(relations).first<11>();  // those of transition systems

constexpr std::uint32_t deciding = bit(Command::check) | bit(Command::refine);
constexpr std::uint32_t exporting = bit(Command::lts) | bit(Command::minimise);
constexpr std::uint32_t exploring = exporting | bit(Command::equiv) | bit(Command::simulate);

const OptionRow option_rows[] = {
    {"assert", 0, "N|GLOB", bit(Command::check) | bit(Command::emit), &Options::assertion,
     "only this assertion: its index, counted from 0, or a pattern (* ? [...]) over its text"},
    {"list", 0, "", bit(Command::check), &Options::list, "list the assertions without deciding them"},
    {"counterexamples", 0, "N", deciding, &Options::counterexamples, "as many different counterexamples (default 1)"},
    {"model", 0, "MODEL", bit(Command::refine), &Options::model, "the semantic model (default FD)", models},
    {"engine", 0, "ENGINE", deciding, &Options::engine,
     "what searches: the rules on terms, the compiled network, or whichever suits (default auto)", engines},
    {"compose", 0, "WHEN", deciding | exporting | bit(Command::equiv), &Options::compose,
     "minimise parts of a network before the whole where that seems worth it (default auto); off: only what is named "
     "in "
     "the assertions of a script",
     composing},
    {"prove", 0, "HOW", bit(Command::check), &Options::prove,
     "how: from the structure of the network, by search, in symbols, or whichever suits (default auto)", proofs},
    {"local", 0, "", bit(Command::check), &Options::local,
     "deadlock free means that no component can be blocked for ever, either"},
    {"depth", 0, "N", bit(Command::check), &Options::depth_max,
     "in symbols: runs and inductions of so many steps at most (default 40)"},
    {"certificate", 0, "FILE", bit(Command::check), &Options::certificate,
     "write the proofs that were found, for `tryst certify`"},
    {"no-reduction", 0, "", deciding, &Options::no_reduction,
     "follow every transition, also those that lead to nothing new"},
    {"relation", 0, "R", bit(Command::equiv), &Options::relation, "the equivalence (default strong)", relations},
    {"preorder", 0, "", bit(Command::equiv), &Options::preorder,
     "one way only: B can do all that A does (trace, failure and simulation relations)"},
    {"spectrum", 0, "", bit(Command::equiv), &Options::spectrum, "every relation at once"},
    {"hide", 0, "SET", bit(Command::equiv), &Options::hidden,
     "make these events internal: labels or channels, separated by commas"},
    {"relabel", 0, "FILE", bit(Command::equiv), &Options::relabelling,
     "rename events first: a line `old -> new` for each label or channel"},
    {"formula", 0, "FILE", bit(Command::equiv), &Options::formula,
     "write the formula that tells the operands apart, for mCRL2"},
    {"relation-out", 0, "FILE", bit(Command::equiv), &Options::relation_file,
     "write the (bi)simulation that shows that the operands are related"},
    {"distinct", 0, "a,b", bit(Command::equiv), &Options::distinct,
     "open relations of the pi-calculus: these names differ from every other"},
    {"relation", 0, "R", bit(Command::minimise), &Options::relation, "the equivalence (default strong)", quotients},
    {"to", 0, "FORMAT", exporting, &Options::to, "the format of the transition system (default aut)", lts_formats},
    {"minimise", 0, "R", bit(Command::lts), &Options::minimise, "export the quotient by this relation", quotients},
    {"label-style", 0, "STYLE", exporting, &Options::label_style, "how events are written: c.1, c(1) or C !1",
     label_styles},
    {"tau-label", 0, "NAME", exporting, &Options::tau_label,
     "how the internal action is written (default that of the style)"},
    {"semantics", 0, "S", exploring, &Options::semantics, "the transitions of a pi-calculus operand (default early)",
     semantics},
    {"random", 0, "", bit(Command::simulate), &Options::random, "choose every step at random"},
    {"steps", 0, "N", bit(Command::simulate), &Options::steps, "as many random steps (default 100)"},
    {"script", 0, "FILE", bit(Command::simulate), &Options::script,
     "read the commands from a file, `-` for standard input"},
    {"unverified", 0, "", bit(Command::emit), &Options::unverified,
     "emit even if an assertion fails or is not decided, and say so in the project"},
    {"no-validation", 0, "", bit(Command::emit), &Options::no_validation,
     "do not compile the program and compare it with the model"},
    {"deploy", 0, "FILE", bit(Command::emit), &Options::deployment,
     "run components on several executors: lines `EXECUTOR:`, below each its components"},
    {"until", 0, "PHASE", bit(Command::typecheck), &Options::until, "stop after this phase (default types)", phases},
    {"lint", 0, "", bit(Command::typecheck), &Options::lint,
     "warn of guards, branches, equations and synchronisations that can never matter"},
    {"deny-warnings", 0, "", bit(Command::typecheck), &Options::deny_warnings, "a warning counts as an error"},
    {"check-roundtrip", 0, "", bit(Command::format), &Options::check_roundtrip,
     "print nothing; succeed if the printed script reads back as the same"},
    {"format", 0, "FORMAT", every_command, &Options::format, "the format of the report (default text)", formats},
    {"output", 'o', "FILE", every_command, &Options::output, "write the result to a file"},
    {"timeout", 0, "SECONDS", every_command, &Options::seconds_max, "limit the time, per assertion in `check`"},
    {"timeout-total", 0, "SECONDS", every_command, &Options::seconds_total_max, "limit the time of the whole run"},
    {"max-states", 0, "N", every_command, LimitField{&Options::states_max},
     "limit the states that a search stores, per assertion in `check`"},
    {"max-memory", 0, "SIZE", every_command, SizeField{&Options::memory_bytes_max},
     "limit the memory: bytes, or with K, M, G, T (default: three quarters of the machine)"},
    {"threads", 'j', "N", every_command, &Options::threads, "use as many threads at most"},
    {"seed", 0, "S", every_command, &Options::seed, "the seed of random choices (default 1)"},
    {"color", 0, "WHEN", every_command, &Options::color, "colour the output (default auto)", when},
    {"progress", 0, "STYLE", every_command, &Options::progress, "show progress on standard error (default auto)",
     progress_styles},
    {"quiet", 'q', "", every_command, &Options::quiet, "print only what fails"},
    {"verbose", 'v', "", every_command, &Options::verbose, "print more about how the answer was found"},
    {"help", 'h', "", every_command, &Options::help, "print this help"},
    {"version", 'V', "", every_command, &Options::version, "print the version"},
};

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<std::string> read_seconds(std::string_view text, double& seconds) {
  if (read_number(text, seconds) && std::isfinite(seconds) && seconds > 0) return {};
  return "a positive number of seconds is wanted";
}

// `512M`, `4GiB`, `1000000`: units are powers of 1024.
std::optional<std::string> read_size(std::string_view text, std::uint64_t& bytes) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string_view unit = text.substr(digits);
  for (const std::string_view tail : {"iB", "B"})
    if (unit.ends_with(tail)) {
      unit.remove_suffix(tail.size());
      break;
    }
  constexpr std::string_view units = "KMGT";
  const std::size_t power = unit.empty() ? 0 : units.find(static_cast<char>(unit[0] & ~0x20)) + 1;
  const bool known = unit.size() <= 1 && (unit.empty() || power >= 1);
  if (known && read_number(text.substr(0, digits), bytes) && bytes > 0 &&
      bytes <= (~std::uint64_t{0} >> (10 * power))) {
    bytes <<= 10 * power;
    return {};
  }
  return "a size is wanted, like 512M or 4G";
}

std::string quoted_list(std::span<const std::string_view> words) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i)
    list += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == words.size() ? " or " : ", ", words[i]);
  return list;
}

// The index of the choice, or what is wrong.
std::optional<std::string> choose(const OptionRow& row, std::string_view text, std::size_t& choice) {
  const auto found = std::find(row.choices.begin(), row.choices.end(), text);
  if (found != row.choices.end()) {
    choice = static_cast<std::size_t>(found - row.choices.begin());
    return {};
  }
  const std::string_view near = did_you_mean(text, {row.choices.begin(), row.choices.end()});
  return near.empty() ? fmt::format("{} is wanted", quoted_list(row.choices)) : fmt::format("did you mean `{}`?", near);
}

struct Assignment {
  Options& options;
  const OptionRow& row;
  const std::string& text;

  std::optional<std::string> operator()(bool Options::*field) const {
    options.*field = true;
    return {};
  }
  std::optional<std::string> operator()(std::string Options::*field) const {
    std::size_t choice = 0;
    if (!row.choices.empty())
      if (auto wrong = choose(row, text, choice)) return wrong;
    if (text.empty()) return "a value is wanted";
    options.*field = text;
    return {};
  }
  std::optional<std::string> operator()(double Options::*field) const { return read_seconds(text, options.*field); }
  std::optional<std::string> operator()(std::uint64_t Options::*field) const {
    if (read_number(text, options.*field)) return {};
    return "a natural number is wanted";
  }
  std::optional<std::string> operator()(LimitField limit) const {
    if (read_number(text, options.*limit.field) && options.*limit.field > 0) return {};
    return "a positive number is wanted";
  }
  std::optional<std::string> operator()(SizeField size) const { return read_size(text, options.*size.field); }
  template <class Enum>
  std::optional<std::string> operator()(Enum Options::*field) const {
    std::size_t choice = 0;
    if (auto wrong = choose(row, text, choice)) return wrong;
    options.*field = static_cast<Enum>(choice);
    return {};
  }
};

}  // namespace

std::span<const CommandRow> commands() { return command_rows; }
std::span<const OptionRow> options() { return option_rows; }

const CommandRow* find_command(std::string_view name) {
  const auto found = std::find_if(std::begin(command_rows), std::end(command_rows),
                                  [&](const CommandRow& row) { return row.name == name; });
  return found == std::end(command_rows) ? nullptr : &*found;
}

const CommandRow& row_of(Command command) {
  return *std::find_if(std::begin(command_rows), std::end(command_rows),
                       [&](const CommandRow& row) { return row.command == command; });
}

std::optional<std::string> assign(Options& options, const OptionRow& row, const std::string& text) {
  const auto wrong = std::visit(Assignment{options, row, text}, row.target);
  if (!wrong) return {};
  return fmt::format("`{}` is not a value of `--{}`: {}", printable(text), row.name, *wrong);
}

}  // namespace tryst::cli
