#include "checker/pi/bisimulation_game.hpp"

#include <algorithm>
#include <cassert>
#include <unordered_set>

namespace tryst::pi {

namespace {

// The number of partitions of so many names is 115975; of one more, six times that.
constexpr std::size_t substituted_names_max = 10;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t x) {
  hash = (hash ^ x) * 0x9e3779b97f4a7c15;
  return hash ^ (hash >> 29);
}

std::uint64_t hash_of(const Situation& s) {
  std::uint64_t hash = mixed(mixed(0, index(s.left)), index(s.right));
  hash = mixed(hash, static_cast<std::uint64_t>(s.stage) << 33 | std::uint64_t{s.left_moved} << 32 | s.arity);
  for (const auto& [a, b] : s.distinction.pairs()) hash = mixed(hash, std::uint64_t{index(a)} << 32 | index(b));
  return hash;
}

bool receives_integers(std::span<const Kind> kinds) { return std::ranges::find(kinds, Kind::integer) != kinds.end(); }

}  // namespace

BisimulationGame::BisimulationGame(Transitions& transitions, TermId left, TermId right, Equivalence equivalence,
                                   const Distinction& distinction, Budget& budget, std::span<const Name> integers)
    : transitions_(transitions),
      terms_(transitions.terms()),
      equivalence_(equivalence),
      lists_(transitions, equivalence, budget),
      size_(std::max(size(left), size(right))),
      integers_(integers.begin(), integers.end()),
      sees_mismatch_(
          equivalence.instantiation == Instantiation::open &&
          mentions(terms_, {left, right}, [this](TermId t) { return terms_[t].kind == TermKind::mismatch; })) {
  Situation first{equivalence.congruence ? Stage::substituted : Stage::pair, left, right, false, 0, {}, {}};
  if (equivalence.instantiation == Instantiation::open) {
    first.distinction = distinction;
    first.distinction.restrict_to(united(terms_.free_names(left), terms_.free_names(right)));
  }
  meet(std::move(first));
}

PositionId BisimulationGame::meet(Situation situation) {
  const std::uint64_t hash = hash_of(situation);
  const auto [first, last] = by_hash_.equal_range(hash);
  for (auto at = first; at != last; ++at)
    if (situations_[index(at->second)] == situation) return at->second;
  const auto id = static_cast<PositionId>(situations_.size());
  situations_.push_back(std::move(situation));
  by_hash_.emplace(hash, id);
  return id;
}

std::vector<ChallengeId> BisimulationGame::challenges(PositionId p) {
  std::vector<ChallengeId> out;
  const Situation& s = situations_[index(p)];
  if (s.left == s.right) return out;
  switch (s.stage) {
    case Stage::pair:
      add_moves(p, true, out);
      add_moves(p, false, out);
      break;
    case Stage::received: add_choices(p, out); break;
    case Stage::substituted: add_substitutions(p, out); break;
  }
  return out;
}

std::optional<TermId> BisimulationGame::answering(ChallengeId c, std::uint32_t n) {
  const Move& move = moves_[index(c)];
  if (move.answers != no_list) return lists_.at(move.answers, n / 2);
  return n / 2 == 0 ? std::optional(move.only_answer) : std::nullopt;
}

std::vector<Prefixes> BisimulationGame::steps(ChallengeId c, std::uint32_t n) const {
  const Move& move = moves_[index(c)];
  return move.answers == no_list ? std::vector<Prefixes>{} : lists_.path(move.answers, n / 2);
}

std::optional<PositionId> BisimulationGame::answer(ChallengeId c, std::uint32_t n) {
  const std::optional<TermId> target = answering(c, n);
  if (!target) return std::nullopt;
  const Move& move = moves_[index(c)];
  Situation next = after(situations_[index(move.position)], move.challenge, *target, equivalence_, terms_);
  if (!is_whole(n) && is_larger(next)) {
    if (std::optional<Reduction> smaller = reduced(next, equivalence_, terms_)) {
      up_to_.context |= smaller->by.context;
      up_to_.receptions |= smaller->by.receptions;
      return meet(std::move(smaller->pair));
    }
  }
  return meet(std::move(next));
}

// The number of parallel components, under restrictions too.
std::size_t BisimulationGame::size(TermId t) const {
  switch (terms_[t].kind) {
    case TermKind::nil: return 0;
    case TermKind::parallel: {
      std::size_t sum = 0;
      for (const TermId part : terms_.operands(t)) sum += size(part);
      return sum;
    }
    case TermKind::restriction: return size(terms_.operands(t)[0]);
    default: return 1;
  }
}

bool BisimulationGame::is_larger(const Situation& s) const { return std::max(size(s.left), size(s.right)) > size_; }

ChallengeId BisimulationGame::add(Move move) {
  moves_.push_back(std::move(move));
  return static_cast<ChallengeId>(moves_.size() - 1);
}

