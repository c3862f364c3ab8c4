#include "checker/symbolic/symbolic_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checker/symbolic/random_runs.hpp"
#include "checker/symbolic/ranking.hpp"
#include "checker/symbolic/sum_invariants.hpp"
#include "checker/symbolic/word_cases.hpp"
#include "checker/symbolic/word_invariants.hpp"
#include "checker/symbolic/zones.hpp"
#include "semantics/symbolic/expressions.hpp"
#include "semantics/symbolic/projection.hpp"

namespace tryst {

namespace {

using Answer = Solver::Answer;

constexpr double query_share = 0.25;          // of the time that is left, for one query
constexpr double first_share = 0.05;          // for one of these, as long as others have not had their turn
constexpr double search_share = 0.4;          // for one search for invariants
constexpr unsigned query_effort = 5'000'000;  // for one step of an invariant, in the solver's own unit
constexpr std::uint32_t first_depth = 8;
constexpr std::uint32_t second_depth = 14;           // with cheap invariants
constexpr std::uint32_t first_depth_with_words = 4;  // arrays are harder
constexpr std::uint32_t first_induction = 3;

class Check {
 public:
  Check(Expressions& expressions, const SymbolicProblem& problem, const SymbolicLimits& limits, Budget& budget)
      : expressions_(expressions), problem_(problem), limits_(limits), budget_(budget) {}

  SymbolicAnswer run(const std::vector<ExpressionId>& ambiguities) {
    const SymbolicAnswer answer = decide(ambiguities);
    const bool may_diverge = answer.is_bad == Answer::no && problem_.divergence_is_bad && !runs_end_;
    return may_diverge ? without_divergence(answer) : answer;
  }

 private:
  SymbolicAnswer decide(const std::vector<ExpressionId>& ambiguities) {
    for (const ExpressionId condition : ambiguities)
      if (!is_impossible({condition})) return unknown("the specification may be nondeterministic");
    if (!find_deadlocks()) return unknown("whether a step can be taken could not be said without quantifiers");
    search_.emplace(expressions_, problem_, deadlocks_);
    find_bad();
    const bool words = has_words(expressions_, problem_);
    if (auto answer = look_until(words ? first_depth_with_words : first_depth)) return *answer;
    if (auto answer = infer()) return *answer;
    if (auto answer = infer_words()) return *answer;
    if (auto answer = infer_sums()) return *answer;
    if (auto answer = induce_until(first_induction)) return *answer;
    if (auto answer = find_invariants(first_share)) return *answer;
    if (!words) {
      search_->assume(known_);  // which leaves out most combinations of places
      gave_up_ = false;
      if (auto answer = look_until(second_depth)) return *answer;
    }
    gave_up_ = false;
    query_share_ = query_share;
    if (auto answer = find_invariants(search_share)) return *answer;
    for (std::uint32_t k = first_induction + 1; k <= limits_.depth_max && seconds_left() > 0 && !gave_up_; ++k) {
      if (auto answer = look_until(std::max(k, first_depth))) return *answer;
      if (auto answer = induce_until(k)) return *answer;
    }
    if (auto answer = find_invariants(search_share)) return *answer;
    if (search_->depth() == 0) return unknown("the solver did not answer in time");
    return unknown(fmt::format("nothing bad happens within {} steps, {}", search_->depth() - 1,
                               is_reachable_ ? "but after more of them something does; `--depth` asks for longer runs"
                                             : "and neither an induction nor an invariant shows more"));
  }

  static SymbolicAnswer unknown(std::string reason) { return {Answer::unknown, {}, {}, std::move(reason)}; }
  static SymbolicAnswer holds(std::string argument) { return {Answer::no, std::move(argument), {}, {}}; }

  // The clock of the budget, looked at between queries; a query that takes longer is cut off.
  double seconds_left() {
    budget_.poll(1024);
    const double all = budget_.seconds_left().value_or(limits_.seconds_default - budget_.progress().seconds);
    return std::max(0.0, all);
  }

