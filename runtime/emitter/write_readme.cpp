#include <fmt/format.h>

#include "runtime/emitter/project.hpp"
#include "runtime/emitter/project_text.hpp"

namespace tryst::emitter {

namespace {

using Out = std::back_insert_iterator<std::string>;

constexpr std::size_t listed_max = 40;  // of components and channels

std::string form(const Emission& emission, const Machine& machine) {
  if (machine.family) return "`" + emission.families[*machine.family].identifier + "::Machine`";
  return machine.table_reason.empty() ? "a table" : "a table: " + machine.table_reason;
}

std::string components(const Emission& emission) {
  std::string out = "| | component | states | begins at | written as |\n|---|---|---|---|---|\n";
  for (std::size_t c = 0; c < emission.components.size() && c < listed_max; ++c) {
    const Component& component = emission.components[c];
    const Machine& machine = emission.machines[component.machine];
    fmt::format_to(Out(out), "| {} | `{}` | {} | {} | {} |\n", c, component.name, machine.state_count(),
                   machine.states[0], form(emission, machine));
  }
  if (emission.components.size() > listed_max)
    fmt::format_to(Out(out), "\nand {} more.\n", emission.components.size() - listed_max);
  return out;
}

// Where the components run, if there is something to say.
std::string executors(const Emission& emission) {
  if (emission.executors.empty()) return {};
  std::string out =
      "\n## Executors\n\nEach executor is a thread, with hooks of its own: `main.cpp` makes one object for each, with "
      "seeds one after the other. The hooks of an\n"
      "event are called by the executor of its first participant, and no other. An event whose participants are on "
      "several executors happens when all are\n"
      "ready; `--trace` numbers all events in an order in which one executor could have performed them.\n\n";
  for (std::size_t e = 0; e < emission.executors.size(); ++e) {
    fmt::format_to(Out(out), "- {}:", emission.executors[e]);
    std::size_t listed = 0;
    for (std::size_t c = 0; c < emission.components.size(); ++c)
      if (emission.executor_of[c] == e && listed++ < listed_max)
        fmt::format_to(Out(out), " `{}`", emission.components[c].name);
    if (listed > listed_max) fmt::format_to(Out(out), " and {} more", listed - listed_max);
    out += '\n';
  }
  return out;
}

std::string channels(const Emission& emission) {
  std::string out;
  for (std::size_t c = 0; c < emission.channels.size() && c < listed_max; ++c) {
    const Channel& channel = emission.channels[c];
    fmt::format_to(Out(out), "{}`{}`", c == 0 ? "" : ", ", channel.name);
  }
  return out.empty() ? "none: everything is hidden" : out;
}

}  // namespace

std::string readme(const Emission& emission) {
  const std::string& name = emission.identifier;
  const std::string hook = emission.channels.empty() ? "c" : emission.channels[0].identifier;
  std::string out = fmt::format(R"(# {0}

A program made from `{1}` by {2}. It runs the processes of the model as communicating state machines; your code hooks into their events.

)",
                                name, emission.operand, emission.tool);
  out += claims_text(emission.claims, emission.verified);
  fmt::format_to(Out(out), R"(
## Build and run

```
cmake -S . -B build && cmake --build build
build/{0} --steps 20 --print      # twenty steps, with the visible events on standard output
build/{0} --help
```

It needs a C++20 compiler and CMake. The same `--seed` gives the same run. A run ends when the program terminates (exit status 0), when nothing is possible any more
(10: a deadlock, and it prints who waits for whom), or after `--steps`.

## Components

{1}
A component written as a program is a struct of `model.cpp` whose functions are the processes of the script. A rule says which labels of which components make one event. Nothing else synchronises them.
{4}
## Your code

`main.cpp` is yours and is never written again. Derive a final class from `Hooks` (`hooks.hpp`) and override what the program shall do; what you do not override costs nothing. Visible channels: {2}.

- `on_{3}(...)` is called when the event has happened: send something, store something, move something.
- `accepts_{3}(...)` is asked before: answer `false` while the outside is not ready for this event. Where the model offers several values, accept the one you have.
- `wait()` is called when the outside accepts nothing that is possible: block until that may have changed and return `true`, or return `false` to end the run. On several executors another one may call `wake()` meanwhile: let `wait()` return `true` then, so that the program goes on with what it has made possible.
- `tryst/runtime/mailbox.hpp` holds what other threads have for the program, `tryst/runtime/timers.hpp` what takes time; both have a `wait()` to call from yours, and a `wake()`.
- `tryst/runtime/reply.hpp` is a channel for one answer: who asks the program something sends its end along, and waits. Where a hook is who waits, it makes the channel with a `Bell` of its own, and its `wake()` wakes that.
- `choose(...)` picks among the events that are possible, hidden ones included; by default at random.

{5}
No hook can make the program do what the model does not: a hook only chooses among possible steps.

## Is this the model?

When the program was emitted, its components were compiled, every state of them was visited by calling `offers()` and `fire()`, and the result was compared with the model
by strong bisimulation. You can look again:

```
build/{0} --explore program.aut                # the transition system that the program is
build/{0} --explore part.aut --component 0     # one component alone
build/{0} --self-check                         # every rule fired once, by the executor, with the monitor on
build/{0} --monitor --steps 1000000            # each step is held against the automaton of each participant
build/{0} --trace run.json --steps 100         # what happened, and who took part
build/{0} --replay events.txt                  # drive it along a trace, one event a line
```
)",
                 name, components(emission), channels(emission), hook, executors(emission), hook_example(emission));
  return out;
}

}  // namespace tryst::emitter
