#include "checker/structural/unit_propagation.hpp"

#include <algorithm>
#include <utility>

namespace tryst {

UnitPropagation::UnitPropagation(int variables, ExcludedBy excluded_by)
    : excluded_by_(std::move(excluded_by)),
      watching_(2 * static_cast<std::size_t>(variables) + 2),
      true_(watching_.size(), false) {}

void UnitPropagation::assume(int literal) {
  true_[slot(literal)] = true;
  trail_.push_back(literal);
}

void UnitPropagation::add(std::span<const int> clause) {
  if (contradictory_) return;
  const std::size_t first = literals_.size();
  for (const int literal : clause) {
    if (is_true(literal)) {  // for good: nothing that is assumed is ever left on the trail
      literals_.resize(first);
      return;
    }
    if (!is_false(literal)) literals_.push_back(literal);
  }
  const std::size_t size = literals_.size() - first;
  if (size < 2) {
    if (size == 1) assume(literals_[first]);
    literals_.resize(first);
    contradictory_ = size == 0 || !propagate();
    return;
  }
  for (std::size_t i = 0; i < 2; ++i)
    watching_[slot(literals_[first + i])].push_back(static_cast<std::uint32_t>(clauses_.size()));
  clauses_.push_back({first, static_cast<std::uint32_t>(size)});
}

bool UnitPropagation::follows(std::span<const int> clause) {
  if (contradictory_) return true;
  const std::size_t kept = trail_.size();
  bool conflict = false;
  for (const int literal : clause) {
    if (is_true(literal)) conflict = true;
    if (!conflict && !is_false(literal)) assume(-literal);
  }
  conflict = conflict || !propagate();
  for (std::size_t i = kept; i < trail_.size(); ++i) true_[slot(trail_[i])] = false;
  trail_.resize(kept);
  propagated_ = kept;
  return conflict;
}

bool UnitPropagation::propagate() {
  for (; propagated_ < trail_.size(); ++propagated_) {
    const int falsified = -trail_[propagated_];
    std::vector<std::uint32_t>& watching = watching_[slot(falsified)];
    std::size_t kept = 0;
    bool conflict = false;
    for (std::size_t i = 0; i < watching.size(); ++i) {
      bool keeps_watching = true;
      const std::uint32_t clause = watching[i];
      conflict = conflict || !visit(falsified, clause, keeps_watching);
      if (keeps_watching) watching[kept++] = clause;
    }
    watching.resize(kept);
    if (conflict || !exclude(trail_[propagated_])) return false;
  }
  return true;
}

// What may not be true together with the literal is false; false: something of it is true.
bool UnitPropagation::exclude(int literal) {
  if (literal < 0 || !excluded_by_) return true;
  for (const int other : excluded_by_(literal)) {
    if (is_true(other)) return false;
    if (!is_false(other)) assume(-other);
  }
  return true;
}

// A clause of which a watched literal has become false: it watches another, or its other watched literal is true, or
// becomes so. False: a conflict.
bool UnitPropagation::visit(int falsified, std::uint32_t clause, bool& keeps_watching) {
  int* const begin = literals_.data() + clauses_[clause].first;
  int* const end = begin + clauses_[clause].size;
  if (begin[0] == falsified) std::swap(begin[0], begin[1]);
  if (is_true(begin[0])) return true;
  int* const other = std::find_if(begin + 2, end, [&](int literal) { return !is_false(literal); });
  if (other != end) {
    std::swap(begin[1], *other);
    watching_[slot(begin[1])].push_back(clause);
    keeps_watching = false;
    return true;
  }
  if (is_false(begin[0])) return false;
  assume(begin[0]);
  return true;
}

}  // namespace tryst
