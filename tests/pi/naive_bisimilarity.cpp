#include "tests/pi/naive_bisimilarity.hpp"

#include <algorithm>

namespace tryst::naive_pi {

using Names = std::vector<std::string>;

struct Label {
  char kind;
  std::string subject;
  Names objects;
  Names chosen;  // what the bound names have become
  friend bool operator==(const Label&, const Label&) = default;
};

namespace {

std::set<std::string> free_names(const Ptr& p, const Ptr& q) {
  std::set<std::string> names = free_names(p);
  names.merge(free_names(q));
  return names;
}

Names fresh_names(std::size_t count, const std::set<std::string>& known) {
  Names names;
  for (std::size_t k = 0; names.size() < count; ++k)
    if (std::string name = "_" + std::to_string(k); !known.contains(name)) names.push_back(std::move(name));
  return names;
}

// All lists of `length` names out of `names`.
std::vector<Names> lists(std::size_t length, const Names& names) {
  std::vector<Names> all{{}};
  for (; length > 0; --length) {
    std::vector<Names> longer;
    for (const Names& list : all)
      for (const std::string& name : names) {
        longer.push_back(list);
        longer.back().push_back(name);
      }
    all = std::move(longer);
  }
  return all;
}

// Enough names to receive: those known, and as many others as there are objects.
std::vector<Names> receptions(std::size_t arity, const std::set<std::string>& known) {
  Names names(known.begin(), known.end());
  for (const std::string& name : fresh_names(arity, known)) names.push_back(name);
  return lists(arity, names);
}

// What a transition binds.
const Names& bound_names(const Move& move) { return move.kind == 'i' ? move.objects : move.extruded; }

struct Step {
  Label label;
  Ptr target;
};

// A transition with names chosen for those that it binds.
Step taken(const Move& move, const Names& chosen) {
  Renaming by;
  for (std::size_t i = 0; i < chosen.size(); ++i) by[bound_names(move)[i]] = chosen[i];
  Names objects;
  for (const std::string& object : move.objects) objects.push_back(by.contains(object) ? by[object] : object);
  return {{move.kind, move.subject, objects, chosen}, rename(move.target, by)};
}

Distinct with_extruded(Distinct distinct, const Names& extruded, std::set<std::string> known) {
  known.insert(extruded.begin(), extruded.end());
  for (const std::string& z : extruded)
    for (const std::string& name : known)
      if (z != name) distinct.insert({{z, name}, {name, z}});
  return distinct;
}

bool respects(const Renaming& sigma, const Distinct& distinct) {
  return std::all_of(distinct.begin(), distinct.end(),
                     [&](const auto& pair) { return sigma.at(pair.first) != sigma.at(pair.second); });
}

// The substitutions that respect a distinction, one for each way of identifying names: bisimilarities do not depend on
// what names are called, as long as they differ.
std::vector<Renaming> substitutions(const std::set<std::string>& names, const Distinct& distinct) {
  std::vector<Renaming> all{{}};
  for (const std::string& name : names) {
    std::vector<Renaming> longer;
    for (const Renaming& sigma : all) {
      std::set<std::string> targets{name};
      for (const auto& [from, to] : sigma) targets.insert(to);
      for (const std::string& to : targets) {
        longer.push_back(sigma);
        longer.back()[name] = to;
      }
    }
    all = std::move(longer);
  }
  std::erase_if(all, [&](const Renaming& sigma) { return !respects(sigma, distinct); });
  return all;
}

Distinct mapped(const Distinct& distinct, const Renaming& sigma) {
  Distinct out;
  for (const auto& [a, b] : distinct) out.emplace(sigma.at(a), sigma.at(b));
  return out;
}

Distinct among(const Distinct& distinct, const std::set<std::string>& names) {
  Distinct out;
  for (const auto& pair : distinct)
    if (names.contains(pair.first) && names.contains(pair.second)) out.insert(pair);
  return out;
}

}  // namespace

Distinct distinct_from_all(const Ptr& p, const Ptr& q, const Names& listed) {
  Distinct out;
  for (const std::string& a : listed)
    for (const std::string& b : free_names(p, q))
      if (a != b) out.insert({{a, b}, {b, a}});
  return among(out, free_names(p, q));
}

bool Bisimilarity::relates(const Ptr& p, const Ptr& q, const Distinct& distinct) {
  if (!equivalence_.congruence) return bisimilar(p, q, distinct);
  const std::vector<Renaming> all = substitutions(free_names(p, q), {});
  return std::all_of(all.begin(), all.end(),
                     [&](const Renaming& sigma) { return bisimilar(rename(p, sigma), rename(q, sigma), {}); });
}

bool Bisimilarity::bisimilar(const Ptr& p, const Ptr& q, const Distinct& distinct) {
  const auto key = std::pair(std::pair(alpha_text(p), alpha_text(q)), distinct);
  if (const auto at = known_.find(key); at != known_.end()) return at->second;
  bool related = true;
  if (equivalence_.instantiation == pi::Instantiation::open) {
    for (const Renaming& sigma : substitutions(free_names(p, q), distinct)) {
      const Ptr left = rename(p, sigma), right = rename(q, sigma);
      const Distinct now = mapped(distinct, sigma);
      related = related && answers(left, right, now) && answers(right, left, now);
    }
  } else {
    related = answers(p, q, {}) && answers(q, p, {});
  }
  return known_[key] = related;
}

// What a process is after τ*: itself, where the relation is strong.
std::vector<Ptr> Bisimilarity::closure(const Ptr& p) const {
  std::vector<Ptr> reached{p};
  for (std::size_t i = 0; i < reached.size() && equivalence_.weak; ++i) {
    const std::vector<Move> all = moves(reached[i]);
    for (const Move& move : all)
      if (move.kind == 't') reached.push_back(move.target);
  }
  return reached;
}

// Whether q can do what the label says, with τ around it where the relation is weak, and be related to `target`.
bool Bisimilarity::reaches(const Ptr& target, const Ptr& q, const Label& label, const Distinct& later) {
  const auto ends_well = [&](const Ptr& r) {
    const std::vector<Ptr> ends = closure(r);
    return std::any_of(ends.begin(), ends.end(),
                       [&](const Ptr& end) { return bisimilar(target, end, among(later, free_names(target, end))); });
  };
  if (label.kind == 't' && equivalence_.weak) return ends_well(q);
  for (const Ptr& r : closure(q))
    for (const Move& move : moves(r)) {
      if (bound_names(move).size() != label.chosen.size()) continue;
      const Step step = taken(move, label.chosen);
      if (step.label == label && ends_well(step.target)) return true;
    }
  return false;
}

// One input for all names received; weakly, no τ between the input and the choice of the names.
bool Bisimilarity::answers_late(const Move& input, const Ptr& q, const std::vector<Names>& choices) {
  for (const Ptr& r : closure(q))
    for (const Move& move : moves(r)) {
      if (move.kind != 'i' || move.subject != input.subject || move.objects.size() != input.objects.size()) continue;
      const bool for_all = std::all_of(choices.begin(), choices.end(), [&](const Names& names) {
        const std::vector<Ptr> ends = closure(taken(move, names).target);
        const Ptr target = taken(input, names).target;
        return std::any_of(ends.begin(), ends.end(), [&](const Ptr& end) { return bisimilar(target, end, {}); });
      });
      if (for_all) return true;
    }
  return false;
}

// Whether q answers every step of p.
bool Bisimilarity::answers(const Ptr& p, const Ptr& q, const Distinct& distinct) {
  const std::set<std::string> known = free_names(p, q);
  for (const Move& move : moves(p)) {
    const Names fresh = fresh_names(bound_names(move).size(), known);
    std::vector<Names> choices{fresh};
    Distinct later = distinct;
    if (move.kind == 'i' && equivalence_.instantiation == pi::Instantiation::late) {
      if (!answers_late(move, q, receptions(fresh.size(), known))) return false;
      continue;
    }
    if (move.kind == 'i' && equivalence_.instantiation == pi::Instantiation::early)
      choices = receptions(fresh.size(), known);
    if (move.kind == 'o') later = with_extruded(distinct, fresh, known);
    for (const Names& names : choices) {
      const Step step = taken(move, names);
      if (!reaches(step.target, q, step.label, later)) return false;
    }
  }
  return true;
}

}  // namespace tryst::naive_pi
