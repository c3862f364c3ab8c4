#include "semantics/network/chased_network.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <functional>

namespace tryst {

ChasedNetwork::ChasedNetwork(Network& network, Budget* budget)
    : network_(network),
      budget_(budget),
      now_(network.size(), LocalId{0}),
      packing_(packing_of_now()),
      table_(packing_.words()) {
  assert(network.layers().empty());
  for (std::uint32_t c = 0; c < now_.size(); ++c) expand(c);
  add_rules();
  state(meet_now());
}

ChasedNetwork::Kind ChasedNetwork::kind(LocalId s) const {
  const std::uint32_t number = states_[index(s)];
  return number == diverging ? Kind::divergent : number == has_ended ? Kind::terminated : Kind::stable;
}

void ChasedNetwork::locals(LocalId s, std::vector<LocalId>& out) const {
  assert(kind(s) == Kind::stable);
  out.clear();
  for (const Packing::Field& field : packing_.fields()) out.push_back(field.of(table_[states_[index(s)]]));
}

void ChasedNetwork::moves(LocalId s, std::vector<LocalSource::Move>& out) {
  if (kind(s) == Kind::divergent) return out.push_back({tau, s});
  if (kind(s) == Kind::terminated) return out.push_back({ended, s});
  enter(states_[index(s)]);
  for (const RuleId each : enabled_in_order()) {
    poll();
    const EventId event = rule(each).event;
    std::uint32_t number = has_ended;
    if (event != tick) {
      perform(each);
      number = settle() ? meet_now() : diverging;
      undo();
    }
    const LocalId target = state(number);
    bool is_repeated = false;
    for (std::size_t k = out.size(); k > 0 && out[k - 1].event == event; --k)
      is_repeated = is_repeated || out[k - 1].target == target;
    if (!is_repeated) out.push_back({event, target});
  }
}

// Of a stable state: by event, and then by place.
std::vector<RuleId> ChasedNetwork::enabled_in_order() const {
  std::vector<RuleId> enabled;
  for (std::uint32_t c = 0; c < now_.size(); ++c)
    for (const LocalGraph::Move& move : network_.graph(c).row(now_[c]))
      if (c < others_.size() && index(move.label) < others_[c].size())
        for (const RuleId each : others_[c][index(move.label)])
          if (is_enabled(each)) enabled.push_back(each);
  std::ranges::sort(enabled, [this](RuleId a, RuleId b) {
    if (rule(a).event != rule(b).event) return rule(a).event < rule(b).event;
    return std::ranges::lexicographical_compare(network_.place(rule(a)), network_.place(rule(b)));
  });
  return enabled;
}

bool ChasedNetwork::is_enabled(RuleId r) const {
  return std::ranges::all_of(network_.participants(rule(r)),
                             [this](const Participant& p) { return target(p) != no_id<LocalId>; });
}

LocalId ChasedNetwork::target(const Participant& p) const {
  const LocalId from = now_[p.component];
  const Targets& targets = targets_[network_.graph_of(p.component)];
  if (!targets.of.empty()) return targets.of[index(from) * targets.stride + index(p.label)];
  return network_.graph(p.component).target(from, p.label).value_or(no_id<LocalId>);
}

// A row is new. Whether rules are enabled is asked much more often.
void ChasedNetwork::tabulate(std::uint32_t component, LocalId row) {
  const LocalGraph& graph = network_.graph(component);
  const std::size_t number = network_.graph_of(component);
  if (number >= targets_.size()) targets_.resize(number + 1);
  Targets& targets = targets_[number];
  const auto fill = [&](LocalId s) {
    for (const LocalGraph::Move& move : graph.row(s))
      targets.of[index(s) * targets.stride + index(move.label)] = move.target;
  };
  const bool is_wider = graph.labels().size() > targets.stride;
  if (is_wider) targets.stride = std::bit_ceil(graph.labels().size());
  const std::size_t entries = graph.size() * targets.stride;
  if (entries > targets_max) {
    targets.of = {};
    return;
  }
  if (!is_wider && !targets.of.empty()) {
    targets.of.resize(std::max(targets.of.size(), entries), no_id<LocalId>);
    return fill(row);
  }
  targets.of.assign(entries, no_id<LocalId>);
  for (std::uint32_t s = 0; s < graph.size(); ++s)
    if (graph.is_expanded(LocalId{s})) fill(LocalId{s});
}

// --- the state at hand

void ChasedNetwork::enter(std::uint32_t number) {
  undo_.clear();
  std::ranges::fill(now_, LocalId{0});  // of components that are newer than the packing
  const auto fields = packing_.fields();
  for (std::size_t c = 0; c < fields.size(); ++c) now_[c] = fields[c].of(table_[number]);
}

void ChasedNetwork::perform(RuleId r) {
  for (const Participant& p : network_.participants(rule(r))) {
    LocalId& local = now_[p.component];
    undo_.push_back({p.component, local});
    local = target(p);
  }
}

void ChasedNetwork::undo() {
  for (; !undo_.empty(); undo_.pop_back()) now_[undo_.back().component] = undo_.back().before;
}

// Follows the first τ from the state at hand, whose changes since a stable one are in undo_. False: for ever.
// Brent's cycle detection (BIT 20, 1980), as in semantics/csp/settled_terms.cpp.
bool ChasedNetwork::settle() {
  for (const RuleId each : heap_) waits_[index(each)] = false;
  heap_.clear();
  std::size_t woken = 0;  // of undo_
  std::size_t steps = 0;
  std::size_t limit = 1;
  for (;;) {
    for (; woken < undo_.size(); ++woken) wake(undo_[woken].component);
    while (!heap_.empty() && !is_enabled(heap_.front())) pop();
    if (heap_.empty()) return true;
    poll();
    if (steps == 0 && limit == 1) mark_ = now_;
    perform(heap_.front());
    mark_.resize(now_.size(), LocalId{0});
    if (now_ == mark_) return false;
    if (++steps == limit) {
      mark_ = now_;
      steps = 0;
      limit *= 2;
    }
  }
}

// A component has come to another state: rules that it may have enabled are put on the heap.
void ChasedNetwork::wake(std::uint32_t component) {
  const std::size_t known = now_.size();
  expand(component);
  add_rules();
  const auto look_at = [this](std::size_t c) {
    for (const LocalGraph::Move& move : network_.graph(c).row(now_[c]))
      if (c < taus_.size() && index(move.label) < taus_[c].size())
        for (const RuleId each : taus_[c][index(move.label)]) {
          if (waits_[index(each)] || !is_enabled(each)) continue;
          waits_[index(each)] = true;
          heap_.push_back(each);
          std::ranges::push_heap(heap_, std::greater(), [this](RuleId r) { return rank_[index(r)]; });
        }
  };
  look_at(component);
  for (std::size_t c = known; c < now_.size(); ++c) look_at(c);
}

void ChasedNetwork::pop() {
  std::ranges::pop_heap(heap_, std::greater(), [this](RuleId r) { return rank_[index(r)]; });
  waits_[index(heap_.back())] = false;
  heap_.pop_back();
}

// --- rows and rules

// Makes the row of where the component stands, and those of the components that come with it.
void ChasedNetwork::expand(std::uint32_t component) {
  const auto make_row = [this](std::uint32_t c) {
    const std::size_t graph = network_.graph_of(c);
    const bool is_there = network_.graph(c).is_expanded(now_[c]);
    if (is_there && graph < targets_.size() && targets_[graph].stride != 0) return;
    if (!is_there) network_.expand(c, now_[c]);
    tabulate(c, now_[c]);
    may_have_grown_ = true;
  };
  make_row(component);
  while (now_.size() < network_.size()) {
    now_.push_back(LocalId{0});
    make_row(static_cast<std::uint32_t>(now_.size() - 1));
  }
}

void ChasedNetwork::add_rules() {
  const auto add = [this](std::vector<RulesByLabel>& lists, const Participant& p, RuleId r) {
    if (p.component >= lists.size()) lists.resize(p.component + std::size_t{1});
    RulesByLabel& by_label = lists[p.component];
    if (index(p.label) >= by_label.size()) by_label.resize(index(p.label) + std::size_t{1});
    by_label[index(p.label)].push_back(r);
  };
  const auto most_labels = [this](const Participant& p) { return network_.graph(p.component).labels().size(); };
  const std::size_t known = ordered_.size();
  for (; rules_ < network_.rules().size(); ++rules_) {
    const auto r = static_cast<RuleId>(rules_);
    const auto participants = network_.participants(rule(r));
    if (rule(r).event != tau)
      add(others_, *std::ranges::max_element(participants, {}, most_labels), r);
    else
      for (const Participant& p : participants) add(taus_, p, r);
    if (rule(r).event == tau) ordered_.push_back(r);
  }
  if (ordered_.size() > known) order_taus(known);
}

// Takes in those behind the first `known`. The order among those is as it was, so the heap stays one.
void ChasedNetwork::order_taus(std::size_t known) {
  const auto sooner = [this](RuleId a, RuleId b) {
    return std::ranges::lexicographical_compare(network_.place(rule(a)), network_.place(rule(b)));
  };
  const auto added = ordered_.begin() + static_cast<std::ptrdiff_t>(known);
  std::sort(added, ordered_.end(), sooner);
  std::inplace_merge(ordered_.begin(), added, ordered_.end(), sooner);
  rank_.resize(rules_);
  waits_.resize(rules_);
  for (std::uint32_t i = 0; i < ordered_.size(); ++i) rank_[index(ordered_[i])] = i;
}

// --- numbers

Packing ChasedNetwork::packing_of_now() const {
  std::vector<std::uint32_t> sizes;
  for (std::size_t c = 0; c < network_.size(); ++c) sizes.push_back(network_.graph(c).size());
  return Packing(sizes);
}

// Where a component has outgrown its field.
void ChasedNetwork::pack_wider() {
  may_have_grown_ = false;
  bool fits = true;
  for (std::size_t c = 0; c < network_.size(); ++c) fits = fits && packing_.fits(c, network_.graph(c).size());
  if (fits) return;
  Packing wider = packing_of_now();
  table_.convert(packing_, wider);
  packing_ = std::move(wider);
}

// The number of the state at hand in the table.
std::uint32_t ChasedNetwork::meet_now() {
  if (may_have_grown_) pack_wider();
  packed_.assign(packing_.words(), 0);
  const auto fields = packing_.fields();
  for (std::size_t c = 0; c < fields.size(); ++c) packed_[fields[c].word] |= fields[c].placed(now_[c]);
  return table_.intern(packed_.data());
}

LocalId ChasedNetwork::state(std::uint32_t number) {
  const bool is_special = number >= has_ended;
  if (!is_special && number >= state_of_.size()) state_of_.resize(number + std::size_t{1}, no_id<LocalId>);
  LocalId& known = is_special ? special_[diverging - number] : state_of_[number];
  if (known == no_id<LocalId>) {
    known = static_cast<LocalId>(states_.size());
    states_.push_back(number);
  }
  return known;
}

}  // namespace tryst
