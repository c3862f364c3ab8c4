#include <fmt/format.h>

#include <algorithm>

#include "runtime/emitter/pi_project.hpp"
#include "runtime/emitter/project_text.hpp"

namespace tryst::emitter {

namespace {

using Out = std::back_insert_iterator<std::string>;

constexpr std::size_t listed_max = 40;  // of agents and names

// What π-programs need of the library.
bool is_needed(const File& file) {
  const std::string name = file.path.substr(file.path.rfind('/') + 1);
  if (name.starts_with("pi_")) return true;
  constexpr std::string_view others[] = {"bell.hpp",         "cbor.cpp",   "cbor.hpp",  "command_line.cpp",
                                         "command_line.hpp", "json.cpp",   "json.hpp",  "mailbox.hpp",
                                         "random.hpp",       "timers.cpp", "timers.hpp"};
  return std::ranges::find(others, name) != std::end(others);
}

const PiFreeName* a_channel(const PiEmission& emission) {
  const auto at = std::ranges::find(emission.code.free_names, true, &PiFreeName::is_channel);
  return at == emission.code.free_names.end() ? nullptr : &*at;
}

ProjectText text_of(const PiEmission& emission) {
  std::string example;
  if (const PiFreeName* channel = a_channel(emission))
    example = fmt::format(
        " For example, to act on what is sent on `{0}`,\n  // copy the declaration of on_{1} here and write what it "
        "does.",
        channel->name, channel->identifier);
  return {emission.tool,
          emission.identifier,
          emission.name_space(),
          "tryst_pi_runtime",
          false,
          is_needed,
          "runtime/pi_program.hpp",
          "tryst::runtime::pi::program_main",
          "std::make_unique<UserHooks>(seed)",
          example};
}

std::string agents(const PiEmission& emission) {
  std::string out = "| struct | states | in the model |\n|---|---|---|\n";
  std::size_t listed = 0;
  for (const PiMachine& machine : emission.code.machines) {
    if (machine.points.empty() || listed++ >= listed_max) continue;
    fmt::format_to(Out(out), "| `{}` | {} | `{}` |\n", machine.identifier, machine.points.size(), machine.text);
  }
  if (listed > listed_max) fmt::format_to(Out(out), "\nand {} more.\n", listed - listed_max);
  return out;
}

std::string names(const PiEmission& emission) {
  std::string out;
  std::size_t listed = 0;
  for (const PiFreeName& free : emission.code.free_names)
    if (listed++ < listed_max) fmt::format_to(Out(out), "{}`{}`", out.empty() ? "" : ", ", free.name);
  return out.empty() ? "none: nothing can be seen from outside" : out;
}

}  // namespace

std::string readme(const PiEmission& emission) {
  const PiFreeName* const channel = a_channel(emission);
  std::string out = fmt::format(R"(# {0}

A program made from `{1}` by {2}. It runs the processes of the model as state machines that are made, meet on names, and end; your code is what is outside.

)",
                                emission.identifier, emission.operand, emission.tool);
  out += claims_text(emission.claims, emission.verified);
  fmt::format_to(Out(out), R"(
## Build and run

```
cmake -S . -B build && cmake --build build
build/{0} --steps 20 --print      # twenty steps, with what is seen from outside on standard output
build/{0} --help
```

It needs a C++20 compiler and CMake. The same `--seed` gives the same run. A run ends when all processes have ended (exit status 0), when nothing is possible any more
(10: a deadlock, and it prints who waits on which name), or after `--steps`. A name that a process has made is printed with a number behind it, `session~3`.

## Processes

{1}
A process is a struct of `model.cpp`: the state that it is in, and the names, numbers and Booleans that it has. `moves()` says what each state can do, under the line of the model that it comes from.
Names are numbers. `next.fresh()` makes a name that nobody else knows, `next.go()` a process; the places of processes that have ended are used again, and so are names that nobody can use any more.
Processes that wait on such names alone are taken away with them: the report of a deadlock says how many they were.

## Your code

`main.cpp` is yours and is never written again. Derive a class from `Hooks` (`hooks.hpp`) and override what the program shall do. You are the environment of the process: you know its free names
({2}), and every name that you are told.

- `on_{3}(...)` is called when a process has sent something to you on `{3}`; `accepts_{3}(...)` before: answer `false` while you are not ready.
- `supply_{3}()` is asked when a process receives on `{3}`: give it what you send, or nothing now. By default it is something at random.
- `accepts_other`, `on_other` and `supply_other` are the same for names that you have learnt. `executor().make_known("reply")` makes a name to send; `executor().forget(name)` gives one back.
- `wait()` is called when you decline all that is possible: block until that may have changed and return `true`, or return `false` to end the run.
- `tryst/runtime/mailbox.hpp` holds what other threads have for the program, `tryst/runtime/timers.hpp` what takes time; both have a `wait()` to call from yours.

No hook can make the program do what the model does not: you are its environment, and the model allows every environment.

## Is this the model?

{4} You can look again:

```
build/{0} --explore program.aut                # the transition system that the program is, labels as `tryst lts` writes them
build/{0} --self-check                         # many runs, each step held against what the processes can do
build/{0} --monitor --steps 1000               # the same for your run
build/{0} --trace run.json --steps 100         # what happened, and who took part
build/{0} --replay run.cbor                    # do again what --trace wrote; or a text, one label a line
```
)",
                 emission.identifier, agents(emission), names(emission), channel == nullptr ? "c" : channel->identifier,
                 emission.comparison);
  return out;
}

std::vector<File> project_files(const PiEmission& emission) {
  std::vector<File> files = common_files(text_of(emission));
  files.push_back({"README.md", readme(emission)});
  files.push_back({"model.hpp", model_header(emission)});
  files.push_back({"model.cpp", model_source(emission)});
  files.push_back({"hooks.hpp", hooks_header(emission)});
  files.push_back({"hooks.cpp", hooks_source(emission)});
  return files;
}

std::string explorer(const PiEmission& emission) {
  std::string out = "#include <cstdlib>\n#include <iostream>\n#include <stdexcept>\n";
  for (const char* source : {"json", "pi_canonical", "pi_states"})
    out += fmt::format("#include \"runtime/{}.cpp\"\n", source);
  return out + fmt::format(R"(#include "model.cpp"

int main(int argc, char** argv) {{
  using namespace tryst::runtime::pi;
  const Program& program = {}::program;
  const std::size_t states_max = std::strtoull(argv[1], nullptr, 10);
  try {{
    write_aut(argc == 2 ? explore(program, states_max)
                        : explore_to(program, static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10)), states_max),
              std::cout);
  }} catch (const std::length_error&) {{
  }}
}}
)",
                           emission.name_space());
}

}  // namespace tryst::emitter
