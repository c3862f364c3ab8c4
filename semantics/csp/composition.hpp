// The static operators of a process as a tree, and the rules of the network that it amounts to.
//
// The tree has components as leaves. When a component meets a new label, offer() follows it from the leaf to the root:
// each operator turns what its operand does into what the whole does, alone or joined with what the other operands were
// seen to do; what arrives at the root is a rule. Each combination of labels is met exactly once, when the last of its
// labels is, and only combinations whose labels exist are ever made: a parallel over an alphabet of 100,000 events
// costs what its operands can do, not what the alphabet holds.
//
// Termination is distributed, as in the reference engine (semantics/csp/rules_parallel.cpp): an operand's ✓ is a τ of
// the whole, and a parallel operator whose operands have all ended performs ✓ once. Whether it has is the state of one
// more component, its *terminator*, which is added when all operands are first able to end.
//
// A priority operator may be a node where all nodes around it have one operand: what arrives there becomes a rule, or
// several, and has the rank that the operator gives it.
// Where the first of several τs is to be followed, the order of moves is kept along the way, as a word: two rules on
// the same event compare as the moves would that the operational rules conclude. Each operator puts before the words of
// its operands what decides sooner: which rule, which operand, which event of the operand. No word of an operand's ways
// on an event is the beginning of another, so words that lie one behind the other compare one by one. A component may
// become a phase (semantics/csp/phases.hpp): a tree of its own, of which `;`, exceptions and interrupts may be nodes. What
// arrives at its root is done by that component. Some of it leaves the phase, and carries on its way up what the process
// is then: after ✓, what has been thrown, and what a handler has done. Order is not kept through phases.
//   nodes_     children before parents
//   offered    by operand: what it was seen to do, as far as other operands must join it
// Cost: the number of rules times the depth of the tree. Not thread-safe.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "semantics/csp/alphabet_index.hpp"
#include "semantics/csp/terms.hpp"
#include "semantics/network/network.hpp"

namespace tryst::csp {

class Composition {
 public:
  using NodeId = std::uint32_t;
  static constexpr NodeId no_node = 0xffffffff;

  // What becomes of the tree.
  class Builder {
   public:
    virtual ~Builder() = default;
    // At the root; `order` as Network::place(), empty unless it is kept.
    virtual void rule(EventId, std::span<const Participant>, std::span<const Rank>,
                      std::span<const std::uint32_t> order) = 0;
    virtual std::optional<Rank> rank(NodeId, EventId) = 0;  // of an event at a priority operator
    virtual void end_mark(Participant) = 0;                 // at the root
    virtual std::uint32_t terminator(NodeId) = 0;           // adds the component; its labels are offered later
    // These have done something together after which the phase is left, as this term, perhaps unresolved; none: Ω.
    virtual void leave_phase(NodeId root, EventId, std::span<const Participant>, std::optional<ProcessId> next) = 0;
  };

  Composition(Terms& terms, Builder& builder, bool keeps_order)
      : terms_(terms), builder_(builder), keeps_order_(keeps_order) {}

  static bool is_static(Operator);        // can be a node
  static bool is_unary_static(Operator);  // hide, project, rename
  static bool is_priority(Operator);      // can be a node around everything
  static bool may_be_left(Operator);      // can be a node of a phase only: `;`, exception, interrupt

  // A node for this term, whose operands are these: nodes, or components.
  struct Operand {
    bool is_component;
    std::uint32_t id;
  };
  NodeId add(ProcessId term, std::span<const Operand> operands);

  // The tree with this root is a phase of the component.
  void attach(NodeId root, std::uint32_t component) { nodes_[root].phase_of = component; }

  // A component, below an operator or the terminator of one, has met this label.
  void offer(Participant, EventId, std::uint32_t choice);
  // The component can do this together with these, itself among them, whatever the operators around it say of the
  // others. Without order.
  void offer(std::uint32_t component, EventId event, const std::vector<Participant>& together) {
    arrive(place(component), event, {together, {}, {}});
  }
  // A handler does this, and the interrupt becomes this term; or it stops in this state, if what it could interrupt is
  // over.
  void offer_exit(Participant handler, EventId, ProcessId next);
  void offer_yield(Participant handler, ProcessId state);

  std::span<const Operand> operands(NodeId n) const { return nodes_[n].operands; }
  ProcessId term(NodeId n) const { return nodes_[n].term; }
  std::uint32_t terminator(NodeId n) const { return nodes_[n].terminator; }  // no_node: none yet

 private:
  using Participants = std::vector<Participant>;
  // One way in which an operand performs an event: by whom, where it stands among the ways that the operand has, and, if
  // a phase is left by it, what the operand is then.
  struct Way {
    Participants who;
    std::vector<std::uint32_t> order;
    std::optional<ProcessId> next;
  };
  using Offers = std::unordered_map<EventId, std::vector<Way>>;
  struct Node {
    ProcessId term;
    std::vector<Operand> operands;
    std::vector<Offers> offered;
    NodeId parent = no_node;
    std::uint32_t position = 0;  // in the parent
    std::uint32_t terminator = no_node;
    std::uint32_t phase_of = no_node;  // of the root of a phase: its component
    // Of an interrupt: the ways in which the first operand is left, and the states in which the handler stops.
    std::vector<std::pair<EventId, Way>> left{};
    std::vector<std::pair<Participant, ProcessId>> yields{};
  };
  struct Place {
    NodeId node = no_node;
    std::uint32_t position = 0;  // the number of operands: the terminator
  };

  Place place(std::uint32_t component) const { return component < place_of_.size() ? place_of_[component] : Place{}; }
  void arrive(Place, EventId, const Way&);
  void pass(NodeId, EventId, const Way&, std::initializer_list<std::uint32_t> sooner);
  void pass_in_phase(NodeId, EventId, const Way&);
  void leave(NodeId, EventId, const Way&, ProcessId next);
  void yield(NodeId, EventId, const Way&, Participant handler, ProcessId state);
  void rise(NodeId, EventId, const Way&);
  void combine(Place, EventId, const Way&);
  void combine_alphabetised(Place, EventId, const Way&);
  void combine_linked(Place, EventId, const Way&);
  void terminate(Place, EventId, const Way&);
  void join(Place, EventId, const Way&, std::span<const std::uint32_t> owners, EventId result);

  static constexpr std::size_t asked_max = 8;  // alphabets of a node that are asked one by one

  Terms& terms_;
  Builder& builder_;
  std::unordered_map<NodeId, std::optional<AlphabetIndex>> indices_;
  bool keeps_order_;
  std::vector<Node> nodes_;
  std::vector<Place> place_of_;  // by component
  std::vector<Rank> ranks_;      // of what is on its way to the root
};

}  // namespace tryst::csp
