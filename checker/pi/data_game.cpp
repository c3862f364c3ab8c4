#include "checker/pi/data_game.hpp"

#include <algorithm>
#include <set>

#include "checker/pi/answers.hpp"
#include "checker/pi/data_formula.hpp"

namespace tryst::pi {

namespace {

// Numbers of variables that no process has: those of a position, before they get their own.
constexpr std::uint32_t new_variables = 1u << 20;

constexpr std::size_t answers_max = 5'000;

std::vector<Name> known_to(const Terms& terms, const Situation& s) {
  return united(terms.free_names(s.left), terms.free_names(s.right));
}

std::vector<std::uint32_t> variables_among(std::span<const Name> names) {
  std::vector<std::uint32_t> out;
  for (const Name n : names)
    if (is_integer_variable(n)) out.push_back(number(n));
  return out;
}

void add(std::vector<Test>& tests, const Test& test) {
  const auto at = std::ranges::lower_bound(tests, test);
  if (at == tests.end() || *at != test) tests.insert(at, test);
}

}  // namespace

DataGame::DataGame(Transitions& transitions, TermId left, TermId right, Equivalence equivalence,
                   const Distinction& distinction, Budget& budget, bool numbers_too)
    : transitions_(transitions),
      terms_(transitions.terms()),
      equivalence_(equivalence),
      budget_(budget),
      numbers_too_(numbers_too) {
  Situation first{equivalence.congruence ? Stage::substituted : Stage::pair, left, right, false, 0, {}, {}};
  if (equivalence.instantiation == Instantiation::open) {
    first.distinction = distinction;
    first.distinction.restrict_to(known_to(terms_, first));
  }
  first_ = meet(std::move(first)).second;
}

void DataGame::unfold(std::size_t positions_max) {
  for (std::uint32_t p = 0; p < positions_.size(); ++p) {
    if (positions_.size() > positions_max) throw LimitReached{"there are too many pairs of processes with data"};
    budget_.count_state();
    std::vector<DataClause> clauses;
    const Situation s = positions_[p];
    for (const Offer& offer : offers(s)) {
      DataClause clause{offer.received, offer.guard, {}};
      for (const auto& [target, conditions] : answers(s, offer.challenge)) {
        auto [position, data] = meet(after(s, offer.challenge, target, equivalence_, terms_));
        clause.answers.push_back({conditions, position, std::move(data)});
      }
      budget_.count_transitions(1);
      clauses.push_back(std::move(clause));
    }
    clauses_.push_back(std::move(clauses));
  }
}

// --- positions

std::pair<std::uint32_t, Assignment> DataGame::meet(Situation s) {
  if (s.left == s.right) return {identical_processes, {}};
  std::vector<Name> called_with;
  if (s.stage == Stage::pair) {
    s.left = with_variables(terms_, s.left, called_with, new_variables, numbers_too_);
    s.right = with_variables(terms_, s.right, called_with, new_variables, numbers_too_);
  }
  Assignment data;
  for (const Name sum : called_with) data.push_back(terms_.integers().sum_of(sum));
  // Now all variables get the numbers from 0 on, at once.
  NameMap to_position;
  std::vector<Name> names;
  for (const Name n : known_to(terms_, s)) {
    if (!is_integer_variable(n)) {
      names.push_back(n);
      continue;
    }
    const bool is_new = number(n) >= new_variables;
    const std::uint32_t own = is_new ? number(n) - new_variables : static_cast<std::uint32_t>(data.size());
    if (!is_new) data.push_back(terms_.integers().sum_of(n));
    if (number(n) != own) to_position.emplace_back(n, integer_variable(own));
  }
  s.left = substituted(s.left, to_position);
  s.right = substituted(s.right, to_position);
  s.distinction.restrict_to(names);
  const auto id = static_cast<std::uint32_t>(positions_.size());
  const auto [at, is_first] =
      ids_.try_emplace({s.stage, s.left, s.right, s.left_moved, s.arity, s.kinds, s.distinction.pairs()}, id);
  if (is_first) positions_.push_back(std::move(s));
  return {at->second, std::move(data)};
}

TermId DataGame::substituted(TermId t, const NameMap& map) {
  if (map.empty()) return t;
  return terms_[t].loose > 0 ? terms_.substitute(t, map) : terms_.settle(terms_.substitute(t, map));
}

// --- what the attacker can do

std::vector<DataGame::Offer> DataGame::offers(const Situation& s) {
  std::vector<Offer> out;
  const std::vector<Name> known = known_to(terms_, s);
  switch (s.stage) {
    case Stage::substituted: {
      std::vector<Name> names;
      for (const Name n : known)
        if (!is_integer_variable(n)) names.push_back(n);
      for (NameMap& map : partitions(names)) {
        const TermId left = substituted(s.left, map);
        out.push_back({{true, std::move(map), {}, left, {}}, {}, {}});
      }
      break;
    }
    case Stage::received:
      receptions(s.arity, s.kinds, known, {receives_all_names(), {}}, [&](std::span<const Name> names) {
        const TermId moved = terms_.settle(terms_.instantiate(s.left_moved ? s.left : s.right, names));
        const Action chosen{ActionKind::input, {}, {names.begin(), names.end()}, {}, s.arity, s.kinds};
        out.push_back({{s.left_moved, {}, chosen, moved, {}}, variables_among(names), {}});
        return true;
      });
      break;
    case Stage::pair:
      for (const bool by_left : {true, false})
        for (const Commitment& c : transitions_.of(by_left ? s.left : s.right, mode()))
          add_offers(s, by_left, c, known, out);
      break;
  }
  return out;
}

void DataGame::add_offers(const Situation& s, bool by_left, const Commitment& c, std::span<const Name> known,
                          std::vector<Offer>& out) {
  const std::optional<NameMap> sigma = substitution_of(c, s.distinction);
  if (!sigma) return;
  const bool receives = c.kind == ActionKind::input && c.binders > 0;
  if (receives && chooses_late(equivalence_, c.kinds)) {
    const Action action{c.kind, image(*sigma, c.subject), {}, {}, c.binders, c.kinds};
    out.push_back({{by_left, *sigma, action, substituted(c.target, *sigma), {c.span, c.partner}}, {}, c.tests});
    return;
  }
  const auto offer = [&](std::span<const Name> names) {
    const TermId target = substituted(transitions_.target(c, names), *sigma);
    const std::vector<std::uint32_t> received = receives ? variables_among(names) : std::vector<std::uint32_t>{};
    out.push_back(
        {{by_left, *sigma, action_of(c, names, *sigma, transitions_), target, {c.span, c.partner}}, received, c.tests});
    return true;
  };
  if (receives)
    receptions(c.binders, c.kinds, known, {receives_all_names(), {}}, offer);
  else
    offer(Terms::least_fresh_names(c.binders, known));
}

// --- what the defender can answer

// Under which conditions a commitment performs the action; none: under no condition.
std::optional<std::vector<Test>> DataGame::conditions(const Commitment& c, const Action& action) {
  if (c.kind != action.kind) return std::nullopt;
  std::vector<Test> tests = c.tests;
  if (c.kind != ActionKind::output) return performs(c, action, transitions_) ? std::optional(tests) : std::nullopt;
  if (c.subject != action.subject || c.binders != action.extruded.size()) return std::nullopt;
  const std::vector<Name> objects = transitions_.objects(c, action.extruded);
  if (objects.size() != action.objects.size()) return std::nullopt;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (objects[i] == action.objects[i]) continue;
    if (!is_integer(objects[i]) || !is_integer(action.objects[i])) return std::nullopt;
    Sum difference = terms_.integers().sum_of(objects[i]);
    Integers::add(difference, terms_.integers().sum_of(action.objects[i]), -1);
    if (difference.variables.empty()) return std::nullopt;  // two numbers
    add(tests, {terms_.integers().name_of(std::move(difference)), TestKind::equal});
  }
  return tests;
}

