#include "checker/structural/certify_refutation.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tryst {

namespace {

// The clauses that every deadlock satisfies, and the lemmas that end in a contradiction.
class Refutation {
 public:
  Refutation(const PlainNet& net, const Certificate::Argument& argument)
      : net_(net), argument_(argument), variables_(static_cast<int>(net.size())) {
    for (const Certificate::Ladder& ladder : argument.ladders) {
      if (ladder.places.empty() || ladder.first_variable != variables_ + 1)
        throw WrongCertificate{"a ladder has other variables"};
      variables_ += static_cast<int>(ladder.places.size()) - 1;
    }
  }

  void check() {
    std::set<std::pair<std::uint32_t, std::uint32_t>> neighbours;
    for (std::uint32_t r = 0; r < net_.network().rules().size(); ++r) add_pairs(r, neighbours);
    neighbours_.resize(net_.components());
    for (const auto& [first, second] : neighbours) {
      neighbours_[first].push_back(second);
      neighbours_[second].push_back(first);
    }
    UnitPropagation clauses(variables_, [this](int variable) -> const std::vector<int>& { return excluded(variable); });
    clauses_ = &clauses;
    for (std::uint32_t c = 0; c < net_.components(); ++c) add_component(c);
    for (const Certificate::Ladder& ladder : argument_.ladders) add_ladder(ladder);
    for (std::uint32_t r = 0; r < net_.network().rules().size(); ++r) add_rule(r);
    for (const Places& trap : argument_.traps) add_one_of(trap);
    for (const Certificate::Sum& sum : argument_.sums)
      for (const Places& cut : sum.cuts) add_one_of(cut);
    for (const Certificate::Tuple& tuple : argument_.tuples) add_one_of(tuple.places);
    follow_lemmas(clauses, variables_, argument_, net_.budget());
  }

 private:
  static constexpr std::size_t pairwise_max = 8;     // places of a component without a ladder
  static constexpr std::size_t products_max = 4096;  // clauses of a rule

  static int variable(Place p) { return static_cast<int>(p) + 1; }

  void add_one_of(const Places& places) {
    std::vector<int> clause;
    for (const Place p : places)
      if (net_.blockable(p)) clause.push_back(variable(p));
    clauses_->add(clause);
  }

  void add_component(std::uint32_t component) {
    const Places places = net_.blockable_of(component);
    add_one_of(places);
    if (places.size() > pairwise_max) return;
    for (const Place p : places)
      for (const Place q : places)
        if (p < q) clauses_->add(std::vector{-variable(p), -variable(q)});
  }

  // v_i stands for "one of the first i places": whatever it is defined as, no deadlock is lost.
  void add_ladder(const Certificate::Ladder& ladder) {
    check_ladder(ladder, net_);
    for (std::size_t i = 0; i < ladder.places.size(); ++i) {
      const int here = ladder.first_variable + static_cast<int>(i);
      const int place = variable(ladder.places[i]);
      if (i > 0) clauses_->add(std::vector{-(here - 1), -place});
      if (i + 1 == ladder.places.size()) break;
      clauses_->add(std::vector{-place, here});
      if (i > 0) clauses_->add(std::vector{-(here - 1), here});
    }
  }

  // The places of neighbours that cannot be occupied together with one: too many to be clauses.
  const std::vector<int>& excluded(int literal) {
    static const std::vector<int> nothing;
    if (literal > static_cast<int>(net_.size())) return nothing;  // of a ladder
    const Place p = static_cast<Place>(literal - 1);
    const auto [at, added] = excluded_.try_emplace(literal);
    if (added)
      for (const std::uint32_t other : neighbours_[net_.component(p)])
        for (const Place q : net_.blockable_of(other))
          if (!meetings_.can_meet(p, q)) at->second.push_back(variable(q));
    return at->second;
  }

  // Somebody does not offer their part: said of those who do not, and, if that is shorter, of each choice of those who do.
  void add_rule(std::uint32_t rule) {
    const auto who = net_.participants(rule);
    std::vector<int> refusing;
    std::vector<Places> offering;
    std::size_t products = 1;
    for (const Participant& each : who) {
      offering.emplace_back();
      for (const Place p : net_.blockable_of(each.component))
        if (net_.offers(p, each))
          offering.back().push_back(p);
        else
          refusing.push_back(variable(p));
      products = std::min(products * offering.back().size(), products_max + 1);
    }
    if (products == 0) return;
    clauses_->add(refusing);
    if (products * who.size() > refusing.size()) return;
    for (std::size_t n = 0; products <= products_max && n < products; ++n) {
      std::vector<int> together;
      std::size_t rest = n;
      for (const Places& places : offering) {
        together.push_back(-variable(places[rest % places.size()]));
        rest /= places.size();
      }
      clauses_->add(together);
    }
  }

  void add_pairs(std::uint32_t rule, std::set<std::pair<std::uint32_t, std::uint32_t>>& neighbours) const {
    constexpr std::size_t width_max = 1024;
    const auto who = net_.participants(rule);
    if (who.size() > width_max) return;
    for (const Participant& first : who)
      for (const Participant& second : who)
        if (first.component < second.component) neighbours.emplace(first.component, second.component);
  }

  const PlainNet& net_;
  const Certificate::Argument& argument_;
  Meetings meetings_{net_};
  UnitPropagation* clauses_ = nullptr;
  std::vector<std::vector<std::uint32_t>> neighbours_;  // by component
  std::map<int, std::vector<int>> excluded_;            // by variable, as far as asked for
  int variables_;
};

}  // namespace

void follow_lemmas(UnitPropagation& clauses, int variables, const Certificate::Argument& argument, Budget& budget) {
  for (const std::vector<int>& lemma : argument.lemmas) {
    budget.poll(100);
    for (const int literal : lemma)
      if (literal == 0 || literal > variables || literal < -variables)
        throw WrongCertificate{"a lemma has an unknown variable"};
    if (!clauses.follows(lemma)) throw WrongCertificate{"a lemma does not follow"};
    clauses.add(lemma);
  }
  if (!clauses.is_contradictory()) throw WrongCertificate{"the lemmas end without a contradiction"};
}

void check_ladder(const Certificate::Ladder& ladder, const PlainNet& net) {
  const auto is_other = [&](Place p) {
    return p >= net.size() || net.component(p) != net.component(ladder.places.front());
  };
  const std::set<Place> distinct(ladder.places.begin(), ladder.places.end());
  if (std::ranges::any_of(ladder.places, is_other) || distinct.size() != ladder.places.size())
    throw WrongCertificate{"a ladder has places of several components"};
}

void check_refutation(const PlainNet& net, const Certificate::Argument& argument) { Refutation(net, argument).check(); }

}  // namespace tryst
