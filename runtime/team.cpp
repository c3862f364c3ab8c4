#include "runtime/team.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <ostream>
#include <thread>
#include <utility>

namespace tryst::runtime {

namespace {

// Some microseconds: a partner at work on another processor answers within them, or not for long. Never yielding: where
// there are more threads than processors that is a turn for each of the others.
constexpr int looks_before_rest = 400;       // at the bell
constexpr int looks_before_claim = 100;      // at a part that is held
constexpr std::uint64_t steps_at_once = 64;  // that an executor takes from the common number

void pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// The processor that the calling thread is on, where that can be asked: this library brings the question with <thread>.
int processor() {
#if defined(__GLIBC__)
  return sched_getcpu();
#else
  return -1;
#endif
}

// What threads write by turns is kept apart from what each has for itself: of the usual size of a cache line.
constexpr std::size_t line = 64;

struct Worker {
  Worker(const Deployment::Part& its_part, Environment& its_environment, bool watched)
      : part(its_part), executor(its_part.network), counted(its_part.shared.size()), environment(its_environment) {
    if (watched) monitor.emplace(its_part.network, its_part.automata);
  }

  const Deployment::Part& part;
  // Held by whoever has the part: its executor at work, or a home that has claimed it. Guards what follows.
  alignas(line) std::mutex held;
  std::mutex turn;  // held while one waits for `held`, so that its own executor does not come back first
  Executor executor;
  std::optional<Monitor> monitor;
  std::vector<bool> counted;  // by share: it is ready, and counted so
  bool news = false;          // the last step made something possible that needs no other part
  bool refuses = false;       // something is possible that its environment did not take part in

  // Its own thread's, except while that has not begun or has ended:
  alignas(line) Environment& environment;
  std::vector<RuleId> possible;
  std::vector<std::pair<std::uint64_t, RuleId>> log;  // rules of the whole, by the number of their commit
  std::uint64_t steps = 0;
  std::uint64_t steps_left = 0;

  alignas(line) std::atomic<std::uint32_t> bell{0};
  // Read often, and written when somebody has to wait:
  alignas(line) std::atomic<std::uint32_t> claims{0};  // that wait for it
  std::atomic<bool> rests{false};                      // set under Team::rest_, read without by who rings
  std::atomic<bool> waits{false};                      // its environment's wait() is called, or soon or just was
  std::atomic<bool> wants_steps{false};                // it has nothing left of the common number, and found none there
  std::atomic<int> processor{-1};                      // that it was on when it last rested
  std::condition_variable wakes;
};

class Team {
 public:
  Team(const Deployment& deployment, std::span<const std::unique_ptr<Environment>> environments,
       const TeamOptions& options)
      : deployment_(deployment),
        options_(options),
        steps_left_(options.steps_max),
        missing_(deployment.shared().size()) {
    for (std::size_t p = 0; p < deployment.parts().size(); ++p)
      workers_.push_back(std::make_unique<Worker>(deployment.parts()[p], *environments[p], options.monitor));
    for (std::size_t s = 0; s < missing_.size(); ++s) {
      missing_[s] = deployment.shared()[s].count;
      for (const Deployment::Share& share : deployment.shares_of(deployment.shared()[s]))
        count(*workers_[share.part], share.rule);
    }
  }

  TeamRun run() {
    {
      std::vector<std::jthread> threads;
      for (const auto& worker : workers_)
        threads.emplace_back([this, &me = *worker] {
          try {
            work(me);
          } catch (...) {
            end(Outcome::refused, std::current_exception());
          }
        });
    }
    if (thrown_) std::rethrow_exception(thrown_);
    return result();
  }

 private:
  // While it works, a worker holds its own part.
  void work(Worker& me) {
    std::unique_lock held(me.held);
    while (!ended_.load()) {
      give_way(me, held);
      const std::uint32_t rung = me.bell.load();
      const std::optional<RuleId> rule = choose(me);
      if (!rule) {
        held.unlock();
        if (me.wants_steps.load()) me.wants_steps = false;
        if (me.refuses) give_back_steps(me);
        if (!(me.refuses && wait(me, rung))) rest(me, rung);
        held.lock();
      } else if (!take_step(me)) {
        held.unlock();
        rest(me, rung);
        held.lock();
      } else if (index(*rule) < me.part.first_shared) {
        if (!fire(me, *rule, me)) return end(Outcome::violation);
        tell(me, *rule, held);
      } else {
        perform_shared(me, *rule, held);
      }
    }
  }

