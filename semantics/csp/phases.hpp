// Phases: the networks that a component becomes on its way, as in `init?x -> (P(x) [|A|] Q)`, `(P ||| Q) ; R`,
// `(P ||| Q) [|A|> R` or `(P ||| Q) /\ R`.
//
// A term is a phase where a parallel operator is all that can move: at the top, within hiding, projection and renaming,
// in the first operand of `;`, of an exception or of an interrupt; beside an interrupt its *handler* can move, the second
// operand. The component that reaches it is *handed over*; the operands of the parallel operator and the handlers run as
// components of their own, which are dormant before and after, and may be phases again. Terms that differ in nothing but
// these operands are one phase, and one local state of the component. A phase is left when its parallel operator performs
// ✓, when an exception is thrown, and when a handler does something visible.
//
// An exception or an interrupt leaves a phase whatever its operands are doing: they are *volatile*. Which components are
// below them must be known when that is met for the first time, so volatile operands become phases only where they are
// some to begin with, or have been before; handlers never.
//
// Internal events (semantics/network/local_graph.hpp) name what components do for that:
//   departure  a component that is handed over to a phase goes on as this term, because the phase is left
//   entry      what a component performs to reach a phase: an event, and the term
//   start      a component that was dormant becomes this term
//   halt       a component performs what it performs on another event, or nothing, and is then dormant or this term,
//              because the phase is left
//   exit       what a handler performs: an event, and what it is then
//   yield      a handler in this state stops, because what it could interrupt is over
// There are limits, because components that sleep take room in every state; what is beyond them is a component as any
// other. Cost: O(of the term) a call. Not thread-safe.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "semantics/csp/terms.hpp"
#include "semantics/network/local_graph.hpp"

namespace tryst::csp {

enum class PhaseId : std::uint32_t {};

class Phases {
 public:
  static constexpr std::size_t phases_max = 64;
  static constexpr std::size_t operands_max = 64;     // of a phase, handlers among them
  static constexpr std::size_t components_max = 256;  // of all

  explicit Phases(const Terms& terms) : terms_(terms) {}

  // The phase that this resolved term is; none: it is no phase, or beyond the limits, or not known and not to be added.
  enum class Unknown : std::uint8_t { add, none };
  std::optional<PhaseId> of(ProcessId, Unknown);
  // Of a phase, its parallel operator with what is around it, outer ones first.
  std::vector<ProcessId> spine(ProcessId) const;
  // Of a phase, what its components become: the handlers along the spine, then the operands of the parallel operator.
  std::vector<ProcessId> operands(std::span<const ProcessId> spine) const;
  bool is_volatile(std::span<const ProcessId> spine) const;

  // Whether there may be more components, for phases that a component has not reached before.
  bool is_full() const { return components_ >= components_max; }
  void add_component() { ++components_; }

  enum class Kind : std::uint8_t { departure, entry, start, halt, exit, yield };
  struct Internal {
    Kind kind;
    EventId event;   // of an entry or exit: what is performed; of a halt: what is performed otherwise, or `nothing`
    ProcessId term;  // of a halt `no_id`: dormant
    friend auto operator<=>(const Internal&, const Internal&) = default;
  };
  static constexpr EventId nothing = first_internal;
  EventId intern(Internal);
  const Internal* find(EventId) const;  // none: no internal event of phases

 private:
  const Terms& terms_;
  std::map<std::vector<std::uint32_t>, PhaseId> phases_;  // by what is the same in all its terms, outer operators first
  std::size_t components_ = 0;
  std::vector<Internal> internal_;
  std::map<Internal, EventId> event_of_;
};

}  // namespace tryst::csp
