// What the machine can do at this moment: ten million insertions of pseudo-random 64-bit keys into an open-addressing table
// of 2^25 slots, the inner step of every state-space search. The benchmarks are reported as ratios to its time.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <vector>

int main() {
  constexpr std::uint64_t slots = std::uint64_t{1} << 25;
  constexpr int insertions = 10'000'000;
  std::vector<std::uint64_t> table(slots);
  const auto start = std::chrono::steady_clock::now();
  std::uint64_t key = 0x9e3779b97f4a7c15;
  std::uint64_t collisions = 0;
  for (int i = 0; i < insertions; ++i) {
    key ^= key << 13;
    key ^= key >> 7;
    key ^= key << 17;
    std::uint64_t slot = (key * 0xff51afd7ed558ccd) & (slots - 1);
    while (table[slot] != 0) {
      slot = (slot + 1) & (slots - 1);
      ++collisions;
    }
    table[slot] = key;
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::printf("%.4f %llu\n", seconds, static_cast<unsigned long long>(collisions));
}
