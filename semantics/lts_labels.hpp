// How events are written in files, and read back.
//
// τ is `tau` (`i` in CADP's style) unless another name is chosen, ✓ is `tick` (`exit` in CADP's style). A visible event
// whose name, after any number of backslashes, is one of these words gets one more backslash in front, and reading
// takes it away:
//   τ ↔ tau      a visible event called tau ↔ \tau      a visible event called \tau ↔ \\tau
// so that in the style `csp` no label is ambiguous and every file reads back to the events it was written from. Names
// must not contain line ends; CSPM's and π's never do.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "semantics/event.hpp"

namespace tryst {

enum class LabelStyle : std::uint8_t {
  csp,    // c.1.true
  mcrl2,  // c(1,true)
  cadp,   // C !1 !true
};

struct LabelOptions {
  LabelStyle style = LabelStyle::csp;
  std::string tau_label;  // empty: the style's own
};

// The label of every event of `events`, by its number.
std::vector<std::string> labels(const EventNames& events, const LabelOptions&);

// The event that a label of a file stands for. `tau_labels` are the words for τ; `tick` is ✓.
EventId event_of_label(std::string_view label, std::span<const std::string_view> tau_labels, EventNames& events);

inline constexpr std::string_view default_tau_labels[] = {"i", "tau"};

}  // namespace tryst
