// Reads a transition system from Aldebaran's format (.aut; https://cadp.inria.fr/man/aut.html, and what mCRL2 writes).
//
//   des (initial, transitions, states)
//   (source, label, target)            one a line, exactly as many as announced; states are numbered from 0
// A label is everything between the first and the last double quote of its line, where \" stands for a quote, or else
// bare text without quotes up to the last comma, trimmed. `i` and `tau` are τ, `tick` is ✓, and \tau is a visible event
// called tau (semantics/lts_labels.hpp). Blanks around numbers and commas, empty lines, CR LF, a missing last line
// end and a byte-order mark of UTF-8 are accepted. A state without transitions that only ✓ leads to is Ω; one that is also met otherwise, as in
// systems in which Ω and a deadlock are one state, is a deadlock. States keep their numbers.
//
// One pass over the stream, which is not kept: O(bytes), and the memory of an LtsBuilder. Errors are P0601 to P0607;
// reading stops after a hundred, and none of a file with errors is returned. They point at excerpts, the lines that are
// wrong, which are added to the sources under the given name.
#pragma once

#include <istream>
#include <optional>
#include <span>
#include <string>

#include "frontend/diagnostic.hpp"
#include "semantics/lts.hpp"
#include "semantics/lts_labels.hpp"

namespace tryst {

// A header may announce this many states, or one for each byte of the file if that is more.
inline constexpr std::uint32_t aut_states_max = 1u << 24;

std::optional<Lts> read_aut(std::istream&, std::string name, SourceSet&, Diagnostics&,
                            std::span<const std::string_view> tau_labels = default_tau_labels);

}  // namespace tryst
