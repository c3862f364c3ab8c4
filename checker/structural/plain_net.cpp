#include "checker/structural/plain_net.hpp"

#include <algorithm>

namespace tryst {

PlainNet::PlainNet(Network& network, Budget& budget) : network_(network), budget_(budget) {
  const auto expand_all = [&](std::size_t c) {
    bool is_new = false;
    for (std::uint32_t s = 0; s < network.graph(c).size(); ++s) {
      budget.poll();
      if (network.graph(c).is_expanded(LocalId{s})) continue;
      network.expand(c, LocalId{s});
      is_new = true;
    }
    return is_new;
  };
  for (bool grows = true; grows;) {  // a row may bring states of components before
    grows = false;
    for (std::size_t c = 0; c < network.size(); ++c) grows = expand_all(c) || grows;
  }
  for (std::size_t c = 0; c < network.size(); ++c) {
    first_.push_back(static_cast<Place>(component_.size()));
    component_.resize(component_.size() + network.graph(c).size(), static_cast<std::uint32_t>(c));
  }
  find_rules();
  find_blockable();
}

void PlainNet::find_rules() {
  for (std::uint32_t c = 0; c < components(); ++c) rules_.emplace_back(network_.graph(c).labels().size());
  for (std::uint32_t r = 0; r < network_.rules().size(); ++r)
    for (const Participant& p : participants(r)) rules_[p.component][index(p.label)].push_back(r);
}

// In a deadlock nobody can go on alone, and the system has not ended.
void PlainNet::find_blockable() {
  blockable_.assign(size(), true);
  const auto forbid = [&](const Participant& who) {
    for (Place p = first(who.component); p < end(who.component); ++p)
      if (offers(p, who)) blockable_[p] = false;
  };
  for (std::uint32_t r = 0; r < network_.rules().size(); ++r)
    if (participants(r).size() == 1) forbid(participants(r).front());
  for (const Participant& mark : network_.end_marks()) forbid(mark);
}

Places PlainNet::blockable_of(std::uint32_t component) const {
  Places found;
  for (Place p = first(component); p < end(component); ++p)
    if (blockable(p)) found.push_back(p);
  return found;
}

Meetings::Met::Met(const PlainNet& net, std::uint32_t first, std::uint32_t second)
    : first_(net.first(first)), second_(net.first(second)), width_(net.end(second) - net.first(second)) {
  constexpr std::uint64_t bits_max = std::uint64_t{1} << 22;
  const std::uint64_t all = width_ * (net.end(first) - net.first(first));
  if (all <= bits_max) bits_.resize(all, false);
}

bool Meetings::Met::insert(Place p, Place q) {
  if (bits_.empty()) return others_.insert(number(p, q)).second;
  if (bits_[number(p, q)]) return false;
  return bits_[number(p, q)] = true;
}

bool Meetings::Met::contains(Place p, Place q) const {
  return bits_.empty() ? others_.contains(number(p, q)) : bits_[number(p, q)];
}

bool Meetings::can_meet(Place p, Place q) {
  if (q < p) std::swap(p, q);
  const std::pair pair(net_.component(p), net_.component(q));
  auto at = known_.find(pair);
  if (at == known_.end()) at = known_.emplace(pair, explore(pair.first, pair.second)).first;
  return at->second.contains(p, q) && !moves_together(p, q);
}

Meetings::Met Meetings::explore(std::uint32_t first, std::uint32_t second) const {
  std::vector<std::pair<Place, Place>> queue{{net_.first(first), net_.first(second)}};
  Met met(net_, first, second);
  met.insert(queue.front().first, queue.front().second);
  const auto meet = [&](Place p, Place q) {
    if (met.insert(p, q)) queue.emplace_back(p, q);
  };
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const auto [p, q] = queue[i];
    for (const LocalGraph::Move& move : net_.row(p))
      for (const std::uint32_t rule : net_.rules(first, move.label)) {
        net_.budget().poll();
        if (const auto partner = participant(rule, second); !partner)
          meet(net_.target(p, move.target), q);
        else if (const auto to = net_.after(q, partner->label))
          meet(net_.target(p, move.target), *to);
      }
    for (const LocalGraph::Move& move : net_.row(q))
      for (const std::uint32_t rule : net_.rules(second, move.label))
        if (!participant(rule, first)) meet(p, net_.target(q, move.target));
  }
  return met;
}

std::optional<Participant> Meetings::participant(std::uint32_t rule, std::uint32_t component) const {
  for (const Participant& p : net_.participants(rule))
    if (p.component == component) return p;
  return std::nullopt;
}

bool Meetings::moves_together(Place p, Place q) const {
  for (const LocalGraph::Move& move : net_.row(p))
    for (const std::uint32_t rule : net_.rules(net_.component(p), move.label)) {
      const auto who = net_.participants(rule);
      if (who.size() == 2 && std::ranges::any_of(who, [&](const Participant& each) { return net_.offers(q, each); }))
        return true;
    }
  return false;
}

}  // namespace tryst
