#include "checker/structural/local_proof.hpp"

#include "checker/structural/certificate_parts.hpp"
#include "checker/structural/comes_round.hpp"
#include "checker/structural/sat.hpp"
#include "checker/structural/traps.hpp"
#include "checker/structural/waiting_order.hpp"

namespace tryst {

namespace {

bool everybody_counts(const PlaceNet& net) {
  for (std::uint32_t p = 0; p < net.places(); ++p)
    if (net.may_rest(PlaceId{p})) return false;
  return true;
}

}  // namespace

std::optional<LocalProof> prove_locally_free(const PlaceNet& net, Budget& budget) {
  const Neighbours neighbours(net, budget);
  if (everybody_counts(net)) {
    auto order = waiting_order(net, neighbours, budget);
    auto rounds = order ? std::nullopt : waiting_rounds(net, neighbours, budget);
    if ((order || rounds) && partners_come_round(net, neighbours, budget))
      return LocalProof{std::move(order).value_or(std::vector<PlaceId>{}), std::move(rounds), {}, {}};
  }
  LocalProof proof{{}, {}, {}, LocalFormula(net, neighbours, budget)};
  if (proof.formula->is_too_large()) return std::nullopt;
  Sat sat(budget);
  std::size_t added = 0;  // literals of the formula that the solver has
  for (;;) {
    sat.add(proof.formula->clauses().subspan(added));
    added = proof.formula->clauses().size();
    if (!sat.solve()) return proof;
    std::vector<bool> met(net.places());
    for (std::uint32_t p = 0; p < net.places(); ++p) met[p] = sat.value(proof.formula->met(PlaceId{p}));
    const auto traps = marked_traps_without(net, met, budget);
    if (traps.empty()) return std::nullopt;
    for (const std::vector<PlaceId>& trap : traps) {
      proof.formula->add_one_of(trap);
      proof.traps.push_back(trap);
    }
  }
}

Certificate::Argument argument_of(const LocalProof& proof, Budget& budget) {
  Certificate::Argument argument;
  if (proof.rounds) {
    argument.rounds = written(*proof.rounds);
    return argument;
  }
  if (!proof.formula) {
    argument.order = numbers_of(proof.order);
    return argument;
  }
  for (const std::vector<PlaceId>& trap : proof.traps) argument.traps.push_back(numbers_of(trap));
  for (const LocalFormula::Ladder& ladder : proof.formula->ladders())
    argument.ladders.push_back({ladder.first_variable, numbers_of(ladder.places)});
  argument.lemmas = lemmas_of(refutation(proof.formula->clauses(), budget));
  return argument;
}

}  // namespace tryst
