#include "checker/structural/structural_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checker/packed/cyclic_rules.hpp"
#include "checker/properties.hpp"
#include "checker/replay.hpp"
#include "checker/structural/deadlock_proof.hpp"
#include "checker/structural/directed_search.hpp"
#include "checker/structural/local_proof.hpp"
#include "semantics/script_error.hpp"

namespace tryst {

namespace {

// The run as a path of the system itself.
Finding on_system(const std::vector<RuleId>& run, const Network& network, const PlaceNet& net,
                  const Question& question) {
  std::vector<LocalId> locals(net.components(), LocalId{0});
  Finding finding{Fault::deadlock, {}, {NodeId{}, question.implementation->initial()}, std::nullopt};
  for (const RuleId id : run) {
    const Rule& rule = network.rules()[index(id)];
    for (const Participant& p : network.participants(rule))
      locals[p.component] = *network.graph(p.component).target(locals[p.component], p.label);
    finding.path.push_back({rule.event, question.network->state(locals)});
    finding.pair.state = finding.path.back().target;
  }
  return finding;
}

// What a component can do in a place, by the events of its own; two of them are enough.
std::string offers_of(PlaceId p, const Network& network, const PlaceNet& net) {
  constexpr std::size_t shown_max = 2;
  const LocalGraph& graph = network.graph(net.component_of(p));
  std::vector<std::string> names;
  for (const LocalGraph::Move& move : graph.row(net.local_of(p)))
    if (const EventId event = graph.labels()[index(move.label)].event; !is_internal(event) && names.size() < shown_max)
      names.emplace_back(network.events().name(event));
  return names.empty() ? "nothing" : fmt::format("{}", fmt::join(names, " or "));
}

// A trap as an invariant: that one of its places is always occupied.
std::string invariant_of(const std::vector<PlaceId>& trap, const Network& network, const PlaceNet& net) {
  constexpr std::size_t shown_max = 3;
  std::vector<std::string> places;
  for (std::size_t i = 0; i < trap.size() && i < shown_max; ++i) places.push_back(offers_of(trap[i], network, net));
  std::string text = fmt::format("at any time, a component offers {}", fmt::join(places, ", or one "));
  if (trap.size() > shown_max) text += fmt::format(", or is in one of {} more local states", trap.size() - shown_max);
  return text;
}

// Words that follow what else would have to be so.
std::string violated(const std::vector<std::vector<PlaceId>>& traps, const Network& network, const PlaceNet& net) {
  const auto& shown = *std::ranges::min_element(traps, {}, &std::vector<PlaceId>::size);
  return fmt::format(
      ", or {} is violated: {}",
      traps.size() == 1 ? "an invariant" : fmt::format("one of {} invariants, such as this,", traps.size()),
      invariant_of(shown, network, net));
}

std::string argument_of(const DeadlockProof& proof, const Network& network, const PlaceNet& net) {
  if (proof.rounds)
    return "no component can wait for itself, not even indirectly: whoever waits, waits for one that is behind in its "
           "round or in an earlier round";
  if (!proof.formula) return "no component can wait for itself, not even indirectly";
  std::string text = "wherever all are blocked, two neighbours are in local states that exclude each other";
  if (!proof.sums.empty())
    text += fmt::format(", or one of {} weighted sums over local states, which never grow, is too great",
                        proof.sums.size());
  if (!proof.tuples.empty()) {
    const auto& longest =
        *std::ranges::max_element(proof.tuples, {}, [](const auto& cut) { return cut.components.size(); });
    text += fmt::format(", or up to {} components that share rules are where they cannot be together",
                        longest.components.size());
  }
  return proof.traps.empty() ? text : text + violated(proof.traps, network, net);
}

std::string local_argument_of(const LocalProof& proof, const Network& network, const PlaceNet& net) {
  if (proof.rounds)
    return "no component can wait for itself, not even indirectly: whoever waits, waits for one that is behind in its "
           "round or in an earlier round, and that one comes round again";
  if (!proof.formula)
    return "no component can wait for itself, not even indirectly, and whoever is waited for comes round again";
  const std::string text =
      "wherever a component is blocked for ever, whatever the others can do, two neighbours are in local states that "
      "exclude each other";
  return proof.traps.empty() ? text : text + violated(proof.traps, network, net);
}

// Of a network all of whose rows are there.
void answer_divergence(const Network& network, Verdict& verdict) {
  if (may_diverge(network)) {
    verdict.reason = "divergence could not be excluded by a structural proof";
    return;
  }
  verdict.outcome = Outcome::holds;
  verdict.argument = "no component can go round and round with others, or alone, by steps that are τ";
}

Verdict answer_of(const Question& question, Network& network, Budget& budget, const Asking& asking) {
  Verdict verdict{Outcome::inconclusive, {}, {}, std::string(name(question.model)), 0, 0};
  const auto net = PlaceNet::of(network, budget);
  if (!net) {
    verdict.reason = "a component has too many states of its own for a structural proof";
    return verdict;
  }
  if (question.property == Property::divergence_free) {
    answer_divergence(network, verdict);
    if (asking.certificate && verdict.outcome == Outcome::holds)  // which is checked without further help
      verdict.certificate = Certificate{{}, verdict.model, net->components(), net->places(), net->rules(), {}, {}};
    return verdict;
  }
  const ProofAttempt attempt = prove_deadlock_free(*net, budget);
  if (attempt.proof) {
    if (sees_divergence(question.model) && may_diverge(network)) {
      verdict.reason = "there is no deadlock, but divergence cannot be excluded by a structural proof";
      return verdict;
    }
    verdict.outcome = Outcome::holds;
    verdict.argument = argument_of(*attempt.proof, network, *net);
    if (asking.certificate) {
      verdict.certificate = certificate_of(*attempt.proof, *net, budget);
      verdict.certificate->model = verdict.model;
    }
    return verdict;
  }
  if (!network.layers().empty()) {
    verdict.reason = "a structural proof, which does not see priority, has not excluded a deadlock";
    return verdict;
  }
  const auto run = find_deadlock(*net, attempt.candidate, budget);
  if (!run) {
    verdict.reason = "a deadlock could not be excluded by a structural proof, nor found";
    return verdict;
  }
  Evidence evidence = explain_state(question, on_system(*run, network, *net, question), budget);
  replay(question, evidence, budget);
  verdict.evidence.push_back(std::move(evidence));
  verdict.outcome = Outcome::fails;
  verdict.is_shortest = false;
  return verdict;
}

}  // namespace

bool is_structural_question(const Question& question, const Asking& asking) {
  const bool is_known = question.property == Property::deadlock_free || question.property == Property::divergence_free;
  return is_known && question.network && asking.counterexamples_max <= 1;
}

bool prove_locally(const Question& question, Budget& budget, Verdict& verdict) {
  Network& network = question.network->network();
  if (!network.layers().empty()) return false;
  try {
    const auto net = PlaceNet::of(network, budget);
    const auto proof = net ? prove_locally_free(*net, budget) : std::nullopt;
    if (!proof) return false;
    if (verdict.certificate) verdict.certificate->local = argument_of(*proof, budget);
    verdict.argument = local_argument_of(*proof, network, *net);
    return true;
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
  } catch (const ScriptError&) {  // perhaps of a local state that no run reaches
  }
  return false;
}

Verdict check_structurally(const Question& question, Budget& budget, const Asking& asking) {
  Network& network = question.network->network();
  std::string reason;
  try {
    return answer_of(question, network, budget, asking);
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
    reason = limit.reason;
  } catch (const ScriptError&) {  // perhaps of a local state that no run reaches
    reason = "a component on its own goes wrong, so that there is no structural proof";
  }
  return {Outcome::inconclusive, {}, reason, std::string(name(question.model)), 0, 0};
}

}  // namespace tryst
