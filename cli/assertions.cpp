#include "cli/assertions.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <charconv>

#include "cli/arguments.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }

// The source of an assertion on one line: without the word `assert`, comments and superfluous blanks.
std::string one_line(std::string_view text) {
  constexpr std::string_view keyword = "assert";
  if (text.starts_with(keyword)) text.remove_prefix(keyword.size());
  std::string out;
  int nesting = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view two = text.substr(i, 2);
    if (!quoted && two == "{-") {
      ++nesting;
      ++i;
    } else if (nesting > 0) {
      if (two != "-}") continue;
      --nesting;
      ++i;
    } else if (!quoted && two == "--") {
      i = std::min(text.find('\n', i), text.size()) - 1;
    } else if (!quoted && is_blank(text[i])) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      if (text[i] == '"') quoted = !quoted;
      if (quoted && text[i] == '\\' && i + 1 < text.size()) out += text[i++];
      out += text[i];
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string_view kind_name(csp::AssertionKind kind) {
  switch (kind) {
    case csp::AssertionKind::refinement: return "refinement";
    case csp::AssertionKind::deadlock_free: return "deadlock free";
    case csp::AssertionKind::divergence_free: return "divergence free";
    case csp::AssertionKind::deterministic: return "deterministic";
    case csp::AssertionKind::has_trace: break;
  }
  return "has trace";
}

Property property_of(csp::AssertionKind kind) {
  switch (kind) {
    case csp::AssertionKind::refinement: return Property::refinement;
    case csp::AssertionKind::deadlock_free: return Property::deadlock_free;
    case csp::AssertionKind::divergence_free: return Property::divergence_free;
    case csp::AssertionKind::deterministic: return Property::deterministic;
    case csp::AssertionKind::has_trace: break;
  }
  return Property::has_trace;
}

// Without a model, properties are meant in failures-divergences, and `has trace` in traces.
Model model_of(const csp::Assertion& assertion) {
  switch (assertion.model) {
    case csp::Model::traces: return Model::T;
    case csp::Model::failures: return Model::F;
    case csp::Model::failures_divergences: return Model::FD;
    case csp::Model::revivals: return Model::V;
    case csp::Model::revivals_divergences: return Model::VD;
    case csp::Model::refusal_testing: return Model::R;
    case csp::Model::refusal_testing_divergences: return Model::RD;
    case csp::Model::unspecified: break;
  }
  return assertion.kind == csp::AssertionKind::has_trace ? Model::T : Model::FD;
}

// Assertions stand at the top level, directly or in a Timed section; modules and lets have none.
void collect(const csp::Script& tree, std::span<const csp::DeclId> decls, std::vector<csp::AssertionId>& found) {
  for (const csp::DeclId d : decls) {
    const csp::Decl& decl = tree.decls[d];
    if (decl.kind == csp::DeclKind::assertion) found.push_back(decl.assertion);
    if (decl.kind == csp::DeclKind::timed) collect(tree, decl.inner, found);
  }
}

csp::ProcessId prioritised(csp::ProcessId process, csp::EventSetId low, csp::Terms& terms) {
  csp::Term term{csp::Operator::prioritise};
  term.span = terms[process].span;
  term.operands = {process};
  term.sets = {terms.event_set(std::vector<EventId>{}), low};  // τ and ✓ belong to the first
  return terms.intern(term);
}

}  // namespace

std::vector<ListedAssertion> list_assertions(const Script& script) {
  const csp::Script& tree = script.typed.script;
  std::vector<csp::AssertionId> ids;
  collect(tree, tree.top, ids);
  std::vector<ListedAssertion> listed;
  for (const csp::AssertionId id : ids) {
    const csp::Assertion& assertion = tree.assertions[id];
    AssertionReport report;
    report.index = listed.size();
    report.place = place_of(assertion.span, script.sources);
    report.text = one_line(script.sources.text(assertion.span));
    report.kind = kind_name(assertion.kind);
    report.model = name(model_of(assertion));
    report.negated = assertion.negated;
    const bool may_reduce = assertion.kind == csp::AssertionKind::deadlock_free || model_of(assertion) == Model::T;
    if (assertion.partial_order != csp::PartialOrder::none && !may_reduce)
      report.remarks.push_back(
          "the partial order reduction asked for loses what this is about; every state is visited");
    listed.push_back({index(id), std::move(report)});
  }
  return listed;
}

std::vector<ListedAssertion> select_assertions(std::vector<ListedAssertion> all, const std::string& selector) {
  if (selector.empty()) return all;
  std::size_t wanted = 0;
  const auto [end, error] = std::from_chars(selector.data(), selector.data() + selector.size(), wanted);
  const bool number = error == std::errc() && end == selector.data() + selector.size();
  const std::size_t count = all.size();
  std::erase_if(all, [&](const ListedAssertion& each) {
    if (number) return each.report.index != wanted;
    return each.report.text != selector && fnmatch(selector.c_str(), each.report.text.c_str(), 0) != 0;
  });
  if (!all.empty()) return all;
  if (number)
    throw UsageError(fmt::format("there is no assertion {}: the script has {}, counted from 0", wanted, count));
  throw UsageError(fmt::format("no assertion matches `{}`; `--list` shows them", printable(selector)));
}

AssertedTerms evaluate_assertion(const csp::Assertion& assertion, csp::Evaluator& evaluator) {
  AssertedTerms asserted{property_of(assertion.kind), model_of(assertion), {}, no_id<csp::ProcessId>, {}};
  if (!is_answerable(asserted.property, asserted.model))
    throw ScriptError{{"P0501",
                       Severity::error,
                       fmt::format("the traces model cannot show whether a process is {}", kind_name(assertion.kind)),
                       assertion.span,
                       "needs refusals",
                       {},
                       "ask in [F] or [FD]"}};
  const csp::ProcessId left = evaluator.process(assertion.left);
  if (assertion.kind == csp::AssertionKind::refinement) {
    asserted.specification = left;
    asserted.implementation = evaluator.process(assertion.right);
  } else {
    asserted.implementation = left;
  }
  if (assertion.kind == csp::AssertionKind::has_trace) asserted.trace = evaluator.trace(assertion.trace);
  if (assertion.tau_priority != no_id<csp::ExprId>) {
    const csp::EventSetId low = evaluator.events(assertion.tau_priority);
    for (csp::ProcessId* process : {&asserted.specification, &asserted.implementation})
      if (*process != no_id<csp::ProcessId>) *process = prioritised(*process, low, evaluator.terms());
  }
  return asserted;
}

}  // namespace tryst::cli
