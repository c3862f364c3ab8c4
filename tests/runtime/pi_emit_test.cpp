// `tryst emit` of processes of the π-calculus from outside: what it refuses, and that what it writes builds without a
// warning, is its model, runs, and hands what happens to the user's code.
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/runtime/emitted_project.hpp"
#include "tests/runtime/pi_constructs.hpp"
#include "tests/runtime/written_pi_programs.hpp"

using namespace tryst;
using namespace tryst::emitter;

namespace fs = std::filesystem;

namespace {

const std::string models = TRYST_SOURCE_DIR "/models/pi/";

void emit(const std::string& operand, const fs::path& project, const std::string& options = "") {
  const Ran emitted =
      tool("emit --unverified --assert 0 " + options + " '" + operand + "' --output " + quoted(project));
  INFO(emitted.output);
  REQUIRE(emitted.status == 0);
}

}  // namespace

TEST_CASE("what is written as C++ does what its tables say, for each construct and one process of each model") {
  WrittenPiPrograms programs;
  PiText agents(construct_agents);
  for (const char* process : constructs) programs.add(agents, agents.process(process));
  for (const auto& file : fs::directory_iterator(models)) {
    PiText script(text_of(file.path()));
    const auto commands = script.script.commands.begin();
    REQUIRE(script.script.commands.size() > 0);
    programs.add(script, commands->left);
  }
  programs.check();
}

TEST_CASE("a π-program is its model, label by label, and does again what it did") {
  const TemporaryFolder folder("tryst-pi-emit");
  const fs::path project = folder.path / "project";
  const std::string operand = models + "delegation.pi:Two(q,a,d,e)";
  emit(operand, project);
  const std::string program = build(project, "two");

  const std::string own = quoted(folder.path / "own.aut"), model = quoted(folder.path / "model.aut");
  REQUIRE(run_shell("'" + program + "' --explore " + own).status == 0);
  REQUIRE(tool("lts '" + operand + "' --output " + model).status == 0);
  CHECK(tool("equiv " + own + " " + model).status == 0);
  CHECK(tool("equiv " + own + " '" + operand + "'").status == 0);  // whose names are received: by early labels
  const Ran checked = run_shell("'" + program + "' --self-check");
  CHECK(checked.status == 0);
  CHECK(checked.output.find("steps held against the model") != std::string::npos);

  // Two sessions, then the broker and the worker wait for others.
  const Ran ran = run_shell("'" + program + "' --seed 4 --monitor --print --trace " + quoted(folder.path / "run.cbor"));
  INFO(ran.output);
  CHECK(ran.status == 10);
  CHECK(ran.output.find("'d<a>\n") != std::string::npos);
  CHECK(ran.output.find("deadlock after ") != std::string::npos);
  CHECK(ran.output.find("Broker, delegation.pi:10 waits to receive on open~1\n") != std::string::npos);
  const Ran again = run_shell("'" + program + "' --replay " + quoted(folder.path / "run.cbor"));
  CHECK(again.status == 0);
  CHECK(again.output.find("'d<a>\n") != std::string::npos);
  CHECK(run_shell("'" + program + "' --seed 4 --trace " + quoted(folder.path / "run.json")).status == 10);
  std::ifstream in(folder.path / "run.json");
  std::string line;
  REQUIRE(std::getline(in, line));
  CHECK(nlohmann::json::parse(line)["by"][0] == "Client");

  std::ofstream(folder.path / "labels.txt") << "'e<a>\n'd<a>\ndeadlock\n";
  CHECK(run_shell("'" + program + "' --replay " + quoted(folder.path / "labels.txt")).status == 0);
  std::ofstream(folder.path / "wrong.txt") << "'e<a>\n'e<a>\n";
  CHECK(run_shell("'" + program + "' --replay " + quoted(folder.path / "wrong.txt")).status == 10);
}

TEST_CASE("a process without received names is compared with its operand at once") {
  const TemporaryFolder folder("tryst-pi-emit-ring");
  const fs::path project = folder.path / "project";
  const std::string operand = models + "scheduler.pi:Ring(a,b,c,d,e,f,g,h)";
  emit(operand, project, "--no-validation");
  CHECK(text_of(project / "README.md").find("was not compared with its model") != std::string::npos);
  const std::string program = build(project, "ring", "-O2");
  const std::string own = quoted(folder.path / "own.aut");
  REQUIRE(run_shell("'" + program + "' --explore " + own).status == 0);
  CHECK(tool("equiv " + own + " '" + operand + "'").status == 0);
  CHECK(tool("equiv " + own + " '" + models + "scheduler.pi:StrictRing(a,b,c,d,e,f,g,h)'").status == 10);
}

