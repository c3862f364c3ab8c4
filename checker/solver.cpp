#include "checker/solver.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "checker/z3_context.hpp"

namespace tryst {

namespace {

unsigned milliseconds(double seconds) { return static_cast<unsigned>(std::clamp(std::ceil(seconds * 1000), 1.0, 4e9)); }

using Op = Expressions::Op;
using VariableOf = std::function<z3::expr(VariableId)>;
using ElementOf = std::function<z3::expr(VariableId word, std::int64_t at)>;

// Integers and conditions as the solver's; `variable` and `element` say what those of variables are.
class Translation {
 public:
  Translation(const Expressions& expressions, VariableOf variable, ElementOf element)
      : context_(shared_context()),
        expressions_(expressions),
        variable_(std::move(variable)),
        element_(std::move(element)) {}

  z3::expr operator()(ExpressionId e) {
    if (const auto at = done_.find(e); at != done_.end()) return at->second;
    const z3::expr result = translate(e);
    done_.emplace(e, result);
    return result;
  }

 private:
  z3::expr translate(ExpressionId e) {
    const Expressions::Node& node = expressions_[e];
    z3::expr_vector v(context_);
    const bool is_of_words = node.op == Op::element || node.op == Op::same || node.op == Op::not_same;
    if (!is_of_words)
      for (const ExpressionId operand : node.operands) v.push_back((*this)(operand));
    const auto number = [&](std::int64_t n) { return context_.int_val(n); };
    switch (node.op) {
      case Op::variable: return variable_(VariableId{static_cast<std::uint32_t>(node.number)});
      case Op::product: return v[0] * v[1];
      case Op::quotient: return v[0] / number(node.number);
      case Op::remainder: return z3::mod(v[0], number(node.number));
      case Op::sum: {
        z3::expr sum = number(node.number);
        for (unsigned i = 0; i < v.size(); ++i) {
          const std::int64_t c = node.coefficients[i];
          sum = c == 1 ? sum + v[i] : c == -1 ? sum - v[i] : sum + number(c) * v[i];
        }
        return sum;
      }
      case Op::element: {
        const auto word = expressions_.bare_variable(node.operands[0]);
        return word ? element_(*word, node.number) : context_.int_const("any");
      }
      // What is said of whole words is left out: so conditions only get weaker.
      case Op::same:
      case Op::not_same: return context_.bool_val(true);
      case Op::unit:
      case Op::join:
      case Op::rest: break;
      case Op::truth: return context_.bool_val(node.number != 0);
      case Op::not_above_zero: return v[0] <= 0;
      case Op::zero: return v[0] == 0;
      case Op::not_zero: return v[0] != 0;
      case Op::conjunction: return z3::mk_and(v);
      case Op::disjunction: return z3::mk_or(v);
    }
    return context_.bool_val(false);
  }

  z3::context& context_;
  const Expressions& expressions_;
  VariableOf variable_;
  ElementOf element_;
  std::map<ExpressionId, z3::expr> done_;
};

// The solver's expressions as ours; throws Unsayable where there is no such form.
struct Unsayable {};

class Reading {
 public:
  // The bound variables are those of `bound`, by index.
  Reading(Expressions& expressions, std::vector<VariableId> bound)
      : expressions_(expressions), bound_(std::move(bound)) {}

  ExpressionId operator()(const z3::expr& e) {
    if (e.is_quantifier()) throw Unsayable{};
    if (e.is_var()) return expressions_.variable(bound_.at(Z3_get_index_value(e.ctx(), e)));
    std::int64_t n = 0;
    if (e.is_numeral()) {
      if (!e.is_numeral_i64(n)) throw Unsayable{};
      return expressions_.number(n);
    }
    const Z3_decl_kind kind = e.decl().decl_kind();
    if (kind == Z3_OP_ITE && e.is_bool()) {
      const ExpressionId condition = (*this)(e.arg(0));
      return expressions_.disjunction(
          {expressions_.conjunction({condition, (*this)(e.arg(1))}),
           expressions_.conjunction({expressions_.negation(condition), (*this)(e.arg(2))})});
    }
    std::vector<ExpressionId> v;
    for (unsigned i = 0; i < e.num_args(); ++i) v.push_back((*this)(e.arg(i)));
    return applied(e, kind, v);
  }

