#include "checker/structural/certify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "checker/structural/certify_local.hpp"
#include "checker/structural/certify_refutation.hpp"
#include "checker/structural/certify_rounds.hpp"
#include "checker/structural/certify_tuples.hpp"

namespace tryst {

namespace {

// Everybody who is blocked waits for somebody further on in the order.
void check_order(const PlainNet& net, const Places& order) {
  std::map<Place, std::size_t> rank;
  for (const Place p : order)
    if (!rank.emplace(p, rank.size()).second)
      throw WrongCertificate{fmt::format("place {} occurs twice in the order", p)};
  Meetings meetings(net);
  for (Place p = 0; p < net.size(); ++p) {
    if (!net.blockable(p)) continue;
    if (!rank.contains(p)) throw WrongCertificate{fmt::format("place {} is not in the order", p)};
    bool waits = false;
    for (const LocalGraph::Move& move : net.row(p))
      for (const std::uint32_t rule : net.rules(net.component(p), move.label))
        for (const Participant& other : net.participants(rule)) {
          waits = true;
          if (other.component == net.component(p)) continue;
          for (const Place q : net.blockable_of(other.component)) {
            const bool holds_up = !net.offers(q, other) && meetings.can_meet(p, q);
            if (holds_up && (!rank.contains(q) || rank[q] <= rank[p]))
              throw WrongCertificate{fmt::format("place {} may wait for place {}, which is not behind it", p, q)};
          }
        }
    if (!waits) throw WrongCertificate{fmt::format("in place {} a component waits for nobody", p)};
  }
}

// Marked, and every rule that can take a component out of it takes some component into it, wherever that one is.
void check_trap(const PlainNet& net, const Places& trap) {
  const std::set<Place> places(trap.begin(), trap.end());
  if (!places.empty() && *places.rbegin() >= net.size()) throw WrongCertificate{"a trap has a place that there is not"};
  const bool is_marked = std::ranges::any_of(places, [&](Place p) { return net.first(net.component(p)) == p; });
  if (!is_marked) throw WrongCertificate{"a trap has no initial place"};
  const auto enters = [&](const Participant& who) {
    for (Place p = net.first(who.component); p < net.end(who.component); ++p)
      if (const auto to = net.after(p, who.label); to && !places.contains(*to)) return false;
    return true;
  };
  for (const Place p : places)
    for (const LocalGraph::Move& move : net.row(p)) {
      if (places.contains(net.target(p, move.target))) continue;
      for (const std::uint32_t rule : net.rules(net.component(p), move.label))
        if (std::ranges::none_of(net.participants(rule), enters))
          throw WrongCertificate{fmt::format("a rule leads out of a trap at place {}", p)};
    }
}

// The sum of the weights never grows.
void check_weights(const PlainNet& net, const std::vector<std::int64_t>& weight) {
  std::map<std::pair<std::uint32_t, LabelId>, std::int64_t> growth;  // the most that a component adds by a label
  for (Place p = 0; p < net.size(); ++p)
    for (const LocalGraph::Move& move : net.row(p)) {
      const std::int64_t added = weight[net.target(p, move.target)] - weight[p];
      const auto [entry, is_new] = growth.try_emplace({net.component(p), move.label}, added);
      entry->second = std::max(entry->second, added);
    }
  for (std::uint32_t rule = 0; rule < net.network().rules().size(); ++rule) {
    std::int64_t sum = 0;
    for (const Participant& p : net.participants(rule)) sum += growth.at({p.component, p.label});
    if (sum > 0) throw WrongCertificate{fmt::format("rule {} adds to the sum of the weights", rule)};
  }
}

// Where a deadlock avoids the places of the cut, the sum is greater than initially.
void check_cut(const PlainNet& net, const std::vector<std::int64_t>& weight, const Places& cut) {
  const std::set<Place> places(cut.begin(), cut.end());
  if (!places.empty() && *places.rbegin() >= net.size()) throw WrongCertificate{"a cut has a place that there is not"};
  std::int64_t excess = 0;  // at least, where the cut is avoided
  for (std::uint32_t c = 0; c < net.components(); ++c) {
    std::optional<std::int64_t> least;
    for (const Place p : net.blockable_of(c))
      if (!places.contains(p)) least = std::min(least.value_or(weight[p]), weight[p]);
    if (!least) return;  // the component cannot avoid it
    excess += *least - weight[net.first(c)];
  }
  if (excess <= 0) throw WrongCertificate{"a deadlock may avoid a cut"};
}

void check_sum(const PlainNet& net, const Certificate::Sum& sum) {
  constexpr std::int64_t weight_max = std::int64_t{1} << 32;  // the sum of any number of components fits 64 bits
  std::vector<std::int64_t> weight(net.size(), 0);
  if (sum.weights.size() % 2 != 0) throw WrongCertificate{"a place has no weight"};
  for (std::size_t i = 0; i < sum.weights.size(); i += 2) {
    const std::int64_t place = sum.weights[i];
    if (place < 0 || place >= net.size()) throw WrongCertificate{"a weight is of a place that there is not"};
    if (std::abs(sum.weights[i + 1]) > weight_max) throw WrongCertificate{"a weight is too large"};
    weight[static_cast<std::size_t>(place)] = sum.weights[i + 1];
  }
  check_weights(net, weight);
  for (const Places& cut : sum.cuts) check_cut(net, weight, cut);
}

// The labels of a component among these that can be on a cycle of moves with these labels: what is left when places to
// which, or from which, no such move leads have been taken away, one after the other.
std::set<LabelId> labels_on_cycles(const PlainNet& net, std::uint32_t component, const std::set<LabelId>& labels) {
  std::set<Place> places;
  for (Place p = net.first(component); p < net.end(component); ++p) places.insert(p);
  std::set<LabelId> kept;
  for (bool changed = true; changed;) {
    kept.clear();
    std::set<Place> left;
    std::set<Place> entered;
    for (const Place p : places)
      for (const LocalGraph::Move& move : net.row(p)) {
        if (!labels.contains(move.label) || !places.contains(net.target(p, move.target))) continue;
        left.insert(p);
        entered.insert(net.target(p, move.target));
        kept.insert(move.label);
      }
    net.budget().poll(static_cast<std::uint32_t>(places.size()));
    changed = std::erase_if(places, [&](Place p) { return !left.contains(p) || !entered.contains(p); }) > 0;
  }
  return kept;
}

// The rules of τ that could be fired again and again have their labels on cycles of moves with labels of such rules.
// There must be none.
void check_divergence(const PlainNet& net) {
  std::vector<std::uint32_t> rules;
  for (std::uint32_t r = 0; r < net.network().rules().size(); ++r)
    if (net.network().rules()[r].event == tau) rules.push_back(r);
  for (bool changed = true; changed;) {
    std::map<std::uint32_t, std::set<LabelId>> labels;  // by component
    for (const std::uint32_t r : rules)
      for (const Participant& p : net.participants(r)) labels[p.component].insert(p.label);
    for (auto& [component, own] : labels) own = labels_on_cycles(net, component, own);
    changed = std::erase_if(rules, [&](std::uint32_t r) {
                return std::ranges::any_of(
                    net.participants(r), [&](const Participant& p) { return !labels[p.component].contains(p.label); });
              }) > 0;
  }
  if (!rules.empty()) throw WrongCertificate{"there may be a divergence"};
}

void check_deadlock(const PlainNet& net, const Certificate::Argument& argument) {
  for (const Places& trap : argument.traps) check_trap(net, trap);
  for (const Certificate::Sum& sum : argument.sums) check_sum(net, sum);
  check_tuples(net, argument.tuples);
  if (argument.order)
    check_order(net, *argument.order);
  else if (argument.rounds)
    check_rounds_of_waiting(net, *argument.rounds);
  else
    check_refutation(net, argument);
}

void check_local(const PlainNet& net, const Certificate::Argument& argument) {
  if (!net.network().layers().empty()) throw WrongCertificate{"with priority more may be blocked for ever"};
  for (const Places& trap : argument.traps) check_trap(net, trap);
  if (argument.order) {
    check_order(net, *argument.order);
    check_comes_round(net);
  } else if (argument.rounds) {
    check_rounds_of_waiting(net, *argument.rounds);
    check_comes_round(net);
  } else {
    check_local_refutation(net, argument);
  }
}

}  // namespace

std::optional<std::string> refute_certificate(const Certificate& certificate, Network& network, Claim claim,
                                              Budget& budget) {
  try {
    const PlainNet net(network, budget);
    if (certificate.components != net.components() || certificate.places != net.size() ||
        certificate.rules != network.rules().size())
      return "it is about a network of another size";
    if (claim != Claim::no_divergence) check_deadlock(net, certificate.deadlock);
    if (claim != Claim::no_deadlock) check_divergence(net);
    if (certificate.local) check_local(net, *certificate.local);
    return std::nullopt;
  } catch (const WrongCertificate& wrong) {
    return wrong.what;
  }
}

}  // namespace tryst
