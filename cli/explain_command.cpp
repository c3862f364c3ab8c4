#include <fmt/format.h>

#include <cctype>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "frontend/catalogue.hpp"
#include "frontend/diagnostic.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

// The text in lines of at most this many columns.
constexpr std::size_t line_width = 100;

std::string wrapped(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (column > 0 && column + 1 + end > line_width) {
      out += '\n';
      column = 0;
    }
    if (column > 0) out += ' ';
    out += text.substr(0, end);
    column += end + 1;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + '\n';
}

std::string explanation(const CatalogueEntry& entry) {
  std::string out = fmt::format("{}: {}\n\n{}", entry.code, entry.title, wrapped(entry.explanation));
  if (entry.example.empty()) return out;
  out += "\nfor example:\n\n";
  for (std::string_view rest = entry.example; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    out += fmt::format("  {}\n", rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

}  // namespace

ExitStatus explain_command(const Options& options, const Terminal&) {
  std::string code = options.arguments.front();
  for (char& c : code) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const CatalogueEntry* entry = find_catalogue_entry(code);
  if (entry == nullptr) {
    const std::vector<CatalogueEntry> all = all_catalogue_entries();
    std::vector<std::string_view> codes;
    for (const CatalogueEntry& each : all) codes.push_back(each.code);
    const std::string_view near = did_you_mean(code, codes);
    throw UsageError(fmt::format("`{}` is not the code of a diagnostic{}", printable(options.arguments.front()),
                                 near.empty() ? "" : fmt::format("; did you mean `{}`?", near)));
  }
  write_result(options.output, explanation(*entry));
  return ExitStatus::holds;
}

}  // namespace tryst::cli
