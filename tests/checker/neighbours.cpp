#include "tests/checker/neighbours.hpp"

#include "tests/checker/naive.hpp"

namespace tryst::naive {

std::pair<Lts, Lts> neighbours(std::uint64_t seed) {
  const Lts lts = random_system(seed, 2 + static_cast<std::uint32_t>(seed % 5), 2, 1.6, 0.5, seed % 4 == 0);
  std::vector<Lts::Edge> edges;
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (const Transition& t : lts.transitions(static_cast<StateId>(s)))
      edges.push_back({static_cast<StateId>(s), t.event, t.target});
  if (seed % 2 == 0 && !edges.empty())
    edges.erase(edges.begin() + static_cast<std::ptrdiff_t>(seed / 2 % edges.size()));
  else if (!edges.empty())
    edges.push_back({edges.front().source, tau, edges[seed % edges.size()].source});
  std::vector<StateId> terminated;
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    if (lts.is_terminated(static_cast<StateId>(s))) terminated.push_back(static_cast<StateId>(s));
  return {lts, Lts(lts.state_count(), StateId{0}, edges, lts.events(), terminated)};
}

}  // namespace tryst::naive
