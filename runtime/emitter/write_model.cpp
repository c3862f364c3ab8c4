#include <fmt/format.h>

#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/project.hpp"

namespace tryst::emitter {

namespace {

using Out = std::back_insert_iterator<std::string>;

// `values` one after the other, in lines of at most about a hundred columns.
template <class Values, class Text>
void wrapped(std::string& out, const Values& values, Text text) {
  std::size_t column = 0;
  for (const auto& value : values) {
    const std::string one = text(value);
    if (column == 0 || column + one.size() + 2 > 100) {
      out += column == 0 ? "  " : ",\n  ";
      column = 2;
    } else {
      out += ", ";
      column += 2;
    }
    out += one;
    column += one.size();
  }
  if (column != 0) out += '\n';
}

std::string event(std::uint32_t e) {
  return e == ended_event ? "ended" : e == never_event ? "never" : fmt::format("Event{{{}}}", e);
}

void write_table(std::string& out, const Emission& emission, const Machine& machine) {
  fmt::format_to(Out(out), "constexpr std::array<Table::Move, {}> moves{{{{\n", machine.moves.size());
  for (std::size_t s = 0; s < machine.state_count(); ++s) {
    fmt::format_to(Out(out), "  // state {}: {}\n", s, comment(machine.states[s]));
    for (const Machine::Move& move : machine.moves_of(s))
      fmt::format_to(Out(out), "  {{Label{{{}}}, {}}},  // {}\n", move.label, move.target,
                     comment(emission.event_name(machine.labels[move.label])));
  }
  out += "}};\n";

  fmt::format_to(Out(out), "constexpr std::array<std::uint32_t, {}> row{{{{\n", machine.row.size());
  wrapped(out, machine.row, [](std::uint32_t n) { return std::to_string(n); });
  out += "}};\n";

  fmt::format_to(Out(out), "constexpr std::array<const char*, {}> states{{{{\n", machine.state_count());
  for (const std::string& state : machine.states) fmt::format_to(Out(out), "  {},\n", literal(state));
  out += "}};\nconstexpr Table table{row, moves, states};\n";
}

void write_machine(std::string& out, const Emission& emission, const Machine& machine) {
  std::string used_by;
  for (const Component& component : emission.components)
    if (&emission.machines[component.machine] == &machine && used_by.size() < 60)
      used_by += (used_by.empty() ? "" : ", ") + component.name;
  fmt::format_to(Out(out), "// {}: {} state{}\nnamespace {} {{\n", comment(used_by), machine.state_count(),
                 machine.state_count() == 1 ? "" : "s", machine.identifier);

  fmt::format_to(Out(out), "constexpr std::array<Event, {}> labels{{{{\n", machine.labels.size());
  for (std::size_t l = 0; l < machine.labels.size(); ++l)
    fmt::format_to(Out(out), "  {},  // {}: {}\n", event(machine.labels[l]), l,
                   comment(emission.event_name(machine.labels[l])));
  out += "}};\n";

  if (machine.code) out += machine_struct(machine) + "// What the monitor holds it against: the automaton of the model.\n";
  write_table(out, emission, machine);
  if (!machine.code) out += "using Machine = TableComponent<table>;\nconstexpr Machine initial{};\n";
  fmt::format_to(Out(out), "}}  // namespace {}\n\n", machine.identifier);
}

// "0: sender, 1: receiver".
std::string executors(const Emission& emission) {
  std::string text;
  for (std::size_t e = 0; e < emission.executors.size(); ++e)
    text += fmt::format("{}{}: {}", e == 0 ? "" : ", ", e, emission.executors[e]);
  return text;
}

void write_components(std::string& out, const Emission& emission) {
  fmt::format_to(Out(out), "constexpr std::array<ComponentPlace, {}> components{{{{\n", emission.components.size());
  for (const Component& component : emission.components) {
    const std::string& machine = emission.machines[component.machine].identifier;
    fmt::format_to(Out(out), "  {{{0}, &component_type<{1}::Machine>, &{1}::initial, {1}::labels}},\n",
                   literal(component.name), machine);
  }
  fmt::format_to(Out(out), "}}}};\n\nconstexpr std::array<const Table*, {}> automata{{{{\n",
                 emission.components.size());
  for (const Component& component : emission.components)
    fmt::format_to(Out(out), "  &{}::table,\n", emission.machines[component.machine].identifier);
  out += "}};\n\n";
  if (emission.executor_of.empty()) return;
  fmt::format_to(Out(out), "// The executor of each component. {}\nconstexpr std::array<std::uint32_t, {}> executor_of{{{{\n",
                 comment(executors(emission)), emission.executor_of.size());
  wrapped(out, emission.executor_of, [](std::uint32_t e) { return std::to_string(e); });
  out += "}};\n\n";
}

std::string participant(const Participant& one) {
  return fmt::format("{{{}, Label{{{}}}}}", one.component, one.label);
}

void write_rules(std::string& out, const Emission& emission) {
  out += "// Who takes part in each rule, and with which of its labels.\n";
  fmt::format_to(Out(out), "constexpr std::array<Participant, {}> participants{{{{\n", emission.participants.size());
  for (const Rule& rule : emission.rules) {
    std::string line = "  ";
    for (const Participant& one : emission.participants_of(rule)) line += participant(one) + ", ";
    line += " // " + emission.event_name(rule.event) + ":";
    const char* separator = " ";
    for (const Participant& one : emission.participants_of(rule)) {
      line += separator + emission.components[one.component].name;
      separator = ", ";
      if (line.size() > 150) {
        line += ", ...";
        break;
      }
    }
    out += comment(line) + '\n';
  }
  fmt::format_to(Out(out), "}}}};\n\nconstexpr std::array<Rule, {}> rules{{{{\n", emission.rules.size());
  wrapped(out, emission.rules, [](const Rule& rule) {
    return fmt::format("{{{}, {}, {}}}", event(rule.event), rule.first, rule.count);
  });
  fmt::format_to(Out(out), "}}}};\n\n// The program has ended where one of these is offered.\n"
                 "constexpr std::array<Participant, {}> end_marks{{{{\n", emission.end_marks.size());
  wrapped(out, emission.end_marks, participant);
  out += "}};\n\n";
}

}  // namespace

std::string banner(const Emission& emission, const std::string& what) {
  return fmt::format("// {}\n// Generated by {} from {}{}; do not edit.\n", what, emission.tool,
                     comment(emission.operand), emission.verified ? "" : ", whose assertions were NOT verified");
}

std::string model_header(const Emission& emission) {
  return fmt::format(
      "{}#pragma once\n\n#include \"runtime/program.hpp\"\n\nnamespace {} {{\n\n"
      "extern const tryst::runtime::Program program;\n\n}}  // namespace {}\n",
      banner(emission, "The model as a program: its components, and the rules by which they move together."),
      emission.name_space(), emission.name_space());
}

std::string model_source(const Emission& emission) {
  std::string out = banner(emission, "Components are state machines over labels of their own; a rule joins labels.");
  fmt::format_to(Out(out),
                 "#include \"model.hpp\"\n\n#include <array>\n\n#include \"runtime/table_component.hpp\"\n"
                 "#include \"runtime/values.hpp\"\n\n"
                 "namespace {} {{\n\nnamespace {{\n\nusing namespace tryst::runtime;\n\n",
                 emission.name_space());
  fmt::format_to(Out(out), "// tau and tick come first.\nconstexpr std::array<const char*, {}> events{{{{\n",
                 emission.events.size());
  wrapped(out, emission.events, [](const std::string& name) { return literal(name); });
  out += "}};\n\n";
  for (const Machine& machine : emission.machines) write_machine(out, emission, machine);
  write_components(out, emission);
  write_rules(out, emission);
  fmt::format_to(Out(out),
                 "constexpr Network network{{events, components, rules, participants, end_marks}};\n\n"
                 "}}  // namespace\n\nconst Program program{{{}, network, automata, {}}};\n\n}}  // namespace {}\n",
                 literal(emission.identifier), emission.executor_of.empty() ? "{}" : "executor_of",
                 emission.name_space());
  return out;
}

}  // namespace tryst::emitter
