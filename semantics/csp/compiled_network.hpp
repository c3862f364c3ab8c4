// A process compiled to a network (semantics/network/network.hpp): its static operators become rules, the processes
// below them components.
//
// Static are interleaving, the parallel operators, linking, and hiding, projection and renaming around them; and
// priority, where all operators around it have one operand: it becomes a layer. Whatever else a process starts with is
// one component, whose local states are terms with the moves that the operational rules give them. Where such a
// component becomes a parallel of its own (behind a prefix, or as the first operand of `;`, an exception or an
// interrupt), that is a phase
// (semantics/csp/phases.hpp), and its operands are components. Parallels in other places, as below a choice, cost as
// much as in the reference engine, and mean the same.
//
// chase(P) around a P that is composed is one component too, but one that is a network itself
// (semantics/network/chased_network.hpp): its states are packed, and those that only lead to others by τ are never
// terms. That network has no phases, because the order of its rules matters.
//
// Compressions that the script names around static operators, or around a component, change no transition; they are
// told by named_parts(), for whoever searches the network.
//
// The transitions of a network are those of the reference engine, state by state: term() says which.
// Errors: ScriptError from expand() when the script goes wrong. Not thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <set>

#include "semantics/budget.hpp"
#include "semantics/csp/composition.hpp"
#include "semantics/csp/priority_order.hpp"
#include "semantics/csp/term_source.hpp"
#include "semantics/network/chased_network.hpp"

namespace tryst::csp {

class CompiledNetwork final : public Network, private Composition::Builder {
 public:
  static constexpr std::size_t depth_max = 1000;         // what is nested deeper is one component
  static constexpr std::size_t chased_alone_max = 1000;  // local states of a network in chase: Network::alone_max()
  static constexpr std::size_t nesting_max = 4;          // of networks in chase in each other; what is deeper is terms

  // What hiding, projection and renaming around a sequential process are: part of the component, which has fewer
  // events then, or rules, which leaves the component as it is written. Priority around everything is in layers, or,
  // with `rules`, inside the one component that the whole is then: a component as it is written knows nothing of the
  // others.
  enum class Around : std::uint8_t { component, rules };

  // What a component is that becomes a parallel: with phases, or one component for good, so that the components of the
  // process as it starts are those of the network.
  enum class Behind : std::uint8_t { phases, component };

  // The operands of the process are resolved at once; may throw ScriptError and LimitReached.
  CompiledNetwork(Terms&, Unfolder&, ProcessId initial, Budget*, Around = Around::component, Behind = Behind::phases);
  // What is chased by a component of another one: its rules have places, and it is nested one deeper.
  CompiledNetwork(CompiledNetwork& around, ProcessId chased);

  const EventNames& events() const override { return terms_.events(); }
  std::vector<NamedPart> named_parts() const override;
  bool is_composed() const override { return size() > 1 || has_chased_network_; }
  std::size_t alone_max(std::size_t component) const override;
  bool is_process(std::size_t component) const override;

  // The process that a global state is: one local state for each component.
  ProcessId term(std::span<const LocalId> locals);

  // The process that a local state is, resolved; none for a component that watches over a parallel's termination, or
  // where it is dormant, or a phase.
  std::optional<ProcessId> term(std::size_t component, LocalId) const;
  // What its initial state was resolved from, with names and compressions around it; none likewise.
  std::optional<ProcessId> written(std::size_t component) const;
  // What a term stands for, if that is known: the term itself otherwise.
  ProcessId known(ProcessId t) const { return graph_.known(t); }

 private:
  class ChaseSource;
  class TerminatorSource;
  // A phase of one component, and what is in it: its operands in order; volatile, as they are themselves.
  struct ActivePhase {
    PhaseId phase;
    Composition::NodeId root;
    std::vector<std::uint32_t> operands;
    bool is_volatile;
  };

  Composition::Operand build(ProcessId written, ProcessId resolved, std::size_t depth, bool may_be_layer);
  bool is_composed(ProcessId, bool may_be_layer) const;
  bool chases_network(ProcessId) const;
  std::unique_ptr<LocalSource> source_of(ProcessId);
  ProcessId head(ProcessId written, std::vector<NamedCompression>& named);
  void collect(Composition::Operand, std::vector<std::uint32_t>& components) const;
  ProcessId term(Composition::Operand, std::span<const LocalId> locals);

  TermSource* source(std::size_t component);
  const TermSource* source(std::size_t component) const;
  const ActivePhase* find_phase(std::uint32_t component, PhaseId) const;
  const ActivePhase& phase(std::uint32_t component, ProcessId, bool is_active);
  void enter(std::uint32_t component, ProcessId phase, std::vector<Participant>& who);
  void halt_all(ActivePhase, std::span<const Participant> who, std::vector<Participant>& leaving);
  LabelId halt(std::uint32_t component, EventId base, std::optional<ProcessId> next);

  void on_label(std::uint32_t component, LabelId, EventId) override;
  void rule(EventId, std::span<const Participant> who, std::span<const Rank>,
            std::span<const std::uint32_t> order) override;
  std::optional<Rank> rank(Composition::NodeId, EventId) override;
  void end_mark(Participant mark) override { add_end_mark(mark); }
  std::uint32_t terminator(Composition::NodeId) override;
  void leave_phase(Composition::NodeId root, EventId, std::span<const Participant>,
                   std::optional<ProcessId> next) override;

  Terms& terms_;
  Unfolder& unfolder_;
  const Around around_;
  Budget* const budget_;
  const std::size_t nesting_ = 0;
  bool has_chased_network_ = false;
  TermGraph graph_;
  std::optional<Phases> phases_;
  Composition composition_;
  Composition::Operand root_;
  std::unordered_map<ProcessId, std::uint32_t> graph_of_term_;          // of leaves, by their initial term
  std::unordered_map<std::uint32_t, std::vector<ActivePhase>> active_;  // by component, in the order they were met
  std::unordered_map<Composition::NodeId, std::pair<std::uint32_t, PhaseId>> phase_of_root_;
  std::set<std::vector<std::uint32_t>> left_;  // how phases are left: the event, and who takes part
  struct Named {
    NamedCompression how;
    Composition::Operand part;
  };
  std::vector<Named> named_;                              // inner ones first
  std::unordered_map<std::uint32_t, ProcessId> written_;  // by component
  struct Order {
    Composition::NodeId node;
    PriorityOrder order;
  };
  std::vector<Order> orders_;  // by layer
  std::vector<Participant> scratch_;
};

}  // namespace tryst::csp
