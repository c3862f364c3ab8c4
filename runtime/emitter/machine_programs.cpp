#include "runtime/emitter/machine_programs.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "frontend/csp/parser.hpp"
#include "runtime/emitter/agreement.hpp"

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

void collect_channels(const Process& process, std::set<std::string>& channels) {
  if (process.form == Process::Form::prefix) channels.insert(process.channel);
  for (const Process& operand : process.operands) collect_channels(operand, channels);
}

std::vector<std::string> unused_channels(const MachineCode& code, const LabelLayout& layout) {
  std::set<std::string> channels;
  for (const Point& point : code.points) collect_channels(point.body, channels);
  for (const LabelLayout::Channel& channel : layout.channels) channels.erase(channel.name);
  return {channels.begin(), channels.end()};
}

// Values of a type in parts are listed, even if those that occur are all constants.
void list_values(LabelLayout& layout, const MachineCode& code) {
  const auto types = field_types(code);
  for (LabelLayout::Channel& channel : layout.channels)
    for (std::size_t i = 0; i < channel.fields.size(); ++i)
      channel.fields[i].is_listed = !types.at(channel.name).at(i).is_scalar();
}

void replace_automaton(Machine& machine, const Automaton& automaton) {
  std::vector<std::string> states;
  for (const LocalId s : automaton.states) states.push_back(machine.states[index(s)]);
  machine.states = std::move(states);
  machine.row = automaton.row;
  machine.moves.clear();
  for (const LocalGraph::Move& move : automaton.moves) machine.moves.push_back({index(move.label), index(move.target)});
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

// What a process was written as, as far as can be told.
std::optional<csp::Origin> MachinePrograms::written(csp::ProcessId process) {
  const csp::TermView term = evaluator_.terms()[process];
  if (term.op == csp::Operator::suspended) return evaluator_.origin(static_cast<csp::SuspensionId>(term.payload));
  std::optional<csp::ExprId> expression;
  if (term.op == csp::Operator::stop)
    expression = read("STOP");
  else if (term.op == csp::Operator::skip)
    expression = read("SKIP");
  else
    expression = at(term.span);
  return expression ? surroundings_.of(*expression, process) : std::nullopt;
}

std::optional<csp::ExprId> MachinePrograms::read(const csp::EventField& value) {
  if (value.kind != csp::EventField::Kind::process) return read(value.text);
  const auto process = static_cast<csp::ProcessId>(value.number);
  const auto origin = written(process);
  if (origin && origin->process == no_id<csp::BindingId> && origin->variables.empty()) return origin->expression;
  return read(value.text);
}

// A value of the script, which grows by it.
std::optional<csp::ExprId> MachinePrograms::read(const std::string& text) {
  const auto [at, added] = read_.try_emplace(text);
  if (!added) return at->second;
  FileId file{};
  Diagnostics diagnostics;
  if (!sources_.add("<value>", text, file)) return std::nullopt;
  const auto expr = csp::parse_expression(file, typed_.script, sources_, diagnostics);
  if (expr && !diagnostics.has_errors() && csp::check_expression(*expr, typed_, sources_, diagnostics))
    at->second = expr;
  return at->second;
}

// Should it name what is local there, it cannot be translated; should it be another process, it does not behave as the
// graph.
std::optional<csp::ExprId> MachinePrograms::at(Span place) {
  if (!place.known()) return std::nullopt;
  for (std::uint32_t i = 0; i < typed_.expr_types.size(); ++i)
    if (const csp::ExprId e{i}; typed_.script.exprs[e].span == place && is_process(e)) return e;
  return std::nullopt;
}

// The layout with the events of so many labels, too.
LabelLayout MachinePrograms::with(LabelLayout layout, const std::vector<LocalGraph::Label>& labels) {
  std::uint32_t taus = 0;
  bool is_possible = true;
  for (const LocalGraph::Label& label : labels) {
    if (label.event == tau)
      ++taus;
    else if (label.event == tick || label.event == ended)
      layout.ticks = true;
    else {
      layout.choices = std::max(layout.choices, label.choice + 1);
      is_possible = is_possible && layout.add(evaluator_.shape(label.event));
    }
  }
  layout.taus = std::max(layout.taus, taus);
  if (!is_possible || !layout.settle(1))
    throw Untranslatable{"its events have fields that are no data, or are too many"};
  return layout;
}

std::vector<std::uint32_t> MachinePrograms::numbers(const LabelLayout& layout, const LocalGraph& graph) {
  std::vector<std::uint32_t> result;
  if (!layout.is_sparse) return result;
  for (const LocalGraph::Label& label : graph.labels())
    if (is_visible(label.event) && label.choice == 0) result.push_back(layout.number(evaluator_.shape(label.event)));
  std::ranges::sort(result);
  return result;
}

std::uint32_t MachinePrograms::label(const LabelLayout& layout, const std::vector<std::uint32_t>& numbers,
                                     const LocalGraph::Label& label) {
  if (label.event == tau) return label.choice;
  if (label.event == tick) return layout.tick();
  if (label.event == ended) return layout.has_ended();
  const std::uint32_t number = layout.number(evaluator_.shape(label.event));
  const std::uint32_t behind = label.choice * layout.width(numbers.size());
  if (!layout.is_sparse) return number + behind;
  const auto place = static_cast<std::uint32_t>(std::ranges::lower_bound(numbers, number) - numbers.begin());
  return layout.first() + place + behind;
}

void MachinePrograms::add_places(Family& family, Span span) {
  family.lines[span.begin] = one_line(sources_.text(span));
  family.places[span.begin] = place_text(sources_, span);
}

std::vector<LocalGraph::Label> MachinePrograms::add(std::vector<csp::Origin> origins, csp::ProcessId initial,
                                                    const LocalGraph& graph, const EventNames& events,
                                                    Machine& machine) {
  std::vector<LocalGraph::Label> more_labels;
  if (origins.empty())
    if (auto origin = written(initial)) origins.push_back(std::move(*origin));
  machine.table_reason = "it has no name in the script";
  for (std::size_t i = origins.size(); i-- > 0 && !machine.family;) {
    try {
      add(origins[i], graph, events, machine, more_labels);
      machine.table_reason.clear();
    } catch (const Untranslatable& why) {
      if (i + 1 == origins.size()) machine.table_reason = why.reason;
    }
  }
  return more_labels;
}

void MachinePrograms::add(const csp::Origin& origin, const LocalGraph& graph, const EventNames& events,
                          Machine& machine, std::vector<LocalGraph::Label>& more_labels) {
  const Process initial = translation_.run(origin);
  const std::set<std::uint32_t> points = reachable_points(translation_.code(), initial);
  std::unique_ptr<Open>& family = families_[points];
  if (!family) family = std::make_unique<Open>(Open{CodePart(translation_.code(), points)});
  machine.initial = family->part.target(initial);
  const Agreement agreed = agreement(family->part.code(), machine.initial, graph, events);
  if (!agreed.objection.empty()) throw Untranslatable{agreed.objection};
  const std::vector<LocalGraph::Label> more =
      agreed.automaton ? agreed.automaton->more_labels : std::vector<LocalGraph::Label>{};
  if (!more.empty() && !may_have_more_labels_)
    throw Untranslatable{"it can perform an event in fewer ways than its translation"};
  std::vector<LocalGraph::Label> labels(graph.labels().begin(), graph.labels().end());
  labels.insert(labels.end(), more.begin(), more.end());
  family->layout = with(family->layout, labels);
  if (agreed.automaton) replace_automaton(machine, *agreed.automaton);
  more_labels = more;
  if (family->machines == 0) {
    family->number = static_cast<std::uint32_t>(used_.size());
    used_.push_back(family.get());
  }
  machine.family = family->number;
  machine.instance = family->machines++;
}

std::vector<Family> MachinePrograms::finish() {
  std::vector<Family> families;
  for (Open* const open : used_) {
    Family& family = families.emplace_back();
    family.code = std::move(open->part.code());
    family.layout = std::move(open->layout);
    family.layout.never = unused_channels(family.code, family.layout);
    list_values(family.layout, family.code);
    family.layout.settle(open->machines);
    for (const Function& function : family.code.functions) add_places(family, function.span);
    for (const Point& point : family.code.points) add_places(family, point.span);
  }
  return families;
}

}  // namespace tryst::emitter
