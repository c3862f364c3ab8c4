// Hand-written processes that take part in a program, each a coroutine that says what it can do next:
//
//   Partner clerk(Event ask, Event yes, Event no) {
//     for (;;) {
//       co_await offer(ask);
//       if (co_await offer(yes, no) == no) co_return;
//     }
//   }
//   Partners partners(seed);
//   partners.add(clerk(ask, yes, no), {ask, yes, no});
//   run(executor, partners);
//
// Together they are in parallel with the program, each synchronised on its alphabet: such an event happens when all
// partners that have it offer it, and then each of them goes on to its next offer. One that has returned takes part in
// nothing more, so its events do not happen any more. What one of them throws comes out of run().
// They are an environment, not components: the frame of a coroutine can be neither copied nor compared, so the program
// can be explored without them only. They are resumed from a loop, never one by another: the stack stays flat at every
// level of optimisation.
// Not every compiler of emitted programs has coroutines (clang has since 15); nothing else includes this file.
//   partners_   each with what it offers now
//   of_event_   by event: those that have it in their alphabet
// Cost: of an event, its partners × what they offer. Threads: none.
#pragma once

#if !defined(__cpp_impl_coroutine)
#error "partners are coroutines, which this compiler does not have"
#endif

#include <algorithm>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

#include "runtime/run.hpp"

namespace tryst::runtime {

// Owns the frame of a coroutine.
class Partner {
 public:
  struct promise_type {
    std::vector<Event> offered;
    Event chosen{};
    std::exception_ptr thrown;

    Partner get_return_object() { return Partner(Handle::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { thrown = std::current_exception(); }
  };
  using Handle = std::coroutine_handle<promise_type>;

  Partner(Partner&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Partner& operator=(Partner&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Partner() {
    if (handle_) handle_.destroy();
  }

  bool offers(Event e) const {
    const std::vector<Event>& offered = handle_.promise().offered;
    return std::find(offered.begin(), offered.end(), e) != offered.end();
  }
  // Goes on after its event, to the next offer or its end.
  void resume(Event e) {
    promise_type& promise = handle_.promise();
    promise.offered.clear();
    promise.chosen = e;
    handle_.resume();
    if (promise.thrown) std::rethrow_exception(std::exchange(promise.thrown, nullptr));
  }
  bool has_ended() const { return handle_.done(); }

 private:
  explicit Partner(Handle handle) : handle_(handle) {}
  Handle handle_;
};

// In a partner, `co_await offer(a, b)` is the one of these events that happens.
class Offer {
 public:
  explicit Offer(std::vector<Event> events) : events_(std::move(events)) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(Partner::Handle handle) {
    handle_ = handle;
    handle.promise().offered = std::move(events_);
  }
  Event await_resume() const { return handle_.promise().chosen; }

 private:
  std::vector<Event> events_;
  Partner::Handle handle_;
};

template <class... Events>
Offer offer(Events... events) {
  return Offer(std::vector<Event>{events...});
}

class Partners : public Environment {
 public:
  using Environment::Environment;

  // Runs it to its first offer. It offers events of its alphabet only.
  void add(Partner partner, const std::vector<Event>& alphabet) {
    for (const Event e : alphabet) {
      if (index(e) >= of_event_.size()) of_event_.resize(index(e) + std::size_t{1});
      of_event_[index(e)].push_back(partners_.size());
    }
    partner.resume(tau);
    partners_.push_back(std::move(partner));
  }

  bool accepts(Event e) override {
    return std::ranges::all_of(partners_of(e), [&](std::size_t p) { return partners_[p].offers(e); });
  }
  void performed(Event e) override {
    for (const std::size_t p : partners_of(e)) partners_[p].resume(e);
  }
  bool have_ended() const { return std::ranges::all_of(partners_, &Partner::has_ended); }

 private:
  std::span<const std::size_t> partners_of(Event e) const {
    if (index(e) >= of_event_.size()) return {};
    return of_event_[index(e)];
  }

  std::vector<Partner> partners_;
  std::vector<std::vector<std::size_t>> of_event_;
};

}  // namespace tryst::runtime
