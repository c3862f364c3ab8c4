#include "semantics/budget.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace tryst {

namespace {

constexpr double memory_interval = 0.02;  // seconds; much may be allocated in little work

}  // namespace

std::atomic<bool> Budget::interrupted{false};

Budget::Budget(Limits limits) : limits_(limits), start_(std::chrono::steady_clock::now()) {}

const Progress& Budget::progress() {
  progress_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  look_at_memory();
  return progress_;
}

std::optional<double> Budget::seconds_left() {
  if (limits_.seconds_max <= 0) return std::nullopt;
  return std::max(0.0, limits_.seconds_max - progress().seconds);
}

void Budget::look_at_memory() {
  progress_.memory_bytes = resident_bytes();
  progress_.peak_memory_bytes = std::max(progress_.peak_memory_bytes, progress_.memory_bytes);
}

void Budget::look() {
  next_look_ = work_ + look_interval;
  ++looks_;
  if (interrupted.load(std::memory_order_relaxed)) throw LimitReached{"interrupted", true};
  const double before = progress_.seconds;
  progress_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  if (limits_.seconds_max > 0 && progress_.seconds > limits_.seconds_max)
    throw LimitReached{fmt::format("the limit of {:g} seconds was reached", limits_.seconds_max)};
  if (looks_ % looks_per_memory == 0 ||
      std::floor(before / memory_interval) < std::floor(progress_.seconds / memory_interval)) {
    look_at_memory();
    if (limits_.memory_bytes_max != 0 && progress_.memory_bytes > limits_.memory_bytes_max) memory_exceeded();
  }
  if (work_ >= trial_end_) {
    trial_end_ = unbounded_work;
    throw TrialOver{};
  }
  if (callback_ && progress_.seconds >= next_report_) {
    next_report_ = progress_.seconds + 0.2;
    callback_(progress());
  }
}

void Budget::reserve(std::uint64_t bytes) const {
  if (limits_.memory_bytes_max != 0 && resident_bytes() + bytes > limits_.memory_bytes_max) memory_exceeded();
}

void Budget::memory_exceeded() const {
  throw LimitReached{fmt::format("the memory limit of {} MB was reached", limits_.memory_bytes_max >> 20)};
}

void Budget::states_exceeded() const {
  throw LimitReached{fmt::format("the limit of {} states was reached", limits_.states_max)};
}

std::uint64_t Budget::resident_bytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  unsigned long total = 0;
  unsigned long resident = 0;
  const int fields = std::fscanf(file, "%lu %lu", &total, &resident);
  std::fclose(file);
  return fields == 2 ? resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace tryst
