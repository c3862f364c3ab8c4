// A π-calculus file for a test: parsed and resolved, and processes of it as terms.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "frontend/pi/parser.hpp"
#include "frontend/pi/printer.hpp"
#include "frontend/pi/resolver.hpp"
#include "semantics/lazy_lts.hpp"
#include "semantics/lts.hpp"
#include "semantics/pi/elaboration.hpp"
#include "semantics/pi/pi_system.hpp"

namespace tryst {

struct PiText {
  explicit PiText(const std::string& text) {
    FileId id{};
    sources.add("test.pi", text, id);
    script = pi::parse_text(id, sources, diagnostics);
    if (!diagnostics.has_errors()) pi::resolve(script, diagnostics);
  }

  pi::ProcId process(const std::string& text) {
    FileId id{};
    sources.add("operand", text, id);
    return pi::parse_process(id, script, sources, diagnostics);
  }

  // All that was reported, as the tool prints it.
  std::string messages() const {
    std::string out;
    for (const Diagnostic& each : diagnostics.all()) out += render(each, sources);
    return out;
  }

  SourceSet sources;
  Diagnostics diagnostics;
  pi::Script script;
};

struct PiModel : PiText {
  explicit PiModel(const std::string& definitions = "", pi::Garbage garbage = pi::Garbage::dropped)
      : PiText(definitions), terms(garbage), transitions(terms) {
    INFO(messages());
    REQUIRE_FALSE(diagnostics.has_errors());
    elaboration = std::make_unique<pi::Elaboration>(script, terms);
  }

  pi::TermId term(const std::string& text) {
    const pi::ProcId p = process(text);
    INFO(text << "\n" << messages());
    REQUIRE(p != no_id<pi::ProcId>);
    return elaboration->process(p);
  }

  Lts lts(const std::string& text, pi::Semantics semantics) {
    pi::PiSystem system(transitions, term(text), semantics);
    Budget budget(Limits{0, 100'000, 0});
    system.set_budget(&budget);
    Lts built = explore(system, budget);
    system.set_budget(nullptr);
    return built;
  }

  pi::Terms terms;
  pi::Transitions transitions;
  std::unique_ptr<pi::Elaboration> elaboration;
};

}  // namespace tryst
