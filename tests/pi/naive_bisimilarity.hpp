// The bisimilarities of the π-calculus from their definitions, for finite processes.
//
// Every definition is executed as it is written, on plain trees and their literal transitions: all substitutions for
// open bisimilarity and congruences, all names for inputs, all answers. No symbolic transitions, no game; a process of
// n prefixes has no more than n steps, so the recursion ends.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "checker/pi/play.hpp"
#include "tests/pi/naive_pi.hpp"

namespace tryst::naive_pi {

using Distinct = std::set<std::pair<std::string, std::string>>;  // symmetric

// Each of the names listed distinct from all others that are free in p or q.
Distinct distinct_from_all(const Ptr& p, const Ptr& q, const std::vector<std::string>& listed);

struct Label;  // a transition without its target

class Bisimilarity {
 public:
  explicit Bisimilarity(pi::Equivalence equivalence) : equivalence_(equivalence) {}

  // The distinction counts for open only, which is not defined for processes with mismatch.
  bool relates(const Ptr& p, const Ptr& q, const Distinct& = {});

 private:
  bool bisimilar(const Ptr& p, const Ptr& q, const Distinct&);
  bool answers(const Ptr& p, const Ptr& q, const Distinct&);
  bool answers_late(const Move& input, const Ptr& q, const std::vector<std::vector<std::string>>& choices);
  bool reaches(const Ptr& target, const Ptr& q, const Label&, const Distinct& later);
  std::vector<Ptr> closure(const Ptr&) const;

  pi::Equivalence equivalence_;
  std::map<std::pair<std::pair<std::string, std::string>, Distinct>, bool> known_;
};

}  // namespace tryst::naive_pi
