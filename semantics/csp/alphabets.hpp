// Event sets and relations between events, interned: equality is equality of ids.
//
// A set is explicit (sorted ids) or, when infinite, a membership test supplied by the evaluator. Membership is O(1):
// the first question about a set builds a bitmap over the window [least, greatest] of its elements; a set that is too
// thin for a bitmap is searched by bisection. An infinite set asks its test at most once an event.
//   relations   pairs sorted and distinct; images() and preimages() bisect, O(log pairs)
// Threads: none; questions fill the bitmaps.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/arena.hpp"
#include "semantics/event.hpp"

namespace tryst::csp {

enum class EventSetId : std::uint32_t {};
enum class RelationId : std::uint32_t {};

class Alphabets {
 public:
  using Pair = std::pair<EventId, EventId>;

  EventSetId event_set(std::vector<EventId> elements);  // any order, duplicates allowed
  // An infinite set; `key` identifies it, `contains` decides membership.
  EventSetId event_set(std::uint64_t key, std::function<bool(EventId)> contains);
  bool contains(EventSetId, EventId);
  // The same question about one set for events that mostly ascend, as moves do: thin sets are
  // searched only when the next element is passed, and the set is looked up once. Valid as long as the alphabets.
  class Membership {
   public:
    Membership(Alphabets&, EventSetId);
    bool operator()(EventId e) {
      if (!words_.empty()) {
        const std::uint32_t at = index(e) - window_;  // wraps round below the window, and is beyond it then
        return at / 64 < words_.size() && (words_[at / 64] >> at % 64 & 1) != 0;
      }
      if (is_infinite_) return alphabets_.contains(set_, e);
      if (next_ != 0 && elements_[next_ - 1] >= e) next_ = 0;
      if (next_ < elements_.size() && elements_[next_] < e)
        next_ = static_cast<std::size_t>(std::ranges::lower_bound(elements_.subspan(next_), e) - elements_.begin());
      return next_ < elements_.size() && elements_[next_] == e;
    }

   private:
    Alphabets& alphabets_;
    EventSetId set_;
    bool is_infinite_;
    std::uint32_t window_ = 0;
    std::span<const std::uint64_t> words_;  // the bitmap; empty: there is none
    std::span<const EventId> elements_;     // of a finite set
    std::size_t next_ = 0;                  // all elements before it are less than the event asked about last
  };
  std::optional<std::span<const EventId>> elements(EventSetId) const;  // sorted; none: infinite

  RelationId relation(std::vector<Pair> pairs);  // any order, duplicates allowed
  std::span<const Pair> pairs(RelationId) const;
  std::span<const Pair> images(RelationId, EventId left) const;      // the pairs (left, _), sorted
  std::span<const Pair> preimages(RelationId, EventId right) const;  // (right, _): the converse's pairs, sorted

 private:
  struct EventSet {
    std::vector<EventId> elements;            // finite: sorted, distinct
    std::function<bool(EventId)> membership;  // infinite: the evaluator's test
    std::uint32_t window = 0;                 // the event of bit 0 of `bitmap`, a multiple of 64
    std::vector<std::uint64_t> bitmap;        // bit e - window: e is an element; empty until the first question
    std::vector<std::uint64_t> asked;         // infinite: the events whose bit is known; grows
  };
  struct Relation {
    std::vector<Pair> pairs;     // sorted, distinct
    std::vector<Pair> converse;  // the same pairs turned round, sorted
  };

  static bool thin(const EventSet&);
  static void build_bitmap(EventSet&);
  static bool ask(EventSet&, EventId);

  std::deque<EventSet> sets_;  // by id; a deque, because a membership test may add sets while it runs
  Arena<RelationId, Relation> relations_;
  std::unordered_multimap<std::uint64_t, EventSetId> sets_by_hash_;  // the finite ones
  std::unordered_map<std::uint64_t, EventSetId> sets_by_key_;        // the infinite ones
  std::unordered_multimap<std::uint64_t, RelationId> relations_by_hash_;
};

}  // namespace tryst::csp
