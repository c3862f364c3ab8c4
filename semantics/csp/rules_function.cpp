// Rules F: chase, deter and the watchdogs. Their operands are settled first (semantics/csp/settled_terms.cpp): the
// operand of chase and deter is stable, those of a watchdog are all states that P can have reached by the trace so far.
//
// A watchdog turns a specification P round: a monitor, synchronised on A with an implementation, that raises the alarm
// e where the implementation does not refine P (the idea: Goldsmith, Moffat, Roscoe, Whitworth and Zakiuddin, "Watchdog
// transformations for property-oriented model-checking", FME 2003). The definitions are ours:
//   trace_watchdog(P,A,e)    P [T= Q  iff  Q [|A|] trace_watchdog(P,A,e) never performs e            (Q within A)
//   failure_watchdog(P,A,e)  P [F= Q  iff  prioritise(Q [|A|] failure_watchdog(P,A,e), <A,{e}>) never performs e,
//                            for a Q that does not diverge
// The second tests, after any trace, a set of events that P may not refuse together: it offers that set and e; under
// the priority, e happens only where Q is stable and refuses the whole set. Events outside A and ✓ are not watched.
#include <algorithm>

#include "semantics/csp/rules.hpp"
#include "semantics/csp/term_errors.hpp"

namespace tryst::csp::rule {

namespace {

using Acceptance = std::vector<EventId>;

template <class T>
void sort_unique(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

ProcessId prefix(const Step& step, std::vector<EventId> menu, std::vector<ProcessId> continuations) {
  return step.terms.intern(Term{
      .op = Operator::prefix, .span = step.term.span, .operands = std::move(continuations), .events = std::move(menu)});
}

// What the states of the monitored specification can do within A, sorted.
std::vector<EventId> watched_initials(const Step& step) {
  std::vector<EventId> initials;
  for (std::size_t i = 0; i < step.term.operands.size(); ++i)
    for (const Move& move : step.moves(i))
      if (step.in_set(0, move.event)) initials.push_back(move.event);
  sort_unique(initials);
  return initials;
}

// The acceptances of the specification now, within A: the offers of its stable states; {✓} accepts nothing that is
// watched.
std::vector<Acceptance> watched_acceptances(const Step& step) {
  std::vector<Acceptance> all;
  for (std::size_t i = 0; i < step.term.operands.size(); ++i) {
    const auto moves = step.moves(i);
    Acceptance offers;
    bool stable = true;
    bool ends = false;
    for (const Move& move : moves) {
      stable = stable && move.event != tau;
      ends = ends || move.event == tick;
      if (step.in_set(0, move.event)) offers.push_back(move.event);
    }
    if (!stable && !ends) continue;
    if (ends) offers.clear();
    sort_unique(offers);
    all.push_back(std::move(offers));
  }
  sort_unique(all);
  return all;
}

// The least sets that meet every acceptance: what the specification may not refuse. (All choices of one event from
// each; supersets are dropped as they arise.)
std::vector<Acceptance> hitting_sets(const Step& step, const std::vector<Acceptance>& acceptances) {
  std::vector<Acceptance> sets = {{}};
  for (const Acceptance& acceptance : acceptances) {
    std::vector<Acceptance> longer;
    for (const Acceptance& set : sets)
      for (const EventId a : acceptance) {
        step.graph.poll();
        Acceptance next = set;
        next.push_back(a);
        sort_unique(next);
        longer.push_back(std::move(next));
      }
    sort_unique(longer);
    sets.clear();
    for (const Acceptance& candidate : longer)
      if (std::none_of(longer.begin(), longer.end(), [&candidate](const Acceptance& other) {
            return other != candidate && std::includes(candidate.begin(), candidate.end(), other.begin(), other.end());
          }))
        sets.push_back(candidate);
  }
  return sets;
}

}  // namespace

//  P stable, P -x-> P'  =>  chase(P) -x-> chase(P'), and to Ω if x is ✓
void F1_chase(const Step& step, Conclusions& out) {
  for (const Move& move : step.moves(0)) out.through(move.event, 0, move.target);
}

//  P stable, P -✓-> Ω                             =>  deter(P) -✓-> Ω
//  P stable, P' the first such that P -a-> P', no ✓  =>  deter(P) -a-> deter(P')
void F2_deter(const Step& step, Conclusions& out) {
  const auto moves = step.moves(0);
  if (!moves.empty() && moves.front().event == tick) {
    out.to(tick, step.graph.omega());
    return;
  }
  for (std::size_t k = 0; k < moves.size(); ++k)
    if (k == 0 || moves[k - 1].event != moves[k].event) out.under(moves[k].event, 0, moves[k].target);
}

//  some Pi -a-> Q, a in A  =>  watchdog{P1 ... Pn} -a-> watchdog{Q : Pi -a-> Q, 1 <= i <= n}
void F3_watchdog_allows(const Step& step, Conclusions& out) {
  for (const EventId a : watched_initials(step)) {
    std::vector<ProcessId> after;
    for (std::size_t i = 0; i < step.term.operands.size(); ++i)
      for (const Move& move : moves_on(step.moves(i), a)) after.push_back(step.graph.known(move.target));
    sort_unique(after);
    TermView next = step.term;
    next.operands = after;
    out.to(a, step.terms.intern(next));
  }
}

//  no Pi performs a, a in A  =>  watchdog{P1 ... Pn} -a-> (e -> STOP)
void F4_watchdog_alarm(const Step& step, Conclusions& out) {
  const std::vector<EventId> allowed = watched_initials(step);
  const ProcessId alarm = prefix(step, {step.term.events[0]}, {step.graph.stop()});
  for (const EventId a : finite_elements(step.terms, step.term.sets[0], step.term.span, "watchdog"))
    if (!std::binary_search(allowed.begin(), allowed.end(), a)) out.to(a, alarm);
}

//  X a least set that {P1 ... Pn} may not refuse  =>  failure_watchdog{P1 ... Pn} -τ-> ([] a : X @ a -> RUN(A)) [] (e
//  -> STOP)
void F5_failure_watchdog_tests(const Step& step, Conclusions& out) {
  const EventId alarm = step.term.events[0];
  const ProcessId passed = step.terms.intern(
      Term{.op = Operator::run, .span = step.term.span, .sets = {step.term.sets.begin(), step.term.sets.end()}});
  for (Acceptance menu : hitting_sets(step, watched_acceptances(step))) {
    menu.erase(std::remove(menu.begin(), menu.end(), alarm), menu.end());
    const auto at = std::lower_bound(menu.begin(), menu.end(), alarm);
    std::vector<ProcessId> continuations(menu.size() + 1, passed);
    continuations[static_cast<std::size_t>(at - menu.begin())] = step.graph.stop();
    menu.insert(at, alarm);
    out.to(tau, prefix(step, std::move(menu), std::move(continuations)));
  }
}

}  // namespace tryst::csp::rule
