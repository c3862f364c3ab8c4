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
  // Before the action at this place of the word, or at its end, it is in a stable state that offers no more than this,
  // sorted. At the end only of those that do not loop.
  struct Rest {
    std::size_t place;
    std::vector<EventId> offers;
  };
  std::vector<Rest> rests;  // ascending by place
  // Whether it goes on behind the word with these actions again and again or, if there are none, with τ.
  bool loops = false;
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