  // Lets those go first who have claimed the part.
  static void give_way(Worker& me, std::unique_lock<std::mutex>& held) {
    if (me.claims.load() == 0) return;
    held.unlock();
    const std::lock_guard mine(me.turn);
    held.lock();
  }

  const Deployment::Shared& shared(const Worker& me, RuleId rule) const {
    return deployment_.shared()[me.part.shared[index(rule) - me.part.first_shared]];
  }

  // What can happen now, as far as one can see who holds one part only.
  bool is_possible(const Worker& me, RuleId rule) const {
    if (index(rule) < me.part.first_shared) return true;
    const std::uint32_t s = me.part.shared[index(rule) - me.part.first_shared];
    return workers_[deployment_.shared()[s].home].get() == &me && missing_[s].load() == 0;
  }

  std::optional<RuleId> choose(Worker& me) {
    me.possible.clear();
    for (const RuleId rule : me.executor.ready())
      if (is_possible(me, rule)) me.possible.push_back(rule);
    me.refuses = false;
    if (me.possible.empty()) return std::nullopt;
    const std::size_t n = me.possible.size();
    const std::size_t start = n == 1                     ? 0
                              : me.environment.chooses() ? me.environment.choose(me.part.network, me.possible)
                                                         : me.environment.choose_at_random(me.possible);
    for (std::size_t i = 0; i < n; ++i) {
      const RuleId rule = me.possible[(start + i) % n];
      const Event event = event_of(me, rule);
      if (index(event) <= index(tick) || !me.environment.needs(Environment::Call::accepts, event) ||
          me.environment.accepts(event))
        return rule;
    }
    me.refuses = true;
    return std::nullopt;
  }

  static Event event_of(const Worker& me, RuleId rule) { return me.part.network.rules[index(rule)].event; }

  // A rule of a part fires, by who holds the part. False: its monitor objects.
  bool fire(Worker& of, RuleId rule, const Worker& by) {
    const StepMemo::Step step = of.executor.fire(rule);
    of.news = false;
    for (std::uint32_t i = 0; i < step.changes(); ++i) {
      const RuleId changed{step.change(i).what};
      if (index(changed) < of.part.first_shared)
        of.news |= of.executor.is_ready(changed);
      else if (Worker* const home = count(of, changed); home != nullptr && home != &by)
        ring(*home);
    }
    return !of.monitor || of.monitor->step(rule);
  }

  // Keeps the number of missing shares of a shared rule up to date. Its home, if the last one has come or the first is
  // gone: who has refused the rule, or wanted steps for it, has to look again.
  Worker* count(Worker& of, RuleId rule) {
    const std::uint32_t i = index(rule) - of.part.first_shared;
    const bool is_ready = of.executor.is_ready(rule);
    if (of.counted[i] == is_ready) return nullptr;
    of.counted[i] = is_ready;
    const std::uint32_t s = of.part.shared[i];
    const bool is_news = is_ready ? missing_[s].fetch_sub(1) == 1 : missing_[s].fetch_add(1) == 0;
    return is_news ? workers_[deployment_.shared()[s].home].get() : nullptr;
  }

  // Fires a shared rule, if it is ready when all its parts are held.
  void perform_shared(Worker& me, RuleId mine, std::unique_lock<std::mutex>& held) {
    const Deployment::Shared& rule = shared(me, mine);
    const auto shares = deployment_.shares_of(rule);
    if (workers_[shares.front().part].get() != &me) held.unlock();  // or it is the first in their order, and held
    for (const Deployment::Share& share : shares)
      if (Worker& part = *workers_[share.part]; &part != &me || !held.owns_lock()) claim(part);
    if (!held.owns_lock()) held = std::unique_lock(me.held, std::adopt_lock);
    const bool is_ready = missing_[me.part.shared[index(mine) - me.part.first_shared]].load() == 0;
    bool allowed = true;
    if (is_ready) {
      for (const Deployment::Share& share : shares) allowed &= fire(*workers_[share.part], share.rule, me);
      record(me, rule.rule);
    }
    for (const Deployment::Share& share : shares) {
      Worker& other = *workers_[share.part];
      if (&other == &me) continue;
      const bool looks_again = is_ready && (other.news || other.refuses || other.wants_steps.load());
      other.held.unlock();
      if (looks_again) ring(other);
    }
    if (!allowed) return end(Outcome::violation);
    if (is_ready)
      tell_environment(me, mine, held);
    else
      ++me.steps_left;
  }

