// The equivalences, decided by a game on symbolic transitions, against their definitions executed on plain trees.
#include <catch2/catch.hpp>
#include <random>

#include "checker/pi/equivalence.hpp"
#include "tests/pi/naive_bisimilarity.hpp"
#include "tests/pi/pi_fixture.hpp"
#include "tests/pi/samples.hpp"

using namespace tryst;
using naive_pi::Ptr;

namespace {

bool is_open(const pi::Equivalence& e) { return e.instantiation == pi::Instantiation::open; }

// Pairs of processes put to both, relation by relation; what was counted shows that the pairs tell something.
class Comparison {
 public:
  // The names listed are distinct from all others where that counts.
  void check(const Ptr& p, const Ptr& q, const std::vector<std::string>& listed = {}) {
    const pi::TermId left = term(p), right = term(q);
    const bool has_mismatch = (text(p) + text(q)).find('#') != std::string::npos;
    std::vector<pi::Name> names;
    for (const std::string& name : listed) names.push_back(model_.terms.constant(name));
    for (std::size_t i = 0; i < oracles_.size(); ++i) {
      const pi::Equivalence equivalence = pi::all_equivalences()[i];
      if (is_open(equivalence) && has_mismatch) continue;
      const bool expected = oracles_[i].relates(p, q, naive_pi::distinct_from_all(p, q, listed));
      Budget budget;
      const pi::Comparison decided = compare(model_.transitions, left, right, equivalence,
                                             distinct_from_all(model_.terms, left, right, names), budget);
      if (decided.outcome != (expected ? Outcome::holds : Outcome::fails))
        FAIL_CHECK(text(p) << "  and  " << text(q) << ", " << name(equivalence) << ", listed " << listed.size()
                           << ", should be " << (expected ? "equivalent" : "different"));
      ++(expected ? related_ : unrelated_)[i];
    }
  }

  // How often the relation held, and did not, at least.
  std::size_t verdicts_min() const {
    std::size_t least = related_[0];
    for (const auto& counts : {related_, unrelated_}) least = std::min(least, *std::ranges::min_element(counts));
    return least;
  }

 private:
  pi::TermId term(const Ptr& p) {
    const auto [at, is_new] = terms_.try_emplace(p.get());
    if (is_new) at->second = model_.term(text(p));
    return at->second;
  }

  static std::vector<naive_pi::Bisimilarity> oracles() {
    std::vector<naive_pi::Bisimilarity> all;
    for (const pi::Equivalence& equivalence : pi::all_equivalences()) all.emplace_back(equivalence);
    return all;
  }

  PiModel model_;
  std::vector<naive_pi::Bisimilarity> oracles_ = oracles();  // in the order of all_equivalences()
  std::vector<std::size_t> related_ = std::vector<std::size_t>(oracles_.size());
  std::vector<std::size_t> unrelated_ = related_;
  std::map<const naive_pi::Process*, pi::TermId> terms_;
};

void check_all_pairs(const std::vector<Ptr>& processes) {
  Comparison comparison;
  for (std::size_t i = 0; i < processes.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) comparison.check(processes[i], processes[j]);
  CHECK(comparison.verdicts_min() > 0);
}

// Random processes and what becomes of them by a few changes.
void check_neighbours(unsigned seed, int pairs, int size_max) {
  std::mt19937 random(seed);
  std::size_t least = 0;
  constexpr int pairs_at_once = 200;  // so that terms that are no longer needed are forgotten
  for (int done = 0; done < pairs; done += pairs_at_once) {
    Comparison comparison;
    std::vector<Ptr> alive;  // terms are remembered by address
    for (int i = 0; i < pairs_at_once; ++i) {
      const auto mismatch = i % 3 == 0 ? naive_pi::Mismatch::with : naive_pi::Mismatch::without;
      Ptr p = naive_pi::random_process(random, 2 + i % (size_max - 1), mismatch);
      Ptr q = p;
      if (i % 7 == 0) std::tie(p, q) = naive_pi::choices_on_reception(random, 1 + i % 3, mismatch);
      for (int changes = (i % 7 == 0 ? 0 : 1) + i % 2; changes > 0; --changes) q = neighbour(q, random);
      if (i % 4 == 0) {
        const std::size_t order = random();
        p = naive_pi::behind_interface(p, order);
        q = naive_pi::behind_interface(q, order);
      }
      std::vector<std::string> listed;
      for (const char* name : {"a", "b", "c"})
        if (random() % 3 == 0) listed.emplace_back(name);
      comparison.check(p, q, listed);
      alive.insert(alive.end(), {p, q});
    }
    least += comparison.verdicts_min();
  }
  CHECK(least * 50 > static_cast<std::size_t>(pairs));
}

}  // namespace

TEST_CASE("all pairs of processes of two operators are related as the definitions say") {
  check_all_pairs(naive_pi::small_processes(2, {"a", "b"}));
}

TEST_CASE("random processes and their neighbours are related as the definitions say") { check_neighbours(1, 4000, 6); }

TEST_CASE("all pairs of processes of three operators, and many neighbours of five", "[.long]") {
  check_all_pairs(naive_pi::small_processes(2, {"a", "b", "c"}));
  check_all_pairs(naive_pi::small_processes(3, {"a"}));
  check_neighbours(2, 40'000, 7);
}
