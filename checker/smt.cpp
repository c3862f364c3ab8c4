#include "checker/smt.hpp"

#include <set>

#include "checker/z3_context.hpp"
#include "semantics/budget.hpp"

namespace tryst {

namespace {

constexpr unsigned formula_effort_max = 20'000'000;
constexpr unsigned elimination_milliseconds_max = 10'000;

[[noreturn]] void give_up() { throw LimitReached{"conditions on data are too hard for the solver"}; }

}  // namespace

// --- linear programs

class LinearProgram::Solver {
 public:
  explicit Solver(unsigned effort_max) : context_(shared_context()), solver_(context_, "QF_LRA") {
    z3::params params(context_);
    params.set("rlimit", effort_max);
    solver_.set(params);
  }

  std::uint32_t add_variable() {
    const auto number = static_cast<std::uint32_t>(variables_.size());
    variables_.push_back(context_.real_const(("x" + std::to_string(number)).c_str()));
    return number;
  }

  void require_at_most(const Terms& terms, std::int64_t bound) { solver_.add(sum(terms) <= context_.real_val(bound)); }

  std::optional<std::vector<Fraction>> solve(const Terms& terms, std::int64_t bound) {
    solver_.push();
    solver_.add(sum(terms) >= context_.real_val(bound));
    std::optional<std::vector<Fraction>> values;
    if (interruptible([&] { return solver_.check(); }) == z3::sat) values = values_in(solver_.get_model());
    solver_.pop();
    return values;
  }

 private:
  z3::expr sum(const Terms& terms) {
    z3::expr_vector parts(context_);
    for (const auto& [variable, times] : terms)
      parts.push_back(times == 1 ? variables_[variable] : context_.real_val(times) * variables_[variable]);
    return parts.empty() ? context_.real_val(0) : z3::sum(parts);
  }

  std::optional<std::vector<Fraction>> values_in(const z3::model& model) {
    std::vector<Fraction> values;
    for (const z3::expr& variable : variables_) {
      std::int64_t numerator = 0;
      std::int64_t denominator = 1;
      if (!Z3_get_numeral_rational_int64(context_, model.eval(variable, true), &numerator, &denominator))
        return std::nullopt;
      values.emplace_back(numerator, denominator);
    }
    return values;
  }

  z3::context& context_;
  z3::solver solver_;
  std::vector<z3::expr> variables_;
};

LinearProgram::LinearProgram(unsigned effort_max) : solver_(std::make_unique<Solver>(effort_max)) {}
LinearProgram::~LinearProgram() = default;

std::uint32_t LinearProgram::add_variable() { return solver_->add_variable(); }

void LinearProgram::require_at_most(const Terms& terms, std::int64_t bound) { solver_->require_at_most(terms, bound); }

std::optional<std::vector<LinearProgram::Fraction>> LinearProgram::solve(const Terms& terms, std::int64_t bound) {
  return solver_->solve(terms, bound);
}

// --- formulas

class Presburger::Formulas {
 public:
  Formulas() : context(shared_context()), solver(context, z3::solver::simple()) {
    z3::params params(context);
    params.set("rlimit", formula_effort_max);
    solver.set(params);
  }

  FormulaId add(const z3::expr& e) {
    exprs.push_back(e);
    return static_cast<FormulaId>(exprs.size() - 1);
  }
  const z3::expr& at(FormulaId f) const { return exprs[index(f)]; }

  z3::expr variable(std::uint32_t number) const { return context.int_const(("x" + std::to_string(number)).c_str()); }

  z3::expr linear(const Linear& linear) const {
    z3::expr sum = context.int_val(linear.constant);
    for (const auto& [number, times] : linear.terms)
      sum = sum + (times == 1 ? variable(number) : context.int_val(times) * variable(number));
    return sum;
  }

  z3::expr_vector list(const std::vector<FormulaId>& formulas) const {
    z3::expr_vector out(context);
    for (const FormulaId f : formulas) out.push_back(at(f));
    return out;
  }

