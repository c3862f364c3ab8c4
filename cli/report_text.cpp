#include "cli/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/phrases.hpp"
#include "cli/play_text.hpp"
#include "cli/step_table.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

constexpr std::size_t text_width_min = 39;
constexpr std::size_t text_width_max = 100;

std::string place_text(const Place& place) {
  if (!place.known()) return printable(place.file);
  return fmt::format("{}:{}:{}", printable(place.file), place.line, place.column);
}

struct Word {
  std::string_view text, color;
};

Word word(Status status) {
  switch (status) {
    case Status::holds: return {"ok", "\033[32m"};
    case Status::fails: return {"FAILED", "\033[1;31m"};
    case Status::inconclusive: return {"LIMIT", "\033[33m"};
    case Status::error: break;
  }
  return {"ERROR", "\033[1;31m"};
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return fmt::format("{}{:{}}", text, "", used < width ? width - used : 0);
}

}  // namespace

TextLayout text_layout(const std::vector<AssertionReport>& undecided, std::size_t terminal_width) {
  TextLayout layout;
  layout.terminal_width = terminal_width;
  layout.text_width = text_width_min;
  for (const AssertionReport& assertion : undecided) {
    layout.place_width = std::max(layout.place_width, display_width(place_text(assertion.place)));
    layout.text_width = std::max(layout.text_width, display_width(printable(assertion.text)));
  }
  layout.text_width = std::min(layout.text_width, text_width_max);
  return layout;
}

std::string text_counterexample(const Counterexample& example, std::size_t width) {
  std::string out =
      fmt::format("\n  {} ({}replayed)\n\n", printable(example.summary), example.shortest ? "shortest; " : "");
  for (const std::string& sentence : example.explanation) out += paragraph(printable(sentence), "  ", "    ", width);
  if (!example.explanation.empty()) out += '\n';
  return out + (example.rounds.empty() ? step_table(example, width) : play_text(example.rounds, width));
}

std::string text_assertion(const AssertionReport& assertion, const TextLayout& layout) {
  const Word verdict = word(assertion.status);
  const std::string_view on = layout.color ? verdict.color : "";
  const std::string_view off = layout.color ? "\033[0m" : "";
  const bool is_proved = !assertion.argument.empty();
  std::string out =
      fmt::format("{}  {}  {}{}{}{:{}}  {:>5} {}   {:>5}\n", padded(place_text(assertion.place), layout.place_width),
                  padded(printable(assertion.text), layout.text_width), on, verdict.text, off, "",
                  6 - verdict.text.size(), is_proved ? "" : with_separators(assertion.states),
                  is_proved               ? "proved"
                  : assertion.states == 1 ? "state "
                                          : "states",
                  duration(assertion.seconds));
  if (is_proved) out += paragraph("because " + assertion.argument, "  ", "    ", layout.terminal_width);
  if (layout.verbose)
    for (const std::string& remark : assertion.remarks)
      out += paragraph("note: " + printable(remark), "  ", "    ", layout.terminal_width);
  if (assertion.status == Status::inconclusive)
    out += fmt::format("\n  inconclusive: {}\n\n", printable(assertion.reason));
  if (assertion.status == Status::fails && !assertion.reason.empty() && assertion.counterexamples.empty())
    out += fmt::format("\n  {}\n\n", printable(assertion.reason));
  if (assertion.internal) out += fmt::format("\n  {}\n\n", printable(assertion.reason));
  if (assertion.error) {
    out += '\n';
    out += assertion.error->rendered;
    out += '\n';
  }
  for (const Counterexample& example : assertion.counterexamples)
    out += text_counterexample(example, layout.terminal_width);
  if (!assertion.counterexamples.empty()) out += '\n';
  return out;
}

std::string text_listing(const std::vector<AssertionReport>& assertions, const TextLayout& layout) {
  std::string out;
  for (const AssertionReport& assertion : assertions)
    out += fmt::format("{:>4}  {}  {}\n", assertion.index, padded(place_text(assertion.place), layout.place_width),
                       printable(assertion.text));
  return out;
}

std::string text_summary(const std::vector<FileReport>& files) {
  std::size_t all = 0, failed = 0, undecided = 0, wrong = 0;
  for (const FileReport& file : files)
    for (const AssertionReport& assertion : file.assertions) {
      ++all;
      failed += assertion.status == Status::fails;
      undecided += assertion.status == Status::inconclusive;
      wrong += assertion.status == Status::error;
    }
  const bool unread =
      std::any_of(files.begin(), files.end(), [](const FileReport& f) { return !f.diagnostics.empty(); });
  if (all == 0) return unread ? "" : "no assertions\n";
  std::vector<std::string> parts;
  const auto say = [&](std::size_t n, std::string_view what) {
    if (n == 0) return;
    const std::string of_all = parts.empty() ? fmt::format(" of {}", count(all, "assertion")) : "";
    parts.push_back(fmt::format("{}{} {}", with_separators(n), of_all, what));
  };
  say(failed, "failed");
  say(wrong, "could not be evaluated");
  say(undecided, "inconclusive");
  if (!parts.empty()) return fmt::format("{}\n", fmt::join(parts, ", "));
  return all == 1 ? "the assertion holds\n" : fmt::format("all {} hold\n", count(all, "assertion"));
}

}  // namespace tryst::cli
