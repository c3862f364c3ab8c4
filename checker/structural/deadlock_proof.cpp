#include "checker/structural/deadlock_proof.hpp"

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

// Marked traps that the candidate does not occupy, none of which contains the first place of an earlier one.
std::vector<std::vector<PlaceId>> traps_without(const PlaceNet& net, const std::vector<PlaceId>& candidate,
                                                Budget& budget) {
  std::vector<bool> occupied(net.places(), false);
  for (const PlaceId p : candidate) occupied[index(p)] = true;
  const std::vector<bool> greatest = greatest_trap(net, occupied, budget);
  std::vector<bool> covered(net.places(), false);
  std::vector<std::vector<PlaceId>> traps;
  for (std::size_t c = 0; c < net.components(); ++c) {
    const PlaceId seed = net.initial(c);
    if (!greatest[index(seed)] || covered[index(seed)]) continue;
    traps.push_back(small_trap(net, greatest, seed, budget));
    for (const PlaceId p : traps.back()) covered[index(p)] = true;
  }
  return traps;
}

}  // namespace

ProofAttempt prove_deadlock_free(const PlaceNet& net, Budget& budget) {
  const Neighbours neighbours(net, budget);
  if (auto order = waiting_order(net, neighbours, budget)) return {DeadlockProof{std::move(*order), {}, {}, {}}, {}};
  DeadlockProof proof{{}, {}, {}, DeadlockFormula(net, neighbours, budget)};
  Sat sat(budget);
  LinearCuts cuts(net);
  std::size_t added = 0;  // literals of the formula that the solver has
  for (;;) {
    sat.add(proof.formula->clauses().subspan(added));
    added = proof.formula->clauses().size();
    if (!sat.solve()) return {std::move(proof), {}};
    const std::vector<PlaceId> candidate = model_of(sat, net);
    const auto traps = traps_without(net, candidate, budget);
    if (traps.empty()) {
      auto cut = cuts.find(candidate);
      budget.poll(linear_program_work);
      if (!cut) return {std::nullopt, candidate};
      proof.formula->add_one_of(cut->places);
      proof.cuts.push_back(std::move(*cut));
    }
    for (const std::vector<PlaceId>& trap : traps) {
      proof.formula->add_one_of(trap);
      proof.traps.push_back(trap);
    }
  }
}

namespace {

std::vector<std::uint32_t> numbers_of(const std::vector<PlaceId>& places) {
  std::vector<std::uint32_t> numbers;
  for (const PlaceId p : places) numbers.push_back(index(p));
  return numbers;
}

}  // namespace

Certificate certificate_of(const DeadlockProof& proof, const PlaceNet& net, Budget& budget) {
  Certificate certificate;
  certificate.components = net.components();
  certificate.places = net.places();
  certificate.rules = net.rules();
  if (!proof.formula) {
    certificate.order = numbers_of(proof.order);
    return certificate;
  }
  for (const std::vector<PlaceId>& trap : proof.traps) certificate.traps.push_back(numbers_of(trap));
  for (const LinearCut& cut : proof.cuts) {
    Certificate::Cut& written = certificate.cuts.emplace_back();
    for (const auto& [p, weight] : cut.weights) written.weights.insert(written.weights.end(), {index(p), weight});
    written.places = numbers_of(cut.places);
  }
  for (const DeadlockFormula::Ladder& ladder : proof.formula->ladders())
    certificate.ladders.push_back({ladder.first_variable, numbers_of(ladder.places)});
  certificate.lemmas.emplace_back();
  for (const int literal : refutation(proof.formula->clauses(), budget))
    if (literal != 0)
      certificate.lemmas.back().push_back(literal);
    else
      certificate.lemmas.emplace_back();
  certificate.lemmas.pop_back();
  return certificate;
}

}  // namespace tryst
