#include "checker/packed/packed_check.hpp"

#include "checker/antichain.hpp"
#include "checker/ensure.hpp"
#include "checker/network_check.hpp"
#include "checker/packed/cyclic_rules.hpp"
#include "checker/packed/packed_divergence.hpp"
#include "checker/packed/trail.hpp"
#include "checker/properties.hpp"
#include "checker/refinement.hpp"
#include "checker/replay.hpp"

namespace tryst {

namespace {

// A reduced search that has found a deadlock is followed by a search for the nearest one, up to this many states.
constexpr std::uint64_t nearest_states_max = std::uint64_t{1} << 20;

// The trail as a path of the system itself.
Finding on_system(const Trail& trail, const NetworkImplementation& network, StateId initial) {
  Finding finding{trail.fault, {}, {trail.node, initial}, std::nullopt};
  for (const TrailStep& step : trail.path) finding.path.push_back({step.event, network.state(step.locals)});
  if (!finding.path.empty()) finding.pair.state = finding.path.back().target;
  if (trail.forbidden) finding.forbidden = Step{trail.forbidden->event, network.state(trail.forbidden->locals)};
  return finding;
}

// After so many states a reduced search for traces must have left out half of the transitions, since it costs more a
// state: else the search without it is quicker.
constexpr std::uint64_t pilot_states = std::uint64_t{1} << 14;

class PackedChecker {
 public:
  PackedChecker(const Question& question, Budget& budget, const Asking& asking, std::optional<Verdict> known)
      : question_(question),
        budget_(budget),
        asking_(asking),
        divergence_fails_(question.property == Property::divergence_free || sees_divergence(question.model)),
        verdict_{Outcome::inconclusive, {}, {}, std::string(name(question.model)), 0, 0} {
    if (known) verdict_ = std::move(*known);
    if (question.property == Property::refinement) specification_.emplace(*question.specification, budget);
  }

  Verdict check() {
    try {
      if (asking_.reduction && verdict_.evidence.empty() && keeps_what_is_asked()) search_reduced();
      if (verdict_.outcome != Outcome::holds && !explodes_) search_all();
      if (explodes_) return search_pairs();
    } catch (const LimitReached& limit) {
      if (limit.interrupted) throw;
      verdict_.outcome = verdict_.evidence.empty() ? Outcome::inconclusive : Outcome::fails;
      verdict_.reason = limit.reason;
    }
    return std::move(verdict_);
  }

 private:
  using Reduction = PackedQuestion::Reduction;
  using Ending = PackedSearch::Ending;

  PackedQuestion packed(Reduction reduction) {
    return {question_.network->network(), specification_ ? &*specification_ : nullptr, question_.model,
            question_.property == Property::deadlock_free, reduction};
  }

  // Whether stubborn sets lead to all that the question is about. They reason about what may be enabled later, and know
  // nothing of priority.
  bool keeps_what_is_asked() {
    if (!question_.network->network().layers().empty()) return false;
    const bool is_about_traces = question_.property == Property::refinement && question_.model == Model::T;
    return question_.property == Property::deadlock_free || is_about_traces;
  }

  // Follows stubborn sets; nothing, where there may be divergences to be met as well.
  void search_reduced() {
    const PackedQuestion question = packed(Reduction::stubborn_sets);
    PackedSearch search(question, budget_, asking_.threads);
    if (!search.is_usable() || (divergence_fails_ && may_diverge(question.network))) return;
    const bool must_pay = question_.property == Property::refinement && !asking_.insist_on_reduction;
    Ending ending = search.run(pilot_states);
    if (ending == Ending::paused) {
      if (must_pay && 2 * search.followed() > search.statistics().transitions) return;
      ending = search_until_failure(search, question);
      if (explodes_) return;
    }
    if (ending == Ending::exhausted)
      succeed(search);
    else
      fail(search, question, ending, std::nullopt);
    verdict_.is_shortest = false;
  }

