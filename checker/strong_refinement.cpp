#include "checker/strong_refinement.hpp"

#include "checker/stability.hpp"

namespace tryst {

StrongRefinement::StrongRefinement(const Lts& lts, Crew& crew, Budget& budget)
    : lts_(lts),
      crew_(crew),
      hash_(lts, seed_),
      predecessors_(lts, crew),
      rounds_(lts.state_count(), predecessors_, crew, budget),
      scratch_(crew.size()) {}

bool StrongRefinement::round() {
  rounds_.each_share_of_dirty([&](std::span<const StateId> states, unsigned worker) {
    for (std::size_t i = 0; i < states.size(); ++i) {
      prefetch_rows(states, i);
      if (i + 8 < states.size()) partition().prefetch(partition().block(states[i + 8]));
      if (partition().size(partition().block(states[i])) == 1) continue;
      rounds_.set_key(states[i], hash_(lts_.transitions(states[i]), partition().blocks(), scratch_[worker]));
    }
  });
  if (rounds_.split()) return true;
  if (is_stable(lts_, partition(), crew_)) return false;
  hash_ = SignatureHash(lts_, ++seed_);
  rounds_.make_all_dirty();
  return true;
}

// Of the states that come after this one.
void StrongRefinement::prefetch_rows(std::span<const StateId> states, std::size_t at) const {
  if (at + 24 < states.size()) lts_.prefetch(states[at + 24]);
  if (at + 16 < states.size()) {
    const std::span<const Transition> row = lts_.transitions(states[at + 16]);
    __builtin_prefetch(row.data());
    __builtin_prefetch(row.data() + row.size() - 1);
  }
  if (at + 8 >= states.size()) return;
  for (const Transition& t : lts_.transitions(states[at + 8]))
    __builtin_prefetch(&partition().blocks()[index(t.target)]);
}

}  // namespace tryst
