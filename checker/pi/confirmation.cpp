#include "checker/pi/confirmation.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "checker/pi/answers.hpp"
#include "checker/pi/up_to.hpp"

namespace tryst::pi {

namespace {

class Rules {
 public:
  Rules(Transitions& transitions, const Equivalence& equivalence, Budget& budget, std::span<const Name> integers)
      : transitions_(transitions),
        terms_(transitions.terms()),
        equivalence_(equivalence),
        budget_(budget),
        integers_(integers) {}

  std::vector<Challenge> challenges(const Situation& s) {
    std::vector<Challenge> out;
    const std::vector<Name> known = known_names(s);
    if (s.stage == Stage::substituted) {
      for (NameMap& map : partitions(known)) {
        const TermId left = substituted(s.left, map);
        out.push_back({true, std::move(map), {}, left});
      }
    } else if (s.stage == Stage::received) {
      for (const auto& names : tuples(s.arity, s.kinds, known))
        out.push_back({s.left_moved,
                       {},
                       {ActionKind::input, {}, names, {}, s.arity, s.kinds},
                       received(s.left_moved ? s.left : s.right, names)});
    } else {
      for (const bool by_left : {true, false})
        for (const Commitment& c : transitions_.of(by_left ? s.left : s.right, mode()))
          add_moves(s, by_left, c, known, out);
    }
    return out;
  }

  std::set<TermId> answers(const Situation& s, const Challenge& challenge) {
    const TermId other = challenge.by_left ? s.right : s.left;
    if (s.stage == Stage::substituted) return {substituted(other, challenge.substitution)};
    if (s.stage == Stage::received) {
      const TermId chosen = received(other, challenge.action.objects);
      return equivalence_.weak ? silently(chosen, s.distinction) : std::set<TermId>{chosen};
    }
    const Action& action = challenge.action;
    const TermId defender = substituted(other, challenge.substitution);
    const Distinction before = s.distinction.mapped(challenge.substitution);
    const Distinction later = distinction_after(s, challenge, known_names(s));
    std::set<TermId> out;
    if (equivalence_.weak && action.kind == ActionKind::tau) return silently(defender, before);
    for (const TermId t : equivalence_.weak ? silently(defender, before) : std::set<TermId>{defender})
      for (const Commitment& c : transitions_.of(t, mode())) {
        if (!performs(c, action, transitions_) || !is_enabled(c, before)) continue;
        if (is_late(action)) {
          out.insert(c.target);
          continue;
        }
        const TermId next = transitions_.target(c, action.kind == ActionKind::input ? action.objects : action.extruded);
        out.merge(equivalence_.weak ? silently(next, later) : std::set<TermId>{next});
      }
    return out;
  }

  Situation next(const Situation& s, const Challenge& challenge, TermId target) const {
    return after(s, challenge, target, equivalence_, terms_);
  }

 private:
  Mode mode() const { return equivalence_.instantiation == Instantiation::open ? Mode::symbolic : Mode::literal; }

  std::vector<Name> known_names(const Situation& s) const {
    return united(terms_.free_names(s.left), terms_.free_names(s.right));
  }

  TermId substituted(TermId t, const NameMap& map) {
    return map.empty() ? t : terms_.settle(terms_.substitute(t, map));
  }

  TermId received(TermId t, std::span<const Name> names) { return terms_.settle(terms_.instantiate(t, names)); }

  std::vector<std::vector<Name>> tuples(std::uint32_t arity, const std::vector<Kind>& kinds,
                                        const std::vector<Name>& known) const {
    const bool all_names =
        equivalence_.instantiation == Instantiation::early || equivalence_.instantiation == Instantiation::late;
    std::vector<std::vector<Name>> out;
    receptions(arity, kinds, known, {all_names, integers_}, [&](std::span<const Name> names) {
      out.emplace_back(names.begin(), names.end());
      return true;
    });
    return out;
  }

