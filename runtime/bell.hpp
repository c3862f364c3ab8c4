// What a thread waits at for something that others do, and can be woken from without it. Each wait of a program's user
// side has one: Mailbox, Reply and Timers.
//
// The bell's lock guards what is waited for, too. A wake ends the wait that goes on, or if there is none the next one:
// it is not lost on who has looked at the world and is about to wait. models/csp/waiting_executor.csp says why.
// Threads: one waits; any notify and wake.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace tryst::runtime {

class Bell {
 public:
  using Lock = std::unique_lock<std::mutex>;

  Bell() = default;
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;

  [[nodiscard]] Lock lock() const { return Lock(mutex_); }

  // Until `has_come()`, which is asked with the lock held, or somebody wakes it: true then.
  template <class Condition>
  bool wait(Lock& lock, Condition has_come) {
    rings_.wait(lock, [&] { return is_woken_ || has_come(); });
    return std::exchange(is_woken_, false);
  }
  // The same, but no longer than until then.
  template <class Condition>
  bool wait_until(Lock& lock, std::chrono::steady_clock::time_point time, Condition has_come) {
    rings_.wait_until(lock, time, [&] { return is_woken_ || has_come(); });
    return std::exchange(is_woken_, false);
  }

  // What is waited for may have come. Without the lock, which who waits needs at once.
  void notify() { rings_.notify_all(); }
  // Who waits looks at the world again; if nobody does, who waits next.
  void wake() {
    {
      const Lock held = lock();
      is_woken_ = true;
    }
    notify();
  }

 private:
  mutable std::mutex mutex_;  // guards what follows, and what its owner keeps
  std::condition_variable rings_;
  bool is_woken_ = false;  // since the last wait ended
};

}  // namespace tryst::runtime
