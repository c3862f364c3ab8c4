// Runs a π-program: picks among the steps that are possible until there are none, or the environment has enough.
//
// The environment is the user's side. It hears what processes send on the names it knows, and sends to those that
// receive there: at the beginning these are the free names of the process, then also those that it is told or makes. It
// may decline, and is asked again. Who moves is chosen at random from a seed, so that what stays possible is done some
// time, with probability 1.
// Threads: none.
#pragma once

#include <iosfwd>

#include "runtime/pi_executor.hpp"

namespace tryst::runtime::pi {

class Environment {
 public:
  explicit Environment(std::uint64_t seed = 1) : random_(seed) {}
  virtual ~Environment() = default;

  // Before the first step. The executor lasts as long as the run.
  virtual void begin(Executor& executor) { executor_ = &executor; }

  // Whether the environment takes this message now; if it does, sent() follows at once.
  virtual bool accepts(Name, std::span<const Word>) { return true; }
  virtual void sent(Name, std::span<const Word>) {}
  // What the environment sends, written into `message`; false: nothing now. If it does, delivered() follows at once.
  virtual bool supplies(Name, std::span<const Kind> kinds, std::span<Word> message) {
    return supply_anything(kinds, message);
  }
  virtual void delivered(Name, std::span<const Word>) {}
  // Everything possible waits for the environment. Blocks until its answers may have changed; false: they never will,
  // the run ends.
  virtual bool wait() { return false; }
  // A place among `places`, at least two, where to look first for a step.
  virtual std::size_t choose(std::size_t places) { return random_.below(static_cast<std::uint32_t>(places)); }

  Random& random() { return random_; }

 protected:
  Executor& executor() { return *executor_; }
  // At random a free name of the program (or a new one, where others might not fit), a small number, a Boolean.
  Word anything(Kind);
  template <class T>
  T anything() {
    return from_word<T>(anything(kind_of<T>));
  }
  bool supply_anything(std::span<const Kind> kinds, std::span<Word> message) {
    for (std::size_t i = 0; i < kinds.size(); ++i) message[i] = anything(kinds[i]);
    return true;
  }

 private:
  Random random_;
  Executor* executor_ = nullptr;
};

// What has happened, step by step: enough to do it again.
class Trace {
 public:
  struct Entry {
    Step step;
    std::vector<Word> received;   // from the environment
    std::string event;            // "'open<session~1>", "go<x>"; hidden: empty
    std::vector<std::string> by;  // the types of those who took part
  };
  void record(const Executor& before, const Step&, std::span<const Word> received);
  void name_event(std::string event) { entries_.back().event = std::move(event); }
  std::span<const Entry> entries() const { return entries_; }

  // A line for each visible event: {"n": 3, "event": "'done<answer>", "by": ["Client"]}.
  void write_json(std::ostream&) const;
  // The steps as numbers; read() takes back what this wrote, and nothing else.
  void write_cbor(const Program&, std::ostream&) const;
  static std::optional<Trace> read_cbor(const Program&, std::span<const std::uint8_t>);

 private:
  std::vector<Entry> entries_;
};

// "'done<answer>" of a message that was sent by a process, "go<x>" of one that was received.
std::string event_text(const Executor&, const Step&, std::span<const Word> message, std::span<const Kind> kinds);

enum class Outcome {
  terminated,  // all processes have ended
  stuck,       // nothing is possible: a deadlock
  refused,     // what is possible waits for an environment that declines
  step_limit,
  violation,  // the monitor objects
};

struct Run {
  Outcome outcome;
  std::uint64_t steps;
};

// Watches steps.
class Monitor {
 public:
  virtual ~Monitor() = default;
  // Told of each, with what the environment has sent; false: that is no step of the model.
  virtual bool step(const Executor& after, const Step&, std::span<const Word> received) = 0;
};

struct RunOptions {
  std::uint64_t steps_max = ~std::uint64_t{0};
  Trace* trace = nullptr;
  Monitor* monitor = nullptr;
  std::ostream* print = nullptr;  // a line for each visible event
};

Run run(Executor&, Environment&, const RunOptions& = {});

// Does again what a trace says. The number of steps that were done; fewer than there are: the next is not possible.
std::size_t replay(Executor&, const Trace&, Environment&, std::ostream* print);

// Who waits on which name, a line each; names that many wait on are listed once.
std::string waiting(const Executor&);

}  // namespace tryst::runtime::pi
