#include "checker/state_set.hpp"

#include <algorithm>
#include <cstring>

namespace tryst {

namespace {

constexpr std::size_t states_per_few = 256;  // sorting one takes as long as searching so many flags

}  // namespace

// The flags are padded, as they are searched eight at a time.
StateSet::StateSet(std::uint32_t states, unsigned threads)
    : flags_((states + std::size_t{7}) / 8 * 8, 0), added_(threads), few_max_(states / states_per_few) {}

void StateSet::take(std::vector<StateId>& out) {
  out.clear();
  if (std::ranges::all_of(added_, [&](const auto& states) { return states.size() <= few_max_; }))
    take_few(out);
  else
    search(out);
  for (auto& states : added_) states.clear();
}

void StateSet::take_few(std::vector<StateId>& out) {
  for (const auto& states : added_) out.insert(out.end(), states.begin(), states.end());
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  for (const StateId s : out) flags_[index(s)] = 0;
}

void StateSet::search(std::vector<StateId>& out) {
  for (std::size_t first = 0; first < flags_.size(); first += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, flags_.data() + first, 8);
    if (eight == 0) continue;
    for (std::size_t s = first; s < first + 8; ++s)
      if (flags_[s] != 0) out.push_back(static_cast<StateId>(s));
    std::memset(flags_.data() + first, 0, 8);
  }
}

}  // namespace tryst
