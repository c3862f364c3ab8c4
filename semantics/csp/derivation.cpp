#include "semantics/csp/derivation.hpp"

#include <algorithm>

namespace tryst::csp {

Derivation::Derivation(TermGraph& graph, const Components& components) : graph_(graph), components_(components) {}

std::vector<ReferenceSystem::ComponentStep> Derivation::find(ProcessId source, EventId event, ProcessId goal) {
  steps_.clear();
  depth_ = 0;
  if (!derive(source, event, goal, 0)) return {};
  std::sort(steps_.begin(), steps_.end(), [](const auto& a, const auto& b) { return a.component < b.component; });
  return steps_;
}

// The node is `inside` or describes the term; where the shape has changed (chase that became DIV) it is taken as a
// leaf.
bool Derivation::derive(ProcessId t, EventId event, ProcessId goal, std::uint32_t node) {
  graph_.poll();
  const Attempt attempt{t, graph_.terms()[t], event, goal, node};
  const std::size_t height = steps_.size();
  ++depth_;
  bool found = false;
  if (node == inside) {
    found = depth_ > depth_max ? looked_up(attempt) : by_operator(attempt);
  } else if (const Components::Node& place = components_.nodes()[node];
             !place.children.empty() && place.op == attempt.term.op) {
    found = by_operator(attempt);
  } else {
    Attempt whole = attempt;
    whole.node = inside;
    performed_by(attempt);
    found = by_operator(whole);
    if (found) steps_.push_back({place.component, event, performed_, origin_});
  }
  --depth_;
  if (!found) steps_.resize(height);
  return found;
}

bool Derivation::by_operator(const Attempt& at) {
  switch (at.term.op) {
    case Operator::stop:
    case Operator::omega: return false;
    case Operator::skip:
    case Operator::div:
    case Operator::run:
    case Operator::chaos:
    case Operator::prefix: return basic(at);
    case Operator::external_choice:
    case Operator::internal_choice:
    case Operator::sliding_choice:
    case Operator::sync_external: return choice(at);
    case Operator::sequential:
    case Operator::exception: return sequence(at);
    case Operator::interrupt:
    case Operator::sync_interrupt: return interruption(at);
    case Operator::interleave:
    case Operator::parallel:
    case Operator::alphabetised: return parallel(at);
    case Operator::link: return link(at);
    case Operator::hide:
    case Operator::project:
    case Operator::rename: return relabelling(at);
    case Operator::prioritise:
    case Operator::prioritise_po: return priority(at);
    case Operator::chase: return chased(at);
    case Operator::deter:
    case Operator::trace_watchdog:
    case Operator::failure_watchdog: return looked_up(at);
    case Operator::compressed:
    case Operator::suspended: break;
  }
  assert(false && "a resolved term is neither suspended nor compressed");
  return false;
}

bool Derivation::becomes(const Attempt& at, ProcessId found) {
  return at.goal == any || graph_.resolve(found) == at.goal;
}

// The goal is the term with other operands.
bool Derivation::same_shape(const Attempt& at) {
  if (at.goal == any) return true;
  const TermView goal = graph_.terms()[at.goal];
  return goal.op == at.term.op && goal.operands.size() == at.term.operands.size() &&
         goal.relation == at.term.relation &&
         std::equal(goal.sets.begin(), goal.sets.end(), at.term.sets.begin(), at.term.sets.end());
}

ProcessId Derivation::goal_operand(const Attempt& at, std::size_t i) {
  return at.goal == any ? any : graph_.terms()[at.goal].operands[i];
}

bool Derivation::operand(const Attempt& at, std::size_t i, EventId event, ProcessId goal) {
  const std::uint32_t node = at.node == inside ? inside : components_.nodes()[at.node].children[i];
  return derive(at.term.operands[i], event, goal, node);
}

// Operand i moves by `as`, the others stay, the operator stays.
bool Derivation::operand_alone(const Attempt& at, std::size_t i, EventId as) {
  if (!same_shape(at)) return false;
  for (std::size_t k = 0; k < at.term.operands.size() && at.goal != any; ++k)
    if (k != i && goal_operand(at, k) != at.term.operands[k]) return false;
  return operand(at, i, as, goal_operand(at, i));
}

bool Derivation::some_operand_alone(const Attempt& at, EventId as) {
  if (!same_shape(at)) return false;
  std::size_t first = 0;  // the operand that differs must be the one that moves
  if (at.goal != any)
    while (first < at.term.operands.size() && goal_operand(at, first) == at.term.operands[first]) ++first;
  if (first < at.term.operands.size() && at.goal != any) return operand_alone(at, first, as);
  for (std::size_t i = 0; i < at.term.operands.size(); ++i)
    if (operand_alone(at, i, as)) return true;
  return false;
}

// Every operand performs the event.
bool Derivation::together(const Attempt& at) {
  if (!same_shape(at)) return false;
  for (std::size_t i = 0; i < at.term.operands.size(); ++i)
    if (!operand(at, i, at.event, goal_operand(at, i))) return false;
  return true;
}

bool Derivation::basic(const Attempt& at) {
  performed_by(at);
  switch (at.term.op) {
    case Operator::skip: return at.event == tick && becomes(at, graph_.omega());
    case Operator::div: return at.event == tau && becomes(at, at.id);
    case Operator::chaos:
      if (at.event == tau) return becomes(at, graph_.stop());
      [[fallthrough]];
    case Operator::run: return is_visible(at.event) && in(at, 0) && becomes(at, at.id);
    default: break;  // prefix
  }
  const auto found = std::lower_bound(at.term.events.begin(), at.term.events.end(), at.event);
  return found != at.term.events.end() && *found == at.event &&
         becomes(at, at.term.operands[static_cast<std::size_t>(found - at.term.events.begin())]);
}

bool Derivation::choice(const Attempt& at) {
  const auto operands = at.term.operands;
  if (at.event == tau) {
    const std::size_t timeout = at.term.op == Operator::internal_choice ? 0 : 1;
    if (at.term.op == Operator::internal_choice || at.term.op == Operator::sliding_choice) {
      performed_by(at);
      for (std::size_t i = timeout; i < operands.size(); ++i)
        if (becomes(at, operands[i])) return true;
    }
    if (at.term.op == Operator::internal_choice) return false;
    return at.term.op == Operator::sliding_choice ? operand_alone(at, 0, tau) : some_operand_alone(at, tau);
  }
  if (at.term.op == Operator::internal_choice) return false;
  if (at.term.op == Operator::sync_external && is_visible(at.event) && in(at, 0)) return together(at);
  const std::size_t able = at.term.op == Operator::sliding_choice ? 1 : operands.size();
  for (std::size_t i = 0; i < able; ++i)
    if (operand(at, i, at.event, at.goal)) return true;
  return false;
}

bool Derivation::sequence(const Attempt& at) {
  const ProcessId omega = graph_.omega();
  if (at.term.op == Operator::sequential) {
    if (at.event == tau && becomes(at, at.term.operands[1]) && operand(at, 0, tick, omega)) return true;
    return at.event != tick && operand_alone(at, 0, at.event);
  }
  if (at.event == tick) return becomes(at, omega) && operand(at, 0, tick, omega);
  if (is_visible(at.event) && in(at, 0)) return becomes(at, at.term.operands[1]) && operand(at, 0, at.event, any);
  return operand_alone(at, 0, at.event);
}

bool Derivation::interruption(const Attempt& at) {
  if (at.event == tau) return operand_alone(at, 0, tau) || operand_alone(at, 1, tau);
  if (at.event == tick) return becomes(at, graph_.omega()) && (operand(at, 0, tick, any) || operand(at, 1, tick, any));
  if (at.term.op == Operator::sync_interrupt && in(at, 0)) return together(at);
  return operand_alone(at, 0, at.event) || operand(at, 1, at.event, at.goal);
}

// ✓ of a whole parallel: everyone in it has ended before.
bool Derivation::ended(const Attempt& at) {
  const ProcessId omega = graph_.omega();
  if (!becomes(at, omega)) return false;
  for (const ProcessId operand : at.term.operands)
    if (operand != omega) return false;
  performed_by(at);
  if (at.node == inside) return true;
  const Components::Node& place = components_.nodes()[at.node];
  for (std::uint32_t i = 0; i < place.count; ++i) steps_.push_back({place.component + i, tick, Span{}, tick});
  return true;
}

// τ of a parallel that is an operand's ✓.
bool Derivation::operand_ends(const Attempt& at) {
  const ProcessId omega = graph_.omega();
  for (std::size_t i = 0; i < at.term.operands.size(); ++i)
    if (at.term.operands[i] != omega && (at.goal == any || (same_shape(at) && goal_operand(at, i) == omega)) &&
        operand_alone(at, i, tick))
      return true;
  return false;
}

bool Derivation::parallel(const Attempt& at) {
  if (at.event == tick) return ended(at);
  if (at.event == tau) return some_operand_alone(at, tau) || operand_ends(at);
  if (at.term.op == Operator::interleave) return some_operand_alone(at, at.event);
  if (at.term.op == Operator::parallel) return in(at, 0) ? together(at) : some_operand_alone(at, at.event);
  if (!same_shape(at)) return false;
  bool someone = false;
  for (std::size_t i = 0; i < at.term.operands.size(); ++i) {
    if (!in(at, i)) {
      if (at.goal != any && goal_operand(at, i) != at.term.operands[i]) return false;
      continue;
    }
    someone = true;
    if (!operand(at, i, at.event, goal_operand(at, i))) return false;
  }
  return someone;
}

bool Derivation::link(const Attempt& at) {
  const Alphabets& alphabets = graph_.terms().alphabets();
  if (at.event == tick) return ended(at);
  if (at.event == tau) {
    if (some_operand_alone(at, tau) || operand_ends(at)) return true;
    if (!same_shape(at)) return false;
    const std::size_t height = steps_.size();
    for (const auto& [left, right] : alphabets.pairs(at.term.relation)) {
      if (operand(at, 0, left, goal_operand(at, 0)) && operand(at, 1, right, goal_operand(at, 1))) return true;
      steps_.resize(height);
    }
    return false;
  }
  return (alphabets.images(at.term.relation, at.event).empty() && operand_alone(at, 0, at.event)) ||
         (alphabets.preimages(at.term.relation, at.event).empty() && operand_alone(at, 1, at.event));
}

bool Derivation::relabelling(const Attempt& at) {
  const Alphabets& alphabets = graph_.terms().alphabets();
  if (at.event == tick) return becomes(at, graph_.omega()) && operand(at, 0, tick, graph_.omega());
  if (at.term.op == Operator::rename) {
    if (alphabets.images(at.term.relation, at.event).empty() && operand_alone(at, 0, at.event)) return true;
    for (const auto& [to, from] : alphabets.preimages(at.term.relation, at.event))
      if (operand_alone(at, 0, from)) return true;
    return false;
  }
  const bool listed_is_hidden = at.term.op == Operator::hide;
  if (at.event != tau) return in(at, 0) != listed_is_hidden && operand_alone(at, 0, at.event);
  if (operand_alone(at, 0, tau)) return true;
  EventId last = tau;
  for (const Move& move : graph_.moves(at.term.operands[0])) {
    if (!is_visible(move.event) || move.event == last) continue;
    last = move.event;
    if (graph_.terms().contains(at.term.sets[0], last) == listed_is_hidden && operand_alone(at, 0, last)) return true;
  }
  return false;
}

}  // namespace tryst::csp
