// Runs a program on several executors, each in a thread of its own.
//
// An event of one part is fired by its executor as it would be alone. An event that parts share is fired by its home
// once every part has its share ready: the home claims the parts in ascending order, waiting for each, looks again
// whether all shares are ready, fires them all, and lets the parts go: two-phase locking, so that events happen as if one
// after the other, and in one order of claims, so that no claims wait for each other in a circle. (Its own part it has
// already; it lets that go first unless it is the first in the order.) Refused: claiming components one by one and
// withdrawing when one is gone; within an executor everything would then be atomic, and an event of one executor is the
// common one.
//   missing       by shared rule: shares that are not ready; changed only by who holds the part whose share it is
//   bell          rung when there is something new for an executor; it rests only if the bell has been still since
//                 before it looked
// The program is at rest when all executors rest. With a number of steps to take, executors take them from a common number,
// some at a time; who has none left and finds none rests, and who rests gives back what it has, and rings. models/csp/ has
// this protocol, checked: no deadlock, no lost bell (executors.csp), all the steps and no more (executor_steps.csp); and
// what goes wrong without each precaution.
// Source: Eswaran, Gray, Lorie & Traiger, "The notions of consistency and predicate locks in a database system", CACM
// 1976: two-phase locking; Go's `select` claims channels in ascending order likewise.
//
// Threads: each environment is called by the thread of its part only: asked about the events whose home the part is, told
// of them in the order in which they happen, while the part is not held; so a method that takes its time holds up nobody
// but its executor. wake() alone is called by other threads: by whoever rings for an executor whose environment waits.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "runtime/deployment.hpp"
#include "runtime/run.hpp"

namespace tryst::runtime {

struct TeamOptions {
  std::uint64_t steps_max = ~std::uint64_t{0};
  bool trace = false;             // record every step
  bool monitor = false;           // watch every step; the deployment has automata
  std::ostream* print = nullptr;  // a line for each visible event
};

struct TeamRun {
  Run run;
  Trace trace;                   // of the whole: a run that one executor can perform
  std::string violation;         // of the monitor
  std::vector<std::byte> state;  // of the whole at the end, as Executor::restore() takes it
};

// One environment for each part. What one of them throws is thrown again, when all threads have ended.
TeamRun run(const Deployment&, std::span<const std::unique_ptr<Environment>> environments, const TeamOptions& = {});

}  // namespace tryst::runtime
