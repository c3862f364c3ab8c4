#include "checker/structural/certify_local.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "checker/structural/certify_refutation.hpp"
#include "checker/structural/unit_propagation.hpp"

namespace tryst {

namespace {

bool goes_alone(const PlainNet& net, Place p, const LocalGraph::Move& move) {
  return std::ranges::any_of(net.rules(net.component(p), move.label),
                             [&](std::uint32_t rule) { return net.participants(rule).size() == 1; });
}

bool can_be_stuck(const PlainNet& net, Place p) {
  return std::ranges::none_of(net.row(p), [&](const LocalGraph::Move& move) { return goes_alone(net, p, move); });
}

// Whether nothing is missed if the component does not go on: it has ended, or is no part of the process.
bool may_rest(const PlainNet& net, Place p) {
  const auto labels = net.network().graph(net.component(p)).labels();
  return !net.network().is_process(net.component(p)) ||
         std::ranges::any_of(net.row(p),
                             [&](const LocalGraph::Move& move) { return labels[index(move.label)].event == ended; });
}

class ComingRound {
 public:
  explicit ComingRound(const PlainNet& net) : net_(net), sources_(net.size()) {
    for (Place p = 0; p < net.size(); ++p)
      for (const LocalGraph::Move& move : net.row(p)) sources_[net.target(p, move.target)].push_back(p);
  }

  void check() {
    for (Place p = 0; p < net_.size(); ++p) {
      if (may_rest(net_, p))
        throw WrongCertificate{"the network may end, and an order of waiting says nothing of that"};
      if (!net_.blockable(p)) continue;
      const std::set<std::uint32_t> others = partners(p);
      if (std::ranges::all_of(others, [&](std::uint32_t other) { return can_stay_away(p, other); }))
        throw WrongCertificate{fmt::format("nobody has to come round to place {}", p)};
    }
  }

 private:
  std::set<std::uint32_t> partners(Place p) const {
    std::set<std::uint32_t> others;
    for (const LocalGraph::Move& move : net_.row(p))
      for (const std::uint32_t rule : net_.rules(net_.component(p), move.label))
        if (net_.participants(rule).size() == 2)
          for (const Participant& each : net_.participants(rule)) others.insert(each.component);
    others.erase(net_.component(p));
    return others;
  }

  // Whether the other can go on and on in places that it can be in while the first is stuck, and none of its own moves
  // leads elsewhere.
  bool can_stay_away(Place stuck, std::uint32_t other) {
    const Place first = net_.first(other);
    std::vector<bool> left;
    std::vector<Place> open;
    for (Place q = first; q < net_.end(other); ++q) {
      left.push_back(meetings_.can_meet(stuck, q));
      if (left.back()) open.push_back(q);
    }
    std::size_t count = open.size();
    while (!open.empty()) {
      const Place q = open.back();
      open.pop_back();
      net_.budget().poll();
      if (!left[q - first] || can_stay(stuck, q, left)) continue;
      left[q - first] = false;
      --count;
      open.insert(open.end(), sources_[q].begin(), sources_[q].end());
    }
    return count > 0;
  }

  bool can_stay(Place stuck, Place q, const std::vector<bool>& left) const {
    bool has_way_on = false;
    for (const LocalGraph::Move& move : net_.row(q)) {
      const bool stays = left[index(move.target)];
      if (!stays && goes_alone(net_, q, move)) return false;
      has_way_on = has_way_on || (stays && can_go_without(net_.component(stuck), q, move));
    }
    return has_way_on;
  }

  bool can_go_without(std::uint32_t component, Place q, const LocalGraph::Move& move) const {
    return std::ranges::any_of(net_.rules(net_.component(q), move.label), [&](std::uint32_t rule) {
      return std::ranges::none_of(net_.participants(rule),
                                  [&](const Participant& each) { return each.component == component; });
    });
  }

