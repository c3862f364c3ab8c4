// The built tool from outside: exit statuses, files, signals, and arguments that mean no good.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>

namespace fs = std::filesystem;

namespace {

struct Folder {
  Folder() : path(fs::temp_directory_path() / ("tryst-tool-" + std::to_string(::getpid()))) {
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return (path / name).string();
  }
  std::string text(const std::string& name) const {
    std::ifstream in(path / name, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  }
  fs::path path;
};

struct Result {
  int status;
  std::string output;  // standard output
};

// Runs the tool through the shell; `redirect` may send the streams elsewhere.
Result run(const std::string& arguments, const std::string& redirect = "2>/dev/null </dev/null") {
  std::FILE* pipe = popen(("timeout 60 '" TRYST_BINARY "' " + arguments + " " + redirect).c_str(), "r");
  REQUIRE(pipe != nullptr);
  Result result{0, {}};
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) result.output.append(buffer, n);
  const int status = pclose(pipe);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

const std::string holds = "assert STOP [T= STOP\n";
const std::string fails = "channel a\nassert STOP [T= a -> STOP\n";
const std::string endless = "channel b\nP(n) = b -> P(n + 1)\nassert P(0) :[deadlock free]\n";
const std::string wrong = "assert STOP [T= head(<>)\n";

}  // namespace

TEST_CASE("input that is too long or of another kind is refused at once") {
  const Folder folder;
  const std::string long_pi = folder.file("long.pi", "");
  fs::resize_file(long_pi, std::uintmax_t{1} << 30);
  const auto error = [](const std::string& arguments, const std::string& input) {
    return run(arguments, "2>&1 >/dev/null <" + input);
  };
  CHECK(error("check " + long_pi, "/dev/null").output ==
        "error: cannot read `" + long_pi + "`: it is larger than 64 MiB\n");
  CHECK(error("check -", "/dev/zero").output == "error: cannot read standard input: it is larger than 64 MiB\n");
  const std::string graph = folder.file("g.aut", "des (0,0,1)\n");
  const Result wrong_kind = error("check " + graph, "/dev/null");
  CHECK(wrong_kind.status == 2);
  CHECK(wrong_kind.output == "error: `" + graph +
                                 "` is a graph, and a script is wanted; `equiv`, `lts`, `minimise` and `simulate` take "
                                 "graphs\n");
}

TEST_CASE("the exit status is that of the worst outcome") {
  const Folder folder;
  const auto status = [&](const std::string& script) {
    return run("check --max-states 50 " + folder.file("m.csp", script)).status;
  };
  CHECK(status("") == 0);
  CHECK(status(holds) == 0);
  CHECK(status(fails) == 10);
  CHECK(status(endless) == 20);
  CHECK(status(wrong) == 3);
  CHECK(status(holds + endless) == 20);
  CHECK(status(fails + endless) == 10);
  CHECK(status(fails + endless + wrong) == 3);
  CHECK(status("P = Q\n") == 3);
  CHECK(status("P = (\n") == 3);
}

TEST_CASE("a limit that is just enough is enough, also where a first attempt was given up") {
  const Folder folder;
  const std::string chain = "channel a\nP(n) = n < 150000 & a -> P(n + 1)\nassert P(0) :[divergence free]\n";
  const std::string pair =
      "channel a, b\nP(n, c) = n < 400 & c -> P(n + 1, c) [] n == 400 & c -> P(0, c)\n"
      "assert P(0, a) ||| P(0, b) :[deterministic]\n";
  CHECK(run("check --max-states 150001 " + folder.file("chain.csp", chain)).status == 0);
  // So many states, and as many nodes of its normal form.
  CHECK(run("check --compose off --max-states 321602 " + folder.file("pair.csp", pair)).status == 0);
  CHECK(run("check --compose off --max-states 321601 " + folder.file("pair.csp", pair)).status == 20);
}

TEST_CASE("both engines have the same limit on states") {
  const Folder folder;
  const std::string file = folder.file("limit.csp",
                                       "channel a, b\nP(n) = n > 0 & a -> P(n - 1)\nSYSTEM = P(40) ||| P(40)\n"
                                       "SPEC(n) = a -> SPEC((n + 1) % 50) [] b -> SPEC(n)\n"
                                       "assert SPEC(0) [T= SYSTEM\nassert SYSTEM :[divergence free]\n");
  const auto status = [&](const std::string& engine, int assertion, int most) {
    return run("check --compose off --no-reduction --prove search --engine " + engine + " --assert " +
               std::to_string(assertion) + " --max-states " + std::to_string(most) + " " + file)
        .status;
  };
  for (const std::string engine : {"reference", "network"}) {
    constexpr int states = 41 * 41;
    constexpr int nodes = 50;
    CHECK(status(engine, 0, states + nodes) == 0);
    CHECK(status(engine, 0, states + nodes - 1) == 20);
    CHECK(status(engine, 1, states) == 0);
    CHECK(status(engine, 1, states - 1) == 20);
  }
}

TEST_CASE("what is compared or minimised may be composed first, which changes nothing but what it takes") {
  const Folder folder;
  // In all, 5^8 and 2^18 states.
  const std::string file =
      folder.file("composed.csp",
                  "channel a, b, c, d, e\nW = a -> b -> c -> d -> e -> W\nFARM = ||| i:{1..8} @ W\n"
                  "channel at : {0..18}\nCELL(i) = at.i -> at.(i + 1) -> CELL(i)\n"
                  "CHAIN = (|| i:{0..17} @ [{at.i, at.(i + 1)}] CELL(i)) \\ {at.i | i <- {1..17}}\n"
                  "COUNT(n, max) = n < max & at.0 -> COUNT(n + 1, max) [] n > 0 & at.18 -> COUNT(n - 1, max)\n");
  const Result composed = run("minimise --to aut --output - " + file + ":FARM");
  CHECK(composed.output == run("minimise --compose off --to aut --output - " + file + ":FARM").output);
  const auto sizes = [&](const std::string& how) {
    return nlohmann::json::parse(run("minimise --format json " + how + file + ":FARM").output);
  };
  CHECK(sizes("")["states"] == 495);  // C(8 + 4, 4)
  CHECK(sizes("")["composed"] == true);
  CHECK(sizes("--compose off ")["before"]["states"] == 390625);
  CHECK(!sizes("--compose off ").contains("composed"));
  CHECK(run("equiv --relation weak --max-states 150000 " + file + ":CHAIN '" + file + ":COUNT(0,18)'").status == 0);
  CHECK(run("equiv --relation weak --max-states 150000 " + file + ":CHAIN '" + file + ":COUNT(0,17)'").status == 10);
  CHECK(run("equiv --relation weak --max-states 150000 --compose off " + file + ":CHAIN '" + file + ":COUNT(0,18)'")
            .status == 20);
}

TEST_CASE("the worst of several files counts, and each has its place in the JSON array") {
  const Folder folder;
  const std::string a = folder.file("a.csp", holds), b = folder.file("b.csp", fails),
                    c = folder.file("c.csp", "P = (\n");
  CHECK(run("check " + a + " " + b).status == 10);
  const Result all = run("check --format json " + a + " " + c + " " + b);
  CHECK(all.status == 3);
  const auto json = nlohmann::json::parse(all.output);
  REQUIRE(json.size() == 3);
  CHECK(json[0]["assertions"][0]["verdict"] == "holds");
  CHECK(json[1]["assertions"].empty());
  CHECK(json[1]["diagnostics"][0]["severity"] == "error");
  CHECK(json[2]["assertions"][0]["counterexample"]["trace"] == nlohmann::json::parse(R"(["a"])"));
}

TEST_CASE("limits of time, states and memory are inconclusive") {
  const Folder folder;
  const std::string file = folder.file("m.csp", endless + endless);
  CHECK(run("check --max-states 10 " + folder.file("s.csp", endless)).status == 20);
  const auto begin = std::chrono::steady_clock::now();
  const std::string script =
      folder.file("t.csp", endless + "assert P(1) :[deadlock free]\nassert P(2) :[deadlock free]\n");
  const Result timed = run("check --format json --timeout 0.2 --timeout-total 0.5 " + script);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
  CHECK(timed.status == 20);
  const auto assertions = nlohmann::json::parse(timed.output)["assertions"];
  REQUIRE(assertions.size() == 3);
  const auto reason = [&](int i) { return assertions[i]["reason"].get<std::string>(); };
  // A hint that P counts may follow.
  CHECK(reason(0).starts_with("the limit of 0.2 seconds was reached"));
  CHECK(reason(2).starts_with("the limit of 0.5 seconds for the whole run was reached"));
  CHECK(run("check --max-memory 64M --timeout 30 " + script).status == 20);
  CHECK(run("evaluate --timeout 0.2 " + folder.file("e.csp", "f(n) = f(n + 1)\n") + " 'f(0)'").status == 20);
}

namespace {

struct Interrupted {
  int status;  // of waitpid()
  std::string output;
};

// Checks the file and sends Ctrl-C a moment after the first line of the answer: when the second assertion is being
// decided, or will be in a moment.
Interrupted check_interrupted(const std::string& file) {
  int pipes[2];
  REQUIRE(pipe(pipes) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dup2(pipes[1], STDOUT_FILENO);
    close(pipes[0]);
    execl(TRYST_BINARY, "tryst", "check", "--timeout", "30", file.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  close(pipes[1]);
  Interrupted result{};
  char buffer[4096];
  bool signalled = false;
  for (ssize_t n; (n = read(pipes[0], buffer, sizeof buffer)) > 0;) {
    result.output.append(buffer, static_cast<std::size_t>(n));
    if (std::exchange(signalled, true)) continue;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    kill(child, SIGINT);
  }
  close(pipes[0]);
  waitpid(child, &result.status, 0);
  return result;
}

}  // namespace

TEST_CASE("Ctrl-C ends the run with what is known and status 130") {
  const Folder folder;
  const auto [status, output] = check_interrupted(folder.file("m.csp", holds + endless + fails));
  INFO(output);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 130);
  CHECK(output.find("inconclusive: interrupted") != std::string::npos);
  CHECK(output.find("1 of 2 assertions inconclusive") != std::string::npos);
}

TEST_CASE("Ctrl-C ends a run with status 130 while errors come out of deep recursions") {
  const Folder folder;
  std::string deep = "channel c : {0..1}\nf(n) = 1 + f(n + 1)\n";
  for (int i = 0; i < 50; ++i) deep += "assert c.f(" + std::to_string(i) + ") -> STOP :[deadlock free]\n";
  const auto [status, output] = check_interrupted(folder.file("m.csp", holds + deep));
  INFO(output);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 130);
}

TEST_CASE("a file is replaced whole or not at all") {
  const Folder folder;
  const std::string model = folder.file("m.csp", "channel a\nP = a -> P\nassert P :[deadlock free]\n");
  const std::string old = folder.file("out.aut", "old\n");
  fs::permissions(old, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("out.aut", folder.path / "link.aut");
  CHECK(run("lts " + model + ":Q --output " + old).status == 3);
  CHECK(folder.text("out.aut") == "old\n");
  CHECK(run("lts " + model + ":P --max-states 0x --output " + old).status == 2);
  CHECK(run("lts " + model + ":P --output " + (folder.path / "link.aut").string()).status == 0);
  CHECK(folder.text("out.aut") == "des (0,1,1)\n(0,\"a\",0)\n");
  CHECK(fs::is_symlink(folder.path / "link.aut"));
  CHECK(fs::status(old).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(run("check --format json " + model + " --output " + (folder.path / "r.json").string()).output.empty());
  CHECK(nlohmann::json::parse(folder.text("r.json"))["assertions"].size() == 1);
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder.path)) ++files;
  CHECK(files == 4);  // no temporary file is left
}

TEST_CASE("what cannot be written or read is status 2") {
  const Folder folder;
  const std::string model = folder.file("m.csp", "channel a\nP = a -> P\n");
  CHECK(run("lts " + model + ":P --output /dev/null").status == 0);
  CHECK(run("lts " + model + ":P --output /dev/full").status == 2);
  for (const std::string format : {"text", "json", "sarif", "junit"}) {
    const auto full = run("check " + model + " --format " + format + " --output /dev/full", "2>&1");
    CHECK(full.status == 2);
    CHECK(full.output == "error: cannot write `/dev/full`: No space left on device\n");
  }
  CHECK(run("lts " + model + ":P --output " + (folder.path / "no/such/folder").string()).status == 2);
  CHECK(run("lts " + model + ":P --output " + folder.path.string()).status == 2);
  CHECK(run("--version", ">/dev/full 2>/dev/null").status == 2);
  CHECK(run("lts " + model + ":P", ">/dev/full 2>/dev/null").status == 2);
  CHECK(run("check " + (folder.path / "missing.csp").string()).status == 2);
  CHECK(run("simulate " + model + ":P --script missing.txt").status == 2);
}

TEST_CASE("operands split at the colon behind a file") {
  const Folder folder;
  const std::string text = "channel a : {0..1}\nmodule M\nexports\nP = a.0 -> STOP\nendmodule\n";
  folder.file("m.csp", text);
  folder.file("odd:name::x.csp", text);
  const std::string in = "lts --quiet --output /dev/null '" + folder.path.string() + "/";
  CHECK(run(in + "m.csp:M::P'").status == 0);
  CHECK(run(in + "m.csp:[] x:{0..1} @ a.x -> M::P'").status == 0);
  CHECK(run(in + "odd:name::x.csp:M::P'").status == 0);
  CHECK(run(in + "odd:name::x.csp: [] x:{0..1} @ a.x -> M::P'").status == 0);
  CHECK(run(in + "m.csp'").status == 2);
  CHECK(run(in + "m.csp:'").status == 2);
  CHECK(run(in + "n.csp:M::P'").status == 2);
  CHECK(run(in + "m.csp:M::Q'").status == 3);
  CHECK(run(in + "m.csp:a'").status == 3);
  CHECK(run("lts '" + folder.path.string() + ":P'").status == 2);
}

TEST_CASE("a proof is certified, and no longer when something in it has changed") {
  const Folder folder;
  const std::string script =
      folder.file("ring.csp",
                  "channel pass : {0..9}\n"
                  "next(i) = (i + 1) % 10\n"
                  "IDLE(i) = pass.i -> HOLDER(i)\n"
                  "HOLDER(i) = pass.next(i) -> IDLE(i)\n"
                  "RING(k) = || i : {0..9} @ [{pass.i, pass.next(i)}] if i < k then HOLDER(i) else IDLE(i)\n"
                  "assert RING(1) :[deadlock free]\n"
                  "assert not RING(0) :[deadlock free]\n");
  const std::string proof = (folder.path / "proof").string();
  CHECK(run("check --prove structural --certificate '" + proof + "' '" + script + "'").status == 0);
  const Result right = run("certify '" + proof + "' '" + script + "'");
  CHECK(right.status == 0);
  CHECK(right.output == "RING(1) :[deadlock free]  proved\n");

  const std::string text = folder.text("proof");
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string other = text;
    other.replace(other.find(from), from.size(), to);
    return run("certify '" + folder.file("changed", other) + "' '" + script + "'");
  };
  CHECK(changed("RING(1)", "RING(0)").status == 10);
  CHECK(changed("\nranks 0 9 ", "\nranks 0 0 ").status == 10);
  CHECK(changed("model FD", "model F").output == "RING(1) :[deadlock free]  WRONG: the script does not ask that\n");
  CHECK(changed("end", "and").status == 2);
  CHECK(run("certify '" + script + "' '" + script + "'").status == 2);

