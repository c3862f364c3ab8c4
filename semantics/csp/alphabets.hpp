// Event sets and relations between events, interned: equality is equality of ids.
//
// A set is explicit (sorted ids); or, when infinite, a membership test supplied by the evaluator; or given by *keys*:
// numbers, of which it has all events that have one of them, and a few events more. Each event has few keys (the values
// that it begins with), which the evaluator knows; so 10,000 alphabets {|c.i|} of a dense channel are a number each.
// Membership is O(1): the first question about a set builds a bitmap over the window [least, greatest] of its elements;
// a set that is too thin for a bitmap, and keys, are searched by bisection. An infinite set asks its test at most once
// an event. Equality is that of ids among explicit sets; one that is given by keys may equal another that is not.
//   relations   pairs sorted and distinct; images() and preimages() bisect, O(log pairs). A relation may also have
//               *ties* of two keys: an event with the left one is related to the event that has the right one instead,
//               which the evaluator knows, and is asked once for each event and tie
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
  using Tie = std::pair<std::uint32_t, std::uint32_t>;

  EventSetId event_set(std::vector<EventId> elements);  // any order, duplicates allowed
  // An infinite set; `key` identifies it, `contains` decides membership.
  EventSetId event_set(std::uint64_t key, std::function<bool(EventId)> contains);
  // The events with one of these keys, at least one, and these events.
  EventSetId event_set(std::vector<std::uint32_t> keys, std::vector<EventId> elements);
  // The keys of events, for sets given by keys. The answer stays valid until the next question.
  void set_keys(std::function<std::span<const std::uint32_t>(EventId)> keys_of) { keys_of_ = std::move(keys_of); }
  bool contains(EventSetId, EventId);

  // For an index over many sets (alphabet_index.hpp): what a set has, listed or by keys, unless it has a test.
  std::span<const EventId> listed(EventSetId id) const { return sets_[index(id)].elements; }
  std::span<const std::uint32_t> keys(EventSetId id) const { return sets_[index(id)].keys; }
  bool has_test(EventSetId id) const { return sets_[index(id)].membership != nullptr; }
  std::span<const std::uint32_t> keys_of(EventId e) const { return keys_of_(e); }
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
      if (is_asked_) return alphabets_.contains(set_, e);
      if (next_ != 0 && elements_[next_ - 1] >= e) next_ = 0;
      if (next_ < elements_.size() && elements_[next_] < e)
        next_ = static_cast<std::size_t>(std::ranges::lower_bound(elements_.subspan(next_), e) - elements_.begin());
      return next_ < elements_.size() && elements_[next_] == e;
    }

   private:
    Alphabets& alphabets_;
    EventSetId set_;
    bool is_asked_;  // it has a test, or keys
    std::uint32_t window_ = 0;
    std::span<const std::uint64_t> words_;  // the bitmap; empty: there is none
    std::span<const EventId> elements_;     // of a finite set
    std::size_t next_ = 0;                  // all elements before it are less than the event asked about last
  };
  std::optional<std::span<const EventId>> elements(EventSetId) const;  // sorted; none: infinite, or by keys

  RelationId relation(std::vector<Pair> pairs, std::vector<Tie> ties = {});  // any order, duplicates allowed
  std::span<const Pair> pairs(RelationId) const;                             // of a relation without ties
  // The event that has the second key instead of the first, which it has; for relations with ties.
  void set_retied(std::function<EventId(EventId, Tie)> retied) { retied_ = std::move(retied); }
  std::span<const Pair> images(RelationId, EventId left) const;      // the pairs (left, _), sorted
  std::span<const Pair> preimages(RelationId, EventId right) const;  // (right, _): the converse's pairs, sorted

 private:
  struct EventSet {
    std::vector<EventId> elements;            // sorted, distinct; empty where there is a test
    std::vector<std::uint32_t> keys;          // sorted, distinct
    std::function<bool(EventId)> membership;  // infinite: the evaluator's test
    std::uint32_t window = 0;                 // the event of bit 0 of `bitmap`, a multiple of 64
    std::vector<std::uint64_t> bitmap;        // bit e - window: e is an element; empty until the first question
    std::vector<std::uint64_t> asked;         // infinite: the events whose bit is known; grows
  };
  struct Relation {
    std::vector<Pair> pairs;     // sorted, distinct
    std::vector<Pair> converse;  // the same pairs turned round, sorted
    std::vector<Tie> ties;       // sorted, distinct
    std::vector<Tie> reverse;    // the same ties turned round, sorted
    // With ties: the rows of the events asked about.
    mutable std::unordered_map<EventId, std::vector<Pair>> images;
    mutable std::unordered_map<EventId, std::vector<Pair>> preimages;
  };

  EventSetId add(EventSet, std::uint64_t hash);
  std::span<const Pair> tied(std::span<const Pair> listed, std::span<const Tie>, EventId,
                             std::unordered_map<EventId, std::vector<Pair>>& known) const;
  bool has_key(const EventSet&, EventId) const;
  static bool thin(const EventSet&);
  static void build_bitmap(EventSet&);
  static bool ask(EventSet&, EventId);

  std::deque<EventSet> sets_;  // by id; a deque, because a membership test may add sets while it runs
  Arena<RelationId, Relation> relations_;
  std::function<std::span<const std::uint32_t>(EventId)> keys_of_;
  std::function<EventId(EventId, Tie)> retied_;
  std::unordered_multimap<std::uint64_t, EventSetId> sets_by_hash_;  // those without a test
  std::unordered_map<std::uint64_t, EventSetId> sets_by_key_;        // the infinite ones
  std::unordered_multimap<std::uint64_t, RelationId> relations_by_hash_;
};

}  // namespace tryst::csp
