// Lists of items by a number, all in one array: what is added in any order is read back group by group.
//
// The items of a group stay in the order in which they were added. Cost: O(items + groups) to make, O(1) to read.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace tryst {

template <class T>
class Groups {
 public:
  Groups() = default;
  // From (group, item), of which the group is below `groups`.
  Groups(std::size_t groups, std::span<const std::pair<std::uint32_t, T>> items)
      : first_(groups + 1, 0), items_(items.size()) {
    for (const auto& [group, item] : items) ++first_[group + 1];
    for (std::size_t g = 0; g < groups; ++g) first_[g + 1] += first_[g];
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (const auto& [group, item] : items) items_[next[group]++] = item;
  }

  std::size_t size() const { return first_.size() - 1; }
  std::span<const T> operator[](std::size_t group) const {
    return {items_.data() + first_[group], first_[group + 1] - first_[group]};
  }

 private:
  std::vector<std::size_t> first_{0};  // by group, and one more
  std::vector<T> items_;
};

}  // namespace tryst
