#include "cli/limits.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <thread>

namespace tryst::cli {

namespace {

// What this process may use: the machine's memory, or the control group's limit where that is lower.
std::uint64_t memory_bytes_available() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGESIZE);
  std::uint64_t bytes =
      pages > 0 && page > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page) : 0;
  std::FILE* file = std::fopen("/sys/fs/cgroup/memory.max", "r");
  if (file == nullptr) return bytes;
  unsigned long long group = 0;
  if (std::fscanf(file, "%llu", &group) == 1 && group > 0)
    bytes = bytes == 0 ? group : std::min<std::uint64_t>(bytes, group);
  std::fclose(file);
  return bytes;
}

}  // namespace

RunLimits::RunLimits(const Options& options)
    : each_{options.seconds_max, options.states_max, options.memory_bytes_max},
      seconds_total_max_(options.seconds_total_max),
      start_(std::chrono::steady_clock::now()) {
  if (each_.memory_bytes_max == 0) each_.memory_bytes_max = memory_bytes_available() / 4 * 3;
}

double RunLimits::seconds_left() const {
  return seconds_total_max_ - std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

Limits RunLimits::next() const {
  Limits limits = each_;
  if (seconds_total_max_ == 0) return limits;
  // A limit of 0 would be none at all.
  const double left = std::max(seconds_left(), 1e-6);
  limits.seconds_max = limits.seconds_max == 0 ? left : std::min(limits.seconds_max, left);
  return limits;
}

bool RunLimits::exhausted() const { return seconds_total_max_ > 0 && seconds_left() <= 0; }

std::string RunLimits::reason(const LimitReached& limit) const {
  if (!limit.interrupted && exhausted())
    return fmt::format("the limit of {:g} seconds for the whole run was reached", seconds_total_max_);
  return limit.reason;
}

unsigned thread_count(const Options& options) {
  constexpr std::uint64_t most = 256;
  const std::uint64_t wanted = options.threads != 0 ? options.threads : std::thread::hardware_concurrency();
  return static_cast<unsigned>(std::clamp<std::uint64_t>(wanted, 1, most));
}

}  // namespace tryst::cli
