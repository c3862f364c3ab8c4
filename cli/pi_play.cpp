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
std::vector<pi::Name> names_received(const pi::Situation& s, std::uint32_t count, const std::vector<pi::Kind>& kinds,
                                     const pi::Terms& terms) {
  std::vector<pi::Name> names =
      pi::Terms::least_fresh_names(count, pi::united(terms.free_names(s.left), terms.free_names(s.right)));
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i] == pi::Kind::integer) names[i] = pi::integer_variable(number(names[i]));
  return names;
}

std::string list_of(std::span<const pi::Name> names, const pi::Terms& terms) {
  std::vector<std::string> texts;
  for (const pi::Name n : names) texts.push_back(terms.text(n));
  return fmt::format("{}", fmt::join(texts, ","));
}

// Where prefixes stand in a file; nowhere for what was written on the command line, which has no lines.
void add_places(const pi::Prefixes& prefixes, const SourceSet& sources, std::vector<Place>& places) {
  for (const Span span : {prefixes.span, prefixes.partner})
    if (span.known() && sources.name(sources.locate(span.begin).file) != operand_source)
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
  add_places(challenge.prefixes, sources, out.places);
  if (out.kind == ReportedRound::Kind::reception) out.action = list_of(challenge.action.objects, terms);
  // What either side becomes is written as in the situation that follows.
  const auto process_after = [&](pi::TermId target, pi::TermId shown) {
    return text_of(after(situation, challenge, target, equivalence, terms), shown, terms);
  };
  out.target = process_after(answers.empty() ? pi::TermId{} : answers.front().target, challenge.target);
  for (const pi::Answer& answer : answers) {
    out.answers.push_back({process_after(answer.target, answer.target), answer.round});
    for (const pi::Prefixes& step : answer.steps) add_places(step, sources, out.answers.back().places);
  }
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

// The moves of the attacker while the defender resists longest, each with the answer; an answer without steps is none.
void add_main_line(Counterexample& play, const std::vector<std::size_t>& needed) {
  play.components = {"left", "right"};
  for (std::size_t i = 0;;) {
    const ReportedRound& round = play.rounds[i];
    const auto answer = std::ranges::max_element(round.answers, {}, [&](const auto& a) { return needed[a.round]; });
    if (round.kind == ReportedRound::Kind::move) {
      ReportedStep step{round.action == "t" ? "tau" : round.action, {}};
      const auto add = [&](bool by_left, const std::vector<Place>& places) {
        step.components.push_back(
            {by_left ? left_column : right_column, step.event, places.empty() ? Place{} : places.front()});
      };
      add(round.by_left, round.places);
      if (answer != round.answers.end() && !answer->places.empty()) add(!round.by_left, answer->places);
      play.steps.push_back(std::move(step));
      if (round.action != "t") play.trace.push_back(round.action);
    }
    if (answer == round.answers.end()) return;
    i = answer->round;
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
  return fmt::format("{}({})", text, list_of(names_received(situation, action.arity, action.kinds, terms), terms));
}

std::string text_of(const pi::Situation& situation, pi::TermId process, pi::Terms& terms) {
  if (situation.stage != pi::Stage::received) return terms.show(process);
  const std::vector<pi::Name> names = names_received(situation, situation.arity, situation.kinds, terms);
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
