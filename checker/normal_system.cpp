#include "checker/normal_system.hpp"

#include "checker/classes.hpp"
#include "checker/ensure.hpp"
#include "checker/initials.hpp"
#include "checker/normal_form.hpp"
#include "checker/plain_labels.hpp"
#include "semantics/lazy_lts.hpp"
#include "semantics/lts_builder.hpp"

namespace tryst {

namespace {

// Nodes get their numbers when they are first reached, so those below size() that have been walked are all there are.
Lts deterministic(const Lts& lts, Budget& budget) {
  LazyLts lazy(lts);
  NormalForm form(lazy, budget);
  LtsBuilder builder;
  for (std::uint32_t n = 0; n < form.size(); ++n) {
    const std::size_t count = form.initials(static_cast<NodeId>(n)).size();
    for (std::size_t i = 0; i < count; ++i) {
      const NodeId after = form.after(static_cast<NodeId>(n), i);
      builder.add(static_cast<StateId>(n), {form.initials(static_cast<NodeId>(n))[i], StateId{index(after)}});
    }
  }
  return std::move(builder).finish(static_cast<std::uint32_t>(form.size()), StateId{index(form.initial())},
                                   lts.events());
}

// What can be observed after the same events, one state of `graph` for each node: a visible step leads to the node
// after it; a step to itself, of an event that says so in its name, stands for divergence or for one of the minimal
// acceptances.
class FailureNodes {
 public:
  FailureNodes(const Lts& lts, bool divergence, Budget& budget, unsigned threads)
      : names_(lts.events()), lazy_(lts), form_(lazy_, budget), divergence_(divergence) {
    Lts graph = built();
    graph = strong_quotient(graph, bisimulation_classes(graph, Relation::strong, budget, {}, threads), budget);
    graph_.emplace(std::move(graph));
  }

  Lts as_processes() &&;

 private:
  Lts built();
  EventId acceptance_event(AcceptanceId);
  StateId stable_state(std::span<const EventId> offered, StateId node);
  void make_process(StateId node);
  StateId after(StateId node, EventId e) const {
    return e == tick ? omega() : with_event(graph_->transitions(node), e).front().target;
  }
  StateId omega() const { return static_cast<StateId>(graph_->state_count()); }
  bool is_acceptance(EventId e) const {
    return index(e) < offered_.size() && offered_[index(e)] != no_id<AcceptanceId>;
  }

  EventNames names_;
  LazyLts lazy_;
  NormalForm form_;
  bool divergence_;
  EventId diverges_{};
  std::vector<AcceptanceId> offered_;  // by event: the acceptance that it stands for, or none
  std::optional<Lts> graph_;
  LtsBuilder builder_;
  std::uint32_t states_ = 0;
  std::vector<StateId> terminated_;
};

// No event has a line end in its name.
EventId FailureNodes::acceptance_event(AcceptanceId acceptance) {
  std::string name = "\nacceptance";
  for (const EventId e : form_.events(acceptance)) name.append("\n").append(names_.name(e));
  const EventId event = names_.intern(name);
  if (index(event) >= offered_.size()) offered_.resize(index(event) + std::size_t{1}, no_id<AcceptanceId>);
  offered_[index(event)] = acceptance;
  return event;
}

Lts FailureNodes::built() {
  diverges_ = names_.intern("\ndivergence");
  LtsBuilder graph;
  for (std::uint32_t i = 0; i < form_.size(); ++i) {
    const NodeId node = static_cast<NodeId>(i);
    const StateId state = static_cast<StateId>(i);
    if (divergence_ && form_.diverges(node)) {
      graph.add(state, {diverges_, state});
      continue;
    }
    for (std::size_t k = 0; k < form_.initials(node).size(); ++k) {
      const EventId event = form_.initials(node)[k];
      graph.add(state, {event, event == tick ? state : StateId{index(form_.after(node, k))}});
    }
    for (const AcceptanceId acceptance : form_.acceptances(node))
      graph.add(state, {acceptance_event(acceptance), state});
  }
  return std::move(graph).finish(static_cast<std::uint32_t>(form_.size()), StateId{index(form_.initial())}, names_);
}

StateId FailureNodes::stable_state(std::span<const EventId> offered, StateId node) {
  const StateId state = static_cast<StateId>(states_++);
  for (const EventId e : offered) builder_.add(state, {e, after(node, e)});
  return state;
}

void FailureNodes::make_process(StateId node) {
  std::vector<EventId> initials;
  std::vector<AcceptanceId> acceptances;
  for (const Transition& t : graph_->transitions(node)) {
    if (t.event == diverges_) return builder_.add(node, {tau, node});
    if (is_acceptance(t.event))
      acceptances.push_back(offered_[index(t.event)]);
    else
      initials.push_back(t.event);
  }
  const auto offers_all = [&](AcceptanceId a) { return std::ranges::equal(form_.events(a), initials); };
  const auto is_tick = [&](AcceptanceId a) { return form_.events(a).size() == 1 && form_.events(a).front() == tick; };
  std::vector<EventId> left = initials;  // for the state of the node itself
  for (const AcceptanceId a : acceptances) {
    if (is_tick(a) || (acceptances.size() == 1 && offers_all(a))) continue;
    builder_.add(node, {tau, stable_state(form_.events(a), node)});
    std::erase_if(left, [&](EventId e) { return std::ranges::binary_search(form_.events(a), e); });
  }
  for (const EventId e : left) builder_.add(node, {e, after(node, e)});
  if (!acceptances.empty()) return;
  // Without divergence only Ω has no stable state to come.
  if (divergence_)
    terminated_.push_back(node);
  else
    builder_.add(node, {tau, node});
}

Lts FailureNodes::as_processes() && {
  states_ = graph_->state_count() + 1;
  terminated_.push_back(omega());
  for (std::uint32_t n = 0; n < graph_->state_count(); ++n) make_process(static_cast<StateId>(n));
  return std::move(builder_).finish(states_, graph_->initial(), names_, terminated_);
}

}  // namespace

Lts normal_system(const Lts& lts, Relation relation, Budget& budget, unsigned threads) {
  ensure(is_refinement(relation), "only refinements have normal forms");
  if (relation == Relation::failures || relation == Relation::failures_divergences)
    return FailureNodes(lts, relation == Relation::failures_divergences, budget, threads).as_processes();
  const PlainNames names = plain_names(lts, lts);
  return without_plain_labels(deterministic(with_plain_labels(lts, names, relation == Relation::trace), budget), names);
}

}  // namespace tryst
