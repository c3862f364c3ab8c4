// A component whose local states are resolved terms, with the moves that the operational rules give them.
//
// With phases (semantics/csp/phases.hpp), a state may also be handed over, to a phase, or dormant; such states have the
// moves that LocalGraph::extend() gives them, and halts, and no others; what leads to a phase is an entry.
//   states_   by local state: its term; of a phase the first term met, of the dormant state none
//   halts_    those that each state has that can do what they are based on
// Cost: of a row, its moves. Not thread-safe.
#pragma once

#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "semantics/csp/phases.hpp"
#include "semantics/csp/term_graph.hpp"

namespace tryst::csp {

// A component that is part of a process.
class ProcessSource : public LocalSource {
 public:
  virtual std::optional<ProcessId> term(LocalId) const = 0;  // none: the state is no term
};

class TermSource final : public ProcessSource {
 public:
  // Of a handler, what is not τ is an exit, after which it is dormant; it never becomes a phase.
  enum class Role : std::uint8_t { process, handler };

  // `phases`: none, or what outlives this. The dormant state is 0 without an initial term, and else not there.
  TermSource(TermGraph& graph, Phases* phases, std::optional<ProcessId> initial, Role = Role::process);

  std::uint32_t size() const override { return static_cast<std::uint32_t>(states_.size()); }
  void moves(LocalId, std::vector<Move>& out) override;

  // Of a resolved term. A phase is one state.
  LocalId meet(ProcessId);
  // Of a term that cannot be resolved: the script goes wrong for whoever asks for its moves.
  LocalId meet_faulty(ProcessId);
  LocalId dormant();

  // From now on it becomes no phase that it has not been yet; it may be halted.
  void make_volatile() { is_volatile_ = true; }
  bool is_volatile() const { return is_volatile_; }

  // What is done on the event `halt` in each state that can perform `base`; in all, if that is Phases::nothing.
  struct Halt {
    EventId halt;
    EventId base;
    LocalId target;
  };
  bool add_halt(Halt);  // false: it was there

  std::optional<ProcessId> term(LocalId s) const override;  // none: handed over, or dormant
  std::optional<PhaseId> phase(LocalId s) const;            // that it is handed over to
  std::optional<LocalId> state_of(PhaseId) const;
  ProcessId example(LocalId s) const { return states_[index(s)].term; }  // of the terms that are this state

 private:
  enum class Kind : std::uint8_t { plain, handed_over, dormant, faulty };
  struct State {
    ProcessId term;
    Kind kind;
    PhaseId phase{};
  };

  LocalId add(State);
  std::optional<PhaseId> phase_of(ProcessId);
  void plain_moves(LocalId, std::vector<Move>& out);
  void handler_moves(LocalId, std::vector<Move>& out);

  TermGraph& graph_;
  Phases* const phases_;
  const Role role_;
  bool is_volatile_ = false;
  std::vector<State> states_;
  std::unordered_map<ProcessId, LocalId> local_of_;
  std::unordered_map<PhaseId, LocalId> local_of_phase_;
  std::unordered_set<PhaseId> refused_;  // there were too many components when these were met first
  std::optional<LocalId> dormant_;
  std::unordered_map<EventId, std::vector<Halt>> halts_;  // by base
  std::vector<tryst::csp::Move> moves_;
  std::vector<Move> entries_;
};

}  // namespace tryst::csp