 private:
  ExpressionId applied(const z3::expr& e, Z3_decl_kind kind, const std::vector<ExpressionId>& v) {
    const bool of_conditions = e.num_args() > 0 && e.arg(0).is_bool();
    switch (kind) {
      case Z3_OP_TRUE: return expressions_.truth(true);
      case Z3_OP_FALSE: return expressions_.truth(false);
      case Z3_OP_NOT: return expressions_.negation(v[0]);
      case Z3_OP_AND: return expressions_.conjunction(v);
      case Z3_OP_OR: return expressions_.disjunction(v);
      case Z3_OP_IMPLIES: return expressions_.disjunction({expressions_.negation(v[0]), v[1]});
      case Z3_OP_EQ:
        if (!of_conditions) return expressions_.equal(v[0], v[1]);
        return expressions_.disjunction(
            {expressions_.conjunction({v[0], v[1]}),
             expressions_.conjunction({expressions_.negation(v[0]), expressions_.negation(v[1])})});
      case Z3_OP_LE: return expressions_.at_most(v[0], v[1]);
      case Z3_OP_GE: return expressions_.at_most(v[1], v[0]);
      case Z3_OP_LT: return expressions_.less(v[0], v[1]);
      case Z3_OP_GT: return expressions_.less(v[1], v[0]);
      case Z3_OP_ADD: return folded(v, &Expressions::add);
      case Z3_OP_SUB: return folded(v, &Expressions::subtract);
      case Z3_OP_MUL: return folded(v, &Expressions::multiply);
      case Z3_OP_UMINUS: return expressions_.multiply(v[0], expressions_.number(-1));
      case Z3_OP_MOD:
      case Z3_OP_IDIV: {
        const auto divisor = expressions_.constant(v[1]);
        if (!divisor || *divisor <= 0) break;
        return kind == Z3_OP_MOD ? expressions_.remainder(v[0], *divisor) : expressions_.quotient(v[0], *divisor);
      }
      default: break;
    }
    throw Unsayable{};
  }

  ExpressionId folded(const std::vector<ExpressionId>& v,
                      ExpressionId (Expressions::*combine)(ExpressionId, ExpressionId)) {
    ExpressionId result = v[0];
    for (std::size_t i = 1; i < v.size(); ++i) result = (expressions_.*combine)(result, v[i]);
    return result;
  }

  Expressions& expressions_;
  std::vector<VariableId> bound_;
};

std::string name_of(VariableId v) { return "v" + std::to_string(index(v)); }

}  // namespace

// --- instants

struct Solver::Unknowns {
  explicit Unknowns(const Expressions& all) : expressions(all) {}

  // A word at an instant is a part of an array, from `start` on; how much of it, says the variable of its length.
  z3::expr variable(VariableId v, Instant at) { return context.int_const(name(v, at).c_str()); }
  z3::expr start(VariableId word, Instant at) { return context.int_const(("start" + name(word, at)).c_str()); }
  z3::expr array(VariableId word, Instant at) {
    return context.constant(("array" + name(word, at)).c_str(),
                            context.array_sort(context.int_sort(), context.int_sort()));
  }
  z3::expr element(VariableId word, std::int64_t i, Instant at) {
    const z3::expr end = start(word, at) + variable(*expressions.length_of(word), at);
    return z3::select(array(word, at), (i < 0 ? end : start(word, at)) + context.int_val(i));
  }
  // That the variable is worth at one instant what the expression is at another.
  z3::expr takes(VariableId v, Instant at, ExpressionId value, Instant from) {
    if (!expressions.length_of(v)) return variable(v, at) == of(value, from);
    const Expressions::Node& node = expressions[value];
    const std::vector<ExpressionId> pieces = node.op == Op::join ? node.operands : std::vector{value};
    const auto is_unit = [this](ExpressionId e) { return expressions[e].op == Op::unit; };
    const auto base = std::ranges::find_if_not(pieces, is_unit);
    const auto in_front = static_cast<std::int64_t>(base - pieces.begin());
    z3::expr begin = context.int_val(0);  // of the part of the array that is kept, and its end
    z3::expr end = context.int_val(in_front);
    z3::expr now = z3::const_array(context.int_sort(), context.int_val(0));
    if (base != pieces.end()) {
      const Expressions::Node& kept = expressions[*base];
      const bool is_rest = kept.op == Op::rest;
      const VariableId word = *expressions.bare_variable(is_rest ? kept.operands[0] : *base);
      now = array(word, from);
      begin = start(word, from) + context.int_val((is_rest ? kept.number : 0) - in_front);
      end = start(word, from) + variable(*expressions.length_of(word), from) -
            context.int_val(is_rest ? kept.coefficients[0] : 0);
    }
    for (std::int64_t i = 0; i < in_front; ++i)
      now = z3::store(now, begin + context.int_val(i),
                      of(expressions[pieces[static_cast<std::size_t>(i)]].operands[0], from));
    for (auto piece = base == pieces.end() ? base : base + 1; piece < pieces.end(); ++piece)
      now = z3::store(now, end + context.int_val(piece - base - 1), of(expressions[*piece].operands[0], from));
    return array(v, at) == now && start(v, at) == begin;
  }
  z3::expr control(Instant at) { return context.int_const(("control@" + std::to_string(at)).c_str()); }
  z3::expr of(ExpressionId e, Instant at) {
    while (translations.size() <= at) {
      const auto instant = static_cast<Instant>(translations.size());
      translations.emplace_back(
          expressions, [this, instant](VariableId v) { return variable(v, instant); },
          [this, instant](VariableId word, std::int64_t i) { return element(word, i, instant); });
    }
    return translations[at](e);
  }

