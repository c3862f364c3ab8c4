#include "checker/solver.hpp"

#include <algorithm>
#include <map>

#include "checker/solver_translation.hpp"

namespace tryst {

namespace {

using Op = Expressions::Op;

}  // namespace

struct Solver::Unknowns {
  explicit Unknowns(const Expressions& all) : expressions(all) {}

  z3::expr variable(VariableId v, Instant at) { return context.int_const(name(v, at).c_str()); }

  // A word is a part of an array, from `start` on. How long it can be at most may be unknown.
  struct Part {
    z3::expr array, start, length;
    std::optional<std::int64_t> most{};
  };
  // A word variable at an instant. How long it is, says the variable of its length.
  Part part(VariableId word, Instant at) {
    return {context.constant(("array" + name(word, at)).c_str(),
                             context.array_sort(context.int_sort(), context.int_sort())),
            context.int_const(("start" + name(word, at)).c_str()), variable(*expressions.length_of(word), at),
            most(word, at)};
  }
  // None: a word that is not known how long it is at most is not at the beginning.
  std::optional<Part> part(ExpressionId e, Instant at) {
    const Expressions::Node& node = expressions[e];
    if (const auto word = expressions.bare_variable(e)) return part(*word, at);
    if (node.op == Op::rest) {
      auto whole = part(node.operands[0], at);
      if (!whole) return std::nullopt;
      const std::int64_t gone = node.number + node.coefficients[0];
      const z3::expr left = whole->length - context.int_val(gone);
      whole->start = whole->start + context.int_val(node.number);
      whole->length = z3::ite(left >= 0, left, context.int_val(0));
      if (whole->most) whole->most = std::max<std::int64_t>(0, *whole->most - gone);
      return whole;
    }
    return joined(node.op == Op::join ? node.operands : std::vector{e}, at);
  }
  // Integers in front are stored before the first word, and all others behind it.
  std::optional<Part> joined(const std::vector<ExpressionId>& pieces, Instant at) {
    const auto is_unit = [this](ExpressionId e) { return expressions[e].op == Op::unit; };
    const auto integer = [&](ExpressionId unit) { return of(expressions[unit].operands[0], at); };
    const auto base = std::ranges::find_if_not(pieces, is_unit);
    const auto in_front = static_cast<std::int64_t>(base - pieces.begin());
    const z3::expr zero = context.int_val(0);
    std::optional<Part> all = Part{z3::const_array(context.int_sort(), zero), zero, zero, 0};
    if (base != pieces.end()) all = part(*base, at);
    if (!all) return std::nullopt;
    if (in_front != 0) {
      all->start = all->start - context.int_val(in_front);
      all->length = all->length + context.int_val(in_front);
      if (all->most) *all->most += in_front;
    }
    for (std::int64_t i = 0; i < in_front; ++i)
      all->array = z3::store(all->array, all->start + context.int_val(i), integer(pieces[static_cast<std::size_t>(i)]));
    for (auto piece = base == pieces.end() ? base : base + 1; piece < pieces.end(); ++piece) {
      const z3::expr end = all->start + all->length;
      if (is_unit(*piece)) {
        all->array = z3::store(all->array, end, integer(*piece));
        all->length = all->length + 1;
        if (all->most) ++*all->most;
        continue;
      }
      const auto next = part(*piece, at);
      if (!next || !next->most || *next->most > most_max) return std::nullopt;
      for (std::int64_t i = 0; i < *next->most; ++i)  // what is beyond its end is behind the end of all
        all->array =
            z3::store(all->array, end + context.int_val(i), z3::select(next->array, next->start + context.int_val(i)));
      all->length = all->length + next->length;
      if (all->most) *all->most += *next->most;
    }
    return all;
  }
  static z3::expr element(const Part& word, std::int64_t i) {
    z3::context& c = word.array.ctx();
    return z3::select(word.array, (i < 0 ? word.start + word.length : word.start) + c.int_val(i));
  }