  z3::context& context;
  z3::solver solver;            // empty between questions; making one takes longer than most questions do
  std::vector<z3::expr> exprs;  // by FormulaId
};

Presburger::Presburger() : formulas_(std::make_unique<Formulas>()) {}
Presburger::~Presburger() = default;

FormulaId Presburger::truth(bool value) { return formulas_->add(formulas_->context.bool_val(value)); }

FormulaId Presburger::compare_with_zero(const Linear& linear, Comparison comparison) {
  const z3::expr sum = formulas_->linear(linear);
  switch (comparison) {
    case Comparison::at_most: return formulas_->add(sum <= 0);
    case Comparison::equal: return formulas_->add(sum == 0);
    case Comparison::not_equal: return formulas_->add(sum != 0);
  }
  return truth(false);
}

FormulaId Presburger::negation(FormulaId f) { return formulas_->add(!formulas_->at(f)); }

FormulaId Presburger::all_of(const std::vector<FormulaId>& parts) {
  return formulas_->add(z3::mk_and(formulas_->list(parts)));
}

FormulaId Presburger::any_of(const std::vector<FormulaId>& parts) {
  return formulas_->add(z3::mk_or(formulas_->list(parts)));
}

FormulaId Presburger::for_all(const std::vector<std::uint32_t>& variables, FormulaId f) {
  if (variables.empty()) return f;
  z3::expr_vector bound(formulas_->context);
  for (const std::uint32_t v : variables) bound.push_back(formulas_->variable(v));
  return formulas_->add(z3::forall(bound, formulas_->at(f)));
}

FormulaId Presburger::substitute(FormulaId f, const std::vector<std::pair<std::uint32_t, Linear>>& by) {
  if (by.empty()) return f;
  z3::expr_vector from(formulas_->context), to(formulas_->context);
  for (const auto& [variable, linear] : by) {
    from.push_back(formulas_->variable(variable));
    to.push_back(formulas_->linear(linear));
  }
  z3::expr copy = formulas_->at(f);
  return formulas_->add(copy.substitute(from, to));
}

FormulaId Presburger::simplified(FormulaId f) {
  z3::context& context = formulas_->context;
  try {
    z3::goal goal(context);
    goal.add(formulas_->at(f));
    const z3::tactic tactic = z3::tactic(context, "simplify") & z3::tactic(context, "qe") &
                              z3::tactic(context, "simplify") & z3::tactic(context, "ctx-solver-simplify");
    const z3::apply_result result =
        interruptible([&] { return z3::try_for(tactic, elimination_milliseconds_max)(goal); });
    z3::expr_vector goals(context);
    for (unsigned i = 0; i < result.size(); ++i) goals.push_back(result[i].as_expr());
    return formulas_->add(goals.size() == 1 ? goals[0] : z3::mk_or(goals));
  } catch (const z3::exception&) {
    give_up();
  }
}

bool Presburger::is_satisfiable(FormulaId f) { return model(f).has_value(); }

std::optional<std::map<std::uint32_t, std::int64_t>> Presburger::model(FormulaId f) {
  const z3::expr& e = formulas_->at(f);
  if (e.is_false()) return std::nullopt;
  std::map<std::uint32_t, std::int64_t> values;
  if (e.is_true()) return values;
  z3::solver& solver = formulas_->solver;
  try {
    solver.push();
    solver.add(e);
    const z3::check_result result = interruptible([&] { return solver.check(); });
    if (result == z3::unknown) give_up();
    if (result == z3::unsat) {
      solver.pop();
      return std::nullopt;
    }
    const z3::model model = solver.get_model();
    solver.pop();
    for (unsigned i = 0; i < model.num_consts(); ++i) {
      const z3::func_decl constant = model.get_const_decl(i);
      std::int64_t value = 0;
      const std::string name = constant.name().str();
      if (name.starts_with("x") && model.get_const_interp(constant).is_numeral_i64(value))
        values.emplace(static_cast<std::uint32_t>(std::stoul(name.substr(1))), value);
    }
    return values;
  } catch (const z3::exception&) {
    give_up();
  }
}

std::vector<std::uint32_t> Presburger::variables_of(FormulaId f) const {
  std::set<std::uint32_t> found;
  std::set<unsigned> seen;
  std::vector<z3::expr> open{formulas_->at(f)};
  while (!open.empty()) {
    const z3::expr e = open.back();
    open.pop_back();
    if (!seen.insert(e.id()).second || !e.is_app()) continue;
    if (e.num_args() == 0 && e.decl().decl_kind() == Z3_OP_UNINTERPRETED)
      found.insert(static_cast<std::uint32_t>(std::stoul(e.decl().name().str().substr(1))));
    for (unsigned i = 0; i < e.num_args(); ++i) open.push_back(e.arg(i));
  }
  return {found.begin(), found.end()};
}

std::string Presburger::text(FormulaId f) const { return formulas_->at(f).to_string(); }

}  // namespace tryst