std::uint32_t BisimulationGame::answers_to(const Situation& s, const Challenge& challenge, TermId defender,
                                           std::span<const Name> known) {
  if (!sees_mismatch_) return lists_.list(defender, challenge.action, {}, {});
  return lists_.list(defender, challenge.action, s.distinction.mapped(challenge.substitution),
                     distinction_after(s, challenge, known));
}

void BisimulationGame::add_moves(PositionId p, bool by_left, std::vector<ChallengeId>& out) {
  const Situation& s = situations_[index(p)];
  const Mode mode = equivalence_.instantiation == Instantiation::open ? Mode::symbolic : Mode::literal;
  const std::vector<Name> known = united(terms_.free_names(s.left), terms_.free_names(s.right));
  for (const Commitment& c : transitions_.of(by_left ? s.left : s.right, mode)) add_move(p, by_left, c, known, out);
}

void BisimulationGame::add_move(PositionId p, bool by_left, const Commitment& c, std::span<const Name> known,
                                std::vector<ChallengeId>& out) {
  const Situation& s = situations_[index(p)];
  const std::optional<NameMap> sigma = substitution_of(c, s.distinction);
  if (!sigma) return;
  const auto substituted = [&](TermId t) { return sigma->empty() ? t : terms_.settle(terms_.substitute(t, *sigma)); };
  const TermId defender = substituted(by_left ? s.right : s.left);
  const auto add_challenge = [&](Challenge challenge) {
    const std::uint32_t answers = answers_to(s, challenge, defender, known);
    out.push_back(add({p, std::move(challenge), answers, {}}));
  };
  const auto add_with = [&](std::span<const Name> names) {
    const TermId target = substituted(transitions_.target(c, names));
    add_challenge({by_left, *sigma, action_of(c, names, *sigma, transitions_), target, {c.span, c.partner}});
    return true;
  };
  assert(c.tests.empty());  // all numbers are known
  const bool receives = c.kind == ActionKind::input && c.binders > 0;
  const bool is_early = equivalence_.instantiation == Instantiation::early;
  if (receives && chooses_late(equivalence_, c.kinds)) return add_late(p, by_left, c, *sigma, known, out);
  if (!receives || (!is_early && c.kinds.empty())) {
    add_with(Terms::least_fresh_names(c.binders, known));
    return;
  }
  has_received_integers_ |= receives_integers(c.kinds);
  receptions(c.binders, c.kinds, known, {is_early, integers_}, add_with);
}

// An input whose names are chosen in the next round.
void BisimulationGame::add_late(PositionId p, bool by_left, const Commitment& c, const NameMap& sigma,
                                std::span<const Name> known, std::vector<ChallengeId>& out) {
  const Situation& s = situations_[index(p)];
  const auto substituted = [&](TermId t) { return sigma.empty() ? t : terms_.settle(terms_.substitute(t, sigma)); };
  Challenge challenge{by_left,
                      sigma,
                      {c.kind, image(sigma, c.subject), {}, {}, c.binders, c.kinds},
                      sigma.empty() ? c.target : terms_.substitute(c.target, sigma),
                      {c.span, c.partner}};
  const std::uint32_t answers = answers_to(s, challenge, substituted(by_left ? s.right : s.left), known);
  out.push_back(add({p, std::move(challenge), answers, {}}));
}

void BisimulationGame::add_choices(PositionId p, std::vector<ChallengeId>& out) {
  const Situation& s = situations_[index(p)];
  const std::vector<Name> known = united(terms_.free_names(s.left), terms_.free_names(s.right));
  const bool is_open = equivalence_.instantiation == Instantiation::open;
  const Distinction distinction = sees_mismatch_ ? s.distinction : Distinction{};
  has_received_integers_ |= receives_integers(s.kinds);
  receptions(s.arity, s.kinds, known, {!is_open, integers_}, [&](std::span<const Name> names) {
    const auto with_names = [&](TermId t) { return terms_.settle(terms_.instantiate(t, names)); };
    const TermId moved = with_names(s.left_moved ? s.left : s.right);
    const TermId defender = with_names(s.left_moved ? s.right : s.left);
    const Action chosen{ActionKind::input, {}, {names.begin(), names.end()}, {}, s.arity, s.kinds};
    const std::uint32_t answers = equivalence_.weak ? lists_.list(defender, {}, distinction, distinction) : no_list;
    out.push_back(add({p, {s.left_moved, {}, chosen, moved}, answers, defender}));
    return true;
  });
}

void BisimulationGame::add_substitutions(PositionId p, std::vector<ChallengeId>& out) {
  const Situation& s = situations_[index(p)];
  const std::vector<Name> known = united(terms_.free_names(s.left), terms_.free_names(s.right));
  if (known.size() > substituted_names_max)
    throw LimitReached{"congruences are decided for processes of at most 10 free names"};
  for (NameMap& map : partitions(known)) {
    const TermId left = terms_.settle(terms_.substitute(s.left, map));
    const TermId right = terms_.settle(terms_.substitute(s.right, map));
    out.push_back(add({p, {true, std::move(map), {}, left}, no_list, right}));
  }
}

}  // namespace tryst::pi
