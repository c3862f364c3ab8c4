// Events of a transition system and their printed names. τ is event 0, ✓ is event 1, visible events follow.
//
// A name is exactly CSPM's dotted form (`c.1.true`), or for π `a(x)`, `'a<b>`. Interning is O(length).
// Threads: not safe while interning.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>()(name); }
  };

  std::unordered_map<std::string, EventId, Hash, std::equal_to<>> ids_;
  std::vector<std::string_view> names_;  // views of the keys of ids_, which never move; [0], [1] are literals
};

}  // namespace tryst
