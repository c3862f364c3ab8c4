// What other threads have for a program: a queue of bounded length that its hooks read from.
//
// A hook accepts an input that front() says has come, and takes it when the event happens; wait() of the hooks waits for
// the mailbox, and their wake(), which matters on several executors, wakes it. What happens to a message when there is no room is said when the mailbox is made; models/csp/mailboxes.csp
// says the same in CSP:
//   block      who sends waits for room
//   drop_new   it is lost, and send() says so
//   drop_old   the oldest is lost instead
//   fail       send() throws std::length_error
// Threads: any may send, wake and close; one reads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>

namespace tryst::runtime {

enum class Overflow : std::uint8_t { block, drop_new, drop_old, fail };

template <class T>
class Mailbox {
 public:
  // `capacity`: at least 1.
  Mailbox(std::size_t capacity, Overflow overflow) : capacity_(capacity), overflow_(overflow) {}
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  // False: the message is not in the mailbox, because it was dropped or the mailbox is closed.
  bool send(T message) {
    {
      std::unique_lock lock(mutex_);
      if (overflow_ == Overflow::block)
        has_room_.wait(lock, [this] { return closed_ || messages_.size() < capacity_; });
      if (closed_) return false;
      if (messages_.size() == capacity_) {
        if (overflow_ == Overflow::fail) throw std::length_error("a mailbox is full");
        ++dropped_;
        if (overflow_ == Overflow::drop_new) return false;
        messages_.pop_front();
      }
      messages_.push_back(std::move(message));
    }
    has_come_.notify_one();
    return true;
  }

  // The oldest message; a copy, because with drop_old it may be gone the next moment.
  std::optional<T> front() const {
    const std::lock_guard lock(mutex_);
    return messages_.empty() ? std::nullopt : std::optional(messages_.front());
  }
  std::optional<T> take() {
    std::optional<T> message;
    {
      const std::lock_guard lock(mutex_);
      if (messages_.empty()) return message;
      message = std::move(messages_.front());
      messages_.pop_front();
    }
    has_room_.notify_one();
    return message;
  }

  // Until there is a message, or somebody wakes it; false: there will be none, it is closed.
  bool wait() {
    std::unique_lock lock(mutex_);
    has_come_.wait(lock, [this] { return is_woken_ || closed_ || !messages_.empty(); });
    return std::exchange(is_woken_, false) || !messages_.empty();
  }
  // The same, but no longer than until then; false also when the time is up.
  bool wait_until(std::chrono::steady_clock::time_point time) {
    std::unique_lock lock(mutex_);
    has_come_.wait_until(lock, time, [this] { return is_woken_ || closed_ || !messages_.empty(); });
    return std::exchange(is_woken_, false) || !messages_.empty();
  }
  // Who waits looks at the world again; if nobody does, who waits next.
  void wake() {
    {
      const std::lock_guard lock(mutex_);
      is_woken_ = true;
    }
    has_come_.notify_one();
  }

  // No message is accepted any more; those that are there can be taken.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    has_come_.notify_all();
    has_room_.notify_all();
  }

  std::uint64_t dropped() const {
    const std::lock_guard lock(mutex_);
    return dropped_;
  }

 private:
  const std::size_t capacity_;
  const Overflow overflow_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable has_come_;
  std::condition_variable has_room_;
  std::deque<T> messages_;
  std::uint64_t dropped_ = 0;
  bool closed_ = false;
  bool is_woken_ = false;  // since the last wait ended
};

}  // namespace tryst::runtime
