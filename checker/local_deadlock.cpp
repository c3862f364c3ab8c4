#include "checker/local_deadlock.hpp"

#include <algorithm>
#include <set>

#include "checker/ensure.hpp"
#include "checker/replay.hpp"
#include "frontend/strong_components.hpp"
#include "semantics/network/network_system.hpp"

namespace tryst {

namespace {

using Locals = std::vector<LocalId>;

bool has_ended(const LocalGraph& graph, LocalId local) {
  return std::ranges::any_of(
      graph.row(local), [&](const LocalGraph::Move& move) { return graph.labels()[index(move.label)].event == ended; });
}

// The components that take part in some transition of a state whose rows are there.
class Activity {
 public:
  explicit Activity(const Network& network) : network_(network) {}

  void add(const Locals& locals, std::vector<bool>& active) {
    for (; known_ < network_.rules().size(); ++known_) {
      const Participant first = network_.participants(network_.rules()[known_]).front();
      if (led_.size() <= first.component) led_.resize(first.component + 1);
      auto& by_label = led_[first.component];
      if (by_label.size() <= index(first.label)) by_label.resize(index(first.label) + 1);
      by_label[index(first.label)].push_back(static_cast<std::uint32_t>(known_));
    }
    for (std::uint32_t c = 0; c < std::min<std::size_t>(led_.size(), locals.size()); ++c)
      for (const LocalGraph::Move& move : network_.graph(c).row(locals[c])) {
        if (index(move.label) >= led_[c].size()) continue;
        for (const std::uint32_t rule : led_[c][index(move.label)]) {
          const auto who = network_.participants(network_.rules()[rule]);
          const bool is_enabled = std::ranges::all_of(who, [&](const Participant& p) {
            return p.component < locals.size() &&
                   network_.graph(p.component).target(locals[p.component], p.label).has_value();
          });
          if (!is_enabled) continue;
          for (const Participant& p : who) active[p.component] = true;
        }
      }
  }

 private:
  const Network& network_;
  std::size_t known_ = 0;
  std::vector<std::vector<std::vector<std::uint32_t>>> led_;  // by first participant and its label: rules
};

// All global states, breadth first, and who is active for ever after.
class Exploration {
 public:
  Exploration(Network& network, Budget& budget) : network_(network), budget_(budget), system_(network) {}

  void explore() {
    std::vector<Transition> row;
    parents_.push_back({0, tau});
    for (std::uint32_t s = 0; s < parents_.size(); ++s) {
      first_.push_back(targets_.size());
      row.clear();
      system_.successors(StateId{s}, row);
      parents_.resize(system_.size(), {none, tau});
      budget_.record(parents_.size(), targets_.size() + row.size());
      budget_.poll(static_cast<std::uint32_t>(row.size()) + 1);
      for (const Transition& t : row) {
        if (parents_[index(t.target)].state == none) parents_[index(t.target)] = {s, t.event};
        targets_.push_back(index(t.target));
      }
    }
    first_.push_back(targets_.size());
  }

  // The first state, and of it the first component, that is blocked for ever.
  std::optional<std::pair<StateId, std::uint32_t>> first_blocked() {
    find_groups();
    Locals locals;
    for (std::uint32_t s = 0; s < parents_.size(); ++s) {
      budget_.poll();
      system_.locals(StateId{s}, locals);
      for (std::uint32_t c = 0; c < network_.size(); ++c)
        if (!active_[group_[s]][c] && network_.is_process(c) && !has_ended(network_.graph(c), locals[c]))
          return std::pair(StateId{s}, c);
    }
    return std::nullopt;
  }

  std::vector<Step> path_to(StateId s) const {
    std::vector<Step> path;
    for (std::uint32_t at = index(s); at != 0; at = parents_[at].state)
      path.push_back({parents_[at].event, StateId{at}});
    std::ranges::reverse(path);
    return path;
  }
  Locals locals(StateId s) const {
    Locals all;
    system_.locals(s, all);
    return all;
  }

