// Files for `--deploy`: what they say, and what is said about those that say something else.
#include <catch2/catch.hpp>

#include "frontend/catalogue.hpp"
#include "runtime/emitter/deployment_file.hpp"

using namespace tryst;

namespace {

struct Read {
  std::optional<emitter::DeploymentPlan> plan;
  std::vector<std::string> errors;
};

Read read(const std::string& text, const std::vector<std::string>& components) {
  Read result;
  SourceSet sources;
  FileId file{};
  sources.add("plan", text, file);
  Diagnostics diagnostics;
  result.plan = emitter::read_deployment(sources, file, components, diagnostics);
  for (const Diagnostic& each : diagnostics.all())
    result.errors.push_back(std::string(each.code) + " " + std::string(sources.text(each.span)) + ": " + each.message +
                            "; " + each.help);
  return result;
}

const std::vector<std::string> ends{"SENDER(false)", "FRAMES(2)", "RECEIVER(false)", "a -> ... [] b -> ..."};

}  // namespace

TEST_CASE("a plan names components, or patterns over them, below their executor") {
  const Read read_plan =
      read("-- the two ends\n sender:\nSENDER*\n\nFRAMES(?)\nreceiver :\nRECEIVER(false)\na -> ... [] b -> ...", ends);
  CHECK(read_plan.errors.empty());
  REQUIRE(read_plan.plan);
  CHECK(read_plan.plan->executors == std::vector<std::string>{"sender", "receiver"});
  CHECK(read_plan.plan->executor_of == std::vector<std::uint32_t>{0, 0, 1, 1});
}

TEST_CASE("what is wrong with a plan is said with its place") {
  const std::vector<std::string> two{"P(1)", "P(2)"};
  const auto errors = [&](const std::string& text) { return read(text, two).errors; };
  using Errors = std::vector<std::string>;
  CHECK(errors("P(1)\none:\nP(?)\n") ==
        Errors{"P0661 P(1): this component is for no executor; a line `NAME:` begins an executor"});
  CHECK(errors("one:\ntwo:\n*\n") == Errors{"P0661 one:: this executor has no component; each has one at least"});
  CHECK(errors("one:\n*\nQ\n") ==
        Errors{"P0662 Q: the program has no such component; its components are `P(1)`, `P(2)`"});
  CHECK(errors("one:\n*\ntwo:\nP(2)\n") == Errors{"P0663 P(2): `P(2)` has an executor already; it is on `one`",
                                                  "P0661 two:: this executor has no component; each has one at least"});
  CHECK(errors("one:\n") == Errors{"P0661 one:: this executor has no component; each has one at least",
                                   "P0664 : `P(1)` and 1 more are on no executor; every component runs somewhere"});
  CHECK(errors("one:\nP(1)\n") == Errors{"P0664 : `P(2)` is on no executor; every component runs somewhere"});
}
