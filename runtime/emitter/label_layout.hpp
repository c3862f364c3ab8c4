// The labels of components that are written as a struct: a channel and the values of its fields give, by arithmetic, the
// *number* of an event.
//
// Labels 0 to first() - 1 are the τ choices, then ✓, then what follows ✓ for ever. From there on a component's labels are
// its events (values in parts, such as tuples, count by their place among those that are sent): where the layout is dense, the label of an event is its number. Where components share a struct but not
// their events (a thousand stations, each with two of a thousand tokens), or the values of fields lie far apart, it is
// sparse: each component has its own events only, ascending by number, and their labels are places in that list. Where a
// state can perform an event in several ways, those after the first have labels behind these, in the same order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "semantics/csp/event_shape.hpp"

namespace tryst::emitter {

struct LabelLayout {
  static constexpr std::uint32_t dense_max = 4096;  // labels of all components that share the layout
  static constexpr std::uint32_t number_max = 1u << 30;

  struct Field {
    // Holds low .. low + span - 1, Booleans and constants as numbers; unless its values are listed.
    std::int64_t low;
    std::int64_t span = 1;
    std::vector<csp::EventField> values{};  // ascending; of Booleans and integers none
    bool is_listed = false;                 // the digit of a value is its place among `values`

    std::int64_t count() const { return is_listed ? static_cast<std::int64_t>(values.size()) : span; }
    std::int64_t digit(const csp::EventField&) const;
  };
  struct Channel {
    std::string name;
    std::uint32_t first;
    std::vector<Field> fields;
  };
  std::uint32_t taus = 0;
  bool ticks = false;  // ✓, and the label of having ended
  std::vector<Channel> channels;
  std::vector<std::string> never{};  // channels of the code that it never gets as far as using
  std::uint32_t end = 0;             // of the numbers
  bool is_sparse = false;
  std::uint32_t choices = 1;  // in how many ways a state can perform an event, at most

  std::uint32_t tick() const { return taus; }
  std::uint32_t has_ended() const { return taus + 1; }
  std::uint32_t first() const { return taus + (ticks ? 2 : 0); }

  // Makes room for an event. False: it has fields that are no data, or other fields than events of its channel before.
  bool add(const csp::EventShape&);
  // Gives numbers to all events that were added, for so many components. False: they are too many.
  bool settle(std::size_t components);
  // The labels of a component that has so many numbers, if the layout is sparse.
  std::uint32_t labels(std::size_t numbers) const { return first() + choices * width(numbers); }
  // From the label of an event to that of the next way to perform it.
  std::uint32_t width(std::size_t numbers) const {
    return is_sparse ? static_cast<std::uint32_t>(numbers) : end - first();
  }
  // Of an event that was added.
  std::uint32_t number(const csp::EventShape&) const;
};

}  // namespace tryst::emitter
