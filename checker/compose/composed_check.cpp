#include "checker/compose/composed_check.hpp"

#include <algorithm>

#include "checker/antichain.hpp"
#include "checker/compose/attempt.hpp"
#include "checker/compose/composed_lts.hpp"
#include "checker/compose/composed_network.hpp"
#include "checker/compose/composer.hpp"
#include "checker/compose/lifting.hpp"
#include "checker/compose/sight.hpp"
#include "checker/ensure.hpp"
#include "checker/packed/cyclic_rules.hpp"
#include "checker/packed/packed_divergence.hpp"
#include "checker/packed/trail.hpp"
#include "checker/properties.hpp"
#include "checker/refinement.hpp"
#include "checker/replay.hpp"
#include "checker/tau_cycles.hpp"
#include "semantics/network/network_system.hpp"

namespace tryst {

namespace {

class ComposedChecker {
 public:
  ComposedChecker(const Question& question, Budget& budget, const Asking& asking)
      : question_(question),
        budget_(budget),
        asking_(asking),
        network_(question.network->network()),
        divergence_fails_(question.property == Property::divergence_free || sees_divergence(question.model)) {
    if (question.property == Property::refinement) prepare_specification();
  }

  std::optional<Verdict> check() {
    const auto composer = composed();
    if (!composer || !(composer->has_saved_states() || small_specification_)) return std::nullopt;
    using Reduction = PackedQuestion::Reduction;
    if (uses_stubborn_sets())
      if (SmallSearch small(*this, composer->net(), Reduction::stubborn_sets); small.search.is_usable())
        return answer(small, *composer);
    SmallSearch small(*this, composer->net(), asking_.reduction ? Reduction::sleep_sets : Reduction::none);
    return answer(small, *composer);
  }

 private:
  struct SmallSearch {
    SmallSearch(ComposedChecker& checker, const ActionNet& net, PackedQuestion::Reduction reduction)
        : network(net, checker.network_.events()),
          question{network, checker.specification(), checker.model(),
                   checker.question_.property == Property::deadlock_free, reduction},
          search(question, checker.budget_, checker.asking_.threads) {}
    ComposedNetwork network;
    PackedQuestion question;
    PackedSearch search;
  };

  std::optional<Verdict> answer(SmallSearch& small, const Composer& composer) {
    constexpr std::uint64_t first_pause = std::uint64_t{1} << 16;
    bool may_explode = specification_.has_value();
    PackedSearch::Ending ending = small.search.run(first_pause);
    for (; ending == PackedSearch::Ending::paused; ending = small.search.run(4 * small.search.statistics().pairs)) {
      if (!may_explode || !Antichain::is_worth_trying(*specification_)) continue;
      may_explode = false;
      try {
        Verdict verdict = search_pairs(composer.net());
        return verdict.outcome == Outcome::holds ? std::optional(std::move(verdict)) : std::nullopt;
      } catch (const AntichainInVain&) {
      }
    }
    const SearchStatistics searched = small.search.statistics();
    Verdict verdict{Outcome::holds, {}, {}, std::string(name(question_.model)), searched.pairs, searched.transitions};
    std::optional<Divergence> divergence;
    if (divergence_fails_) divergence = find_divergence(small.search, small.question, budget_);
    if (ending == PackedSearch::Ending::exhausted && !divergence) return verdict;
    auto evidence = evidence_of(composer, find_trail(small.search, small.question, ending, divergence, budget_));
    if (!evidence) return std::nullopt;
    verdict.evidence.push_back(std::move(*evidence));
    verdict.outcome = Outcome::fails;
    verdict.is_shortest = false;
    return verdict;
  }

  // Where the specification explodes: the search that leaves out pairs. Events are then seen as they are. Both sides
  // must have one table of names; that of a composed specification is a copy of the network's.
  Verdict search_pairs(const ActionNet& net) {
    ComposedNetwork small(net, small_specification_ ? small_specification_->events() : network_.events());
    NetworkSystem system(small);
    LazyLts rows(system);
    Question question = question_;
    question.implementation = &rows;
    question.network.reset();
    if (small_specification_rows_) question.specification = &*small_specification_rows_;
    Asking asking = asking_;
    asking.pruning = Pruning::must_pay;
    return check_refinement(question, budget_, asking);
  }

  Model model() const {
    return divergence_fails_ || question_.property == Property::refinement ? question_.model : Model::F;
  }

  NormalForm* specification() { return specification_ ? &*specification_ : nullptr; }

  // Stubborn sets find deadlocks with less.
  bool is_automatic() const { return asking_.compose && !uses_stubborn_sets(); }
  bool uses_stubborn_sets() const {
    return question_.property == Property::deadlock_free && asking_.reduction && !divergence_fails_ &&
           network_.layers().empty();
  }

  bool only_traces() const { return question_.property == Property::refinement && question_.model == Model::T; }
  Observed observed() const { return only_traces() ? Observed::traces : Observed::failures_divergences; }
  static bool has_named_parts(const Network& network) { return !network.named_parts().empty(); }

  // As small as it can be made, where it is a network. A sequential process is normalised as far as it is needed.
  void prepare_specification() {
    if (question_.specification_network) {
      Network& network = question_.specification_network();
      const bool is_named = has_named_parts(network);
      const bool fits = 1 < network.size() && network.size() <= composed_components_max && network.layers().empty();
      if ((asking_.compose || is_named) && fits)
        attempt(is_named ? named_work : automatic_work, budget_,
                [&] { small_specification_ = composed_lts(network, observed(), budget_); });
    }
    if (small_specification_) {
      small_specification_rows_.emplace(std::as_const(*small_specification_));
      specification_.emplace(*small_specification_rows_, budget_);
    } else {
      specification_.emplace(*question_.specification, budget_);
    }
  }