  // One solver for all these questions: it keeps what it has translated.
  bool is_impossible(const std::vector<ExpressionId>& conditions) {
    budget_.poll(64);
    if (!queries_) queries_.emplace(expressions_, query_effort);
    return std::ranges::all_of(integer_cases(expressions_, conditions), [this](const auto& all) {
      if (std::ranges::any_of(all, [this](ExpressionId e) { return expressions_.is(e, false); })) return true;
      queries_->push();
      for (const ExpressionId condition : all) queries_->require(condition, 0);
      const Answer answer = queries_->check();
      queries_->pop();
      return answer == Answer::no;
    });
  }

  // By control: where no step is enabled, whatever is received.
  bool find_deadlocks() {
    for (const SymbolicProblem::Control& control : problem_.controls) {
      deadlocks_.push_back(expressions_.truth(false));
      if (!problem_.deadlock_is_bad || control.is_end) continue;
      std::vector<ExpressionId> enabled;
      for (const SymbolicProblem::Step& step : control.steps) {
        std::vector<VariableId> chosen;
        expressions_.add_variables(step.guard, chosen);
        std::erase_if(chosen,
                      [&](VariableId v) { return std::ranges::find(control.variables, v) != control.variables.end(); });
        const auto condition = chosen.empty() ? std::optional(step.guard) : project(expressions_, step.guard, chosen);
        if (!condition) return false;
        enabled.push_back(*condition);
      }
      deadlocks_.back() = expressions_.negation(expressions_.disjunction(std::move(enabled)));
    }
    return true;
  }

  std::optional<SymbolicAnswer> look_until(std::uint32_t depth) {
    depth = std::min(depth, limits_.depth_max);
    while (search_->depth() <= depth && !gave_up_) {
      runs_end_ = search_->is_complete();
      if (runs_end_)
        return holds(fmt::format("no run has more than {} steps, and none of them is bad", search_->depth() - 1));
      budget_.set_depth(search_->depth());
      switch (search_->look(seconds_left() * query_share_)) {
        case Answer::yes: return SymbolicAnswer{Answer::yes, {}, search_->run(), {}};
        case Answer::unknown: gave_up_ = true; break;
        case Answer::no: break;
      }
    }
    return std::nullopt;
  }

  // From any control and numbers: k steps with nothing bad before the last state, which is bad.
  std::optional<SymbolicAnswer> induce_until(std::uint32_t k_max) {
    if (!induction_) {
      induction_.emplace(expressions_);
      for (std::uint32_t c = 0; c < problem_.controls.size(); ++c) {
        if (expressions_.is(known_[c], false)) continue;
        all_.push_back(c);
        const ExpressionId bad = expressions_.conjunction({known_[c], bad_at_[c]});
        if (!expressions_.is(bad, false)) bad_.emplace_back(c, bad);
        good_.emplace_back(c, expressions_.conjunction({known_[c], without_choice(c, bad_at_[c])}));
      }
    }
    for (; k_ <= k_max && k_ < search_->depth() && !gave_up_; ++k_) {
      induction_->require_one_of(good_, k_ - 1);
      induction_->require_step(problem_, all_, k_ - 1);
      if (bad_.empty()) return holds("nothing bad is possible at any combination of places, whatever the numbers");
      induction_->push();
      induction_->require_one_of(bad_, k_);
      const Answer answer = induction_->check(seconds_left() * query_share_);
      induction_->pop();
      if (answer == Answer::no)
        return holds(
            fmt::format("induction: nothing bad happens within {0} {1} of the start, nor after any {0} {1} "
                        "with nothing bad before",
                        k_, k_ == 1 ? "step" : "steps"));
      if (answer == Answer::unknown) return std::nullopt;
    }
    return std::nullopt;
  }

  // That nothing of it is the case, whatever is received. What cannot be said so is not asked for: less is proved.
  ExpressionId without_choice(std::uint32_t control, ExpressionId bad) {
    std::vector<VariableId> chosen;
    expressions_.add_variables(bad, chosen);
    const auto& own = problem_.controls[control].variables;
    std::erase_if(chosen, [&](VariableId v) { return std::ranges::find(own, v) != own.end(); });
    if (chosen.empty()) return expressions_.negation(bad);
    const auto condition = project(expressions_, bad, chosen);
    return condition ? expressions_.negation(*condition) : expressions_.truth(true);
  }

