#include "semantics/csp/composition.hpp"

#include <algorithm>
#include <numeric>

namespace tryst::csp {

bool Composition::is_unary_static(Operator op) {
  return op == Operator::hide || op == Operator::project || op == Operator::rename;
}

bool Composition::is_priority(Operator op) { return op == Operator::prioritise || op == Operator::prioritise_po; }

bool Composition::is_static(Operator op) {
  return is_unary_static(op) || op == Operator::interleave || op == Operator::parallel ||
         op == Operator::alphabetised || op == Operator::link;
}

Composition::NodeId Composition::add(ProcessId term, std::span<const Operand> operands) {
  const auto node = static_cast<NodeId>(nodes_.size());
  nodes_.push_back({term, {operands.begin(), operands.end()}, std::vector<Offers>(operands.size())});
  for (std::uint32_t i = 0; i < operands.size(); ++i) {
    if (!operands[i].is_component) {
      nodes_[operands[i].id].parent = node;
      nodes_[operands[i].id].position = i;
      continue;
    }
    if (operands[i].id >= place_of_.size()) place_of_.resize(operands[i].id + 1);
    place_of_[operands[i].id] = {node, i};
  }
  return node;
}

void Composition::offer(Participant participant, EventId event) {
  const Place place = participant.component < place_of_.size() ? place_of_[participant.component] : Place{};
  arrive(place, event, {participant});
}

// What the node does is done by an operand of its parent.
void Composition::pass(NodeId node, EventId event, const Participants& who) {
  arrive({nodes_[node].parent, nodes_[node].position}, event, who);
}

void Composition::arrive(Place at, EventId event, const Participants& who) {
  if (at.node == no_node) {
    if (event == ended)
      builder_.end_mark(who.front());
    else
      builder_.rule(event, who, ranks_);
    return;
  }
  const TermView term = terms_[nodes_[at.node].term];
  switch (term.op) {
    case Operator::hide:
      return pass(at.node, is_visible(event) && event != ended && terms_.contains(term.sets[0], event) ? tau : event, who);
    case Operator::project:
      return pass(at.node, is_visible(event) && event != ended && !terms_.contains(term.sets[0], event) ? tau : event, who);
    case Operator::rename: {
      const auto images = terms_.alphabets().images(term.relation, event);
      if (images.empty()) pass(at.node, event, who);
      for (const auto& [from, to] : images) pass(at.node, to, who);
      return;
    }
    case Operator::prioritise:
    case Operator::prioritise_po: {
      const auto rank = event == ended ? std::nullopt : builder_.rank(at.node, event);
      if (rank) ranks_.push_back(*rank);
      pass(at.node, event, who);
      if (rank) ranks_.pop_back();
      return;
    }
    default: return combine(at, event, who);
  }
}

void Composition::combine(Place at, EventId event, const Participants& who) {
  if (event == tau) return pass(at.node, tau, who);
  if (event == tick || event == ended) return terminate(at, event, who);
  const TermView term = terms_[nodes_[at.node].term];
  switch (term.op) {
    case Operator::alphabetised: return combine_alphabetised(at, event, who);
    case Operator::link: return combine_linked(at, event, who);
    case Operator::parallel:
      if (terms_.contains(term.sets[0], event)) {
        std::vector<std::uint32_t> all(nodes_[at.node].operands.size());
        std::iota(all.begin(), all.end(), 0U);
        return join(at, event, who, all, event);
      }
      [[fallthrough]];
    default: return pass(at.node, event, who);
  }
}

void Composition::combine_alphabetised(Place at, EventId event, const Participants& who) {
  const TermView term = terms_[nodes_[at.node].term];
  if (!terms_.contains(term.sets[at.position], event)) return;
  std::vector<std::uint32_t> owners;
  for (std::uint32_t i = 0; i < term.sets.size(); ++i)
    if (terms_.contains(term.sets[i], event)) owners.push_back(i);
  join(at, event, who, owners, event);
}

void Composition::combine_linked(Place at, EventId event, const Participants& who) {
  const RelationId ties = terms_[nodes_[at.node].term].relation;
  const Alphabets& alphabets = terms_.alphabets();
  const auto partners = at.position == 0 ? alphabets.images(ties, event) : alphabets.preimages(ties, event);
  if (partners.empty()) return pass(at.node, event, who);
  nodes_[at.node].offered[at.position][event].push_back(who);
  for (const auto& [own, partner] : partners) {
    const Offers& others = nodes_[at.node].offered[1 - at.position];
    const auto found = others.find(partner);
    if (found == others.end()) continue;
    const std::vector<Participants> joined = found->second;  // passing may reach this node again
    for (Participants both : joined) {
      both.insert(both.end(), who.begin(), who.end());
      pass(at.node, tau, both);
    }
  }
}

// ✓ of an operand is internal. When all operands have ended, the terminator performs the ✓ of the whole, once.
void Composition::terminate(Place at, EventId event, const Participants& who) {
  const auto operands = static_cast<std::uint32_t>(nodes_[at.node].operands.size());
  if (at.position == operands) {
    if (event == ended) return pass(at.node, ended, who);
    std::vector<std::uint32_t> all(operands);
    std::iota(all.begin(), all.end(), 0U);
    return join(at, ended, who, all, tick);
  }
  if (event == tick) return pass(at.node, tau, who);
  nodes_[at.node].offered[at.position][ended].push_back(who);
  const std::vector<Offers>& offered = nodes_[at.node].offered;
  const bool can_end = std::ranges::all_of(offered, [](const Offers& o) { return o.contains(ended); });
  if (!can_end || nodes_[at.node].terminator != no_node) return;
  const std::uint32_t terminator = builder_.terminator(at.node);
  nodes_[at.node].terminator = terminator;
  if (terminator >= place_of_.size()) place_of_.resize(terminator + 1);
  place_of_[terminator] = {at.node, operands};
}

// Every way in which the other owners take part in what the one at `at` can newly do.
void Composition::join(Place at, EventId event, const Participants& who, std::span<const std::uint32_t> owners,
                       EventId result) {
  std::vector<std::vector<Participants>> choices;  // copies: what is passed on may reach this node again
  const bool is_owner = at.position < nodes_[at.node].operands.size();
  if (is_owner) nodes_[at.node].offered[at.position][event].push_back(who);
  for (const std::uint32_t owner : owners) {
    if (owner == at.position) continue;
    const Offers& offers = nodes_[at.node].offered[owner];
    const auto found = offers.find(event);
    if (found == offers.end()) return;
    choices.push_back(found->second);
  }
  std::vector<std::size_t> chosen(choices.size(), 0);
  for (;;) {
    Participants together = who;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      const Participants& more = choices[i][chosen[i]];
      together.insert(together.end(), more.begin(), more.end());
    }
    pass(at.node, result, together);
    std::size_t i = choices.size();
    while (i > 0 && ++chosen[i - 1] == choices[i - 1].size()) chosen[--i] = 0;
    if (i == 0) return;
  }
}

}  // namespace tryst::csp
