// The reports to the letter, from results made by hand.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/phrases.hpp"
#include "cli/report_concise.hpp"
#include "cli/report_github.hpp"
#include "cli/report_json.hpp"
#include "cli/report_junit.hpp"
#include "cli/report_sarif.hpp"
#include "cli/report_text.hpp"
#include "cli/step_table.hpp"

namespace tryst::cli {

namespace {

Place line(std::uint32_t number) { return {"abp.csp", number, 3, number, 9}; }

// An assertion that holds, and one that fails with a deadlock of three components.
FileReport sample() {
  AssertionReport holds;
  holds.index = 0;
  holds.place = {"abp.csp", 41, 1, 41, 23};
  holds.text = "SPEC [T= SYSTEM";
  holds.kind = "refinement";
  holds.model = "T";
  holds.status = Status::holds;
  holds.states = 1204;
  holds.transitions = 3012;
  holds.seconds = 0.012;
  holds.memory_bytes = 4194304;

  AssertionReport fails = holds;
  fails.index = 1;
  fails.place = {"abp.csp", 42, 1, 42, 35};
  fails.text = "SYSTEM :[deadlock free [F]]";
  fails.kind = "deadlock free";
  fails.model = "F";
  fails.status = Status::fails;
  fails.states = 317;
  fails.seconds = 0.004;
  Counterexample example;
  example.kind = "deadlock";
  example.summary = "deadlock after 3 events";
  example.components = {"SENDER", "CHANNEL", "RECEIVER"};
  example.trace = {"in.0", "send.0", "lose.0"};
  example.steps = {{"in.0", {{0, "in.0", line(12)}}},
                   {"send.0", {{0, "send.0", line(13)}, {1, "send.0", line(20)}}},
                   {"lose.0", {{1, "lose.0", line(23)}}}};
  example.standing = {
      {0, line(14), {"ack.0"}}, {1, line(20), {"send.0", "send.1"}}, {2, line(31), {"recv.0", "recv.1"}}};
  fails.counterexamples = {example};
  return {"abp.csp", {holds, fails}, {}};
}

std::string text_of(const FileReport& file, std::size_t width = 120) {
  const TextLayout layout = text_layout(file.assertions, width);
  std::string out;
  for (const AssertionReport& assertion : file.assertions) out += text_assertion(assertion, layout);
  return out + text_summary({file});
}

}  // namespace

TEST_CASE("the text report is a line an assertion, a table for a failure, and a summary") {
  CHECK(text_of(sample()) == R"(abp.csp:41:1  SPEC [T= SYSTEM                          ok      1,204 states   12 ms
abp.csp:42:1  SYSTEM :[deadlock free [F]]              FAILED    317 states    4 ms

  deadlock after 3 events (shortest; replayed)

  step  event      SENDER        CHANNEL       RECEIVER
     1  in.0       in.0 L12      .             .
     2  send.0     send.0 L13    send.0 L20    .
     3  lose.0     .             lose.0 L23    .
                   STUCK L14     STUCK L20     STUCK L31
  wanted:          ack.0         send.0,send.1 recv.0,recv.1

1 of 2 assertions failed
)");
}

TEST_CASE("a table too wide for the terminal leaves out who takes no part") {
  CHECK(step_table(sample().assertions[1].counterexamples[0], 60) == R"(  step  event      SENDER        CHANNEL
     1  in.0       in.0 L12      .
     2  send.0     send.0 L13    send.0 L20
     3  lose.0     .             lose.0 L23
                   STUCK L14     STUCK L20
  wanted:          ack.0         send.0,send.1
  1 other component takes no part
)");
}

TEST_CASE("a table that is still too wide becomes a list of who takes part") {
  CHECK(step_table(sample().assertions[1].counterexamples[0], 40) == R"(  step  event      who takes part
     1  in.0       SENDER: in.0 L12
     2  send.0     SENDER: send.0 L13,
                   CHANNEL: send.0 L20
     3  lose.0     CHANNEL: lose.0 L23
                   SENDER: STUCK L14, wanted: ack.0
                   CHANNEL: STUCK L20, wanted: send.0,send.1
  1 other component takes no part
)");
}

TEST_CASE("where nothing has happened, a table too wide is a list of where everybody stands") {
  Counterexample example = sample().assertions[1].counterexamples[0];
  example.steps.clear();
  CHECK(step_table(example, 40) == R"(  SENDER: STUCK L14, wanted: ack.0
  CHANNEL: STUCK L20, wanted: send.0,send.1
  RECEIVER: STUCK L31, wanted: recv.0,recv.1
)");
  const Standing last = example.standing.back();
  for (std::uint32_t c = 3; c < 30; ++c) {
    example.components.push_back("RECEIVER");
    example.standing.push_back(last);
    example.standing.back().component = c;
  }
  const std::string table = step_table(example, 40);
  CHECK(std::count(table.begin(), table.end(), '\n') == 21);
  CHECK(table.ends_with("\n  and 10 more components\n"));
}

TEST_CASE("a long run is shown by its beginning and its end") {
  Counterexample example;
  example.kind = "trace";
  example.components = {"P"};
  for (int i = 1; i <= 1000; ++i) example.steps.push_back({"a." + std::to_string(i), {}});
  const std::string table = step_table(example, 80);
  CHECK(std::count(table.begin(), table.end(), '\n') == 102);
  CHECK(table.find("    50  a.50") != std::string::npos);
  CHECK(table.find("\n  900 steps are not shown") != std::string::npos);
  CHECK(table.find("   951  a.951") != std::string::npos);
}

TEST_CASE("a divergence shows the cycle, and nondeterminism both runs") {
  Counterexample example;
  example.kind = "divergence";
  example.components = {"P"};
  example.steps = {{"a", {{0, "a", line(1)}}}};
  example.loop = {{"tau", {{0, "b", line(2)}}}};
  CHECK(step_table(example, 80) == R"(  step  event      P
     1  a          a L1
  and then again and again:
     2  tau        b L2
)");
  example.loop.clear();
  example.other_steps = example.steps;
  CHECK(step_table(example, 80) == R"(  step  event      P
     1  a          a L1
  but it may also go like this, and refuse:
     1  a          a L1
)");
}

TEST_CASE("limits and errors say why") {
  FileReport file = sample();
  file.assertions.erase(file.assertions.begin());
  file.assertions[0].status = Status::inconclusive;
  file.assertions[0].reason = "the limit of 2 seconds was reached";
  file.assertions[0].counterexamples.clear();
  CHECK(text_of(file) == R"(abp.csp:42:1  SYSTEM :[deadlock free [F]]              LIMIT     317 states    4 ms

  inconclusive: the limit of 2 seconds was reached

1 of 1 assertion inconclusive
)");
  file.assertions[0].status = Status::error;
  file.assertions[0].error = ReportedDiagnostic{};
  file.assertions[0].error->rendered = "error[P0401]: `head` of an empty sequence\n";
  CHECK(text_of(file) == R"(abp.csp:42:1  SYSTEM :[deadlock free [F]]              ERROR     317 states    4 ms

error[P0401]: `head` of an empty sequence

1 of 1 assertion could not be evaluated
)");
}

TEST_CASE("the JSON report has the contract's keys and values") {
  const auto json = nlohmann::json::parse(json_report({sample()}));
  CHECK(json["schema_version"] == 1);
  CHECK(json["tool"]["name"] == "tryst");
  CHECK(json["file"] == "abp.csp");
  CHECK(json["diagnostics"] == nlohmann::json::array());
  const auto& first = json["assertions"][0];
  const nlohmann::json wanted = R"({"index": 0, "file": "abp.csp", "line": 41, "column": 1, "end_line": 41,
    "text": "SPEC [T= SYSTEM", "kind": "refinement", "model": "T", "negated": false, "verdict": "holds", "states": 1204,
    "transitions": 3012, "seconds": 0.012, "memory_bytes": 4194304, "counterexample": null})"_json;
  CHECK(first == wanted);
  const auto& example = json["assertions"][1]["counterexample"];
  CHECK(example["kind"] == "deadlock");
  CHECK(example["trace"] == nlohmann::json::parse(R"(["in.0", "send.0", "lose.0"])"));
  CHECK(example["steps"][0] == R"({"event": "in.0", "components":
    [{"name": "SENDER", "event": "in.0", "line": 12, "file": "abp.csp"}]})"_json);
  CHECK(json_report({sample(), sample()}).starts_with("["));
}

