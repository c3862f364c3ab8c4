#include "checker/formula.hpp"

#include <algorithm>

namespace tryst {

FormulaId Formulas::add(Modality modality, bool negated, EventId event, Parts parts) {
  std::vector<std::uint32_t> key{static_cast<std::uint32_t>(modality), negated ? 1u : 0u, index(event), 0};
  for (std::vector<FormulaId>* some : {&parts.before, &parts.after}) {
    std::ranges::sort(*some);
    some->erase(std::ranges::unique(*some).begin(), some->end());
    for (const FormulaId f : *some) key.push_back(index(f));
  }
  key[3] = static_cast<std::uint32_t>(parts.before.size());
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  const FormulaId f = nodes_.add({modality, negated, event, parts_.add(parts.before), parts_.add(parts.after)});
  known_.emplace(std::move(key), f);
  return f;
}

std::uint32_t Formulas::depth(FormulaId root) const {
  std::vector<std::uint32_t> depths;
  for (std::uint32_t i = 0; i <= index(root); ++i) {
    const FormulaId f = static_cast<FormulaId>(i);
    std::uint32_t below = 0;
    for (const auto parts : {before(f), after(f)})
      for (const FormulaId part : parts) below = std::max(below, depths[index(part)]);
    depths.push_back(below + 1);
  }
  return depths.back();
}

}  // namespace tryst
