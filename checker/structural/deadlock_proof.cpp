#include "checker/structural/deadlock_proof.hpp"

#include "checker/structural/certificate_parts.hpp"
#include "checker/structural/sat.hpp"
#include "checker/structural/traps.hpp"
#include "checker/structural/waiting_order.hpp"

namespace tryst {

namespace {

// What one costs in the budget's unit: Z3 does not count for it.
constexpr std::uint32_t linear_program_work = 100'000;

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
    return {DeadlockProof{std::move(*order), {}, {}, {}, {}}, {}};
  DeadlockProof proof{{}, {}, {}, {}, DeadlockFormula(net, neighbours, budget)};
  Sat sat(budget);
  LinearCuts cuts(net);
  Tuples tuples(net);
  std::size_t added = 0;  // literals of the formula that the solver has
  for (;;) {
    sat.add(proof.formula->clauses().subspan(added));
    added = proof.formula->clauses().size();
    if (!sat.solve()) return {std::move(proof), {}};
    const std::vector<PlaceId> candidate = model_of(sat, net);
    std::vector<bool> occupied(net.places(), false);
    for (const PlaceId p : candidate) occupied[index(p)] = true;
    const auto traps = marked_traps_without(net, occupied, budget);
    if (traps.empty()) {
      auto cut = cuts.find(candidate);
      budget.poll(linear_program_work);
      if (cut) {
        proof.formula->add_one_of(cut->places);
        proof.cuts.push_back(std::move(*cut));
        continue;
      }
      auto found = tuples.find(candidate, budget);
      if (found.empty()) return {std::nullopt, candidate};
      for (TupleCut& each : found) {
        proof.formula->add_one_of(each.places);
        proof.tuples.push_back(std::move(each));
      }
    }
    for (const std::vector<PlaceId>& trap : traps) {
      proof.formula->add_one_of(trap);
      proof.traps.push_back(trap);
    }
  }
}

Certificate certificate_of(const DeadlockProof& proof, const PlaceNet& net, Budget& budget) {
  Certificate certificate;
  certificate.components = net.components();
  certificate.places = net.places();
  certificate.rules = net.rules();
  Certificate::Argument& argument = certificate.deadlock;
  if (!proof.formula) {
    argument.order = numbers_of(proof.order);
    return certificate;
  }
  for (const std::vector<PlaceId>& trap : proof.traps) argument.traps.push_back(numbers_of(trap));
  for (const LinearCut& cut : proof.cuts) {
    Certificate::Cut& written = argument.cuts.emplace_back();
    for (const auto& [p, weight] : cut.weights) written.weights.insert(written.weights.end(), {index(p), weight});
    written.places = numbers_of(cut.places);
  }
  for (const TupleCut& cut : proof.tuples) argument.tuples.push_back({cut.components, numbers_of(cut.places)});
  for (const DeadlockFormula::Ladder& ladder : proof.formula->ladders())
    argument.ladders.push_back({ladder.first_variable, numbers_of(ladder.places)});
  argument.lemmas = lemmas_of(refutation(proof.formula->clauses(), budget));
  return certificate;
}

}  // namespace tryst
