// Refutations of formulas made by hand: what the SAT solver leaves behind instead of an unsatisfiable core. All are small
// enough for a table of all assignments.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "checker/ensure.hpp"
#include "checker/structural/certificate_parts.hpp"
#include "checker/structural/certify_refutation.hpp"
#include "checker/structural/sat.hpp"

using namespace tryst;

namespace {

using Clause = std::vector<int>;
using Clauses = std::vector<Clause>;

bool satisfies(unsigned assignment, const Clause& clause) {
  return std::ranges::any_of(
      clause, [&](int literal) { return ((assignment >> (std::abs(literal) - 1) & 1U) != 0) == (literal > 0); });
}

int variables_of(const Clauses& clauses) {
  int most = 0;
  for (const Clause& clause : clauses)
    for (const int literal : clause) most = std::max(most, std::abs(literal));
  return most;
}

std::vector<unsigned> models_of(const Clauses& clauses) {
  std::vector<unsigned> models;
  for (unsigned assignment = 0; assignment < 1U << variables_of(clauses); ++assignment)
    if (std::ranges::all_of(clauses, [&](const Clause& clause) { return satisfies(assignment, clause); }))
      models.push_back(assignment);
  return models;
}

std::vector<int> flat(const Clauses& clauses) {
  std::vector<int> literals;
  for (const Clause& clause : clauses) {
    literals.insert(literals.end(), clause.begin(), clause.end());
    literals.push_back(0);
  }
  return literals;
}

Clauses refutation_of(const Clauses& clauses) {
  Budget budget;
  return lemmas_of(refutation(flat(clauses), budget));
}

// Propagation in the plainest way: whether the clause cannot be false.
bool follows_by_units(const Clauses& clauses, const Clause& lemma) {
  std::set<int> literals;  // that are true
  for (const int literal : lemma) literals.insert(-literal);
  for (bool changes = true; changes;) {
    changes = false;
    for (const Clause& clause : clauses) {
      std::set<int> open;
      for (const int literal : clause)
        if (!literals.contains(-literal)) open.insert(literal);
      if (open.empty()) return true;
      if (open.size() == 1) changes = literals.insert(*open.begin()).second || changes;
    }
  }
  return false;
}

bool is_confirmed(const Clauses& clauses, const Clauses& lemmas, int variables) {
  Budget budget;
  UnitPropagation propagation(variables);
  for (const Clause& clause : clauses) propagation.add(clause);
  Certificate::Argument argument;
  argument.lemmas = lemmas;
  try {
    follow_lemmas(propagation, variables, argument, budget);
    return true;
  } catch (const WrongCertificate&) {
    return false;
  }
}

std::optional<std::vector<bool>> model_of(const Clauses& clauses) {
  Budget budget;
  Sat sat(budget);
  sat.add(flat(clauses));
  if (!sat.solve()) return std::nullopt;
  std::vector<bool> values;
  for (int v = 1; v <= variables_of(clauses); ++v) values.push_back(sat.value(v));
  return values;
}

// So many pigeons, and a hole less.
Clauses pigeons(int count) {
  const int holes = count - 1;
  const auto sits = [&](int pigeon, int hole) { return pigeon * holes + hole + 1; };
  Clauses clauses;
  for (int p = 0; p < count; ++p) {
    Clause somewhere;
    for (int h = 0; h < holes; ++h) somewhere.push_back(sits(p, h));
    clauses.push_back(somewhere);
    for (int q = 0; q < p; ++q)
      for (int h = 0; h < holes; ++h) clauses.push_back({-sits(p, h), -sits(q, h)});
  }
  return clauses;
}

// Neighbours in a ring of so many differ.
Clauses alternation(int count) {
  Clauses clauses;
  for (int v = 1; v <= count; ++v) {
    const int next = v % count + 1;
    clauses.insert(clauses.end(), {{v, next}, {-v, -next}});
  }
  return clauses;
}

Clauses implications(int count) {
  Clauses clauses{{1}, {-count}};
  for (int v = 1; v < count; ++v) clauses.push_back({-v, v + 1});
  return clauses;
}

// Each without a clause too many.
const std::vector<Clauses> unsatisfiable{
    {{}},       {{1}, {-1}}, {{1, 2}, {1, -2}, {-1, 2}, {-1, -2}}, implications(9), alternation(3), alternation(9),
    pigeons(3), pigeons(4)};

Clauses without(Clauses clauses, std::size_t i) {
  clauses.erase(clauses.begin() + static_cast<std::ptrdiff_t>(i));
  return clauses;
}

}  // namespace

