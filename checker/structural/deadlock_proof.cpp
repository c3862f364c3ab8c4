#include "checker/structural/deadlock_proof.hpp"

#include "checker/structural/certificate_parts.hpp"
#include "checker/structural/sat.hpp"
#include "checker/structural/traps.hpp"
#include "checker/structural/waiting_order.hpp"

namespace tryst {

namespace {

// A trap is found faster than a sum, but sums, once some are needed, exclude more.
constexpr std::size_t candidates_for_traps = 4;

std::vector<PlaceId> model_of(const Sat& sat, const PlaceNet& net) {
  std::vector<PlaceId> occupied;
  for (std::uint32_t p = 0; p < net.places(); ++p)
    if (net.can_block(PlaceId{p}) && sat.value(DeadlockFormula::variable(PlaceId{p}))) occupied.push_back(PlaceId{p});
  return occupied;
}

}  // namespace

ProofAttempt prove_deadlock_free(const PlaceNet& net, Budget& budget) {
  const Neighbours neighbours(net, budget);
  if (auto order = waiting_order(net, neighbours, budget))
    return {DeadlockProof{std::move(*order), {}, {}, {}, {}, {}}, {}};
  if (auto rounds = waiting_rounds(net, neighbours, budget))
    return {DeadlockProof{{}, std::move(*rounds), {}, {}, {}, {}}, {}};
  DeadlockProof proof{{}, {}, {}, {}, {}, DeadlockFormula(net, neighbours, budget)};
  Sat sat(budget);
  LinearCuts cuts(net, budget);
  Tuples tuples(net);
  const auto add_sum = [&](const std::vector<PlaceId>& candidate) {
    auto sum = cuts.find(candidate, budget);
    if (!sum) return false;
    for (const std::vector<PlaceId>& cut : sum->cuts) proof.formula->add_one_of(cut);
    proof.sums.push_back(std::move(*sum));
    return true;
  };
  std::size_t added = 0;  // literals of the formula that the solver has
  for (std::size_t candidates = 1;; ++candidates) {
    sat.add(proof.formula->clauses().subspan(added));
    added = proof.formula->clauses().size();
    if (!sat.solve()) return {std::move(proof), {}};
    const std::vector<PlaceId> candidate = model_of(sat, net);
    const bool is_sum_first = candidates > candidates_for_traps;
    if (is_sum_first && add_sum(candidate)) continue;
    std::vector<bool> occupied(net.places(), false);
    for (const PlaceId p : candidate) occupied[index(p)] = true;
    const auto traps = marked_traps_without(net, occupied, budget);
    for (const std::vector<PlaceId>& trap : traps) {
      proof.formula->add_one_of(trap);
      proof.traps.push_back(trap);
    }
    if (!traps.empty() || (!is_sum_first && add_sum(candidate))) continue;
    auto found = tuples.find(candidate, budget);
    if (found.empty()) return {std::nullopt, candidate};
    for (TupleCut& each : found) {
      proof.formula->add_one_of(each.places);
      proof.tuples.push_back(std::move(each));
    }
  }
}

Certificate certificate_of(const DeadlockProof& proof, const PlaceNet& net, Budget& budget) {
  Certificate certificate;
  certificate.components = net.components();
  certificate.places = net.places();
  certificate.rules = net.rules();
  Certificate::Argument& argument = certificate.deadlock;
  if (proof.rounds) {
    argument.rounds = written(*proof.rounds);
    return certificate;
  }
  if (!proof.formula) {
    argument.order = numbers_of(proof.order);
    return certificate;
  }
  for (const std::vector<PlaceId>& trap : proof.traps) argument.traps.push_back(numbers_of(trap));
  for (const LinearSum& sum : proof.sums) {
    Certificate::Sum& added = argument.sums.emplace_back();
    for (const auto& [p, weight] : sum.weights) added.weights.insert(added.weights.end(), {index(p), weight});
    for (const std::vector<PlaceId>& cut : sum.cuts) added.cuts.push_back(numbers_of(cut));
  }
  for (const TupleCut& cut : proof.tuples) argument.tuples.push_back({cut.components, numbers_of(cut.places)});
  for (const DeadlockFormula::Ladder& ladder : proof.formula->ladders())
    argument.ladders.push_back({ladder.first_variable, numbers_of(ladder.places)});
  argument.lemmas = lemmas_of(refutation(proof.formula->clauses(), budget));
  return certificate;
}

}  // namespace tryst