  CHECK(run("check --local --prove structural --certificate '" + proof + "' '" + script + "'").status == 0);
  CHECK(run("certify '" + proof + "' '" + script + "'").output ==
        "RING(1) :[deadlock free]  proved, also that nobody is blocked for ever\n");
}

TEST_CASE("standard input is a script called `-`") {
  CHECK(run("check -", "2>/dev/null <<'EOF'\n" + fails + "EOF\n").status == 10);
  CHECK(run("evaluate - 'x + 1'", "2>/dev/null <<'EOF'\nx = 1\nEOF\n").output == "2\n");
}

TEST_CASE("colour is for terminals, or for those who ask") {
  const Folder folder;
  const std::string file = folder.file("m.csp", holds);
  CHECK(run("check " + file).output.find('\033') == std::string::npos);
  CHECK(run("check --color always " + file).output.find("\033[32mok\033[0m") != std::string::npos);
  CHECK(run("check --color auto --output /dev/stdout " + file).output.find('\033') == std::string::npos);
}

TEST_CASE("arguments that mean no good are a usage error") {
  const std::string huge(100'000, 'x');
  CHECK(run("'" + huge + "'").status == 2);
  CHECK(run("check '--" + huge + "'").status == 2);
  CHECK(run("check ''").status == 2);
  CHECK(run("check .").status == 2);
  CHECK(run("check --timeout 1e999 x").status == 2);
  CHECK(run("check --assert '' x").status == 2);
  CHECK(run("explain '%s%n\033[2J'").status == 2);
  CHECK(run("explain P0203 ").status == 0);
  CHECK(run("help check").status == 0);
  CHECK(run("help help").status == 0);
  CHECK(run("").status == 0);
}