  std::optional<SymbolicAnswer> find_invariants(double share) {
    const double seconds = seconds_left() * share;
    if (seconds <= 0 || is_reachable_) return std::nullopt;
    const InvariantSearch found = tryst::find_invariants(expressions_, problem_, known_, bad_at_, seconds);
    is_reachable_ = found.is_reachable == Answer::yes && !has_words(expressions_, problem_);
    if (found.is_reachable != Answer::no || !are_invariants(found.invariants)) return std::nullopt;
    known_ = found.invariants;
    if (!exclude_bad(known_)) return std::nullopt;
    return holds(argument_of(known_));
  }

  void find_bad() {
    for (std::uint32_t c = 0; c < problem_.controls.size(); ++c)
      bad_at_.push_back(expressions_.disjunction(bad_conditions(problem_.controls[c], deadlocks_[c])));
  }

  // Invariants that need no search. Where they do not suffice, they are known from then on.
  std::optional<SymbolicAnswer> infer() {
    seconds_kept_ = seconds_left() * (1 - search_share);
    known_ = zone_invariants(expressions_, problem_, budget_);
    const bool confirmed = are_invariants(known_);
    seconds_kept_ = 0;
    if (!confirmed)
      known_.assign(problem_.controls.size(), expressions_.truth(true));
    else if (exclude_bad(known_))
      return holds(argument_of(known_));
    return std::nullopt;
  }

  // What words are made of, guessed from states that are reachable.
  std::optional<SymbolicAnswer> infer_words() {
    if (!has_words(expressions_, problem_)) return std::nullopt;
    return guess([this] { return word_invariants(expressions_, problem_, known_, samples_, impossible()); });
  }

  // What numbers add up to, likewise.
  std::optional<SymbolicAnswer> infer_sums() {
    return guess([this] { return sum_invariants(expressions_, problem_, known_, samples_, impossible()); });
  }

  // Invariants that are guessed from samples and confirmed are known from then on.
  template <class Guess>
  std::optional<SymbolicAnswer> guess(const Guess& invariants) {
    if (samples_.empty()) samples_ = random_states(expressions_, problem_, budget_);
    seconds_kept_ = seconds_left() * (1 - search_share);
    const std::vector<ExpressionId> found = invariants();
    const bool confirmed = are_invariants(found);
    seconds_kept_ = 0;
    if (!confirmed) return std::nullopt;
    known_ = found;
    if (exclude_bad(known_)) return holds(argument_of(known_));
    return std::nullopt;
  }

  Impossible impossible() {
    return [this](const std::vector<ExpressionId>& all) { return is_impossible(all); };
  }

  // What proves that nothing else is bad, and that silent steps come to an end.
  SymbolicAnswer without_divergence(const SymbolicAnswer& answer) {
    if (known_.empty()) known_.assign(problem_.controls.size(), expressions_.truth(true));
    const Ranking ranking = rank_silent_steps(expressions_, problem_, known_, impossible());
    if (ranking.circle)
      return unknown(fmt::format("{}divergence could not be excluded at {}",
                                 problem_.deadlock_is_bad ? "there is no deadlock, but " : "",
                                 problem_.controls[*ranking.circle].place));
    if (ranking.ranks.empty()) return answer;
    std::vector<std::string> ranks;
    const auto name = [this](VariableId v) { return problem_.name(v); };
    for (const ExpressionId rank : ranking.ranks) ranks.push_back(expressions_.text(rank, name));
    std::ranges::sort(ranks);
    ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
    return holds(
        fmt::format("{}; internal steps end, because they use up {}", answer.argument, fmt::join(ranks, " and ")));
  }

  bool exclude_bad(const std::vector<ExpressionId>& invariants) {
    for (std::uint32_t c = 0; c < problem_.controls.size(); ++c) {
      if (expressions_.is(invariants[c], false) || expressions_.is(bad_at_[c], false)) continue;
      if (!is_impossible({invariants[c], bad_at_[c]})) return false;
    }
    return true;
  }

