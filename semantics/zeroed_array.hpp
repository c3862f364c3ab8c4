// An array of zeros of a fixed length, of which only what is written takes memory: for tables that are large, read at
// random (huge_pages.hpp), and filled slowly or by several threads.
//
// Nothing is constructed or destroyed: T is a plain type, for which all bits 0 is a value. Like a span, a const array
// has elements that can be written. Throws std::bad_alloc.
// Threads: as with any array; release() counts as writing the elements.
#pragma once

#include <cassert>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "semantics/huge_pages.hpp"

namespace tryst {

template <class T>
class ZeroedArray {
  static_assert(std::is_trivial_v<T>);

 public:
  ZeroedArray() = default;
  explicit ZeroedArray(std::size_t size) : data_(static_cast<T*>(map_zeroed(size * sizeof(T)))), size_(size) {}
  ZeroedArray(ZeroedArray&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  ZeroedArray& operator=(ZeroedArray&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~ZeroedArray() {
    if (data_ != nullptr) unmap_zeroed(data_, size_ * sizeof(T));
  }

  std::size_t size() const { return size_; }
  T* data() const { return data_; }
  T& operator[](std::size_t i) const {
    assert(i < size_);
    return data_[i];
  }

  // Elements first..last-1 are not needed any more. Those of whole pages give their memory back, and are 0 then.
  void release(std::size_t first, std::size_t last) const {
    assert(first <= last && last <= size_);
    release_zeroed(data_ + first, data_ + last);
  }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace tryst
