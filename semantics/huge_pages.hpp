// Memory for large tables that are read at random: zeroed, aligned to 2 MiB and, where the system has them, backed by
// pages of that size, so that a look-up misses the cache once and the translation buffer rarely. Only what is written
// takes memory. Less than 2 MiB is allocated as usual.
#pragma once

#include <cstddef>

namespace tryst {

// Throws std::bad_alloc. To be given back with the same number of bytes.
void* map_zeroed(std::size_t bytes);
void unmap_zeroed(void* memory, std::size_t bytes);
// The whole pages in [begin, end) of such memory give back what they hold: they are zero again, until they are written.
void release_zeroed(void* begin, void* end);

// The allocator of such memory, for standard containers.
template <class T>
struct HugePages {
  using value_type = T;

  HugePages() = default;
  template <class U>
  HugePages(const HugePages<U>&) {}  // NOLINT(google-explicit-constructor): allocators convert

  T* allocate(std::size_t n) { return static_cast<T*>(map_zeroed(n * sizeof(T))); }
  void deallocate(T* memory, std::size_t n) { unmap_zeroed(memory, n * sizeof(T)); }
  friend bool operator==(const HugePages&, const HugePages&) { return true; }
};

}  // namespace tryst