TEST_CASE("each lemma of a refutation follows from what is before it, and the last one is a contradiction") {
  for (const Clauses& clauses : unsatisfiable) {
    REQUIRE(models_of(clauses).empty());
    CHECK_FALSE(model_of(clauses).has_value());
    const Clauses lemmas = refutation_of(clauses);
    REQUIRE_FALSE(lemmas.empty());
    CHECK(lemmas.back().empty());
    CHECK(is_confirmed(clauses, lemmas, variables_of(clauses)));
    Clauses known = clauses;
    for (const Clause& lemma : lemmas) {
      CHECK(follows_by_units(known, lemma));
      known.push_back(lemma);
    }
  }
}

TEST_CASE("without any one of the clauses that are needed there is no refutation, and none is confirmed") {
  for (const Clauses& clauses : unsatisfiable) {
    const int variables = variables_of(clauses);
    const Clauses lemmas = refutation_of(clauses);
    for (std::size_t i = 0; i < clauses.size(); ++i) {
      const Clauses fewer = without(clauses, i);
      REQUIRE_FALSE(models_of(fewer).empty());
      const auto model = model_of(fewer);
      REQUIRE(model.has_value());
      unsigned assignment = 0;
      for (std::size_t v = 0; v < model->size(); ++v) assignment |= static_cast<unsigned>((*model)[v]) << v;
      CHECK(std::ranges::all_of(fewer, [&](const Clause& clause) { return satisfies(assignment, clause); }));
      CHECK_FALSE(is_confirmed(fewer, lemmas, variables));
      CHECK_FALSE(is_confirmed(fewer, {Clause{}}, variables));
      CHECK_THROWS_AS(refutation_of(fewer), InternalError);
    }
  }
}

TEST_CASE("clauses that have nothing to do with a contradiction can be there or not") {
  for (const Clauses& clauses : unsatisfiable) {
    const int v = variables_of(clauses);
    Clauses more = clauses;
    for (const Clause& irrelevant : {Clause{v + 1, v + 2}, Clause{-v - 1, v + 3}, Clause{-v - 2, -v - 3}})
      more.insert(more.begin() + static_cast<std::ptrdiff_t>(more.size() / 2), irrelevant);
    const Clauses lemmas = refutation_of(more);
    CHECK(is_confirmed(more, lemmas, v + 3));
    CHECK(is_confirmed(more, refutation_of(clauses), v + 3));
    for (std::size_t i = 0; i < more.size(); ++i) {
      const Clauses fewer = without(more, i);
      if (models_of(fewer).empty())
        CHECK(is_confirmed(fewer, refutation_of(fewer), v + 3));
      else
        CHECK_FALSE(is_confirmed(fewer, lemmas, v + 3));
    }
  }
}

TEST_CASE("a refutation that is cut short, or says what does not follow, is rejected") {
  for (const Clauses& clauses : {alternation(9), pigeons(3), pigeons(4)}) {
    const int variables = variables_of(clauses);
    CHECK_FALSE(is_confirmed(clauses, {}, variables));
    CHECK_FALSE(is_confirmed(clauses, {Clause{}}, variables));  // it does not follow at once
    CHECK_FALSE(is_confirmed(clauses, {Clause{variables + 1}}, variables));
    CHECK_FALSE(is_confirmed(clauses, {Clause{0}}, variables));
  }
}
