#include "runtime/emitter/collect.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/machine_programs.hpp"
#include "semantics/csp/components.hpp"

namespace tryst::emitter {

namespace {

using csp::Composition;
using csp::ProcessId;

class Collector {
 public:
  Collector(csp::Typed& typed, SourceSet& sources, csp::Evaluator& evaluator, const CompleteNetwork& complete,
            Emission& out)
      : programs_(typed, sources, evaluator),
        evaluator_(evaluator),
        terms_(evaluator.terms()),
        network_(*complete.network),
        sources_(sources),
        out_(out) {
    out_.machines_are_whole = complete.components_are_whole;
  }

  void run(ProcessId initial) {
    for (const char* name : {"automata", "components", "end_marks", "ended", "events", "index", "network", "never",
                             "participants", "program", "rules"})
      machine_identifiers_.distinct(name);  // what the generated file calls by these names
    collect_events();
    name_processes();
    name_components(initial);
    collect_components();
    for (const tryst::Rule& rule : network_.rules()) {
      const auto participants = network_.participants(rule);
      out_.rules.push_back({number(rule.event), static_cast<std::uint32_t>(out_.participants.size()),
                            static_cast<std::uint32_t>(participants.size())});
      for (const tryst::Participant& one : participants) out_.participants.push_back(numbered(one));
    }
    for (const tryst::Participant& mark : network_.end_marks()) out_.end_marks.push_back(numbered(mark));
  }

 private:
  std::uint32_t number(EventId e) const { return e == ended ? ended_event : numbers_.at(e); }

  Participant numbered(const tryst::Participant& one) const {
    const auto& labels = new_labels_[out_.components[one.component].machine];
    return {one.component, labels.empty() ? index(one.label) : labels[index(one.label)]};
  }

  void collect_events() {
    std::vector<EventId> visible;
    for (const tryst::Rule& rule : network_.rules())
      if (is_visible(rule.event)) visible.push_back(rule.event);
    std::ranges::sort(visible);
    visible.erase(std::unique(visible.begin(), visible.end()), visible.end());

    std::unordered_map<std::string, std::size_t> channel_of;
    for (const EventId e : visible) {
      csp::EventShape shape = evaluator_.shape(e);
      const auto [at, added] = channel_of.try_emplace(shape.channel, out_.channels.size());
      if (added)
        out_.channels.push_back({shape.channel, channel_identifiers_.distinct(identifier(shape.channel)), 0, {}});
      out_.channels[at->second].events.push_back(std::move(shape));
      events_of_channel_.resize(out_.channels.size());
      events_of_channel_[at->second].push_back(e);
    }
    out_.events = {"", ""};
    numbers_ = {{tau, 0}, {tick, 1}};
    for (std::size_t c = 0; c < out_.channels.size(); ++c) {
      out_.channels[c].first_event = static_cast<std::uint32_t>(out_.events.size());
      for (const EventId e : events_of_channel_[c]) add_event(e);
    }
    for (std::size_t c = 0; c < network_.size(); ++c)
      for (const LocalGraph::Label& label : network_.graph(c).labels())
        if (label.event != ended && !numbers_.contains(label.event)) add_event(label.event);
  }

  void add_event(EventId e) {
    numbers_.emplace(e, static_cast<std::uint32_t>(out_.events.size()));
    out_.events.emplace_back(network_.events().name(e));
  }

  // The names of the calls that were met while the network was built, by what they stand for.
  void name_processes() {
    for (std::uint32_t i = 0; i < terms_.size(); ++i) {
      const csp::TermView term = terms_[ProcessId{i}];
      if (term.op != csp::Operator::suspended) continue;
      const ProcessId body = network_.known(ProcessId{i});
      if (body == ProcessId{i}) continue;
      if (std::string name = evaluator_.name(static_cast<csp::SuspensionId>(term.payload)); !name.empty())
        process_names_.try_emplace(body, std::move(name));
    }
  }

  // Leaves are numbered from left to right, as the network does.
  void name_components(ProcessId initial) {
    const csp::Components components(terms_, evaluator_, initial);
    name_components(components, 0, network_.known(initial));
  }

  void name_components(const csp::Components& components, std::uint32_t node, ProcessId term) {
    const csp::Components::Node& here = components.nodes()[node];
    ProcessId parallel = term;
    while (Composition::is_unary_static(terms_.op(parallel))) parallel = terms_[parallel].operands[0];
    if (here.children.empty() || !Composition::is_static(terms_.op(parallel))) {
      component_names_.push_back(components.names()[here.component]);
      return;
    }
    for (std::size_t i = 0; i < here.children.size(); ++i)
      name_components(components, here.children[i], terms_[term].operands[i]);
  }

