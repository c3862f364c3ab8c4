// What a run found out, as plain data for the report writers: no ids, only texts and places.
//
// Events are written as in the exported formats: τ is `tau`, ✓ is `tick`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/exit_status.hpp"

namespace tryst::cli {

struct Place {
  std::string file;
  std::uint32_t line = 0;  // from 1; 0: nowhere
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;  // the column behind the last character
  bool known() const { return line != 0; }
};

struct ReportedNote {
  std::string text;
  Place place;
};

struct ReportedDiagnostic {
  std::string code;
  bool warning = false;
  std::string message;
  Place place;
  std::string label;
  std::vector<ReportedNote> notes;
  std::string help;
  std::string rendered;
};

// What one component does in a step.
struct ComponentEvent {
  std::uint32_t component;  // index into Counterexample::components
  std::string event;        // its own, before hiding and renaming
  Place place;
};

struct ReportedStep {
  std::string event;
  std::vector<ComponentEvent> components;  // those that take part
};

// Where a component stands in the end.
struct Standing {
  std::uint32_t component;
  Place place;
  std::vector<std::string> offers;  // its own events
};

// One round of a bisimulation game of the π-calculus: what the attacker does, and all that the defender can answer.
struct ReportedRound {
  enum class Kind : std::uint8_t {
    move,         // one side performs the action
    reception,    // the attacker chooses the names that both sides have received
    substitution  // the attacker identifies free names
  };
  struct Answer {
    std::string process;          // what the defender becomes
    std::size_t round;            // where the attacker goes on, an index into Counterexample::rounds
    std::vector<Place> places{};  // the prefixes that act on its way there, where known
  };
  Kind kind = Kind::move;
  std::string left, right;                                          // the two processes
  std::vector<std::pair<std::string, std::string>> distinct;        // open: names that stay apart
  bool by_left = false;                                             // whose move it is
  std::vector<std::pair<std::string, std::string>> substitution{};  // a name, and what it becomes before the move
  std::string action;                                               // move: `a<b>`; reception: the names, "b, c"
  std::string target;                                               // the attacker's process afterwards
  std::vector<Place> places;                                        // move: the prefixes that act, where known
  std::vector<Answer> answers;                                      // none: the attacker has won
};

struct Counterexample {
  std::string kind;                      // "trace", "refusal", "divergence", "deadlock", "play" ...
  std::string summary;                   // "deadlock after 3 events"
  std::vector<std::string> explanation;  // sentences without full stop
  bool shortest = true;
  std::vector<std::string> components;  // names, left to right
  std::vector<std::string> trace;       // without tau
  std::vector<ReportedStep> steps;
  std::vector<ReportedStep> loop;         // divergence: a cycle of tau from the end of `steps`
  std::vector<ReportedStep> other_steps;  // nondeterminism: a second run of the same trace
  std::vector<Standing> standing;
  std::vector<std::string> refused;
  std::vector<std::string> accepted;
  std::vector<std::string> allowed;                   // trace: what the specification could do instead
  std::vector<std::vector<std::string>> acceptances;  // refusal: what the specification requires, one of these
  std::vector<std::vector<std::string>> refusals;     // refusal testing: before each event, and at the end
  std::vector<ReportedRound> rounds;                  // play: how the attacker wins, from the first on
};

enum class Status : std::uint8_t { holds, fails, inconclusive, error };

struct AssertionReport {
  std::size_t index = 0;  // from 0, in the file
  Place place;
  std::string text;  // "SPEC [T= SYSTEM", on one line
  std::string kind;  // "refinement", "deadlock free" ...
  std::string model;
  bool negated = false;
  Status status = Status::inconclusive;  // `not` taken into account
  std::string reason;                    // inconclusive, error
  std::string argument;                  // decided without enumeration: what proves it
  std::string certificate;               // of that proof, if one was asked for
  std::vector<std::string> remarks;      // for --verbose
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
  double seconds = 0;
  std::uint64_t memory_bytes = 0;
  std::vector<Counterexample> counterexamples;
  std::optional<ReportedDiagnostic> error;
  bool interrupted = false;
  bool internal = false;  // an error of ours

  ExitStatus exit_status() const {
    if (interrupted) return ExitStatus::interrupted;
    if (internal) return ExitStatus::internal;
    switch (status) {
      case Status::holds: return ExitStatus::holds;
      case Status::fails: return ExitStatus::fails;
      case Status::inconclusive: return ExitStatus::inconclusive;
      case Status::error: break;
    }
    return ExitStatus::specification;
  }
};

// What a command of the Mobility Workbench that asserts nothing has printed.
struct CommandOutput {
  Place place;
  std::string command;  // "size P"
  std::string text;     // ends in a newline
};

struct FileReport {
  std::string file;
  std::vector<AssertionReport> assertions;
  std::vector<ReportedDiagnostic> diagnostics;
  std::vector<CommandOutput> outputs{};  // π-calculus only
};

// A pair of a bisimulation of the π-calculus.
struct ReportedPair {
  bool received = false;  // both have performed an input, and the names received are not chosen yet
  std::string left, right;
  std::vector<std::pair<std::string, std::string>> distinct;  // open: names that stay apart
  std::string where;  // for which numbers they are related, as the solver writes it; empty: for all
};

// Two operands, compared.
struct ComparisonReport {
  bool equivalent = true;  // related, where a preorder was asked for
  bool preorder = false;
  std::string relation;
  std::string reason;     // inconclusive: the limit; then `equivalent` says nothing
  std::string grounds;    // of the answer, to stand behind the relation's name: "; confirmed"
  std::string direction;  // what the evidence is true of
  std::string formula;    // one kind of evidence: true of the one, false of the other; may take several lines
  std::uint32_t formula_depth = 0;
  std::optional<Counterexample> behaviour;  // the other: what the one does and the other does not
  std::vector<ReportedPair> bisimulation;   // equivalent, in the π-calculus: pairs of identical processes are left out
  std::string bisimulation_of;              // the relation, or one that implies it
  bool is_up_to_context = false;            // of the bisimulation: up to parallel components that both sides have
  bool is_up_to_receptions = false;         // up to outputs to receptors (checker/pi/up_to.hpp)
  std::uint64_t states = 0;                 // of both together; of a bisimulation game, the pairs
  std::uint64_t transitions = 0;            // likewise; the challenges
};

constexpr const char* name(Status status) {
  switch (status) {
    case Status::holds: return "holds";
    case Status::fails: return "fails";
    case Status::inconclusive: return "inconclusive";
    case Status::error: break;
  }
  return "error";
}

}  // namespace tryst::cli
