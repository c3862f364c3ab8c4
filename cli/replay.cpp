#include "cli/replay.hpp"

#include <algorithm>
#include <set>

#include "checker/ensure.hpp"

namespace tryst::cli {

namespace {

class Replayer {
 public:
  Replayer(const csp::ReferenceSystem& original, csp::ReferenceSystem& fresh) : original_(original), fresh_(fresh) {}

  // Performs the steps from `from`, which becomes the state reached.
  std::vector<ReplayedStep> walk(StateId& from, const std::vector<Step>& steps) {
    std::vector<ReplayedStep> done;
    for (const Step& step : steps) {
      const StateId target = fresh_.state(original_.term(step.target));
      auto components = fresh_.derivation(from, {step.event, target});
      ensure(!components.empty(), "a step of a counterexample is not allowed by the rules");
      done.push_back({step.event, std::move(components)});
      from = target;
    }
    return done;
  }

  std::vector<EventId> offers(StateId state) {
    fresh_.successors(state, row_);
    std::vector<EventId> events;
    for (const Transition& t : row_)
      if (events.empty() || events.back() != t.event) events.push_back(t.event);
    return events;
  }

  bool has(StateId state, EventId event) {
    const std::vector<EventId> events = offers(state);
    return std::binary_search(events.begin(), events.end(), event);
  }

  // Whether the state refuses all of `events`: it is stable and offers none of them, or it signals ✓ and may refuse
  // everything else.
  bool refuses(StateId state, const std::vector<EventId>& events) {
    const std::vector<EventId> offered = offers(state);
    const auto offers_event = [&](EventId e) { return std::binary_search(offered.begin(), offered.end(), e); };
    if (offers_event(tick)) return std::find(events.begin(), events.end(), tick) == events.end();
    return !offers_event(tau) && std::none_of(events.begin(), events.end(), offers_event);
  }

  // Whether the component takes part in nothing that can follow, as far as that is looked at.
  bool is_blocked(StateId state, std::uint32_t component) {
    constexpr std::size_t states_max = 20'000;
    std::set<StateId> met{state};
    std::vector<StateId> open{state};
    while (!open.empty() && met.size() <= states_max) {
      const StateId from = open.back();
      open.pop_back();
      std::vector<Transition> row;
      fresh_.successors(from, row);
      for (const Transition& t : row) {
        for (const auto& part : fresh_.derivation(from, t))
          if (part.component == component) return false;
        if (met.insert(t.target).second) open.push_back(t.target);
      }
    }
    return true;
  }

 private:
  const csp::ReferenceSystem& original_;
  csp::ReferenceSystem& fresh_;
  std::vector<Transition> row_;
};

}  // namespace

Replayed replay(const Evidence& evidence, const csp::ReferenceSystem& system, csp::Terms& terms,
                csp::Unfolder& unfolder, csp::ProcessId initial) {
  csp::ReferenceSystem fresh(terms, unfolder, initial);
  Replayer replayer(system, fresh);
  Replayed done;
  done.components = fresh.components();
  StateId end = fresh.initial();
  done.path = replayer.walk(end, evidence.path);
  done.standing = fresh.standing(end);
  switch (evidence.kind) {
    case EvidenceKind::deadlock:
      ensure(replayer.offers(end).empty() && !fresh.is_terminated(end), "a deadlock does not replay");
      break;
    case EvidenceKind::refusal: ensure(replayer.refuses(end, evidence.refused), "a refusal does not replay"); break;
    case EvidenceKind::divergence: {
      StateId back = end;
      done.loop = replayer.walk(back, evidence.loop);
      const bool silent =
          std::all_of(evidence.loop.begin(), evidence.loop.end(), [](const Step& s) { return s.event == tau; });
      ensure(back == end && silent && !evidence.loop.empty(), "a divergence does not replay");
      break;
    }
    case EvidenceKind::blocked:
      ensure(evidence.components != done.components.size() || replayer.is_blocked(end, evidence.blocked),
             "a blocked component takes part in something");
      break;
    case EvidenceKind::nondeterminism: {
      StateId refusing = fresh.initial();
      done.other_path = replayer.walk(refusing, evidence.other_path);
      ensure(replayer.refuses(refusing, evidence.refused), "a nondeterministic refusal does not replay");
      done.standing = fresh.standing(refusing);
      break;
    }
    default: break;  // the path says it all
  }
  return done;
}

}  // namespace tryst::cli
