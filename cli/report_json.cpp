#include "cli/report_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/version.hpp"

namespace tryst::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr int schema_version = 1;

// Adds the place's keys; `file` and the rest are null where there is none.
void add_place(Json& json, const Place& place) {
  const auto number = [&](std::uint32_t n) { return place.known() ? Json(n) : Json(nullptr); };
  json["file"] = place.known() ? Json(place.file) : Json(nullptr);
  json["line"] = number(place.line);
  json["column"] = number(place.column);
  json["end_line"] = number(place.end_line);
  json["end_column"] = number(place.end_column);
}

Json diagnostic_json(const ReportedDiagnostic& diagnostic) {
  Json out{{"code", diagnostic.code},
           {"severity", diagnostic.warning ? "warning" : "error"},
           {"message", diagnostic.message}};
  add_place(out, diagnostic.place);
  out["label"] = diagnostic.label;
  out["notes"] = Json::array();
  for (const ReportedNote& note : diagnostic.notes) {
    Json entry{{"text", note.text}};
    add_place(entry, note.place);
    out["notes"].push_back(std::move(entry));
  }
  out["help"] = diagnostic.help;
  out["rendered"] = diagnostic.rendered;
  return out;
}

Json diagnostics_json(const std::vector<ReportedDiagnostic>& diagnostics) {
  Json out = Json::array();
  for (const ReportedDiagnostic& diagnostic : diagnostics) out.push_back(diagnostic_json(diagnostic));
  return out;
}

Json steps_json(const Counterexample& example, const std::vector<ReportedStep>& steps) {
  Json out = Json::array();
  for (const ReportedStep& step : steps) {
    Json components = Json::array();
    for (const ComponentEvent& part : step.components) {
      Json entry{{"name", example.components[part.component]}, {"event", part.event}};
      entry["line"] = part.place.known() ? Json(part.place.line) : Json(nullptr);
      if (part.place.known()) entry["file"] = part.place.file;
      components.push_back(std::move(entry));
    }
    out.push_back({{"event", step.event}, {"components", std::move(components)}});
  }
  return out;
}

Json standing_json(const Counterexample& example) {
  Json out = Json::array();
  for (const Standing& s : example.standing) {
    Json entry{{"name", example.components[s.component]}};
    entry["line"] = s.place.known() ? Json(s.place.line) : Json(nullptr);
    entry["offers"] = s.offers;
    out.push_back(std::move(entry));
  }
  return out;
}

Json pairs_json(const std::vector<std::pair<std::string, std::string>>& pairs) {
  Json out = Json::array();
  for (const auto& [a, b] : pairs) out.push_back({a, b});
  return out;
}

Json rounds_json(const std::vector<ReportedRound>& rounds) {
  constexpr const char* kinds[] = {"move", "reception", "substitution"};
  Json out = Json::array();
  for (const ReportedRound& round : rounds) {
    const auto lines_json = [](const std::vector<Place>& places) {
      Json lines = Json::array();
      for (const Place& place : places) lines.push_back({{"file", place.file}, {"line", place.line}});
      return lines;
    };
    Json answers = Json::array();
    for (const ReportedRound::Answer& answer : round.answers)
      answers.push_back({{"process", answer.process}, {"round", answer.round}, {"lines", lines_json(answer.places)}});
    out.push_back({{"kind", kinds[static_cast<std::size_t>(round.kind)]},
                   {"left", round.left},
                   {"right", round.right},
                   {"distinct", pairs_json(round.distinct)},
                   {"mover", round.by_left ? "left" : "right"},
                   {"substitution", pairs_json(round.substitution)},
                   {"action", round.action},
                   {"target", round.target},
                   {"lines", lines_json(round.places)},
                   {"answers", std::move(answers)}});
  }
  return out;
}

Json counterexample_json(const Counterexample& example) {
  Json out{{"kind", example.kind},
           {"summary", example.summary},
           {"explanation", example.explanation},
           {"shortest", example.shortest},
           {"trace", example.trace},
           {"components", example.components},
           {"steps", steps_json(example, example.steps)},
           {"standing", standing_json(example)}};
  if (!example.loop.empty()) out["loop"] = steps_json(example, example.loop);
  if (!example.other_steps.empty()) out["other_steps"] = steps_json(example, example.other_steps);
  const bool refuses = example.kind == "refusal" || example.kind == "revival" || example.kind == "nondeterminism";
  if (refuses) out["refused"] = example.refused;
  if (refuses) out["accepted"] = example.accepted;
  if (example.kind == "refusal") out["required"] = example.acceptances;
  if (example.kind == "trace") out["allowed"] = example.allowed;
  if (!example.refusals.empty()) out["refusals"] = example.refusals;
  if (!example.rounds.empty()) out["rounds"] = rounds_json(example.rounds);
  return out;
}

