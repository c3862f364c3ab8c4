// What a process can answer to a challenge, enumerated as far as it is asked for, breadth first: the answer with the
// fewest τ comes first, and an infinite τ-closure is never walked to its end unless all its answers fail.
//
// Strong: one transition. Weak: a walk over (process, whether the action is done) along τ; for a late input it ends
// with the input itself, whose names are not chosen yet. The lists are kept, by process, action and, where open
// bisimilarity meets a mismatch, distinction: each is walked once. Memory: 40 bytes a process of a list.
#pragma once

#include <deque>
#include <map>
#include <unordered_set>

#include "checker/pi/play.hpp"

namespace tryst::pi {

// Thrown where an open bisimilarity would have to decide [a#b] for names that may be identified.
struct UndecidedMismatch {
  Name left, right;
};

// Whether a commitment is a transition of the process as it stands: no equations left, and all disequalities in the
// distinction. Literal commitments have no condition. Throws UndecidedMismatch.
bool is_enabled(const Commitment&, const Distinction&);

// The most general substitution under which an attacker's commitment is a transition, if one respects the distinction.
// Throws UndecidedMismatch.
std::optional<NameMap> substitution_of(const Commitment&, const Distinction&);

// The action of a commitment under a substitution, when the bound names become `names`.
Action action_of(const Commitment&, std::span<const Name> names, const NameMap&, const Transitions&);

// Whether the commitment performs the action; the arity of an input counts, its objects do not.
bool performs(const Commitment&, const Action&, const Transitions&);

class AnswerLists {
 public:
  AnswerLists(Transitions& transitions, Equivalence equivalence, Budget& budget)
      : transitions_(transitions), equivalence_(equivalence), budget_(budget) {}

  // A list for a process; ids are dense from 0. Input: with objects, for the process after receiving them; without,
  // late, for abstractions of loose names. `before` and `later` are the distinctions before and after the action.
  std::uint32_t list(TermId process, const Action&, const Distinction& before, const Distinction& later);
  // Number n of a list, if there are so many.
  std::optional<TermId> at(std::uint32_t list, std::uint32_t n);
  // The steps to it, as few as there can be.
  std::vector<Prefixes> path(std::uint32_t list, std::uint32_t n) const;

 private:
  struct Key {
    TermId process;
    Action action;
    std::vector<std::pair<Name, Name>> before, later;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Walk {
    TermId process;
    bool done;             // the action has been performed
    std::uint32_t from;    // the walk before, in the queue
    const Commitment* by;  // the step from there; null: none, this is the first
  };
  struct List {
    Action action;
    Distinction before, later;
    std::vector<Walk> queue;
    std::size_t next = 0;              // queue[next] is the first not yet expanded
    std::vector<std::uint32_t> found;  // the walks that are answers, in the queue
  };

  void expand(std::uint32_t list, std::uint32_t walk);
  void meet(std::uint32_t list, Walk);
  Mode mode() const { return equivalence_.instantiation == Instantiation::open ? Mode::symbolic : Mode::literal; }

  Transitions& transitions_;
  Equivalence equivalence_;
  Budget& budget_;
  std::map<Key, std::uint32_t> ids_;
  std::deque<List> lists_;
  std::unordered_set<std::uint64_t> seen_;  // list, process and done of every walk, in 32, 31 and 1 bits
};

}  // namespace tryst::pi
