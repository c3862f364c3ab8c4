// The assertions of a script given as text, decided as `tryst check` does.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/assertions.hpp"
#include "cli/decide.hpp"
#include "frontend/csp/parser.hpp"

namespace tryst::cli {

inline std::unique_ptr<Script> script_of(const std::string& text, SourceSet& sources) {
  auto script = std::make_unique<Script>(Script{sources, Diagnostics(), {}});
  FileId file{};
  REQUIRE(sources.add("test.csp", text, file));
  script->typed =
      csp::check_types(csp::parse_text(file, ".", sources, script->diagnostics), sources, script->diagnostics);
  INFO(text);
  REQUIRE(script->usable());
  return script;
}

inline std::vector<AssertionReport> decided(const std::string& text, ProofChoice how, std::uint64_t depth = 40,
                                            double seconds = 20) {
  SourceSet sources;
  const auto script = script_of(text, sources);
  Options options;
  options.prove = how;
  options.depth_max = depth;
  options.seconds_max = seconds;
  options.progress = ProgressStyle::off;
  const RunLimits limits(options);
  ProgressLine progress(options, Terminal{});
  Decider decider(*script, options, limits, progress);
  std::vector<AssertionReport> reports;
  for (ListedAssertion& each : list_assertions(*script)) {
    decider.decide(each.report, script->typed.script.assertions[static_cast<csp::AssertionId>(each.id)]);
    reports.push_back(std::move(each.report));
  }
  return reports;
}

inline AssertionReport one(const std::string& text, ProofChoice how = ProofChoice::automatic,
                           std::uint64_t depth = 40) {
  auto reports = decided(text, how, depth);
  REQUIRE(reports.size() == 1);
  INFO(text << reports[0].reason << reports[0].argument);
  return reports[0];
}

}  // namespace tryst::cli
