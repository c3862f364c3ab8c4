#include "checker/predecessors.hpp"

namespace tryst {

Predecessors::Predecessors(const Lts& lts, Crew& crew)
    : first_(lts.state_count() + std::size_t{1}, 0), tau_end_(lts.state_count(), 0), sources_(lts.transition_count()) {
  const std::uint32_t n = lts.state_count();
  const auto for_each_share = [&](const auto& visit) {
    crew.run(crew.size(), [&](unsigned worker) {
      const auto bound = [&](unsigned w) { return static_cast<std::uint32_t>(std::uint64_t{n} * w / crew.size()); };
      const std::uint32_t first = bound(worker);
      const std::uint32_t count = bound(worker + 1) - first;
      visit([=](const Transition& t) { return index(t.target) - first < count; });
    });
  };
  for_each_share([&](const auto& is_mine) {
    for (std::uint32_t s = 0; s < n; ++s)
      for (const Transition& t : lts.transitions(static_cast<StateId>(s))) {
        if (!is_mine(t)) continue;
        ++first_[index(t.target) + std::size_t{1}];
        if (t.event == tau) ++tau_end_[index(t.target)];
      }
  });
  for (std::uint32_t s = 0; s < n; ++s) {
    first_[s + std::size_t{1}] += first_[s];
    tau_end_[s] += first_[s];
  }
  // Both kinds are filled from their ends towards the front, so that the ends become the beginnings.
  auto end = first_;
  end.erase(end.begin());
  for_each_share([&](const auto& is_mine) {
    for (std::uint32_t s = n; s-- > 0;) {
      const std::span<const Transition> row = lts.transitions(static_cast<StateId>(s));
      for (auto t = row.rbegin(); t != row.rend(); ++t)
        if (is_mine(*t)) sources_[--(t->event == tau ? tau_end_ : end)[index(t->target)]] = static_cast<StateId>(s);
    }
  });
  tau_end_ = std::move(end);
}

}  // namespace tryst
