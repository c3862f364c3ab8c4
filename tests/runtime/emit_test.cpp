// `tryst emit` from outside: what it refuses, what it writes, and that what it writes builds, runs, keeps to its model
// and performs the counterexamples that the checker found.
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/runtime/emitted_project.hpp"

using namespace tryst::emitter;

namespace fs = std::filesystem;

namespace {

const std::string models = TRYST_SOURCE_DIR "/models/csp/";

}  // namespace

TEST_CASE("a model whose assertions fail is not emitted, unless it is asked for, and then says so") {
  const TemporaryFolder folder("tryst-emit");
  const std::string project = (folder.path / "project").string();
  const std::string operand = models + "dining_philosophers.csp:ALL_ALIKE";
  const Ran refused = tool("emit --assert 0 " + operand + " --output " + project);
  CHECK(refused.status == 10);
  CHECK(refused.output.find("not emitted: an assertion does not hold") != std::string::npos);
  CHECK(fs::is_empty(folder.path));
  const Ran emitted = tool("emit --unverified --no-validation --assert 0 " + operand + " --output " + project);
  CHECK(emitted.status == 0);
  CHECK(text_of(project + "/README.md").find("**Not verified.**") != std::string::npos);
}

TEST_CASE("the counterexample that the checker found happens in the program") {
  const TemporaryFolder folder("tryst-emit-replay");
  const fs::path project = folder.path / "project";
  const std::string model = models + "dining_philosophers.csp";
  const Ran emitted = tool("emit --unverified --assert 0 " + model + ":ALL_ALIKE --output " + project.string());
  INFO(emitted.output);
  REQUIRE(emitted.status == 0);
  CHECK(emitted.output.find("the program is strongly bisimilar to the model") != std::string::npos);
  const auto report = nlohmann::json::parse(
      run_shell("'" TRYST_BINARY "' check --format json --assert 0 '" + model + "' 2>/dev/null").output);
  const std::string program = build(project, "all_alike");
  std::ofstream trace(folder.path / "trace.txt");
  for (const auto& event : report["assertions"][0]["counterexample"]["trace"])
    trace << event.get<std::string>() << '\n';
  trace << "deadlock\n";
  trace.close();
  const Ran replayed = run_shell("'" + program + "' --replay '" + (folder.path / "trace.txt").string() + "'");
  CHECK(replayed.status == 0);
  CHECK(replayed.output.find("\ndeadlock\n") != std::string::npos);
  std::ofstream(folder.path / "wrong.txt") << "sit.0\nno.such.event\n";
  CHECK(run_shell("'" + program + "' --replay '" + (folder.path / "wrong.txt").string() + "'").status == 10);
}

TEST_CASE("a program deployed on several executors runs there, is watched, and did what one executor can do") {
  const TemporaryFolder folder("tryst-emit-deploy");
  const fs::path project = folder.path / "project";
  const std::string plan = (folder.path / "plan.txt").string();
  std::ofstream(plan) << "-- the ends and the link\nends:\nSENDER*\nRECEIVER*\nlink:\nFRAMES*\nACKS*\n";
  const std::string emit = "emit --no-validation --assert '[!U]*' " + models + "alternating_bit.csp:PROTOCOL --output ";
  const Ran emitted = tool(emit + project.string() + " --deploy " + plan);
  INFO(emitted.output);
  REQUIRE(emitted.status == 0);
  CHECK(emitted.output.find("rules, 2 executors\n") != std::string::npos);
  CHECK(text_of(project / "README.md").find("- link: `FRAMES(2)` `ACKS(2)`\n") != std::string::npos);
  const std::string program = build(project, "protocol");
  const std::string trace = (folder.path / "run.cbor").string();
  const Ran ran = run_shell("timeout 60 '" + program + "' --monitor --steps 5000 --trace '" + trace + "'");
  INFO(ran.output);
  CHECK(ran.status == 0);
  CHECK(run_shell("'" + program + "' --replay '" + trace + "'").status == 0);

  std::ofstream(plan) << "ends:\nSENDER*\n";
  const Ran refused = tool(emit + (folder.path / "other").string() + " --deploy " + plan);
  CHECK(refused.status == 3);
  CHECK(refused.output.find(" and 2 more are on no executor") != std::string::npos);
  CHECK_FALSE(fs::exists(folder.path / "other"));
}

