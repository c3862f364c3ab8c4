// The bisimulation game of two π-processes: situations and challenges as positions and moves of checker/game.hpp.
//
// Names are aligned: what is new in a step gets the least fresh names that neither process of the pair knows, the same
// on both sides, so finite-control processes have finitely many pairs. A situation of identical processes is left
// without challenges. Distinctions keep only names that are free in the pair: what is forgotten cannot come back.
// Where a process grows beyond the number of components that it began with, each answer comes twice: first as a smaller
// pair that is enough to be related (up_to.hpp), then as it is. So many a pair of growing processes is found related;
// and since a pair is refuted only with both, no answer is wrong.
// Of the numbers that can be received, the attacker chooses among those listed. So it has fewer moves than it should:
// it is right about a "no", and about a "yes" only if no number was received.
#pragma once

#include <deque>
#include <unordered_map>

#include "checker/game.hpp"
#include "checker/pi/answers.hpp"
#include "checker/pi/mentions.hpp"
#include "checker/pi/up_to.hpp"

namespace tryst::pi {

class BisimulationGame : public Game {
 public:
  BisimulationGame(Transitions&, TermId left, TermId right, Equivalence, const Distinction&, Budget&,
                   std::span<const Name> integers = {});

  std::vector<ChallengeId> challenges(PositionId) override;
  std::optional<PositionId> answer(ChallengeId, std::uint32_t n) override;

  const Situation& situation(PositionId p) const { return situations_[index(p)]; }
  const Challenge& challenge(ChallengeId c) const { return moves_[index(c)].challenge; }
  // The defender's process after answer number n, which has been asked for.
  std::optional<TermId> answering(ChallengeId, std::uint32_t n);
  // Its steps in that answer.
  std::vector<Prefixes> steps(ChallengeId, std::uint32_t n) const;
  // Whether answer number n is the pair as it is; the others are never needed to refute a challenge.
  static bool is_whole(std::uint32_t n) { return n % 2 == 1; }
  // What the smaller pairs that have been answers stand for.
  const UpTo& up_to() const { return up_to_; }
  bool has_received_integers() const { return has_received_integers_; }

 private:
  static constexpr std::uint32_t no_list = 0xffffffff;
  struct Move {
    PositionId position;
    Challenge challenge;
    std::uint32_t answers;  // an id of lists_; no_list where the defender has no choice
    TermId only_answer;     // where it has none
  };

  PositionId meet(Situation);
  std::size_t size(TermId) const;
  bool is_larger(const Situation&) const;
  ChallengeId add(Move);
  std::uint32_t answers_to(const Situation&, const Challenge&, TermId defender, std::span<const Name> known);
  void add_moves(PositionId, bool by_left, std::vector<ChallengeId>&);
  void add_move(PositionId, bool by_left, const Commitment&, std::span<const Name> known, std::vector<ChallengeId>&);
  void add_late(PositionId, bool by_left, const Commitment&, const NameMap&, std::span<const Name> known,
                std::vector<ChallengeId>&);
  void add_choices(PositionId, std::vector<ChallengeId>&);
  void add_substitutions(PositionId, std::vector<ChallengeId>&);

  Transitions& transitions_;
  Terms& terms_;
  Equivalence equivalence_;
  AnswerLists lists_;
  std::size_t size_;  // of the larger of the two first processes
  UpTo up_to_;
  std::vector<Name> integers_;
  bool has_received_integers_ = false;
  bool sees_mismatch_;                // open only: the answers depend on the distinction
  std::deque<Situation> situations_;  // by PositionId
  std::deque<Move> moves_;            // by ChallengeId
  std::unordered_multimap<std::uint64_t, PositionId> by_hash_;
};

}  // namespace tryst::pi
