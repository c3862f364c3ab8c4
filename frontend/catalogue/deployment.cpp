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
      {"P0663", "a component on two executors", "Each component runs on one executor.",
       "one:\nP*\ntwo:\nP(2)\n"},
      {"P0664", "a component on no executor",
       "Every component of the program needs its place.",
       "one:\nP(1)\n"},
  };
  return entries;
}

}  // namespace tryst::catalogue
