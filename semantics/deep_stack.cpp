#include "semantics/deep_stack.hpp"

#include <sys/mman.h>
#include <ucontext.h>

#include <algorithm>
#include <cassert>
#include <exception>
#include <new>
#include <utility>

#if defined(__SANITIZE_ADDRESS__)
#define TRYST_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TRYST_ASAN 1
#endif
#endif
#ifdef TRYST_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace tryst {

namespace {
constexpr std::size_t page = 4096;                       // the last one is a guard
constexpr std::size_t reserve = std::size_t{256} << 10;  // for reporting that the stack is used up
constexpr std::size_t base = std::size_t{64} << 10;      // holds the frame of enter(), which never returns
#ifdef TRYST_ASAN
constexpr std::size_t frames_larger = 2;  // frames with the sanitizer's marks between their variables
#else
constexpr std::size_t frames_larger = 1;
#endif
thread_local DeepStack* entering = nullptr;  // makecontext passes only ints
}  // namespace

// The two sides of the switch. The callee is entered once and then waits inside enter() between two runs: a stack that
// is left for good would keep what the sanitizer knows about its frames.
struct DeepStack::Context {
  ucontext_t caller{};
  ucontext_t callee{};
  bool entered = false;
  const std::function<void()>* function = nullptr;
  std::exception_ptr thrown;
#ifdef TRYST_ASAN
  void* caller_fake_stack = nullptr;
  void* callee_fake_stack = nullptr;
  const void* caller_stack = nullptr;
  std::size_t caller_bytes = 0;
#endif
#if defined(__SANITIZE_THREAD__)
  void* caller_fiber = nullptr;
  void* callee_fiber = __tsan_create_fiber(0);
#endif

  void to_callee(void* stack, std::size_t bytes) {
#ifdef TRYST_ASAN
    __sanitizer_start_switch_fiber(&caller_fake_stack, stack, bytes);
#endif
#if defined(__SANITIZE_THREAD__)
    caller_fiber = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(callee_fiber, 0);
#endif
    swapcontext(&caller, &callee);
#ifdef TRYST_ASAN
    __sanitizer_finish_switch_fiber(caller_fake_stack, nullptr, nullptr);
#endif
    (void)stack, (void)bytes;
  }

  void arrived() {
#ifdef TRYST_ASAN
    __sanitizer_finish_switch_fiber(callee_fake_stack, &caller_stack, &caller_bytes);
#endif
  }

  void to_caller() {
#ifdef TRYST_ASAN
    __sanitizer_start_switch_fiber(&callee_fake_stack, caller_stack, caller_bytes);
#endif
#if defined(__SANITIZE_THREAD__)
    __tsan_switch_to_fiber(caller_fiber, 0);
#endif
    swapcontext(&callee, &caller);
    arrived();
  }
};

DeepStack::DeepStack(std::size_t bytes) : context_(std::make_unique<Context>()), bytes_(frames_larger * bytes) {
  assert(bytes > 2 * reserve);
  void* memory =
      mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  memory_ = static_cast<char*>(memory);
  mprotect(memory_, page, PROT_NONE);
  limit_ = memory_ + reserve;
}

DeepStack::~DeepStack() {
#ifdef TRYST_ASAN
  __asan_unpoison_memory_region(memory_ + bytes_ - base, base);
#endif
#if defined(__SANITIZE_THREAD__)
  __tsan_destroy_fiber(context_->callee_fiber);
#endif
  munmap(memory_, bytes_);
}

void DeepStack::run(const std::function<void()>& function) {
  if (running_) return function();
  Context& c = *context_;
  c.function = &function;
  if (!std::exchange(c.entered, true)) {
    getcontext(&c.callee);
    c.callee.uc_stack.ss_sp = memory_;
    c.callee.uc_stack.ss_size = bytes_;
    c.callee.uc_link = nullptr;
    makecontext(&c.callee, &DeepStack::enter, 0);
  }
  running_ = true;
  entering = this;
  c.to_callee(memory_, bytes_);
  running_ = false;
  if (std::exchange(trim_, false)) madvise(memory_ + page, bytes_ - page - base, MADV_DONTNEED);
  if (c.thrown) std::rethrow_exception(std::exchange(c.thrown, nullptr));
}

void DeepStack::about_to_throw() {
#ifdef TRYST_ASAN
  // Also some of what lies beneath: frames that a throw from there has left, without a word to the sanitizer.
  constexpr std::ptrdiff_t left_max = std::ptrdiff_t{1} << 18;
  char* const here = static_cast<char*>(__builtin_frame_address(0));
  if (!running_) return;
  char* const begin = here - std::min(left_max, here - memory_);
  __asan_unpoison_memory_region(begin, static_cast<std::size_t>(memory_ + bytes_ - begin));
#endif
}

void DeepStack::enter() {
  Context& c = *entering->context_;
  c.arrived();
  for (;;) {
    try {
      (*c.function)();
    } catch (...) {
      c.thrown = std::current_exception();
    }
    c.to_caller();
  }
}

}  // namespace tryst
