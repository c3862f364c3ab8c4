#include "runtime/emitter/machine_programs.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "frontend/csp/parser.hpp"
#include "runtime/emitter/interpret.hpp"

namespace tryst::emitter {

namespace {

constexpr std::size_t line_width_max = 110;

// On one line, with single blanks, and not too long.
std::string one_line(std::string_view text) {
  std::string result;
  for (const char ch : text) {
    const bool is_blank = ch == ' ' || ch == '\n' || ch == '\t' || ch == '\r';
    if (!is_blank)
      result += ch;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  if (result.size() > line_width_max) result.replace(line_width_max, std::string::npos, " ...");
  return result;
}

bool are_distinct(const std::vector<std::string>& names) {
  std::set<std::string> met;
  return std::ranges::all_of(names, [&](const std::string& name) { return met.insert(identifier(name)).second; });
}

void collect_channels(const Process& process, std::set<std::string>& channels) {
  if (process.form == Process::Form::prefix) channels.insert(process.channel);
  for (const Process& operand : process.operands) collect_channels(operand, channels);
}

// Why generated code would name two things alike.
std::string clash(const MachineCode& code, const LabelLayout& layout) {
  std::vector<std::string> known = layout.never;
  for (const LabelLayout::Channel& channel : layout.channels) known.push_back(channel.name);
  if (!are_distinct(known)) return "its channels have names that C++ cannot tell apart";
  for (const Enumeration& enumeration : code.enumerations)
    if (!are_distinct(enumeration.constants)) return "its constants have names that C++ cannot tell apart";
  return {};
}

std::vector<std::string> unused_channels(const MachineCode& code, const LabelLayout& layout) {
  std::set<std::string> channels;
  for (const Point& point : code.points) collect_channels(point.body, channels);
  for (const LabelLayout::Channel& channel : layout.channels) channels.erase(channel.name);
  return {channels.begin(), channels.end()};
}

}  // namespace

std::string place_text(const SourceSet& sources, Span span) {
  const Location at = sources.locate(span.begin);
  return index(at.file) == 0 ? fmt::format("line {}", at.line) : fmt::format("{}:{}", sources.name(at.file), at.line);
}

bool MachinePrograms::is_process(csp::ExprId e) const {
  const csp::TypeId type = typed_.expr_types[index(e)];
  return type != no_id<csp::TypeId> && typed_.types[typed_.types.resolved(type)].kind == csp::TypeKind::process;
}

std::optional<csp::ExprId> MachinePrograms::named(const std::string& name) {
  const std::string text = name.substr(0, name.find(" #"));  // P #2 is another P
  FileId file{};
  Diagnostics diagnostics;
  if (!sources_.add("<component>", text, file)) return std::nullopt;
  const auto expr = csp::parse_expression(file, typed_.script, sources_, diagnostics);
  const bool is_good = expr && !diagnostics.has_errors() && csp::check_expression(*expr, typed_, sources_, diagnostics);
  return is_good && is_process(*expr) ? expr : std::nullopt;
}

// Should it name what is local there, it cannot be translated; should it be another process, it does not behave as the
// graph.
std::optional<csp::ExprId> MachinePrograms::at(Span place) {
  if (!place.known()) return std::nullopt;
  for (std::uint32_t i = 0; i < typed_.expr_types.size(); ++i)
    if (const csp::ExprId e{i}; typed_.script.exprs[e].span == place && is_process(e)) return e;
  return std::nullopt;
}

MachineCode MachinePrograms::translated(const std::string& name, Span place) {
  std::optional<csp::ExprId> expr = named(name);
  if (!expr) expr = at(place);
  if (!expr) throw Untranslatable{"it has no name in the script"};
  return Translation(typed_, evaluator_).run(*expr);
}

LabelLayout MachinePrograms::layout(const LocalGraph& graph) {
  std::vector<csp::EventShape> shapes;
  std::uint32_t taus = 0;
  bool ticks = false;
  for (const LocalGraph::Label& label : graph.labels()) {
    if (label.event == tau)
      ++taus;
    else if (label.event == tick || label.event == ended)
      ticks = true;
    else
      shapes.push_back(evaluator_.shape(label.event));
  }
  std::optional<LabelLayout> result = label_layout(shapes, taus, ticks);
  if (!result) throw Untranslatable{"its events have fields that are no numbers, or are too many"};
  return std::move(*result);
}

std::uint32_t MachinePrograms::label(const LabelLayout& layout, const LocalGraph::Label& label) {
  if (label.event == tau) return label.choice;
  if (label.event == tick) return layout.tick();
  if (label.event == ended) return layout.has_ended();
  return layout.label(evaluator_.shape(label.event));
}

void MachinePrograms::add_places(Machine& machine, Span span) {
  machine.lines[span.begin] = one_line(sources_.text(span));
  machine.places[span.begin] = place_text(sources_, span);
}

bool MachinePrograms::add_code(const std::string& name, Span place, const LocalGraph& graph, const EventNames& events,
                               Machine& machine) {
  try {
    MachineCode code = translated(name, place);
    if (std::string reason = disagreement(code, graph, events); !reason.empty()) throw Untranslatable{std::move(reason)};
    machine.layout = layout(graph);
    machine.layout.never = unused_channels(code, machine.layout);
    if (std::string reason = clash(code, machine.layout); !reason.empty()) throw Untranslatable{std::move(reason)};
    for (const Function& function : code.functions) add_places(machine, function.span);
    for (const Point& point : code.points) add_places(machine, point.span);
    machine.code = std::move(code);
  } catch (const Untranslatable& why) {
    machine.table_reason = why.reason;
  }
  return machine.code.has_value();
}

}  // namespace tryst::emitter
