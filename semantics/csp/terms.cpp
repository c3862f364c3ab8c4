#include "semantics/csp/terms.hpp"

#include <algorithm>
#include <cassert>

#include "semantics/csp/block_pool.hpp"
#include "semantics/huge_pages.hpp"

namespace tryst::csp {

namespace {

// A record is a run of words: operator and number of sets, number of operands, operands, events, sets, and what the
// operator has besides (relation, payload, or the span of a prefix).
constexpr std::size_t header_words = 2;

std::size_t event_count(Operator op, std::size_t operands) {
  if (op == Operator::prefix) return operands;
  return op == Operator::trace_watchdog || op == Operator::failure_watchdog ? 1 : 0;
}

bool has_relation(Operator op) {
  return op == Operator::rename || op == Operator::link || op == Operator::prioritise_po;
}

bool has_payload(Operator op) { return op == Operator::compressed || op == Operator::suspended; }

// A random odd multiplier for each position (splitmix64): the hash of a record is the sum over its words of the high
// half of multiplier * word, so changing one word changes the sum by one term.
std::uint32_t weigh(std::size_t position, std::uint32_t word) {
  std::uint64_t x = (position + 1) * 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return static_cast<std::uint32_t>(((x | 1) * (word + std::uint64_t{1})) >> 32);
}

template <class Id>
void append(std::vector<std::uint32_t>& words, std::span<const Id> ids) {
  for (const Id id : ids) words.push_back(index(id));
}

template <class Id>
std::span<const Id> ids(const std::uint32_t* words, std::size_t count) {
  static_assert(sizeof(Id) == sizeof(std::uint32_t));
  return {reinterpret_cast<const Id*>(words), count};
}

void encode(const TermView& term, std::vector<std::uint32_t>& words) {
  words.clear();
  words.push_back(static_cast<std::uint32_t>(term.op) | static_cast<std::uint32_t>(term.sets.size()) << 8);
  words.push_back(static_cast<std::uint32_t>(term.operands.size()));
  append(words, term.operands);
  append(words, term.events);
  append(words, term.sets);
  if (has_relation(term.op)) words.push_back(index(term.relation));
  if (has_payload(term.op)) words.push_back(term.payload);
  if (term.op == Operator::prefix) words.insert(words.end(), {term.span.begin, term.span.end});
}

// How many operands and sets each operator takes; `any` is one or more.
[[maybe_unused]] bool well_formed(const TermView& term) {
  const std::size_t operands = term.operands.size();
  const std::size_t sets = term.sets.size();
  if (term.events.size() != event_count(term.op, operands)) return false;
  if (has_relation(term.op) != (term.relation != no_id<RelationId>)) return false;
  switch (term.op) {
    case Operator::stop:
    case Operator::skip:
    case Operator::omega:
    case Operator::div:
    case Operator::suspended: return operands == 0 && sets == 0;
    case Operator::run:
    case Operator::chaos: return operands == 0 && sets == 1;
    case Operator::prefix:
      return operands >= 1 && sets == 0 && std::is_sorted(term.events.begin(), term.events.end()) &&
             std::adjacent_find(term.events.begin(), term.events.end()) == term.events.end() &&
             is_visible(term.events.front());
    case Operator::external_choice:
    case Operator::internal_choice:
    case Operator::interleave: return operands >= 1 && sets == 0;
    case Operator::sliding_choice:
    case Operator::interrupt:
    case Operator::sequential:
    case Operator::link: return operands == 2 && sets == 0;
    case Operator::parallel:
    case Operator::sync_external: return operands >= 1 && sets == 1;
    case Operator::alphabetised: return operands >= 1 && sets == operands;
    case Operator::exception:
    case Operator::sync_interrupt: return operands == 2 && sets == 1;
    case Operator::hide:
    case Operator::project: return operands == 1 && sets == 1;
    case Operator::prioritise: return operands == 1 && sets >= 1;
    case Operator::prioritise_po: return operands == 1 && sets == 2;
    case Operator::trace_watchdog:
    case Operator::failure_watchdog: return operands >= 1 && sets == 1;
    case Operator::deter:
    case Operator::rename:
    case Operator::chase:
    case Operator::compressed: return operands == 1 && sets == 0;
  }
  return false;
}

}  // namespace

// Records live in blocks that never move; the word before a record is its term's number.
//   start[t]    the position of the number before the record of term t
//   hash[t]     the hash of its record
//   table       open addressing with linear probing, at most half full: the hash and the start of a record
struct Terms::Store {
  static constexpr std::uint32_t vacant = 0xffffffff;
  struct Slot {
    std::uint32_t hash;
    std::uint32_t start;  // or `vacant`
  };

