// The transitions of π-terms, as commitments: an action, and a term under the names that the action binds.
//
// Abstractions and concretions after Milner ("The polyadic π-calculus: a tutorial", 1991) make late semantics need no
// choice of fresh names: what is bound stays a loose name of the target until somebody chooses. Early transitions
// choose all tuples that differ (early_tuples); symbolic ones carry the equations that make them possible (Sangiorgi,
// "A theory of bisimulation for the π-calculus", 1996; Victor & Moller, CAV 1994).
//   Mode::literal   names are constants: distinct unless they are the same. The late transitions.
//   Mode::symbolic  free names are variables; a transition exists for the substitutions that satisfy its condition.
//                   Restricted names are distinct from everything.
// The commitments of every term are kept: asking again costs nothing. Communication of different arities does not
// happen (clashes() finds it). Not thread-safe.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/pi/term.hpp"

namespace tryst::pi {

// How deep processes and the definitions they call without a prefix may be nested.
inline constexpr std::uint32_t derivation_depth_max = 2500;

enum class Mode : std::uint8_t { literal, symbolic };
enum class ActionKind : std::uint8_t { tau, input, output };

struct Constraint {
  Name left;  // left < right
  Name right;
  bool equal;
  friend auto operator<=>(const Constraint&, const Constraint&) = default;
};

struct Commitment {
  ActionKind kind = ActionKind::tau;
  Name subject{};             // of input and output; written outside the binders
  std::uint32_t binders = 0;  // input: the arity; output: how many names are extruded
  // Output: what is sent, written inside the binders: bound_name(i) with i < binders is an extruded name, and these
  // occur first in the order 0, 1, 2 ... Input: bound_name(0) .. bound_name(arity - 1).
  std::vector<Name> objects{};
  std::vector<Constraint> condition{};  // symbolic only, on free names: ascending, no duplicates, none trivial
  std::vector<Test> tests{};            // in both modes, of integer variables: likewise
  std::vector<Kind> kinds{};            // input: of what is received; none where all are names
  TermId target{};                      // loose names 0..binders-1 are the bound ones
  Span span{}, partner{};               // the prefixes that act: for communication the output, and the input
  friend bool operator==(const Commitment& a, const Commitment& b) {
    return a.kind == b.kind && a.subject == b.subject && a.binders == b.binders && a.objects == b.objects &&
           a.condition == b.condition && a.tests == b.tests && a.kinds == b.kinds && a.target == b.target;
  }
};

class Transitions {
 public:
  explicit Transitions(Terms& terms) : terms_(terms) {}

  void set_budget(Budget* budget) { budget_ = budget; }
  Terms& terms() { return terms_; }

  // All commitments of a settled term without loose names, without duplicates, in an order that depends only on the
  // order of construction. The reference lasts as long as this object. Throws LimitReached.
  const std::vector<Commitment>& of(TermId, Mode);

  // The state reached when the bound names become `names` (as many as there are binders), settled.
  TermId target(const Commitment&, std::span<const Name> names);
  // The objects under the same choice.
  std::vector<Name> objects(const Commitment&, std::span<const Name> names) const;

  // A state that is stuck on communications of different arities: an active output, and the input that it would meet.
  struct Clash {
    Span output, input;
  };
  std::vector<Clash> clashes(TermId);

 private:
  std::vector<Commitment> compute(TermId, Mode);
  void add_prefix(TermId, std::vector<Commitment>&);
  void add_guarded(TermId, Mode, std::vector<Commitment>&);
  void add_tested(TermId, Mode, std::vector<Commitment>&);
  void add_parallel(TermId, Mode, std::vector<Commitment>&);
  void add_replication(TermId, Mode, std::vector<Commitment>&);
  void add_restriction(TermId, Mode, std::vector<Commitment>&);

  Terms& terms_;
  Budget* budget_ = nullptr;
  std::uint32_t depth_ = 0;                                        // of the derivation in progress
  std::unordered_map<TermId, std::vector<Commitment>> caches_[2];  // by mode
};

// What is received where data may be: names as the relation or the semantics wants them, Booleans always one of the
// two, numbers from a list or as variables.
struct Reception {
  bool all_names = true;           // known and fresh ones; otherwise fresh ones only
  std::span<const Name> integers;  // none: integer variables
};

// Calls `visit` with every tuple of what an input of these kinds (none: all names) can receive, see early_tuples.
// `known` (ascending) are the free names and variables of the processes.
void receptions(std::uint32_t arity, std::span<const Kind> kinds, std::span<const Name> known, const Reception&,
                const std::function<bool(std::span<const Name>)>& visit);

// Calls `visit` with every tuple of `arity` names over `known` and fresh names that differs from the others by more
// than a renaming of fresh names: a fresh name occurs only after all earlier ones of `fresh` (restricted growth
// strings). `fresh` holds `arity` names. `visit` returns false to stop.
void early_tuples(std::uint32_t arity, std::span<const Name> known, std::span<const Name> fresh,
                  const std::function<bool(std::span<const Name>)>& visit);

}  // namespace tryst::pi