  const PlainNet& net_;
  std::vector<Places> sources_;  // by place: where moves to it start
  Meetings meetings_{net_};
};

// The clauses of local_formula.hpp, and the lemmas.
class LocalRefutation {
 public:
  LocalRefutation(const PlainNet& net, const Certificate::Argument& argument) : net_(net), argument_(argument) {
    const auto places = static_cast<int>(net.size());
    int moves = 0;
    for (Place p = 0; p < net.size(); ++p) {
      first_move_.push_back(2 * places + moves + 1);
      moves += static_cast<int>(net.row(p).size());
    }
    first_rule_ = 2 * places + moves + 1;
    first_lively_ = first_rule_ + static_cast<int>(net.network().rules().size());
    variables_ = first_lively_ + static_cast<int>(net.components()) - 1;
    for (const Certificate::Ladder& ladder : argument.ladders) {
      if (ladder.places.empty() || ladder.first_variable != variables_ + 1)
        throw WrongCertificate{"a ladder has other variables"};
      variables_ += static_cast<int>(ladder.places.size()) - 1;
    }
    find_neighbours();
  }

  void check() {
    UnitPropagation clauses(variables_, [this](int variable) -> const std::vector<int>& { return excluded(variable); });
    clauses_ = &clauses;
    for (std::uint32_t c = 0; c < net_.components(); ++c) add_component(c);
    for (Place p = 0; p < net_.size(); ++p) add_place(p);
    for (std::uint32_t r = 0; r < net_.network().rules().size(); ++r) add_rule(r);
    for (const Certificate::Ladder& ladder : argument_.ladders) add_ladder(ladder);
    for (const Places& trap : argument_.traps) {
      std::vector<int> somewhere;
      for (const Place p : trap) somewhere.push_back(met(p));
      clauses.add(somewhere);
    }
    std::vector<int> somebody;
    for (Place p = 0; p < net_.size(); ++p)
      if (can_be_stuck(net_, p) && !may_rest(net_, p)) somebody.push_back(stuck(p));
    clauses.add(somebody);
    follow_lemmas(clauses, variables_, argument_, net_.budget());
  }

 private:
  static constexpr std::size_t width_max = 16;    // participants of a rule that is told where each is met
  static constexpr std::size_t pairwise_max = 8;  // places of a component without a ladder

  int stuck(Place p) const { return static_cast<int>(p) + 1; }
  int met(Place p) const { return static_cast<int>(net_.size() + p) + 1; }
  int moved(Place p, std::size_t i) const { return first_move_[p] + static_cast<int>(i); }
  int fired(std::uint32_t rule) const { return first_rule_ + static_cast<int>(rule); }
  int lively(std::uint32_t component) const { return first_lively_ + static_cast<int>(component); }
  void add(std::initializer_list<int> clause) { clauses_->add(std::vector(clause)); }

  void find_neighbours() {
    std::set<std::pair<std::uint32_t, std::uint32_t>> found;
    for (std::uint32_t r = 0; r < net_.network().rules().size(); ++r) {
      constexpr std::size_t shown_max = 1024;
      if (net_.participants(r).size() > shown_max) continue;
      for (const Participant& first : net_.participants(r))
        for (const Participant& second : net_.participants(r))
          if (first.component != second.component) found.emplace(first.component, second.component);
    }
    neighbours_.resize(net_.components());
    for (const auto& [first, second] : found) neighbours_[first].push_back(second);
  }

  void add_component(std::uint32_t component) {
    std::vector<int> somewhere_stuck{lively(component)};
    std::vector<int> somewhere_met{-lively(component)};
    for (Place p = net_.first(component); p < net_.end(component); ++p) {
      somewhere_met.push_back(met(p));
      if (can_be_stuck(net_, p)) somewhere_stuck.push_back(stuck(p));
    }
    clauses_->add(somewhere_stuck);
    clauses_->add(somewhere_met);
    if (somewhere_stuck.size() > pairwise_max + 1) return;
    for (const int p : somewhere_stuck)
      for (const int q : somewhere_stuck)
        if (p < q) add({-p, -q});
  }

