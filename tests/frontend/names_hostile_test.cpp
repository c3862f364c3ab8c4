// Scripts of unreasonable size and shape: names are resolved, or refused, in time that grows with the text.
#include <catch2/catch.hpp>

#include <ctime>

#include "tests/frontend/resolved.hpp"

namespace tryst::csp {

namespace {

constexpr int many = 100'000;

// `part(i)` for i = 0 .. count - 1, with a separator between.
template <class Part>
std::string joined(int count, std::string_view separator, Part part) {
  std::string all;
  for (int i = 0; i < count; ++i) {
    if (i > 0) all += separator;
    all += part(i);
  }
  return all;
}

std::string v(int i) { return "v" + std::to_string(i); }

// Of processor time: far above what any of these takes on a slow machine under sanitizers, far below a quadratic step.
constexpr double seconds_max = 600;

Resolved in_time(std::string text) {
  const std::clock_t start = std::clock();
  Resolved r(std::move(text));
  CHECK(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < seconds_max);
  return r;
}

}  // namespace

TEST_CASE("100,000 definitions that use one another are resolved") {
  const Resolved r = in_time(joined(many, "\n", [](int i) { return v(i) + " = " + v((i * 7 + 1) % many); }) + "\n");
  CHECK(r.codes() == "");
}

TEST_CASE("100,000 mistakes of one kind are counted, the first hundred kept") {
  const auto counted = [](std::string text) {
    const Resolved r = in_time(std::move(text));
    CHECK(r.diagnostics.all().size() == 100);
    return r.diagnostics.error_count();
  };
  CHECK(counted(joined(many, "\n", [](int i) { return v(i) + " = u" + std::to_string(i); }) + "\n") == many);
  CHECK(counted(joined(many, "\n", [](int) { return std::string("f(x) = 1\ng(x) = 1"); }) + "\n") == 2 * (many - 1));
  CHECK(counted("f(" + joined(many, ", ", [](int) { return std::string("x"); }) + ") = 1\n") == many - 1);
  CHECK(counted("module M(a)\nexports\n" + joined(many, "\n", [](int i) { return v(i) + " = 1"; }) + "\nendmodule\n" +
                joined(many, "\n", [](int i) { return "instance I" + std::to_string(i) + " = M"; }) + "\n") == many);
}

TEST_CASE("100,000 names bound together are resolved") {
  const std::string list = joined(many, ", ", v);
  CHECK(in_time("f(" + list + ") = v7\n").codes() == "");
  CHECK(in_time("f = \\ " + list + " @ v7\n").codes() == "");
  CHECK(in_time("(" + list + ") = x\nx = v7\n").codes() == "");
  CHECK(in_time("A = {v7 | " + joined(900, ", ", [](int i) { return v(i) + " <- B"; }) + "}\nB = {}\n").codes() == "");
  CHECK(in_time("f :: (" + list + ") -> v7\nf(x) = x\n").codes() == "");
  CHECK(in_time("channel " + list + "\n").codes() == "");
  CHECK(in_time("f = let " + joined(many, "\n", [](int i) { return v(i) + " = v7"; }) + "\n within v9\n").codes() ==
        "");
}

TEST_CASE("modules nested too deep are refused") {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += "module M\nexports\n";
    text += "x = y\n";
    for (int i = 0; i < depth; ++i) text += "endmodule\n";
    return text;
  };
  CHECK(in_time(nested(100)).codes() == "P0203");
  CHECK_FALSE(in_time(nested(10'000)).codes().empty());
}

TEST_CASE("a path through modules may be as long as a text") {
  const Resolved r = in_time(
      "module M\nexports\nendmodule\nx = " + joined(many, "::", [](int) { return std::string("M"); }) + "::x\n");
  CHECK(r.codes() == "P0203");
}

TEST_CASE("10,000 instances of one module, and of one another, are elaborated") {
  const std::string module = "module M(a)\nexports\n  channel c\n  f(x) = \\ y @ x + y + a\nendmodule\n";
  const auto instance = [](int i) { return "instance I" + std::to_string(i) + " = M(" + std::to_string(i) + ")"; };
  const Resolved r = in_time(module + joined(10'000, "\n", instance) + "\n");
  CHECK(r.codes() == "");
  CHECK(r.typed.channels.size() == 10'000);
  const auto next = [](int i) { return "instance I" + std::to_string(i + 1) + " = I" + std::to_string(i); };
  CHECK(in_time("module I0\nexports\n  channel c\nendmodule\n" + joined(10'000, "\n", next) + "\n").codes() == "");
}

TEST_CASE("a module that uses 400 instances of itself is refused for each") {
  const auto use = [](int i) { return v(i) + " = I" + std::to_string(i) + "::v0"; };
  const auto instance = [](int i) { return "instance I" + std::to_string(i) + " = M"; };
  const Resolved r =
      in_time("module M\nexports\n" + joined(400, "\n", use) + "\nendmodule\n" + joined(400, "\n", instance) + "\n");
  CHECK(r.diagnostics.error_count() == 400);
  CHECK(r.diagnostics.all().front().code == "P0221");
}

}  // namespace tryst::csp