  EventNames events;
  Alphabets alphabets;
  BlockPool<std::uint32_t> records;
  std::vector<std::uint32_t> start;
  std::vector<std::uint32_t> hash;
  std::vector<Span> spans;
  using Table = std::vector<Slot, HugePages<Slot>>;
  Table table = Table(1024, Slot{0, vacant});
  std::vector<std::uint32_t> words;   // the record being interned
  std::vector<std::uint32_t> hashes;  // of the variants being found

  const std::uint32_t* record(ProcessId term) const {
    assert(index(term) < start.size());
    return records.at(start[index(term)]) + 1;
  }

  // The slot of the record of this hash that `equal` accepts, or the vacant slot where it belongs.
  template <class Equal>
  std::size_t find(std::uint32_t wanted, Equal equal) const {
    const std::size_t mask = table.size() - 1;
    std::size_t slot = wanted & mask;
    while (table[slot].start != vacant && !(table[slot].hash == wanted && equal(records.at(table[slot].start) + 1)))
      slot = (slot + 1) & mask;
    return slot;
  }

  bool is_vacant(std::size_t slot) const { return table[slot].start == vacant; }
  ProcessId term(std::size_t slot) const { return static_cast<ProcessId>(*records.at(table[slot].start)); }

  const Slot& home(std::uint32_t wanted) const { return table[wanted & (table.size() - 1)]; }

  std::uint32_t hash_of_variant(ProcessId term, std::span<const Change> changes) const {
    const std::uint32_t* const base = record(term);
    std::uint32_t wanted = hash[index(term)];
    for (const Change& change : changes) {
      assert(change.position < base[1] && index(change.operand) < start.size());
      const std::size_t at = header_words + change.position;
      wanted += weigh(at, index(change.operand)) - weigh(at, base[at]);
    }
    return wanted;
  }

  ProcessId variant(ProcessId base, std::span<const Change> changes, std::uint32_t wanted);

  // Room for the record of a new term, of `count` words.
  std::uint32_t* add(std::size_t slot, std::uint32_t record_hash, std::size_t count, Span span) {
    std::uint32_t at = 0;
    std::uint32_t* const run = records.add(count + 1, at);
    *run = static_cast<std::uint32_t>(start.size());
    start.push_back(at);
    hash.push_back(record_hash);
    spans.push_back(span);
    table[slot] = {record_hash, at};
    if (2 * start.size() > table.size()) grow();
    return run + 1;
  }

  void grow() {
    Table old(table.size() * 2, Slot{0, vacant});
    old.swap(table);
    const std::size_t mask = table.size() - 1;
    for (const Slot& entry : old) {
      if (entry.start == vacant) continue;
      std::size_t slot = entry.hash & mask;
      while (table[slot].start != vacant) slot = (slot + 1) & mask;
      table[slot] = entry;
    }
  }

