#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

std::span<const CatalogueEntry> deployment() {
  static constexpr CatalogueEntry entries[] = {
      {"P0661", "an executor and its components",
       "A file for `--deploy` has a line `NAME:` for each executor, and below it the components that run there, one a "
       "line. A line that begins with `--` is a comment.",
       "SENDER(false)\nsender:\n"},
      {"P0662", "no such component",
       "Components are named as `emit` prints them and as the README of the emitted project lists them; `*`, `?` and "
       "`[...]` stand for any characters, any one, and one of these.",
       "sender:\nSENDERS\n"},
      {"P0663", "a component on two executors", "Each component runs on one executor.", "one:\nP*\ntwo:\nP(2)\n"},
      {"P0664", "a component on no executor", "Every component of the program needs its place.", "one:\nP(1)\n"},
      {"P0671", "a state that offers too much",
       "In a program, a state of a process lists all that it can do at once, at most 1,000 steps. A summand that is "
       "itself "
       "parallel is written out for that, with every communication inside it; behind a silent step it is not.",
       ""},
      {"P0672", "calls too deep for one step",
       "What an agent does when it is called is part of the step that calls it, at most 1,000 agents deep. A prefix in "
       "between makes it two steps.",
       ""},
      {"P0673", "a name that carries names and data",
       "Members of processes have types, so a program needs to know what is received on a name. Sorts say it, except "
       "where "
       "messages of different lengths meet on one name (P0801): then what else they carry is not compared. Use names "
       "of "
       "their own for different messages.",
       ""},
  };
  return entries;
}

}  // namespace tryst::catalogue
