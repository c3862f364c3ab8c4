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

// Where components as programs can do the same in more ways than their graphs, and many take part.
struct TooManyRules {};

class Collector {
 public:
  Collector(csp::Typed& typed, SourceSet& sources, csp::Evaluator& evaluator, const CompleteNetwork& complete,
            bool may_have_more_labels, Emission& out)
      : programs_(typed, sources, evaluator, may_have_more_labels),
        evaluator_(evaluator),
        terms_(evaluator.terms()),
        network_(*complete.network),
        sources_(sources),
        is_whole_(complete.is_whole),
        out_(out) {}

  void run(ProcessId initial) {
    for (const char* name : {"automata", "components", "end_marks", "ended", "events", "index", "network", "never",
                             "participants", "program", "rules"})
      machine_identifiers_.distinct(name);  // what the generated file calls by these names
    collect_events();
    name_processes();
    name_components(initial);
    collect_components();
    for (const tryst::Rule& rule : network_.rules()) add_rule(rule, {});
    more_rules_max_ = more_rules_factor * out_.rules.size() + more_rules_always;
    for (const tryst::Rule& rule : network_.rules()) add_more_rules(rule);
    for (const tryst::Participant& mark : network_.end_marks()) out_.end_marks.push_back(numbered(mark));
  }

 private:
  static constexpr std::size_t more_rules_factor = 4, more_rules_always = 1000;

  // `others`: by participant, the label that takes part instead.
  void add_rule(const tryst::Rule& rule, const std::vector<std::optional<std::uint32_t>>& others) {
    const auto participants = network_.participants(rule);
    out_.rules.push_back({number(rule.event), static_cast<std::uint32_t>(out_.participants.size()),
                          static_cast<std::uint32_t>(participants.size())});
    for (std::size_t i = 0; i < participants.size(); ++i) {
      Participant one = numbered(participants[i]);
      if (i < others.size() && others[i]) one.label = *others[i];
      out_.participants.push_back(one);
    }
  }

