// What an emitted program is made of, as plain data: all that the writers of its files are given.
//
// Events are numbered anew: τ is 0, ✓ is 1, then the visible ones, channel by channel in the order of their first event,
// then those that happen only inside (the hidden ones, by the names that components give them).
//   machines      one for each different component; components that start alike share one
//   families      one for each struct; machines that are instances of the same processes share one
//   rules         participants [first, first + count) of `participants`, ascending by component
// Numbers of components are those of the network they were taken from, and so are those of its rules, behind which are
// more where a machine can do the same in more ways; labels are the network's, too, unless the machine belongs to a family,
// whose layout numbers them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "runtime/emitter/label_layout.hpp"
#include "runtime/emitter/machine_code.hpp"
#include "semantics/csp/event_shape.hpp"

namespace tryst::emitter {

inline constexpr std::uint32_t ended_event = 0xffffffff;  // a component that has ended offers it for ever
inline constexpr std::uint32_t never_event = 0xfffffffe;  // of a label that no state offers

struct Channel {
  std::string name;           // as in the script
  std::string identifier;     // of C++, different from that of every other channel
  std::uint32_t first_event;  // its events are [first_event, first_event + events.size())
  std::vector<csp::EventShape> events;
};

// What machines that are written as programs have in common.
struct Family {
  std::string identifier;  // of C++, different from that of every other family and table
  MachineCode code;
  LabelLayout layout;
  std::map<std::uint32_t, std::string> lines;   // by where a point or function begins: its text in the script
  std::map<std::uint32_t, std::string> places;  // and its line
};

struct Machine {
  struct Move {
    std::uint32_t label;
    std::uint32_t target;
  };
  std::string identifier;             // of C++, of its table; empty if it belongs to a family
  std::vector<std::uint32_t> labels;  // by label: its event, ended_event or never_event
  std::vector<std::uint32_t> row;     // states + 1; the moves of state s are moves[row[s], row[s + 1])
  std::vector<Move> moves;            // ascending by label within a row
  std::vector<std::string> states;    // what a reader would call each: "SENDING(false,1), line 18"

  // If it is in the part of CSPM that can be written as a program; else why it is only a table.
  std::optional<std::uint32_t> family;
  Process initial{};                   // a call of one of the family's points
  std::uint32_t instance = 0;          // its number among the machines of the family
  std::vector<std::uint32_t> numbers;  // sparse layout: of its events, ascending, from label layout.first() on
  std::string table_reason;

  std::size_t state_count() const { return states.size(); }
  std::span<const Move> moves_of(std::size_t s) const { return std::span(moves).subspan(row[s], row[s + 1] - row[s]); }
};

struct Component {
  std::string name;
  std::uint32_t machine;
};

struct Participant {
  std::uint32_t component;
  std::uint32_t label;
};

struct Rule {
  std::uint32_t event;
  std::uint32_t first;
  std::uint32_t count;
};

// An assertion of the model, and what became of it.
struct Claim {
  std::string text;
  std::string verdict;
};

struct Emission {
  std::string tool;        // "tryst 0.1.0"
  std::string operand;     // what was emitted, as the user wrote it
  std::string identifier;  // of the program: a target of CMake
  std::vector<Claim> claims;
  bool verified = false;  // every claim holds

  std::vector<std::string> events;  // by number; [0] and [1] are empty
  std::vector<Channel> channels;    // of the visible events
  std::vector<Family> families;
  std::vector<Machine> machines;
  std::vector<Component> components;
  std::vector<std::string> executors;      // names; empty: a single one
  std::vector<std::uint32_t> executor_of;  // by component; empty likewise
  std::vector<Rule> rules;
  std::vector<Participant> participants;
  std::vector<Participant> end_marks;

  std::span<const Participant> participants_of(const Rule& rule) const {
    return std::span(participants).subspan(rule.first, rule.count);
  }
  // What is generated lies in it. Not just the identifier: `system` is a function of the C library.
  std::string name_space() const { return identifier + "_model"; }
  std::string event_name(std::uint32_t event) const {
    return event == 0             ? "tau"
           : event == 1           ? "tick"
           : event == ended_event ? "ended"
           : event == never_event ? "never"
                                  : events[event];
  }
};

}  // namespace tryst::emitter
