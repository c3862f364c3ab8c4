// What provers write into certificates: places as numbers, and a SAT solver's proof as lemmas.
#pragma once

#include "checker/structural/certificate.hpp"
#include "checker/structural/waiting_rounds.hpp"

namespace tryst {

inline std::vector<std::uint32_t> numbers_of(const std::vector<PlaceId>& places) {
  std::vector<std::uint32_t> numbers;
  for (const PlaceId p : places) numbers.push_back(index(p));
  return numbers;
}

inline Certificate::Rounds written(const WaitingRounds& rounds) {
  Certificate::Rounds all;
  all.round = rounds.round;
  for (const auto& [from, to] : rounds.turns) all.turns.insert(all.turns.end(), {index(from), index(to)});
  all.ranks = rounds.ranks;
  return all;
}

// From clauses that each end in 0.
inline std::vector<std::vector<int>> lemmas_of(const std::vector<int>& literals) {
  std::vector<std::vector<int>> lemmas(1);
  for (const int literal : literals)
    if (literal != 0)
      lemmas.back().push_back(literal);
    else
      lemmas.emplace_back();
  lemmas.pop_back();
  return lemmas;
}

}  // namespace tryst