  // The rule once more for each choice of further ways of its participants: they are ways of the same events.
  void add_more_rules(const tryst::Rule& rule) {
    const auto participants = network_.participants(rule);
    std::vector<std::vector<std::optional<std::uint32_t>>> choices{{}};
    for (const tryst::Participant& one : participants) {
      std::vector<std::optional<std::uint32_t>> ways{std::nullopt};
      for (const MoreWays& more : more_ways_[out_.components[one.component].machine])
        if (more.first == one.label) ways.emplace_back(more.label);
      if (ways.size() * choices.size() > more_rules_max_) throw TooManyRules{};
      std::vector<std::vector<std::optional<std::uint32_t>>> longer;
      for (const auto& choice : choices)
        for (const auto way : ways) {
          longer.push_back(choice);
          longer.back().push_back(way);
        }
      choices = std::move(longer);
    }
    for (std::size_t i = 1; i < choices.size(); ++i) {  // the first is the rule itself
      if (out_.rules.size() > network_.rules().size() + more_rules_max_) throw TooManyRules{};
      add_rule(rule, choices[i]);
    }
  }

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
    std::vector<std::string> names;                               // by machine: of its first component
    std::vector<std::size_t> first_of;                            // by machine: its first component
    std::vector<std::vector<LocalGraph::Label>> more_labels;      // by machine
    std::size_t terminators = 0;
    for (std::size_t c = 0; c < network_.size(); ++c) {
      const auto initial = network_.term(c, LocalId{0});
      std::string name = initial ? component_names_.at(c - terminators) : fmt::format("TERMINATION {}", ++terminators);
      const auto [at, added] =
          machine_of.try_emplace(network_.graph_of(c), static_cast<std::uint32_t>(out_.machines.size()));
      if (added) {
        out_.machines.push_back(machine(c));
        names.push_back(name);
        first_of.push_back(c);
        more_labels.emplace_back();
        if (is_whole_[c] && initial)
          more_labels.back() =
              programs_.add(origins(c), *initial, network_.graph(c), network_.events(), out_.machines.back());
        else if (initial)
          out_.machines.back().table_reason = "it has no end, or goes wrong, when it is alone";
      }
      out_.components.push_back({std::move(name), at->second});
    }
    out_.families = programs_.finish();
    name_families(names);
    new_labels_.resize(out_.machines.size());
    more_ways_.resize(out_.machines.size());
    for (std::size_t m = 0; m < out_.machines.size(); ++m) {
      if (out_.machines[m].family)
        number_labels(network_.graph(first_of[m]), more_labels[m], m);
      else
        out_.machines[m].identifier = machine_identifiers_.distinct(lower_identifier(names[m]));
    }
  }

  // A family of one machine is called like its component, others as the process that most of their machines begin as.
  void name_families(const std::vector<std::string>& names) {
    for (std::uint32_t f = 0; f < out_.families.size(); ++f) {
      std::map<std::string, std::size_t> begin_as;
      std::string name;
      for (std::size_t m = 0; m < names.size(); ++m) {
        const Machine& machine = out_.machines[m];
        if (machine.family != f) continue;
        if (name.empty()) name = names[m];
        ++begin_as[out_.families[f].code.points[machine.initial.point].name];
      }
      const auto most = std::ranges::max_element(begin_as, {}, &std::pair<const std::string, std::size_t>::second);
      if (most->second > 1 && !most->first.empty()) name = most->first;
      out_.families[f].identifier = machine_identifiers_.distinct(lower_identifier(name));
    }
  }

  // The suspensions that a component's initial state was resolved from, outer ones first.
  std::vector<csp::Origin> origins(std::size_t component) {
    std::vector<csp::Origin> result;
    for (ProcessId t = *network_.written(component);;) {
      const csp::TermView term = terms_[t];
      if (term.op == csp::Operator::suspended) {
        const auto suspension = static_cast<csp::SuspensionId>(term.payload);
        if (auto origin = evaluator_.origin(suspension)) result.push_back(std::move(*origin));
        t = evaluator_.unfold(suspension);
      } else if (term.op == csp::Operator::compressed) {
        t = term.operands[0];
      } else {
        return result;
      }
    }
  }

  Machine machine(std::size_t component) {
    const LocalGraph& graph = network_.graph(component);
    Machine result;
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

  // Gives a machine's labels the numbers of its family's layout.
  void number_labels(const LocalGraph& graph, const std::vector<LocalGraph::Label>& more_labels, std::size_t m) {
    Machine& machine = out_.machines[m];
    std::vector<std::uint32_t>& new_labels = new_labels_[m];
    const LabelLayout& layout = out_.families[*machine.family].layout;
    machine.numbers = programs_.numbers(layout, graph);
    std::vector<std::uint32_t> events(layout.labels(machine.numbers.size()), never_event);
    const auto add = [&](const LocalGraph::Label& label) {
      new_labels.push_back(programs_.label(layout, machine.numbers, label));
      events[new_labels.back()] = number(label.event);
    };
    std::ranges::for_each(graph.labels(), add);
    for (const LocalGraph::Label& label : more_labels) {
      add(label);
      const auto first = std::ranges::find_if(
          graph.labels(), [&](const LocalGraph::Label& each) { return each.event == label.event && each.choice == 0; });
      more_ways_[m].push_back({static_cast<LabelId>(first - graph.labels().begin()), new_labels.back()});
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
  const std::vector<bool>& is_whole_;
  Emission& out_;

  std::unordered_map<EventId, std::uint32_t> numbers_;
  std::vector<std::vector<EventId>> events_of_channel_;
  std::unordered_map<ProcessId, std::string> process_names_;
  std::vector<std::string> component_names_;
  std::vector<std::vector<std::uint32_t>> new_labels_;  // by machine, by its label in the network; empty: as they are
  struct MoreWays {
    LabelId first;        // in the network: of the first way to perform the event
    std::uint32_t label;  // of the machine
  };
  std::vector<std::vector<MoreWays>> more_ways_;  // by machine
  std::size_t more_rules_max_ = 0;
  Identifiers channel_identifiers_;
  Identifiers machine_identifiers_;
};

}  // namespace

void collect(csp::Typed& typed, SourceSet& sources, csp::Evaluator& evaluator, csp::ProcessId process,
             const CompleteNetwork& complete, Emission& out) {
  const Emission before = out;
  try {
    return Collector(typed, sources, evaluator, complete, true, out).run(process);
  } catch (const TooManyRules&) {
    out = before;
  }
  Collector(typed, sources, evaluator, complete, false, out).run(process);
}

}  // namespace tryst::emitter
