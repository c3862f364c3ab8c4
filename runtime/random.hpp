// The numbers that a run's choices come from.
#pragma once

#include <cstdint>

namespace tryst::runtime {

// Pseudo-random numbers, the same for the same seed everywhere (Vigna, "An experimental exploration of Marsaglia's
// xorshift generators, scrambled", ACM TOMS 2016: xorshift64*).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15 + 0x2545f4914f6cdd1d) {
    if (state_ == 0) state_ = 1;
  }
  // Below `bound`, which is at least 1.
  std::uint32_t below(std::uint32_t bound) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<std::uint32_t>(((state_ * 0x2545f4914f6cdd1d >> 32) * bound) >> 32);
  }

 private:
  std::uint64_t state_;
};

}  // namespace tryst::runtime
