#include "checker/refinement.hpp"

#include <algorithm>

#include "checker/answer.hpp"
#include "checker/ensure.hpp"
#include "checker/normal_form.hpp"
#include "checker/trace_search.hpp"

namespace tryst {

namespace {

constexpr bool sees_failures(Model m) { return m == Model::F || m == Model::FD; }
constexpr bool sees_revivals(Model m) { return m == Model::V || m == Model::VD; }
constexpr bool sees_refusal_traces(Model m) { return m == Model::R || m == Model::RD; }

constexpr NormalForm::Acceptances acceptances_of(Model m) {
  return sees_revivals(m) ? NormalForm::Acceptances::all : NormalForm::Acceptances::minimal;
}

// Whether a state with this row has a maximal refusal: the events outside its initials.
bool is_observably_stable(LazyLts& system, StateId s, Row row) {
  return is_stable(row) && !(row.empty() && system.is_terminated(s));
}

// The first event of `offered` that no acceptance within `offered` contains.
std::optional<EventId> first_unrevived(NormalForm& spec, NodeId node, std::span<const EventId> offered) {
  for (const EventId e : offered) {
    const bool revived = std::ranges::any_of(spec.acceptances(node), [&](AcceptanceId a) {
      const auto events = spec.events(a);
      return std::ranges::binary_search(events, e) && std::ranges::includes(offered, events);
    });
    if (!revived) return e;
  }
  return std::nullopt;
}

bool has_acceptance_within(NormalForm& spec, NodeId node, std::span<const EventId> offered) {
  return std::ranges::any_of(spec.acceptances(node),
                             [&](AcceptanceId a) { return std::ranges::includes(offered, spec.events(a)); });
}

template <Model model>
class RefinementRules {
 public:
  static constexpr bool judges_pairs = model != Model::T;
  static constexpr bool refusal_ends_path = sees_refusal_traces(model);

  RefinementRules(const Question& question, NormalForm& specification, Budget& budget)
      : implementation_(*question.implementation), specification_(specification), cycles_(implementation_, budget) {}

  NodeId initial() const { return specification_.initial(); }
  NormalForm& sets() { return specification_; }

  bool allows_everything(NodeId node) { return sees_divergence(model) && specification_.diverges(node); }

  std::optional<Fault> judge(Pair pair, Row row) {
    if (sees_divergence(model) && cycles_.on_cycle(pair.state)) return Fault::divergence;
    if (!is_observably_stable(implementation_, pair.state, row)) return std::nullopt;
    initials(row, offered_);
    return is_refusal_allowed(pair.node) ? std::nullopt : std::optional(Fault::refusal);
  }

  void enter(Pair pair, Row row) {
    base_ = pair.node;
    position_ = 0;
    if (!sees_refusal_traces(model) || !is_observably_stable(implementation_, pair.state, row)) return;
    initials(row, offered_);
    base_ = specification_.refusing(pair.node, offered_);
  }

  std::optional<NodeId> after(EventId e) {
    if (!base_) return std::nullopt;
    const auto events = specification_.initials(*base_);
    const auto at = std::lower_bound(events.begin() + position_, events.end(), e);
    position_ = at - events.begin();
    if (at == events.end() || *at != e) return std::nullopt;
    return specification_.after(*base_, static_cast<std::size_t>(position_));
  }

 private:
  bool is_refusal_allowed(NodeId node) {
    if constexpr (sees_failures(model)) return has_acceptance_within(specification_, node, offered_);
    if constexpr (sees_revivals(model)) {
      if (offered_.empty()) return has_acceptance_within(specification_, node, offered_);
      return !first_unrevived(specification_, node, offered_);
    }
    if constexpr (sees_refusal_traces(model)) return specification_.refusing(node, offered_).has_value();
    return true;
  }

  LazyLts& implementation_;
  NormalForm& specification_;
  TauCycles cycles_;
  std::vector<EventId> offered_;  // by the state that is judged or entered
  std::optional<NodeId> base_;  // the node from which the entered state's events are looked up; none: all are forbidden
  std::ptrdiff_t position_ = 0;  // into its initials
};

// Makes the evidence of a failure from the normal form that the search has built.
class Explanation {
 public:
  Explanation(const Question& question, NormalForm& specification, Budget& budget)
      : model_(question.model),
        implementation_(*question.implementation),
        specification_(specification),
        budget_(budget) {}

  Evidence operator()(Finding finding) {
    Evidence evidence{};
    evidence.path = std::move(finding.path);
    const Pair pair = finding.pair;
    switch (finding.fault) {
      case Fault::forbidden_event: explain_event(evidence, pair.node, *finding.forbidden); break;
      case Fault::divergence:
        evidence.kind = EvidenceKind::divergence;
        evidence.loop = TauCycles(implementation_, budget_).shortest_loop(pair.state);
        if (sees_refusal_traces(model_)) {
          evidence.refusals = refusals_along(evidence.path);
          evidence.refusals.emplace_back();
        }
        break;
      case Fault::refusal: explain_refusal(evidence, pair); break;
      case Fault::deadlock: ensure(false, "refinement does not look for deadlocks");
    }
    return evidence;
  }