 private:
  struct Parent {
    std::uint32_t state;
    EventId event;
  };
  static constexpr std::uint32_t none = 0xffffffff;

  void find_groups() {
    const auto states = static_cast<std::uint32_t>(parents_.size());
    group_.assign(states, none);
    const auto targets_of = [this](std::uint32_t s) {
      budget_.poll();
      return std::span(targets_).subspan(first_[s], first_[s + 1] - first_[s]);
    };
    strong_components(states, targets_of, [this](std::span<const std::uint32_t> members) { close_group(members); });
  }

  // A strongly connected component of the states, after those that it reaches.
  void close_group(std::span<const std::uint32_t> states) {
    std::vector<bool> active(network_.size(), false);
    Locals locals;
    for (const std::uint32_t s : states) group_[s] = static_cast<std::uint32_t>(active_.size());
    for (const std::uint32_t s : states) {
      system_.locals(StateId{s}, locals);
      activity_.add(locals, active);
      for (std::size_t i = first_[s]; i < first_[s + 1]; ++i) {
        const std::uint32_t reached = group_[targets_[i]];
        if (reached == active_.size()) continue;
        for (std::size_t c = 0; c < active.size(); ++c) active[c] = active[c] || active_[reached][c];
      }
    }
    active_.push_back(std::move(active));
  }

  Network& network_;
  Budget& budget_;
  NetworkSystem system_;
  Activity activity_{network_};
  std::vector<Parent> parents_;
  std::vector<std::size_t> first_;  // by state, and one more: into targets_
  std::vector<std::uint32_t> targets_;
  std::vector<std::uint32_t> group_;       // by state
  std::vector<std::vector<bool>> active_;  // by group: the components that take part in something from there on
};

// From the definition: all that can follow, rule by rule, and the component takes part in none of it.
void replay_blocked(const Network& network, const Locals& start, std::uint32_t component, Budget& budget) {
  ensure(!has_ended(network.graph(component), start[component]), "the blocked component has ended");
  std::set<Locals> met{start};
  std::vector<Locals> open{start};
  while (!open.empty()) {
    const Locals locals = std::move(open.back());
    open.pop_back();
    for (const Rule& rule : network.rules()) {
      budget.poll();
      Locals next = locals;
      bool is_enabled = true;
      bool takes_part = false;
      for (const Participant& p : network.participants(rule)) {
        takes_part = takes_part || p.component == component;
        const auto to = network.graph(p.component).target(locals[p.component], p.label);
        is_enabled = is_enabled && to;
        if (to) next[p.component] = *to;
      }
      if (!is_enabled) continue;
      ensure(!takes_part, "the blocked component takes part in something");
      if (met.insert(next).second) open.push_back(std::move(next));
    }
  }
}

}  // namespace

Verdict check_locally(const Question& question, Budget& budget) {
  Network& network = question.network->network();
  if (!network.layers().empty())
    return {Outcome::inconclusive,
            {},
            "local deadlocks under a priority operator are not looked for",
            std::string(name(question.model)),
            0,
            0};
  Exploration exploration(network, budget);
  exploration.explore();
  Verdict verdict{Outcome::holds, {}, {}, std::string(name(question.model)), 0, 0};
  verdict.states = budget.progress().states;
  verdict.transitions = budget.progress().transitions;
  const auto found = exploration.first_blocked();
  if (!found) return verdict;
  const auto& [state, component] = *found;
  replay_blocked(network, exploration.locals(state), component, budget);
  Evidence evidence{};
  evidence.kind = EvidenceKind::blocked;
  evidence.path = exploration.path_to(state);
  for (Step& step : evidence.path) step.target = question.network->state(exploration.locals(step.target));
  for (std::uint32_t c = 0; c < network.size(); ++c) {
    if (c < component && network.is_process(c)) ++evidence.blocked;
    if (network.is_process(c)) ++evidence.components;
  }
  replay(question, evidence, budget);
  verdict.evidence.push_back(std::move(evidence));
  verdict.outcome = Outcome::fails;
  return verdict;
}

}  // namespace tryst
