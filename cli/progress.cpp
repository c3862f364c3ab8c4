#include "cli/progress.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "cli/phrases.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

constexpr double plain_interval = 5;  // seconds

}  // namespace

ProgressLine::ProgressLine(const Options& options, const Terminal& terminal)
    : redraw_(options.progress == ProgressStyle::automatic && terminal.interactive_err && !options.quiet),
      plain_(options.progress == ProgressStyle::plain),
      width_(terminal.width) {}

void ProgressLine::watch(Budget& budget, std::string what) {
  what_ = printable(what);
  next_line_ = plain_interval;
  if (redraw_ || plain_) budget.on_progress([this](const Progress& progress) { show(progress); });
}

void ProgressLine::clear() {
  if (drawn_) std::fputs("\r\033[K", stderr);
  drawn_ = false;
}

void ProgressLine::show(const Progress& progress) {
  const std::string state = fmt::format("{}, {}, depth {}, {}, {} MB", count(progress.states, "state"),
                                        count(progress.transitions, "transition"), progress.depth,
                                        duration(progress.seconds), progress.memory_bytes >> 20);
  if (plain_) {
    if (progress.seconds < next_line_) return;
    next_line_ = progress.seconds + plain_interval;
    fmt::print(stderr, "{}: {}\n", what_, state);
    return;
  }
  const std::size_t room = width_ > state.size() + 4 ? width_ - state.size() - 4 : 0;
  const std::string_view what = std::string_view(what_).substr(0, character_start(what_, room));
  fmt::print(stderr, "\r\033[K{}: {}", what, state);
  std::fflush(stderr);
  drawn_ = true;
}

}  // namespace tryst::cli
