#include "checker/structural/traps.hpp"

#include <algorithm>
#include <unordered_set>

namespace tryst {

namespace {

// Removes places from a set until it is a trap.
class Removal {
 public:
  Removal(const PlaceNet& net, const std::vector<bool>& occupied, Budget& budget)
      : net_(net),
        budget_(budget),
        in_trap_(net.places(), true),
        targets_outside_(net.actions(), 0),
        full_actions_(net.rules()),
        open_rules_(net.actions(), 0) {
    std::vector<std::pair<std::uint32_t, PlaceNet::Move>> incoming;
    for (std::uint32_t a = 0; a < net.actions(); ++a)
      for (const PlaceNet::Arc& arc : net.arcs(ActionId{a}))
        incoming.push_back({index(arc.to), {ActionId{a}, arc.from}});
    sources_ = Groups<PlaceNet::Move>(net.places(), incoming);
    for (std::uint32_t r = 0; r < net.rules(); ++r)
      full_actions_[r] = static_cast<std::uint32_t>(net.participants(RuleId{r}).size());
    for (std::uint32_t p = 0; p < net.places(); ++p)
      if (occupied[p]) remove(PlaceId{p});
  }

  std::vector<bool> run() {
    while (!removed_.empty()) {
      const PlaceId p = removed_.back();
      removed_.pop_back();
      budget_.poll(1 + static_cast<std::uint32_t>(sources_[index(p)].size()));
      for (const PlaceNet::Move& source : sources_[index(p)]) {
        if (open_rules_[index(source.action)] > 0) remove(source.target);
        if (++targets_outside_[index(source.action)] == 1) stop_being_full(source.action);
      }
    }
    return std::move(in_trap_);
  }

 private:
  void remove(PlaceId p) {
    if (!in_trap_[index(p)]) return;
    in_trap_[index(p)] = false;
    removed_.push_back(p);
  }

  // Rules without a full action let components leave.
  void stop_being_full(ActionId action) {
    for (const RuleId rule : net_.rules_of(action)) {
      if (--full_actions_[index(rule)] > 0) continue;
      for (const ActionId each : net_.participants(rule))
        if (++open_rules_[index(each)] == 1)
          for (const PlaceNet::Arc& arc : net_.arcs(each))
            if (!in_trap_[index(arc.to)]) remove(arc.from);
    }
  }

  const PlaceNet& net_;
  Budget& budget_;
  Groups<PlaceNet::Move> sources_;  // by place: the actions that lead to it, and where from
  std::vector<bool> in_trap_;
  std::vector<std::uint32_t> targets_outside_;  // by action, of places removed and dealt with
  std::vector<std::uint32_t> full_actions_;     // by rule
  std::vector<std::uint32_t> open_rules_;       // by action: its rules without a full action
  std::vector<PlaceId> removed_;                // not dealt with
};

// Adds places to a set until it is a trap.
class Growth {
 public:
  Growth(const PlaceNet& net, const std::vector<bool>& within, Budget& budget)
      : net_(net), within_(within), budget_(budget) {}

  std::vector<PlaceId> from(PlaceId seed) {
    add(seed);
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const PlaceId p = places_[i];
      for (const PlaceNet::Move& move : net_.moves(p))
        if (!contains(move.target)) close(move);
    }
    std::ranges::sort(places_);
    return std::move(places_);
  }

 private:
  bool contains(PlaceId p) const { return set_.contains(index(p)); }
  void add(PlaceId p) {
    if (set_.insert(index(p)).second) places_.push_back(p);
  }

  // How many places are missing for the action to be full; none: it cannot be.
  std::optional<std::size_t> missing(ActionId action) const {
    std::size_t count = 0;
    for (const PlaceNet::Arc& arc : net_.arcs(action)) {
      if (!within_[index(arc.to)]) return std::nullopt;
      count += contains(arc.to) ? 0 : 1;
    }
    return count;
  }

  // A component may leave by this move: either what it enters is added, or, for each rule, what another enters.
  void close(const PlaceNet::Move& move) {
    std::size_t needed = 0;
    std::vector<ActionId> fillers;
    for (const RuleId rule : net_.rules_of(move.action)) {
      budget_.poll(static_cast<std::uint32_t>(net_.participants(rule).size()));
      std::optional<std::pair<std::size_t, ActionId>> best;
      for (const ActionId action : net_.participants(rule))
        if (const auto count = missing(action); count && (!best || *count < best->first)) best.emplace(*count, action);
      if (!best) return add(move.target);
      needed += best->first;
      if (best->first > 0) fillers.push_back(best->second);
    }
    if (needed > 1 && within_[index(move.target)]) return add(move.target);
    for (const ActionId action : fillers)
      for (const PlaceNet::Arc& arc : net_.arcs(action)) add(arc.to);
  }

  const PlaceNet& net_;
  const std::vector<bool>& within_;
  Budget& budget_;
  std::unordered_set<std::uint32_t> set_;
  std::vector<PlaceId> places_;
};

}  // namespace

std::vector<bool> greatest_trap(const PlaceNet& net, const std::vector<bool>& occupied, Budget& budget) {
  return Removal(net, occupied, budget).run();
}

std::vector<PlaceId> small_trap(const PlaceNet& net, const std::vector<bool>& within, PlaceId seed, Budget& budget) {
  return Growth(net, within, budget).from(seed);
}

std::vector<std::vector<PlaceId>> marked_traps_without(const PlaceNet& net, const std::vector<bool>& occupied,
                                                       Budget& budget) {
  const std::vector<bool> greatest = greatest_trap(net, occupied, budget);
  std::vector<bool> covered(net.places(), false);
  std::vector<std::vector<PlaceId>> traps;
  for (std::size_t c = 0; c < net.components(); ++c) {
    const PlaceId seed = net.initial(c);
    if (!greatest[index(seed)] || covered[index(seed)]) continue;
    traps.push_back(small_trap(net, greatest, seed, budget));
    for (const PlaceId p : traps.back()) covered[index(p)] = true;
  }
  return traps;
}

}  // namespace tryst
