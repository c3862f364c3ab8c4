#include "checker/strata.hpp"

#include <algorithm>
#include <cassert>

#include "checker/initials.hpp"

namespace tryst {

void Strata::Agenda::add(StateId s) {
  if (waits_[index(s)]) return;
  waits_[index(s)] = true;
  queue_.push(index(s));
}

StateId Strata::Agenda::next() {
  const std::uint32_t s = queue_.top();
  queue_.pop();
  waits_[s] = false;
  return static_cast<StateId>(s);
}

Predecessors Strata::predecessors(const Lts& lts) {
  Crew alone(1);
  return {lts, alone};
}

Strata::Strata(const Lts& lts, Logic logic, Budget& budget)
    : lts_(lts),
      logic_(logic),
      budget_(budget),
      predecessors_(predecessors(lts)),
      partition_(lts.state_count()),
      near_(lts.state_count(), no_id<SetId>),
      far_(logic == Logic::weak ? lts.state_count() : 0, no_id<SetId>),
      near_agenda_(lts.state_count()),
      far_agenda_(logic == Logic::weak ? lts.state_count() : 0),
      is_changed_(lts.state_count(), false),
      last_change_(lts.state_count(), none) {
  for (std::uint32_t s = 0; s < lts.state_count(); ++s) {
    near_agenda_.add(static_cast<StateId>(s));
    if (logic == Logic::weak) far_agenda_.add(static_cast<StateId>(s));
  }
}

Strata::SetId Strata::interned() {
  std::ranges::sort(scratch_);
  scratch_.erase(std::ranges::unique(scratch_).begin(), scratch_.end());
  budget_.poll(1 + static_cast<std::uint32_t>(scratch_.size() / 8));
  return sets_.intern(scratch_);
}

std::uint32_t Strata::step_number(const Transition& t) {
  const std::uint64_t key = std::uint64_t{index(t.event)} << 32 | index(partition_.block(t.target));
  return steps_.try_emplace(key, static_cast<std::uint32_t>(steps_.size() + 1)).first->second;
}

// The sets of τ-successors must be up to date, but in strong.
Strata::SetId Strata::near_set(StateId s) {
  scratch_.clear();
  const std::uint64_t own = index(partition_.block(s));
  const Row row = lts_.transitions(s);
  switch (logic_) {
    case Logic::strong:
      for (const Transition& t : row)
        scratch_.push_back(static_cast<Entry>(std::uint64_t{index(t.event)} << 32 | index(partition_.block(t.target))));
      return interned();
    case Logic::weak: scratch_.push_back(static_cast<Entry>(own)); break;
    case Logic::branching:
      scratch_.push_back(static_cast<Entry>(own << 32));
      for (const Transition& t : row)
        if (t.event != tau || partition_.block(t.target) != partition_.block(s))
          scratch_.push_back(static_cast<Entry>(own << 32 | step_number(t)));
      break;
  }
  for (const Transition& t : internal(row)) {
    assert(index(t.target) < index(s));
    const auto inherited = sets_[near_[index(t.target)]];
    scratch_.insert(scratch_.end(), inherited.begin(), inherited.end());
  }
  return interned();
}

// The near sets must be up to date.
Strata::SetId Strata::far_set(StateId s) {
  scratch_.clear();
  for (const Transition& t : lts_.transitions(s)) {
    const std::uint64_t event = t.event == tau ? 0 : std::uint64_t{index(t.event)} << 32;
    for (const Entry e : sets_[t.event == tau ? far_[index(t.target)] : near_[index(t.target)]])
      scratch_.push_back(static_cast<Entry>(static_cast<std::uint64_t>(e) | event));
  }
  return interned();
}

void Strata::note(StateId s) {
  if (is_changed_[index(s)]) return;
  is_changed_[index(s)] = true;
  changed_.push_back(s);
}

void Strata::look_near() {
  while (!near_agenda_.empty()) {
    const StateId s = near_agenda_.next();
    const SetId fresh = near_set(s);
    if (fresh == near_[index(s)]) continue;
    near_[index(s)] = fresh;
    note(s);
    if (logic_ == Logic::strong) continue;
    for (const StateId p : predecessors_.by_tau(s)) near_agenda_.add(p);
    if (logic_ != Logic::weak) continue;
    for (const StateId p : predecessors_.by_event(s)) far_agenda_.add(p);
  }
}

void Strata::look_far() {
  while (!far_agenda_.empty()) {
    const StateId s = far_agenda_.next();
    const SetId fresh = far_set(s);
    if (fresh == far_[index(s)]) continue;
    far_[index(s)] = fresh;
    note(s);
    for (const StateId p : predecessors_.by_tau(s)) far_agenda_.add(p);
  }
}

bool Strata::round() {
  ++rounds_;
  look_near();
  if (logic_ == Logic::weak) look_far();
  std::ranges::sort(changed_, {}, [this](StateId s) { return std::pair(partition_.block(s), s); });
  std::vector<std::span<StateId>> groups;
  for (std::size_t first = 0; first < changed_.size();) {
    std::size_t last = first;
    while (last < changed_.size() && partition_.block(changed_[last]) == partition_.block(changed_[first])) ++last;
    groups.push_back(std::span(changed_).subspan(first, last - first));
    first = last;
  }
  for (const auto group : groups) split(group);
  for (const StateId s : changed_) is_changed_[index(s)] = false;
  changed_.clear();
  const bool has_split = !moved_.empty();
  plan_next();
  collect();
  return has_split;
}

// The states of the block that have not changed still share one set, which none of the changed ones has.
void Strata::split(std::span<StateId> changed) {
  const BlockId block = partition_.block(changed.front());
  const auto sets = [this](StateId s) {
    return std::pair(near_[index(s)], logic_ == Logic::weak ? far_[index(s)] : SetId{0});
  };
  std::ranges::sort(changed, {}, [&](StateId s) { return std::pair(sets(s), s); });
  std::vector<std::span<const StateId>> parts;
  for (auto first = changed.begin(); first != changed.end();) {
    const auto last = std::find_if(first, changed.end(), [&](StateId s) { return sets(s) != sets(*first); });
    parts.emplace_back(first, last);
    first = last;
  }
  const auto size = [](const auto& part) { return part.size(); };
  std::size_t kept = static_cast<std::size_t>(std::ranges::max_element(parts, {}, size) - parts.begin());
  const std::size_t rest = partition_.size(block) - changed.size();
  std::vector<StateId> unchanged;
  if (rest >= parts[kept].size()) {
    kept = parts.size();
  } else if (rest > 0) {
    for (const StateId s : partition_.members(block))
      if (!is_changed_[index(s)]) unchanged.push_back(s);
    parts.emplace_back(unchanged);
  }
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (i != kept) move(parts[i]);
}

void Strata::move(std::span<const StateId> states) {
  const BlockId fresh = partition_.split_off(states);
  for (const StateId s : states) {
    moved_.push_back(s);
    changes_.push_back({fresh, rounds_, last_change_[index(s)]});
    last_change_[index(s)] = static_cast<std::uint32_t>(changes_.size() - 1);
  }
}

// The states whose own part of a set mentions a block that states have left.
void Strata::plan_next() {
  for (const StateId s : moved_) {
    budget_.poll();
    if (logic_ != Logic::strong) near_agenda_.add(s);
    if (logic_ == Logic::weak) continue;
    for (const StateId p : predecessors_.of(s)) near_agenda_.add(p);
  }
  moved_.clear();
}

// Forgets the sets that no state has any more.
void Strata::collect() {
  if (sets_.element_count() < collect_at_) return;
  SetStore<SetId, Entry> live;
  std::vector<SetId> renamed(sets_.size(), no_id<SetId>);
  for (std::vector<SetId>* sets : {&near_, &far_})
    for (SetId& id : *sets) {
      SetId& fresh = renamed[index(id)];
      if (fresh == no_id<SetId>) fresh = live.intern(sets_[id]);
      id = fresh;
    }
  sets_ = std::move(live);
  collect_at_ = std::max(collect_at_, 2 * sets_.element_count());
}

BlockId Strata::block_after(StateId s, std::uint32_t rounds) const {
  std::uint32_t change = last_change_[index(s)];
  while (change != none && changes_[change].round > rounds) change = changes_[change].previous;
  return change == none ? BlockId{0} : changes_[change].block;
}

std::uint32_t Strata::separated_after(StateId left, StateId right) const {
  assert(block(left) != block(right));
  std::uint32_t low = 0;
  std::uint32_t high = rounds_;
  while (high - low > 1) {
    const std::uint32_t middle = low + (high - low) / 2;
    (block_after(left, middle) == block_after(right, middle) ? low : high) = middle;
  }
  return high;
}

}  // namespace tryst
