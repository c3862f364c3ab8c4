// The command line: what is understood, and what is said about what is not.
#include "cli/arguments.hpp"

#include <catch2/catch.hpp>

#include "checker/question.hpp"
#include "cli/option_table.hpp"

namespace tryst::cli {

namespace {

std::string mistake(std::vector<std::string> words) {
  try {
    parse_arguments(std::move(words));
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("options stand before or after the command and its arguments") {
  const Options a = parse_arguments({"--format", "json", "check", "--quiet", "a.csp", "--timeout=1.5", "b.csp"});
  CHECK(a.command == Command::check);
  CHECK(a.format == Format::json);
  CHECK(a.quiet);
  CHECK(a.seconds_max == 1.5);
  CHECK(a.arguments == std::vector<std::string>{"a.csp", "b.csp"});
}

TEST_CASE("expressions reach the command as they were written") {
  const std::vector<std::string> words{"evaluate", "f.csp", "[] x:{0..1} @ P(x)[[a<-b]]", "{}", "[a,b]", "",
                                       "-1",       "check"};
  CHECK(parse_arguments(words).arguments == std::vector<std::string>(words.begin() + 1, words.end()));
}

TEST_CASE("behind two dashes everything is an argument") {
  const Options o = parse_arguments({"evaluate", "f.csp", "--", "-x", "--quiet", "--"});
  CHECK(o.arguments == std::vector<std::string>{"f.csp", "-x", "--quiet", "--"});
  CHECK_FALSE(o.quiet);
}

TEST_CASE("the last of a repeated option counts") {
  const Options o = parse_arguments({"check", "a.csp", "--seed", "1", "--seed", "2", "-q", "-q"});
  CHECK(o.seed == 2);
}

TEST_CASE("sizes have units of 1024") {
  const auto bytes = [](const char* text) {
    return parse_arguments({"check", "a", "--max-memory", text}).memory_bytes_max;
  };
  CHECK(bytes("1000") == 1000);
  CHECK(bytes("1K") == 1024);
  CHECK(bytes("3m") == 3u << 20);
  CHECK(bytes("4G") == std::uint64_t{4} << 30);
  CHECK(bytes("4GB") == std::uint64_t{4} << 30);
  CHECK(bytes("4GiB") == std::uint64_t{4} << 30);
  CHECK(bytes("1T") == std::uint64_t{1} << 40);
  for (const char* wrong : {"", "G", "4X", "4GG", "0", "-1", "1.5G", "99999999999999999999", "99999999999T"})
    CHECK(mistake({"check", "a", "--max-memory", wrong}) ==
          "`" + std::string(wrong) + "` is not a value of `--max-memory`: a size is wanted, like 512M or 4G");
}

TEST_CASE("a misspelt word is answered with the closest known one") {
  CHECK(mistake({"chekc", "a.csp"}) == "`chekc` is not a command; did you mean `check`?");
  CHECK(mistake({"frobnicate"}) == "`frobnicate` is not a command; `tryst help` lists them");
  CHECK(mistake({"check", "--fromat", "json", "a.csp"}) == "`--fromat` is not an option; did you mean `--format`?");
  CHECK(
      mistake({"lts", "a.csp:P", "--format", "dot"}) ==
      "`dot` is not a value of `--format`: `text`, `concise`, `json`, `sarif`, `junit` or `github` is wanted; did you "
      "mean `--to dot`?");
  CHECK(mistake({"check", "a.csp", "--format", "jsno"}) == "`jsno` is not a value of `--format`: did you mean `json`?");
  CHECK(mistake({"check", "a.csp", "--progress", "xyzzy"}) ==
        "`xyzzy` is not a value of `--progress`: `auto`, `plain` or `off` is wanted");
  CHECK(mistake({"check", "a.csp", "--steps", "3"}) == "`--steps` is not an option of `check`");
  CHECK(mistake({"check", "-z"}) == "`-z` is not an option; put `--` before an argument that begins with a dash");
}

TEST_CASE("missing and superfluous arguments are told with the usage") {
  CHECK(mistake({"check"}) == "too few arguments: usage is `tryst check FILE...`");
  CHECK(mistake({"refine", "a", "b", "c", "d"}) == "too many arguments: usage is `tryst refine FILE SPEC IMPL`");
  CHECK(mistake({"check", "a.csp", "--timeout"}) == "`--timeout` wants a value");
  CHECK(mistake({"check", "a.csp", "--timeout", "soon"}) ==
        "`soon` is not a value of `--timeout`: a positive number of seconds is wanted");
  CHECK(mistake({"check", "a.csp", "--timeout", "nan"}) ==
        "`nan` is not a value of `--timeout`: a positive number of seconds is wanted");
  CHECK(mistake({"check", "a.csp", "--depth", "-3"}) == "`-3` is not a value of `--depth`: a natural number is wanted");
  CHECK(mistake({"check", "a.csp", "--max-states", "-3"}) ==
        "`-3` is not a value of `--max-states`: a positive number is wanted");
}

TEST_CASE("no limit can be 0, which could be none or nothing at all") {
  CHECK(mistake({"check", "a.csp", "--max-states", "0"}) ==
        "`0` is not a value of `--max-states`: a positive number is wanted");
  CHECK(mistake({"check", "a.csp", "--timeout", "0"}) ==
        "`0` is not a value of `--timeout`: a positive number of seconds is wanted");
  CHECK(mistake({"check", "a.csp", "--timeout-total", "0"}) ==
        "`0` is not a value of `--timeout-total`: a positive number of seconds is wanted");
  CHECK(mistake({"check", "a.csp", "--max-memory", "0"}) ==
        "`0` is not a value of `--max-memory`: a size is wanted, like 512M or 4G");
}

TEST_CASE("control characters of the command line do not reach the terminal") {
  CHECK(mistake({"a\033[2Jb"}) == "`a?[2Jb` is not a command; `tryst help` lists them");
}

TEST_CASE("every word of the table is defined once for each command, and every choice has a meaning") {
  for (const CommandRow& command : commands())
    for (const OptionRow& a : options())
      for (const OptionRow& b : options())
        if (&a != &b && (a.commands & b.commands & bit(command.command))) {
          INFO(command.name << " --" << a.name);
          CHECK(a.name != b.name);
          CHECK((a.short_name == 0 || a.short_name != b.short_name));
        }
  const OptionRow* model = nullptr;
  for (const OptionRow& row : options())
    if (row.name == "model") model = &row;
  REQUIRE(model != nullptr);
  for (std::size_t i = 0; i < model->choices.size(); ++i) CHECK(model->choices[i] == name(static_cast<Model>(i)));
}

}  // namespace tryst::cli