  static std::string name(VariableId v, Instant at) { return name_of(v) + "@" + std::to_string(at); }

  z3::context& context = shared_context();
  const Expressions& expressions;
  z3::solver solver{context};
  std::vector<Translation> translations{};  // by instant
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

void Solver::require_value(VariableId v, Instant at, ExpressionId value) {
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
          all.push_back(unknowns_->array(v, from + 1) == unknowns_->array(v, from) &&
                        unknowns_->start(v, from + 1) == unknowns_->start(v, from));
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
    if (!unknowns_->model->eval(unknowns_->element(v, i, at), true).is_numeral_i64(n)) return std::nullopt;
    word.push_back(n);
  }
  return word;
}

// --- invariants

namespace {

// A predicate for each control, over its variables; one clause for each step, and one for each bad condition.
class Clauses {
 public:
  Clauses(Expressions& expressions, const SymbolicProblem& problem)
      : expressions_(expressions),
        problem_(problem),
        engine_(context_),
        translation_(
            expressions, [this](VariableId v) { return constant(v); },
            [this](VariableId, std::int64_t) { return context_.int_const("any"); }),
        bad_(context_.function("bad", 0, nullptr, context_.bool_sort())) {}

  InvariantSearch run(const std::vector<ExpressionId>& known, const std::vector<ExpressionId>& bad,
                      double seconds_max) {
    z3::params params(context_);
    params.set("engine", context_.str_symbol("spacer"));
    params.set("timeout", milliseconds(seconds_max));
    for (const char* transformation : {"xform.slice", "xform.inline_linear", "xform.inline_eager"})
      params.set(transformation, false);  // they leave predicates out, and so invariants
    engine_.set(params);
    for (std::uint32_t c = 0; c < problem_.controls.size(); ++c) {
      z3::sort_vector sorts(context_);
      for (std::size_t i = 0; i < integers(c).size(); ++i) sorts.push_back(context_.int_sort());
      predicates_.push_back(context_.function(("at" + std::to_string(c)).c_str(), sorts, context_.bool_sort()));
      engine_.register_relation(predicates_.back());
    }
    engine_.register_relation(bad_);
    add_clauses(known, bad);
    z3::expr query = bad_();
    InvariantSearch found;
    const z3::check_result answer = interruptible([&] { return engine_.query(query); });
    if (answer == z3::sat) found.is_reachable = Solver::Answer::yes;
    if (answer == z3::unsat && read_invariants(known, found.invariants)) found.is_reachable = Solver::Answer::no;
    return found;
  }

 private:
  // Words are left out: their elements may be anything, wherever they are mentioned.
  std::vector<VariableId> integers(std::uint32_t control) const {
    std::vector<VariableId> all = problem_.controls[control].variables;
    std::erase_if(all, [this](VariableId v) { return expressions_.length_of(v).has_value(); });
    return all;
  }

