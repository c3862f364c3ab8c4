#include <fmt/format.h>

#include <map>

#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/project.hpp"
#include "runtime/emitter/project_text.hpp"

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

// "P, Q, ...": the components of machines, up to a width.
template <class Chosen>
std::string used_by(const Emission& emission, Chosen is_chosen) {
  std::string text;
  for (const Component& component : emission.components) {
    if (!is_chosen(emission.machines[component.machine])) continue;
    if (text.size() > 60) return comment(text + ", ...");
    text += (text.empty() ? "" : ", ") + component.name;
  }
  return comment(text);
}

void write_labels(std::string& out, const Emission& emission, const std::vector<std::uint32_t>& labels) {
  fmt::format_to(Out(out), "constexpr std::array<Event, {}> labels{{{{\n", labels.size());
  for (std::size_t l = 0; l < labels.size(); ++l)
    fmt::format_to(Out(out), "  {},  // {}: {}\n", event(labels[l]), l, comment(emission.event_name(labels[l])));
  out += "}};\n";
}

std::string moves_text(const Emission& emission, const Machine& machine) {
  std::string out;
  for (std::size_t s = 0; s < machine.state_count(); ++s) {
    fmt::format_to(Out(out), "  // state {}: {}\n", s, comment(machine.states[s]));
    for (const Machine::Move& move : machine.moves_of(s))
      fmt::format_to(Out(out), "  {{Label{{{}}}, {}}},  // {}\n", move.label, move.target,
                     comment(emission.event_name(machine.labels[move.label])));
  }
  return out;
}

void write_moves(std::string& out, std::size_t moves, const std::string& text, const std::vector<std::uint32_t>& row) {
  fmt::format_to(Out(out), "constexpr std::array<Table::Move, {}> moves{{{{\n{}}}}};\n", moves, text);
  fmt::format_to(Out(out), "constexpr std::array<std::uint32_t, {}> row{{{{\n", row.size());
  wrapped(out, row, [](std::uint32_t n) { return std::to_string(n); });
  out += "}};\n";
}

void write_table(std::string& out, const Emission& emission, const Machine& machine) {
  fmt::format_to(Out(out), "// {}: {} state{}\nnamespace {} {{\n",
                 used_by(emission, [&](const Machine& each) { return &each == &machine; }), machine.state_count(),
                 machine.state_count() == 1 ? "" : "s", machine.identifier);
  write_labels(out, emission, machine.labels);
  write_moves(out, machine.moves.size(), moves_text(emission, machine), machine.row);
  fmt::format_to(Out(out), "constexpr std::array<const char*, {}> states{{{{\n", machine.state_count());
  for (const std::string& state : machine.states) fmt::format_to(Out(out), "  {},\n", literal(state));
  out +=
      "}};\nconstexpr Table table{row, moves, states};\nusing Machine = TableComponent<table>;\n"
      "constexpr Machine initial{};\n";
  fmt::format_to(Out(out), "}}  // namespace {}\n\n", machine.identifier);
}

// Where the parts of a machine stand in the arrays of its family.
struct Places {
  std::size_t labels = 0;
  std::size_t table = 0;
};

// A family: its struct, the labels of its machines, and their automata; equal ones stand there once.
void write_family(std::string& out, const Emission& emission, std::uint32_t number, std::vector<Places>& places) {
  const Family& family = emission.families[number];
  std::vector<const Machine*> machines;
  std::map<std::vector<std::uint32_t>, std::size_t> label_places;
  std::vector<std::uint32_t> labels;
  std::map<std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>, std::size_t> table_numbers;
  std::string moves, tables;
  std::vector<std::uint32_t> row;
  std::size_t move_count = 0;
  for (std::size_t m = 0; m < emission.machines.size(); ++m) {
    const Machine& machine = emission.machines[m];
    if (machine.family != number) continue;
    machines.push_back(&machine);
    const auto [label_place, are_new] = label_places.try_emplace(machine.labels, labels.size());
    if (are_new) labels.insert(labels.end(), machine.labels.begin(), machine.labels.end());
    std::vector<std::uint32_t> flat;
    for (const Machine::Move& move : machine.moves) flat.insert(flat.end(), {move.label, move.target});
    const auto [table, is_new] = table_numbers.try_emplace({machine.row, std::move(flat)}, table_numbers.size());
    if (is_new) {
      tables += fmt::format("  {{std::span(row).subspan({}, {}), std::span(moves).subspan({}, {}), {{}}}},\n",
                            row.size(), machine.row.size(), move_count, machine.moves.size());
      moves += moves_text(emission, machine);
      move_count += machine.moves.size();
      row.insert(row.end(), machine.row.begin(), machine.row.end());
    }
    places[m] = {label_place->second, table->second};
  }
  fmt::format_to(Out(out), "// {}\nnamespace {} {{\n",
                 used_by(emission, [&](const Machine& each) { return each.family == number; }), family.identifier);
  write_labels(out, emission, labels);
  out += family_struct(family, machines);
  out += "// What the monitor holds them against: the automata of the model.\n";
  write_moves(out, move_count, moves, row);
  fmt::format_to(Out(out), "constexpr std::array<Table, {}> tables{{{{\n{}}}}};\n", table_numbers.size(), tables);
  fmt::format_to(Out(out), "}}  // namespace {}\n\n", family.identifier);
}

