// A CSPM script in a test: parsed, typed, ready to be asked for values and processes.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "frontend/csp/parser.hpp"
#include "frontend/csp/typing.hpp"
#include "semantics/csp/evaluator.hpp"
#include "semantics/csp/reference_system.hpp"

namespace tryst::csp {

class ScriptFixture {
 public:
  explicit ScriptFixture(const std::string& text) {
    FileId file{};
    REQUIRE(sources_.add("test.csp", text, file));
    typed_ = check_types(parse_text(file, ".", sources_, diagnostics_), sources_, diagnostics_);
    INFO(rendered());
    REQUIRE_FALSE(diagnostics_.has_errors());
    evaluator_ = std::make_unique<Evaluator>(typed_, sources_);
  }

  ExprId expression(const std::string& text) {
    FileId file{};
    REQUIRE(sources_.add("expression", text, file));
    const auto e = parse_expression(file, typed_.script, sources_, diagnostics_);
    INFO(rendered());
    REQUIRE(e);
    const bool fine = check_expression(*e, typed_, sources_, diagnostics_);
    INFO(rendered());
    REQUIRE(fine);
    return *e;
  }

  std::string show(const std::string& text) { return evaluator_->show(expression(text)); }

  // The code and message of the error that evaluation ends with.
  std::string error(const std::string& text) {
    const ExprId e = expression(text);
    try {
      return "no error: " + evaluator_->show(e);
    } catch (const ScriptError& error) {
      return std::string(error.diagnostic.code) + " " + error.diagnostic.message;
    }
  }

  Diagnostic diagnostic(const std::string& text) {
    const ExprId e = expression(text);
    try {
      evaluator_->show(e);
    } catch (const ScriptError& error) {
      return error.diagnostic;
    }
    FAIL("no error");
    return {};
  }

  // What a process can do at first, as text in the order of the names: `a b.1 τ`.
  std::string initials(const std::string& text) {
    ReferenceSystem system(evaluator_->terms(), *evaluator_, evaluator_->process(expression(text)));
    std::vector<Transition> out;
    system.successors(system.initial(), out);
    std::set<std::string> names;
    for (const Transition& t : out) names.emplace(system.events().name(t.event));
    std::string joined;
    for (const std::string& name : names) joined += (joined.empty() ? "" : " ") + name;
    return joined;
  }

  // How many states and transitions a process has; beyond `limit` states the exploration stops.
  std::pair<std::size_t, std::size_t> size(const std::string& text, std::size_t limit = 20000) {
    return explore(evaluator_->process(expression(text)), limit);
  }

  std::pair<std::size_t, std::size_t> explore(ProcessId p, std::size_t limit = 20000) {
    ReferenceSystem system(evaluator_->terms(), *evaluator_, p);
    std::size_t states = index(system.initial()) + 1, transitions = 0;
    std::vector<Transition> out;
    for (std::size_t s = 0; s < states && states < limit; ++s) {
      system.successors(static_cast<StateId>(s), out);
      transitions += out.size();
      for (const Transition& t : out) states = std::max<std::size_t>(states, index(t.target) + 1);
    }
    return {states, transitions};
  }

  Evaluator& evaluator() { return *evaluator_; }
  Typed& typed() { return typed_; }
  SourceSet& sources() { return sources_; }

 private:
  std::string rendered() const {
    std::string text;
    for (const Diagnostic& d : diagnostics_.all()) text += render(d, sources_);
    return text;
  }

  SourceSet sources_;
  Diagnostics diagnostics_;
  Typed typed_;
  std::unique_ptr<Evaluator> evaluator_;
};

}  // namespace tryst::csp
