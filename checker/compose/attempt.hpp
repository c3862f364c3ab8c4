// Steps of composing that may be in vain: what a script names was meant to be done, what it does not is a guess. Of more
// components than components_max, what composing saves is rarely what a search lacks.
#pragma once

#include "semantics/budget.hpp"
#include "semantics/script_error.hpp"

namespace tryst {

constexpr std::uint64_t named_work = 100'000'000;
constexpr std::uint64_t automatic_work = 5'000'000;
constexpr std::size_t composed_components_max = 1024;

// Cuts the step short where it costs more than this, or goes wrong.
template <class Step>
void attempt(std::uint64_t work, Budget& budget, const Step& step) {
  try {
    budget.within(work, [&] {
      step();
      return true;
    });
  } catch (const ScriptError&) {  // perhaps of a local state that no run reaches
  }
}

}  // namespace tryst
