// Time on the user's side of a program: a hook that stands for a timeout accepts its event when the time is up.
//
//   bool accepts_timeout() override { return timers.is_due(reply); }
//   bool wait() override { return timers.wait(); }
//   void wake() override { timers.wake(); }         // on several executors
//
// The clock is the user's choice: with a virtual one a test of ten hours takes none, and always the same steps.
//   deadlines_   by timer; none: it does not run
//   order_       those that run, by deadline
// Cost: the logarithm of the timers that run. Refused: a wheel of slots; its constant time pays with very many timers,
// and a program has as many as its model has timeouts. Threads: none, but for wake().
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "runtime/bell.hpp"

namespace tryst::runtime {

using Time = std::chrono::nanoseconds;  // since the beginning of a clock

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
  // Or until the bell is woken.
  virtual void sleep_until(Time, Bell&) = 0;
};

class SteadyClock final : public Clock {
 public:
  Time now() const override { return std::chrono::steady_clock::now() - begin_; }
  void sleep_until(Time, Bell&) override;

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

// Time passes when one sleeps, at once, or is told that it has passed.
class VirtualClock final : public Clock {
 public:
  Time now() const override { return now_; }
  void sleep_until(Time time, Bell&) override {
    if (time > now_) now_ = time;
  }
  void pass(Time time) { now_ += time; }

 private:
  Time now_{0};
};

enum class TimerId : std::uint32_t {};  // small numbers, the user's own

class Timers {
 public:
  explicit Timers(Clock& clock) : clock_(clock) {}

  void start(TimerId, Time delay);  // from now, whether it ran before or not
  void stop(TimerId);
  bool is_running(TimerId) const;  // until it is stopped, due or not
  bool is_due(TimerId) const;
  // The first deadline that is still to come.
  std::optional<Time> next() const;
  // Sleeps until then, or somebody wakes it; false: no timer is still to become due.
  bool wait();
  // Who sleeps looks at the world again; if nobody does, who sleeps next. Called by any thread.
  void wake() { bell_.wake(); }

 private:
  Clock& clock_;
  Bell bell_;  // of these timers and not of the clock, which those of several executors may share
  std::vector<std::optional<Time>> deadlines_;
  std::set<std::pair<Time, std::uint32_t>> order_;
};

}  // namespace tryst::runtime