TEST_CASE("bytes that are not UTF-8 do not break the JSON report") {
  FileReport file = sample();
  file.file = "caf\xe9.csp";
  CHECK(nlohmann::json::parse(json_report({file}))["file"] == "caf\xef\xbf\xbd.csp");
}

TEST_CASE("the concise report is one line an assertion") {
  const FileReport file = sample();
  CHECK(concise_assertion(file.assertions[0]) == "abp.csp:41:1: holds: SPEC [T= SYSTEM\n");
  CHECK(concise_assertion(file.assertions[1]) ==
        "abp.csp:42:1: fails: SYSTEM :[deadlock free [F]]: deadlock after 3 events: <in.0, send.0, lose.0>\n");
}

TEST_CASE("the JUnit report counts and escapes") {
  const std::string xml = junit_report({sample()});
  CHECK(xml.find(R"(<testsuite name="abp.csp" tests="2" failures="1" errors="0" skipped="0" time="0.016">)") !=
        std::string::npos);
  CHECK(xml.find(R"(<failure message="deadlock after 3 events" type="deadlock">)") != std::string::npos);
  FileReport hostile = sample();
  hostile.assertions[0].text = "a<b> & \"c\"\x01";
  CHECK(junit_report({hostile}).find("name=\"a&lt;b&gt; &amp; &quot;c&quot;?\"") != std::string::npos);
}

