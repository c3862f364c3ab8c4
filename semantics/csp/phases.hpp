// Phases: the networks that a component becomes on its way, as in `init?x -> (P(x) [|A|] Q)` or `(P ||| Q) ; R`.
//
// A term is a phase where a parallel operator is all that can move: at the top, within hiding, projection and renaming,
// or in the first operand of `;`. The component that reaches it is *handed over*; the operands of the parallel operator
// run as components of their own, which are dormant before and after, and may be phases again. Terms that differ in
// nothing but these operands are one phase, and one local state of the component. A phase ends when its parallel
// operator performs ✓.
//
// Internal events (semantics/network/local_graph.hpp) name what components do for that:
//   reset      a component of a phase that has ended becomes dormant
//   departure  a component that is handed over to this phase goes on, because the phase has ended
//   entry      what a component performs to reach a phase: an event, and the term
//   start      a component that was dormant, or has ended, becomes this term
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
  static constexpr std::size_t phases_max = 16;
  static constexpr std::size_t operands_max = 64;     // of a phase
  static constexpr std::size_t components_max = 256;  // of all

  static constexpr EventId reset = first_internal;

  explicit Phases(const Terms& terms) : terms_(terms) {}

  // The phase that this resolved term is; none: it is no phase, or beyond the limits.
  std::optional<PhaseId> of(ProcessId);
  // Of a phase, its parallel operator with what is around it, outer ones first.
  std::vector<ProcessId> spine(ProcessId) const;

  // Whether there may be more components, for phases that a component has not reached before.
  bool is_full() const { return components_ >= components_max; }
  void add_component() { ++components_; }

  EventId departure(PhaseId phase) { return intern({Kind::departure, EventId{}, index(phase)}); }
  EventId entry(EventId performed, ProcessId phase) { return intern({Kind::entry, performed, index(phase)}); }
  EventId start(ProcessId term) { return intern({Kind::start, EventId{}, index(term)}); }
  struct Entry {
    EventId performed;
    ProcessId phase;
  };
  std::optional<Entry> find_entry(EventId internal) const;

 private:
  enum class Kind : std::uint8_t { departure, entry, start };
  struct Named {
    Kind kind;
    EventId performed;     // of an entry
    std::uint32_t number;  // of the phase, or term
    friend auto operator<=>(const Named&, const Named&) = default;
  };

  EventId intern(Named);

  const Terms& terms_;
  std::map<std::vector<std::uint32_t>, PhaseId> phases_;  // by what is the same in all its terms, outer operators first
  std::size_t components_ = 0;
  std::vector<Named> named_;
  std::map<Named, EventId> event_of_;
};

}  // namespace tryst::csp