  z3::expr constant(VariableId v) { return context_.int_const(name_of(v).c_str()); }

  z3::expr at(std::uint32_t control, const std::function<z3::expr(VariableId)>& value) {
    z3::expr_vector arguments(context_);
    for (const VariableId v : integers(control)) arguments.push_back(value(v));
    return predicates_[control](arguments);
  }

  void rule(const z3::expr& body, const z3::expr& head, std::vector<VariableId> variables) {
    z3::expr_vector bound(context_);
    std::ranges::sort(variables);
    variables.erase(std::unique(variables.begin(), variables.end()), variables.end());
    for (const VariableId v : variables) bound.push_back(constant(v));
    z3::expr clause = z3::implies(body, head);
    if (!bound.empty()) clause = z3::forall(bound, clause);
    engine_.add_rule(clause, context_.str_symbol(("r" + std::to_string(rules_++)).c_str()));
  }

  void add_clauses(const std::vector<ExpressionId>& known, const std::vector<ExpressionId>& bad) {
    const auto itself = [this](VariableId v) { return constant(v); };
    rule(context_.bool_val(true),
         at(0,
            [&](VariableId v) {
              const auto value = std::ranges::find(problem_.initial, v, &std::pair<VariableId, ExpressionId>::first);
              return translation_(value->second);
            }),
         {});
    for (std::uint32_t c = 0; c < problem_.controls.size(); ++c) {
      const SymbolicProblem::Control& control = problem_.controls[c];
      if (expressions_.is(known[c], false)) continue;
      for (const SymbolicProblem::Step& step : control.steps) {
        if (expressions_.is(known[step.target], false)) continue;
        std::map<ExpressionId, ExpressionId> elements;
        const ExpressionId body =
            expressions_.without_words(expressions_.conjunction({known[c], step.guard}), elements);
        std::vector<VariableId> variables;
        expressions_.add_variables(body, variables);
        const z3::expr head = at(step.target, [&](VariableId v) {
          const auto update = std::ranges::find(step.updates, v, &std::pair<VariableId, ExpressionId>::first);
          if (update == step.updates.end()) return constant(v);
          const ExpressionId value = expressions_.without_words(update->second, elements);
          expressions_.add_variables(value, variables);
          return translation_(value);
        });
        for (const std::uint32_t each : {c, step.target}) {
          const auto own = integers(each);
          variables.insert(variables.end(), own.begin(), own.end());
        }
        rule(at(c, itself) && translation_(body), head, std::move(variables));
      }
      if (expressions_.is(bad[c], false)) continue;
      std::map<ExpressionId, ExpressionId> elements;
      const ExpressionId body = expressions_.without_words(expressions_.conjunction({known[c], bad[c]}), elements);
      std::vector<VariableId> variables;
      expressions_.add_variables(body, variables);
      const auto own = integers(c);
      variables.insert(variables.end(), own.begin(), own.end());
      rule(at(c, itself) && translation_(body), bad_(), std::move(variables));
    }
  }

  bool read_invariants(const std::vector<ExpressionId>& known, std::vector<ExpressionId>& invariants) {
    for (std::uint32_t c = 0; c < problem_.controls.size(); ++c) {
      z3::expr cover = engine_.get_cover_delta(-1, predicates_[c]);
      try {
        // Argument i of the predicate is the bound variable i.
        Reading reading(expressions_, integers(c));
        invariants.push_back(expressions_.conjunction({known[c], reading(cover)}));
      } catch (const Unsayable&) {
        return false;
      } catch (const std::out_of_range&) {
        return false;
      }
    }
    return true;
  }

  z3::context& context_ = shared_context();
  Expressions& expressions_;
  const SymbolicProblem& problem_;
  z3::fixedpoint engine_;
  Translation translation_;
  z3::func_decl bad_;
  std::vector<z3::func_decl> predicates_;
  unsigned rules_ = 0;
};

}  // namespace

InvariantSearch find_invariants(Expressions& expressions, const SymbolicProblem& problem,
                                const std::vector<ExpressionId>& known, const std::vector<ExpressionId>& bad,
                                double seconds_max) {
  try {
    return Clauses(expressions, problem).run(known, bad, seconds_max);
  } catch (const z3::exception&) {  // the time is over
    return {};
  }
}

}  // namespace tryst
