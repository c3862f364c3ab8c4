#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

std::span<const CatalogueEntry> lts_files() {
  static constexpr CatalogueEntry entries[] = {
      {"P0601", "no header",
       "A transition-system file in Aldebaran's format begins with one line that names the initial state, the number "
       "of "
       "transitions and the number of states: `des (0,2,3)`. Files of other formats must be converted first, for "
       "example "
       "with `ltsconvert x.lts x.aut`.",
       "(0,\"a\",1)\n"},
      {"P0602", "no states",
       "Every transition system has an initial state, so a header must announce at least one state.", "des (0,0,0)\n"},
      {"P0603", "too many states announced",
       "Room is made for all the states that the header announces before the first transition is read. To keep a "
       "damaged or "
       "hostile file from taking all memory, a header may announce 16,777,216 states, or as many as the file has "
       "bytes.",
       "des (0,0,4000000000)\n"},
      {"P0604", "no such state", "States are numbered from 0, and the header says how many there are.",
       "des (0,1,2)\n(0,\"a\",2)\n"},
      {"P0605", "not a transition",
       "After the header, every line that is not blank is one transition: its source, its label and its target in "
       "parentheses. Labels with commas or quotes must be quoted.",
       "des (0,1,2)\n0 \"a\" 1\n"},
      {"P0606", "malformed label",
       "A label is bare text without quotes, or stands between double quotes on one line; a quote within it is written "
       "`\\\"`.",
       "des (0,1,2)\n(0,\"a,1)\n"},
      {"P0607", "wrong number of transitions",
       "The header announces how many transitions follow, and the file has more or fewer: it may have been cut off, or "
       "edited by hand without changing the header.",
       "des (0,2,2)\n(0,\"a\",1)\n"},
  };
  return entries;
}

}  // namespace tryst::catalogue