  // They hold at first, and every step keeps them.
  bool are_invariants(const std::vector<ExpressionId>& invariants) {
    Expressions::Assignment initial;
    for (const auto& [variable, value] : problem_.initial) initial.emplace(variable, value);
    if (!expressions_.is(expressions_.substitute(invariants[0], initial), true)) return false;
    for (std::uint32_t c = 0; c < problem_.controls.size(); ++c) {
      if (expressions_.is(invariants[c], false)) continue;
      for (const SymbolicProblem::Step& step : problem_.controls[c].steps) {
        const Expressions::Assignment updates(step.updates.begin(), step.updates.end());
        const ExpressionId after = without(expressions_.substitute(invariants[step.target], updates),
                                           expressions_.conjunction({invariants[c], step.guard}));
        if (expressions_.is(after, true)) continue;
        if (seconds_left() <= seconds_kept_) return false;
        if (!is_impossible({invariants[c], step.guard, expressions_.negation(after)})) return false;
      }
    }
    return true;
  }

  // A conjunction without what another one says in the same words.
  ExpressionId without(ExpressionId conjunction, ExpressionId known) {
    const auto operands = [&](ExpressionId e) {
      const Expressions::Node& node = expressions_[e];
      return node.op == Expressions::Op::conjunction ? node.operands : std::vector{e};
    };
    std::vector<ExpressionId> left = operands(conjunction);
    const std::vector<ExpressionId> said = operands(known);
    std::erase_if(left, [&](ExpressionId e) { return std::ranges::binary_search(said, e); });
    return expressions_.conjunction(std::move(left));
  }

  std::string argument_of(const std::vector<ExpressionId>& invariants) const {
    constexpr std::size_t shown_max = 4;
    std::vector<std::string> shown;
    std::size_t left_out = 0;
    std::size_t never = 0;
    const auto name = [this](VariableId v) { return problem_.name(v); };
    for (std::uint32_t c = 0; c < problem_.controls.size(); ++c) {
      if (expressions_.is(invariants[c], false)) ++never;
      if (expressions_.is(invariants[c], false) || expressions_.is(invariants[c], true)) continue;
      if (shown.size() == shown_max)
        ++left_out;
      else
        shown.push_back(fmt::format("at {}: {}", problem_.controls[c].place, expressions_.text(invariants[c], name)));
    }
    std::string text = "an inductive invariant excludes all that is bad";
    if (!shown.empty()) text += fmt::format("; {}", fmt::join(shown, "; "));
    if (left_out != 0) text += fmt::format("; and likewise at {} more combinations of places", left_out);
    if (never != 0) text += fmt::format("; {} of {} combinations are never reached", never, problem_.controls.size());
    return text;
  }

  Expressions& expressions_;
  const SymbolicProblem& problem_;
  const SymbolicLimits& limits_;
  Budget& budget_;
  std::optional<Solver> queries_;
  double seconds_kept_ = 0;  // for others, while cheap invariants are confirmed
  std::vector<ExpressionId> deadlocks_;
  std::vector<ExpressionId> bad_at_;           // by control: something bad is possible
  std::vector<ExpressionId> known_;            // by control: an invariant
  std::vector<std::vector<Numbers>> samples_;  // by control: some states that are reached
  std::optional<BoundedSearch> search_;
  double query_share_ = first_share;  // for one query of the bounded search
  bool runs_end_ = false;             // none has more steps than have been looked at
  bool gave_up_ = false;              // the bounded search: a query took too long
  bool is_reachable_ = false;         // so the search for invariants says, without a run that could be performed

  std::optional<Solver> induction_;
  std::uint32_t k_ = 1;
  std::vector<std::uint32_t> all_;
  std::vector<Solver::Case> bad_, good_;
};

}  // namespace

SymbolicAnswer check_symbolically(Expressions& expressions, const SymbolicProblem& problem,
                                  const std::vector<ExpressionId>& ambiguities, const SymbolicLimits& limits,
                                  Budget& budget) {
  const SolverSession session;
  try {
    return Check(expressions, problem, limits, budget).run(ambiguities);
  } catch (const LimitReached& limit) {
    if (limit.interrupted) throw;
    return {Answer::unknown, {}, {}, limit.reason};
  }
}

}  // namespace tryst
