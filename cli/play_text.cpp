#include "cli/play_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/phrases.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

constexpr std::size_t rounds_max = 12;
constexpr std::size_t answers_max = 6;

std::string pairs_text(const std::vector<std::pair<std::string, std::string>>& pairs, std::string_view between) {
  std::vector<std::string> texts;
  for (const auto& [a, b] : pairs) texts.push_back(printable(a + std::string(between) + b));
  return fmt::format("{}", fmt::join(texts, ", "));
}

// `a, b, c (each from the others)` where all pairs are there, else pair by pair.
std::string distinct_text(const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::set<std::string> names;
  for (const auto& [a, b] : pairs) names.insert({a, b});
  if (names.size() < 3 || pairs.size() != names.size() * (names.size() - 1) / 2) return pairs_text(pairs, "#");
  return printable(fmt::format("{} (each from the others)", fmt::join(names, ", ")));
}

// ` (L5, L9)`: the lines of the prefixes that act.
std::string lines_text(const std::vector<Place>& places) {
  std::vector<std::string> lines;
  for (const Place& place : places) lines.push_back(fmt::format("L{}", place.line));
  return lines.empty() ? "" : fmt::format(" ({})", fmt::join(lines, ", "));
}

// What the attacker does, up to what the other side can become.
std::string challenge_text(const ReportedRound& round) {
  const std::string mover = round.by_left ? "left" : "right", other = round.by_left ? "right" : "left";
  std::string out;
  switch (round.kind) {
    case ReportedRound::Kind::move:
      if (!round.substitution.empty()) out = fmt::format("where {}, ", pairs_text(round.substitution, " is "));
      out += fmt::format("{} does {}{} and becomes {}", mover, printable(round.action), lines_text(round.places),
                         printable(round.target));
      break;
    case ReportedRound::Kind::reception:
      out = fmt::format("when {} is received, {} becomes {}", printable(round.action), mover, printable(round.target));
      break;
    case ReportedRound::Kind::substitution:
      out = round.substitution.empty() ? "as they stand"
                                       : fmt::format("where {}", pairs_text(round.substitution, " is "));
      out += fmt::format(", {} becomes {}", mover, printable(round.target));
      break;
  }
  return fmt::format("{}; {} {}", out, other, round.answers.empty() ? "has no answer" : "can become");
}

std::string round_text(const ReportedRound& round, std::size_t number, std::size_t width) {
  const std::string label = fmt::format("  round {}  ", number);
  const std::string indent(label.size(), ' ');
  std::string out = paragraph("left   " + printable(round.left), label, indent + "         ", width);
  out += paragraph("right  " + printable(round.right), indent, indent + "         ", width);
  if (!round.distinct.empty())
    out += paragraph("distinct: " + distinct_text(round.distinct), indent, indent + "  ", width);
  out += paragraph(challenge_text(round), "    ", "      ", width);
  for (std::size_t i = 0; i < std::min(round.answers.size(), answers_max); ++i)
    out += paragraph(fmt::format("{}{}, refuted in round {}", printable(round.answers[i].process),
                                 lines_text(round.answers[i].places), round.answers[i].round + 1),
                     "      ", "        ", width);
  if (round.answers.size() > answers_max) out += fmt::format("      and {} more\n", round.answers.size() - answers_max);
  return out;
}

}  // namespace

std::string play_text(const std::vector<ReportedRound>& rounds, std::size_t width) {
  std::string out;
  for (std::size_t i = 0; i < std::min(rounds.size(), rounds_max); ++i) out += round_text(rounds[i], i + 1, width);
  if (rounds.size() > rounds_max)
    out += fmt::format("  and {}: `--format json` lists them\n", count(rounds.size() - rounds_max, "more round"));
  return out;
}

}  // namespace tryst::cli
