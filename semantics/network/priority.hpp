// Priority over the rules of a network: which of those that are enabled are not performed.
//
// A priority operator with nothing but unary operators around it is a *layer*; inner layers come first. In a layer a rule
// has a grade, or none, by the event that it is there; a rule without a grade neither is outranked nor outranks. In a
// global state a layer leaves of the rules that the layers before it have left those for which none of a grade above is
// among them, outranked ones included. What is left by the last layer is performed.
//
// The order of the grades has no cycle, so something is left wherever something is enabled: a network has the deadlocks
// of the same network without priority, as far as it reaches them. What it can do is less, and it reaches no more.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace tryst {

struct PriorityLayer {
  static constexpr std::uint32_t grade_of_tau = 0;  // and of ✓
  struct Grade {
    std::vector<std::uint32_t> above;  // the grades met so far that outrank this one
    bool may_be_outranked;             // by one that may be met yet
  };
  std::vector<Grade> grades;

  // Whether whatever may be outranked is so by τ as well, which it is in every layer that CSPM can express: only stable
  // states perform it.
  bool is_tau_urgent() const {
    return std::ranges::all_of(grades, [](const Grade& grade) {
      return !grade.may_be_outranked || std::ranges::find(grade.above, grade_of_tau) != grade.above.end();
    });
  }
};

// What a rule is to a layer.
struct Rank {
  std::uint32_t layer;
  std::uint32_t grade;
  friend auto operator<=>(const Rank&, const Rank&) = default;
};

// Of a rule with these ranks.
inline bool may_be_outranked(std::span<const PriorityLayer> layers, std::span<const Rank> ranks) {
  return std::ranges::any_of(ranks, [layers](Rank r) { return layers[r.layer].grades[r.grade].may_be_outranked; });
}

}  // namespace tryst
