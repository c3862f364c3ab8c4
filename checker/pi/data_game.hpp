// The bisimulation game where numbers that are received stay variables: each position is a predicate of its variables,
// and the rules are equations between predicates.
//
//   position p holds for given numbers  iff  for each clause of p, for all numbers that are received in it: if the
//   guard holds, so do the conditions of one answer at least, and the position after it, for its numbers
//
// This is the system of predicate equations of symbolic bisimulation (Hennessy & Lin, "Symbolic bisimulations", TCS
// 1995) on symbolic transition graphs with assignment (Lin, CONCUR 1996): variables of a position are only what its
// processes mention, and what definitions are called with becomes a variable of its own, so a process of finitely many
// control states has finitely many positions, however large its numbers grow. Names are as in the game
// (bisimulation_game.hpp), Booleans one of two values.
#pragma once

#include <map>
#include <tuple>

#include "checker/pi/play.hpp"
#include "semantics/budget.hpp"

namespace tryst::pi {

// What the variables 0, 1 ... of a position are, in the variables of another.
using Assignment = std::vector<Sum>;

inline constexpr std::uint32_t identical_processes = 0xffffffff;  // the position of these: it always holds

struct DataAnswer {
  std::vector<Test> conditions;
  std::uint32_t position;
  Assignment data;
};

struct DataClause {
  std::vector<std::uint32_t> received;  // variables for all numbers
  std::vector<Test> guard;
  std::vector<DataAnswer> answers;
};

class DataGame {
 public:
  // With `numbers_too` the numbers that active definitions are called with become variables as well: needed where they
  // grow, and a waste where they do not.
  DataGame(Transitions&, TermId left, TermId right, Equivalence, const Distinction&, Budget&, bool numbers_too);

  // Unfolds all positions, at most so many. Throws LimitReached, UndecidedMismatch.
  void unfold(std::size_t positions_max);

  // Position 0 is the first, where the variables are these.
  const Assignment& first() const { return first_; }
  std::size_t size() const { return positions_.size(); }
  const Situation& situation(std::uint32_t p) const { return positions_[p]; }
  const std::vector<DataClause>& clauses(std::uint32_t p) const { return clauses_[p]; }

 private:
  using Reached = std::vector<std::pair<TermId, std::vector<Test>>>;
  struct Offer {
    Challenge challenge;
    std::vector<std::uint32_t> received;
    std::vector<Test> guard;
  };

  std::pair<std::uint32_t, Assignment> meet(Situation);
  std::vector<Offer> offers(const Situation&);
  void add_offers(const Situation&, bool by_left, const Commitment&, std::span<const Name> known, std::vector<Offer>&);
  Reached answers(const Situation&, const Challenge&);
  std::optional<std::vector<Test>> conditions(const Commitment&, const Action&);
  TermId substituted(TermId, const NameMap&);
  Mode mode() const { return equivalence_.instantiation == Instantiation::open ? Mode::symbolic : Mode::literal; }
  bool receives_all_names() const {
    return equivalence_.instantiation == Instantiation::early || equivalence_.instantiation == Instantiation::late;
  }

  Transitions& transitions_;
  Terms& terms_;
  Equivalence equivalence_;
  Budget& budget_;
  bool numbers_too_;
  Assignment first_;
  std::vector<Situation> positions_;
  std::vector<std::vector<DataClause>> clauses_;  // of those unfolded
  using Key =
      std::tuple<Stage, TermId, TermId, bool, std::uint32_t, std::vector<Kind>, std::vector<std::pair<Name, Name>>>;
  std::map<Key, std::uint32_t> ids_;
};

}  // namespace tryst::pi