TEST_CASE("the deadlock of a π-process that the checker found happens in the program") {
  const TemporaryFolder folder("tryst-pi-emit-deadlock");
  const fs::path project = folder.path / "project";
  emit(models + "election.pi:ElectHastily(leader,p,q)", project, "--no-validation");
  const auto report =
      nlohmann::json::parse(run_shell("'" TRYST_BINARY "' check --format json --assert '*ElectHastily*deadlock*' '" +
                                      models + "election.pi' 2>/dev/null")
                                .output);
  const std::string program = build(project, "elect");
  std::ofstream trace(folder.path / "trace.txt");
  for (const auto& event : report["assertions"][0]["counterexample"]["trace"])
    trace << event.get<std::string>() << '\n';
  trace << "deadlock\n";
  trace.close();
  const Ran replayed = run_shell("'" + program + "' --replay " + quoted(folder.path / "trace.txt"));
  INFO(replayed.output);
  CHECK(replayed.status == 0);
  CHECK(replayed.output.find("\ndeadlock\n") != std::string::npos);
}

TEST_CASE("numbers, Booleans, replication and names made in a choice are written as C++, and hooks are called") {
  const TemporaryFolder folder("tryst-pi-emit-hooks");
  const fs::path project = folder.path / "project";
  const fs::path model = folder.path / "shop.pi";
  std::ofstream(model) << R"(
agent Shop(order,log) = order(n,reply).([n > 2]'reply<true>.'log<n-1>.Shop(order,log) + [n <= 2]'reply<false>.Shop(order,log))
agent Offer(a,b) = ((^x)('a<x>.x(y).'b<y>.0 | x.0)) + a(z).([z=b]'b<z>.0 | [z#b]t.0)
assert Offer(a,b) ~ Offer(a,b) strong early
)";
  emit(model.string() + ":(Shop(order,log) | !Offer(a,b))", project);
  CHECK(text_of(project / "README.md").find("Names that it sends were new ones") != std::string::npos);
  const std::string source = text_of(project / "model.cpp");
  CHECK(source.find("if (n > std::int64_t{2})") != std::string::npos);
  CHECK(source.find("const Name x = next.fresh(\"x\");") != std::string::npos);
  CHECK(text_of(project / "README.md").find("as far as ") != std::string::npos);

  std::ofstream(project / "main.cpp") << R"(#include <cstdio>
#include "hooks.hpp"
#include "runtime/pi_program.hpp"
namespace model = shop_order_log_offer_a_b_model;
namespace {
class UserHooks final : public model::Hooks {
 public:
  using Hooks::Hooks;
  std::optional<std::tuple<std::int64_t, Name>> supply_order() override {
    if (sent_ == 3) return {};
    reply_ = executor().make_known("reply");
    return std::tuple(++sent_, reply_);
  }
  void on_other(Name channel, std::span<const Word> message) override {
    if (channel == reply_) std::printf("answer %d\n", static_cast<int>(message[0]));
  }
  void on_log(std::int64_t n) override { std::printf("log %d\n", static_cast<int>(n)); }
  bool accepts_a(Name) override { return false; }
  std::optional<Name> supply_a() override { return {}; }
 private:
  std::int64_t sent_ = 0;
  Name reply_{};
};
}
int main(int argc, char** argv) {
  return tryst::runtime::pi::program_main(model::program, [](std::uint64_t seed) { return std::make_unique<UserHooks>(seed); }, argc, argv);
}
)";
  const std::string name = "shop";
  const std::string program = build(project, name, "-O1 -fsanitize=address,undefined -fno-sanitize-recover=all");
  const Ran ran = run_shell("timeout 60 '" + program + "' --steps 500");
  INFO(ran.output);
  CHECK(ran.output.find("answer 0\nanswer 0\nanswer 1\nlog 2\n") != std::string::npos);
  CHECK(run_shell("timeout 60 '" + program + "' --self-check").status == 0);
}

TEST_CASE("a π-process is not emitted for several executors, nor where an assertion fails") {
  const TemporaryFolder folder("tryst-pi-emit-refused");
  const std::string project = quoted(folder.path / "project");
  const std::string operand = "'" + models + "delegation.pi:Office(q,a,d)'";
  const Ran deployed = tool("emit --deploy /dev/null " + operand + " --output " + project);
  CHECK(deployed.status == 2);
  CHECK(deployed.output.find("`--deploy` is for processes of CSP") != std::string::npos);
  std::ofstream(folder.path / "kinds.pi") << "agent P(a) = a(x,y).0 | 'a<1>.0 | a(z).'z.0\n";
  const Ran mixed = tool("emit '" + (folder.path / "kinds.pi").string() + ":P(a)' --output " + project);
  INFO(mixed.output);
  CHECK(mixed.status == 3);
  CHECK(mixed.output.find("P0673") != std::string::npos);
  fs::remove(folder.path / "kinds.pi");
  const Ran endless =
      tool("emit --timeout 1 '" TRYST_SOURCE_DIR "/tests/bench/runtime/links.pi:(^a)Ring(100000,a,a,b)' --output " +
           project);
  INFO(endless.output);
  CHECK(endless.status == 20);
  const Ran failing = tool("emit " + operand + " --output " + project);
  CHECK(failing.status == 10);
  CHECK(failing.output.find("not emitted: an assertion does not hold") != std::string::npos);
  CHECK(fs::is_empty(folder.path));
}
