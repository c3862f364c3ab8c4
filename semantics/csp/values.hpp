// The store of hash-consed values: constructors that establish the canonical forms of value.hpp, and the total order.
//
// A node is its kind and its parts; equal nodes are the same id. parts() spans stay valid as long as the store lives.
//   nodes_   one per value that is not a small integer: 24 bytes; the parts lie in blocks that never move
//   table_   open addressing over nodes_, at most 3/4 full
// Constructors cost O(parts); set() also sorts, unless its argument is in order already. Threads: none.
#pragma once

#include <compare>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "semantics/csp/value.hpp"

namespace tryst::csp {

class Values {
 public:
  Values();
  Values(const Values&) = delete;
  Values& operator=(const Values&) = delete;

  ValueId integer(std::int64_t n) {
    if (n >= small_min && n <= small_max) return small(n);
    return big_integer(n);
  }
  ValueId boolean(bool b) const { return b ? true_ : false_; }
  ValueId character(unsigned char c);
  ValueId data(DataId);
  ValueId process(ProcessId);
  ValueId function(ClosureId);
  ValueId tuple(std::span<const ValueId> components);
  ValueId sequence(std::span<const ValueId> elements);
  ValueId string(std::string_view text);  // a sequence of characters
  ValueId empty_sequence() const { return empty_sequence_; }
  // Exactly these parts, which must be canonical already: scripts combine dots with combine_dots (dot.hpp). One part:
  // itself.
  ValueId dot(std::span<const ValueId> parts);
  ValueId map(std::vector<std::pair<ValueId, ValueId>> entries);  // any order, keys distinct

  ValueId empty_set() const { return empty_set_; }
  ValueId set(std::vector<ValueId> elements);              // any order, duplicates allowed
  ValueId sorted_set(std::span<const ValueId> elements);   // strictly ascending
  ValueId int_range(std::int64_t low, std::int64_t high);  // {low..high}, empty when high < low
  ValueId int_from(std::int64_t low);
  ValueId all_integers() const { return all_integers_; }
  ValueId all_processes() const { return all_processes_; }
  ValueId datatype(DatatypeId);  // of an infinite datatype: use DataTable::values_of
  // A symbolic set of exactly this form; set_operations.hpp builds them in canonical form.
  ValueId symbolic(ValueKind, std::span<const ValueId> parts);

  ValueKind kind(ValueId v) const { return is_small(v) ? ValueKind::integer : nodes_[index(v)].kind; }
  bool is_set(ValueId v) const { return csp::is_set(kind(v)); }
  std::span<const ValueId> parts(ValueId v) const;
  std::int64_t as_integer(ValueId) const;
  bool as_boolean(ValueId v) const { return v == true_; }
  unsigned char as_character(ValueId v) const { return static_cast<unsigned char>(word(v)); }
  DataId as_data(ValueId v) const { return static_cast<DataId>(word(v)); }
  DatatypeId as_datatype(ValueId v) const { return static_cast<DatatypeId>(word(v)); }
  ProcessId as_process(ValueId v) const { return static_cast<ProcessId>(word(v)); }
  ClosureId as_function(ValueId v) const { return static_cast<ClosureId>(word(v)); }
  std::string as_string(ValueId) const;  // of a sequence of characters

  // The total order in which sets are iterated: integers by value, characters, false before true, constructors as
  // declared, tuples, dots and sequences lexicographically, finite sets by their elements lexicographically. It does
  // not depend on the order in which values were made, except for processes and functions. Equal only for the same id.
  std::strong_ordering compare(ValueId a, ValueId b) const;

  std::size_t size() const { return nodes_.size(); }
  std::uint64_t memory_bytes() const;
  void check() const;  // asserts the invariants of every node

 private:
  struct Node {
    const ValueId* parts;
    std::uint32_t count;
    std::uint32_t hash;
    ValueKind kind;
    std::uint16_t depth;  // 1 + the deepest part
  };
  static constexpr std::uint32_t small_tag = 0x80000000u;
  static constexpr std::int64_t small_min = -(std::int64_t{1} << 30);
  static constexpr std::int64_t small_max = (std::int64_t{1} << 30) - 2;  // so that no_id is not an integer

  static bool is_small(ValueId v) { return (index(v) & small_tag) != 0; }
  static ValueId small(std::int64_t n) {
    return static_cast<ValueId>(small_tag | static_cast<std::uint32_t>(n - small_min));
  }
  std::uint32_t word(ValueId) const;
  ValueId big_integer(std::int64_t);
  ValueId leaf(ValueKind, std::uint32_t word);
  ValueId intern(ValueKind, std::span<const ValueId> parts, std::uint16_t depth);
  ValueId composite(ValueKind, std::span<const ValueId> parts);
  const ValueId* copy(std::span<const ValueId> parts);
  void grow();

  std::uint32_t rank(ValueId) const;
  void sort_unique(std::vector<ValueId>&) const;
  std::strong_ordering compare_parts(ValueId a, ValueId b) const;
  std::strong_ordering compare_sets(ValueId a, ValueId b) const;

  std::vector<Node> nodes_;
  std::vector<ValueId> table_;
  std::vector<std::unique_ptr<ValueId[]>> blocks_;
  ValueId* block_ = nullptr;  // the free part of the last block
  std::size_t block_free_ = 0;
  std::uint64_t block_words_ = 0;
  ValueId false_, true_, empty_sequence_, empty_set_, all_integers_, all_processes_;
  std::vector<ValueId> characters_;
};

}  // namespace tryst::csp