// What is known before the assertion is decided.
Json listed_json(const AssertionReport& assertion) {
  return {{"index", assertion.index},
          {"file", assertion.place.file},
          {"line", assertion.place.line},
          {"column", assertion.place.column},
          {"end_line", assertion.place.end_line},
          {"text", assertion.text},
          {"kind", assertion.kind},
          {"model", assertion.model},
          {"negated", assertion.negated}};
}

Json assertion_json(const AssertionReport& assertion) {
  Json out = listed_json(assertion);
  out["verdict"] = name(assertion.status);
  out["states"] = assertion.states;
  out["transitions"] = assertion.transitions;
  out["seconds"] = std::round(assertion.seconds * 1e6) / 1e6;
  out["memory_bytes"] = assertion.memory_bytes;
  if (!assertion.argument.empty()) out["argument"] = assertion.argument;
  if (!assertion.reason.empty()) out["reason"] = assertion.reason;
  if (assertion.error) out["diagnostic"] = diagnostic_json(*assertion.error);
  const auto& examples = assertion.counterexamples;
  out["counterexample"] = examples.empty() ? Json(nullptr) : counterexample_json(examples.front());
  if (examples.size() > 1) {
    Json all = Json::array();
    for (const Counterexample& example : examples) all.push_back(counterexample_json(example));
    out["counterexamples"] = std::move(all);
  }
  return out;
}

Json header(const std::string& file) {
  return {{"schema_version", schema_version}, {"tool", {{"name", "tryst"}, {"version", version}}}, {"file", file}};
}

Json outputs_json(const std::vector<CommandOutput>& outputs) {
  Json out = Json::array();
  for (const CommandOutput& each : outputs)
    out.push_back({{"line", each.place.line}, {"command", each.command}, {"text", each.text}});
  return out;
}

Json comparison_json(const ComparisonReport& report) {
  Json out{{"equivalent", report.equivalent}, {"relation", report.relation}};
  if (!report.reason.empty()) out.update({{"equivalent", nullptr}, {"reason", report.reason}});
  if (report.preorder) out["preorder"] = true;
  out["evidence"] = nullptr;
  if (report.behaviour) out["evidence"] = counterexample_json(*report.behaviour);
  if (!report.bisimulation.empty()) out["evidence"] = {{"kind", "bisimulation"}, {"pairs", report.bisimulation.size()}};
  if (!report.formula.empty())
    out["evidence"] = {{"kind", "formula"}, {"formula", report.formula}, {"depth", report.formula_depth}};
  if (!report.direction.empty()) out["direction"] = report.direction;
  return out;
}

using AssertionWriter = Json (*)(const AssertionReport&);

Json file_json(const FileReport& file, AssertionWriter write) {
  Json out = header(file.file);
  out["assertions"] = Json::array();
  for (const AssertionReport& assertion : file.assertions) out["assertions"].push_back(write(assertion));
  out["diagnostics"] = diagnostics_json(file.diagnostics);
  if (!file.outputs.empty()) out["outputs"] = outputs_json(file.outputs);
  return out;
}

Json files_json(const std::vector<FileReport>& files, AssertionWriter write) {
  if (files.size() == 1) return file_json(files.front(), write);
  Json out = Json::array();
  for (const FileReport& file : files) out.push_back(file_json(file, write));
  return out;
}

// Names of files and strings of a script may hold bytes that are not UTF-8.
std::string text_of(const Json& json) { return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string json_report(const std::vector<FileReport>& files) { return text_of(files_json(files, assertion_json)); }
std::string json_listing(const std::vector<FileReport>& files) { return text_of(files_json(files, listed_json)); }

std::string json_comparison(const ComparisonReport& report) {
  Json out{{"schema_version", schema_version}};
  out.update(comparison_json(report));
  out["states"] = report.states;
  out["transitions"] = report.transitions;
  return text_of(out);
}

std::string json_bisimulation(const ComparisonReport& report) {
  Json pairs = Json::array();
  for (const ReportedPair& pair : report.bisimulation) {
    pairs.push_back({{"stage", pair.received ? "received" : "pair"},
                     {"left", pair.left},
                     {"right", pair.right},
                     {"distinct", pairs_json(pair.distinct)}});
    if (!pair.where.empty()) pairs.back()["where"] = pair.where;
  }
  return text_of({{"schema_version", schema_version},
                  {"relation", report.bisimulation_of},
                  {"up_to_context", report.is_up_to_context},
                  {"up_to_receptions", report.is_up_to_receptions},
                  {"pairs", std::move(pairs)}});
}

std::string json_spectrum(const std::vector<ComparisonReport>& reports) {
  Json out{{"schema_version", schema_version}, {"relations", Json::array()}};
  for (const ComparisonReport& report : reports) out["relations"].push_back(comparison_json(report));
  out["states"] = reports.back().states;
  out["transitions"] = reports.back().transitions;
  return text_of(out);
}

std::string json_diagnostics(const FileReport& file) {
  Json out = header(file.file);
  out["diagnostics"] = diagnostics_json(file.diagnostics);
  return text_of(out);
}

}  // namespace tryst::cli
