#include "semantics/network/network_system.hpp"

#include <algorithm>

#include "semantics/budget.hpp"

namespace tryst {

NetworkSystem::NetworkSystem(Network& network)
    : network_(network), firing_(network), states_(firing_.packing().words()) {
  states_.intern(firing_.initial().data());
}

void NetworkSystem::successors(StateId s, std::vector<Transition>& out) {
  out.clear();
  fired_.count = 0;
  while (!firing_.fire(state(s), fired_)) {
    missing_.clear();
    firing_.missing(state(s), missing_);
    const Packing old = firing_.packing();
    if (firing_.expand(missing_)) states_.convert(old, firing_.packing());
  }
  const std::size_t words = firing_.packing().words();
  for (std::size_t i = 0; i < fired_.count; ++i)
    out.push_back({network_.rules()[index(fired_.rules[i])].event,
                   static_cast<StateId>(states_.intern(fired_.targets.data() + i * words))});
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

}  // namespace tryst
