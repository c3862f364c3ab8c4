#include "checker/bisimulation.hpp"

#include <algorithm>
#include <cassert>

namespace tryst {

Bisimulation::Bisimulation(const Lts& lts, Kind kind, Budget& budget)
    : lts_(lts),
      branching_(kind == Kind::branching),
      budget_(budget),
      partition_(lts.state_count()),
      signature_(1),
      fresh_signature_(lts.state_count()),
      is_dirty_(lts.state_count(), false),
      last_change_(lts.state_count(), none) {
  reverse();
  for (std::uint32_t s = 0; s < lts.state_count(); ++s) mark(static_cast<StateId>(s));
}

void Bisimulation::reverse() {
  const std::uint32_t n = lts_.state_count();
  incoming_.assign(n + std::size_t{1}, 0);
  incoming_tau_end_.assign(n, 0);
  const auto each = [&](auto visit) {
    for (std::uint32_t s = 0; s < n; ++s)
      for (const Transition& t : lts_.transitions(static_cast<StateId>(s))) visit(static_cast<StateId>(s), t);
  };
  each([&](StateId, const Transition& t) {
    ++incoming_[index(t.target) + std::size_t{1}];
    if (t.event == tau) ++incoming_tau_end_[index(t.target)];
  });
  for (std::uint32_t s = 0; s < n; ++s) {
    incoming_[s + std::size_t{1}] += incoming_[s];
    incoming_tau_end_[s] += incoming_[s];
  }
  sources_.resize(lts_.transition_count());
  std::vector<std::uint64_t> next_tau(incoming_.begin(), incoming_.end() - 1);
  std::vector<std::uint64_t> next_other = incoming_tau_end_;
  each([&](StateId s, const Transition& t) {
    assert(!branching_ || t.event != tau || index(t.target) < index(s));
    sources_[(t.event == tau ? next_tau : next_other)[index(t.target)]++] = s;
  });
}

void Bisimulation::mark(StateId s) {
  if (is_dirty_[index(s)]) return;
  is_dirty_[index(s)] = true;
  dirty_.push_back(s);
}

// Inert targets must have been looked at before, if they are dirty.
Bisimulation::SignatureId Bisimulation::signature_of(StateId s) {
  scratch_.clear();
  const BlockId own = partition_.block(s);
  for (const Transition& t : lts_.transitions(s)) {
    const BlockId block = partition_.block(t.target);
    if (branching_ && t.event == tau && block == own) {
      const auto inherited =
          signatures_[is_dirty_[index(t.target)] ? fresh_signature_[index(t.target)] : signature_[index(own)]];
      scratch_.insert(scratch_.end(), inherited.begin(), inherited.end());
    } else {
      scratch_.push_back(static_cast<Entry>(std::uint64_t{index(t.event)} << 32 | index(block)));
    }
  }
  std::ranges::sort(scratch_);
  scratch_.erase(std::ranges::unique(scratch_).begin(), scratch_.end());
  return signatures_.intern(scratch_);
}

bool Bisimulation::round() {
  ++rounds_;
  std::ranges::sort(dirty_, {}, [this](StateId s) { return std::pair(partition_.block(s), s); });
  for (std::size_t first = 0; first < dirty_.size();) {
    const BlockId block = partition_.block(dirty_[first]);
    std::size_t last = first;
    for (; last < dirty_.size() && partition_.block(dirty_[last]) == block; ++last) {
      budget_.poll();
      fresh_signature_[index(dirty_[last])] = signature_of(dirty_[last]);
    }
    split(std::span(dirty_).subspan(first, last - first));
    first = last;
  }
  for (const StateId s : dirty_) is_dirty_[index(s)] = false;
  dirty_.clear();
  const bool has_split = !moves_.empty();
  apply_moves();
  collect_signatures();
  return has_split;
}

// Plans which states leave their block: all but those of the most frequent signature.
void Bisimulation::split(std::span<StateId> dirty) {
  const BlockId block = partition_.block(dirty.front());
  const auto signature = [this](StateId s) { return fresh_signature_[index(s)]; };
  std::ranges::sort(dirty, {}, [&](StateId s) { return std::pair(signature(s), s); });
  const std::size_t clean = partition_.size(block) - dirty.size();
  const SignatureId clean_signature = signature_[index(block)];
  SignatureId kept = clean_signature;
  std::size_t kept_size = clean;
  const auto each_group = [&](auto visit) {
    for (auto first = dirty.begin(); first != dirty.end();) {
      const auto last = std::find_if(first, dirty.end(), [&](StateId s) { return signature(s) != signature(*first); });
      visit(std::span<const StateId>(first, last), signature(*first));
      first = last;
    }
  };
  each_group([&](std::span<const StateId> group, SignatureId id) {
    const std::size_t size = group.size() + (clean > 0 && id == clean_signature ? clean : 0);
    if (size > kept_size) {
      kept = id;
      kept_size = size;
    }
  });
  const bool clean_leave = clean > 0 && kept != clean_signature;
  each_group([&](std::span<const StateId> group, SignatureId id) {
    if (id != kept && !(clean_leave && id == clean_signature)) plan_move(group, id);
  });
  if (clean_leave) {
    std::vector<StateId> leaving;
    for (const StateId s : partition_.members(block))
      if (!is_dirty_[index(s)] || signature(s) == clean_signature) leaving.push_back(s);
    plan_move(leaving, clean_signature);
  }
  signature_[index(block)] = kept;
}

void Bisimulation::plan_move(std::span<const StateId> states, SignatureId signature) {
  moves_.push_back({states_to_move_.size(), states.size(), signature});
  states_to_move_.insert(states_to_move_.end(), states.begin(), states.end());
}

void Bisimulation::apply_moves() {
  std::vector<BlockId> old_blocks;
  for (const Move& move : moves_) {
    const auto states = std::span(states_to_move_).subspan(move.first, move.count);
    old_blocks.push_back(partition_.block(states.front()));
    const BlockId fresh = partition_.split_off(states);
    signature_.push_back(move.signature);
    for (const StateId s : states) {
      changes_.push_back({fresh, rounds_, last_change_[index(s)]});
      last_change_[index(s)] = static_cast<std::uint32_t>(changes_.size() - 1);
    }
  }
  for (std::size_t i = 0; i < moves_.size(); ++i)
    for (const StateId s : std::span(states_to_move_).subspan(moves_[i].first, moves_[i].count))
      mark_affected(s, old_blocks[i]);
  if (branching_) mark_inert_predecessors();
  moves_.clear();
  states_to_move_.clear();
}

// The states whose signature mentions the block that `moved` is in, or a τ-step of `moved` that is no longer inert.
void Bisimulation::mark_affected(StateId moved, BlockId old) {
  for (std::uint64_t i = incoming_[index(moved)]; i < incoming_[index(moved) + std::size_t{1}]; ++i) mark(sources_[i]);
  if (!branching_) return;
  for (const Transition& t : lts_.transitions(moved)) {
    if (t.event != tau) break;
    if (partition_.block(t.target) == old) mark(moved);
  }
}

// Signatures are inherited against inert steps. Extends dirty_ while it walks over it.
void Bisimulation::mark_inert_predecessors() {
  for (std::size_t i = 0; i < dirty_.size(); ++i) {
    const StateId target = dirty_[i];
    budget_.poll();
    for (std::uint64_t j = incoming_[index(target)]; j < incoming_tau_end_[index(target)]; ++j)
      if (partition_.block(sources_[j]) == partition_.block(target)) mark(sources_[j]);
  }
}

// Forgets the signatures that no block has any more.
void Bisimulation::collect_signatures() {
  if (signatures_.element_count() < collect_at_) return;
  SetStore<SignatureId, Entry> live;
  for (SignatureId& id : signature_) id = live.intern(signatures_[id]);
  signatures_ = std::move(live);
  collect_at_ = std::max(collect_at_, 2 * signatures_.element_count());
}

BlockId Bisimulation::block_after(StateId s, std::uint32_t rounds) const {
  std::uint32_t change = last_change_[index(s)];
  while (change != none && changes_[change].round > rounds) change = changes_[change].previous;
  return change == none ? BlockId{0} : changes_[change].block;
}

}  // namespace tryst