  static void claim(Worker& part) {
    for (int i = 0; i < looks_before_claim; ++i) {
      if (part.held.try_lock()) return;
      pause();
    }
    part.claims.fetch_add(1);
    {
      const std::lock_guard next(part.turn);
      part.held.lock();
    }
    part.claims.fetch_sub(1);
  }

  void tell(Worker& me, RuleId mine, std::unique_lock<std::mutex>& held) {
    record(me, me.part.rules[index(mine)]);
    tell_environment(me, mine, held);
  }

  void tell_environment(Worker& me, RuleId mine, std::unique_lock<std::mutex>& held) {
    const Event event = event_of(me, mine);
    if (event == tau || !me.environment.needs(Environment::Call::performed, event)) return;
    held.unlock();
    me.environment.performed(event);
    held.lock();
  }

  // While the parts of the rule are held, so that numbers grow along every part.
  void record(Worker& me, RuleId whole_rule) {
    ++me.steps;
    if (options_.trace) me.log.emplace_back(commits_.fetch_add(1), whole_rule);
    const Event event = deployment_.whole().rules[index(whole_rule)].event;
    if (options_.print == nullptr || event == tau) return;
    const std::lock_guard lock(print_);
    *options_.print << deployment_.whole().name(event) << '\n';
  }

  // False: there are no steps left, unless another executor gives some back and rings.
  bool take_step(Worker& me) {
    if (options_.steps_max == ~std::uint64_t{0}) return true;
    if (me.steps_left == 0) {
      me.wants_steps = true;  // before the look: who gives steps back after it sees that
      std::uint64_t left = steps_left_.load();
      std::uint64_t taken = 0;
      do {
        // Fewer towards the end, so that few wait where nothing happens.
        taken = std::clamp<std::uint64_t>(left / (8 * workers_.size()), left == 0 ? 0 : 1, steps_at_once);
      } while (!steps_left_.compare_exchange_weak(left, left - taken));
      if (taken == 0) return false;
      me.wants_steps = false;
      me.steps_left = taken;
    }
    --me.steps_left;
    return true;
  }

  void give_back_steps(Worker& me) {
    if (me.steps_left == 0) return;
    steps_left_.fetch_add(std::exchange(me.steps_left, 0));
    for (const auto& worker : workers_)
      if (worker->wants_steps.load()) ring(*worker);
  }

  // Nobody is at work, somebody wants steps, and there are none: those who rest or wait have given back theirs.
  bool all_steps_taken() const {
    return steps_left_.load() == 0 &&
           std::ranges::any_of(workers_, [](const auto& worker) { return worker->wants_steps.load(); }) &&
           std::ranges::all_of(workers_,
                               [](const auto& worker) { return worker->rests.load() || worker->waits.load(); });
  }

  // False: the environment will never take part in what it refuses.
  bool wait(Worker& me, std::uint32_t rung) {
    me.waits = true;  // before the look: who rings after it sees that
    if (all_steps_taken()) end(Outcome::step_limit);
    const bool looks_again = me.bell.load() != rung || me.environment.wait();
    me.waits = false;
    return looks_again;
  }

  void rest(Worker& me, std::uint32_t rung) {
    const int looks = waits_for_another_processor(me) ? looks_before_rest : 1;
    for (int i = 0; i < looks; ++i) {
      if (me.bell.load() != rung || ended_.load()) return;
      pause();
    }
    give_back_steps(me);
    std::unique_lock lock(rest_);
    me.rests = true;
    if (me.bell.load() != rung) {  // it rang after the last look, and who rang may not have seen that it would rest
      me.rests = false;
      return;
    }
    const bool all_rest = ++resting_ == workers_.size();
    if (all_rest || all_steps_taken()) {
      lock.unlock();
      const bool wanted = std::ranges::any_of(workers_, [](const auto& worker) { return worker->wants_steps.load(); });
      return end(wanted ? Outcome::step_limit : Outcome::stuck);
    }
    me.wakes.wait(lock, [&] { return !me.rests.load() || ended_.load(); });
    me.processor.store(processor(), std::memory_order_relaxed);
  }