TEST_CASE("a verified protocol runs, is watched, explores itself, and what it did is a trace of the model") {
  const TemporaryFolder folder("tryst-emit-run");
  const fs::path project = folder.path / "project";
  const std::string model = models + "alternating_bit.csp";
  REQUIRE(tool("emit --no-validation --assert '[!U]*' " + model + ":PROTOCOL --output " + project.string()).status ==
          0);
  const std::string program = build(project, "protocol");

  const Ran run = run_shell("'" + program + "' --steps 3000 --seed 5 --monitor --print");
  CHECK(run.status == 0);
  CHECK(run.output.find("stopped after 3000 steps") != std::string::npos);
  CHECK(run_shell("'" + program + "' --self-check").status == 0);

  const std::string graph = (folder.path / "protocol.aut").string();
  REQUIRE(run_shell("'" + program + "' --explore '" + graph + "'").status == 0);
  CHECK(tool("equiv " + graph + " " + model + ":PROTOCOL").status == 0);
  CHECK(tool("equiv " + graph + " " + model + ":BUFFER_1").status == 10);

  const std::string trace = (folder.path / "run.json").string();
  REQUIRE(run_shell("'" + program + "' --steps 200 --trace '" + trace + "'").status == 0);
  std::ifstream in(trace);
  std::string process;
  for (std::string line; std::getline(in, line);)
    process += nlohmann::json::parse(line)["event"].get<std::string>() + " -> ";
  REQUIRE(process.size() > 100);
  CHECK(tool("refine --model T " + model + " PROTOCOL '" + process + "STOP'").status == 0);
  CHECK(tool("refine --model T " + model + " PROTOCOL '" + process + "in.0 -> in.1 -> STOP'").status == 10);

  const std::string recorded = (folder.path / "run.cbor").string();
  REQUIRE(run_shell("'" + program + "' --steps 50 --trace '" + recorded + "'").status == 0);
  CHECK(run_shell("'" + program + "' --replay '" + recorded + "'").status == 0);
  CHECK(run_shell("'" + program + "' --steps x").status == 2);
}

TEST_CASE("the class of hooks that the project's README shows works as it stands") {
  const TemporaryFolder folder("tryst-emit-readme");
  const fs::path project = folder.path / "project";
  const Ran emitted = tool("emit --no-validation --unverified --assert 0 " + models +
                           "alternating_bit.csp:PROTOCOL --output " + project.string());
  INFO(emitted.output);
  REQUIRE(emitted.status == 0);
  const std::string readme = text_of(project / "README.md");
  const std::size_t begin = readme.find("```cpp\n");
  REQUIRE(begin != std::string::npos);
  const std::string example = readme.substr(begin + 7, readme.find("```", begin + 7) - begin - 7);
  std::string main = text_of(project / "main.cpp");
  const std::size_t own = main.find("class UserHooks"), behind = main.find("}  // namespace");
  REQUIRE(behind != std::string::npos);
  main.replace(own, behind - own, example);
  std::ofstream(project / "main.cpp") << "#include <cstdio>\n" << main;
  const Ran ran = run_shell("'" + build(project, "protocol") + "' --steps 200");
  INFO(ran.output);
  CHECK(ran.status == 0);
  CHECK(ran.output.find("in\nin\n") != std::string::npos);
}

