// The deterministic form of a specification, built as far as it is asked for: τ-closed subset construction with
// acceptances and divergence (Roscoe, "Model-checking CSP", in A Classical Mind, 1994; Understanding Concurrent
// Systems, 2010, ch. 16.1).
//
// A node is a set of the specification's states, closed under τ: those it may be in after the same observation. Nodes
// are interned, so a NodeId is a set; none of the functions below is computed twice for a node.
//   sets_        the nodes
//   nodes_       one entry a node: which of the lists below are known, and where they are
//   afters_      for each event of a node's initials, in the same order: the node after it, or `unknown`
//   families_    the acceptances of nodes: sets of events, each interned in acceptance_sets_
// Worst case 2^n nodes for n states (the problem is PSPACE-complete); closed sets cost their size in each new node.
// Not thread-safe.
#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "checker/set_store.hpp"
#include "checker/tau_cycles.hpp"

namespace tryst {

enum class NodeId : std::uint32_t {};
enum class AcceptanceId : std::uint32_t {};

class NormalForm {
 public:
  // Which acceptances count: all of them, or those that contain no other one (all that stable failures can tell apart).
  enum class Acceptances : std::uint8_t { minimal, all };

  NormalForm(LazyLts& specification, Budget&, Acceptances = Acceptances::minimal);

  NodeId initial() const { return initial_; }
  std::span<const StateId> members(NodeId n) const { return sets_[n]; }
  std::size_t size() const { return sets_.size(); }
  // No more states than so many have been in a node.
  std::size_t states_met() const { return states_met_; }

  // The events that can follow, ✓ included, sorted. Valid until the next call for another node.
  std::span<const EventId> initials(NodeId);
  // The node after the event at this position of initials().
  NodeId after(NodeId, std::size_t position);
  std::optional<NodeId> after(NodeId, EventId);

  // Whether one of the members lies on a τ-cycle.
  bool diverges(NodeId);

  // The sets of events offered by members that are stable, or {✓} for those that signal it; by size, then
  // lexicographically.
  std::span<const AcceptanceId> acceptances(NodeId);
  std::span<const EventId> events(AcceptanceId a) const { return acceptance_sets_[a]; }

  // The stable members that offer nothing outside `offered` (sorted), that is, refuse all else; none if there is none.
  std::optional<NodeId> refusing(NodeId, std::span<const EventId> offered);

 private:
  enum class Known : std::uint8_t { unknown, no, yes };
  struct Node {
    std::uint64_t first_initial = 0;     // into initials_ and afters_
    std::uint64_t first_acceptance = 0;  // into families_
    std::uint32_t initial_count = 0;
    std::uint32_t acceptance_count = 0;
    bool initials_known = false;
    bool acceptances_known = false;
    Known diverges = Known::unknown;
  };

  NodeId closed(std::vector<StateId>& states);
  void compute_initials(NodeId);
  void compute_acceptances(NodeId);

  LazyLts& specification_;
  Budget& budget_;
  Acceptances kind_;
  TauCycles cycles_;
  SetStore<NodeId, StateId> sets_;
  std::vector<Node> nodes_;
  std::vector<EventId> initials_;
  std::vector<NodeId> afters_;
  SetStore<AcceptanceId, EventId> acceptance_sets_;
  std::vector<AcceptanceId> families_;
  std::unordered_map<std::uint64_t, NodeId> refusing_;  // by (node, set of events); no_id: none
  NodeId initial_{};

  std::vector<std::uint32_t> seen_;  // by state: the closure in which it was last met
  std::uint32_t closure_ = 0;
  std::size_t states_met_ = 0;
  std::vector<StateId> scratch_states_;
  std::vector<EventId> scratch_events_;
};

}  // namespace tryst
