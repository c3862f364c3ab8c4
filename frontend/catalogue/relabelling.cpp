#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

std::span<const CatalogueEntry> relabelling() {
  static constexpr CatalogueEntry entries[] = {
      {"P0651", "not a relabelling rule",
       "A file for `--relabel` has one rule a line, `old -> new`. A line `left:` or `right:` says that the rules after "
       "it are for that operand only, `both:` ends that, and a line that begins with `--` is a comment.",
       "send = transmit\n"},
      {"P0652", "two rules for one label",
       "All events are renamed at once, so a label, or a channel, has one new name at most in each operand.",
       "a -> b\na -> c\n"},
      {"P0653", "not a visible event",
       "Rules speak of visible events. `tau` may be a new label, which hides the event; termination, `tick`, stays "
       "what it is.",
       "tau -> a\n"},
  };
  return entries;
}

}  // namespace tryst::catalogue
