#include "semantics/csp/composition.hpp"

#include <algorithm>
#include <numeric>

namespace tryst::csp {

namespace {

// Which τs of a parallel operator come first: by the rules P1, P2 and P8 (semantics/csp/rules.hpp).
constexpr std::uint32_t own_tau = 0;
constexpr std::uint32_t operand_ends = 1;
constexpr std::uint32_t joint_tau = 2;

template <class T>
void append(std::vector<T>& items, const std::vector<T>& more) {
  items.insert(items.end(), more.begin(), more.end());
}

}  // namespace

bool Composition::is_unary_static(Operator op) {
  return op == Operator::hide || op == Operator::project || op == Operator::rename;
}

bool Composition::is_priority(Operator op) { return op == Operator::prioritise || op == Operator::prioritise_po; }

bool Composition::may_be_left(Operator op) {
  return op == Operator::sequential || op == Operator::exception || op == Operator::interrupt;
}

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

void Composition::offer(Participant participant, EventId event, std::uint32_t choice) {
  Way way{{participant}, {}, {}};
  if (keeps_order_) way.order.push_back(choice);
  arrive(place(participant.component), event, way);
}

// What the node does is done by an operand of its parent, or by the component whose phase it is. `sooner` goes before
// its order.
void Composition::pass(NodeId node, EventId event, const Way& way, std::initializer_list<std::uint32_t> sooner) {
  if (!keeps_order_ && !way.next) return rise(node, event, way);
  Way passed = way;
  if (keeps_order_) passed.order.insert(passed.order.begin(), sooner);
  if (way.next) passed.next = terms_.with_operand(nodes_[node].term, 0, *way.next);
  rise(node, event, passed);
}

void Composition::rise(NodeId node, EventId event, const Way& way) {
  const std::uint32_t component = nodes_[node].phase_of;
  if (component == no_node) return arrive({nodes_[node].parent, nodes_[node].position}, event, way);
  if (event == tick) return builder_.leave_phase(node, tick, way.who, std::nullopt);
  if (way.next) return builder_.leave_phase(node, event, way.who, way.next);
  if (event != ended) arrive(place(component), event, way);  // the phase is left then: what ends is the component
}

void Composition::arrive(Place at, EventId event, const Way& way) {
  if (at.node == no_node) {
    if (event == ended)
      builder_.end_mark(way.who.front());
    else
      builder_.rule(event, way.who, ranks_, way.order);
    return;
  }
  const TermView term = terms_[nodes_[at.node].term];
  switch (term.op) {
    case Operator::hide:
      return pass(at.node, is_visible(event) && event != ended && terms_.contains(term.sets[0], event) ? tau : event,
                  way, {index(event)});
    case Operator::project:
      return pass(at.node, is_visible(event) && event != ended && !terms_.contains(term.sets[0], event) ? tau : event,
                  way, {index(event)});
    case Operator::rename: {
      const auto images = terms_.alphabets().images(term.relation, event);
      if (images.empty()) pass(at.node, event, way, {index(event)});
      for (const auto& [from, to] : images) pass(at.node, to, way, {index(event)});
      return;
    }
    case Operator::prioritise:
    case Operator::prioritise_po: {
      const auto rank = event == ended ? std::nullopt : builder_.rank(at.node, event);
      if (rank) ranks_.push_back(*rank);
      pass(at.node, event, way, {});
      if (rank) ranks_.pop_back();
      return;
    }
    case Operator::sequential:
    case Operator::exception:
    case Operator::interrupt: return pass_in_phase(at.node, event, way);
    default: return combine(at, event, way);
  }
}

void Composition::combine(Place at, EventId event, const Way& way) {
  if (event == tau) return pass(at.node, tau, way, {own_tau, at.position});
  if (event == tick || event == ended) return terminate(at, event, way);
  const TermView term = terms_[nodes_[at.node].term];
  switch (term.op) {
    case Operator::alphabetised: return combine_alphabetised(at, event, way);
    case Operator::link: return combine_linked(at, event, way);
    case Operator::parallel:
      if (terms_.contains(term.sets[0], event)) {
        std::vector<std::uint32_t> all(nodes_[at.node].operands.size());
        std::iota(all.begin(), all.end(), 0U);
        return join(at, event, way, all, event);
      }
      [[fallthrough]];
    default: return pass(at.node, event, way, {at.position});
  }
}

void Composition::combine_alphabetised(Place at, EventId event, const Way& way) {
  const TermView term = terms_[nodes_[at.node].term];
  if (!terms_.contains(term.sets[at.position], event)) return;
  std::vector<std::uint32_t> owners;
  if (term.sets.size() > asked_max) {
    std::optional<AlphabetIndex>& known = indices_[at.node];
    if (!known) known.emplace(terms_.alphabets(), term.sets);
    known->owners(event, owners);
  } else {
    for (std::uint32_t i = 0; i < term.sets.size(); ++i)
      if (terms_.contains(term.sets[i], event)) owners.push_back(i);
  }
  join(at, event, way, owners, event);
}

void Composition::combine_linked(Place at, EventId event, const Way& way) {
  const RelationId ties = terms_[nodes_[at.node].term].relation;
  const Alphabets& alphabets = terms_.alphabets();
  const auto partners = at.position == 0 ? alphabets.images(ties, event) : alphabets.preimages(ties, event);
  if (partners.empty()) return pass(at.node, event, way, {at.position});
  nodes_[at.node].offered[at.position][event].push_back(way);
  for (const auto& [own, partner] : partners) {
    const Offers& others = nodes_[at.node].offered[1 - at.position];
    const auto found = others.find(partner);
    if (found == others.end()) continue;
    const std::vector<Way> joined = found->second;  // passing may reach this node again
    for (const Way& other : joined) {
      Way both{other.who, {}, {}};
      both.who.insert(both.who.end(), way.who.begin(), way.who.end());
      const Way& left = at.position == 0 ? way : other;
      const Way& right = at.position == 0 ? other : way;
      append(both.order, left.order);
      both.order.push_back(index(at.position == 0 ? partner : event));
      append(both.order, right.order);
      pass(at.node, tau, both, {joint_tau, index(at.position == 0 ? event : partner)});
    }
  }
}

// ✓ of an operand is internal. When all operands have ended, the terminator performs the ✓ of the whole, once.
void Composition::terminate(Place at, EventId event, const Way& way) {
  const auto operands = static_cast<std::uint32_t>(nodes_[at.node].operands.size());
  if (at.position == operands) {
    if (event == ended) return pass(at.node, ended, way, {});
    std::vector<std::uint32_t> all(operands);
    std::iota(all.begin(), all.end(), 0U);
    return join(at, ended, way, all, tick);
  }
  if (event == tick) return pass(at.node, tau, way, {operand_ends, at.position});
  nodes_[at.node].offered[at.position][ended].push_back(way);
  const std::vector<Offers>& offered = nodes_[at.node].offered;
  const bool can_end = std::ranges::all_of(offered, [](const Offers& o) { return o.contains(ended); });
  if (!can_end || nodes_[at.node].terminator != no_node) return;
  const std::uint32_t terminator = builder_.terminator(at.node);
  nodes_[at.node].terminator = terminator;
  if (terminator >= place_of_.size()) place_of_.resize(terminator + 1);
  place_of_[terminator] = {at.node, operands};
}

// Every way in which the other owners take part in what the one at `at` can newly do.
void Composition::join(Place at, EventId event, const Way& way, std::span<const std::uint32_t> owners, EventId result) {
  std::vector<std::vector<Way>> choices;  // copies: what is passed on may reach this node again
  const bool is_owner = at.position < nodes_[at.node].operands.size();
  if (is_owner) nodes_[at.node].offered[at.position][event].push_back(way);
  for (const std::uint32_t owner : owners) {
    if (owner == at.position) continue;
    const Offers& offers = nodes_[at.node].offered[owner];
    const auto found = offers.find(event);
    if (found == offers.end()) return;
    choices.push_back(found->second);
  }
  std::vector<std::size_t> chosen(choices.size(), 0);
  for (;;) {
    Way together{way.who, {}, {}};
    for (std::size_t i = 0; i < choices.size(); ++i) append(together.who, choices[i][chosen[i]].who);
    std::size_t other = 0;  // of the choices
    for (const std::uint32_t owner : owners) {
      append(together.order, owner == at.position ? way.order : choices[other][chosen[other]].order);
      other += owner == at.position ? 0 : 1;
    }
    pass(at.node, result, together, {});
    std::size_t i = choices.size();
    while (i > 0 && ++chosen[i - 1] == choices[i - 1].size()) chosen[--i] = 0;
    if (i == 0) return;
  }
}

}  // namespace tryst::csp
