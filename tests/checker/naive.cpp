#include "tests/checker/naive.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <random>

#include "semantics/lts_builder.hpp"

namespace tryst::naive {

namespace {

enum Kind { trace = 1, failure, revival, deadlock, refusal_trace };

int number(EventId e) { return static_cast<int>(index(e)); }

bool offers(const Lts& lts, StateId s, EventId e) {
  for (const Transition& t : lts.transitions(s))
    if (t.event == e) return true;
  return false;
}

bool is_stable(const Lts& lts, StateId s) {
  return !offers(lts, s, tau) && !offers(lts, s, tick) && !lts.is_terminated(s);
}

// Bit e for each event e that the state offers, τ aside.
int offered(const Lts& lts, StateId s) {
  int mask = 0;
  for (const Transition& t : lts.transitions(s))
    if (t.event != tau) mask |= 1 << number(t.event);
  return mask;
}

// Every set of events that the state can refuse, ✓ and the visible ones being bits 1, 2, ...
std::vector<int> refusals(const Lts& lts, StateId s) {
  const int all = (1 << lts.events().size()) - 2;
  const bool signals = offers(lts, s, tick);
  std::vector<int> sets;
  for (int x = 0; x <= all; x += 2)
    if ((is_stable(lts, s) && (x & offered(lts, s)) == 0) || (signals && (x & 2) == 0)) sets.push_back(x);
  return sets;
}

bool reaches_itself_by_tau(const Lts& lts, StateId s) {
  std::set<StateId> seen;
  std::vector<StateId> open{s};
  while (!open.empty()) {
    const StateId at = open.back();
    open.pop_back();
    for (const Transition& t : lts.transitions(at)) {
      if (t.event != tau) continue;
      if (t.target == s) return true;
      if (seen.insert(t.target).second) open.push_back(t.target);
    }
  }
  return false;
}

Shown with(Kind kind, const History& history, std::vector<int> end = {}) {
  Shown shown{kind};
  shown.insert(shown.end(), history.begin(), history.end());
  shown.push_back(-7);
  shown.insert(shown.end(), end.begin(), end.end());
  return shown;
}

// What can be seen in state s after the history.
std::vector<Shown> exhibited(const Lts& lts, Model model, const History& history, StateId s) {
  std::vector<Shown> all;
  const bool trace_model = model == Model::T;
  const bool refusal_testing = model == Model::R || model == Model::RD;
  const bool revivals = model == Model::V || model == Model::VD;
  all.push_back(with(refusal_testing ? refusal_trace : trace, history, {-1}));
  if (trace_model) return all;
  for (const int x : refusals(lts, s)) {
    if (refusal_testing) all.push_back(with(refusal_trace, history, {x}));
    if (model == Model::F || model == Model::FD) all.push_back(with(failure, history, {x}));
    if (revivals && is_stable(lts, s))
      for (const Transition& t : lts.transitions(s)) all.push_back(with(revival, history, {x, number(t.event)}));
  }
  if (revivals && is_stable(lts, s) && lts.transitions(s).empty()) all.push_back(with(deadlock, history));
  return all;
}

// Whether it says no more than that the history is possible.
bool is_arrival(const Shown& shown) { return shown.back() == -1; }

// The histories after performing e in state s.
std::vector<History> extended(const Lts& lts, Model model, const History& history, StateId s, EventId e) {
  std::vector<History> all;
  const auto add = [&](std::vector<int> more) {
    all.push_back(history);
    all.back().insert(all.back().end(), more.begin(), more.end());
  };
  if (model != Model::R && model != Model::RD) {
    add({number(e)});
    return all;
  }
  add({-1, number(e)});
  if (is_stable(lts, s))
    for (const int x : refusals(lts, s)) add({x, number(e)});
  return all;
}

std::size_t event_size(Model model) { return model == Model::R || model == Model::RD ? 2 : 1; }

// Calls visit(history, state, steps) for every history of at most `length` events and state after it, fewest steps
// first.
template <class Visit>
void walk(const Lts& lts, Model model, std::size_t length, Visit visit) {
  struct Item {
    History history;
    StateId state;
    std::size_t steps;
  };
  std::set<std::pair<History, StateId>> seen;
  std::deque<Item> queue;
  const auto meet = [&](History history, StateId s, std::size_t steps) {
    if (history.size() <= length * event_size(model) && seen.insert({history, s}).second)
      queue.push_back({std::move(history), s, steps});
  };
  meet({}, lts.initial(), 0);
  while (!queue.empty()) {
    const Item item = queue.front();
    queue.pop_front();
    if (!visit(item.history, item.state, item.steps)) return;
    for (const Transition& t : lts.transitions(item.state)) {
      if (t.event == tau)
        meet(item.history, t.target, item.steps + 1);
      else
        for (History& history : extended(lts, model, item.history, item.state, t.event))
          meet(std::move(history), t.target, item.steps + 1);
    }
  }
}

bool diverged(const Behaviours& specification, const History& history, Model model) {
  for (std::size_t n = 0; n <= history.size(); n += event_size(model))
    if (specification.divergent.contains(History(history.begin(), history.begin() + static_cast<std::ptrdiff_t>(n))))
      return true;
  return false;
}

}  // namespace

Behaviours behaviours(const Lts& lts, Model model, std::size_t length) {
  Behaviours result;
  walk(lts, model, length, [&](const History& history, StateId s, std::size_t) {
    for (Shown& shown : exhibited(lts, model, history, s)) result.shown.insert(std::move(shown));
    if (reaches_itself_by_tau(lts, s)) result.divergent.insert(history);
    return true;
  });
  return result;
}

std::optional<std::size_t> shortest_failure(const Behaviours& specification, const Lts& implementation, Model model,
                                            std::size_t length) {
  std::optional<std::size_t> shortest;
  walk(implementation, model, length, [&](const History& history, StateId s, std::size_t steps) {
    if (sees_divergence(model) && diverged(specification, history, model)) return true;
    bool fails = sees_divergence(model) && reaches_itself_by_tau(implementation, s);
    bool fails_if_signalled = false;
    for (const Shown& shown : exhibited(implementation, model, history, s)) {
      const bool forbidden = !specification.shown.contains(shown);
      (offers(implementation, s, tick) && !is_arrival(shown) ? fails_if_signalled : fails) |= forbidden;
    }
    // A state that signals ✓ is seen to refuse all else by performing ✓: one step more.
    if (fails || fails_if_signalled) shortest = std::min(shortest.value_or(SIZE_MAX), steps + (fails ? 0 : 1));
    return steps < shortest.value_or(SIZE_MAX);
  });
  return shortest;
}

namespace {

std::set<StateId> reachable(const Lts& lts) {
  std::set<StateId> seen{lts.initial()};
  std::vector<StateId> open{lts.initial()};
  while (!open.empty()) {
    const StateId at = open.back();
    open.pop_back();
    for (const Transition& t : lts.transitions(at))
      if (seen.insert(t.target).second) open.push_back(t.target);
  }
  return seen;
}

}  // namespace

bool has_deadlock(const Lts& lts) {
  for (const StateId s : reachable(lts))
    if (lts.transitions(s).empty() && !lts.is_terminated(s)) return true;
  return false;
}

bool has_divergence(const Lts& lts) {
  for (const StateId s : reachable(lts))
    if (reaches_itself_by_tau(lts, s)) return true;
  return false;
}

bool is_nondeterministic(const Lts& lts, std::size_t length) {
  const Behaviours all = behaviours(lts, Model::F, length + 1);
  bool found = false;
  walk(lts, Model::F, length, [&](const History& history, StateId, std::size_t) {
    for (std::uint32_t e = 1; e < lts.events().size(); ++e) {
      History longer = history;
      longer.push_back(static_cast<int>(e));
      found |= all.shown.contains(with(trace, longer, {-1})) && all.shown.contains(with(failure, history, {1 << e}));
    }
    return !found;
  });
  return found;
}

EventNames letters(std::uint32_t count) {
  EventNames names;
  for (std::uint32_t i = 0; i < count; ++i) names.intern(std::string(1, static_cast<char>('a' + i)));
  return names;
}

Lts letter_before(std::uint32_t distance) {
  constexpr EventId a{2}, b{3}, c{4};
  LtsBuilder builder;
  for (const EventId e : {a, b}) {
    builder.add(StateId{0}, {e, StateId{0}});
    for (std::uint32_t i = 1; i < distance; ++i) builder.add(StateId{i}, {e, StateId{i + 1}});
  }
  builder.add(StateId{0}, {a, StateId{1}});
  builder.add(StateId{distance}, {c, StateId{distance}});
  return std::move(builder).finish(distance + 1, StateId{0}, letters(3));
}

Lts system_from_bits(std::uint32_t states, const std::vector<EventId>& events, std::uint64_t bits) {
  std::vector<Lts::Edge> edges;
  bool has_tick = false;
  std::uint32_t visible = 0;
  for (const EventId e : events) {
    has_tick |= e == tick;
    visible += is_visible(e) ? 1 : 0;
  }
  const StateId last = static_cast<StateId>(states - 1);
  std::uint32_t bit = 0;
  for (std::uint32_t s = 0; s < states; ++s)
    for (const EventId e : events)
      for (std::uint32_t t = 0; t < states; ++t, ++bit) {
        const StateId source = static_cast<StateId>(s);
        const StateId target = static_cast<StateId>(t);
        const bool allowed = !has_tick || (source != last && (e != tick || target == last));
        if ((bits >> bit & 1) != 0 && allowed) edges.push_back({source, e, target});
      }
  std::vector<StateId> terminated;
  if (has_tick) terminated.push_back(last);
  return Lts(states, StateId{0}, std::move(edges), letters(visible), std::move(terminated));
}

Lts random_system(std::uint64_t seed, std::uint32_t states, std::uint32_t visible_events, double density,
                  double tau_share, bool with_tick) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  const auto chance = [&](double p) { return static_cast<double>(random() >> 11) * 0x1p-53 < p; };
  std::vector<Lts::Edge> edges;
  const std::uint32_t count = static_cast<std::uint32_t>(density * states + 0.5);
  for (std::uint32_t i = 0; i < count; ++i) {
    const EventId event = chance(tau_share) ? tau : static_cast<EventId>(2 + below(visible_events));
    edges.push_back({static_cast<StateId>(below(states)), event, static_cast<StateId>(below(states))});
  }
  std::vector<StateId> terminated;
  if (with_tick) {
    const StateId omega = static_cast<StateId>(states);
    terminated.push_back(omega);
    for (std::uint32_t s = 0; s < states; ++s)
      if (chance(0.2)) edges.push_back({static_cast<StateId>(s), tick, omega});
  }
  return Lts(states + (with_tick ? 1 : 0), StateId{0}, std::move(edges), letters(visible_events),
             std::move(terminated));
}

}  // namespace tryst::naive
