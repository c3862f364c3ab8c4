#include "checker/normal_form.hpp"

#include <algorithm>

#include "checker/initials.hpp"

namespace tryst {

NormalForm::NormalForm(LazyLts& specification, Budget& budget, Acceptances kind)
    : specification_(specification), budget_(budget), kind_(kind), cycles_(specification, budget) {
  std::vector<StateId> start{specification_.initial()};
  initial_ = closed(start);
}

// The node of all states reachable from these by τ. Uses `states` as its queue.
NodeId NormalForm::closed(std::vector<StateId>& states) {
  if (++closure_ == 0) {  // the counter wrapped round: forget all marks
    std::ranges::fill(seen_, 0);
    closure_ = 1;
  }
  const auto is_new = [this](StateId s) {
    if (index(s) >= seen_.size()) seen_.resize(std::max<std::size_t>(index(s) + std::size_t{1}, 2 * seen_.size()), 0);
    const bool fresh = seen_[index(s)] != closure_;
    seen_[index(s)] = closure_;
    return fresh;
  };
  std::erase_if(states, [&](StateId s) { return !is_new(s); });
  for (std::size_t i = 0; i < states.size(); ++i) {
    budget_.poll();
    for (const Transition& t : internal(specification_.row(states[i])))
      if (is_new(t.target)) states.push_back(t.target);
  }
  std::ranges::sort(states);
  bool fresh = false;
  const NodeId node = sets_.intern(states, &fresh);
  if (fresh) {
    budget_.count_state();
    nodes_.emplace_back();
    if (!states.empty()) states_met_ = std::max(states_met_, index(states.back()) + std::size_t{1});
  }
  return node;
}

std::span<const EventId> NormalForm::initials(NodeId n) {
  if (!nodes_[index(n)].initials_known) compute_initials(n);
  return {initials_.data() + nodes_[index(n)].first_initial, nodes_[index(n)].initial_count};
}

void NormalForm::compute_initials(NodeId n) {
  scratch_events_.clear();
  std::size_t sorted_up_to = 0;  // keeps the list short while the members repeat each other
  const auto compact = [&] {
    std::ranges::sort(scratch_events_);
    const auto rest = std::ranges::unique(scratch_events_);
    scratch_events_.erase(rest.begin(), rest.end());
    sorted_up_to = scratch_events_.size();
  };
  for (const StateId s : members(n)) {
    budget_.poll();
    for (const Transition& t : specification_.row(s))
      if (t.event != tau && (scratch_events_.empty() || scratch_events_.back() != t.event))
        scratch_events_.push_back(t.event);
    if (scratch_events_.size() > 2 * sorted_up_to + 64) compact();
  }
  compact();
  Node& node = nodes_[index(n)];
  node.first_initial = initials_.size();
  node.initial_count = static_cast<std::uint32_t>(scratch_events_.size());
  node.initials_known = true;
  initials_.insert(initials_.end(), scratch_events_.begin(), scratch_events_.end());
  afters_.resize(initials_.size(), no_id<NodeId>);
}

NodeId NormalForm::after(NodeId n, std::size_t position) {
  const std::size_t entry = nodes_[index(n)].first_initial + position;
  if (afters_[entry] == no_id<NodeId>) {
    scratch_states_.clear();
    for (const StateId s : members(n))
      for (const Transition& t : with_event(specification_.row(s), initials_[entry]))
        scratch_states_.push_back(t.target);
    afters_[entry] = closed(scratch_states_);
  }
  return afters_[entry];
}

std::optional<NodeId> NormalForm::after(NodeId n, EventId e) {
  const auto events = initials(n);
  const auto at = std::ranges::lower_bound(events, e);
  if (at == events.end() || *at != e) return std::nullopt;
  return after(n, static_cast<std::size_t>(at - events.begin()));
}

bool NormalForm::diverges(NodeId n) {
  Known& known = nodes_[index(n)].diverges;
  if (known == Known::unknown) {
    const bool found = std::ranges::any_of(members(n), [this](StateId s) { return cycles_.on_cycle(s); });
    known = found ? Known::yes : Known::no;
  }
  return known == Known::yes;
}

std::span<const AcceptanceId> NormalForm::acceptances(NodeId n) {
  if (!nodes_[index(n)].acceptances_known) compute_acceptances(n);
  return {families_.data() + nodes_[index(n)].first_acceptance, nodes_[index(n)].acceptance_count};
}

void NormalForm::compute_acceptances(NodeId n) {
  std::vector<AcceptanceId> family;
  for (const StateId s : members(n)) {
    budget_.poll();
    const Row row = specification_.row(s);
    if (offers_tick(row))
      scratch_events_.assign(1, tick);
    else if (is_stable(row) && !(row.empty() && specification_.is_terminated(s)))
      tryst::initials(row, scratch_events_);
    else
      continue;
    family.push_back(acceptance_sets_.intern(scratch_events_));
    if (family.size() > 1 && family.back() == family[family.size() - 2]) family.pop_back();
  }
  std::ranges::sort(family);
  family.erase(std::ranges::unique(family).begin(), family.end());
  std::ranges::sort(family, [this](AcceptanceId a, AcceptanceId b) {
    if (events(a).size() != events(b).size()) return events(a).size() < events(b).size();
    return std::ranges::lexicographical_compare(events(a), events(b));
  });
  Node& node = nodes_[index(n)];
  node.first_acceptance = families_.size();
  for (const AcceptanceId candidate : family) {
    budget_.poll();
    const auto kept = std::span(families_).subspan(node.first_acceptance);
    const bool redundant = kind_ == Acceptances::minimal && std::ranges::any_of(kept, [&](AcceptanceId smaller) {
                             return std::ranges::includes(events(candidate), events(smaller));
                           });
    if (!redundant) families_.push_back(candidate);
  }
  node.acceptance_count = static_cast<std::uint32_t>(families_.size() - node.first_acceptance);
  node.acceptances_known = true;
}

std::optional<NodeId> NormalForm::refusing(NodeId n, std::span<const EventId> offered) {
  const std::uint64_t key = std::uint64_t{index(n)} << 32 | index(acceptance_sets_.intern(offered));
  if (const auto known = refusing_.find(key); known != refusing_.end())
    return known->second == no_id<NodeId> ? std::nullopt : std::optional(known->second);
  scratch_states_.clear();
  for (const StateId s : members(n)) {
    budget_.poll();
    const Row row = specification_.row(s);
    if (!is_stable(row) || (row.empty() && specification_.is_terminated(s))) continue;
    tryst::initials(row, scratch_events_);
    if (std::ranges::includes(offered, scratch_events_)) scratch_states_.push_back(s);
  }
  const bool none = scratch_states_.empty();
  const NodeId node = none ? no_id<NodeId> : closed(scratch_states_);
  refusing_.emplace(key, node);
  return none ? std::nullopt : std::optional(node);
}

}  // namespace tryst