  void search_all() {
    const PackedQuestion question = packed(asking_.reduction ? Reduction::sleep_sets : Reduction::none);
    PackedSearch search(question, budget_, asking_.threads);
    const bool has_evidence = !verdict_.evidence.empty();
    const Ending ending = has_evidence ? search.run(nearest_states_max) : search_until_failure(search, question);
    if ((has_evidence && ending == Ending::paused) || explodes_) return;
    std::optional<Divergence> divergence;
    const SearchStatistics searched = search.statistics();
    if (divergence_fails_) divergence = find_divergence(search, question, budget_);
    if (ending == Ending::exhausted && !divergence)
      succeed(search);
    else
      fail(search, question, ending, divergence);
    record(searched);
  }

  // The search pauses whenever there are four times as many states, to see whether the specification explodes and, where
  // it counts, to look for divergence; it stays paused if so.
  Ending search_until_failure(PackedSearch& search, const PackedQuestion& question) {
    constexpr std::uint64_t first_pause = std::uint64_t{1} << 16;
    std::uint64_t pause = divergence_fails_ || specification_ ? first_pause : never;
    for (;; pause = 4 * search.statistics().pairs) {
      const Ending ending = search.run(pause);
      if (ending != Ending::paused) return ending;
      explodes_ = specification_ && !is_antichain_in_vain_ && Antichain::is_worth_trying(*specification_);
      if (explodes_ || (divergence_fails_ && shows_divergence(search, question, budget_))) return ending;
    }
  }

  // Where the specification explodes: the search that can leave out pairs, and this one again if that does not pay.
  Verdict search_pairs() {
    specification_.emplace(*question_.specification, budget_);
    budget_.record(0, 0);
    try {
      Asking asking = asking_;
      asking.pruning = Pruning::must_pay;
      return check_on_network(question_, budget_, asking, check_refinement);
    } catch (const AntichainInVain&) {
      budget_.record(0, 0);
      is_antichain_in_vain_ = true;
      explodes_ = false;
      return check();
    }
  }

  void succeed(const PackedSearch& search) {
    ensure(verdict_.evidence.empty(), "two searches for a deadlock disagree");
    verdict_.outcome = Outcome::holds;
    record(search.statistics());
  }

  void fail(PackedSearch& search, const PackedQuestion& packed, Ending ending,
            const std::optional<Divergence>& divergence) {
    record(search.statistics());
    const Trail trail = find_trail(search, packed, ending, divergence, budget_);
    const Finding finding = on_system(trail, *question_.network, question_.implementation->initial());
    Evidence evidence = question_.property == Property::refinement
                            ? explain_refinement(question_, *specification_, finding, budget_)
                            : explain_state(question_, finding, budget_);
    replay(question_, evidence, budget_);
    verdict_.evidence.assign(1, std::move(evidence));
    verdict_.outcome = Outcome::fails;
    verdict_.is_shortest = true;
  }

  void record(const SearchStatistics& statistics) {
    budget_.progress();  // the memory, before the search gives it back
    verdict_.states = statistics.pairs;
    verdict_.transitions = statistics.transitions;
  }

  static constexpr std::uint64_t never = ~std::uint64_t{0};  // to pause

  const Question& question_;
  Budget& budget_;
  const Asking& asking_;
  const bool divergence_fails_;
  std::optional<NormalForm> specification_;
  bool explodes_ = false;
  bool is_antichain_in_vain_ = false;
  Verdict verdict_;
};

}  // namespace

bool is_packed_question(const Question& question, const Asking& asking) {
  if (asking.counterexamples_max > 1) return false;
  switch (question.property) {
    case Property::refinement:
      return question.model == Model::T || question.model == Model::F || question.model == Model::FD;
    case Property::deadlock_free:
    case Property::divergence_free: return true;
    case Property::deterministic:
    case Property::has_trace: return false;
  }
  return false;
}

Verdict check_packed(const Question& question, Budget& budget, const Asking& asking, std::optional<Verdict> known) {
  return PackedChecker(question, budget, asking, std::move(known)).check();
}

}  // namespace tryst
