#include "semantics/csp/phases.hpp"

#include "semantics/csp/composition.hpp"

namespace tryst::csp {

std::vector<ProcessId> Phases::spine(ProcessId t) const {
  std::vector<ProcessId> spine{t};
  while (Composition::is_unary_static(terms_.op(t)) || terms_.op(t) == Operator::sequential) {
    t = terms_[t].operands[0];
    spine.push_back(t);
  }
  return spine;
}

std::optional<PhaseId> Phases::of(ProcessId t) {
  const std::vector<ProcessId> spine = this->spine(t);
  if (!Composition::is_static(terms_.op(spine.back()))) return std::nullopt;
  const std::size_t operands = terms_[spine.back()].operands.size();
  if (operands < 2 || operands > operands_max) return std::nullopt;
  std::vector<std::uint32_t> shape;
  for (const ProcessId each : spine) {
    const TermView term = terms_[each];
    shape.insert(shape.end(),
                 {static_cast<std::uint32_t>(term.op), term.payload, index(term.relation),
                  static_cast<std::uint32_t>(term.sets.size()), static_cast<std::uint32_t>(term.operands.size())});
    for (const EventSetId set : term.sets) shape.push_back(index(set));
    if (term.op == Operator::sequential) shape.push_back(index(term.operands[1]));
  }
  if (const auto known = phases_.find(shape); known != phases_.end()) return known->second;
  if (phases_.size() >= phases_max) return std::nullopt;
  return phases_.emplace(std::move(shape), static_cast<PhaseId>(phases_.size())).first->second;
}

EventId Phases::intern(Named named) {
  const auto next = static_cast<EventId>(index(reset) + 1 + named_.size());
  const auto [entry, added] = event_of_.emplace(named, next);
  if (added) named_.push_back(named);
  return entry->second;
}

std::optional<Phases::Entry> Phases::find_entry(EventId event) const {
  if (index(event) <= index(reset) || event == ended) return std::nullopt;
  const Named& named = named_[index(event) - index(reset) - 1];
  if (named.kind != Kind::entry) return std::nullopt;
  return Entry{named.performed, static_cast<ProcessId>(named.number)};
}

}  // namespace tryst::csp
