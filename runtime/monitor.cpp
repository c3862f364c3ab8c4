#include "runtime/monitor.hpp"

#include <algorithm>
#include <cassert>

namespace tryst::runtime {

Monitor::Monitor(const Network& network, std::span<const Table* const> automata)
    : network_(network), automata_(automata), local_(automata.size()), memo_(network.rules.size()) {
  assert(automata.size() == network.components.size());
}

bool Monitor::check(RuleId r) {
  const auto participants = network_.participants_of(network_.rules[index(r)]);
  const StepMemo::Step known = memo_.find(r, participants, state_of());
  if (known.parts() != 0) {
    move(known);
    return true;
  }
  step_.assign({index(r), static_cast<std::uint32_t>(participants.size()), 0});
  for (const Participant& one : participants) {
    const std::uint32_t local = local_[one.component];
    const Table::Move* move = automata_[one.component]->find(local, one.label);
    if (move == nullptr) {
      const ComponentPlace& component = network_.components[one.component];
      violation_ = std::string(component.name) + " performed " + network_.name(component.labels[index(one.label)]) +
                   ", which its model does not allow here";
      return false;
    }
    step_.insert(step_.end(), {one.component, local, move->target});
  }
  move(StepMemo::Step(step_.data()));
  if (remembers_) remembers_ = memo_.add(step_, steps_);
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
