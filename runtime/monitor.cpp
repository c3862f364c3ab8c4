#include "runtime/monitor.hpp"

#include <algorithm>
#include <cassert>

namespace tryst::runtime {

Monitor::Monitor(const Network& network, std::span<const Table* const> automata)
    : network_(network), automata_(automata), local_(automata.size()) {
  assert(automata.size() == network.components.size());
}

bool Monitor::step(RuleId r) {
  for (const Participant& one : network_.participants_of(network_.rules[index(r)])) {
    std::uint32_t& local = local_[one.component];
    const Table::Move* move = automata_[one.component]->find(local, one.label);
    if (move == nullptr) {
      const ComponentPlace& component = network_.components[one.component];
      violation_ = std::string(component.name) + " performed " + network_.name(component.labels[index(one.label)]) +
                   ", which its model does not allow here";
      return false;
    }
    local = move->target;
  }
  return true;
}

bool Monitor::at_rest(const Executor& executor) {
  for (std::uint32_t c = 0; c < local_.size(); ++c) {
    std::vector<Label> offered(executor.offers(c).begin(), executor.offers(c).end());
    std::ranges::sort(offered);
    if (!std::ranges::equal(offered, automata_[c]->moves_of(local_[c]), {}, {}, &Table::Move::label)) {
      violation_ = std::string(network_.components[c].name) + " offers other events than its model";
      return false;
    }
  }
  return true;
}

}  // namespace tryst::runtime