  static std::size_t length(const std::uint32_t* record) {
    const auto op = static_cast<Operator>(record[0] & 0xff);
    const std::size_t operands = record[1];
    return header_words + operands + event_count(op, operands) + (record[0] >> 8) + (has_relation(op) ? 1 : 0) +
           (has_payload(op) ? 1 : 0) + (op == Operator::prefix ? 2 : 0);
  }
};

// The term like `base` but for the changes (positions ascending); `wanted` is its hash.
ProcessId Terms::Store::variant(ProcessId base_term, std::span<const Change> changes, std::uint32_t wanted) {
  const std::uint32_t* const base = record(base_term);
  const std::uint32_t* const base_operands = base + header_words;
  const std::size_t count = length(base);
  const std::size_t slot = find(wanted, [=](const std::uint32_t* candidate) {
    if (candidate[0] != base[0] || candidate[1] != base[1]) return false;
    const std::uint32_t* at = candidate + header_words;  // equal to the base up to here, but for the changes
    const std::uint32_t* base_at = base_operands;
    for (const Change& change : changes) {
      const std::uint32_t* const changed = base_operands + change.position;
      if (!std::equal(base_at, changed, at)) return false;
      at += changed - base_at;
      if (*at != index(change.operand)) return false;
      ++at;
      base_at = changed + 1;
    }
    return std::equal(base_at, base + count, at);
  });
  if (!is_vacant(slot)) return term(slot);
  std::uint32_t* const added = add(slot, wanted, count, spans[index(base_term)]);
  std::copy(base, base + count, added);
  for (const Change& change : changes) added[header_words + change.position] = index(change.operand);
  return static_cast<ProcessId>(start.size() - 1);
}

Terms::Terms() : store_(std::make_unique<Store>()) {}
Terms::~Terms() = default;

EventNames& Terms::events() { return store_->events; }
const EventNames& Terms::events() const { return store_->events; }
Alphabets& Terms::alphabets() { return store_->alphabets; }
const Alphabets& Terms::alphabets() const { return store_->alphabets; }
std::size_t Terms::size() const { return store_->start.size(); }

ProcessId Terms::intern(const Term& term) {
  return intern(TermView{term.op, term.span, term.payload, term.operands, term.events, term.sets, term.relation});
}

ProcessId Terms::intern(const TermView& term) {
  assert(well_formed(term));
  std::vector<std::uint32_t>& words = store_->words;
  encode(term, words);
  std::uint32_t hash = 0;
  for (std::size_t i = 0; i < words.size(); ++i) hash += weigh(i, words[i]);
  const std::size_t slot = store_->find(hash, [&words](const std::uint32_t* record) {
    return record[0] == words[0] && record[1] == words[1] && std::equal(words.begin(), words.end(), record);
  });
  if (!store_->is_vacant(slot)) return store_->term(slot);
  std::copy(words.begin(), words.end(), store_->add(slot, hash, words.size(), term.span));
  return static_cast<ProcessId>(store_->start.size() - 1);
}

ProcessId Terms::with_operand(ProcessId term, std::size_t position, ProcessId operand) {
  const Change change{static_cast<std::uint32_t>(position), operand};
  return with_operands(term, {&change, 1});
}

ProcessId Terms::with_operands(ProcessId term, std::span<const Change> changes) {
  return store_->variant(term, changes, store_->hash_of_variant(term, changes));
}

// Three passes: the slots are asked for, then the records that they point at, then all are looked at.
void Terms::find_variants(ProcessId term, std::span<const Change> changes, std::span<Variant> variants) {
  std::vector<std::uint32_t>& hashes = store_->hashes;
  hashes.clear();
  for (const Variant& variant : variants) {
    hashes.push_back(store_->hash_of_variant(term, changes.subspan(variant.first, variant.count)));
    __builtin_prefetch(&store_->home(hashes.back()));
  }
  for (const std::uint32_t hash : hashes)
    if (const Store::Slot& slot = store_->home(hash); slot.hash == hash && slot.start != Store::vacant)
      __builtin_prefetch(store_->records.at(slot.start));
  for (std::size_t i = 0; i < variants.size(); ++i)
    variants[i].term = store_->variant(term, changes.subspan(variants[i].first, variants[i].count), hashes[i]);
}

TermView Terms::operator[](ProcessId id) const {
  const std::uint32_t* const record = store_->record(id);
  TermView term{static_cast<Operator>(record[0] & 0xff), store_->spans[index(id)]};
  const std::size_t operands = record[1];
  const std::uint32_t* at = record + header_words;
  term.operands = ids<ProcessId>(at, operands);
  at += operands;
  term.events = ids<EventId>(at, event_count(term.op, operands));
  at += term.events.size();
  term.sets = ids<EventSetId>(at, record[0] >> 8);
  at += term.sets.size();
  if (has_relation(term.op)) term.relation = static_cast<RelationId>(*at);
  if (has_payload(term.op)) term.payload = *at;
  return term;
}

Operator Terms::op(ProcessId id) const { return static_cast<Operator>(store_->record(id)[0] & 0xff); }

EventSetId Terms::event_set(std::vector<EventId> elements) { return alphabets().event_set(std::move(elements)); }

EventSetId Terms::event_set(std::uint64_t key, std::function<bool(EventId)> contains) {
  return alphabets().event_set(key, std::move(contains));
}

bool Terms::contains(EventSetId set, EventId e) { return alphabets().contains(set, e); }

std::optional<std::span<const EventId>> Terms::elements(EventSetId set) const { return alphabets().elements(set); }

RelationId Terms::relation(std::vector<std::pair<EventId, EventId>> pairs) {
  return alphabets().relation(std::move(pairs));
}

std::span<const std::pair<EventId, EventId>> Terms::pairs(RelationId relation) const {
  return alphabets().pairs(relation);
}

void Terms::check() const {
  std::size_t found = 0;
  for (const Store::Slot& slot : store_->table)
    if (slot.start != Store::vacant) ++found;
  assert(found == size());
  for (std::uint32_t t = 0; t < size(); ++t) {
    const auto id = static_cast<ProcessId>(t);
    const TermView term = (*this)[id];
    assert(well_formed(term));
    for ([[maybe_unused]] const ProcessId operand : term.operands) assert(index(operand) < t);
    std::uint32_t hash = 0;
    for (std::size_t i = 0; i < Store::length(store_->record(id)); ++i) hash += weigh(i, store_->record(id)[i]);
    assert(hash == store_->hash[t]);
  }
}

}  // namespace tryst::csp
