// What the executor costs without a program around it: one line a question.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <new>

#include "runtime/executor.hpp"
#include "tests/runtime/patterns.hpp"

namespace {

std::size_t allocated = 0;  // bytes

}  // namespace

void* operator new(std::size_t bytes) {
  auto* const block = static_cast<std::size_t*>(std::malloc(bytes + 2 * sizeof(std::size_t)));
  if (block == nullptr) throw std::bad_alloc();
  *block = bytes;
  allocated += bytes;
  return block + 2;
}
void operator delete(void* memory) noexcept {
  if (memory == nullptr) return;
  auto* const block = static_cast<std::size_t*>(memory) - 2;
  allocated -= *block;
  std::free(block);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

int main() {
  using namespace tryst::runtime;  // a benchmark is a program of its own
  constexpr std::uint32_t processes = 100'000;
  patterns::Pattern ring;
  patterns::ring(ring, processes);
  const Network network = ring.network();
  double least = 1e9;
  std::size_t bytes = 0;
  for (int i = 0; i < 5; ++i) {
    const std::size_t before = allocated;
    const std::clock_t start = std::clock();  // of the processor: other programs run too
    const Executor executor(network);
    least = std::min(least, 1e9 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    bytes = allocated - before;
  }
  std::printf("creating a ring of 100,000 processes: %.0f ns and %.0f bytes each\n", least / processes,
              static_cast<double>(bytes) / processes);
}
