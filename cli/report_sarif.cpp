#include "cli/report_sarif.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "cli/version.hpp"
#include "frontend/catalogue.hpp"

namespace tryst::cli {

namespace {

using Json = nlohmann::ordered_json;

// Results that no diagnostic code names.
constexpr const char* rule_fails = "assertion-fails";
constexpr const char* rule_inconclusive = "assertion-inconclusive";

Json location(const Place& place) {
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", place.file}}},
            {"region",
             {{"startLine", place.line},
              {"startColumn", place.column},
              {"endLine", place.end_line},
              {"endColumn", place.end_column}}}}}};
}

Json result(const std::string& rule, const char* level, const std::string& message, const Place& place) {
  Json out{{"ruleId", rule}, {"level", level}, {"message", {{"text", message}}}, {"locations", Json::array()}};
  if (place.known()) out["locations"].push_back(location(place));
  return out;
}

Json diagnostic_result(const ReportedDiagnostic& diagnostic) {
  Json out = result(diagnostic.code, diagnostic.warning ? "warning" : "error", diagnostic.message, diagnostic.place);
  Json related = Json::array();
  for (const ReportedNote& note : diagnostic.notes) {
    if (!note.place.known()) continue;
    Json entry = location(note.place);
    entry["message"] = {{"text", note.text}};
    related.push_back(std::move(entry));
  }
  if (!related.empty()) out["relatedLocations"] = std::move(related);
  return out;
}

// One thread flow a component: the steps it takes part in, ordered across the flows by `executionOrder`.
Json code_flow(const Counterexample& example) {
  std::map<std::uint32_t, Json> flows;
  std::size_t order = 0;
  for (const std::vector<ReportedStep>* part : {&example.steps, &example.loop})
    for (const ReportedStep& step : *part) {
      ++order;
      for (const ComponentEvent& component : step.components) {
        Json where = component.place.known() ? location(component.place) : Json::object();
        where["message"] = {
            {"text", step.event == component.event ? step.event : fmt::format("{} ({})", component.event, step.event)}};
        flows[component.component].push_back({{"location", std::move(where)}, {"executionOrder", order}});
      }
    }
  Json threads = Json::array();
  for (auto& [component, locations] : flows)
    threads.push_back({{"id", example.components[component]}, {"locations", std::move(locations)}});
  return {{"message", {{"text", example.summary}}}, {"threadFlows", std::move(threads)}};
}

void add_assertion(Json& results, const AssertionReport& assertion) {
  switch (assertion.status) {
    case Status::holds: return;
    case Status::inconclusive:
      results.push_back(
          result(rule_inconclusive, "warning", assertion.text + ": " + assertion.reason, assertion.place));
      return;
    case Status::error:
      if (assertion.error) results.push_back(diagnostic_result(*assertion.error));
      return;
    case Status::fails: break;
  }
  std::string message = assertion.text;
  if (!assertion.counterexamples.empty()) message += ": " + assertion.counterexamples.front().summary;
  Json out = result(rule_fails, "error", message, assertion.place);
  out["codeFlows"] = Json::array();
  for (const Counterexample& example : assertion.counterexamples)
    if (!example.steps.empty() || !example.loop.empty()) out["codeFlows"].push_back(code_flow(example));
  if (out["codeFlows"].empty()) out.erase("codeFlows");
  out["partialFingerprints"] = {{"assertion/v1", assertion.text}};
  results.push_back(std::move(out));
}

// The rules that the results name, each once, in the order of first use.
Json rules_of(const Json& results) {
  Json rules = Json::array();
  std::map<std::string, bool> seen;
  for (const Json& each : results) {
    const auto id = each["ruleId"].get<std::string>();
    if (std::exchange(seen[id], true)) continue;
    const CatalogueEntry* entry = find_catalogue_entry(id);
    const std::string_view text = entry != nullptr   ? entry->title
                                  : id == rule_fails ? "an assertion of the script fails"
                                                     : "a limit was reached before the assertion was decided";
    rules.push_back({{"id", id}, {"shortDescription", {{"text", text}}}});
  }
  return rules;
}

}  // namespace

std::string sarif_report(const std::vector<FileReport>& files) {
  Json results = Json::array();
  for (const FileReport& file : files) {
    for (const ReportedDiagnostic& diagnostic : file.diagnostics) results.push_back(diagnostic_result(diagnostic));
    for (const AssertionReport& assertion : file.assertions) add_assertion(results, assertion);
  }
  Json driver{{"name", "tryst"}, {"version", version}, {"rules", rules_of(results)}};
  Json run{{"tool", {{"driver", std::move(driver)}}}, {"results", std::move(results)}};
  Json out{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
           {"version", "2.1.0"},
           {"runs", Json::array({std::move(run)})}};
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tryst::cli