TEST_CASE("the program of a protocol carries a file over links that lose") {
  const TemporaryFolder folder("tryst-emit-transfer");
  const fs::path project = folder.path / "project";
  REQUIRE(tool("emit --no-validation " + models + "file_transfer.csp:TRANSFER --output " + project.string()).status ==
          0);
  for (const char* file : {"main.cpp", "links.hpp"})
    fs::copy_file(models + "../file_transfer/" + file, project / file, fs::copy_options::overwrite_existing);
  const std::string program = build(project, "transfer");
  std::string content;
  for (unsigned i = 0; i < 20'001; ++i) content += static_cast<char>((i * i) >> 3);
  std::ofstream(folder.path / "original", std::ios::binary) << content;
  const Ran carried = run_shell("timeout 60 '" + program + "' carry '" + (folder.path / "original").string() + "' '" +
                                (folder.path / "copy").string() + "' --monitor");
  INFO(carried.output);
  CHECK(carried.status == 0);
  CHECK(carried.output.find("delivered 20001 of 20001 bytes") != std::string::npos);
  CHECK(text_of(folder.path / "copy") == content);
}

TEST_CASE("emitting again replaces what is generated, keeps the user's file, and never touches a stranger's folder") {
  const TemporaryFolder folder("tryst-emit-again");
  const fs::path project = folder.path / "project";
  const std::string command = "emit --no-validation --assert 0 " + models + "token_ring.csp:RING --output ";
  REQUIRE(tool(command + project.string()).status == 0);
  std::ofstream(project / "main.cpp") << "// mine\n";
  std::ofstream(project / "model.cpp") << "// damaged\n";
  REQUIRE(tool(command + project.string()).status == 0);
  CHECK(text_of(project / "main.cpp") == "// mine\n");
  CHECK(text_of(project / "model.cpp").starts_with("// Components are state machines"));

  const fs::path strange = folder.path / "strange";
  fs::create_directories(strange);
  std::ofstream(strange / "README.md") << "precious\n";
  CHECK(tool(command + strange.string()).status == 2);
  CHECK(text_of(strange / "README.md") == "precious\n");
  const auto in_the_way = tool(command + (strange / "README.md" / "project").string());
  CHECK(in_the_way.status == 2);
  CHECK(in_the_way.output.find("error: cannot make the folder") != std::string::npos);
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder.path)) left.insert(entry.path().filename().string());
  CHECK(left == std::set<std::string>{"project", "strange"});
}

TEST_CASE("every system of the models is emitted, and is strongly bisimilar to its model", "[.long]") {
  // clang-format off
  const std::pair<const char*, const char*> systems[] = {
      {"alternating_bit.csp", "PROTOCOL"},         {"alternating_bit.csp", "UNFAIR"},
      {"dining_philosophers.csp", "ALL_ALIKE"},    {"dining_philosophers.csp", "ONE_DIFFERENT"},
      {"dining_philosophers.csp", "WITH_BUTLER"},  {"file_transfer.csp", "FAIR"},
      {"leader_election.csp", "SYSTEM(NODE)"},     {"level_crossing.csp", "CROSSING(2)"},
      {"mutual_exclusion.csp", "SYSTEM(PETERSON)"}, {"needham_schroeder.csp", "SYSTEM(true)"},
      {"request_response.csp", "NETWORK"},         {"sliding_window.csp", "PROTOCOL(2)"},
      {"sliding_window.csp", "PROTOCOL(3)"},       {"token_ring.csp", "RING"},
      {"token_ring.csp", "BROKEN"},                {"token_ring.csp", "FAIR_RING"},
      {"two_phase_commit.csp", "SYSTEM"},          {"two_phase_commit.csp", "CRASHING"},
  };
  // clang-format on
  const TemporaryFolder folder("tryst-emit-models");
  int n = 0;
  for (const auto& [file, expression] : systems) {
    const std::string project = (folder.path / std::to_string(++n)).string();
    const Ran emitted = tool("emit --unverified '" + models + file + ":" + expression + "' --output " + project);
    INFO(file << ":" << expression << '\n' << emitted.output);
    CHECK(emitted.status == 0);
    CHECK(emitted.output.find("the program is strongly bisimilar to the model") != std::string::npos);
  }
}

TEST_CASE("an operand that cannot be emitted is refused with the reason") {
  const TemporaryFolder folder("tryst-emit-refused");
  const std::string output = " --output " + (folder.path / "project").string();
  std::ofstream(folder.path / "endless.csp") << "channel a, b\nP(n) = a -> P(n + 1) [] b -> P(n)\n";
  std::ofstream(folder.path / "wrong.csp") << "channel a\nP = a -> (if head(<>) == 1 then P else P)\n";
  const auto emit = [&](const std::string& operand, const std::string& options = "") {
    return tool("emit " + options + (folder.path / operand).string() + output);
  };
  CHECK(emit("endless.csp:'P(0)'", "--max-states 1000 ").status == 20);
  CHECK(emit("wrong.csp:P").status == 3);
  CHECK(emit("wrong.csp:'Q'").status == 3);
  CHECK(emit("wrong.csp").status == 2);
  CHECK(tool("emit " + (folder.path / "wrong.csp").string() + ":P").status == 2);
  CHECK_FALSE(fs::exists(folder.path / "project"));
}
