#include "checker/predecessors.hpp"

namespace tryst {

Predecessors::Predecessors(const Lts& lts)
    : first_(lts.state_count() + std::size_t{1}, 0), tau_end_(lts.state_count(), 0), sources_(lts.transition_count()) {
  const std::uint32_t n = lts.state_count();
  const auto each = [&](auto visit) {
    for (std::uint32_t s = 0; s < n; ++s)
      for (const Transition& t : lts.transitions(static_cast<StateId>(s))) visit(static_cast<StateId>(s), t);
  };
  each([&](StateId, const Transition& t) {
    ++first_[index(t.target) + std::size_t{1}];
    if (t.event == tau) ++tau_end_[index(t.target)];
  });
  for (std::uint32_t s = 0; s < n; ++s) {
    first_[s + std::size_t{1}] += first_[s];
    tau_end_[s] += first_[s];
  }
  // Both kinds are filled from their ends towards the front, so that the ends become the beginnings.
  std::vector<std::uint64_t> end(first_.begin() + 1, first_.end());
  for (std::uint32_t s = n; s-- > 0;) {
    const auto row = lts.transitions(static_cast<StateId>(s));
    for (auto t = row.rbegin(); t != row.rend(); ++t)
      sources_[--(t->event == tau ? tau_end_ : end)[index(t->target)]] = static_cast<StateId>(s);
  }
  tau_end_ = std::move(end);
}

}  // namespace tryst
