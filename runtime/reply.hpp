// A reply to one request, between threads: who asks keeps the Reply, and sends the ReplyTo along with the request.
//
//   auto [to, reply] = reply_channel<int>();
//   requests.send({question, to});           // a mailbox, say
//   std::optional<int> answer = reply.wait();
//
// Hooks on several executors that wait for one give it a bell of theirs, which outlasts the replies, and wake that:
//   auto [to, reply] = reply_channel<int>(bell);   // std::shared_ptr<Bell>, not null
//   bool accepts_go() override { return answer || (answer = reply.take()); }
//   bool wait() override { return !answer && ((answer = reply.wait()) || reply.is_pending()); }
//   void wake() override { bell->wake(); }
//
// Only the first answer counts. Where nobody can answer any more, because all copies of the ReplyTo are gone, the asker
// is told instead of waiting for ever; where nobody waits any more, who answers is told.
// Threads: any may answer; one waits. models/csp/reply_channel.csp is this, checked: no deadlock, one answer.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "runtime/bell.hpp"

namespace tryst::runtime {

template <class T>
class ReplyTo;
template <class T>
class Reply;
template <class T>
std::pair<ReplyTo<T>, Reply<T>> reply_channel(std::shared_ptr<Bell> = std::make_shared<Bell>());

// What both ends have in common; it lives as long as either.
template <class T>
struct ReplySlot {
  explicit ReplySlot(std::shared_ptr<Bell> its_bell) : bell(std::move(its_bell)) {}
  const std::shared_ptr<Bell> bell;  // it is settled; its lock guards what follows
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
      const Bell::Lock lock = slot.bell->lock();
      if (slot.is_settled) return false;
      slot.answer = std::move(answer);
      slot.is_settled = true;
    }
    slot.bell->notify();
    return true;
  }

 private:
  struct End {  // shared by all copies: when it goes, nobody can answer
    explicit End(std::shared_ptr<ReplySlot<T>> its_slot) : slot(std::move(its_slot)) {}
    ~End() {
      {
        const Bell::Lock lock = slot->bell->lock();
        slot->is_settled = true;
      }
      slot->bell->notify();
    }
    End(const End&) = delete;
    End& operator=(const End&) = delete;
    std::shared_ptr<ReplySlot<T>> slot;
  };

  explicit ReplyTo(std::shared_ptr<ReplySlot<T>> slot) : end_(std::make_shared<End>(std::move(slot))) {}
  friend std::pair<ReplyTo<T>, Reply<T>> reply_channel<T>(std::shared_ptr<Bell>);

  std::shared_ptr<const End> end_;
};

template <class T>
class Reply {
 public:
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&&) = delete;
  ~Reply() {
    if (!slot_) return;
    const Bell::Lock lock = slot_->bell->lock();
    slot_->is_settled = true;
  }

  // The answer, once; none: there will be none, or somebody has woken the bell, and is_pending() says which.
  std::optional<T> wait() {
    Bell::Lock lock = slot_->bell->lock();
    slot_->bell->wait(lock, [this] { return slot_->is_settled; });
    return std::exchange(slot_->answer, std::nullopt);
  }
  // The same, but no longer than until then; none also when the time is up.
  std::optional<T> wait_until(std::chrono::steady_clock::time_point time) {
    Bell::Lock lock = slot_->bell->lock();
    slot_->bell->wait_until(lock, time, [this] { return slot_->is_settled; });
    return std::exchange(slot_->answer, std::nullopt);
  }
  // There is an answer that nobody has taken, or there may be one.
  bool is_pending() const {
    const Bell::Lock lock = slot_->bell->lock();
    return slot_->answer || !slot_->is_settled;
  }
  // What has come by now.
  std::optional<T> take() {
    const Bell::Lock lock = slot_->bell->lock();
    return std::exchange(slot_->answer, std::nullopt);
  }

 private:
  explicit Reply(std::shared_ptr<ReplySlot<T>> slot) : slot_(std::move(slot)) {}
  friend std::pair<ReplyTo<T>, Reply<T>> reply_channel<T>(std::shared_ptr<Bell>);

  std::shared_ptr<ReplySlot<T>> slot_;
};

template <class T>
std::pair<ReplyTo<T>, Reply<T>> reply_channel(std::shared_ptr<Bell> bell) {
  auto slot = std::make_shared<ReplySlot<T>>(std::move(bell));
  return {ReplyTo<T>(slot), Reply<T>(slot)};
}

}  // namespace tryst::runtime
