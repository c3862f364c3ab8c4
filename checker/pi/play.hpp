// The moves of the bisimulation games of the π-calculus, as plain data: what engine, verifier and report share.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "checker/pi/distinction.hpp"
#include "semantics/pi/transitions.hpp"

namespace tryst::pi {

enum class Instantiation : std::uint8_t { ground, early, late, open };

struct Equivalence {
  Instantiation instantiation = Instantiation::early;
  bool weak = false;
  bool congruence = false;  // strong early or late under every substitution; `weak` is false then
  friend bool operator==(const Equivalence&, const Equivalence&) = default;
};

enum class Stage : std::uint8_t {
  pair,         // two processes: the attacker moves one of them
  received,     // late: both have performed an input; the attacker chooses the names that were received
  substituted,  // congruence: the attacker chooses a substitution before anything else
};

struct Situation {
  Stage stage = Stage::pair;
  TermId left{}, right{};   // received: under `arity` loose names
  bool left_moved = false;  // received: whose input it was; weakly, the other may still perform τ
  std::uint32_t arity = 0;  // received
  std::vector<Kind> kinds;  // received: of what, as in a commitment
  Distinction distinction;  // open; of names that are free in one of the two at least
  friend bool operator==(const Situation&, const Situation&) = default;
};

// A transition under a choice of names.
struct Action {
  ActionKind kind = ActionKind::tau;
  Name subject{};
  std::vector<Name> objects{};   // input: none before the late choice of names, `arity` tells how many
  std::vector<Name> extruded{};  // output: those of the objects that are new, by first occurrence
  std::uint32_t arity = 0;       // of input and output
  std::vector<Kind> kinds{};     // input: as in a commitment
  friend auto operator<=>(const Action&, const Action&) = default;
};

// The prefixes that act in one step (Commitment); for showing it, no part of the rules.
struct Prefixes {
  Span span{}, partner{};
};

// pair: `substitution` (open), then one side performs `action`. received: `action.objects` are the names chosen.
// substituted: `substitution`.
struct Challenge {
  bool by_left = false;
  NameMap substitution{};
  Action action{};
  TermId target{};      // the attacker's process afterwards; substituted: unused
  Prefixes prefixes{};  // pair
};

struct Answer {
  TermId target;                  // the defender's process afterwards
  std::size_t round;              // where the attacker goes on; always later than the round it belongs to
  std::vector<Prefixes> steps{};  // of the defender on its way to the target, if it moves
};

// The attacker's challenge in a situation and all that the defender can answer: nothing, where the attacker has won.
struct Round {
  Situation situation;
  Challenge challenge;
  std::vector<Answer> answers;
};

// What must stay apart after the action: before, and whatever is extruded from all names known, `known` (before the
// substitution), and from each other. What is received joins no distinction.
Distinction distinction_after(const Situation&, const Challenge&, std::span<const Name> known);

// The situation after an answer; `target` is what the defender has become.
Situation after(const Situation&, const Challenge&, TermId target, const Equivalence&, const Terms&);

// Whether an input of these kinds is answered before it is known what is received: late, and open where data are, which
// are values like any other once they are received.
inline bool chooses_late(const Equivalence& equivalence, const std::vector<Kind>& kinds) {
  return equivalence.instantiation == Instantiation::late ||
         (equivalence.instantiation == Instantiation::open && !kinds.empty());
}

// Whether the input leaves the choice of names to the next round.
inline bool is_late(const Action& action) {
  return action.kind == ActionKind::input && action.objects.size() < action.arity;
}

}  // namespace tryst::pi
