#include "checker/structural/local_formula.hpp"

namespace tryst {

LocalFormula::LocalFormula(const PlaceNet& net, const Neighbours& neighbours, Budget& budget)
    : net_(&net), moves_of_(net.actions()) {
  std::size_t moves = 0;
  for (std::uint32_t p = 0; p < net.places(); ++p) {
    moves_before_.push_back(moves);
    moves += net.moves(PlaceId{p}).size();
  }
  first_move_ = static_cast<int>(2 * net.places()) + 1;
  first_rule_ = first_move_ + static_cast<int>(moves);
  first_lively_ = first_rule_ + static_cast<int>(net.rules());
  variables_ = first_lively_ + static_cast<int>(net.components()) - 1;
  for (std::uint32_t p = 0; p < net.places(); ++p)
    for (std::size_t i = 0; i < net.moves(PlaceId{p}).size(); ++i)
      moves_of_[index(net.moves(PlaceId{p})[i].action)].push_back(moved(moves_before_[p] + i));
  for (std::uint32_t c = 0; c < net.components(); ++c) {
    budget.poll(static_cast<std::uint32_t>(net.places_of(c)));
    add_component(c);
    add_moves(c);
  }
  for (std::uint32_t r = 0; r < net.rules(); ++r) {
    budget.poll(static_cast<std::uint32_t>(net.participants(RuleId{r}).size()));
    add_rule(RuleId{r});
    if (net.participants(RuleId{r}).size() > 2) add_wide_rule(RuleId{r});
  }
  for (std::uint32_t p = 0; p < net.places(); ++p)
    if (!net.moves_alone(PlaceId{p}) && !net.may_rest(PlaceId{p})) clauses_.push_back(stuck(PlaceId{p}));
  clauses_.push_back(0);
  for (const Neighbours::Pair& pair : neighbours.pairs()) {
    if (is_too_large()) return;
    budget.poll(static_cast<std::uint32_t>(net.places_of(pair.first) * net.places_of(pair.second)));
    add_neighbours(neighbours, pair);
  }
}

void LocalFormula::add_one_of(std::span<const PlaceId> places) {
  for (const PlaceId p : places) clauses_.push_back(met(p));
  clauses_.push_back(0);
}

// Exactly one of stuck(p), for each place, and lively; and where it is met.
void LocalFormula::add_component(std::uint32_t component) {
  std::vector<PlaceId> places;  // where it can be stuck
  const std::uint32_t first = index(net_->initial(component));
  for (std::uint32_t p = first; p < first + net_->places_of(component); ++p) {
    const PlaceId place{p};
    add(-met(place), stuck(place), lively(component));
    if (net_->moves_alone(place)) {
      add(-stuck(place));
      continue;
    }
    places.push_back(place);
    add(-stuck(place), met(place));
    add(-stuck(place), -lively(component));
  }
  for (const PlaceId p : places) clauses_.push_back(stuck(p));
  add(lively(component));
  clauses_.push_back(-lively(component));
  for (std::uint32_t p = first; p < first + net_->places_of(component); ++p) clauses_.push_back(met(PlaceId{p}));
  clauses_.push_back(0);
  if (places.size() <= pairwise_max) {
    for (std::size_t i = 0; i < places.size(); ++i)
      for (std::size_t k = 0; k < i; ++k) add(-stuck(places[k]), -stuck(places[i]));
    return;
  }
  ladders_.push_back({variables_ + 1, places});
  for (std::size_t i = 0; i < places.size(); ++i) {
    const int before = variables_ + static_cast<int>(i);  // whether it is stuck in a place before this one
    if (i > 0) add(-before, -stuck(places[i]));
    if (i + 1 == places.size()) continue;
    add(-stuck(places[i]), before + 1);
    if (i > 0) add(-before, before + 1);
  }
  variables_ += static_cast<int>(places.size()) - 1;
}

void LocalFormula::add_moves(std::uint32_t component) {
  const std::uint32_t first = index(net_->initial(component));
  for (std::uint32_t p = first; p < first + net_->places_of(component); ++p) {
    const PlaceId place{p};
    const auto moves = net_->moves(place);
    clauses_.push_back(-met(place));
    clauses_.push_back(stuck(place));
    for (std::size_t i = 0; i < moves.size(); ++i) clauses_.push_back(moved(moves_before_[p] + i));
    clauses_.push_back(0);
    for (std::size_t i = 0; i < moves.size(); ++i) {
      const int move = moved(moves_before_[p] + i);
      add(-move, met(place));
      add(-move, met(moves[i].target));
      add(-move, lively(component));
      clauses_.push_back(-move);
      bool is_alone = false;
      for (const RuleId r : net_->rules_of(moves[i].action)) {
        clauses_.push_back(fired(r));
        is_alone = is_alone || net_->participants(r).size() == 1;
      }
      clauses_.push_back(0);
      if (is_alone) add(-met(place), move);
    }
  }
}

void LocalFormula::add_rule(RuleId rule) {
  for (const ActionId action : net_->participants(rule)) {
    clauses_.push_back(-fired(rule));
    for (const int move : moves_of_[index(action)]) clauses_.push_back(move);
    clauses_.push_back(0);
  }
}

void LocalFormula::add_wide_rule(RuleId rule) {
  const auto actions = net_->participants(rule);
  if (actions.size() > width_max) return;
  for (const ActionId action : actions)
    for (const PlaceNet::Arc& arc : net_->arcs(action)) {
      clauses_.push_back(-met(arc.from));
      for (const ActionId other : actions) {
        if (other == action) continue;
        const std::uint32_t component = net_->component_of(other);
        const std::uint32_t first = index(net_->initial(component));
        clauses_.push_back(lively(component));
        for (std::uint32_t q = first; q < first + net_->places_of(component); ++q)
          if (!net_->offers(PlaceId{q}, other)) clauses_.push_back(stuck(PlaceId{q}));
      }
      clauses_.push_back(0);
    }
}

void LocalFormula::add_neighbours(const Neighbours& neighbours, const Neighbours::Pair& pair) {
  const std::uint32_t first = index(net_->initial(pair.first));
  const std::uint32_t second = index(net_->initial(pair.second));
  for (std::uint32_t p = first; p < first + net_->places_of(pair.first); ++p)
    for (std::uint32_t q = second; q < second + net_->places_of(pair.second); ++q) {
      if (neighbours.can_be_stuck(pair, PlaceId{p}, PlaceId{q})) continue;
      if (!net_->moves_alone(PlaceId{p})) add(-stuck(PlaceId{p}), -met(PlaceId{q}));
      if (!net_->moves_alone(PlaceId{q})) add(-met(PlaceId{p}), -stuck(PlaceId{q}));
    }
}

}  // namespace tryst
