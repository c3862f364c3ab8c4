// The labels of a component that is written as a program, numbered so that a channel and its values give the number by
// arithmetic: τ choices first, then ✓, then what follows ✓ for ever, then channel by channel.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "semantics/csp/event_shape.hpp"

namespace tryst::emitter {

struct LabelLayout {
  static constexpr std::uint32_t labels_max = 4096;

  struct Field {  // holds low .. low + count - 1, Booleans and constants as numbers
    std::int64_t low;
    std::int64_t count;
  };
  struct Channel {
    std::string name;
    std::uint32_t first;
    std::vector<Field> fields;
  };
  std::uint32_t taus = 0;
  bool ticks = false;  // ✓, and the label of having ended
  std::vector<Channel> channels;
  std::vector<std::string> never;  // channels of the code that it never gets as far as using
  std::uint32_t size = 0;

  std::uint32_t tick() const { return taus; }
  std::uint32_t has_ended() const { return taus + 1; }
  // The label of an event that the layout was made for.
  std::uint32_t label(const csp::EventShape&) const;
};

// For the events of a component; none where they have fields that are no numbers, or would be too many labels.
std::optional<LabelLayout> label_layout(const std::vector<csp::EventShape>&, std::uint32_t taus, bool ticks);

}  // namespace tryst::emitter
