#include "checker/satisfaction.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "checker/initials.hpp"

namespace tryst {

namespace {

using States = std::vector<StateId>;  // sorted, without duplicates

void make_set(States& states) {
  std::ranges::sort(states);
  states.erase(std::ranges::unique(states).begin(), states.end());
}

// A truth value for each of some states.
struct Values {
  States states;
  std::vector<bool> holds;  // parallel

  bool at(StateId s) const {
    const auto found = std::ranges::lower_bound(states, s);
    return holds[static_cast<std::size_t>(found - states.begin())];
  }
};

class Checker {
 public:
  Checker(const Lts& lts, const Formulas& formulas, const EventNames& events, Budget& budget)
      : lts_(lts), formulas_(formulas), events_(events), budget_(budget), values_(formulas.size()) {}

  bool holds(StateId state, FormulaId root) {
    values_[index(root)].states.push_back(state);
    for (std::uint32_t f = index(root) + 1; f-- > 0;) demand(static_cast<FormulaId>(f));
    for (std::uint32_t f = 0; f <= index(root); ++f) evaluate(static_cast<FormulaId>(f));
    return values_[index(root)].at(state);
  }

 private:
  // The event's number in this system, if it has it.
  std::optional<EventId> own(EventId e) const {
    return is_visible(e) ? lts_.events().find(events_.name(e)) : std::optional(e);
  }

  States reached_by_tau(States states) {
    std::vector<bool>& seen = scratch_;
    seen.resize(lts_.state_count(), false);
    for (const StateId s : states) seen[index(s)] = true;
    for (std::size_t i = 0; i < states.size(); ++i) {
      budget_.poll();
      for (const Transition& t : internal(lts_.transitions(states[i]))) {
        if (seen[index(t.target)]) continue;
        seen[index(t.target)] = true;
        states.push_back(t.target);
      }
    }
    for (const StateId s : states) seen[index(s)] = false;
    std::ranges::sort(states);
    return states;
  }

  States reached_by(const States& states, EventId event) {
    States reached;
    const std::optional<EventId> e = own(event);
    for (const StateId s : states) {
      budget_.poll();
      if (!e) break;
      for (const Transition& t : with_event(lts_.transitions(s), *e)) reached.push_back(t.target);
    }
    make_set(reached);
    return reached;
  }

  void demand_at(std::span<const FormulaId> parts, const States& states) {
    for (const FormulaId f : parts) {
      States& known = values_[index(f)].states;
      known.insert(known.end(), states.begin(), states.end());
    }
  }

  // Tells the parts of f at which states their value matters, knowing the same of f.
  void demand(FormulaId f) {
    const Formulas::Node& node = formulas_[f];
    States& states = values_[index(f)].states;
    make_set(states);
    if (states.empty()) return;
    const bool from_here = node.modality == Modality::step;
    const States sources = from_here ? states : reached_by_tau(states);
    demand_at(formulas_.before(f), sources);
    States targets = sources;
    const bool is_step = node.modality != Modality::divergence && node.modality != Modality::weak_divergence;
    if (is_step && (from_here || node.event != tau)) targets = reached_by(sources, node.event);
    if (is_step && !from_here && node.modality == Modality::weak_step) targets = reached_by_tau(std::move(targets));
    demand_at(formulas_.after(f), targets);
  }

  bool all(std::span<const FormulaId> parts, StateId s) const {
    return std::ranges::all_of(parts, [&](FormulaId f) { return values_[index(f)].at(s); });
  }

  // Which of the states satisfy the conjunction.
  Values conjunction(std::span<const FormulaId> parts, States states) const {
    Values values{std::move(states), {}};
    for (const StateId s : values.states) values.holds.push_back(all(parts, s));
    return values;
  }

  // Which of `sources` have a transition of the event to a state where `after` holds.
  Values some_step(States sources, EventId event, std::span<const FormulaId> after) const {
    Values values{std::move(sources), std::vector<bool>(0)};
    const std::optional<EventId> e = own(event);
    for (const StateId s : values.states) {
      budget_.poll();
      const Row row = e ? with_event(lts_.transitions(s), *e) : Row{};
      values.holds.push_back(std::ranges::any_of(row, [&](const Transition& t) { return all(after, t.target); }));
    }
    return values;
  }