  std::optional<Composer> composed() {
    const bool has_named = has_named_parts(network_);
    if (!is_automatic() && !has_named && !small_specification_) return std::nullopt;
    if (network_.size() > composed_components_max) return std::nullopt;
    std::optional<Composer> composer;
    attempt(has_named ? named_work : automatic_work, budget_, [&] {
      const auto seen = [this](EventId e) { return (*sight_)(e); };
      sight_.emplace(question_, divergence_fails_, specification());
      auto net = ActionNet::of(network_, seen, {}, budget_);
      if (!net) return;
      if (question_.property == Property::deadlock_free && divergence_fails_ && !may_diverge(network_)) {
        divergence_fails_ = false;
        sight_.emplace(question_, false, specification());
        net = ActionNet::of(network_, seen, {}, budget_);
      }
      Composer begun(std::move(*net), observed(), budget_);
      if (!is_automatic() && !has_named && !small_specification_) return;
      begun.begin(is_automatic() ? Compression::branching : Compression::none);
      composer.emplace(std::move(begun));
    });
    if (!composer) return std::nullopt;
    // Where a step is cut short, what has been composed before is sound.
    attempt(named_work, budget_, [&] { composer->compose_named(network_.named_parts()); });
    if (is_automatic()) attempt(automatic_work, budget_, [&] { composer->compose_automatically(); });
    return composer;
  }

  // The run of the small network as a path of the system.
  std::optional<Evidence> evidence_of(const Composer& composer, const Trail& trail) {
    ComposedRun run{trail.path, {}, trail.fault == Fault::deadlock || trail.fault == Fault::refusal};
    if (trail.forbidden) run.stem.push_back(*trail.forbidden);
    if (trail.fault == Fault::divergence) run.loop = loop_at_end(composer.net(), trail.path);
    auto lifted = lift(composer, run, budget_);
    if (!lifted) return std::nullopt;
    std::vector<LocalId> locals(network_.size(), LocalId{0});
    StateId at = question_.implementation->initial();
    auto path = path_of(lifted->stem, at, locals);
    const auto loop = path ? path_of(lifted->loop, at, locals) : std::nullopt;
    if (!loop) return std::nullopt;
    Evidence evidence{};
    if (trail.fault == Fault::divergence) {
      evidence.kind = EvidenceKind::divergence;
      evidence.path = std::move(*path);
      evidence.loop = *loop;
    } else {
      evidence = explained({trail.fault, std::move(*path), {NodeId{}, at}, std::nullopt});
    }
    replay(question_, evidence, budget_);
    return evidence;
  }

  // A τ-cycle of the small network where the path ends.
  std::vector<TrailStep> loop_at_end(const ActionNet& net, const std::vector<TrailStep>& path) {
    ComposedNetwork small(net, network_.events());
    NetworkSystem system(small);
    LazyLts rows(system);
    std::vector<LocalId> locals;
    StateId at = rows.initial();
    for (const TrailStep& step : path) {
      const auto row = rows.row(at);
      const auto next = std::ranges::find_if(row, [&](const Transition& t) {
        system.locals(t.target, locals);
        return t.event == step.event && locals == step.locals;
      });
      ensure(next != row.end(), "a composed network has lost a step");
      at = next->target;
    }
    std::vector<TrailStep> loop;
    for (const Step& step : TauCycles(rows, budget_).shortest_loop(at)) {
      system.locals(step.target, locals);
      loop.push_back({step.event, locals});
    }
    return loop;
  }

  // The steps as a path of the system from this state, which becomes the one at its end, like the local states.
  std::optional<std::vector<Step>> path_of(const std::vector<LiftedStep>& steps, StateId& at,
                                           std::vector<LocalId>& locals) {
    std::vector<Step> path;
    for (const LiftedStep& step : steps) {
      for (const LiftedStep::Move& move : step.moves) locals[move.component] = move.target;
      const auto real = step_to(at, question_.network->state(locals), step.event);
      if (!real) return std::nullopt;
      path.push_back(*real);
      at = real->target;
    }
    return path;
  }

  // The transition of the system that looks like this event.
  std::optional<Step> step_to(StateId from, StateId to, EventId event) {
    for (const Transition& t : question_.implementation->row(from))
      if (t.target == to && (*sight_)(t.event) == event) return Step{t.event, to};
    return std::nullopt;
  }

  // Of a failure that is no divergence. The path includes a forbidden event.
  Evidence explained(Finding finding) {
    if (question_.property != Property::refinement) return explain_state(question_, std::move(finding), budget_);
    if (finding.fault == Fault::forbidden_event) {
      while ((*sight_)(finding.path.back().event) == tau) finding.path.pop_back();
      finding.forbidden = finding.path.back();
      finding.path.pop_back();
      finding.pair.state = finding.path.empty() ? question_.implementation->initial() : finding.path.back().target;
    }
    NormalForm specification(*question_.specification, budget_);
    finding.pair.node = specification.initial();
    for (const Step& step : finding.path)
      if (step.event != tau) finding.pair.node = *specification.after(finding.pair.node, step.event);
    return explain_refinement(question_, specification, std::move(finding), budget_);
  }

  const Question& question_;
  Budget& budget_;
  const Asking& asking_;
  Network& network_;
  bool divergence_fails_;
  std::optional<Lts> small_specification_;
  std::optional<LazyLts> small_specification_rows_;
  std::optional<NormalForm> specification_;
  std::optional<Sight> sight_;
};

}  // namespace

std::optional<Verdict> check_composed(const Question& question, Budget& budget, const Asking& asking) {
  return ComposedChecker(question, budget, asking).check();
}

}  // namespace tryst
