// Pairs of a refinement search that need not be visited, because less is allowed elsewhere.
//
// Let S' ⊆ S be sets of the specification's states. In each model, what fails in a pair (S, s) or after it fails in
// (S', s), or after it by the same steps or fewer: the events, acceptances, revivals and divergences of S' are among those
// of S, and the sets that follow, also after refusals, are included again. So a pair is left out where (S', s) has been
// met, at the same level or before; it then leads to no failure that is nearer than all others. Shortest evidence is as
// short as without this, and found at a pair that is reached, so it says what it says. Whatever is left out is left out
// for good reasons, and forgetting some only costs time; so a state keeps at most list_max of its sets, small ones.
//   lists_       by state of the implementation: the sets met with it that contain no other one of these
//   signatures_  by node: a bit for each member, hashed to 64; a set lies in another only if its bits do
//
// Cost of covers(): list_max look-ups of signatures, and the sets of those few that fit. Threads: none.
// Source: De Wulf, Doyen, Henzinger, Raskin, "Antichains: a new algorithm for checking universality of finite automata",
// CAV 2006; for failures and divergences, with the mistakes of earlier versions: Laveaux, Groote, Willemse, "Correct and
// efficient antichain algorithms for refinement checking", LMCS 17(1), 2021. There what is visited is kept apart from what
// is to be visited; here both are the search's own list of pairs, whose order keeps evidence shortest.
#pragma once

#include <vector>

#include "checker/normal_form.hpp"
#include "checker/pairs.hpp"

namespace tryst {

// Thrown where leaving out pairs must pay, and does not.
struct AntichainInVain {};

class Antichain {
 public:
  static constexpr std::size_t list_max = 256;
  // A specification explodes when its normal form has so many nodes, and twice as many as it has states.
  static constexpr std::size_t nodes_min = 1024;
  // So many pairs must be met before it can be told whether this pays.
  static constexpr std::uint64_t pilot_pairs = std::uint64_t{1} << 16;

  explicit Antichain(NormalForm& specification) : specification_(specification) {}

  static bool is_worth_trying(const NormalForm& specification) {
    return specification.size() > nodes_min && specification.size() > 2 * specification.states_met();
  }

  // Whether a set that is kept for the state lies in the node; `other`: and is another one.
  bool covers(Pair, bool other = false);
  void add(Pair);

  // Whether at least half of the pairs that would have been new were covered, as far as there is enough to tell.
  bool pays() const { return asked_ < pilot_pairs || 2 * covered_ >= asked_; }
  void count(bool covered) {
    ++asked_;
    covered_ += covered ? 1 : 0;
  }

 private:
  struct Kept {
    NodeId node;
    std::uint64_t signature;
  };

  std::uint64_t signature(NodeId);
  bool lies_in(const Kept&, NodeId, std::uint64_t signature) const;

  NormalForm& specification_;
  std::vector<std::vector<Kept>> lists_;
  std::vector<std::uint64_t> signatures_;  // 0: not known
  std::uint64_t asked_ = 0;
  std::uint64_t covered_ = 0;
};

}  // namespace tryst
