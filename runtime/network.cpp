#include "runtime/network.hpp"

#include <cassert>

namespace tryst::runtime {

std::string Network::name(Event event) const {
  if (event == tau) return "tau";
  if (event == tick) return "tick";
  if (event == ended) return "(ended)";
  return events[index(event)];
}

void Network::check() const {
  assert(events.size() >= 2);
  for ([[maybe_unused]] const Rule& rule : rules) {
    assert(index(rule.event) < events.size());
    assert(rule.count >= 1);
    assert(rule.first + std::size_t{rule.count} <= participants.size());
    for (std::uint32_t i = rule.first + 1; i < rule.first + rule.count; ++i)
      assert(participants[i - 1].component < participants[i].component);
  }
  for (const auto list : {participants, end_marks})
    for ([[maybe_unused]] const Participant& one : list) {
      assert(one.component < components.size());
      assert(index(one.label) < components[one.component].labels.size());
    }
}

}  // namespace tryst::runtime
