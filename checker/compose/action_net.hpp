// A network whose components have all been built, in a form in which sets of components can be replaced by one.
//
// A *part* is a component, or what has taken the place of several. It is an Lts whose events are the part's *actions*:
// τ, which it does alone, and others, numbered from 2, which it does by rules. A rule is a set of parts with an action
// each, ascending by part, and the event that they perform together; it fires in every state in which all of them can
// perform theirs, each by any of its transitions. Parts may be nondeterministic.
//
// Rules decide which actions are the same: those that occur in the same rules, but for themselves. So what is invisible
// to all others is τ, and choices and names that nobody can tell apart are one action. With priority a rule also has its
// ranks, and is invisible only if it is τ in every layer: what is hidden further out may still be outranked.
//   parts_      by PartId, those included that have been replaced: these have no rules
//   rules_      those that are gone are not `alive`
//   rules_of_   by part: its rules, those gone included
// `ended` as the event of a rule with one part says that the system has ended where that part can perform the action.
// Threads: const functions may run together.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/lts.hpp"
#include "semantics/network/network.hpp"

namespace tryst {

enum class PartId : std::uint32_t {};

struct PartAction {
  PartId part;
  EventId action;
  friend auto operator<=>(const PartAction&, const PartAction&) = default;
};

struct JointRule {
  EventId event;
  std::vector<PartAction> participants;
  std::vector<Rank> ranks;  // ascending by layer
  friend auto operator<=>(const JointRule&, const JointRule&) = default;
};

// A set of parts as the others see it.
struct Interface {
  // What some of them do together, and the action of the whole that it is: τ where nothing else takes part in it and
  // it is invisible.
  struct Joint {
    std::vector<PartAction> participants;
    EventId action;
  };
  std::vector<Joint> joints;
  std::uint32_t actions = 2;     // of the whole, τ and the unused one included
  std::vector<JointRule> rules;  // by which it takes part in the rest, as a part with the number that is next
};

// Names for so many actions.
EventNames action_names(std::uint32_t actions);

class ActionNet {
 public:
  struct Limits {
    std::size_t locals_max = 200'000;  // local states of all components
    std::size_t rules_max = 200'000;
    std::size_t moves_max = 2'000'000;  // of all local states
  };

  // Builds what the network still lacks. `seen` says what becomes of the event of a rule: itself, another one, or τ.
  // Part i is component i, with its labels, plus 2, as actions. None: beyond the limits. May throw ScriptError, from
  // local states that no global state may contain, and LimitReached.
  static std::optional<ActionNet> of(Network&, const std::function<EventId(EventId)>& seen, Limits, Budget&);

  std::size_t size() const { return parts_.size(); }
  const Lts& part(PartId p) const { return parts_[index(p)]; }
  // Those that have not been replaced, ascending.
  std::span<const PartId> present() const { return present_; }

  const JointRule& rule(std::uint32_t r) const { return rules_[r]; }
  // Whether nobody but its parts can tell that it is performed.
  bool is_invisible(const JointRule& rule) const { return rule.event == tau && rule.ranks == ranks_of_tau_; }
  std::span<const Rank> ranks_of_tau() const { return ranks_of_tau_; }
  std::span<const PriorityLayer> layers() const { return layers_; }
  bool may_be_outranked(const JointRule& rule) const { return tryst::may_be_outranked(layers_, rule.ranks); }
  // The rules in which a part takes part.
  std::vector<std::uint32_t> rules_of(PartId) const;
  std::size_t rule_count() const { return alive_rules_; }

  // `set` ascends.
  Interface interface_of(std::span<const PartId> set, Budget&) const;
  // Puts one part in the place of several.
  PartId replace(std::span<const PartId> set, Lts whole, const Interface&);

 private:
  void add_rule(JointRule);

  std::vector<Lts> parts_;
  std::vector<PartId> present_;
  std::vector<JointRule> rules_;
  std::vector<bool> is_alive_;
  std::size_t alive_rules_ = 0;
  std::vector<std::vector<std::uint32_t>> rules_of_;
  std::vector<PriorityLayer> layers_;
  std::vector<Rank> ranks_of_tau_;
};

}  // namespace tryst