  void add_place(Place p) {
    const std::uint32_t component = net_.component(p);
    const auto row = net_.row(p);
    add({-met(p), stuck(p), lively(component)});
    add({-stuck(p), met(p)});
    add({-stuck(p), -lively(component)});
    if (!can_be_stuck(net_, p)) add({-stuck(p)});
    std::vector<int> goes_on{-met(p), stuck(p)};
    for (std::size_t i = 0; i < row.size(); ++i) {
      const int move = moved(p, i);
      goes_on.push_back(move);
      add({-move, met(p)});
      add({-move, met(net_.target(p, row[i].target))});
      add({-move, lively(component)});
      std::vector<int> by_a_rule{-move};
      for (const std::uint32_t rule : net_.rules(component, row[i].label)) by_a_rule.push_back(fired(rule));
      clauses_->add(by_a_rule);
      if (goes_alone(net_, p, row[i])) add({-met(p), move});
    }
    clauses_->add(goes_on);
  }

  void add_rule(std::uint32_t rule) {
    const auto who = net_.participants(rule);
    for (const Participant& each : who) {
      std::vector<int> somewhere{-fired(rule)};
      for (Place p = net_.first(each.component); p < net_.end(each.component); ++p)
        for (std::size_t i = 0; i < net_.row(p).size(); ++i)
          if (net_.row(p)[i].label == each.label) somewhere.push_back(moved(p, i));
      clauses_->add(somewhere);
    }
    if (who.size() <= 2 || who.size() > width_max) return;
    for (const Participant& each : who) {
      std::vector<int> prevented;
      for (const Participant& other : who) {
        if (other.component == each.component) continue;
        prevented.push_back(lively(other.component));
        for (Place q = net_.first(other.component); q < net_.end(other.component); ++q)
          if (!net_.offers(q, other)) prevented.push_back(stuck(q));
      }
      for (Place p = net_.first(each.component); p < net_.end(each.component); ++p) {
        if (!net_.offers(p, each)) continue;
        prevented.push_back(-met(p));
        clauses_->add(prevented);
        prevented.pop_back();
      }
    }
  }

  // v_i stands for "stuck in one of the first i places": whatever it is defined as, nothing is lost.
  void add_ladder(const Certificate::Ladder& ladder) {
    check_ladder(ladder, net_);
    for (std::size_t i = 0; i < ladder.places.size(); ++i) {
      const int here = ladder.first_variable + static_cast<int>(i);
      const int place = stuck(ladder.places[i]);
      if (i > 0) add({-(here - 1), -place});
      if (i + 1 == ladder.places.size()) break;
      add({-place, here});
      if (i > 0) add({-(here - 1), here});
    }
  }

  // Where neighbours are not met while a component is stuck, or not stuck while it is met: too many to be clauses.
  const std::vector<int>& excluded(int literal) {
    static const std::vector<int> nothing;
    const auto places = static_cast<int>(net_.size());
    if (literal > 2 * places) return nothing;
    const auto [at, is_new] = excluded_.try_emplace(literal);
    if (!is_new) return at->second;
    const Place p = static_cast<Place>((literal - 1) % places);
    for (const std::uint32_t other : neighbours_[net_.component(p)])
      for (Place q = net_.first(other); q < net_.end(other); ++q)
        if (!meetings_.can_meet(p, q)) at->second.push_back(literal <= places ? met(q) : stuck(q));
    return at->second;
  }

  const PlainNet& net_;
  const Certificate::Argument& argument_;
  Meetings meetings_{net_};
  UnitPropagation* clauses_ = nullptr;
  std::vector<int> first_move_;  // by place
  int first_rule_ = 0;
  int first_lively_ = 0;
  int variables_ = 0;
  std::vector<std::vector<std::uint32_t>> neighbours_;  // by component
  std::map<int, std::vector<int>> excluded_;            // by variable, as far as asked for
};

}  // namespace

void check_comes_round(const PlainNet& net) { ComingRound(net).check(); }

void check_local_refutation(const PlainNet& net, const Certificate::Argument& argument) {
  LocalRefutation(net, argument).check();
}

}  // namespace tryst
