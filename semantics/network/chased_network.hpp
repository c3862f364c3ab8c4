// chase(P) for a network P: its stable global states as local states of one component of another network.
//
// From a stable state an event leads to a state from which the first τ is followed until there is none; only where that
// ends is a state met. First is what the place of a rule says (Network::place()): the order of the calculus. A way that
// comes back to itself ends in divergence, and ✓ in the state after it; each is one local state.
//   now_       the global state at hand: a local state for each component, all of whose rows are there
//   undo_      what was changed in it, and from what, since the stable state that it was made from
//   heap_      τ-rules, the one with the first place on top, each once: all that are enabled, and some that were
//   waits_     by rule: whether it is in the heap
//   ordered_   the τ-rules by their place; rank_ by rule: where it is there
//   taus_, others_   by component and label: the rules to be looked at when a component comes to offer the label,
//   τ-rules
//                    with each of their participants, the others with one
// Because the state that an event leaves is stable, only rules of components that have moved need be looked at on the
// way. Cost: of moves(), the rows of all components, and for each transition the rules of the components that move.
// Memory: a packed state for each local state; nothing for the states on the way. Not thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/network/network.hpp"
#include "semantics/network/state_table.hpp"

namespace tryst {

class ChasedNetwork {
 public:
  // The initial state of the network is stable, its rules have places, and there is no priority in it. The budget may
  // be null. May throw as Network::expand() does.
  ChasedNetwork(Network&, Budget*);

  // As of a LocalSource.
  std::uint32_t size() const { return static_cast<std::uint32_t>(states_.size()); }
  void moves(LocalId, std::vector<LocalSource::Move>& out);

  enum class Kind : std::uint8_t { stable, divergent, terminated };
  Kind kind(LocalId s) const;
  // Of a stable state: the local states of the network's components.
  void locals(LocalId, std::vector<LocalId>& out) const;

 private:
  static constexpr std::uint32_t diverging = 0xffffffff;  // in place of a number of table_
  static constexpr std::uint32_t has_ended = 0xfffffffe;
  struct Change {
    std::uint32_t component;
    LocalId before;
  };
  using RulesByLabel = std::vector<std::vector<RuleId>>;
  // Of one graph, by (local state, label): where it leads, or no_id. Empty: it would be too large.
  struct Targets {
    std::size_t stride = 0;  // of a local state
    std::vector<LocalId> of;
  };
  static constexpr std::size_t targets_max = std::size_t{1} << 20;  // entries of one graph

  const Rule& rule(RuleId r) const { return network_.rules()[index(r)]; }
  LocalId target(const Participant&) const;  // from the state at hand; no_id: there is none
  void tabulate(std::uint32_t component, LocalId row);
  bool is_enabled(RuleId) const;
  void enter(std::uint32_t number);
  void perform(RuleId);
  void undo();
  void expand(std::uint32_t component);
  void add_rules();
  void order_taus(std::size_t known);
  void wake(std::uint32_t component);
  void pop();
  bool settle();
  std::uint32_t meet_now();
  LocalId state(std::uint32_t number);
  std::vector<RuleId> enabled_in_order() const;
  void pack_wider();
  Packing packing_of_now() const;
  void poll() {
    if (budget_ != nullptr) budget_->poll();
  }

  Network& network_;
  Budget* budget_;
  std::vector<Targets> targets_;  // by graph
  std::vector<LocalId> now_;
  std::vector<LocalId> mark_;  // an earlier state on the way, to notice that it comes back
  std::vector<Change> undo_;
  std::vector<RuleId> heap_;
  std::vector<bool> waits_;
  std::vector<RuleId> ordered_;
  std::vector<std::uint32_t> rank_;
  std::vector<RulesByLabel> taus_;
  std::vector<RulesByLabel> others_;
  std::size_t rules_ = 0;        // of the network, in taus_ and others_
  bool may_have_grown_ = false;  // some component, since the packing was chosen
  Packing packing_;
  StateTable table_;
  std::vector<std::uint64_t> packed_;  // scratch
  std::vector<std::uint32_t> states_;  // by local state: its number in table_, or `diverging` or `has_ended`
  std::vector<LocalId> state_of_;      // by number: its local state
  LocalId special_[2] = {no_id<LocalId>, no_id<LocalId>};  // the diverging one, the one that has ended, if met
};

}  // namespace tryst
