// Which rules of a network commute, in a search together with a specification.
//
// Two rules are independent where, in whatever state both are enabled, each leaves the other enabled and both orders
// lead to the same state and node: they have no participant in common, and the specification does not see their order.
// It does not if one of them performs τ, or an event that no node forbids or moves on (Companion::sight()). With priority,
// enabled means that nothing enabled outranks it; a rule that can be outranked, by what is known already or not, is
// independent of none, and of two others each leaves the other enabled as before.
//
// Sleep sets use it. A state inherits from the state it was met from the rules that slept there or were followed before,
// as far as they are independent of the one that leads to it; met from several states, or on several rules, at one level,
// only what sleeps on all those ways. Rules that sleep are not followed, and yet every state is met at its level: let
// F(s, t) be the rules that from s begin a shortest way to t. No rule in F(s, t) sleeps in s; this is so at the start,
// where nothing sleeps. Let a be the first of F(s, t) that is followed in s, and say b, in F(s a, t), slept in s a. Then b
// is independent of a, so s b a = s a b, and b is in F(s, t): it cannot have slept in s, nor come before a. Meetings at
// later levels do not matter, because shortest ways have none. So the states, levels, verdicts and trails are those of the
// search of all transitions, and for any order in which rules are followed; who needs all transitions, as a search for
// cycles does, must not use it.
//
// Rules are bits as in the masks of Firing. `rank` orders them for who puts rules to sleep: those that are independent of
// most come first, because what sleeps on their account sleeps long; among them, those of neighbouring components
// together. On philosophers and schedulers this order halves what is left to follow.
// Cost of update(): rules × words of a mask.
// Source: Godefroid, "Partial-order methods for the verification of concurrent systems", LNCS 1032, 1996: conditional
// independence in section 3, sleep sets, there for depth-first search, in section 5.
#pragma once

#include <vector>

#include "checker/packed/companion.hpp"
#include "semantics/network/firing.hpp"

namespace tryst {

class Independence {
 public:
  // Takes in what there is now. Firing has masks.
  void update(const Firing&, const Companion&);

  std::size_t words() const { return words_; }
  // The rules that are independent of this one.
  const std::uint64_t* of(RuleId rule) const { return rows_.data() + index(rule) * words_; }
  std::uint32_t rank(RuleId rule) const { return ranks_[index(rule)]; }

 private:
  void rank_rules(const Network&);

  std::size_t words_ = 0;
  std::vector<std::uint64_t> rows_;
  std::vector<std::uint32_t> ranks_;
};

}  // namespace tryst