 private:
  void explain_event(Evidence& evidence, NodeId node, Step forbidden) {
    evidence.path.push_back(forbidden);
    evidence.kind = EvidenceKind::trace;
    if (sees_refusal_traces(model_) && allows_trace(evidence.path)) {
      evidence.kind = EvidenceKind::refusal_trace;
      evidence.refusals = refusals_along(evidence.path);
      evidence.refusals.emplace_back();
      return;
    }
    const auto events = specification_.initials(node);
    evidence.spec_events.assign(events.begin(), events.end());
  }

  void explain_refusal(Evidence& evidence, Pair pair) {
    initials(implementation_.row(pair.state), evidence.accepted);
    if (sees_refusal_traces(model_)) {
      evidence.kind = EvidenceKind::refusal_trace;
      evidence.refusals = refusals_along(evidence.path);
      evidence.refusals.push_back(not_offered(specification_.initials(pair.node), evidence.accepted));
      return;
    }
    std::optional<EventId> revived;
    if (sees_revivals(model_) && !evidence.accepted.empty())
      revived = first_unrevived(specification_, pair.node, evidence.accepted);
    std::vector<EventId> wanted;  // by the acceptances that would have to lie within what is offered
    for (const AcceptanceId a : specification_.acceptances(pair.node)) {
      const auto events = specification_.events(a);
      evidence.spec_acceptances.emplace_back(events.begin(), events.end());
      if (!revived || std::ranges::binary_search(events, *revived))
        wanted.insert(wanted.end(), events.begin(), events.end());
    }
    std::ranges::sort(wanted);
    wanted.erase(std::ranges::unique(wanted).begin(), wanted.end());
    evidence.refused = not_offered(wanted, evidence.accepted);
    evidence.kind = revived ? EvidenceKind::revival : EvidenceKind::refusal;
    if (revived) evidence.accepted = {*revived};
  }

  static std::vector<EventId> not_offered(std::span<const EventId> wanted, std::span<const EventId> offered) {
    std::vector<EventId> rest;
    std::ranges::set_difference(wanted, offered, std::back_inserter(rest));
    return rest;
  }

  // Whether the specification can perform the visible events of the path, whatever is refused between them.
  bool allows_trace(std::span<const Step> path) {
    std::optional<NodeId> node = specification_.initial();
    for (const EventId e : visible_trace(path)) {
      if (sees_divergence(model_) && specification_.diverges(*node)) return true;
      node = specification_.after(*node, e);
      if (!node) return false;
    }
    return true;
  }

  // For each visible event of the path, what the specification offers before it and the state that performs it refuses;
  // empty where that state is not stable.
  std::vector<std::vector<EventId>> refusals_along(std::span<const Step> path) {
    std::vector<std::vector<EventId>> refusals;
    std::optional<NodeId> node = specification_.initial();
    StateId state = implementation_.initial();
    for (const Step& step : path) {
      if (step.event != tau) {
        refusals.emplace_back();
        const Row row = implementation_.row(state);
        if (node && is_observably_stable(implementation_, state, row)) {
          std::vector<EventId> offered;
          initials(row, offered);
          refusals.back() = not_offered(specification_.initials(*node), offered);
          node = specification_.refusing(*node, offered);
        }
        if (node) node = specification_.after(*node, step.event);
      }
      state = step.target;
    }
    return refusals;
  }

  Model model_;
  LazyLts& implementation_;
  NormalForm& specification_;
  Budget& budget_;
};

template <Model model>
Verdict run(const Question& question, NormalForm& specification, Budget& budget, const Asking& asking) {
  RefinementRules<model> rules(question, specification, budget);
  return answer(question, rules, Explanation(question, specification, budget), budget, asking);
}

}  // namespace

Evidence explain_refinement(const Question& question, NormalForm& specification, Finding finding, Budget& budget) {
  return Explanation(question, specification, budget)(std::move(finding));
}

Verdict check_refinement(const Question& question, Budget& budget, const Asking& asking) {
  ensure(&question.specification->events() == &question.implementation->events(),
         "specification and implementation must share their event names");
  NormalForm specification(*question.specification, budget, acceptances_of(question.model));
  switch (question.model) {
    case Model::T: return run<Model::T>(question, specification, budget, asking);
    case Model::F: return run<Model::F>(question, specification, budget, asking);
    case Model::FD: return run<Model::FD>(question, specification, budget, asking);
    case Model::V: return run<Model::V>(question, specification, budget, asking);
    case Model::VD: return run<Model::VD>(question, specification, budget, asking);
    case Model::R: return run<Model::R>(question, specification, budget, asking);
    case Model::RD: return run<Model::RD>(question, specification, budget, asking);
  }
  throw InternalError("unknown model");
}

}  // namespace tryst
