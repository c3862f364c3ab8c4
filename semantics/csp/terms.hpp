// The store of hash-consed process terms, event sets and relations of one script.
//
// intern() of an equal term gives the same id. Everything here is append-only; ids are dense from 0, children before
// parents, and the spans of a TermView stay valid as long as the store.
// Memory: 4 bytes an operand, event or set, and about 40 a term. Cost: O(size of the term) to intern; with_operand(),
// the step of every parallel operator, hashes in O(1). Threads: none; one store belongs to one thread.
#pragma once

#include <functional>
#include <memory>

#include "semantics/csp/alphabets.hpp"
#include "semantics/csp/process.hpp"

namespace tryst::csp {

class Terms {
 public:
  Terms();
  ~Terms();

  EventNames& events();
  const EventNames& events() const;

  ProcessId intern(const Term&);
  ProcessId intern(const TermView&);
  // The term that differs from `term` in one operand, or in several: positions ascending.
  struct Change {
    std::uint32_t position;
    ProcessId operand;
  };
  ProcessId with_operand(ProcessId term, std::size_t position, ProcessId operand);
  ProcessId with_operands(ProcessId term, std::span<const Change> changes);
  // Several such variants of one term at once: their lookups overlap, which is what makes a step of a large system
  // cheap.
  struct Variant {
    std::uint32_t first;  // its changes are changes[first, first + count)
    std::uint32_t count;
    ProcessId term;  // the answer
  };
  void find_variants(ProcessId term, std::span<const Change> changes, std::span<Variant> variants);
  TermView operator[](ProcessId) const;
  Operator op(ProcessId) const;
  std::size_t size() const;

  Alphabets& alphabets();
  const Alphabets& alphabets() const;

  // Shorthands for alphabets().
  EventSetId event_set(std::vector<EventId> elements);
  EventSetId event_set(std::uint64_t key, std::function<bool(EventId)> contains);
  bool contains(EventSetId, EventId);
  std::optional<std::span<const EventId>> elements(EventSetId) const;  // none: infinite
  RelationId relation(std::vector<std::pair<EventId, EventId>>);
  std::span<const std::pair<EventId, EventId>> pairs(RelationId) const;

  void check() const;  // asserts the invariants of the store

 private:
  struct Store;
  std::unique_ptr<Store> store_;
};

}  // namespace tryst::csp
