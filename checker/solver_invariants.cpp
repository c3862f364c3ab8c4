// Property-directed reachability (solver.hpp), by Z3's fixed-point engine.
#include <algorithm>
#include <functional>
#include <map>

#include "checker/solver.hpp"
#include "checker/solver_translation.hpp"

namespace tryst {

namespace {

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

// A predicate for each control, over its variables; one clause for each step, and one for each bad condition.
class Clauses {
 public:
  Clauses(Expressions& expressions, const SymbolicProblem& problem)
      : expressions_(expressions),
        problem_(problem),
        engine_(context_),
        translation_(
            expressions, [this](VariableId v) { return constant(v); },
            [this](ExpressionId) { return context_.bool_val(true); }),  // there are none: without_words()
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