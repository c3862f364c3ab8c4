// The set functions of CSPM on canonical sets, finite and symbolic.
//
// Finite sets: merges linear in the operands, ranges in O(1), member in O(log n). Symbolic sets: the sets of integers
// that {a..}, Int and finite sets generate are a Boolean algebra with a normal form, so equality is exact; sequences,
// powersets, maps and products are combined factor by factor; what has nothing simpler stays a union or difference,
// whose membership is exact and whose equality is by form. All but the functions that return Outcome are total;
// LimitReached beyond set_elements_max.
#pragma once

#include <compare>
#include <iterator>
#include <optional>

#include "semantics/csp/data_table.hpp"
#include "semantics/csp/value_fault.hpp"

namespace tryst::csp {

// The elements of a finite set, ascending; random access, no copy; valid as long as the store.
class Elements {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = ValueId;
    using difference_type = std::ptrdiff_t;
    using pointer = const ValueId*;
    using reference = ValueId;
    Iterator(const Elements* elements, std::uint64_t at) : elements_(elements), at_(at) {}
    ValueId operator*() const { return (*elements_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const Elements* elements_;
    std::uint64_t at_;
  };

  Elements(Values& values, ValueId set);  // `set` or `int_range`
  std::uint64_t size() const { return size_; }
  ValueId operator[](std::uint64_t i) const {
    return ids_ != nullptr ? ids_[i] : values_->integer(low_ + static_cast<std::int64_t>(i));
  }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size_}; }

 private:
  Values* values_;
  const ValueId* ids_ = nullptr;  // none: the integers from low_
  std::int64_t low_ = 0;
  std::uint64_t size_;
};

// None: infinite. A finite set that is too large to enumerate: LimitReached.
std::optional<Elements> elements(DataTable&, ValueId set);
std::optional<std::uint64_t> card(DataTable&, ValueId set);  // none: infinite
bool is_infinite(DataTable&, ValueId set);
bool is_empty(const Values&, ValueId set);
bool member(DataTable&, ValueId value, ValueId set);

// Whether a is a subset of b; `unknown` only where b or a is a symbolic union or difference that no rule decides.
enum class Answer : std::uint8_t { no, yes, unknown };
Answer subset(DataTable&, ValueId a, ValueId b);

ValueId set_union(DataTable&, ValueId a, ValueId b);
ValueId set_intersection(DataTable&, ValueId a, ValueId b);
ValueId set_difference(DataTable&, ValueId a, ValueId b);
ValueId set_union(DataTable&, std::span<const ValueId> sets);  // {} of none; O(total log total)
Outcome big_union(DataTable&, ValueId set_of_sets);            // Union
Outcome big_intersection(DataTable&, ValueId set_of_sets);     // Inter; Inter({}) = {}
Outcome sequence_of(DataTable&, ValueId set);                  // seq

ValueId powerset(DataTable&, ValueId set);                       // Set(A)
ValueId sequences_over(DataTable&, ValueId set);                 // Seq(A)
ValueId maps_between(DataTable&, ValueId keys, ValueId images);  // Map(A, B): partial maps
ValueId all_booleans(Values&);
ValueId all_characters(Values&);
ValueId tuple_product(DataTable&, std::span<const ValueId> factors);
// The dotted product; the fields of each factor's elements are spliced: {0.1}.{2} is {0.1.2}.
ValueId dot_product(DataTable&, std::span<const ValueId> factors);

// The value of a type expression (a set, a dot or tuple of them, nested) as one set: what a nametype means.
Outcome type_set(DataTable&, ValueId type);
// The value of a type expression as the sets of single fields: what a channel or constructor declares. A set of values
// that have several fields each must be a product of sets (`not_rectangular`).
struct Fields {
  std::vector<ValueId> sets;
  Fault fault{};
  bool ok() const { return fault.kind == FaultKind::none; }
};
Fields type_fields(DataTable&, ValueId type);

}  // namespace tryst::csp
