// Events of a transition system and their printed names. τ is event 0, ✓ is event 1, visible events follow.
//
// A name is exactly CSPM's dotted form (`c.1.true`), or for π `a(x)`, `'a<b>`. Alphabets of millions of events are usual,
// so a name costs its bytes and 24 to 32 more:
//   blocks_  the names; they never move, so a view of one stays valid as long as its EventNames lives
//   names_   by event: views of them; those of τ and ✓ are literals
//   slots_   open addressing with linear probing, a power of two, at most half full; τ marks an unused one
// Interning and finding are O(length). Threads: not safe while interning.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/arena.hpp"

namespace tryst {

enum class EventId : std::uint32_t {};

inline constexpr EventId tau{0};
inline constexpr EventId tick{1};

constexpr bool is_visible(EventId e) { return index(e) > 1; }

class EventNames {
 public:
  EventNames();  // τ and ✓ are there from the start, printed "τ" and "✓"
  EventNames(const EventNames&);
  EventNames(EventNames&&) = default;
  EventNames& operator=(EventNames other);
  ~EventNames() = default;

  EventId intern(std::string_view name);  // a visible event, or the existing id of that name
  std::optional<EventId> find(std::string_view name) const;
  std::string_view name(EventId e) const { return names_[index(e)]; }
  std::size_t size() const { return names_.size(); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    EventId event = tau;
  };

  std::size_t slot_of(std::string_view name, std::uint32_t hash) const;
  std::string_view stored(std::string_view name);
  void grow();

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;  // the unused rest of the last block
  std::size_t free_bytes_ = 0;
  std::size_t block_bytes_ = 256;  // of the next block; doubles up to a maximum
  std::vector<std::string_view> names_;
  std::vector<Slot> slots_;
};

}  // namespace tryst
