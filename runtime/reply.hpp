// A reply to one request, between threads: who asks keeps the Reply, and sends the ReplyTo along with the request.
//
//   auto [to, reply] = reply_channel<int>();
//   requests.send({question, to});           // a mailbox, say
//   std::optional<int> answer = reply.wait();
// Only the first answer counts. Where nobody can answer any more, because all copies of the ReplyTo are gone, the asker
// is told instead of waiting for ever; where nobody waits any more, who answers is told.
// Threads: any may answer; one waits. models/csp/reply_channel.csp is this, checked: no deadlock, one answer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace tryst::runtime {

template <class T>
class ReplyTo;
template <class T>
class Reply;
template <class T>
std::pair<ReplyTo<T>, Reply<T>> reply_channel();

// What both ends have in common; it lives as long as either.
template <class T>
struct ReplySlot {
  std::mutex mutex;  // guards what follows
  std::condition_variable changed;
  std::optional<T> answer;
  bool is_settled = false;  // answered, or nobody can or need answer
};

template <class T>
class ReplyTo {
 public:
  // False: there was an answer before, or nobody waits for one.
  bool send(T answer) const {
    ReplySlot<T>& slot = *end_->slot;
    {
      const std::lock_guard lock(slot.mutex);
      if (slot.is_settled) return false;
      slot.answer = std::move(answer);
      slot.is_settled = true;
    }
    slot.changed.notify_one();
    return true;
  }

 private:
  struct End {  // shared by all copies: when it goes, nobody can answer
    explicit End(std::shared_ptr<ReplySlot<T>> its_slot) : slot(std::move(its_slot)) {}
    ~End() {
      {
        const std::lock_guard lock(slot->mutex);
        slot->is_settled = true;
      }
      slot->changed.notify_one();
    }
    End(const End&) = delete;
    End& operator=(const End&) = delete;
    std::shared_ptr<ReplySlot<T>> slot;
  };

  explicit ReplyTo(std::shared_ptr<ReplySlot<T>> slot) : end_(std::make_shared<End>(std::move(slot))) {}
  friend std::pair<ReplyTo<T>, Reply<T>> reply_channel<T>();

  std::shared_ptr<const End> end_;
};

template <class T>
class Reply {
 public:
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&&) = delete;
  ~Reply() {
    if (!slot_) return;
    const std::lock_guard lock(slot_->mutex);
    slot_->is_settled = true;
  }

  // The answer, once; none: there will be none.
  std::optional<T> wait() {
    std::unique_lock lock(slot_->mutex);
    slot_->changed.wait(lock, [this] { return slot_->is_settled; });
    return std::exchange(slot_->answer, std::nullopt);
  }
  // The same, but no longer than until then; none also when the time is up.
  std::optional<T> wait_until(std::chrono::steady_clock::time_point time) {
    std::unique_lock lock(slot_->mutex);
    slot_->changed.wait_until(lock, time, [this] { return slot_->is_settled; });
    return std::exchange(slot_->answer, std::nullopt);
  }
  // What has come by now.
  std::optional<T> take() {
    const std::lock_guard lock(slot_->mutex);
    return std::exchange(slot_->answer, std::nullopt);
  }

 private:
  explicit Reply(std::shared_ptr<ReplySlot<T>> slot) : slot_(std::move(slot)) {}
  friend std::pair<ReplyTo<T>, Reply<T>> reply_channel<T>();

  std::shared_ptr<ReplySlot<T>> slot_;
};

template <class T>
std::pair<ReplyTo<T>, Reply<T>> reply_channel() {
  auto slot = std::make_shared<ReplySlot<T>>();
  return {ReplyTo<T>(slot), Reply<T>(slot)};
}

}  // namespace tryst::runtime
