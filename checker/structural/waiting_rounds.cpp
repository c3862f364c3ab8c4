#include "checker/structural/waiting_rounds.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tryst {

namespace {

constexpr std::int32_t apart_max = 3;  // rounds
constexpr std::size_t pair_states_max = std::size_t{1} << 16;
constexpr std::size_t states_max = std::size_t{1} << 23;  // of all pairs
constexpr std::size_t relaxations_max = std::size_t{1} << 27;

// The steps by which each component returns to a place on the way from its initial one, depth first.
std::set<std::pair<PlaceId, PlaceId>> turns_of(const PlaceNet& net) {
  enum class Mark : std::uint8_t { unseen, open, finished };
  std::set<std::pair<PlaceId, PlaceId>> turns;
  std::vector<Mark> marks(net.places(), Mark::unseen);
  std::vector<std::pair<PlaceId, std::size_t>> stack;  // a place, and the next of its moves
  for (std::size_t c = 0; c < net.components(); ++c) {
    stack.emplace_back(net.initial(c), 0);
    marks[index(net.initial(c))] = Mark::open;
    while (!stack.empty()) {
      auto& [p, next] = stack.back();
      if (next == net.moves(p).size()) {
        marks[index(p)] = Mark::finished;
        stack.pop_back();
        continue;
      }
      const PlaceId to = net.moves(p)[next++].target;
      if (marks[index(to)] == Mark::open) turns.emplace(p, to);
      if (marks[index(to)] != Mark::unseen) continue;
      marks[index(to)] = Mark::open;
      stack.emplace_back(to, 0);
    }
  }
  return turns;
}

// How far two components can be apart, by their places: the least number of rounds that the first is ahead of the
// second, and of the second ahead of the first.
class Apart {
 public:
  struct Bounds {
    std::int32_t least = apart_max + 1;
    std::int32_t most = -apart_max - 1;
  };

  Apart(const PlaceNet& net, std::set<std::pair<PlaceId, PlaceId>> turns, Budget& budget)
      : net_(net), turns_(std::move(turns)), budget_(budget) {}

  const std::set<std::pair<PlaceId, PlaceId>>& turns() const { return turns_; }

  // The least number of rounds that p's component is ahead of q's when they are there; none: it is not known.
  std::optional<std::int32_t> least_ahead(PlaceId p, PlaceId q) {
    const bool in_order = p < q;
    const std::uint32_t first = net_.component_of(in_order ? p : q);
    const std::uint32_t second = net_.component_of(in_order ? q : p);
    const auto [at, is_new] = known_.try_emplace({first, second});
    if (is_new) explore(first, second, at->second);
    if (at->second.empty()) return std::nullopt;
    const Bounds& bounds = at->second[slot(second, in_order ? p : q, in_order ? q : p)];
    return in_order ? bounds.least : -bounds.most;
  }

 private:
  struct Both {
    PlaceId p, q;
    std::int32_t ahead;
  };

  std::size_t slot(std::uint32_t second, PlaceId p, PlaceId q) const {
    return index(net_.local_of(p)) * net_.places_of(second) + index(net_.local_of(q));
  }
  std::int32_t turn(PlaceId from, PlaceId to) const { return turns_.contains({from, to}) ? 1 : 0; }

  // Leaves the bounds empty if the two can be too far apart.
  void explore(std::uint32_t first, std::uint32_t second, std::vector<Bounds>& bounds) {
    constexpr std::size_t differences = 2 * apart_max + 1;
    const std::size_t pairs = net_.places_of(first) * net_.places_of(second);
    if (pairs * differences > pair_states_max || states_ > states_max) return;
    std::vector<bool> met(pairs * differences, false);
    std::vector<Both> queue;
    bool is_bounded = true;
    const auto meet = [&](PlaceId p, PlaceId q, std::int32_t ahead) {
      if (ahead < -apart_max || ahead > apart_max) {
        is_bounded = false;
        return;
      }
      const std::size_t at = slot(second, p, q) * differences + static_cast<std::size_t>(ahead + apart_max);
      if (met[at]) return;
      met[at] = true;
      queue.push_back({p, q, ahead});
    };
    meet(net_.initial(first), net_.initial(second), 0);
    for (std::size_t i = 0; i < queue.size() && is_bounded; ++i) {
      const Both here = queue[i];
      for (const PlaceNet::Move& move : net_.moves(here.p)) {
        const std::int32_t ahead = here.ahead + turn(here.p, move.target);
        for (const RuleId rule : net_.rules_of(move.action)) {
          budget_.poll();
          if (const auto partner = participant(rule, second); !partner)
            meet(move.target, here.q, ahead);
          else if (const auto to = net_.target(here.q, *partner))
            meet(move.target, *to, ahead - turn(here.q, *to));
        }
      }
      for (const PlaceNet::Move& move : net_.moves(here.q))
        for (const RuleId rule : net_.rules_of(move.action))
          if (!participant(rule, first)) meet(here.p, move.target, here.ahead - turn(here.q, move.target));
    }
    states_ += queue.size();
    if (!is_bounded) return;
    bounds.resize(pairs);
    for (const Both& both : queue) {
      Bounds& here = bounds[slot(second, both.p, both.q)];
      here.least = std::min(here.least, both.ahead);
      here.most = std::max(here.most, both.ahead);
    }
  }

