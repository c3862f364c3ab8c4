// One state of a packed search with all that the search wants to know about it: where it leads, together with the
// specification, and what is wrong with it.
//
// The companion of a packed state is the specification's node. A transition on a visible event, or ✓, takes the node
// along; where the node forbids the event, the transition is not followed but reported. What follows ✓ is not visited,
// and nothing below a node that allows everything.
// Each thread has an expander of its own; firing and companion do not change while they are used.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "checker/packed/companion.hpp"
#include "checker/packed/independence.hpp"
#include "checker/pair_search.hpp"
#include "semantics/network/firing.hpp"

namespace tryst {

// What is asked: which states are at fault by themselves. Forbidden events always are.
struct PackedQuestion {
  Network& network;
  NormalForm* specification = nullptr;  // none: every event is allowed
  Model model = Model::T;
  bool deadlock_fails = false;
  // Which transitions need not be followed: none; those that lead to nothing new (independence.hpp); or those that are
  // not needed to meet a deadlock or, with a specification and in T, a trace (stubborn_sets.hpp).
  enum class Reduction : std::uint8_t { none, sleep_sets, stubborn_sets };
  Reduction reduction = Reduction::sleep_sets;
};

class Expander {
 public:
  Expander(const PackedQuestion&, const Firing&, const Companion&);

  // Appends the transitions of a state that the search follows, without the rules that sleep there, if there are any.
  // With independence, finds out which sleep at the targets. False: rows, or the node, are missing.
  bool expand(const std::uint64_t* state, const std::uint64_t* asleep = nullptr, const Independence* = nullptr);
  // From now on only τ is followed.
  void follow_tau_only() { tau_only_ = true; }

  // The transitions since the last clear(): rule and packed target, those of a state in the order of the rules, or of
  // their ranks.
  void clear() { fired_.count = 0; }
  std::size_t size() const { return fired_.count; }
  const std::uint64_t* target(std::size_t i) const { return fired_.targets.data() + i * words_; }
  RuleId rule(std::size_t i) const { return fired_.rules[i]; }
  const std::uint64_t* targets() const { return fired_.targets.data(); }
  const std::uint64_t* asleep() const { return asleep_.data(); }  // what sleeps at each target
  bool is_tau(std::size_t i) const { return companion_.event_number(rule(i)) == Companion::tau_number; }

  // Of the state expanded last: the number of all transitions, those included that are not followed.
  std::size_t transitions() const { return transitions_; }

  // Deadlock, or a refusal that the specification does not allow.
  std::optional<Fault> fault() const { return fault_; }
  struct Forbidden {
    RuleId rule;
    std::vector<std::uint64_t> target;
  };
  std::span<const Forbidden> forbidden() const { return forbidden_; }

 private:
  std::span<const RuleId> rules_from(std::size_t first) const {
    return std::span(fired_.rules).subspan(first, fired_.count - first);
  }
  void follow(std::uint32_t node, std::size_t first, const Independence*);
  void offer(std::uint32_t number);
  void sort(std::size_t first, const Independence&);
  void offer_sleepers(const std::uint64_t* asleep);
  void fall_asleep(std::size_t transition, RuleId, const Independence&);
  std::optional<Fault> judge(const std::uint64_t* state, std::uint32_t node);
  bool is_refusal_allowed(std::uint32_t node);

  const PackedQuestion& question_;
  const Firing& firing_;
  const Companion& companion_;
  const bool judges_refusals_;
  std::size_t words_ = 1;
  Fired fired_;
  bool tau_only_ = false;
  std::size_t transitions_ = 0;
  bool stable_ = false;  // no τ, no ✓
  std::optional<Fault> fault_;
  std::vector<Forbidden> forbidden_;
  std::vector<std::uint64_t> asleep_;    // by transition, a mask of rules
  std::vector<std::uint64_t> running_;   // what sleeps after the transitions so far
  std::vector<std::uint32_t> offered_;   // event numbers of the state's transitions
  std::vector<std::uint64_t> stamp_of_;  // by event number: the last state that offered it
  std::uint64_t stamp_ = 0;
};

}  // namespace tryst
