// Typed ids into flat, append-only arrays: the shape of every tree and table in the project.
//
//   enum class ExprId : std::uint32_t {};
//   Arena<ExprId, Expr> exprs;  ExprId e = exprs.add({...});  exprs[e].kind
//   Pool<ExprId> lists;         Range<ExprId> r = lists.add(vector);  for (ExprId e : lists[r]) ...
//
// add() is amortised O(1) and invalidates references, never ids. Not thread-safe while growing.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <vector>

namespace tryst {

template <class Id>
inline constexpr Id no_id = static_cast<Id>(0xffffffff);

template <class Id>
constexpr std::uint32_t index(Id id) {
  return static_cast<std::uint32_t>(id);
}

template <class Id, class T>
class Arena {
 public:
  Id add(T item) {
    assert(items_.size() < index(no_id<Id>));
    items_.push_back(std::move(item));
    return static_cast<Id>(items_.size() - 1);
  }
  T& operator[](Id id) {
    assert(index(id) < items_.size());
    return items_[index(id)];
  }
  const T& operator[](Id id) const {
    assert(index(id) < items_.size());
    return items_[index(id)];
  }
  std::size_t size() const { return items_.size(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

 private:
  std::vector<T> items_;
};

// A slice of a Pool; the default one is empty.
template <class T>
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  bool empty() const { return count == 0; }
};

template <class T>
class Pool {
 public:
  Range<T> add(std::span<const T> items) {
    const Range<T> range{static_cast<std::uint32_t>(items_.size()), static_cast<std::uint32_t>(items.size())};
    items_.insert(items_.end(), items.begin(), items.end());
    return range;
  }
  Range<T> add(const std::vector<T>& items) { return add(std::span<const T>(items)); }
  std::span<const T> operator[](Range<T> range) const {
    assert(range.first + range.count <= items_.size());
    return {items_.data() + range.first, range.count};
  }
  std::span<T> operator[](Range<T> range) { return {items_.data() + range.first, range.count}; }

 private:
  std::vector<T> items_;
};

}  // namespace tryst
