#include "cli/pi_deadlock.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checker/ensure.hpp"
#include "cli/phrases.hpp"
#include "cli/script.hpp"

namespace tryst::cli {

namespace {

// The columns of the table.
constexpr std::uint32_t sender = 0;
constexpr std::uint32_t receiver = 1;

// A prefix as written, without the dot behind it.
std::string prefix_text(Span span, const SourceSet& sources) {
  if (!span.known()) return "";
  std::string text(sources.text(span));
  while (!text.empty() && (text.back() == '.' || text.back() == ' ' || text.back() == '(')) text.pop_back();
  return text.substr(0, text.find('\n'));
}

ReportedStep step_of(const pi::Commitment& c, std::string event, const SourceSet& sources) {
  ReportedStep step{std::move(event), {}};
  const auto add = [&](std::uint32_t column, Span span) {
    if (span.known()) step.components.push_back({column, prefix_text(span, sources), place_of(span, sources)});
  };
  add(c.kind == pi::ActionKind::input ? receiver : sender, c.span);
  add(receiver, c.partner);
  return step;
}

// The prefixes of one step: which tell it from the others when names differ.
struct Prefixes {
  Span first, second;
  friend bool operator==(const Prefixes&, const Prefixes&) = default;
};

// The stuck state with everything that is left in it, which the search replaces by a mark: the same steps are taken
// again with dead fragments kept. Empty where that leads nowhere, or only what stands behind false conditions is left.
std::string what_is_left(const std::vector<Prefixes>& path, const PiScript& script, pi::ProcId source,
                         const pi::PiSystem& system, pi::Terms& terms) {
  constexpr std::size_t states_max = 256;
  PiProcess process(script.tree, source, pi::Semantics::late, pi::Garbage::kept);
  std::vector<pi::Name> integers;  // those that were sent, in the other store of terms
  for (const pi::Name n : system.integers())
    integers.push_back(process.terms.integers().integer(terms.integers().sum_of(n).constant));
  std::vector<pi::TermId> states{process.system.term(process.system.initial())};
  for (const Prefixes& step : path) {
    std::vector<pi::TermId> next;
    for (const pi::TermId t : states) {
      const auto free = process.terms.free_names(t);
      const std::vector<pi::Name> known(free.begin(), free.end());
      for (const pi::Commitment& c : process.transitions.of(t, pi::Mode::literal)) {
        if (Prefixes{c.span, c.partner} != step) continue;
        pi::receptions(c.binders, c.kinds, known, {false, integers}, [&](std::span<const pi::Name> names) {
          next.push_back(process.transitions.target(c, names));
          return next.size() < states_max;
        });
      }
    }
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    states = std::move(next);
  }
  for (const pi::TermId t : states)
    if (process.transitions.of(t, pi::Mode::literal).empty() && process.terms[t].kind != pi::TermKind::stuck)
      return process.terms.show(t);
  return "";
}

// The kind of a deadlock, and why it is one.
std::string ending(pi::TermId term, bool is_closed, PiProcess& process, const SourceSet& sources,
                   std::vector<std::string>& explanation) {
  if (term == process.terms.nil()) {
    explanation.push_back("nothing is left: every part has come to its end");
    return "end";
  }
  const auto clashes = process.transitions.clashes(term);
  for (const auto& clash : clashes)
    explanation.push_back(
        fmt::format("`{}` in line {} and `{}` in line {} meet, but send and receive different "
                    "numbers of names",
                    prefix_text(clash.output, sources), place_of(clash.output, sources).line,
                    prefix_text(clash.input, sources), place_of(clash.input, sources).line));
  if (!clashes.empty()) return "arity clash";
  explanation.push_back(is_closed ? "the system is closed, and no part finds a partner"
                                  : "no part finds a partner, and the environment does not know the names they use");
  return is_closed ? "internal deadlock" : "stuck";
}

}  // namespace

Counterexample describe_deadlock(const Evidence& evidence, PiProcess& process, const PiScript& script,
                                 pi::ProcId source) {
  Counterexample out;
  out.kind = "deadlock";
  out.components = {"sends", "receives"};
  StateId state = process.system.initial();
  const bool is_closed = process.terms.free_names(process.system.term(state)).empty();
  std::vector<Prefixes> prefixes;
  for (const Step& step : evidence.path) {
    const pi::Commitment* c = process.system.commitment(state, {step.event, step.target});
    ensure(c != nullptr, "a step of a deadlock is not allowed by the rules");
    const std::string event = step.event == tau ? "tau" : std::string(process.system.events().name(step.event));
    if (step.event != tau) out.trace.push_back(event);
    out.steps.push_back(step_of(*c, event, script.sources));
    prefixes.push_back({c->span, c->partner});
    state = step.target;
  }
  std::vector<Transition> row;
  process.system.successors(state, row);
  ensure(row.empty(), "a deadlock does not replay");
  const pi::TermId last = process.system.term(state);
  const std::string kind = ending(last, is_closed, process, script.sources, out.explanation);
  out.summary = fmt::format("{} after {}", kind, count(evidence.path.size(), "step"));
  if (last == process.terms.nil()) return out;
  const std::string left = what_is_left(prefixes, script, source, process.system, process.terms);
  if (!left.empty()) out.explanation.push_back("what is left: " + left);
  return out;
}

}  // namespace tryst::cli
