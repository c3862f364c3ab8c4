#include "cli/evidence.hpp"

#include <fmt/format.h>

#include "cli/phrases.hpp"
#include "cli/script.hpp"

namespace tryst::cli {

namespace {

constexpr std::size_t set_width_max = 200;

std::string_view kind_name(EvidenceKind kind) {
  switch (kind) {
    case EvidenceKind::trace: return "trace";
    case EvidenceKind::refusal: return "refusal";
    case EvidenceKind::divergence: return "divergence";
    case EvidenceKind::deadlock: return "deadlock";
    case EvidenceKind::nondeterminism: return "nondeterminism";
    case EvidenceKind::revival: return "revival";
    case EvidenceKind::refusal_trace: return "refusal trace";
    case EvidenceKind::has_no_trace: return "no such trace";
    case EvidenceKind::blocked: return "local deadlock";
    case EvidenceKind::has_trace: break;
  }
  return "has trace";
}

// The texts of one piece of evidence, with the events named.
class Description {
 public:
  Description(const Evidence& evidence, const Replayed& replayed, const EventNames& events, const SourceSet& sources,
              Property property, const std::vector<EventId>& trace_wanted)
      : evidence_(evidence),
        replayed_(replayed),
        events_(events),
        sources_(sources),
        property_(property),
        wanted_(names(trace_wanted)) {}

  Counterexample run() {
    Counterexample out;
    out.kind = kind_name(evidence_.kind);
    out.components = replayed_.components;
    out.steps = steps(replayed_.path);
    out.loop = steps(replayed_.loop);
    out.other_steps = steps(replayed_.other_path);
    out.trace = visible(evidence_.path);
    for (const auto& s : replayed_.standing)
      out.standing.push_back({s.component, place_of(s.span, sources_), names(s.offers)});
    out.refused = names(evidence_.refused);
    out.accepted = names(evidence_.accepted);
    out.allowed = names(evidence_.spec_events);
    for (const auto& acceptance : evidence_.spec_acceptances) out.acceptances.push_back(names(acceptance));
    for (const auto& refusal : evidence_.refusals) out.refusals.push_back(names(refusal));
    out.summary = summary(out);
    explain(out);
    return out;
  }

 private:
  std::string event_name(EventId e) const {
    return e == tau ? "tau" : e == tick ? "tick" : std::string(events_.name(e));
  }

  std::vector<std::string> names(const std::vector<EventId>& events) const {
    std::vector<std::string> out;
    for (const EventId e : events) out.push_back(event_name(e));
    return out;
  }

  std::vector<std::string> visible(const std::vector<Step>& path) const {
    std::vector<std::string> out;
    for (const Step& step : path)
      if (step.event != tau) out.push_back(event_name(step.event));
    return out;
  }

  std::vector<ReportedStep> steps(const std::vector<ReplayedStep>& path) const {
    std::vector<ReportedStep> out;
    for (const ReplayedStep& step : path) {
      ReportedStep reported{event_name(step.event), {}};
      for (const auto& part : step.components) {
        // An event that the component hides itself is shown by its name.
        const EventId event = part.event == tau ? part.origin : part.event;
        reported.components.push_back({part.component, event_name(event), place_of(part.span, sources_)});
      }
      out.push_back(std::move(reported));
    }
    return out;
  }

  std::string summary(const Counterexample& out) const {
    std::string_view what;
    switch (evidence_.kind) {
      case EvidenceKind::trace: what = "forbidden event"; break;
      case EvidenceKind::refusal: what = "forbidden refusal"; break;
      case EvidenceKind::divergence: what = "divergence"; break;
      case EvidenceKind::deadlock: what = "deadlock"; break;
      case EvidenceKind::nondeterminism: what = "nondeterminism"; break;
      case EvidenceKind::revival: what = "forbidden revival"; break;
      case EvidenceKind::refusal_trace: what = "forbidden refusal trace"; break;
      case EvidenceKind::has_no_trace: what = "the trace stops"; break;
      case EvidenceKind::blocked: what = "local deadlock"; break;
      case EvidenceKind::has_trace: what = "the trace is possible"; break;
    }
    // The events before what is wrong: it is the last event itself in some cases.
    const bool last_is_wrong = evidence_.kind == EvidenceKind::trace || evidence_.kind == EvidenceKind::nondeterminism;
    const std::size_t silent = out.steps.size() - out.trace.size();
    const std::size_t events = out.trace.size() - (last_is_wrong && !out.trace.empty() ? 1 : 0);
    if (events + silent == 0) return fmt::format("{} at the start", what);
    const std::string steps = silent == 0 ? "" : count(silent, "internal step");
    if (events == 0) return fmt::format("{} after {}", what, steps);
    return fmt::format("{} after {}{}{}", what, count(events, "event"), silent == 0 ? "" : " and ", steps);
  }

  // "at the start", or "after <a, b>"
  static std::string after(const std::vector<std::string>& trace) {
    return trace.empty() ? "at the start" : fmt::format("after {}", trace_text(trace));
  }

