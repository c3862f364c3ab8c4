// The limits of one question: time, states, memory, and the user's Ctrl-C. A limit is never a verdict: it is thrown as
// LimitReached through the algorithms and becomes `inconclusive` (or exit 130) where the question was asked.
//
// poll() is cheap (an addition; the clock is read every 1024 units of work, the memory less often) and belongs in every
// loop that can run long, the evaluator's included; a step that copies much says so by its work. count_state() is
// called once a state that is stored. Threads: `interrupted` may be set from a signal handler or another thread; all
// else belongs to one thread.
//
// The limit on states is one on what a search stores: states, pairs of a state and a node of the specification, and the
// nodes of a normal form. Where several searches are tried one after another, it holds for each: one may end at the
// limit, and another have the answer. A search ends with the first state too many, several threads with one each, and
// local deadlocks with the successors of one state. The states of components, and of what is composed of them, have
// limits of their own.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace tryst {

struct LimitReached {
  std::string reason;        // "the limit of 60 seconds was reached"
  bool interrupted = false;  // Ctrl-C
};

struct Limits {
  double seconds_max = 0;              // 0: none
  std::uint64_t states_max = 0;        // 0: none
  std::uint64_t memory_bytes_max = 0;  // resident set of the process; 0: none
};

struct Progress {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
  std::uint32_t depth = 0;
  double seconds = 0;
  std::uint64_t memory_bytes = 0;       // of the process, now
  std::uint64_t peak_memory_bytes = 0;  // the most that was seen
};

class Budget {
 public:
  explicit Budget(Limits limits = {});

  void poll(std::uint32_t work = 1) {
    if ((work_ += work) >= next_look_) look();
  }
  void count_state() {
    ++progress_.states;
    if (limits_.states_max != 0 && progress_.states > limits_.states_max) states_exceeded();
    poll();
  }
  // For a search with counters of its own: what it has done so far. What it stores besides counts for the limit.
  void record(std::uint64_t states, std::uint64_t transitions, std::uint64_t besides = 0) {
    const std::uint64_t work = transitions - std::min(transitions, progress_.transitions);
    poll(static_cast<std::uint32_t>(std::min<std::uint64_t>(work, look_interval)));
    progress_.states = states;
    progress_.transitions = transitions;
    if (limits_.states_max == 0 || states + besides <= limits_.states_max) return;
    progress_.states += besides;
    states_exceeded();
  }
  // How many more a search may store that has stored so many.
  std::uint64_t states_left(std::uint64_t stored) const {
    if (limits_.states_max == 0) return ~std::uint64_t{0};
    return limits_.states_max - std::min(stored, limits_.states_max);
  }
  // Throws LimitReached if so many bytes more would exceed the limit on memory.
  void reserve(std::uint64_t bytes) const;
  void count_transitions(std::uint64_t n) { progress_.transitions += n; }
  void set_depth(std::uint32_t depth) { progress_.depth = depth; }

  // A cheap attempt before a costly one: what it results in, or nothing where it takes more work than this. Then what
  // it has counted does not count.
  template <class Attempt>
  auto within(std::uint64_t work, const Attempt& attempt) -> std::optional<decltype(attempt())>;
  static constexpr std::uint64_t unbounded_work = ~std::uint64_t{0};

  const Progress& progress();  // with the time and the memory of now
  // For what cannot poll while it works; none: there is no limit.
  std::optional<double> seconds_left();
  // Called with the progress about every 0.2 s while the question runs.
  void on_progress(std::function<void(const Progress&)> callback) { callback_ = std::move(callback); }

  static std::atomic<bool> interrupted;
  // Resident memory of this process, in bytes.
  static std::uint64_t resident_bytes();

 private:
  static constexpr std::uint64_t look_interval = 1024;  // units of work
  static constexpr std::uint32_t looks_per_memory = 64;

  void look();  // at the clock, and now and then at the memory
  void look_at_memory();
  [[noreturn]] void states_exceeded() const;
  [[noreturn]] void memory_exceeded() const;

  struct TrialOver {};  // thrown by poll(), once
  // Whatever ends the trial, the end is then what it was.
  struct Trial {
    Trial(std::uint64_t& end, std::uint64_t new_end) : end_(end), before_(end) { end = new_end; }
    ~Trial() { end_ = before_; }
    Trial(const Trial&) = delete;
    Trial& operator=(const Trial&) = delete;

   private:
    std::uint64_t& end_;
    std::uint64_t before_;
  };

  Limits limits_;
  Progress progress_;
  std::chrono::steady_clock::time_point start_;
  double next_report_ = 0.2;
  std::uint64_t work_ = 0;
  std::uint64_t next_look_ = look_interval;
  std::uint64_t trial_end_ = unbounded_work;
  std::uint32_t looks_ = 0;
  std::function<void(const Progress&)> callback_;
};

template <class Attempt>
auto Budget::within(std::uint64_t work, const Attempt& attempt) -> std::optional<decltype(attempt())> {
  const Progress before = progress_;
  try {
    const Trial trial(trial_end_, std::min(trial_end_, work_ + std::min(work, unbounded_work - work_)));
    return attempt();
  } catch (const TrialOver&) {
    progress_.states = before.states;
    progress_.transitions = before.transitions;
    return std::nullopt;
  }
}

}  // namespace tryst
