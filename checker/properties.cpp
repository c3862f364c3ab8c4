#include "checker/properties.hpp"

#include <algorithm>

#include "checker/answer.hpp"
#include "checker/ensure.hpp"
#include "checker/normal_form.hpp"
#include "checker/trace_search.hpp"

namespace tryst {

namespace {

// Every event is allowed; a state fails by itself.
class StateRules {
 public:
  static constexpr bool judges_pairs = true;
  static constexpr bool refusal_ends_path = false;

  StateRules(LazyLts& system, Budget& budget, bool deadlock_fails, bool divergence_fails)
      : system_(system),
        cycles_(system, budget),
        deadlock_fails_(deadlock_fails),
        divergence_fails_(divergence_fails) {}

  NodeId initial() const { return {}; }
  bool allows_everything(NodeId) const { return false; }
  std::optional<Fault> judge(Pair pair, Row row) {
    if (deadlock_fails_ && row.empty() && !system_.is_terminated(pair.state)) return Fault::deadlock;
    if (divergence_fails_ && cycles_.on_cycle(pair.state)) return Fault::divergence;
    return std::nullopt;
  }
  void enter(Pair, Row) {}
  std::optional<NodeId> after(EventId) const { return NodeId{}; }

 private:
  LazyLts& system_;
  TauCycles cycles_;
  bool deadlock_fails_;
  bool divergence_fails_;
};

Verdict check_states(const Question& question, bool deadlock_fails, bool divergence_fails, Budget& budget,
                     const Asking& asking) {
  StateRules rules(*question.implementation, budget, deadlock_fails, divergence_fails);
  const auto explain = [&](Finding finding) { return explain_state(question, std::move(finding), budget); };
  return answer(question, rules, explain, budget, asking);
}

// What a state with this row offers in some acceptance: {✓} if it signals that, its initials if it is stable.
std::optional<std::vector<EventId>> acceptance_of(LazyLts& system, StateId s, Row row) {
  if (offers_tick(row)) return std::vector{tick};
  if (!is_stable(row) || (row.empty() && system.is_terminated(s))) return std::nullopt;
  std::vector<EventId> offered;
  initials(row, offered);
  return offered;
}

// Nodes are those of the process's own normal form: nothing is forbidden, but a state that accepts less than its node
// fails.
class DeterminismRules {
 public:
  static constexpr bool judges_pairs = true;
  static constexpr bool refusal_ends_path = false;

  DeterminismRules(LazyLts& system, NormalForm& normal_form, Budget& budget, bool divergence_fails)
      : system_(system), normal_form_(normal_form), cycles_(system, budget), divergence_fails_(divergence_fails) {}

  NodeId initial() const { return normal_form_.initial(); }
  bool allows_everything(NodeId) const { return false; }
  std::optional<Fault> judge(Pair pair, Row row) {
    if (divergence_fails_ && cycles_.on_cycle(pair.state)) return Fault::divergence;
    const auto acceptance = acceptance_of(system_, pair.state, row);
    if (acceptance && !std::ranges::equal(*acceptance, normal_form_.initials(pair.node))) return Fault::refusal;
    return std::nullopt;
  }
  void enter(Pair pair, Row) { node_ = pair.node; }
  std::optional<NodeId> after(EventId e) { return normal_form_.after(node_, e); }

 private:
  LazyLts& system_;
  NormalForm& normal_form_;
  TauCycles cycles_;
  bool divergence_fails_;
  NodeId node_{};
};

// After the trace of the failing pair, an event that the state does not accept although the process can perform it.
Evidence explain_nondeterminism(LazyLts& system, NormalForm& normal_form, Pair pair, std::vector<Step> refusing_path,
                                Budget& budget) {
  Evidence evidence{};
  evidence.kind = EvidenceKind::nondeterminism;
  evidence.accepted = *acceptance_of(system, pair.state, system.row(pair.state));
  std::ranges::set_difference(normal_form.initials(pair.node), evidence.accepted, std::back_inserter(evidence.refused));
  evidence.refused.resize(1);
  auto trace = visible_trace(refusing_path);
  trace.push_back(evidence.refused.front());
  evidence.other_path = std::move(refusing_path);
  TraceSearch performing = search_trace(system, trace, budget);
  ensure(performing.performed, "an event of the normal form cannot be performed");
  evidence.path = std::move(performing.path);
  return evidence;
}

}  // namespace

Evidence explain_state(const Question& question, Finding finding, Budget& budget) {
  Evidence evidence{};
  evidence.kind = finding.fault == Fault::deadlock ? EvidenceKind::deadlock : EvidenceKind::divergence;
  evidence.path = std::move(finding.path);
  if (finding.fault == Fault::divergence)
    evidence.loop = TauCycles(*question.implementation, budget).shortest_loop(finding.pair.state);
  return evidence;
}

Verdict check_deadlock_free(const Question& question, Budget& budget, const Asking& asking) {
  return check_states(question, true, sees_divergence(question.model), budget, asking);
}

Verdict check_divergence_free(const Question& question, Budget& budget, const Asking& asking) {
  return check_states(question, false, true, budget, asking);
}

Verdict check_deterministic(const Question& question, Budget& budget, const Asking& asking) {
  LazyLts& system = *question.implementation;
  NormalForm normal_form(system, budget);
  DeterminismRules rules(system, normal_form, budget, sees_divergence(question.model));
  const auto explain = [&](Finding finding) {
    if (finding.fault == Fault::refusal)
      return explain_nondeterminism(system, normal_form, finding.pair, std::move(finding.path), budget);
    return explain_state(question, std::move(finding), budget);
  };
  return answer(question, rules, explain, budget, asking);
}

Verdict check_has_trace(const Question& question, Budget& budget, const Asking& asking) {
  const TraceSearch search = search_trace(*question.implementation, question.trace, budget);
  Verdict verdict{search.performed ? Outcome::holds : Outcome::fails, {}, {}, "T", search.pairs, search.transitions};
  if (search.performed && !asking.witness) return verdict;
  Evidence evidence{};
  evidence.kind = search.performed ? EvidenceKind::has_trace : EvidenceKind::has_no_trace;
  evidence.path = search.path;
  replay(question, evidence, budget);
  verdict.evidence.push_back(std::move(evidence));
  return verdict;
}

}  // namespace tryst
