// A network whose components have all been built, as a Petri net: a component is always in exactly one of its *places*,
// its local states, and a rule moves some of the components at once.
//
//   place     a local state of a component; those of a component are consecutive, in the order of the local states
//   action    a label of a component; those of a component are consecutive, in the order of the labels
//   rule      some actions, of different components, ascending; it can fire where all of them are offered
// Every place counts, whether the component can get there in company or not: what is shown for all places of the net is
// true of the states of the network.
// Memory: linear in the local transitions and the participants of rules. Threads: immutable.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "checker/structural/groups.hpp"
#include "semantics/budget.hpp"
#include "semantics/network/network.hpp"

namespace tryst {

enum class PlaceId : std::uint32_t {};
enum class ActionId : std::uint32_t {};

class PlaceNet {
 public:
  struct Limits {
    std::size_t places_of_graph_max = std::size_t{1} << 16;
    std::size_t moves_of_graph_max = std::size_t{1} << 22;
    std::size_t size_max = std::size_t{1} << 24;  // places, moves, and rules, of all components together
  };

  struct Move {  // of a place
    ActionId action;
    PlaceId target;
  };
  struct Arc {  // of an action: what it does to its component
    PlaceId from;
    PlaceId to;
  };

  // Builds what the network still lacks. None: it has more places, moves or rules than the limits say, perhaps without
  // end. May throw ScriptError, from local states that no global state may contain, and LimitReached.
  static std::optional<PlaceNet> of(Network& network, Budget& budget) { return of(network, budget, {}); }
  static std::optional<PlaceNet> of(Network&, Budget&, const Limits&);

  std::size_t components() const { return first_place_.size() - 1; }
  std::size_t places() const { return component_of_.size(); }
  std::size_t actions() const { return component_of_action_.size(); }
  std::size_t rules() const { return participants_.size(); }

  PlaceId initial(std::size_t component) const { return PlaceId{first_place_[component]}; }
  PlaceId place(std::size_t component, LocalId local) const { return PlaceId{first_place_[component] + index(local)}; }
  std::size_t places_of(std::size_t component) const { return first_place_[component + 1] - first_place_[component]; }
  std::uint32_t component_of(PlaceId p) const { return component_of_[index(p)]; }
  LocalId local_of(PlaceId p) const { return LocalId{index(p) - first_place_[component_of(p)]}; }

  std::uint32_t first_action(std::size_t component) const { return first_action_[component]; }
  std::size_t actions_of(std::size_t component) const {
    return first_action_[component + 1] - first_action_[component];
  }
  std::uint32_t component_of(ActionId a) const { return component_of_action_[index(a)]; }

  std::span<const Move> moves(PlaceId p) const { return moves_[index(p)]; }  // ascending by action
  std::span<const Arc> arcs(ActionId a) const { return arcs_[index(a)]; }    // at least one
  std::span<const RuleId> rules_of(ActionId a) const { return rules_of_[index(a)]; }
  std::span<const ActionId> participants(RuleId r) const { return participants_[index(r)]; }
  // The target of the action; none if the place does not offer it. O(log of the moves).
  std::optional<PlaceId> target(PlaceId, ActionId) const;
  bool offers(PlaceId p, ActionId a) const { return target(p, a).has_value(); }

  // Whether the component can be there in a deadlock: it cannot go on alone, and the system has not ended.
  bool can_block(PlaceId p) const { return can_block_[index(p)]; }
  // Whether the component can go on alone there.
  bool moves_alone(PlaceId p) const { return moves_alone_[index(p)]; }
  // Whether the component has ended there, or is no part of the process: then nothing is missed if it does not go on.
  bool may_rest(PlaceId p) const { return may_rest_[index(p)]; }

 private:
  PlaceNet() = default;
  void add_components(const Network&, Budget&);
  void add_rules(const Network&, Budget&);
  void mark_blockable(const Network&);
  void mark_resting(const Network&);

  std::vector<std::uint32_t> first_place_;   // by component, and one more
  std::vector<std::uint32_t> first_action_;  // by component, and one more
  std::vector<std::uint32_t> component_of_;
  std::vector<std::uint32_t> component_of_action_;
  std::vector<bool> can_block_;
  std::vector<bool> moves_alone_;
  std::vector<bool> may_rest_;
  Groups<Move> moves_;
  Groups<Arc> arcs_;
  Groups<RuleId> rules_of_;
  Groups<ActionId> participants_;
};

}  // namespace tryst
