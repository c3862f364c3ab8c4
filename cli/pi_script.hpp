// A π-calculus file as a command needs it: read and resolved, with everything that was wrong.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cli/options.hpp"
#include "frontend/pi/parser.hpp"
#include "frontend/pi/resolver.hpp"
#include "semantics/pi/elaboration.hpp"
#include "semantics/pi/pi_system.hpp"

namespace tryst::cli {

// Files whose names end in `.pi` or `.mwb`.
bool is_pi_file(const std::string& path);

// The name of the source of a process that was written on the command line.
inline constexpr std::string_view operand_source = "<operand>";

struct PiScript {
  SourceSet& sources;  // of the run
  Diagnostics diagnostics;
  pi::Script tree;  // complete only if `usable()`

  bool usable() const { return !diagnostics.has_errors(); }
};

// On the heap, because elaborations point into it. Throws UsageError where the file cannot be read.
std::unique_ptr<PiScript> load_pi_script(const std::string& path, SourceSet&, Until until = Until::types);

// Parses and resolves one more process, written on the command line, in the script's scope; no_id when it is wrong
// (reported).
pi::ProcId add_pi_process(PiScript&, const std::string& text);

// What a process of a script is explored with.
struct PiProcess {
  PiProcess(const pi::Script& script, pi::ProcId process, pi::Semantics semantics,
            pi::Garbage garbage = pi::Garbage::dropped, pi::Ending ending = pi::Ending::deadlock);

  void set_budget(Budget*);

  pi::Terms terms;
  pi::Transitions transitions;
  pi::Elaboration elaboration;
  pi::PiSystem system;
};

}  // namespace tryst::cli