  // What is said of words. Where it is not known how long they are at most, it is anything, but the same each time.
  z3::expr of_words(ExpressionId e, Instant at) {
    const Expressions::Node& node = expressions[e];
    if (node.op == Op::element) {
      if (const auto word = part(node.operands[0], at)) return element(*word, node.number);
      is_exact = false;
      return context.int_const(("any" + std::to_string(index(e)) + "@" + std::to_string(at)).c_str());
    }
    const bool is_negated = node.op == Op::not_same || node.op == Op::not_has;
    const bool is_has = node.op == Op::has || node.op == Op::not_has;
    const auto answer = is_has ? has(node.operands, at) : same(node.operands, at);
    if (answer) return is_negated ? !*answer : *answer;
    is_exact = false;
    std::string text = is_has ? "has" : "same";
    for (const ExpressionId operand : node.operands) text += " " + std::to_string(index(operand));
    const z3::expr anything = context.bool_const((text + "@" + std::to_string(at)).c_str());
    return is_negated ? !anything : anything;
  }
  std::optional<z3::expr> same(const std::vector<ExpressionId>& words, Instant at) {
    const auto a = part(words[0], at);
    const auto b = part(words[1], at);
    if (!a || !b || !a->most || !b->most) return std::nullopt;
    const std::int64_t most = std::min(*a->most, *b->most);  // longer ones differ in length
    if (most > most_max) return std::nullopt;
    z3::expr_vector all(context);
    all.push_back(a->length == b->length);
    for (std::int64_t i = 0; i < most; ++i)
      all.push_back(a->length <= context.int_val(i) || element(*a, i) == element(*b, i));
    return z3::mk_and(all);
  }
  std::optional<z3::expr> has(const std::vector<ExpressionId>& both, Instant at) {
    const std::size_t width = both.size() / 2;
    std::vector<Part> words;
    for (std::size_t c = 0; c < width; ++c) {
      const auto word = part(both[c], at);
      if (!word || !word->most || *word->most > most_max) return std::nullopt;
      words.push_back(*word);
    }
    z3::expr_vector places(context);
    for (std::int64_t i = 0; i < *words[0].most; ++i) {
      z3::expr_vector all(context);
      for (std::size_t c = 0; c < width; ++c) {
        all.push_back(words[c].length > context.int_val(i));
        all.push_back(element(words[c], i) == of(both[width + c], at));
      }
      places.push_back(z3::mk_and(all));
    }
    return z3::mk_or(places);
  }

  // That the variable is worth at one instant what the expression is at another.
  z3::expr takes(VariableId v, Instant at, ExpressionId value, Instant from) {
    if (!expressions.length_of(v)) return variable(v, at) == of(value, from);
    const auto word = part(value, from);
    if (word) return is_part(v, at, *word);
    is_exact = false;
    return context.bool_val(true);
  }
  z3::expr is_part(VariableId word, Instant at, const Part& other) {
    const Part now = part(word, at);
    return now.array == other.array && now.start == other.start;
  }
  // How long a word can be, if that is known.
  std::optional<std::int64_t> most(VariableId word, Instant at) const {
    const auto known = longest.find({word, at});
    return known == longest.end() ? std::nullopt : std::optional(known->second);
  }
  std::optional<std::int64_t> most(ExpressionId e, Instant at) const {
    const Expressions::Node& node = expressions[e];
    if (const auto word = expressions.bare_variable(e)) return most(*word, at);
    if (node.op == Op::unit) return 1;
    std::int64_t sum = 0;
    for (const ExpressionId operand : node.operands) {
      const auto part = most(operand, at);
      if (!part) return std::nullopt;
      sum += *part;
      if (sum > most_known) return std::nullopt;
    }
    return node.op == Op::rest ? std::max<std::int64_t>(0, sum - node.number - node.coefficients[0]) : sum;
  }
  // From how long words can be at one instant, at the next.
  void find_longest(const SymbolicProblem& problem, const std::vector<std::uint32_t>& sources, Instant from) {
    std::map<VariableId, std::optional<std::int64_t>> found;
    for (const std::uint32_t source : sources)
      for (const SymbolicProblem::Step& step : problem.controls[source].steps)
        for (const VariableId v : problem.controls[step.target].variables) {
          if (!expressions.length_of(v)) continue;
          const auto update = std::ranges::find(step.updates, v, &std::pair<VariableId, ExpressionId>::first);
          const auto here = update == step.updates.end() ? most(v, from) : most(update->second, from);
          const auto [at, is_first] = found.try_emplace(v, here);
          if (!is_first) at->second = here && at->second ? std::optional(std::max(*here, *at->second)) : std::nullopt;
        }
    for (const auto& [v, length] : found)
      if (length) longest.emplace(std::pair(v, from + 1), *length);
  }
  z3::expr control(Instant at) { return context.int_const(("control@" + std::to_string(at)).c_str()); }
  z3::expr of(ExpressionId e, Instant at) {
    while (translations.size() <= at) {
      const auto instant = static_cast<Instant>(translations.size());
      translations.emplace_back(
          expressions, [this, instant](VariableId v) { return variable(v, instant); },
          [this, instant](ExpressionId word) { return of_words(word, instant); });
    }
    return translations[at](e);
  }

  static std::string name(VariableId v, Instant at) { return name_of(v) + "@" + std::to_string(at); }

