// Runs of items in blocks that never move: a span into the pool stays valid as long as the pool.
//
// A run is named by the 32-bit position of its first item. A run longer than a block gets blocks of its own.
//   blocks_   blocks_[p / block] + p % block is item p
// Cost: amortised O(length) to add; at most one block is left unfilled before a long run. Threads: not safe while
// growing.
#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <vector>

#include "semantics/budget.hpp"

namespace tryst::csp {

template <class T>
class BlockPool {
 public:
  static constexpr std::uint32_t block = 1 << 13;

  const T* at(std::uint32_t position) const { return blocks_[position / block] + position % block; }

  // Room for `count` default-initialised items; the position of the first is left in `position`.
  T* add(std::size_t count, std::uint32_t& position) {
    const bool fits = !blocks_.empty() && used_ + count <= block;
    if (!fits) open(count);
    position = static_cast<std::uint32_t>(first_ * block + used_);
    T* const run = blocks_[first_] + used_;
    used_ += count;
    return run;
  }

 private:
  void open(std::size_t count) {
    const std::size_t needed = count / block + 1;
    if ((blocks_.size() + needed) * block > 0xffffffffu) throw LimitReached{"the store of process terms is full"};
    owned_.push_back(std::make_unique_for_overwrite<T[]>(needed * block));
    first_ = blocks_.size();
    for (std::size_t i = 0; i < needed; ++i) blocks_.push_back(owned_.back().get() + i * block);
    used_ = 0;
  }

  std::vector<std::unique_ptr<T[]>> owned_;
  std::vector<T*> blocks_;
  std::size_t first_ = 0;  // the block where the last allocation began
  std::size_t used_ = 0;   // items used from there
};

}  // namespace tryst::csp
