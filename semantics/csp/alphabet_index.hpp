// Which alphabets of a list contain an event, without asking each of them.
//
//   by_event_   (event, position) of explicit sets, sorted
//   by_key_     (key, position) of sets given by keys, sorted
//   asked_      the positions of sets that are asked: those with a test, and the largest beyond entries_max
// Cost: O(elements log elements) to make; owners() O(log elements), and a question to each set that is asked.
// Threads: none; it asks the alphabets.
#pragma once

#include "semantics/csp/alphabets.hpp"

namespace tryst::csp {

class AlphabetIndex {
 public:
  static constexpr std::size_t entries_max = std::size_t{1} << 23;

  AlphabetIndex(Alphabets&, std::span<const EventSetId> sets);  // of which the list must stay valid

  // Appends the positions of the sets that contain the event, ascending.
  void owners(EventId, std::vector<std::uint32_t>& out) const;

 private:
  template <class Key>
  using Entries = std::vector<std::pair<Key, std::uint32_t>>;

  Alphabets& alphabets_;
  std::vector<EventSetId> sets_;
  Entries<EventId> by_event_;
  Entries<std::uint32_t> by_key_;
  std::vector<std::uint32_t> asked_;
};

}  // namespace tryst::csp