// "0: sender, 1: receiver".
std::string executors(const Emission& emission) {
  std::string text;
  for (std::size_t e = 0; e < emission.executors.size(); ++e)
    text += fmt::format("{}{}: {}", e == 0 ? "" : ", ", e, emission.executors[e]);
  return text;
}

void write_components(std::string& out, const Emission& emission, const std::vector<Places>& places) {
  std::string components, automata;
  for (const Component& component : emission.components) {
    const Machine& machine = emission.machines[component.machine];
    const Places& at = places[component.machine];
    const std::string& space = machine.family ? emission.families[*machine.family].identifier : machine.identifier;
    const std::string number = machine.family ? fmt::format("[{}]", machine.instance) : "";
    const std::string labels =
        machine.family ? fmt::format("std::span({}::labels).subspan({}, {})", space, at.labels, machine.labels.size())
                       : space + "::labels";
    components += fmt::format("  {{{0}, &component_type<{1}::Machine>, &{1}::initial{2}, {3}}},\n",
                              literal(component.name), space, number, labels);
    automata +=
        machine.family ? fmt::format("  &{}::tables[{}],\n", space, at.table) : fmt::format("  &{}::table,\n", space);
  }
  fmt::format_to(Out(out), "constexpr std::array<ComponentPlace, {}> components{{{{\n{}}}}};\n\n",
                 emission.components.size(), components);
  fmt::format_to(Out(out), "constexpr std::array<const Table*, {}> automata{{{{\n{}}}}};\n\n",
                 emission.components.size(), automata);
  if (emission.executor_of.empty()) return;
  fmt::format_to(Out(out),
                 "// The executor of each component. {}\nconstexpr std::array<std::uint32_t, {}> executor_of{{{{\n",
                 comment(executors(emission)), emission.executor_of.size());
  wrapped(out, emission.executor_of, [](std::uint32_t e) { return std::to_string(e); });
  out += "}};\n\n";
}

std::string participant(const Participant& one) { return fmt::format("{{{}, Label{{{}}}}}", one.component, one.label); }

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
  wrapped(out, emission.rules,
          [](const Rule& rule) { return fmt::format("{{{}, {}, {}}}", event(rule.event), rule.first, rule.count); });
  fmt::format_to(Out(out),
                 "}}}};\n\n// The program has ended where one of these is offered.\n"
                 "constexpr std::array<Participant, {}> end_marks{{{{\n",
                 emission.end_marks.size());
  wrapped(out, emission.end_marks, participant);
  out += "}};\n\n";
}

}  // namespace

std::string banner(const Emission& emission, const std::string& what) {
  return banner_text(what, emission.tool, emission.operand, emission.verified);
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
  fmt::format_to(
      Out(out),
      "#include \"model.hpp\"\n\n#include <array>\n#include <span>\n\n#include \"runtime/table_component.hpp\"\n"
      "#include \"runtime/values.hpp\"\n\n"
      "namespace {} {{\n\nnamespace {{\n\nusing namespace tryst::runtime;\n\n",
      emission.name_space());
  fmt::format_to(Out(out), "// tau and tick come first.\nconstexpr std::array<const char*, {}> events{{{{\n",
                 emission.events.size());
  wrapped(out, emission.events, [](const std::string& name) { return literal(name); });
  out += "}};\n\n";
  std::vector<Places> places(emission.machines.size());
  for (std::uint32_t f = 0; f < emission.families.size(); ++f) write_family(out, emission, f, places);
  for (const Machine& machine : emission.machines)
    if (!machine.family) write_table(out, emission, machine);
  write_components(out, emission, places);
  write_rules(out, emission);
  fmt::format_to(Out(out),
                 "constexpr Network network{{events, components, rules, participants, end_marks}};\n\n"
                 "}}  // namespace\n\nconst Program program{{{}, network, automata, {}}};\n\n}}  // namespace {}\n",
                 literal(emission.identifier), emission.executor_of.empty() ? "{}" : "executor_of",
                 emission.name_space());
  return out;
}

}  // namespace tryst::emitter
