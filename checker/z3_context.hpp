// Z3, and one context for each thread, or one more where a SolverSession asks for it. This is the only file that
// includes Z3; smt.cpp, solver.cpp, solver_invariants.cpp and solver_translation.hpp are the only ones that include it.
//
// While a query runs, a second thread watches Budget::interrupted: Z3 does not poll, so it has to be told.
#pragma once

#include <z3++.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "semantics/budget.hpp"

namespace tryst {

// Threads: a query at a time, by the thread that the context belongs to.
class WatchedContext {
 public:
  WatchedContext() : watcher_([this] { watch(); }) {}
  ~WatchedContext() {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    wakes_.notify_one();
    watcher_.join();
  }
  WatchedContext(const WatchedContext&) = delete;
  WatchedContext& operator=(const WatchedContext&) = delete;

  z3::context context;

  void set_running(bool running) {
    {
      const std::lock_guard lock(mutex_);
      is_running_ = running;
    }
    if (running) wakes_.notify_one();
  }

 private:
  void watch() {
    constexpr auto interval = std::chrono::milliseconds(50);
    std::unique_lock lock(mutex_);
    while (!is_over_) {
      if (!is_running_) {
        wakes_.wait(lock);
        continue;
      }
      if (Budget::interrupted.load(std::memory_order_relaxed)) context.interrupt();
      wakes_.wait_for(lock, interval);
    }
  }

  std::mutex mutex_;
  std::condition_variable wakes_;
  bool is_running_ = false;
  bool is_over_ = false;
  std::thread watcher_;
};

// The context that this thread uses now; null: its first.
inline thread_local WatchedContext* session_context = nullptr;

inline WatchedContext& watched_context() {
  if (session_context) return *session_context;
  thread_local WatchedContext context;
  return context;
}

inline z3::context& shared_context() { return watched_context().context; }

// Around whatever may take long. Its end throws LimitReached if the user has interrupted.
template <class Query>
auto interruptible(Query query) {
  struct Running {
    Running() { watched_context().set_running(true); }
    ~Running() { watched_context().set_running(false); }
  };
  const auto answer = [&] {
    const Running running;
    return query();
  };
  try {
    auto result = answer();
    if (Budget::interrupted.load(std::memory_order_relaxed)) throw LimitReached{"interrupted", true};
    return result;
  } catch (const z3::exception&) {
    if (Budget::interrupted.load(std::memory_order_relaxed)) throw LimitReached{"interrupted", true};
    throw;
  }
}

}  // namespace tryst
