// A network: components that move together as rules say. This is what the engine for large systems searches.
//
// A global state is a local state for each component. A rule names a label for some of the components; it is enabled
// when each of them can perform its label, and then performs one event while they all move and the others stay. The
// transitions of a global state are those of its enabled rules; two rules may give the same one.
//
// Components are built lazily: expand() makes the row of one local state, which may bring new local states, new labels,
// new rules, and new components, which are in their state 0 in every global state met before. Ids are never changed;
// all are a function of the order of the calls of expand(). The rows that a state needs are those of its local states:
// once they are there, its transitions are complete. Rows may grow later, by labels that only new rules ask for, and no
// rule that is enabled in a state whose rows are there.
//
// There may be priority over the rules (semantics/network/priority.hpp): an enabled rule is then not always performed.
//
//   graphs         components that are equal at the start share one graph
//   participants   one pool for all rules; those of a rule ascend by component, and a component occurs once
// Source: the supercombinators of FDR (Goldsmith, "Operational semantics for fun and profit", CSP25, 2005), with rules
// found one label at a time instead of from complete components.
// Threads: const functions may run together, expand() alone.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "semantics/network/local_graph.hpp"
#include "semantics/network/priority.hpp"

namespace tryst {

enum class RuleId : std::uint32_t {};

struct Participant {
  std::uint32_t component;
  LabelId label;
};

struct Rule {
  EventId event;
  Range<Participant> participants;  // at least one
  Range<Rank> ranks{};              // ascending by layer, at most one each
  Range<std::uint32_t> place{};     // Network::place()
};

// What a script wants done with a set of components: their behaviour together by as few states as can be, by the
// equivalence that is named (checker/compose/compression.hpp says what each does).
enum class NamedCompression : std::uint8_t { explicate, strong, delay, weak, tau_loops, diamond, normal, best };
struct NamedPart {
  NamedCompression how;
  std::vector<std::uint32_t> components;  // ascending
};

class Network {
 public:
  virtual ~Network() = default;

  std::size_t size() const { return graph_of_.size(); }  // components
  const LocalGraph& graph(std::size_t component) const { return graphs_[graph_of_[component]]; }
  std::uint32_t graph_of(std::size_t component) const { return graph_of_[component]; }

  std::span<const Rule> rules() const { return rules_; }
  std::span<const Participant> participants(const Rule& rule) const { return participants_[rule.participants]; }

  // Priority: none where there are no layers. Layers are there from the start.
  std::span<const PriorityLayer> layers() const { return layers_; }
  std::span<const Rank> ranks(const Rule& rule) const { return ranks_[rule.ranks]; }
  // Where its moves stand among those on its event, in the order that the calculus has for them: the places of rules
  // with the same event are compared as words. Empty where nobody follows the first move.
  std::span<const std::uint32_t> place(const Rule& rule) const { return places_[rule.place]; }
  // Whether a rule that is met now or later may keep this one from being performed.
  bool may_be_outranked(const Rule& rule) const { return tryst::may_be_outranked(layers_, ranks(rule)); }

  // May throw ScriptError and LimitReached, after which the network is not complete and must not be used.
  void expand(std::size_t component, LocalId);
  // The rows that have been built or have grown since the last call without being asked for.
  struct GraphState {
    std::uint32_t graph;
    LocalId local;
  };
  std::vector<GraphState> take_grown_rows() { return std::exchange(grown_, {}); }

  // The system has ended, that is, is in the state after ✓, where one of these can perform its label.
  std::span<const Participant> end_marks() const { return end_marks_; }

  virtual const EventNames& events() const = 0;

  // Whether there is more to it than one process executed by rules on terms.
  virtual bool is_composed() const { return size() > 1; }

  // So many local states of a component may be built for the sake of it alone, however few of them the system reaches:
  // fewer where each is a great deal of work.
  virtual std::size_t alone_max(std::size_t /*component*/) const { return std::size_t{1} << 32; }

  // Whether it is part of the process, and not there to keep account of something.
  virtual bool is_process(std::size_t /*component*/) const { return true; }

  // Of the components that there are now, inner parts before those that contain them.
  virtual std::vector<NamedPart> named_parts() const { return {}; }

 protected:
  std::uint32_t add_graph(std::unique_ptr<LocalSource>);
  std::uint32_t add_component(std::uint32_t graph);
  void add_rule(EventId, std::span<const Participant>, std::span<const Rank> = {},
                std::span<const std::uint32_t> place = {});
  // Adds a move to a state, whose row is built if it is not there. No rule may ask for the label yet in a state where
  // the component is there with a row.
  LabelId extend(std::uint32_t graph, LocalId, EventId, LocalId target);
  LocalSource& graph_source(std::uint32_t graph) { return graphs_[graph].source(); }
  void add_layer(PriorityLayer layer = {}) { layers_.push_back(std::move(layer)); }
  PriorityLayer& layer(std::size_t l) { return layers_[l]; }
  void add_end_mark(Participant mark) { end_marks_.push_back(mark); }

  // A component has met a label for the first time.
  virtual void on_label(std::uint32_t component, LabelId, EventId) = 0;

 private:
  void announce_labels(std::uint32_t graph);

  std::vector<LocalGraph> graphs_;
  std::vector<std::vector<std::uint32_t>> users_;  // by graph: its components
  std::vector<std::size_t> announced_;             // by graph: the labels that on_label() knows
  std::vector<GraphState> grown_;
  std::vector<std::uint32_t> graph_of_;
  std::vector<Rule> rules_;
  Pool<Participant> participants_;
  std::vector<PriorityLayer> layers_;
  Pool<Rank> ranks_;
  Pool<std::uint32_t> places_;
  std::vector<Participant> end_marks_;
};

// How many components a network has; of one that starts with one component, after its first local states have been
// built too, as many as make `work` transitions, since a component may start others.
std::size_t components_soon(Network&, std::size_t work);

}  // namespace tryst
