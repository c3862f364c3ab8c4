#include "cli/pi_play.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/phrases.hpp"
#include "cli/pi_script.hpp"
#include "cli/script.hpp"

namespace tryst::cli {

namespace {

constexpr std::uint32_t left_column = 0;
constexpr std::uint32_t right_column = 1;

// What names that are received but not chosen are called: new ones.
std::vector<pi::Name> names_received(const pi::Situation& s, std::uint32_t count, const pi::Terms& terms) {
  return pi::Terms::least_fresh_names(count, pi::united(terms.free_names(s.left), terms.free_names(s.right)));
}

std::string list_of(std::span<const pi::Name> names, const pi::Terms& terms) {
  std::vector<std::string> texts;
  for (const pi::Name n : names) texts.push_back(terms.text(n));
  return fmt::format("{}", fmt::join(texts, ","));
}

// Where a prefix stands in a file; nowhere for what was written on the command line, which has no lines.
void add_place(Span span, const SourceSet& sources, std::vector<Place>& places) {
  if (!span.known() || sources.name(sources.locate(span.begin).file) == operand_source) return;
  places.push_back(place_of(span, sources));
}

ReportedRound round_of(const pi::Round& round, pi::Transitions& transitions, const pi::Equivalence& equivalence,
                       const SourceSet& sources) {
  pi::Terms& terms = transitions.terms();
  const auto& [situation, challenge, answers] = round;
  ReportedRound out;
  out.kind = situation.stage == pi::Stage::pair       ? ReportedRound::Kind::move
             : situation.stage == pi::Stage::received ? ReportedRound::Kind::reception
                                                      : ReportedRound::Kind::substitution;
  out.left = text_of(situation, situation.left, terms);
  out.right = text_of(situation, situation.right, terms);
  out.distinct = texts_of(situation.distinction.pairs(), terms);
  out.by_left = challenge.by_left;
  out.substitution = texts_of(challenge.substitution, terms);
  if (out.kind == ReportedRound::Kind::move) out.action = text_of(challenge.action, situation, terms);
  add_place(challenge.span, sources, out.places);
  add_place(challenge.partner, sources, out.places);
  if (out.kind == ReportedRound::Kind::reception) out.action = list_of(challenge.action.objects, terms);
  // What either side becomes is written as in the situation that follows.
  const auto process_after = [&](pi::TermId target, pi::TermId shown) {
    return text_of(after(situation, challenge, target, equivalence, terms), shown, terms);
  };
  out.target = process_after(answers.empty() ? pi::TermId{} : answers.front().target, challenge.target);
  for (const pi::Answer& answer : answers)
    out.answers.push_back({process_after(answer.target, answer.target), answer.round});
  return out;
}

// How many rounds the attacker needs at most, from each round on.
std::vector<std::size_t> rounds_needed(const std::vector<ReportedRound>& rounds) {
  std::vector<std::size_t> needed(rounds.size(), 1);
  for (std::size_t i = rounds.size(); i-- > 0;)
    for (const ReportedRound::Answer& answer : rounds[i].answers)
      needed[i] = std::max(needed[i], needed[answer.round] + 1);
  return needed;
}

// The moves of the attacker while the defender resists longest.
void add_main_line(Counterexample& play, const std::vector<std::size_t>& needed) {
  play.components = {"left", "right"};
  for (std::size_t i = 0;;) {
    const ReportedRound& round = play.rounds[i];
    if (round.kind == ReportedRound::Kind::move) {
      play.steps.push_back({round.action == "t" ? "tau" : round.action, {}});
      play.steps.back().components.push_back({round.by_left ? left_column : right_column, play.steps.back().event,
                                              round.places.empty() ? Place{} : round.places.front()});
      if (round.action != "t") play.trace.push_back(round.action);
    }
    if (round.answers.empty()) return;
    i = std::max_element(round.answers.begin(), round.answers.end(), [&](const auto& a, const auto& b) {
          return needed[a.round] < needed[b.round];
        })->round;
  }
}

}  // namespace

std::vector<std::pair<std::string, std::string>> texts_of(const std::vector<std::pair<pi::Name, pi::Name>>& pairs,
                                                          const pi::Terms& terms) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [a, b] : pairs) out.emplace_back(terms.text(a), terms.text(b));
  return out;
}

std::string text_of(const pi::Action& action, const pi::Situation& situation, const pi::Terms& terms) {
  if (action.kind == pi::ActionKind::tau) return "t";
  const std::string_view polarity = action.kind == pi::ActionKind::output ? "'" : "";
  const std::string text = fmt::format("{}{}", polarity, terms.text(action.subject));
  if (action.arity == 0) return text;
  std::vector<std::string> objects;
  for (const pi::Name n : action.objects) {
    const bool is_new = std::find(action.extruded.begin(), action.extruded.end(), n) != action.extruded.end();
    objects.push_back(fmt::format("{}{}", is_new ? "^" : "", terms.text(n)));
  }
  if (!is_late(action)) return fmt::format("{}<{}>", text, fmt::join(objects, ","));
  return fmt::format("{}({})", text, list_of(names_received(situation, action.arity, terms), terms));
}

std::string text_of(const pi::Situation& situation, pi::TermId process, pi::Terms& terms) {
  if (situation.stage != pi::Stage::received) return terms.show(process);
  const std::vector<pi::Name> names = names_received(situation, situation.arity, terms);
  return fmt::format("({}){}", list_of(names, terms), terms.show(terms.instantiate(process, names)));
}

Counterexample describe_play(const pi::Comparison& comparison, const pi::Equivalence& equivalence,
                             pi::Transitions& transitions, const SourceSet& sources) {
  Counterexample out;
  out.kind = "play";
  out.shortest = false;
  for (const pi::Round& round : comparison.play)
    out.rounds.push_back(round_of(round, transitions, equivalence, sources));
  const std::vector<std::size_t> needed = rounds_needed(out.rounds);
  out.summary = fmt::format("told apart in {}", count(needed.front(), "round"));
  add_main_line(out, needed);
  if (!comparison.distinction_hint.empty()) {
    std::string names = list_of(comparison.distinction_hint, transitions.terms());
    out.explanation.push_back(fmt::format("equivalent as long as {} {} distinct from every other name: `--distinct {}`",
                                          names, comparison.distinction_hint.size() == 1 ? "stays" : "stay", names));
  }
  return out;
}

}  // namespace tryst::cli
