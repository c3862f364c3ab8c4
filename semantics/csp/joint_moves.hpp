// Moves that several operands of a parallel operator make together.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "semantics/csp/alphabet_index.hpp"
#include "semantics/csp/conclusions.hpp"

namespace tryst::csp {

struct Step;

// The moves on one event; `moves` is sorted by event.
std::span<const Move> moves_on(std::span<const Move> moves, EventId);

// Every way in which `owners` (positions of operands, ascending) perform `event` together.
void joint_by(const Step&, std::span<const std::uint32_t> owners, EventId event, Conclusions&);

// Every way in which all operands perform an event of `set` together.
void joint_by_all(const Step&, EventSetId set, Conclusions&);

// Which alphabets of a list, always the same one, contain an event, found once an event.
//   first_[e]   where the positions for event e start in positions_, preceded by their number; 0: not asked yet
class Participants {
 public:
  std::span<const std::uint32_t> of(EventId, std::span<const EventSetId> sets, Alphabets&);

 private:
  static constexpr std::size_t asked_max = 8;  // alphabets of a list that are asked one by one

  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> positions_ = {0};
  std::optional<AlphabetIndex> index_;  // of a longer list
};

// What joint_by() works with, kept between calls.
struct JointScratch {
  std::vector<std::span<const Move>> ranges;  // the moves of each owner on the event
  std::vector<std::size_t> chosen;            // one of each range
  std::vector<Terms::Change> changes;
  std::vector<std::uint32_t> all;  // 0, 1, 2 ...
};

}  // namespace tryst::csp
