#include "checker/packed/crew.hpp"

#include <algorithm>

namespace tryst {

Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  begin_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Crew::run(unsigned workers, const std::function<void(unsigned)>& task) {
  workers = std::clamp(workers, 1U, size_);
  std::ranges::fill(errors_, nullptr);
  failed_.store(false, std::memory_order_relaxed);
  {
    const std::lock_guard lock(mutex_);
    task_ = &task;
    participants_ = workers;
    busy_ = workers - 1;
    ++round_;
    while (threads_.size() + 1 < workers) {
      const auto worker = static_cast<unsigned>(threads_.size() + 1);
      threads_.emplace_back([this, worker] { live(worker); });
    }
  }
  if (workers > 1) begin_.notify_all();
  work(0);
  std::unique_lock lock(mutex_);
  end_.wait(lock, [this] { return busy_ == 0; });
  lock.unlock();
  for (const std::exception_ptr& error : errors_)
    if (error) std::rethrow_exception(error);
}

void Crew::live(unsigned worker) {
  std::uint64_t done = 0;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      begin_.wait(lock, [&] { return closing_ || (round_ != done && worker < participants_); });
      if (closing_) return;
      done = round_;
    }
    work(worker);
    const std::lock_guard lock(mutex_);
    if (--busy_ == 0) end_.notify_one();
  }
}

void Crew::work(unsigned worker) {
  try {
    (*task_)(worker);
  } catch (...) {
    errors_[worker] = std::current_exception();
    failed_.store(true, std::memory_order_relaxed);
  }
}

}  // namespace tryst
