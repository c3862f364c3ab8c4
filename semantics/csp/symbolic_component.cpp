#include "semantics/csp/symbolic_component.hpp"

#include <utility>

namespace tryst::csp {

SymbolicComponent::SymbolicComponent(SymbolicMachine& machine, SymbolicId initial, bool merged, std::string name)
    : machine_(machine), name_(std::move(name)) {
  while (!build(initial, merged)) {
  }
}

// False: more integers have to become variables.
bool SymbolicComponent::build(SymbolicId initial, bool merged) {
  locations_.clear();
  numbers_.clear();
  again_ = false;
  ended_ = no_location;
  initial_values_ = locate(initial).values;
  for (std::size_t i = 0; i < locations_.size() && !again_; ++i) {
    machine_.machine().poll();
    const SymbolicMachine::Offers offers = machine_.offers(locations_[i].shape, merged);
    locations_[i].faults = offers.faults;
    for (const SymbolicMachine::Offer& offer : offers.offers) {
      Found found = locate(offer.target);
      locations_[i].edges.push_back({offer, found.location, std::move(found.values)});
    }
  }
  return !again_;
}

template <class Replace>
SymbolicId SymbolicComponent::rebuilt(SymbolicId id, const Replace& replace) {
  SymbolicValues& values = machine_.values();
  SymbolicNode node = values[id];
  if (node.kind == SymbolicKind::integer) return replace(id);
  if (node.kind == SymbolicKind::truth) throw NotSymbolic{"a condition is kept in a process"};
  if (node.kind == SymbolicKind::known) {
    const Values& known = machine_.machine().values();
    switch (known.kind(values.value(id))) {
      case ValueKind::integer: return replace(id);
      case ValueKind::tuple: node.kind = SymbolicKind::tuple; break;
      case ValueKind::sequence: node.kind = SymbolicKind::sequence; break;
      case ValueKind::dot: node.kind = SymbolicKind::dot; break;
      default: return id;
    }
    node.number = 0;
    node.parts = values.components(id);
  }
  for (SymbolicId& part : node.parts) part = rebuilt(part, replace);
  return values.make(std::move(node));
}

SymbolicComponent::Found SymbolicComponent::locate(SymbolicId state) {
  SymbolicValues& values = machine_.values();
  Expressions& expressions = machine_.expressions();
  std::vector<SymbolicId> integers;
  const SymbolicId hole = values.make({SymbolicKind::nothing, no_id<CodeId>, 1});
  const SymbolicId key = rebuilt(state, [&](SymbolicId integer) {
    integers.push_back(integer);
    return hole;
  });
  Widening& widening = widenings_[key];
  widening.seen.resize(integers.size());
  widening.is_variable.resize(integers.size());
  for (std::size_t i = 0; i < integers.size(); ++i) {
    if (widening.is_variable[i]) continue;
    if (values.is_known(integers[i])) widening.seen[i].insert(values.value(integers[i]));
    if (values.is_known(integers[i]) && widening.seen[i].size() <= values_kept) continue;
    widening.is_variable[i] = true;
    again_ = again_ || !widening.seen[i].empty();
  }
  Found found{0, {}};
  std::size_t position = 0;
  const SymbolicId shape = rebuilt(state, [&](SymbolicId integer) {
    if (!widening.is_variable[position++]) return integer;
    if (found.values.size() == variables_.size()) variables_.push_back(expressions.fresh());
    found.values.push_back(values.is_known(integer)
                               ? expressions.number(machine_.machine().values().as_integer(values.value(integer)))
                               : values.expression(integer));
    return values.integer(expressions.variable(variables_[found.values.size() - 1]));
  });
  const auto [at, added] = numbers_.try_emplace(shape, static_cast<std::uint32_t>(locations_.size()));
  found.location = at->second;
  if (!added) return found;
  if (locations_.size() >= locations_max)
    throw NotSymbolic{"`" + name_ + "` has too many shapes of states; a sequence may grow without bound"};
  locations_.push_back({shape, found.values.size()});
  if (values.kind(shape) == SymbolicKind::omega) ended_ = at->second;
  return found;
}

}  // namespace tryst::csp
