#include "checker/structural/comes_round.hpp"

#include <algorithm>

namespace tryst {

namespace {

class ComesRound {
 public:
  ComesRound(const PlaceNet& net, const Neighbours& neighbours, Budget& budget)
      : net_(net), neighbours_(neighbours), budget_(budget), is_served_(net.places(), false) {}

  bool holds() {
    for (const Neighbours::Pair& pair : neighbours_.pairs()) {
      serve(pair.first, pair.second);
      serve(pair.second, pair.first);
    }
    for (std::uint32_t p = 0; p < net_.places(); ++p)
      if (net_.can_block(PlaceId{p}) && !is_served_[p]) return false;
    return true;
  }

 private:
  struct Place {
    bool is_possible = false;
    std::uint32_t ways_on = 0;  // moves to possible places
  };

  void serve(std::uint32_t waiting, std::uint32_t other) {
    bool is_known = false;  // how `other` moves without the one that waits
    const std::uint32_t first = index(net_.initial(waiting));
    for (std::uint32_t p = first; p < first + net_.places_of(waiting); ++p) {
      if (is_served_[p] || !net_.can_block(PlaceId{p}) || !waits_for(PlaceId{p}, other)) continue;
      if (!is_known) find_moves(waiting, other);
      is_known = true;
      is_served_[p] = !can_stay_away(PlaceId{p}, other);
    }
  }

  bool waits_for(PlaceId p, std::uint32_t other) const {
    return std::ranges::any_of(net_.moves(p), [&](const PlaceNet::Move& move) {
      return std::ranges::any_of(net_.rules_of(move.action), [&](RuleId rule) {
        const auto who = net_.participants(rule);
        return who.size() == 2 && net_.component_of(who[0] == move.action ? who[1] : who[0]) == other;
      });
    });
  }

  void find_moves(std::uint32_t waiting, std::uint32_t other) {
    is_free_.assign(net_.actions_of(other), false);
    is_alone_.assign(net_.actions_of(other), false);
    for (std::uint32_t i = 0; i < net_.actions_of(other); ++i)
      for (const RuleId rule : net_.rules_of(ActionId{net_.first_action(other) + i})) {
        const auto who = net_.participants(rule);
        budget_.poll();
        if (who.size() == 1) is_alone_[i] = true;
        if (std::ranges::none_of(who, [&](ActionId a) { return net_.component_of(a) == waiting; })) is_free_[i] = true;
      }
    std::vector<std::pair<std::uint32_t, PlaceId>> sources;
    const std::uint32_t first = index(net_.initial(other));
    for (std::uint32_t q = 0; q < net_.places_of(other); ++q)
      for (const PlaceNet::Move& move : net_.moves(PlaceId{first + q}))
        if (is_free_[index(move.action) - net_.first_action(other)])
          sources.emplace_back(index(move.target) - first, PlaceId{first + q});
    sources_ = Groups<PlaceId>(net_.places_of(other), sources);
  }

  // Takes away places from which there is no way on, or a way out that nobody can bar, until nothing changes.
  bool can_stay_away(PlaceId p, std::uint32_t other) {
    const std::uint32_t first = index(net_.initial(other));
    const auto size = static_cast<std::uint32_t>(net_.places_of(other));
    places_.assign(size, {});
    std::vector<std::uint32_t> removed;
    for (std::uint32_t q = 0; q < size; ++q) places_[q].is_possible = neighbours_.can_be_stuck(p, PlaceId{first + q});
    for (std::uint32_t q = 0; q < size; ++q) {
      budget_.poll();
      if (!places_[q].is_possible) continue;
      bool leaves = false;
      for (const PlaceNet::Move& move : net_.moves(PlaceId{first + q})) {
        const std::uint32_t action = index(move.action) - net_.first_action(other);
        const bool stays = places_[index(move.target) - first].is_possible;
        if (is_free_[action] && stays) ++places_[q].ways_on;
        leaves = leaves || (is_alone_[action] && !stays);
      }
      if (leaves || places_[q].ways_on == 0) removed.push_back(q);
    }
    for (const std::uint32_t q : removed) places_[q].is_possible = false;
    for (std::size_t i = 0; i < removed.size(); ++i)
      for (const PlaceId source : sources_[removed[i]]) {
        const std::uint32_t q = index(source) - first;
        budget_.poll();
        if (!places_[q].is_possible) continue;
        if (--places_[q].ways_on > 0 && !goes_alone(source, PlaceId{first + removed[i]}, other)) continue;
        places_[q].is_possible = false;
        removed.push_back(q);
      }
    return std::ranges::any_of(places_, &Place::is_possible);
  }

  bool goes_alone(PlaceId from, PlaceId to, std::uint32_t component) const {
    return std::ranges::any_of(net_.moves(from), [&](const PlaceNet::Move& move) {
      return move.target == to && is_alone_[index(move.action) - net_.first_action(component)];
    });
  }

  const PlaceNet& net_;
  const Neighbours& neighbours_;
  Budget& budget_;
  std::vector<bool> is_served_;  // by place
  std::vector<bool> is_free_;    // by action of the other: there is a rule without the one that waits
  std::vector<bool> is_alone_;   // by action of the other: there is a rule without anybody else
  Groups<PlaceId> sources_;      // by place of the other: where free moves to it start
  std::vector<Place> places_;    // of the other
};

}  // namespace

bool partners_come_round(const PlaceNet& net, const Neighbours& neighbours, Budget& budget) {
  return ComesRound(net, neighbours, budget).holds();
}

}  // namespace tryst
