// Which places of two components that take part in the same rules can be occupied at the same time, as far as these two
// alone can tell: rules of both move both, every other rule of one of them may fire whenever that one offers it.
//
// What is excluded here is excluded in the network; what is not may still be impossible there.
//   pairs    (first, second), first < second, ascending; those of the narrowest rules, if there are too many
//   stuck_   a bit for each two places of a pair: both can be occupied, and no rule of these two alone can fire
// Cost: for each pair, the transitions of the two side by side, those that do the same once, and their actions. Memory: a bit for each two places.
// Source: Antonino, Gibson-Robinson & Roscoe, "Efficient deadlock-freedom checking using local analysis and SAT
// solving", iFM 2016 (pairwise reachability). Threads: immutable.
#pragma once

#include "checker/structural/alike.hpp"

namespace tryst {

class Neighbours {
 public:
  static constexpr std::size_t pairs_max = std::size_t{1} << 20;
  static constexpr std::size_t bits_max = std::size_t{1} << 31;  // of all pairs; the pairs behind exclude nothing

  struct Pair {
    std::uint32_t first;
    std::uint32_t second;
    std::size_t bits;  // of the pair's first two places, in stuck_; none: nothing is known
  };

  Neighbours(const PlaceNet&, Budget&);

  std::span<const Pair> pairs() const { return pairs_; }
  // Whether a deadlock may have both places, which belong to different components. O(log pairs).
  bool can_be_stuck(PlaceId, PlaceId) const;
  // The same for places of this pair, in this order.
  bool can_be_stuck(const Pair& pair, PlaceId p, PlaceId q) const {
    return pair.bits == unknown || stuck_[bit(pair, p, q)];
  }

 private:
  static constexpr std::size_t unknown = ~std::size_t{0};
  // How the actions of one component of a pair are tied to those of the other.
  struct Ties {
    std::vector<bool> is_free;                          // by group of actions that do the same: a rule has no other
    std::vector<std::pair<ActionId, ActionId>> common;  // in a rule with that of the other; ascending
  };

  void find_pairs(Budget&);
  void explore(const Pair&, const Alike&, Budget&);
  void drop_pairs_that_move(const Pair&);
  Ties ties(std::uint32_t component, std::uint32_t other, const Alike&) const;
  std::size_t bit(const Pair& pair, PlaceId p, PlaceId q) const {
    return pair.bits + index(net_->local_of(p)) * net_->places_of(pair.second) + index(net_->local_of(q));
  }

  const PlaceNet* net_;
  std::vector<Pair> pairs_;
  std::vector<bool> stuck_;
  std::vector<std::pair<PlaceId, PlaceId>> queue_;
};

}  // namespace tryst