  std::optional<ActionId> participant(RuleId rule, std::uint32_t component) const {
    const auto actions = net_.participants(rule);
    const auto at = std::ranges::lower_bound(actions, ActionId{net_.first_action(component)});
    if (at == actions.end() || net_.component_of(*at) != component) return std::nullopt;
    return *at;
  }

  const PlaceNet& net_;
  std::set<std::pair<PlaceId, PlaceId>> turns_;
  Budget& budget_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Bounds>> known_;
  std::size_t states_ = 0;
};

struct Wait {
  PlaceId from;
  PlaceId to;
  std::int32_t ahead;  // at least
};

// Who waits for whom; none: somewhere a component waits for nobody, or it is not known how far two are apart.
std::optional<std::vector<Wait>> waits_of(const PlaceNet& net, const Neighbours& neighbours, Apart& apart,
                                          Budget& budget) {
  std::vector<Wait> waits;
  for (std::uint32_t i = 0; i < net.places(); ++i) {
    const PlaceId p{i};
    if (!net.can_block(p)) continue;
    bool waits_at_all = false;
    std::set<PlaceId> for_whom;
    for (const PlaceNet::Move& move : net.moves(p))
      for (const RuleId rule : net.rules_of(move.action)) {
        waits_at_all = true;
        for (const ActionId action : net.participants(rule)) {
          if (action == move.action) continue;
          const std::uint32_t other = net.component_of(action);
          budget.poll(static_cast<std::uint32_t>(net.places_of(other)));
          for (std::uint32_t k = 0; k < net.places_of(other); ++k)
            if (const PlaceId q = net.place(other, LocalId{k});
                net.can_block(q) && !net.offers(q, action) && neighbours.can_be_stuck(p, q))
              for_whom.insert(q);
        }
      }
    if (!waits_at_all) return std::nullopt;
    for (const PlaceId q : for_whom) {
      const auto ahead = apart.least_ahead(p, q);
      if (!ahead) return std::nullopt;
      waits.push_back({p, q, *ahead});
    }
  }
  return waits;
}

// Whether somebody's rank depends on itself.
bool has_circle(const std::vector<std::uint32_t>& depends_on) {
  std::vector<std::uint32_t> seen_from(depends_on.size(), 0);
  for (std::uint32_t start = 0; start < depends_on.size(); ++start) {
    std::uint32_t p = start;
    for (; p < depends_on.size() && seen_from[p] == 0; p = depends_on[p]) seen_from[p] = start + 1;
    if (p < depends_on.size() && seen_from[p] == start + 1) return true;
  }
  return false;
}

// Longest paths (Bellman & Ford); none: there is a circle.
std::optional<std::vector<std::int64_t>> ranks_of(std::size_t places, const std::vector<Wait>& waits,
                                                  std::int64_t round, Budget& budget) {
  std::vector<std::pair<std::uint32_t, const Wait*>> by_target;
  for (const Wait& wait : waits) by_target.emplace_back(index(wait.to), &wait);
  const Groups<const Wait*> waiting_for(places, by_target);
  std::vector<std::int64_t> ranks(places, 0);
  std::vector<std::uint32_t> depends_on(places, static_cast<std::uint32_t>(places));
  std::vector<bool> is_queued(places, true);
  std::vector<std::uint32_t> queue;
  for (std::uint32_t p = 0; p < places; ++p) queue.push_back(p);
  std::size_t until_checked = places;
  for (std::size_t steps = 0; !queue.empty();) {
    std::vector<std::uint32_t> next;
    for (const std::uint32_t q : queue) {
      is_queued[q] = false;
      budget.poll(1 + static_cast<std::uint32_t>(waiting_for[q].size()));
      for (const Wait* wait : waiting_for[q]) {
        const std::int64_t least = ranks[q] + 1 - round * wait->ahead;
        if (ranks[index(wait->from)] >= least) continue;
        ranks[index(wait->from)] = least;
        depends_on[index(wait->from)] = q;
        if (++steps > relaxations_max) return std::nullopt;
        if (!is_queued[index(wait->from)]) next.push_back(index(wait->from));
        is_queued[index(wait->from)] = true;
      }
    }
    if (steps > until_checked) {
      if (has_circle(depends_on)) return std::nullopt;
      until_checked = steps + places;
    }
    queue = std::move(next);
  }
  return ranks;
}

}  // namespace

std::optional<WaitingRounds> waiting_rounds(const PlaceNet& net, const Neighbours& neighbours, Budget& budget) {
  Apart apart(net, turns_of(net), budget);
  const auto waits = waits_of(net, neighbours, apart, budget);
  if (!waits) return std::nullopt;
  const auto round = static_cast<std::int64_t>(net.places()) + 1;
  auto ranks = ranks_of(net.places(), *waits, round, budget);
  if (!ranks) return std::nullopt;
  return WaitingRounds{round, {apart.turns().begin(), apart.turns().end()}, std::move(*ranks)};
}

}  // namespace tryst
