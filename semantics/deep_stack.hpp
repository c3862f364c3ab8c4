// Runs a function on a stack of its own, large and lazily committed, so that deep recursion of a script is bounded by a
// number of bytes that is known, and becomes an error instead of a crash.
//
// run() on the deep stack itself calls the function at once. Exceptions pass through. Switching costs about a
// microsecond. Sanitizers are told about the switch.
// Threads: one DeepStack belongs to one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace tryst {

class DeepStack {
 public:
  explicit DeepStack(std::size_t bytes);
  ~DeepStack();
  DeepStack(const DeepStack&) = delete;
  DeepStack& operator=(const DeepStack&) = delete;

  void run(const std::function<void()>&);

  // To be called before an exception is thrown from deep inside: beyond 64 MiB the address sanitizer does not clear its
  // marks of the frames that the exception unwinds. Does nothing in other builds.
  void about_to_throw();

  // Whether the running function has used up its stack but for a reserve, which is enough to report it.
  // After that, run() gives the memory back to the system when it is left.
  bool exhausted() {
    if (static_cast<const char*>(__builtin_frame_address(0)) >= limit_) return false;
    return trim_ = true;
  }

 private:
  struct Context;
  static void enter();

  std::unique_ptr<Context> context_;
  char* memory_ = nullptr;
  std::size_t bytes_;
  const char* limit_ = nullptr;
  bool running_ = false;
  bool trim_ = false;  // it was exhausted
};

}  // namespace tryst