  // Adds the states from which τ* leads to one of the values that hold. `values` must be closed under τ.
  void close_backwards(Values& values) const {
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> sources;  // by target: places of states with a τ to it
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < values.states.size(); ++i) {
      if (values.holds[i]) open.push_back(i);
      for (const Transition& t : internal(lts_.transitions(values.states[i]))) sources[index(t.target)].push_back(i);
    }
    while (!open.empty()) {
      budget_.poll();
      const StateId s = values.states[open.back()];
      open.pop_back();
      for (const std::size_t source : sources[index(s)]) {
        if (values.holds[source]) continue;
        values.holds[source] = true;
        open.push_back(source);
      }
    }
  }

  // Takes away the states from which τ does not go on for ever through values that hold.
  void keep_divergent(Values& values) const {
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> sources;
    std::vector<std::size_t> ways(values.states.size(), 0);  // τ-steps to states that hold
    std::vector<std::size_t> stuck;
    for (std::size_t i = 0; i < values.states.size(); ++i) {
      for (const Transition& t : internal(lts_.transitions(values.states[i]))) {
        sources[index(t.target)].push_back(i);
        if (values.at(t.target)) ++ways[i];
      }
      if (values.holds[i] && ways[i] == 0) stuck.push_back(i);
    }
    while (!stuck.empty()) {
      budget_.poll();
      const std::size_t i = stuck.back();
      stuck.pop_back();
      values.holds[i] = false;
      for (const std::size_t source : sources[index(values.states[i])])
        if (--ways[source] == 0 && values.holds[source]) stuck.push_back(source);
    }
  }

  // Where the modality of f holds, among the states at which it matters and perhaps others.
  Values modality(FormulaId f, const States& states) {
    const Formulas::Node& node = formulas_[f];
    const auto after = formulas_.after(f);
    if (node.modality == Modality::step) return some_step(states, node.event, after);
    const States sources = reached_by_tau(states);
    Values values;
    switch (node.modality) {
      case Modality::step: break;
      case Modality::weak_step: values = weak_step(sources, node.event, after); break;
      case Modality::branching_step: {
        values = some_step(sources, node.event, after);
        for (std::size_t i = 0; i < sources.size(); ++i) {
          if (node.event == tau && all(after, sources[i])) values.holds[i] = true;
          if (values.holds[i]) values.holds[i] = all(formulas_.before(f), sources[i]);
        }
        break;
      }
      case Modality::divergence:
        values = conjunction(after, sources);
        keep_divergent(values);
        break;
      case Modality::weak_divergence:
        values = conjunction(after, sources);
        close_backwards(values);
        keep_divergent(values);
        return values;
    }
    close_backwards(values);
    return values;
  }

  // Where a visible step and then τ* lead to `after`, or τ* alone.
  Values weak_step(const States& sources, EventId event, std::span<const FormulaId> after) {
    if (event == tau) return conjunction(after, sources);
    Values ends = conjunction(after, reached_by_tau(reached_by(sources, event)));
    close_backwards(ends);
    Values values{sources, {}};
    const std::optional<EventId> e = own(event);
    for (const StateId s : sources) {
      const Row row = e ? with_event(lts_.transitions(s), *e) : Row{};
      values.holds.push_back(std::ranges::any_of(row, [&](const Transition& t) { return ends.at(t.target); }));
    }
    return values;
  }

  void evaluate(FormulaId f) {
    Values& values = values_[index(f)];
    if (values.states.empty()) return;
    const Values found = modality(f, values.states);
    for (const StateId s : values.states) values.holds.push_back(found.at(s) != formulas_[f].negated);
  }

  const Lts& lts_;
  const Formulas& formulas_;
  const EventNames& events_;
  Budget& budget_;
  std::vector<Values> values_;  // by formula
  std::vector<bool> scratch_;   // by state; all false between uses
};

}  // namespace

bool satisfies(const Lts& lts, StateId state, const Distinction& distinction, const EventNames& events,
               Budget& budget) {
  return Checker(lts, distinction.formulas, events, budget).holds(state, distinction.root);
}

}  // namespace tryst
