#include "semantics/deep_stack.hpp"

#include <sys/mman.h>
#include <ucontext.h>

#include <cassert>
#include <exception>
#include <new>
#include <utility>

#if defined(__SANITIZE_ADDRESS__)
#define TRYST_ASAN_FIBERS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TRYST_ASAN_FIBERS 1
#endif
#endif
#ifdef TRYST_ASAN_FIBERS
#include <sanitizer/common_interface_defs.h>
#endif

#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace tryst {

namespace {
constexpr std::size_t reserve = std::size_t{256} << 10;
constexpr std::size_t page = 4096;           // the last one is a guard
thread_local DeepStack* entering = nullptr;  // makecontext passes only ints
}  // namespace

struct DeepStack::Context {
  ucontext_t caller{};
  ucontext_t callee{};
  const std::function<void()>* function = nullptr;
  std::exception_ptr thrown;
#ifdef TRYST_ASAN_FIBERS
  void* caller_fake_stack = nullptr;
  const void* caller_stack = nullptr;
  std::size_t caller_bytes = 0;
#endif
#if defined(__SANITIZE_THREAD__)
  void* caller_fiber = nullptr;
  void* callee_fiber = nullptr;
#endif
};

DeepStack::DeepStack(std::size_t bytes) : context_(std::make_unique<Context>()), bytes_(bytes) {
  assert(bytes > 2 * reserve);
  void* memory =
      mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  memory_ = static_cast<char*>(memory);
  mprotect(memory_, page, PROT_NONE);
  limit_ = memory_ + reserve;
}

DeepStack::~DeepStack() { munmap(memory_, bytes_); }

void DeepStack::run(const std::function<void()>& function) {
  if (running_) return function();
  Context& c = *context_;
  c.function = &function;
  c.thrown = nullptr;
  getcontext(&c.callee);
  c.callee.uc_stack.ss_sp = memory_;
  c.callee.uc_stack.ss_size = bytes_;
  c.callee.uc_link = nullptr;
  makecontext(&c.callee, &DeepStack::enter, 0);
  running_ = true;
  entering = this;
#ifdef TRYST_ASAN_FIBERS
  __sanitizer_start_switch_fiber(&c.caller_fake_stack, memory_, bytes_);
#endif
#if defined(__SANITIZE_THREAD__)
  c.caller_fiber = __tsan_get_current_fiber();
  c.callee_fiber = __tsan_create_fiber(0);
  __tsan_switch_to_fiber(c.callee_fiber, 0);
#endif
  swapcontext(&c.caller, &c.callee);
#ifdef TRYST_ASAN_FIBERS
  __sanitizer_finish_switch_fiber(c.caller_fake_stack, nullptr, nullptr);
#endif
#if defined(__SANITIZE_THREAD__)
  __tsan_destroy_fiber(c.callee_fiber);
#endif
  running_ = false;
  if (std::exchange(trim_, false)) madvise(memory_ + page, bytes_ - page, MADV_DONTNEED);
  if (c.thrown) std::rethrow_exception(std::exchange(c.thrown, nullptr));
}

void DeepStack::enter() {
  Context& c = *entering->context_;
#ifdef TRYST_ASAN_FIBERS
  __sanitizer_finish_switch_fiber(nullptr, &c.caller_stack, &c.caller_bytes);
#endif
  try {
    (*c.function)();
  } catch (...) {
    c.thrown = std::current_exception();
  }
#ifdef TRYST_ASAN_FIBERS
  __sanitizer_start_switch_fiber(nullptr, c.caller_stack, c.caller_bytes);
#endif
#if defined(__SANITIZE_THREAD__)
  __tsan_switch_to_fiber(c.caller_fiber, 0);
#endif
  setcontext(&c.caller);
}

}  // namespace tryst