  static std::string some(const std::vector<std::string>& events) {
    return events.empty() ? "nothing" : abridged(events, ", ", set_width_max);
  }

  void explain(Counterexample& out) const {
    std::vector<std::string>& say = out.explanation;
    switch (evidence_.kind) {
      case EvidenceKind::trace: explain_trace(out); break;
      case EvidenceKind::refusal: explain_refusal(out); break;
      case EvidenceKind::divergence: explain_divergence(out); break;
      case EvidenceKind::deadlock: break;  // the table says it all
      case EvidenceKind::nondeterminism: {
        std::vector<std::string> trace = out.trace;
        const std::string last = trace.empty() ? "" : trace.back();
        if (!trace.empty()) trace.pop_back();
        say.push_back(fmt::format("{} the process can both perform and refuse {}", after(trace), last));
        break;
      }
      case EvidenceKind::revival:
        say.push_back(fmt::format("{} the implementation refuses {} and can then perform {}", after(out.trace),
                                  some(out.refused), some(out.accepted)));
        say.push_back("the specification does not allow that event after that refusal");
        break;
      case EvidenceKind::refusal_trace: explain_refusal_trace(out); break;
      case EvidenceKind::has_no_trace: explain_missing_trace(out); break;
      case EvidenceKind::blocked: explain_blocked(out); break;
      case EvidenceKind::has_trace: say.push_back(fmt::format("the process performs {}", trace_text(out.trace))); break;
    }
  }

  void explain_trace(Counterexample& out) const {
    std::vector<std::string> before = out.trace;
    const std::string last = before.empty() ? "" : before.back();
    if (!before.empty()) before.pop_back();
    const std::string does = last == "tick" ? "terminates" : fmt::format("performs {}", last);
    out.explanation.push_back(
        fmt::format("{} the implementation {}, which the specification does not allow", after(before), does));
    out.explanation.push_back(fmt::format("allowed: {}", some(out.allowed)));
  }

  void explain_refusal(Counterexample& out) const {
    if (out.acceptances.empty()) {
      out.explanation.push_back(
          fmt::format("{} the implementation can be stable, and the specification cannot", after(out.trace)));
      return;
    }
    out.explanation.push_back(fmt::format("{} the implementation can refuse: {}", after(out.trace), some(out.refused)));
    out.explanation.push_back(fmt::format("it then accepts: {}", some(out.accepted)));
    std::string required;
    for (const auto& acceptance : out.acceptances) {
      required += required.empty() ? "" : " or ";
      required += fmt::format("{{{}}}", acceptance.empty() ? "" : abridged(acceptance, ", ", set_width_max));
    }
    out.explanation.push_back(fmt::format("the specification requires it to accept all of: {}", required));
  }

  void explain_divergence(Counterexample& out) const {
    // What the cycle hides: the components' own events.
    std::vector<std::string> hidden;
    for (const ReportedStep& step : out.loop)
      for (const ComponentEvent& part : step.components)
        if (part.event != "tau" && (hidden.empty() || hidden.back() != part.event)) hidden.push_back(part.event);
    out.explanation.push_back(fmt::format("{} the {} can go on for ever without a visible event", after(out.trace),
                                          property_ == Property::refinement ? "implementation" : "process"));
    if (!hidden.empty()) out.explanation.push_back(fmt::format("the hidden events of the cycle: {}", some(hidden)));
  }

  static void explain_refusal_trace(Counterexample& out) {
    std::string text;
    for (std::size_t i = 0; i < out.refusals.size(); ++i) {
      text += fmt::format("{}refuses {{{}}}", i == 0 ? "" : ", ", abridged(out.refusals[i], ", ", set_width_max));
      if (i < out.trace.size()) text += fmt::format(", performs {}", out.trace[i]);
    }
    out.explanation.push_back(fmt::format("the implementation {}", text));
    out.explanation.push_back("the specification does not allow this");
  }

  void explain_blocked(Counterexample& out) const {
    const bool is_column = evidence_.components == out.components.size();
    const std::string who = is_column ? fmt::format("`{}`", out.components[evidence_.blocked])
                                      : fmt::format("component {}", evidence_.blocked + 1);
    out.explanation.push_back(
        fmt::format("{} {} takes part in nothing any more, whatever the others do", after(out.trace), who));
  }

  void explain_missing_trace(Counterexample& out) const {
    if (out.trace.size() < wanted_.size())
      out.explanation.push_back(fmt::format("{} the process cannot perform {}, the next event of {}", after(out.trace),
                                            wanted_[out.trace.size()], trace_text(wanted_)));
  }

  const Evidence& evidence_;
  const Replayed& replayed_;
  const EventNames& events_;
  const SourceSet& sources_;
  Property property_;
  std::vector<std::string> wanted_;  // the trace of `has trace`
};

}  // namespace

Counterexample describe(const Evidence& evidence, const Replayed& replayed, const EventNames& events,
                        const SourceSet& sources, Property property, const std::vector<EventId>& trace_wanted) {
  return Description(evidence, replayed, events, sources, property, trace_wanted).run();
}

}  // namespace tryst::cli
