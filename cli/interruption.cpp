#include "cli/interruption.hpp"

#include <unistd.h>

#include <csignal>

#include "cli/exit_status.hpp"
#include "semantics/budget.hpp"

namespace tryst::cli {

namespace {

void on_interruption(int) { Budget::interrupted.store(true, std::memory_order_relaxed); }

// Only what is safe in a handler: write and _exit.
void on_crash(int) {
  constexpr char message[] =
      "tryst: internal error: the program stopped at a state that it should never reach; please report the input that "
      "led here\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, message, sizeof message - 1);
  ::_exit(static_cast<int>(ExitStatus::internal));
}

// An overflow of the stack leaves no room on it for the handler.
alignas(16) char crash_stack[16384];

}  // namespace

void catch_interruptions() {
  struct sigaction action {};
  action.sa_handler = on_interruption;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

void report_crashes() {
#ifndef __SANITIZE_ADDRESS__  // which has handlers of its own that say more
  stack_t stack{};
  stack.ss_sp = crash_stack;
  stack.ss_size = sizeof crash_stack;
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = on_crash;
  action.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESETHAND);
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) sigaction(signal, &action, nullptr);
#endif
}

}  // namespace tryst::cli
