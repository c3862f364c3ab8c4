#include "checker/branching_refinement.hpp"

#include <algorithm>
#include <cassert>

#include "checker/initials.hpp"

namespace tryst {

BranchingRefinement::BranchingRefinement(const Lts& lts, Crew& crew, Budget& budget)
    : lts_(lts),
      budget_(budget),
      hash_(lts, seed_),
      predecessors_(lts, crew),
      rounds_(lts.state_count(), predecessors_, crew, budget),
      affected_(lts.state_count(), 1),
      touches_tau_(lts.state_count(), 0),
      set_(lts.state_count(), no_id<SetId>),
      forget_at_(std::max<std::size_t>(std::size_t{1} << 20, lts.transition_count() / 8)),
      scratch_(crew.size()) {
  sets_.reserve(lts.transition_count());
  for (std::uint32_t s = 0; s < lts.state_count(); ++s)
    for (const Transition& t : internal(lts.transitions(static_cast<StateId>(s)))) {
      assert(index(t.target) < s);
      touches_tau_[s] = touches_tau_[index(t.target)] = 1;
    }
}

bool BranchingRefinement::round() {
  forget_sets();
  hash_rows();
  hash_inherited();
  rounds_.split();
  extend_dirty();
  if (!rounds_.dirty().empty()) return true;
  if (is_stable()) return false;
  hash_ = SignatureHash(lts_, ++seed_);
  rounds_.make_all_dirty();
  return true;
}

void BranchingRefinement::hash_rows() {
  rounds_.each_share_of_dirty([&](std::span<const StateId> states, unsigned worker) {
    for (const StateId s : states)
      if (touches_tau_[index(s)] == 0 && !is_alone(s))
        rounds_.set_key(s, hash_(lts_.transitions(s), partition().blocks(), scratch_[worker]));
  });
}

void BranchingRefinement::hash_inherited() {
  for (const StateId s : rounds_.dirty()) {
    if (touches_tau_[index(s)] == 0 || is_alone(s)) continue;
    const Row row = lts_.transitions(s);
    if (row.size() == 1 && is_inert(s, row.front())) {
      const StateId target = row.front().target;
      set_[index(s)] = set_[index(target)];
      rounds_.set_key(s, rounds_.key(target));
      continue;
    }
    gather(s);
    rounds_.set_key(s, hash_of(entries_));
    if (is_inherited_from(s)) set_[index(s)] = sets_.intern(entries_);
  }
}

// Blocks are only ever split, so a state that nothing inherits from is never needed again.
bool BranchingRefinement::is_inherited_from(StateId s) const {
  return std::ranges::any_of(predecessors_.by_tau(s),
                             [&](StateId p) { return partition().block(p) == partition().block(s); });
}

// The signature of s, in entries_. The sets of inert targets must be up to date.
void BranchingRefinement::gather(StateId s) {
  budget_.poll();
  entries_.clear();
  for (const Transition& t : lts_.transitions(s)) {
    if (is_inert(s, t)) {
      const auto inherited = sets_[set_[index(t.target)]];
      entries_.insert(entries_.end(), inherited.begin(), inherited.end());
    } else {
      entries_.push_back(static_cast<Entry>(std::uint64_t{index(t.event)} << 32 | index(partition().block(t.target))));
    }
  }
  std::ranges::sort(entries_);
  entries_.erase(std::ranges::unique(entries_).begin(), entries_.end());
}

SignatureKey BranchingRefinement::hash_of(std::span<const Entry> entries) const {
  SignatureKey sum = 0;
  for (const Entry entry : entries) {
    const auto bits = static_cast<std::uint64_t>(entry);
    sum += hash_.element(static_cast<EventId>(bits >> 32), static_cast<std::uint32_t>(bits));
  }
  return sum;
}

// Beside the predecessors of states that have moved: those whose τ may no longer be inert because they have moved
// themselves, and all that inherit from a dirty one.
void BranchingRefinement::extend_dirty() {
  agenda_.clear();
  const auto add = [&](StateId s) {
    if (affected_.add(s, 0)) agenda_.push_back(s);
  };
  for (const StateId s : rounds_.dirty()) add(s);
  for (const StateId s : rounds_.moved()) {
    const Row taus = internal(lts_.transitions(s));
    if (std::ranges::any_of(taus, [&](const Transition& t) { return !is_inert(s, t); })) add(s);
  }
  for (std::size_t i = 0; i < agenda_.size(); ++i)
    for (const StateId p : predecessors_.by_tau(agenda_[i]))
      if (partition().block(p) == partition().block(agenda_[i])) add(p);
  rounds_.make_dirty(affected_);
}

// Those that no clean state has; the dirty ones are about to get new ones.
void BranchingRefinement::forget_sets() {
  if (sets_.element_count() < forget_at_) return;
  for (const StateId s : rounds_.dirty()) set_[index(s)] = no_id<SetId>;
  SetStore<SetId, Entry> live;
  live.reserve(lts_.transition_count());
  std::vector<SetId> renamed(sets_.size(), no_id<SetId>);
  for (std::uint32_t s = 0; s < set_.size(); ++s) {
    if (set_[s] == no_id<SetId>) continue;
    if (!is_inherited_from(static_cast<StateId>(s))) {
      set_[s] = no_id<SetId>;
      continue;
    }
    SetId& fresh = renamed[index(set_[s])];
    if (fresh == no_id<SetId>) fresh = live.intern(sets_[set_[s]]);
    set_[s] = fresh;
  }
  sets_ = std::move(live);
  forget_at_ = std::max(forget_at_, 2 * sets_.element_count());
}

// Whether all states of each block have the same signature, compared element by element.
bool BranchingRefinement::is_stable() {
#ifndef NDEBUG
  partition().check();
#endif
  sets_ = {};
  sets_.reserve(lts_.transition_count());
  std::vector<SetId> of_block(partition().block_count(), no_id<SetId>);
  bool stable = true;
  for (std::uint32_t i = 0; i < lts_.state_count(); ++i) {
    const StateId s = static_cast<StateId>(i);
    if (is_alone(s)) continue;
    gather(s);
    set_[i] = sets_.intern(entries_);
    SetId& expected = of_block[index(partition().block(s))];
    if (expected == no_id<SetId>) expected = set_[i];
    stable &= expected == set_[i];
  }
  return stable;
}

}  // namespace tryst
