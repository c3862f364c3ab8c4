#include "semantics/pi/pi_system.hpp"

#include <algorithm>

namespace tryst::pi {

PiSystem::PiSystem(Transitions& transitions, TermId initial, Semantics semantics, Ending ending)
    : transitions_(transitions),
      terms_(transitions.terms()),
      initial_(initial),
      semantics_(semantics),
      ending_(ending) {}

void PiSystem::set_budget(Budget* budget) {
  budget_ = budget;
  transitions_.set_budget(budget);
  terms_.set_budget(budget);
}

void PiSystem::set_integers(std::vector<Name> integers) {
  integers_ = std::move(integers);
  states_.clear();
  numbers_.clear();
}

void PiSystem::add_integers(const std::vector<std::int64_t>& values) {
  std::vector<Name> integers = integers_;
  for (const std::int64_t value : values) integers.push_back(terms_.integers().integer(value));
  std::ranges::sort(integers);
  integers.erase(std::unique(integers.begin(), integers.end()), integers.end());
  set_integers(std::move(integers));
}

StateId PiSystem::number_of(TermId t) {
  const auto [at, is_new] = numbers_.try_emplace(t, static_cast<StateId>(states_.size()));
  if (is_new) states_.push_back(t);
  return at->second;
}

StateId PiSystem::initial() { return number_of(initial_); }

void PiSystem::successors(StateId s, std::vector<Transition>& out) {
  out.clear();
  const TermId t = states_[index(s)];
  const auto free = terms_.free_names(t);
  const std::vector<Name> known(free.begin(), free.end());  // a copy: the store grows
  for (const Commitment& c : transitions_.of(t, semantics_ == Semantics::symbolic ? Mode::symbolic : Mode::literal))
    add(c, known, out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

void PiSystem::add(const Commitment& c, std::span<const Name> known, std::vector<Transition>& out) {
  if (refuses_binding_ && (c.binders > 0 || !c.condition.empty() || !c.tests.empty())) throw BindsNames{};
  const bool receives = c.kind == ActionKind::input && c.binders > 0;
  if (receives && (semantics_ == Semantics::early || !c.kinds.empty())) return add_receptions(c, known, out);
  const std::vector<Name> fresh = Terms::least_fresh_names(c.binders, known);
  const bool silent = c.kind == ActionKind::tau && c.condition.empty() && c.tests.empty();
  const EventId event = silent ? tau
                               : events_.intern(label(c, fresh, c.kind == ActionKind::input ? '(' : '<',
                                                      c.kind == ActionKind::input ? ')' : '>'));
  out.push_back({event, number_of(transitions_.target(c, fresh))});
}

void PiSystem::add_receptions(const Commitment& c, std::span<const Name> known, std::vector<Transition>& out) {
  const bool is_early = semantics_ == Semantics::early;
  has_received_integers_ |= std::ranges::find(c.kinds, Kind::integer) != c.kinds.end();
  receptions(c.binders, c.kinds, known, {is_early, integers_}, [&](std::span<const Name> names) {
    if (budget_ != nullptr) budget_->poll();  // there are exponentially many in the arity
    const bool chooses = is_early || std::ranges::any_of(names, is_datum);
    const std::string event = label(c, names, chooses ? '<' : '(', chooses ? '>' : ')');
    out.push_back({events_.intern(event), number_of(transitions_.target(c, names))});
    return true;
  });
}

std::string PiSystem::label(const Commitment& c, std::span<const Name> names, char open, char close) const {
  std::string text;
  for (const Constraint& each : c.condition)
    text += "[" + terms_.text(each.left) + (each.equal ? "=" : "#") + terms_.text(each.right) + "]";
  for (const Test& each : c.tests)
    text += "[" + text_of(each, terms_.integers(), [this](Name n) { return terms_.text(n); }) + "]";
  if (c.kind == ActionKind::tau) return text + "t";
  if (c.kind == ActionKind::output) text += "'";
  text += terms_.text(c.subject);
  if (c.objects.empty()) return text;
  for (std::size_t i = 0; i < c.objects.size(); ++i) {
    text += i == 0 ? open : ',';
    const bool extruded = c.kind == ActionKind::output && is_bound(c.objects[i]);
    if (extruded) text += '^';
    text += terms_.text(is_bound(c.objects[i]) ? names[number(c.objects[i])] : c.objects[i]);
  }
  return text + close;
}

const Commitment* PiSystem::commitment(StateId s, Transition wanted) {
  const TermId t = states_[index(s)];
  const auto free = terms_.free_names(t);
  const std::vector<Name> known(free.begin(), free.end());
  std::vector<Transition> row;
  for (const Commitment& c : transitions_.of(t, semantics_ == Semantics::symbolic ? Mode::symbolic : Mode::literal)) {
    row.clear();
    add(c, known, row);
    if (std::find(row.begin(), row.end(), wanted) != row.end()) return &c;
  }
  return nullptr;
}

}  // namespace tryst::pi
