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
  if (refuses_binding_ && (c.binders > 0 || !c.condition.empty())) throw BindsNames{};
  if (c.kind == ActionKind::input && semantics_ == Semantics::early && c.binders > 0)
    return add_early_input(c, known, out);
  const std::vector<Name> fresh = Terms::least_fresh_names(c.binders, known);
  const bool silent = c.kind == ActionKind::tau && c.condition.empty();
  const EventId event = silent ? tau
                               : events_.intern(label(c, fresh, c.kind == ActionKind::input ? '(' : '<',
                                                      c.kind == ActionKind::input ? ')' : '>'));
  out.push_back({event, number_of(transitions_.target(c, fresh))});
}

void PiSystem::add_early_input(const Commitment& c, std::span<const Name> known, std::vector<Transition>& out) {
  const std::vector<Name> fresh = Terms::least_fresh_names(c.binders, known);
  early_tuples(c.binders, known, fresh, [&](std::span<const Name> names) {
    if (budget_ != nullptr) budget_->poll();  // there are exponentially many in the arity
    out.push_back({events_.intern(label(c, names, '<', '>')), number_of(transitions_.target(c, names))});
    return true;
  });
}

std::string PiSystem::label(const Commitment& c, std::span<const Name> names, char open, char close) const {
  std::string text;
  for (const Constraint& each : c.condition)
    text += "[" + terms_.text(each.left) + (each.equal ? "=" : "#") + terms_.text(each.right) + "]";
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