  z3::context& context = shared_context();
  const Expressions& expressions;
  z3::solver solver{context};
  std::vector<Translation> translations{};  // by instant
  // How long a word variable is at most, where that is known: as long as it can have become since the first instant.
  std::map<std::pair<VariableId, Instant>, std::int64_t> longest{};
  bool is_exact = true;                                // nothing is anything
  static constexpr std::int64_t most_max = 64;         // of a word that is gone through
  static constexpr std::int64_t most_known = 1 << 20;  // longer ones are not counted
  std::optional<z3::model> model{};
};

struct SolverSession::Context {
  WatchedContext own;
  WatchedContext* before = session_context;
};

SolverSession::SolverSession() : context_(std::make_unique<Context>()) { session_context = &context_->own; }
SolverSession::~SolverSession() { session_context = context_->before; }

Solver::Solver(const Expressions& expressions, unsigned effort_max)
    : unknowns_(std::make_unique<Unknowns>(expressions)) {
  if (effort_max == 0) return;
  z3::params params(unknowns_->context);
  params.set("rlimit", effort_max);
  unknowns_->solver.set(params);
}
Solver::~Solver() = default;

void Solver::push() { unknowns_->solver.push(); }
void Solver::pop() { unknowns_->solver.pop(); }

void Solver::require(ExpressionId condition, Instant at) { unknowns_->solver.add(unknowns_->of(condition, at)); }

bool Solver::is_exact() const { return unknowns_->is_exact; }

void Solver::require_value(VariableId v, Instant at, ExpressionId value) {
  if (unknowns_->expressions.length_of(v))
    if (const auto most = unknowns_->most(value, at)) unknowns_->longest.emplace(std::pair(v, at), *most);
  unknowns_->solver.add(unknowns_->takes(v, at, value, at));
}

void Solver::require_one_of(const std::vector<Case>& cases, Instant at) {
  z3::expr_vector any(unknowns_->context);
  for (const auto& [control, condition] : cases)
    any.push_back(unknowns_->control(at) == static_cast<int>(control) && unknowns_->of(condition, at));
  unknowns_->solver.add(z3::mk_or(any));
}

void Solver::require_step(const SymbolicProblem& problem, const std::vector<std::uint32_t>& sources, Instant from,
                          std::span<const ExpressionId> known) {
  unknowns_->find_longest(problem, sources, from);
  z3::expr_vector any(unknowns_->context);
  for (const std::uint32_t source : sources) {
    for (const SymbolicProblem::Step& step : problem.controls[source].steps) {
      if (!known.empty() && unknowns_->expressions.is(known[step.target], false)) continue;
      z3::expr_vector all(unknowns_->context);
      all.push_back(unknowns_->control(from) == static_cast<int>(source));
      all.push_back(unknowns_->control(from + 1) == static_cast<int>(step.target));
      all.push_back(unknowns_->of(step.guard, from));
      for (const VariableId v : problem.controls[step.target].variables) {
        const auto update = std::ranges::find(step.updates, v, [](const auto& each) { return each.first; });
        const bool is_word = unknowns_->expressions.length_of(v).has_value();
        if (update != step.updates.end())
          all.push_back(unknowns_->takes(v, from + 1, update->second, from));
        else if (is_word)
          all.push_back(unknowns_->is_part(v, from + 1, unknowns_->part(v, from)));
        else
          all.push_back(unknowns_->variable(v, from + 1) == unknowns_->variable(v, from));
      }
      any.push_back(z3::mk_and(all));
    }
  }
  unknowns_->solver.add(z3::mk_or(any));
}

Solver::Answer Solver::check(double seconds_max) {
  if (seconds_max > 0) {
    z3::params params(unknowns_->context);
    params.set("timeout", milliseconds(seconds_max));
    unknowns_->solver.set(params);
  }
  unknowns_->model.reset();
  switch (interruptible([this] { return unknowns_->solver.check(); })) {
    case z3::sat: unknowns_->model = unknowns_->solver.get_model(); return Answer::yes;
    case z3::unsat: return Answer::no;
    default: return Answer::unknown;
  }
}

std::uint32_t Solver::control(Instant at) const {
  std::int64_t n = 0;
  unknowns_->model->eval(unknowns_->control(at), true).is_numeral_i64(n);
  return static_cast<std::uint32_t>(n);
}

std::optional<std::int64_t> Solver::value(VariableId v, Instant at) const {
  std::int64_t n = 0;
  if (!unknowns_->model->eval(unknowns_->variable(v, at), true).is_numeral_i64(n)) return std::nullopt;
  return n;
}

std::optional<Word> Solver::word(VariableId v, Instant at) const {
  const auto length = value(*unknowns_->expressions.length_of(v), at);
  if (!length) return std::nullopt;
  Word word;
  for (std::int64_t i = 0; i < *length; ++i) {
    std::int64_t n = 0;
    if (!unknowns_->model->eval(Unknowns::element(unknowns_->part(v, at), i), true).is_numeral_i64(n))
      return std::nullopt;
    word.push_back(n);
  }
  return word;
}

}  // namespace tryst
