#include "cli/alphabets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/arguments.hpp"
#include "cli/output.hpp"
#include "cli/script.hpp"
#include "frontend/printable.hpp"
#include "semantics/relabelling_reader.hpp"

namespace tryst::cli {

namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string_view without_braces(std::string_view set) {
  set = trimmed(set);
  for (const auto& [open, close] : {std::pair("{|", "|}"), std::pair("{", "}")})
    if (set.starts_with(open) && set.ends_with(close))
      return set.substr(std::string_view(open).size(), set.size() - 2 * std::string_view(open).size());
  return set;
}

// The list's items; a comma within brackets separates nothing.
std::vector<std::string> items(std::string_view list) {
  std::vector<std::string> found{""};
  int depth = 0;
  for (const char ch : list) {
    depth += ch == '(' || ch == '<' || ch == '{' ? 1 : ch == ')' || ch == '>' || ch == '}' ? -1 : 0;
    if (ch == ',' && depth <= 0)
      found.emplace_back();
    else
      found.back() += ch;
  }
  for (std::string& item : found) item = trimmed(item);
  return found;
}

void hide(const std::string& set, Alphabets& alphabets) {
  for (const std::string& label : items(without_braces(set))) {
    if (label.empty() || label == "tau" || label == "tick")
      throw UsageError(fmt::format(
          "`{}` is not a value of `--hide`: {}", printable(set),
          label.empty() ? "labels are wanted, separated by commas" : fmt::format("`{}` is no visible event", label)));
    alphabets.left.hide(label);
    alphabets.right.hide(label);
  }
}

}  // namespace

std::vector<std::string> Alphabets::unused() const {
  std::vector<std::string> labels;
  for (const auto& [own, other] : {std::pair(&left, &right), std::pair(&right, &left)})
    for (const std::string& label : own->unused())
      if (!other->is_used(label) && std::ranges::find(labels, label) == labels.end()) labels.push_back(label);
  return labels;
}

std::optional<Alphabets> load_alphabets(const Options& options, const Terminal& terminal) {
  Alphabets alphabets;
  if (!options.hidden.empty()) hide(options.hidden, alphabets);
  if (options.relabelling.empty()) return alphabets;
  SourceSet sources;
  FileId file{};
  Diagnostics diagnostics;
  if (!sources.add(options.relabelling, read_input(options.relabelling), file))
    throw UsageError("the file of `--relabel` is too long");
  read_relabelling(sources, file, diagnostics, alphabets.left, alphabets.right);
  print_diagnostics(diagnostics, sources, options, terminal);
  if (diagnostics.has_errors()) return std::nullopt;
  return alphabets;
}

}  // namespace tryst::cli
