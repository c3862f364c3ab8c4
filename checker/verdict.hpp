// The answer to a question about transition systems, with its evidence.
//
// A verdict is one of three: holds, fails, inconclusive; a limit is never "holds". Evidence is a path of the
// implementation from its initial state, τ included, as short as possible (fewest steps), and what is wrong at its end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/structural/certificate.hpp"
#include "semantics/transition_system.hpp"

namespace tryst {

enum class Outcome : std::uint8_t { holds, fails, inconclusive };

enum class EvidenceKind : std::uint8_t {
  trace,           // the last event of the path is not allowed after the rest
  refusal,         // the last state is stable and refuses what the specification does not let it refuse
  divergence,      // the last state can perform τ for ever, where the specification forbids it
  deadlock,        // the last state has no transitions and is not Ω
  nondeterminism,  // after the same trace, an event can be both performed (`path`) and refused (`other_path`)
  revival,         // the last state refuses `refused` and can then do `accepted`
  refusal_trace,   // refusals between the events: `refusals`, one set before each event and one at the end
  has_no_trace,    // the trace asked for cannot be performed: `path` is the longest prefix that can
  blocked,         // after the last state, component `blocked` never takes part in anything
  has_trace,       // a witness of a positive answer to `has trace`, shown when the assertion is negated
};

struct Step {
  EventId event;
  StateId target;
};

struct Evidence {
  EvidenceKind kind;
  std::vector<Step> path;         // from the initial state
  std::vector<Step> loop;         // divergence: a τ-cycle that starts and ends in the last state of the path
  std::vector<EventId> refused;   // refusal, revival, nondeterminism: the offending refused events, sorted
  std::vector<EventId> accepted;  // refusal: what the state offers; revival: the event it can do nevertheless
  // refusal: the minimal acceptances that the specification allows here; revival: all of them
  std::vector<std::vector<EventId>> spec_acceptances;
  std::vector<EventId> spec_events;            // trace: what the specification could do instead, sorted
  std::vector<std::vector<EventId>> refusals;  // refusal_trace, and divergence in RD
  std::vector<Step> other_path;  // nondeterminism: a second path with the same trace, to the refusing state
  std::uint32_t blocked = 0;     // blocked: the component, counted from the left
  std::uint32_t components = 0;  // blocked: how many there are
};

struct Verdict {
  Outcome outcome;
  std::vector<Evidence> evidence;  // shortest first; empty unless `fails`, or a witness was asked for
  std::string reason;              // inconclusive: the limit
  std::string model;               // the model that was used: "T", "F", "FD" ...
  std::uint64_t states = 0;        // states, or state pairs, visited
  std::uint64_t transitions = 0;
  bool is_shortest = true;                   // the first evidence
  std::string argument{};                    // holds without enumeration: what proves it
  std::optional<Certificate> certificate{};  // of that proof, where one was asked for; `assertion` is left empty
};

}  // namespace tryst
