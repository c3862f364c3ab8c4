#include "checker/structural/certify_rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "checker/structural/certify_refutation.hpp"

namespace tryst {

namespace {

class Rounds {
 public:
  Rounds(const PlainNet& net, const Certificate::Rounds& rounds) : net_(net), round_(rounds.round) {
    constexpr std::int64_t rank_max = std::int64_t{1} << 60;
    if (round_ < 0 || round_ > rank_max / (2 * apart_max))
      throw WrongCertificate{"a round counts too much, or too little"};
    if (rounds.turns.size() % 2 != 0 || rounds.ranks.size() != net.size())
      throw WrongCertificate{"a round is not given by pairs of places and a rank for each place"};
    for (std::size_t i = 0; i < rounds.turns.size(); i += 2) turns_.emplace(rounds.turns[i], rounds.turns[i + 1]);
    for (const std::int64_t rank : rounds.ranks) {
      if (rank < -rank_max || rank > rank_max) throw WrongCertificate{"a rank is too large"};
      ranks_.push_back(rank);
    }
  }

  void check() {
    for (Place p = 0; p < net_.size(); ++p) {
      if (!net_.blockable(p)) continue;
      bool waits = false;
      for (const LocalGraph::Move& move : net_.row(p))
        for (const std::uint32_t rule : net_.rules(net_.component(p), move.label))
          for (const Participant& other : net_.participants(rule)) {
            waits = true;
            if (other.component != net_.component(p)) check_waits(p, other);
          }
      if (!waits) throw WrongCertificate{fmt::format("in place {} a component waits for nobody", p)};
    }
  }

 private:
  static constexpr int apart_max = 8;  // rounds
  // Two places, and by how many rounds the component of the first is ahead.
  using Both = std::tuple<Place, Place, int>;

  void check_waits(Place p, const Participant& other) {
    for (const Place q : net_.blockable_of(other.component)) {
      net_.budget().poll();
      if (net_.offers(q, other)) continue;
      for (const int ahead : ahead_of(p, q))
        if (ranks_[p] + ahead * round_ <= ranks_[q])
          throw WrongCertificate{fmt::format("place {} may wait for place {}, which is not behind it", p, q)};
    }
  }

  // None: they are never there together, or can go on by themselves.
  const std::set<int>& ahead_of(Place p, Place q) {
    static const std::set<int> never;
    if (moves_together(p, q)) return never;
    auto [at, is_new] = known_.try_emplace({net_.component(p), net_.component(q)});
    if (is_new) explore(net_.component(p), net_.component(q), at->second);
    const auto found = at->second.find({p, q});
    return found == at->second.end() ? never : found->second;
  }

  std::optional<Participant> participant(std::uint32_t rule, std::uint32_t component) const {
    for (const Participant& p : net_.participants(rule))
      if (p.component == component) return p;
    return std::nullopt;
  }

  bool moves_together(Place p, Place q) const {
    for (const LocalGraph::Move& move : net_.row(p))
      for (const std::uint32_t rule : net_.rules(net_.component(p), move.label)) {
        const auto who = net_.participants(rule);
        const auto partner = participant(rule, net_.component(q));
        if (who.size() == 2 && partner && net_.offers(q, *partner)) return true;
      }
    return false;
  }

  int turn(Place from, Place to) const { return turns_.contains({from, to}) ? 1 : 0; }

  void explore(std::uint32_t first, std::uint32_t second, std::map<std::pair<Place, Place>, std::set<int>>& met) const {
    std::vector<Both> queue;
    const auto meet = [&](Place p, Place q, int ahead) {
      if (std::abs(ahead) > apart_max) throw WrongCertificate{"two components can be too many rounds apart"};
      if (met[{p, q}].insert(ahead).second) queue.emplace_back(p, q, ahead);
    };
    meet(net_.first(first), net_.first(second), 0);
    for (std::size_t next = 0; next < queue.size(); ++next) {
      const auto [p, q, ahead] = queue[next];
      for (const LocalGraph::Move& move : net_.row(p)) {
        const Place to = net_.target(p, move.target);
        for (const std::uint32_t rule : net_.rules(first, move.label)) {
          net_.budget().poll();
          const auto partner = participant(rule, second);
          if (!partner)
            meet(to, q, ahead + turn(p, to));
          else if (const auto other = net_.after(q, partner->label))
            meet(to, *other, ahead + turn(p, to) - turn(q, *other));
        }
      }
      for (const LocalGraph::Move& move : net_.row(q)) {
        const Place to = net_.target(q, move.target);
        for (const std::uint32_t rule : net_.rules(second, move.label))
          if (!participant(rule, first)) meet(p, to, ahead - turn(q, to));
      }
    }
  }

  const PlainNet& net_;
  std::int64_t round_;
  std::set<std::pair<Place, Place>> turns_;
  std::vector<std::int64_t> ranks_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::map<std::pair<Place, Place>, std::set<int>>> known_;
};

}  // namespace

void check_rounds_of_waiting(const PlainNet& net, const Certificate::Rounds& rounds) { Rounds(net, rounds).check(); }

}  // namespace tryst
