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
#include <optional>
#include <stdexcept>
#include <utility>

#include "runtime/bell.hpp"

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
      Bell::Lock lock = bell_.lock();
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
    bell_.notify();
    return true;
  }

  // The oldest message; a copy, because with drop_old it may be gone the next moment.
  std::optional<T> front() const {
    const Bell::Lock lock = bell_.lock();
    return messages_.empty() ? std::nullopt : std::optional(messages_.front());
  }
  std::optional<T> take() {
    std::optional<T> message;
    {
      const Bell::Lock lock = bell_.lock();
      if (messages_.empty()) return message;
      message = std::move(messages_.front());
      messages_.pop_front();
    }
    has_room_.notify_one();
    return message;
  }

  // Until there is a message, or somebody wakes it; false: there will be none, it is closed.
  bool wait() {
    Bell::Lock lock = bell_.lock();
    const bool is_woken = bell_.wait(lock, [this] { return closed_ || !messages_.empty(); });
    return is_woken || !messages_.empty();
  }
  // The same, but no longer than until then; false also when the time is up.
  bool wait_until(std::chrono::steady_clock::time_point time) {
    Bell::Lock lock = bell_.lock();
    const bool is_woken = bell_.wait_until(lock, time, [this] { return closed_ || !messages_.empty(); });
    return is_woken || !messages_.empty();
  }
  // Who waits looks at the world again; if nobody does, who waits next.
  void wake() { bell_.wake(); }

  // No message is accepted any more; those that are there can be taken.
  void close() {
    {
      const Bell::Lock lock = bell_.lock();
      closed_ = true;
    }
    bell_.notify();
    has_room_.notify_all();
  }

  std::uint64_t dropped() const {
    const Bell::Lock lock = bell_.lock();
    return dropped_;
  }

 private:
  const std::size_t capacity_;
  const Overflow overflow_;
  Bell bell_;  // a message has come; its lock guards what follows
  std::condition_variable has_room_;
  std::deque<T> messages_;
  std::uint64_t dropped_ = 0;
  bool closed_ = false;
};

}  // namespace tryst::runtime