DataGame::Reached DataGame::answers(const Situation& s, const Challenge& challenge) {
  const TermId other = challenge.by_left ? s.right : s.left;
  if (s.stage == Stage::substituted) return {{substituted(other, challenge.substitution), {}}};
  const Action& action = challenge.action;
  const bool is_received = s.stage == Stage::received;
  const TermId defender = is_received ? terms_.settle(terms_.instantiate(other, action.objects))
                                      : substituted(other, challenge.substitution);
  if (is_received && !equivalence_.weak) return {{defender, {}}};
  const Distinction before = s.distinction.mapped(challenge.substitution);
  const Distinction later = distinction_after(s, challenge, known_to(terms_, s));

  using Walk = std::tuple<TermId, bool, std::vector<Test>>;  // with whether the action is done
  std::vector<Walk> queue;
  std::set<Walk> seen;
  const auto meet = [&](Walk walk) {
    if (seen.insert(walk).second) queue.push_back(std::move(walk));
    if (queue.size() > answers_max) throw LimitReached{"an action on data has too many answers"};
  };
  meet({defender, is_received || (equivalence_.weak && action.kind == ActionKind::tau), {}});
  Reached reached;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    budget_.poll();
    const auto [process, done, tests] = queue[i];
    if (done) reached.emplace_back(process, tests);
    if (done && (!equivalence_.weak || (is_late(action) && !is_received))) continue;
    for (const Commitment& c : transitions_.of(process, mode())) {
      if (!is_enabled(c, done ? later : before)) continue;
      const auto with = [&](const std::vector<Test>& more) {
        std::vector<Test> all = tests;
        for (const Test& each : more) add(all, each);
        return all;
      };
      if (c.kind == ActionKind::tau && equivalence_.weak) {
        meet({transitions_.target(c, {}), done, with(c.tests)});
        continue;
      }
      const auto where = done ? std::nullopt : conditions(c, action);
      if (!where) continue;
      const std::vector<Name>& names = action.kind == ActionKind::input ? action.objects : action.extruded;
      meet({is_late(action) ? c.target : transitions_.target(c, names), true, with(*where)});
    }
  }
  return reached;
}

}  // namespace tryst::pi
