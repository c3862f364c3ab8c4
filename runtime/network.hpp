// A network: components that move together as rules say. This is the whole of a model at run time.
//
// A rule names a label for some of the components. It is ready when each of them offers its label; firing it performs
// one event while they all move and the others stay. Parallel composition in all its forms, hiding, renaming and
// distributed termination are nothing but rules. Event 0 is τ, event 1 is ✓, visible events follow.
//   events         names; [0] and [1] are there but never printed
//   rules          participants [first, first + count) of `participants`, ascending by component, each component once
//   end_marks      the program has ended where one of these is offered
// A Network is a view of constant data, in an emitted program all of it known to the compiler; build it once, call
// check() once. Threads: constant.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "runtime/component.hpp"

namespace tryst::runtime {

enum class Event : std::uint32_t {};
enum class RuleId : std::uint32_t {};

inline constexpr Event tau{0};
inline constexpr Event tick{1};
// What a component that has ended offers for ever, in its labels only: never the event of a rule.
inline constexpr Event ended{0xffffffff};
// A label that no state offers, because its number stands for nothing: in labels only.
inline constexpr Event never{0xfffffffe};

template <class Id>
constexpr std::uint32_t index(Id id) {
  return static_cast<std::uint32_t>(id);
}

struct Participant {
  std::uint32_t component;
  Label label;
};

struct Rule {
  Event event;
  std::uint32_t first;
  std::uint32_t count;  // at least 1
};

struct ComponentPlace {
  const char* name;
  const ComponentType* type;
  const void* initial;            // a state of the type
  std::span<const Event> labels;  // by label: what the component calls it, before hiding and renaming around it
};

struct Network {
  std::span<const char* const> events;
  std::span<const ComponentPlace> components;
  std::span<const Rule> rules;
  std::span<const Participant> participants;
  std::span<const Participant> end_marks;

  std::span<const Participant> participants_of(const Rule& rule) const {
    return participants.subspan(rule.first, rule.count);
  }
  // As it is printed: "tau", "tick", "(ended)", or the event's name in CSPM.
  std::string name(Event) const;
  void check() const;  // asserts the shape above
};

}  // namespace tryst::runtime
