// Runs a program: picks among the ready rules until there are none, or the environment has enough.
//
// The environment is the user's side. It is asked before a visible event (not yet is an answer, never is not a promise),
// told after each, and may choose among what is ready; by default it takes part in everything, and chooses at random
// from a seed, so that every choice that stays ready is taken some time, with probability 1: the fairness that liveness
// checks assume. A virtual call that does nothing is most of what an event costs; so an environment can say beforehand
// which calls it does without.
// Threads: none, but for Environment::wake().
#pragma once

#include <algorithm>
#include <cstdint>
#include <iosfwd>
#include <type_traits>
#include <vector>

#include "runtime/executor.hpp"
#include "runtime/monitor.hpp"
#include "runtime/random.hpp"
#include "runtime/trace.hpp"

namespace tryst::runtime {

class Environment {
 public:
  explicit Environment(std::uint64_t seed = 1) : random_(seed) {}
  virtual ~Environment() = default;

  // Whether the environment takes part in this visible event now.
  virtual bool accepts(Event) { return true; }
  // A visible event, or ✓, has happened.
  virtual void performed(Event) {}
  // Everything ready waits for the environment. Blocks until an answer of accepts() may have changed; false: it never
  // will, the run ends. On several executors everything ready that is its own.
  virtual bool wait() { return false; }
  // On several executors: something has become possible that wait() does not know of, or the run ends; it should return
  // true, now or when it is called next. Called by other threads, and perhaps when nobody waits any more.
  virtual void wake() {}
  // An index into `ready`, which has two entries at least.
  virtual std::size_t choose(const Network&, std::span<const RuleId> ready) { return choose_at_random(ready); }

  // What run() may do without, asked for once for each event when it begins: asking about these events and telling of them, because the answer is yes and nobody
  // listens; and asking to choose. They are its caller's to keep true.
  enum class Call : std::uint8_t { accepts = 1, performed = 2 };
  void never_needs(Call call, Event first, std::uint32_t count) {
    if (unneeded_.size() < index(first) + std::size_t{count}) unneeded_.resize(index(first) + std::size_t{count});
    for (std::uint32_t e = index(first); e < index(first) + count; ++e)
      unneeded_[e] = static_cast<std::uint8_t>(unneeded_[e] | static_cast<std::uint8_t>(call));
  }
  void never_chooses() { chooses_ = false; }
  bool needs(Call call, Event e) const {
    return index(e) >= unneeded_.size() || (unneeded_[index(e)] & static_cast<std::uint8_t>(call)) == 0;
  }
  bool chooses() const { return chooses_; }
  std::size_t choose_at_random(std::span<const RuleId> ready) {
    return random_.below(static_cast<std::uint32_t>(ready.size()));
  }

 private:
  Random random_;
  bool chooses_ = true;
  std::vector<std::uint8_t> unneeded_;  // by event: the calls that it does without; events behind its end need all
};

// Whether a method of the user's class, the first, is still the one of its base: calling it does nothing of the user's.
template <class Method, class BaseMethod>
constexpr bool is_inherited(Method, BaseMethod) {
  return std::is_same_v<Method, BaseMethod>;
}

enum class Outcome {
  terminated,  // ✓
  stuck,       // nothing is ready: a deadlock
  refused,     // the environment takes part in nothing that is ready
  step_limit,  // as many steps as were asked for
  violation,   // the monitor objects
};

struct Run {
  Outcome outcome;
  std::uint64_t steps;
};

struct RunOptions {
  std::uint64_t steps_max = ~std::uint64_t{0};
  Trace* trace = nullptr;         // records every step
  Monitor* monitor = nullptr;     // watches every step
  std::ostream* print = nullptr;  // a line for each visible event, and for the end
};

Run run(Executor&, Environment&, const RunOptions& = {});

// Who waits for what, a line for each component: what it offers, and which partners of each offer are missing.
std::string waiting(const Executor&);

}  // namespace tryst::runtime
