#include "checker/pi/answers.hpp"

#include <algorithm>
#include <cassert>

namespace tryst::pi {

bool is_enabled(const Commitment& commitment, const Distinction& distinction) {
  for (const Constraint& c : commitment.condition)
    if (c.equal) return false;
  for (const Constraint& c : commitment.condition)
    if (!distinction.separates(c.left, c.right)) throw UndecidedMismatch{c.left, c.right};
  return true;
}

std::optional<NameMap> substitution_of(const Commitment& commitment, const Distinction& distinction) {
  const std::optional<NameMap> sigma = unifier(commitment.condition, distinction);
  const auto is_disequality = [](const Constraint& c) { return !c.equal; };
  if (!sigma || std::ranges::none_of(commitment.condition, is_disequality)) return sigma;
  const Distinction mapped = distinction.mapped(*sigma);
  for (const Constraint& c : commitment.condition) {
    if (c.equal) continue;
    const Name left = image(*sigma, c.left), right = image(*sigma, c.right);
    if (left == right) return std::nullopt;
    if (!mapped.separates(left, right)) throw UndecidedMismatch{c.left, c.right};
  }
  return sigma;
}

Action action_of(const Commitment& commitment, std::span<const Name> names, const NameMap& sigma,
                 const Transitions& transitions) {
  Action action{commitment.kind, {}, {}, {}, static_cast<std::uint32_t>(commitment.objects.size()), commitment.kinds};
  if (commitment.kind == ActionKind::tau) return action;
  action.subject = image(sigma, commitment.subject);
  for (const Name n : transitions.objects(commitment, names)) action.objects.push_back(image(sigma, n));
  if (commitment.kind == ActionKind::output) action.extruded.assign(names.begin(), names.end());
  return action;
}

bool performs(const Commitment& commitment, const Action& action, const Transitions& transitions) {
  if (commitment.kind != action.kind) return false;
  if (action.kind == ActionKind::tau) return true;
  if (commitment.subject != action.subject) return false;
  if (action.kind == ActionKind::input) return commitment.binders == action.arity && commitment.kinds == action.kinds;
  return commitment.binders == action.extruded.size() && commitment.objects.size() == action.arity &&
         transitions.objects(commitment, action.extruded) == action.objects;
}

std::uint32_t AnswerLists::list(TermId process, const Action& action, const Distinction& before,
                                const Distinction& later) {
  Key key{process, action, before.pairs(), later.pairs()};
  const auto [at, is_new] = ids_.try_emplace(std::move(key), static_cast<std::uint32_t>(lists_.size()));
  if (is_new) {
    lists_.push_back({action, before, later, {}, 0, {}});
    meet(at->second, {process, equivalence_.weak && action.kind == ActionKind::tau, 0, nullptr});
  }
  return at->second;
}

std::optional<TermId> AnswerLists::at(std::uint32_t list, std::uint32_t n) {
  List& l = lists_[list];
  while (l.found.size() <= n && l.next < l.queue.size()) expand(list, static_cast<std::uint32_t>(l.next++));
  if (n < l.found.size()) return l.queue[l.found[n]].process;
  return std::nullopt;
}

std::vector<Prefixes> AnswerLists::path(std::uint32_t list, std::uint32_t n) const {
  const List& l = lists_[list];
  std::vector<Prefixes> steps;
  for (const Walk* walk = &l.queue[l.found[n]]; walk->by != nullptr; walk = &l.queue[walk->from])
    steps.push_back({walk->by->span, walk->by->partner});
  std::ranges::reverse(steps);
  return steps;
}

// Every process met with the action done is an answer.
void AnswerLists::meet(std::uint32_t list, Walk walk) {
  assert(index(walk.process) < 1u << 31);
  if (!seen_.insert(std::uint64_t{list} << 32 | index(walk.process) << 1 | (walk.done ? 1u : 0u)).second) return;
  budget_.poll();
  List& l = lists_[list];
  if (walk.done) l.found.push_back(static_cast<std::uint32_t>(l.queue.size()));
  l.queue.push_back(walk);
}

void AnswerLists::expand(std::uint32_t list, std::uint32_t from) {
  const auto& [action, before, later, queue, next, found] = lists_[list];
  const Walk walk = queue[from];
  // Strong answers end with the action; so does a late input, which leaves an abstraction.
  if (walk.done && (!equivalence_.weak || is_late(action))) return;
  for (const Commitment& c : transitions_.of(walk.process, mode())) {
    const bool is_silent = c.kind == ActionKind::tau && equivalence_.weak;
    const bool acts = !walk.done && performs(c, action, transitions_);
    if (!is_silent && !acts) continue;
    if (!is_enabled(c, walk.done ? later : before)) continue;
    if (is_silent) {
      meet(list, {transitions_.target(c, {}), walk.done, from, &c});
    } else if (is_late(action)) {
      meet(list, {c.target, true, from, &c});
    } else {
      const std::vector<Name>& names = action.kind == ActionKind::input ? action.objects : action.extruded;
      meet(list, {transitions_.target(c, names), true, from, &c});
    }
  }
}

}  // namespace tryst::pi
