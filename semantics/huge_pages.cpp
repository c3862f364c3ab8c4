#include "semantics/huge_pages.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <new>

namespace tryst {

namespace {

constexpr std::size_t page = std::size_t{2} << 20;

std::size_t whole_pages(std::size_t bytes) { return (bytes + page - 1) / page * page; }

}  // namespace

void* map_zeroed(std::size_t bytes) {
  if (bytes < page) {
    void* const memory = std::calloc(1, bytes);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
  }
  // Mapped with a page to spare, of which the unaligned ends are given back at once.
  const std::size_t length = whole_pages(bytes);
  void* const mapped =
      mmap(nullptr, length + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  char* const begin = static_cast<char*>(mapped);
  const std::size_t before = (page - reinterpret_cast<std::uintptr_t>(begin) % page) % page;
  if (before != 0) munmap(begin, before);
  munmap(begin + before + length, page - before);
  madvise(begin + before, length, MADV_HUGEPAGE);  // a hint: without it the table is slower, not wrong
  return begin + before;
}

void unmap_zeroed(void* memory, std::size_t bytes) {
  if (bytes < page)
    std::free(memory);
  else
    munmap(memory, whole_pages(bytes));
}

void release_zeroed(void* begin, void* end) {
  char* const first = static_cast<char*>(begin) + (page - reinterpret_cast<std::uintptr_t>(begin) % page) % page;
  char* const last = static_cast<char*>(end) - reinterpret_cast<std::uintptr_t>(end) % page;
  if (first < last) madvise(first, static_cast<std::size_t>(last - first), MADV_DONTNEED);
}

}  // namespace tryst