TEST_CASE("the GitHub report annotates the failing line only") {
  const std::string out = github_report({sample()});
  CHECK(out.starts_with(
      "::error file=abp.csp,line=42,col=1,endLine=42,title=SYSTEM %3A[deadlock free [F]]::deadlock after 3 "
      "events%0A  step  event"));
  CHECK(std::count(out.begin(), out.end(), '\n') == 1);
}

TEST_CASE("the SARIF report has a rule, a result and a code flow with a thread a component") {
  const auto json = nlohmann::json::parse(sarif_report({sample()}));
  CHECK(json["version"] == "2.1.0");
  const auto& run = json["runs"][0];
  REQUIRE(run["results"].size() == 1);
  CHECK(run["results"][0]["ruleId"] == "assertion-fails");
  CHECK(run["tool"]["driver"]["rules"][0]["id"] == "assertion-fails");
  CHECK(run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 42);
  const auto& threads = run["results"][0]["codeFlows"][0]["threadFlows"];
  REQUIRE(threads.size() == 2);
  CHECK(threads[1]["id"] == "CHANNEL");
  CHECK(threads[1]["locations"][0]["executionOrder"] == 2);
}

TEST_CASE("numbers and times are written as people write them") {
  CHECK(with_separators(0) == "0");
  CHECK(with_separators(999) == "999");
  CHECK(with_separators(1000) == "1,000");
  CHECK(with_separators(12345678) == "12,345,678");
  CHECK(duration(0.0001) == "1 ms");
  CHECK(duration(0.9999) == "1.0 s");
  CHECK(duration(3.44) == "3.4 s");
  CHECK(duration(125.2) == "2 min 5 s");
  CHECK(abridged({"a", "b", "c"}, ",", 80) == "a,b,c");
  CHECK(abridged({"aaaa", "bbbb", "cccc", "dddd"}, ",", 16) == "aaaa,bbbb,+2");
  CHECK(abridged({"aaaaaaaaaaaaaaaaaaaaaaaaa", "b"}, ",", 4) == "aaaaaaaaaaaaaaaaaaaaaaaaa,+1");
}

}  // namespace tryst::cli
