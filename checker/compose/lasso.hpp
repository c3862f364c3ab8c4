// Paths of a system that perform given actions, finite ones and ones that go on for ever.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

// What is to be performed, with τ before, between and after.
struct Performance {
  std::vector<EventId> word;
  // How it ends: in a stable state that offers no more than this, sorted; or with these actions again and again, or, if
  // there are none, with τ again and again; or anyhow.
  enum class End : std::uint8_t { anyhow, stable, loop };
  End end = End::anyhow;
  std::vector<EventId> offers;
  std::vector<EventId> loop;
};

// From the initial state; `loop`, if there is one, leads back to where the stem ends, perhaps after several rounds, and
// may begin amid one.
struct Lasso {
  std::vector<Transition> stem;
  std::vector<Transition> loop;
};

// A shortest stem; none if there is no such path. Cost: the system times the length of word and loop.
std::optional<Lasso> find_lasso(const Lts&, const Performance&, Budget&);

}  // namespace tryst
