// One state of a packed search with all that the search wants to know about it: where it leads, together with the
// specification, and what is wrong with it.
//
// The companion of a packed state is the specification's node. A transition on a visible event, or ✓, takes the node
// along; where the node forbids the event, the transition is not followed but reported. What follows ✓ is not visited,
// and nothing below a node that allows everything.
// Each thread has an expander of its own; firing and companion do not change while they are used.
#pragma once

#include <optional>
#include <vector>

#include "checker/packed/companion.hpp"
#include "checker/pair_search.hpp"
#include "semantics/network/firing.hpp"

namespace tryst {

// What is asked: which states are at fault by themselves. Forbidden events always are.
struct PackedQuestion {
  Network& network;
  NormalForm* specification = nullptr;  // none: every event is allowed
  Model model = Model::T;
  bool deadlock_fails = false;
};

class Expander {
 public:
  Expander(const PackedQuestion&, const Firing&, const Companion&);

  // False: rows, or the node, are missing.
  bool expand(const std::uint64_t* state);

  // The transitions that the search follows: rule and packed target, in the order of the rules.
  std::size_t size() const { return size_; }
  const std::uint64_t* target(std::size_t i) const { return fired_.targets.data() + i * words_; }
  RuleId rule(std::size_t i) const { return fired_.rules[i]; }
  bool is_tau(std::size_t i) const { return companion_.event_number(rule(i)) == Companion::tau_number; }
  // All transitions, those included that are not followed.
  std::size_t transitions() const { return transitions_; }

  // Deadlock, or a refusal that the specification does not allow.
  std::optional<Fault> fault() const { return fault_; }
  struct Forbidden {
    RuleId rule;
    std::vector<std::uint64_t> target;
  };
  std::span<const Forbidden> forbidden() const { return forbidden_; }

 private:
  std::optional<Fault> judge(const std::uint64_t* state, std::uint32_t node);
  bool is_refusal_allowed(std::uint32_t node);

  const PackedQuestion& question_;
  const Firing& firing_;
  const Companion& companion_;
  std::size_t words_ = 1;
  Fired fired_;
  std::size_t size_ = 0;
  std::size_t transitions_ = 0;
  bool stable_ = false;  // no τ, no ✓
  std::optional<Fault> fault_;
  std::vector<Forbidden> forbidden_;
  std::vector<std::uint32_t> offered_;   // event numbers of the state's transitions
  std::vector<std::uint64_t> stamp_of_;  // by event number: the last state that offered it
  std::uint64_t stamp_ = 0;
};

}  // namespace tryst
