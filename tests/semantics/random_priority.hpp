// Operators on one process, priority among them, put around a process at random.
#pragma once

#include <random>

#include "tests/semantics/term_builder.hpp"

namespace tryst::csp {

// Up to four of them, over the builder's first two events.
inline ProcessId with_priority(TermBuilder& t, ProcessId p, std::mt19937& random) {
  constexpr EventId a{2};
  constexpr EventId b{3};
  for (std::size_t layers = 1 + random() % 4; layers > 0; --layers) {
    switch (random() % 12) {
      case 0: p = t.prioritise(p, {{}, {a, b}}); break;
      case 1: p = t.prioritise(p, {{}, {b}}); break;
      case 2: p = t.prioritise(p, {{a}, {b}}); break;
      case 3: p = t.prioritise(p, {{b}, {}, {a}}); break;
      case 4: p = t.prioritise(p, {{b}}); break;
      case 5: p = t.prioritise_po(p, {a, b}, {{b, a}}, {b}); break;
      case 6: p = t.prioritise_po(p, {a, b}, {{a, b}}, {}); break;
      case 7: p = t.prioritise_po(p, {b}, {}, {}); break;
      case 8: p = t.apply(Operator::hide, {p}, {random() % 2 == 0 ? a : b}); break;
      case 9: p = t.apply(Operator::project, {p}, {random() % 2 == 0 ? a : b}); break;
      case 10: p = t.rename(p, {{a, b}, {b, a}}); break;
      default: p = t.rename(p, {{a, a}, {a, b}}); break;
    }
  }
  return p;
}

}  // namespace tryst::csp
