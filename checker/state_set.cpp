#include "checker/state_set.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace tryst {

namespace {

constexpr std::size_t states_per_few = 256;        // sorting one takes as long as searching so many flags
constexpr std::size_t shared_flags_min = 1 << 18;  // fewer are not worth waking the other threads

// Bit i is what byte i is, 0 or 1: multiplying brings all of them to the uppermost byte, without carries.
std::uint64_t gathered(std::uint64_t eight) { return (eight * 0x0102040810204080) >> 56; }

}  // namespace

// The flags are padded, as they are searched eight at a time.
StateSet::StateSet(std::uint32_t states, unsigned threads)
    : flags_((states + std::size_t{7}) / 8 * 8, 0), added_(threads), few_max_(states / states_per_few) {}

void StateSet::take(std::vector<StateId>& out, Crew& crew) {
  out.clear();
  if (std::ranges::all_of(added_, [&](const auto& states) { return states.size() <= few_max_; }))
    take_few(out);
  else if (crew.size() == 1 || flags_.size() < shared_flags_min)
    search(0, flags_.size(), out);
  else
    search(out, crew);
  for (auto& states : added_) states.clear();
}

void StateSet::take_few(std::vector<StateId>& out) {
  for (const auto& states : added_) out.insert(out.end(), states.begin(), states.end());
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  for (const StateId s : out) flags_[index(s)] = 0;
}

// By all of the crew; the lists are free to take what each finds, as all that was added is found again.
void StateSet::search(std::vector<StateId>& out, Crew& crew) {
  const std::size_t words = flags_.size() / 8;
  const std::size_t workers = crew.size();
  added_.resize(std::max(added_.size(), workers));  // those who add may be fewer
  for (auto& states : added_) states.clear();
  crew.run(crew.size(), [&](unsigned w) { search(words * w / workers * 8, words * (w + 1) / workers * 8, added_[w]); });
  for (const auto& states : added_) out.insert(out.end(), states.begin(), states.end());
}

// The states whose flags lie in [first, last).
void StateSet::search(std::size_t first, std::size_t last, std::vector<StateId>& found) {
  for (; first < last; first += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, flags_.data() + first, 8);
    if (eight == 0) continue;
    std::memset(flags_.data() + first, 0, 8);
    for (std::uint64_t bits = gathered(eight); bits != 0; bits &= bits - 1)
      found.push_back(static_cast<StateId>(first + static_cast<std::size_t>(std::countr_zero(bits))));
  }
}

}  // namespace tryst
