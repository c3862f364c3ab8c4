#include "semantics/csp/term_errors.hpp"

#include <fmt/core.h>

namespace tryst::csp {

namespace {

constexpr std::size_t notes_max = 5;

std::string quoted(const Call& call) { return call.name.empty() ? "this process" : fmt::format("`{}`", call.name); }

}  // namespace

void throw_unguarded(const std::vector<Call>& calls, bool endless) {
  const Call& first = calls.front();
  Diagnostic diagnostic;
  diagnostic.code = "P0450";
  diagnostic.message = endless
                           ? fmt::format("{} calls further processes without end and without an event", quoted(first))
                           : fmt::format("{} calls itself without an event in between", quoted(first));
  diagnostic.span = first.span;
  diagnostic.label = "the recursion is not guarded";
  for (std::size_t i = 1; i < calls.size() && i <= notes_max; ++i)
    diagnostic.notes.push_back({calls[i].span, fmt::format("which calls {}", quoted(calls[i]))});
  if (calls.size() > notes_max + 1) diagnostic.notes.push_back({Span{}, "and so on"});
  diagnostic.help = "put a prefix `a -> ...` before the recursive call";
  throw ScriptError{std::move(diagnostic)};
}

std::span<const EventId> finite_elements(const Terms& terms, EventSetId set, Span span, std::string_view what) {
  if (const auto elements = terms.elements(set)) return *elements;
  Diagnostic diagnostic;
  diagnostic.code = "P0451";
  diagnostic.message = fmt::format("`{}` of an infinite set of events", what);
  diagnostic.span = span;
  diagnostic.label = "would offer infinitely many events";
  diagnostic.help = "restrict the channels' types to finite sets";
  throw ScriptError{std::move(diagnostic)};
}

void throw_nested_too_deep(Span span, std::size_t depth) {
  Diagnostic diagnostic;
  diagnostic.code = "P0452";
  diagnostic.message = fmt::format("`chase`, `deter` or a watchdog applied to itself more than {} times over", depth);
  diagnostic.span = span;
  diagnostic.label = "the innermost";
  diagnostic.help = "apply the function once, outside the recursion";
  throw ScriptError{std::move(diagnostic)};
}

}  // namespace tryst::csp
