#include "semantics/csp/phases.hpp"

#include <algorithm>

#include "semantics/csp/composition.hpp"

namespace tryst::csp {

std::vector<ProcessId> Phases::spine(ProcessId t) const {
  std::vector<ProcessId> spine{t};
  while (Composition::is_unary_static(terms_.op(t)) || Composition::may_be_left(terms_.op(t))) {
    t = terms_[t].operands[0];
    spine.push_back(t);
  }
  return spine;
}

std::vector<ProcessId> Phases::operands(std::span<const ProcessId> spine) const {
  std::vector<ProcessId> operands;
  for (const ProcessId each : spine)
    if (terms_.op(each) == Operator::interrupt) operands.push_back(terms_[each].operands[1]);
  const auto last = terms_[spine.back()].operands;
  operands.insert(operands.end(), last.begin(), last.end());
  return operands;
}

bool Phases::is_volatile(std::span<const ProcessId> spine) const {
  return std::ranges::any_of(spine, [this](ProcessId each) {
    return terms_.op(each) == Operator::exception || terms_.op(each) == Operator::interrupt;
  });
}

std::optional<PhaseId> Phases::of(ProcessId t, Unknown unknown) {
  const std::vector<ProcessId> spine = this->spine(t);
  if (!Composition::is_static(terms_.op(spine.back()))) return std::nullopt;
  if (terms_[spine.back()].operands.size() < 2 || operands(spine).size() > operands_max) return std::nullopt;
  std::vector<std::uint32_t> shape;
  for (const ProcessId each : spine) {
    const TermView term = terms_[each];
    shape.insert(shape.end(),
                 {static_cast<std::uint32_t>(term.op), term.payload, index(term.relation),
                  static_cast<std::uint32_t>(term.sets.size()), static_cast<std::uint32_t>(term.operands.size())});
    for (const EventSetId set : term.sets) shape.push_back(index(set));
    if (term.op == Operator::sequential || term.op == Operator::exception) shape.push_back(index(term.operands[1]));
  }
  if (const auto known = phases_.find(shape); known != phases_.end()) return known->second;
  if (unknown == Unknown::none || phases_.size() >= phases_max) return std::nullopt;
  return phases_.emplace(std::move(shape), static_cast<PhaseId>(phases_.size())).first->second;
}

EventId Phases::intern(Internal named) {
  const auto next = static_cast<EventId>(index(nothing) + 1 + internal_.size());
  const auto [entry, added] = event_of_.emplace(named, next);
  if (added) internal_.push_back(named);
  return entry->second;
}

const Phases::Internal* Phases::find(EventId event) const {
  if (index(event) <= index(nothing) || event == ended) return nullptr;
  return &internal_[index(event) - index(nothing) - 1];
}

}  // namespace tryst::csp