  void collect_components() {
    std::unordered_map<std::uint32_t, std::uint32_t> machine_of;  // by graph
    std::size_t terminators = 0;
    for (std::size_t c = 0; c < network_.size(); ++c) {
      const bool is_leaf = network_.term(c, LocalId{0}).has_value();
      std::string name = is_leaf ? component_names_.at(c - terminators) : fmt::format("TERMINATION {}", ++terminators);
      const auto [at, added] =
          machine_of.try_emplace(network_.graph_of(c), static_cast<std::uint32_t>(out_.machines.size()));
      if (added) {
        out_.machines.push_back(machine(c, name));
        new_labels_.emplace_back();
        if (out_.machines_are_whole && is_leaf) write_as_program(c, name, out_.machines.back(), new_labels_.back());
      }
      out_.components.push_back({std::move(name), at->second});
    }
  }

  Machine machine(std::size_t component, const std::string& name) {
    const LocalGraph& graph = network_.graph(component);
    Machine result;
    result.identifier = machine_identifiers_.distinct(lower_identifier(name));
    result.row = {0};
    for (const LocalGraph::Label& label : graph.labels()) result.labels.push_back(number(label.event));
    for (std::uint32_t s = 0; s < graph.size(); ++s) {
      if (graph.is_expanded(LocalId{s}))
        for (const LocalGraph::Move& move : graph.row(LocalId{s}))
          result.moves.push_back({index(move.label), index(move.target)});
      result.row.push_back(static_cast<std::uint32_t>(result.moves.size()));
      const auto term = network_.term(component, LocalId{s});
      result.states.push_back(term ? place(*term) : s == 0 ? "running" : "ended");
    }
    return result;
  }

  // Gives a machine code, if it can be said so, and its labels the numbers of the code's layout.
  void write_as_program(std::size_t component, const std::string& name, Machine& machine,
                        std::vector<std::uint32_t>& new_labels) {
    const LocalGraph& graph = network_.graph(component);
    const Span place = terms_[*network_.term(component, LocalId{0})].span;
    if (!programs_.add_code(name, place, graph, network_.events(), machine)) return;
    std::vector<std::uint32_t> events(machine.layout.size, never_event);
    for (const LocalGraph::Label& label : graph.labels()) {
      new_labels.push_back(programs_.label(machine.layout, label));
      events[new_labels.back()] = number(label.event);
    }
    machine.labels = std::move(events);
    for (Machine::Move& move : machine.moves) move.label = new_labels[move.label];
    for (std::size_t s = 0; s < machine.state_count(); ++s)
      std::sort(machine.moves.begin() + machine.row[s], machine.moves.begin() + machine.row[s + 1],
                [](const Machine::Move& a, const Machine::Move& b) { return a.label < b.label; });
  }

  std::string place(ProcessId t) const {
    while (Composition::is_unary_static(terms_.op(t)) && !process_names_.contains(t)) t = terms_[t].operands[0];
    const auto name = process_names_.find(t);
    std::string text = name == process_names_.end() ? std::string() : name->second;
    if (terms_.op(t) == csp::Operator::omega) return "ended";
    if (const Span span = terms_[t].span; span.known()) text += (text.empty() ? "" : ", ") + place_text(sources_, span);
    return text.empty() ? "a process of the operators" : text;
  }

  MachinePrograms programs_;
  csp::Evaluator& evaluator_;
  csp::Terms& terms_;
  const csp::CompiledNetwork& network_;
  const SourceSet& sources_;
  Emission& out_;

  std::unordered_map<EventId, std::uint32_t> numbers_;
  std::vector<std::vector<EventId>> events_of_channel_;
  std::unordered_map<ProcessId, std::string> process_names_;
  std::vector<std::string> component_names_;
  std::vector<std::vector<std::uint32_t>> new_labels_;  // by machine, by its label in the network; empty: as they are
  Identifiers channel_identifiers_;
  Identifiers machine_identifiers_;
};

}  // namespace

void collect(csp::Typed& typed, SourceSet& sources, csp::Evaluator& evaluator, csp::ProcessId process,
             const CompleteNetwork& complete, Emission& out) {
  Collector(typed, sources, evaluator, complete, out).run(process);
}

}  // namespace tryst::emitter