  void add_moves(const Situation& s, bool by_left, const Commitment& c, const std::vector<Name>& known,
                 std::vector<Challenge>& out) {
    const std::optional<NameMap> sigma = substitution_of(c, s.distinction);
    if (!sigma) return;
    std::vector<std::vector<Name>> choices{Terms::least_fresh_names(c.binders, known)};
    if (c.kind == ActionKind::input && c.binders > 0) {
      if (chooses_late(equivalence_, c.kinds)) {
        const TermId abstraction = sigma->empty() ? c.target : terms_.substitute(c.target, *sigma);
        out.push_back({by_left, *sigma, {c.kind, image(*sigma, c.subject), {}, {}, c.binders, c.kinds}, abstraction});
        return;
      }
      choices = tuples(c.binders, c.kinds, known);
    }
    for (const std::vector<Name>& names : choices)
      out.push_back({by_left, *sigma, action_of(c, names, *sigma, transitions_),
                     substituted(transitions_.target(c, names), *sigma)});
  }

  // The process and all that it becomes by τ.
  std::set<TermId> silently(TermId t, const Distinction& distinction) {
    std::set<TermId> seen{t};
    std::vector<TermId> open{t};
    while (!open.empty()) {
      const TermId from = open.back();
      open.pop_back();
      budget_.poll();
      for (const Commitment& c : transitions_.of(from, mode()))
        if (c.kind == ActionKind::tau && is_enabled(c, distinction)) {
          const TermId to = transitions_.target(c, {});
          if (seen.insert(to).second) open.push_back(to);
        }
    }
    return seen;
  }

  Transitions& transitions_;
  Terms& terms_;
  Equivalence equivalence_;
  Budget& budget_;
  std::span<const Name> integers_;
};

bool same(const Challenge& a, const Challenge& b) {
  return a.by_left == b.by_left && a.substitution == b.substitution && a.action == b.action && a.target == b.target;
}

auto key(const Situation& s) {
  return std::tuple(s.stage, s.left, s.right, s.left_moved, s.arity, s.kinds, s.distinction.pairs());
}

}  // namespace

bool confirm_play(Transitions& transitions, const std::vector<Round>& play, const Equivalence& equivalence,
                  std::span<const Name> integers, Budget& budget) {
  Rules rules(transitions, equivalence, budget, integers);
  for (std::size_t i = 0; i < play.size(); ++i) {
    const auto& [situation, challenge, given] = play[i];
    budget.poll();
    const std::vector<Challenge> possible = rules.challenges(situation);
    if (std::none_of(possible.begin(), possible.end(), [&](const Challenge& c) { return same(c, challenge); }))
      return false;
    for (const TermId target : rules.answers(situation, challenge)) {
      const auto refuted = [&](const Answer& answer) {
        return answer.target == target && answer.round > i && answer.round < play.size() &&
               play[answer.round].situation == rules.next(situation, challenge, target);
      };
      if (std::none_of(given.begin(), given.end(), refuted)) return false;
    }
  }
  return !play.empty();
}

bool confirm_bisimulation(Transitions& transitions, const std::vector<Situation>& situations,
                          const Equivalence& equivalence, Budget& budget) {
  Rules rules(transitions, equivalence, budget, {});
  std::set<decltype(key(situations.front()))> members;
  for (const Situation& s : situations) members.insert(key(s));
  const auto is_member = [&](const Situation& s) { return s.left == s.right || members.contains(key(s)); };
  const auto related = [&](const Situation& s) {
    if (is_member(s)) return true;
    const std::optional<Reduction> smaller = reduced(s, equivalence, transitions.terms());
    return smaller && is_member(smaller->pair);
  };
  for (const Situation& s : situations) {
    budget.poll();
    for (const Challenge& challenge : rules.challenges(s)) {
      const std::set<TermId> answers = rules.answers(s, challenge);
      if (std::none_of(answers.begin(), answers.end(),
                       [&](TermId target) { return related(rules.next(s, challenge, target)); }))
        return false;
    }
  }
  return true;
}

}  // namespace tryst::pi
