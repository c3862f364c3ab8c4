// A crew of threads that work on one task at a time together with their caller.
//
//   Crew crew(4);
//   crew.run(4, [&](unsigned worker) { ... });   // worker 0 is the caller
// run() returns when all have finished. What a worker throws is thrown again by run(), the lowest worker's first;
// `failed()` tells the others that they may stop early. The threads sleep between tasks, and are started when a task
// first needs them, so a small search starts none.
// Threads: run() is called by one thread; all that happens before it happens before the task, and likewise after.
#pragma once

#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tryst {

class Crew {
 public:
  explicit Crew(unsigned size) : size_(size == 0 ? 1 : size), errors_(size_) {}
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  unsigned size() const { return size_; }
  // Runs the task on the first `workers` of the crew.
  void run(unsigned workers, const std::function<void(unsigned)>& task);
  bool failed() const { return failed_.load(std::memory_order_relaxed); }

 private:
  void live(unsigned worker);
  void work(unsigned worker);

  unsigned size_;
  std::vector<std::exception_ptr> errors_;  // by worker, of the last task
  std::atomic<bool> failed_{false};
  std::mutex mutex_;  // guards what follows
  std::condition_variable begin_, end_;
  const std::function<void(unsigned)>* task_ = nullptr;
  std::uint64_t round_ = 0;    // the number of tasks so far
  unsigned participants_ = 0;  // of the current task
  unsigned busy_ = 0;          // of them, without the caller
  bool closing_ = false;
  std::vector<std::thread> threads_;  // workers 1, 2 ...
};

}  // namespace tryst
