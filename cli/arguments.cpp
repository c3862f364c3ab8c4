#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>

#include "cli/option_table.hpp"
#include "frontend/diagnostic.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

// The option of the same command that takes what another does not, like `--to dot` for `--format dot`; "" if there is
// none.
std::string meant(const Options& result, const OptionRow& refused, const std::string& text) {
  for (const OptionRow& row : options()) {
    const bool takes = std::find(row.choices.begin(), row.choices.end(), text) != row.choices.end();
    if (&row != &refused && takes && (row.commands & bit(result.command)) != 0)
      return fmt::format("; did you mean `--{} {}`?", row.name, text);
  }
  return "";
}

void define(CLI::App& app, Options& result, const OptionRow& row) {
  const std::string names =
      row.short_name == 0 ? fmt::format("--{}", row.name) : fmt::format("-{},--{}", row.short_name, row.name);
  // The last one counts when an option is repeated.
  if (row.flag()) {
    app.add_flag_function(names, [&result, &row](std::int64_t) { assign(result, row, ""); })
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    return;
  }
  const auto store = [&result, &row](const std::string& text) {
    if (const auto wrong = assign(result, row, text)) throw UsageError(*wrong + meant(result, row, text));
  };
  app.add_option_function<std::string>(names, store)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->type_name(std::string(row.value));
}

[[noreturn]] void unknown_option(const Options& result, const std::string& word) {
  std::vector<std::string_view> known;
  for (const OptionRow& row : options())
    if (row.commands & bit(result.command)) known.push_back(row.name);
  const std::string_view name = std::string_view(word).substr(0, word.find('='));
  const std::string_view bare = name.substr(std::min(name.find_first_not_of('-'), name.size()));
  const std::string_view near = did_you_mean(bare, known);
  const bool belongs_elsewhere =
      std::any_of(options().begin(), options().end(), [&](const OptionRow& row) { return row.name == bare; });
  const std::string command(result.command == Command::none ? "tryst" : row_of(result.command).name);
  if (belongs_elsewhere) throw UsageError(fmt::format("`{}` is not an option of `{}`", printable(name), command));
  throw UsageError(fmt::format("`{}` is not an option; {}", printable(name),
                               near.empty() ? "put `--` before an argument that begins with a dash"
                                            : fmt::format("did you mean `--{}`?", near)));
}

[[noreturn]] void unknown_command(const std::string& word) {
  std::vector<std::string_view> known;
  for (const CommandRow& row : commands()) known.push_back(row.name);
  const std::string_view near = did_you_mean(word, known);
  throw UsageError(fmt::format("`{}` is not a command; {}", printable(word),
                               near.empty() ? "`tryst help` lists them" : fmt::format("did you mean `{}`?", near)));
}

void check_count(const Options& result) {
  if (result.help || result.version || result.command == Command::none) return;
  const CommandRow& row = row_of(result.command);
  const std::size_t count = result.arguments.size();
  if (count >= row.arguments_min && count <= row.arguments_max) return;
  throw UsageError(fmt::format("{} arguments: usage is `tryst {} {}`",
                               count < row.arguments_min ? "too few" : "too many", row.name, row.arguments));
}

// The words that no option took: the command's arguments in order, or an option that nobody knows.
void take_rest(Options& result, const std::vector<std::string>& rest) {
  for (const std::string& word : rest) {
    const bool dash = word.size() > 1 && word[0] == '-';
    if (dash && !std::isdigit(static_cast<unsigned char>(word[1]))) unknown_option(result, word);
    if (result.command == Command::none) unknown_command(word);
    result.arguments.push_back(word);
  }
}

}  // namespace

Options parse_arguments(std::vector<std::string> words) {
  Options result;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  app.require_subcommand(0, 1);
  for (const OptionRow& row : options())
    if (row.commands == every_command) define(app, result, row);
  for (const CommandRow& row : commands()) {
    CLI::App* sub = app.add_subcommand(std::string(row.name));
    sub->set_help_flag();
    sub->fallthrough();
    sub->preparse_callback([&result, &row](std::size_t) { result.command = row.command; });
    for (const OptionRow& option : options())
      if (option.commands != every_command && (option.commands & bit(row.command))) define(*sub, result, option);
  }

  // The library would give the words behind `--` back to the outer parser, which takes them for options again.
  const auto dashes = std::find(words.begin(), words.end(), "--");
  const std::vector<std::string> literal(dashes == words.end() ? dashes : dashes + 1, words.end());
  words.erase(dashes, words.end());
  std::reverse(words.begin(), words.end());
  try {
    app.parse(std::move(words));
  } catch (const CLI::ArgumentMismatch& mismatch) {
    const std::string_view what = mismatch.what();
    throw UsageError(fmt::format("`{}` wants a value", printable(what.substr(0, what.find(':')))));
  } catch (const CLI::ParseError& error) {
    throw UsageError(printable(error.what()));
  }
  take_rest(result, app.remaining());
  if (result.command == Command::none && !literal.empty()) unknown_command(literal.front());
  result.arguments.insert(result.arguments.end(), literal.begin(), literal.end());
  check_count(result);
  return result;
}

}  // namespace tryst::cli
