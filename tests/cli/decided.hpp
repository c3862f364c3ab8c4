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
                                            double seconds = 600) {
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

// Decides the scripts of seeds 1 to `seeds` in symbols and by enumeration: the same verdicts, and counterexamples of the
// same length, if they are of one kind. Of all assertions, a third must be decided in symbols (a slow machine decides
// fewer), and some hold.
template <class TextOfSeed>
void agree_with_enumeration(unsigned seeds, std::uint64_t depth, double seconds, const TextOfSeed& text_of) {
  std::size_t compared = 0;
  std::size_t holds = 0;
  std::size_t asked = 0;
  std::string undecided;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    const std::string text = text_of(seed);
    const auto expected = decided(text, ProofChoice::search);
    const auto found = decided(text, ProofChoice::symbolic, depth, seconds);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ++asked;
      INFO(text << "\n" << expected[i].text << ": " << found[i].reason << found[i].argument << expected[i].reason);
      REQUIRE(expected[i].status != Status::inconclusive);
      REQUIRE_FALSE(found[i].internal);
      if (found[i].status == Status::inconclusive) undecided += found[i].reason + "\n";
      if (found[i].status == Status::inconclusive) continue;
      CHECK(found[i].status == expected[i].status);
      ++compared;
      holds += found[i].status == Status::holds;
      if (found[i].status != Status::fails || expected[i].status != Status::fails) continue;
      REQUIRE(found[i].counterexamples.size() == 1);
      if (found[i].counterexamples[0].kind != expected[i].counterexamples[0].kind) continue;
      CHECK(found[i].counterexamples[0].steps.size() == expected[i].counterexamples[0].steps.size());
    }
  }
  INFO(compared << " of " << asked << " compared, " << holds << " hold\n" << undecided);
  CHECK(compared * 3 >= asked);
  CHECK(holds >= 2);
}

}  // namespace tryst::cli
