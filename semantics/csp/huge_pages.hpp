// An allocator for large tables that are read at random: aligned to 2 MiB and, where the system has them, backed by
// pages of that size, so that a lookup misses the cache once and the translation buffer rarely. Small tables are
// allocated as usual.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace tryst::csp {

template <class T>
struct HugePages {
  using value_type = T;
  static constexpr std::size_t page = std::size_t{2} << 20;

  HugePages() = default;
  template <class U>
  HugePages(const HugePages<U>&) {}  // NOLINT(google-explicit-constructor): allocators convert

  T* allocate(std::size_t n) {
    if (n * sizeof(T) < page) return static_cast<T*>(::operator new(n * sizeof(T)));
    void* const memory = ::operator new (n * sizeof(T), std::align_val_t{page});
    madvise(memory, n * sizeof(T), MADV_HUGEPAGE);  // a hint: without it the table is slower, not wrong
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t n) {
    if (n * sizeof(T) < page)
      ::operator delete(memory);
    else
      ::operator delete (memory, std::align_val_t{page});
  }
  friend bool operator==(const HugePages&, const HugePages&) { return true; }
};

}  // namespace tryst::csp
