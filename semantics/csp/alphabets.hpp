// Event sets and relations between events, interned: equality is equality of ids.
//
// A set is explicit (sorted ids) or, when infinite, a membership test supplied by the evaluator. Membership is O(1):
// the first question about a set builds a bitmap over the window [least, greatest] of its elements; a set that is too
// thin for a bitmap is searched by bisection. An infinite set asks its test at most once an event.
//   relations   pairs sorted and distinct; images() and preimages() bisect, O(log pairs)
// Threads: none; questions fill the bitmaps.
#pragma once

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