  // Whether somebody who could ring is at work elsewhere, so that looking does not keep them waiting. As far as one
  // knows: threads move; nothing but time depends on it.
  bool waits_for_another_processor(Worker& me) {
    const int here = processor();
    if (me.processor.load(std::memory_order_relaxed) != here) me.processor.store(here, std::memory_order_relaxed);
    return std::ranges::any_of(workers_, [&](const auto& worker) {
      return worker.get() != &me && !worker->rests.load(std::memory_order_relaxed) &&
             (here < 0 || worker->processor.load(std::memory_order_relaxed) != here);
    });
  }

  static void ring_waiting(Worker& worker) {
    worker.bell.fetch_add(1);
    if (worker.waits.load()) worker.environment.wake();
  }

  void ring(Worker& worker) {
    ring_waiting(worker);
    if (!worker.rests.load()) return;
    {
      const std::lock_guard lock(rest_);
      if (!worker.rests.load()) return;
      worker.rests = false;
      --resting_;
    }
    worker.wakes.notify_one();  // not before: on the same processor it would run, and wait for the lock
  }

  // The first one decides.
  void end(Outcome outcome, std::exception_ptr thrown = nullptr) {
    const std::lock_guard lock(rest_);
    if (ended_.load()) return;
    outcome_ = outcome;
    thrown_ = std::move(thrown);
    ended_ = true;
    for (const auto& worker : workers_) {
      worker->wakes.notify_one();
      ring_waiting(*worker);
    }
  }

  // When all threads have ended.
  TeamRun result() {
    TeamRun result{{outcome_, 0}, {}, {}, {}};
    std::vector<std::pair<std::uint64_t, RuleId>> log;
    std::vector<std::vector<std::byte>> states;  // by part
    for (const auto& worker : workers_) {
      if (outcome_ == Outcome::stuck && worker->monitor && !worker->monitor->at_rest(worker->executor))
        result.run.outcome = Outcome::violation;
      if (worker->monitor && result.violation.empty()) result.violation = worker->monitor->violation();
      result.run.steps += worker->steps;
      log.insert(log.end(), worker->log.begin(), worker->log.end());
      states.push_back(worker->executor.state());
    }
    if (result.run.outcome == Outcome::stuck) result.run.outcome = at_rest();
    std::ranges::sort(log, {}, &std::pair<std::uint64_t, RuleId>::first);
    for (const auto& [number, rule] : log) result.trace.record(rule);
    result.state = joined(states);
    return result;
  }

  Outcome at_rest() const {
    const auto any = [this](auto property) { return std::ranges::any_of(workers_, property); };
    if (any([](const auto& worker) { return worker->refuses; })) return Outcome::refused;
    return any([](const auto& worker) { return worker->executor.has_ended(); }) ? Outcome::terminated : Outcome::stuck;
  }

  // The states of the parts' components, in the order of the whole.
  std::vector<std::byte> joined(const std::vector<std::vector<std::byte>>& states) const {
    const auto components = deployment_.whole().components;
    std::vector<std::span<const std::byte>> of_component(components.size());
    for (std::size_t p = 0; p < states.size(); ++p) {
      std::span<const std::byte> rest = states[p];
      for (const std::uint32_t c : deployment_.parts()[p].components) {
        const std::size_t bytes = (components[c].type->size + 7) / 8 * std::size_t{8};
        of_component[c] = rest.first(bytes);
        rest = rest.subspan(bytes);
      }
    }
    std::vector<std::byte> all;
    for (const auto& bytes : of_component) all.insert(all.end(), bytes.begin(), bytes.end());
    return all;
  }

  const Deployment& deployment_;
  const TeamOptions options_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::atomic<std::uint64_t> steps_left_;
  std::atomic<std::uint64_t> commits_{0};
  std::vector<std::atomic<std::uint32_t>> missing_;
  std::mutex print_;

  std::mutex rest_;  // guards what follows, and who rests
  std::size_t resting_ = 0;
  Outcome outcome_ = Outcome::stuck;
  std::exception_ptr thrown_;
  std::atomic<bool> ended_{false};
};

}  // namespace

TeamRun run(const Deployment& deployment, std::span<const std::unique_ptr<Environment>> environments,
            const TeamOptions& options) {
  assert(environments.size() == deployment.parts().size());
  return Team(deployment, environments, options).run();
}

}  // namespace tryst::runtime
