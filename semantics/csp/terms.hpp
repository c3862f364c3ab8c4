// The store of hash-consed process terms, event sets and relations of one script.
//
// intern() of an equal term gives the same id. Event sets are explicit (sorted ids) or, when infinite, a membership test
// supplied by the evaluator. Everything here is append-only.
#pragma once

#include <functional>
#include <memory>

#include "semantics/csp/process.hpp"

namespace tryst::csp {

class Terms {
 public:
  Terms();
  ~Terms();

  EventNames& events();
  const EventNames& events() const;

  ProcessId intern(Term);
  const Term& operator[](ProcessId) const;
  std::size_t size() const;

  EventSetId event_set(std::vector<EventId>);  // any order, duplicates allowed
  // An infinite set of events; `key` identifies it, `contains` decides membership and is asked once an event.
  EventSetId event_set(std::uint64_t key, std::function<bool(EventId)> contains);
  bool contains(EventSetId, EventId);
  std::optional<std::span<const EventId>> elements(EventSetId) const;  // none: infinite

  RelationId relation(std::vector<std::pair<EventId, EventId>>);
  std::span<const std::pair<EventId, EventId>> pairs(RelationId) const;

 private:
  struct Store;
  std::unique_ptr<Store> store_;
};

}  // namespace tryst::csp
