// What a set holds: elements of finite sets, membership in all.
//
// elements() is O(1) and random access; member is O(log n) for explicit sets, O(1) for ranges, and goes down the value
// for symbolic sets. A finite set that is too large to enumerate (a symbolic one) is LimitReached.
#pragma once

#include <iterator>
#include <optional>

#include "semantics/csp/data_table.hpp"

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

// Name the result before ranging over it: `for (auto v : *elements(...))` would range over a dead temporary.
std::optional<Elements> elements(DataTable&, ValueId set);   // none: infinite
std::optional<std::uint64_t> card(DataTable&, ValueId set);  // none: infinite
bool is_infinite(DataTable&, ValueId set);
bool is_empty(const Values&, ValueId set);
bool member(DataTable&, ValueId value, ValueId set);

// Whether a is a subset of b. `unknown`: a symbolic union or difference takes part and no rule decides.
enum class Answer : std::uint8_t { no, yes, unknown };
Answer subset(DataTable&, ValueId a, ValueId b);

}  // namespace tryst::csp
