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

Meetings::Met Meetings::explore(std::uint32_t first, std::uint32_t second) {
  std::vector<std::pair<Place, Place>> queue{{net_.first(first), net_.first(second)}};
  Met met(net_, first, second);
  met.insert(queue.front().first, queue.front().second);
  const auto meet = [&](Place p, Place q) {
    if (met.insert(p, q)) queue.emplace_back(p, q);
  };
  const auto& of_first = steps(first);
  const auto& of_second = steps(second);
  const std::map<LabelId, std::vector<LabelId>> shared = common(first, second);
  const auto meet_by = [&](Place q, Place to, const std::vector<LabelId>& partners) {
    for (const LabelId partner : partners)
      if (const auto other = net_.after(q, partner)) meet(to, *other);
  };
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const auto [p, q] = queue[i];
    net_.budget().poll(8);
    for (const Step& step : of_first[p - net_.first(first)])
      if (!needs(step, second)) meet(step.target, q);
    for (const Step& step : of_second[q - net_.first(second)])
      if (!needs(step, first)) meet(p, step.target);
    if (shared.size() < net_.row(p).size()) {
      for (const auto& [label, partners] : shared)
        if (const auto to = net_.after(p, label)) meet_by(q, *to, partners);
    } else {
      for (const LocalGraph::Move& move : net_.row(p))
        if (const auto at = shared.find(move.label); at != shared.end())
          meet_by(q, net_.target(p, move.target), at->second);
    }
  }
  return met;
}

const std::vector<std::vector<Meetings::Step>>& Meetings::steps(std::uint32_t component) {
  const auto [at, is_new] = steps_.try_emplace(component);
  if (is_new)
    for (Place p = net_.first(component); p < net_.end(component); ++p) at->second.push_back(steps_from(p));
  return at->second;
}

std::vector<Meetings::Step> Meetings::steps_from(Place p) const {
  std::vector<Step> steps;
  std::map<Place, std::size_t> known;
  for (const LocalGraph::Move& move : net_.row(p))
    for (const std::uint32_t rule : net_.rules(net_.component(p), move.label)) {
      net_.budget().poll();
      const auto [at, is_new] = known.try_emplace(net_.target(p, move.target), steps.size());
      if (is_new) {
        steps.push_back({at->first, {}, rule});
        continue;
      }
      Step& step = steps[at->second];
      if (step.rule)
        for (const Participant& who : net_.participants(*step.rule)) step.needed.push_back(who.component);
      step.rule.reset();
      std::erase_if(step.needed, [&](std::uint32_t c) { return !participant(rule, c); });
    }
  return steps;
}

bool Meetings::needs(const Step& step, std::uint32_t component) const {
  if (step.rule) return participant(*step.rule, component).has_value();
  return std::ranges::find(step.needed, component) != step.needed.end();
}

// By label of the first: those of the second in the same rules.
std::map<LabelId, std::vector<LabelId>> Meetings::common(std::uint32_t first, std::uint32_t second) const {
  std::map<LabelId, std::vector<LabelId>> labels;
  const bool by_first = net_.labels(first) <= net_.labels(second);
  for (std::uint32_t l = 0; l < net_.labels(by_first ? first : second); ++l)
    for (const std::uint32_t rule : net_.rules(by_first ? first : second, LabelId{l}))
      if (const auto other = participant(rule, by_first ? second : first)) {
        if (by_first)
          labels[LabelId{l}].push_back(other->label);
        else
          labels[other->label].push_back(LabelId{l});
      }
  return labels;
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
