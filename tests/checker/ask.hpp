// Asking the checker about explicit systems in one line.
#pragma once

#include "checker/question.hpp"
#include "semantics/shared_events.hpp"

namespace tryst {

inline Verdict ask(const Question& question, std::uint32_t counterexamples = 1) {
  Budget budget;
  return check(question, budget, {.counterexamples_max = counterexamples, .witness = false});
}

inline Verdict ask_refinement(const Lts& specification, const Lts& implementation, Model model,
                              std::uint32_t counterexamples = 1) {
  EventNames names;
  SharedEvents left(specification, names);
  SharedEvents right(implementation, names);
  LazyLts lazy_left(left);
  LazyLts lazy_right(right);
  return ask({Property::refinement, model, &lazy_right, &lazy_left, {}}, counterexamples);
}

inline bool refines(const Lts& specification, const Lts& implementation, Model model) {
  return ask_refinement(specification, implementation, model).outcome == Outcome::holds;
}

inline Verdict ask_property(const Lts& system, Property property, Model model, std::vector<EventId> trace = {}) {
  LazyLts lazy(system);
  return ask({property, model, &lazy, nullptr, std::move(trace)});
}

}  // namespace tryst
