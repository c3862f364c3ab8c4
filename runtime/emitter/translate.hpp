// A process expression of a script → machine code, where it lies in the part of CSPM that machine code can say.
//
// Functions are translated once for each combination of argument types, process functions become points. What follows
// an event becomes a point of its own unless it is a call. Names that no local variable is part of are evaluated here.
// An argument that machine code cannot hold (a channel, a set, a process) is a constant of the point if it is an
// expression without local names: P(c) and P(d) become two points. So do P ; Q and P: a point of P then ends by going on
// to Q, whose variables it carries with its own.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "frontend/csp/typing.hpp"
#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/machine_code.hpp"
#include "semantics/csp/evaluator.hpp"

namespace tryst::emitter {

// A component cannot be said in machine code; why, for the reader of the emitted project.
struct Untranslatable {
  std::string reason;
};

class Translation {
 public:
  Translation(const csp::Typed& typed, csp::Evaluator& evaluator) : typed_(typed), evaluator_(evaluator) {}

  // Throws Untranslatable.
  MachineCode run(csp::ExprId process);

 private:
  using ExprId = csp::ExprId;
  // What a name stands for, in terms of the variables of the function or point that is being translated.
  using Scope = std::map<csp::BindingId, Expression>;
  // What the variables of a generic function's type stand for in this instance.
  using Instance = std::map<csp::TypeId, DataType>;
  struct Key {
    csp::BindingId function;
    std::vector<DataType> arguments;
    std::vector<ExprId> constants{};  // by argument: the expression that it always is; no_id: it is data. Empty: all are
    std::uint32_t continuation = Process::no_point;  // what follows where the process terminates
    bool is_constant(std::size_t i) const { return i < constants.size() && constants[i] != no_id<ExprId>; }
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  class Context;
  static constexpr std::uint32_t no_variable = 0xffffffff;

  // translate_expressions.cpp
  Expression expression(ExprId);
  Expression name(ExprId);
  Expression apply(ExprId);
  Expression binary(ExprId, Expression::Op, DataType);
  Expression let(ExprId, std::size_t from);
  std::uint32_t function(csp::BindingId, const std::vector<DataType>& arguments, csp::TypeId result);
  std::vector<Expression> arguments(std::span<const ExprId>);
  // Binds the names of a pattern to parts of `value`; the answer is what must hold for it to match, if anything must.
  std::optional<Expression> match(csp::PatternId, const Expression& value);
  void match_constant(csp::PatternId, ExprId constant);
  // What a clause's patterns ask of its parameters.
  std::optional<Expression> match(const csp::Clause&, const Key&, const std::vector<std::uint32_t>& parameters);
  // Variables for the parameters that are data; no_variable for the others.
  std::vector<std::uint32_t> parameters(const csp::Decl&, const Key&);
  // Learns what the type variables of parameters stand for.
  void unify_parameters(const Key&);
  const csp::Decl& function_declaration(csp::BindingId);
  DataType data_type(csp::TypeId);
  bool is_data(csp::TypeId);
  void unify(csp::TypeId parameter, const DataType&);
  void unify(csp::TypeId parameter, csp::TypeId argument);
  std::uint32_t enumeration(csp::BindingId datatype);
  std::uint32_t variable(csp::BindingId, const DataType&);
  std::uint32_t variable(const std::string& wanted, const DataType&);

  // translate_processes.cpp
  Process process(ExprId);
  Process target(ExprId);
  Process as_target(Process, Span);
  Process as_point(Process, Span);
  Process sequence(ExprId first, ExprId second);
  Process named(ExprId);
  Process call(csp::BindingId, std::span<const ExprId> arguments);
  Process let_process(ExprId, std::size_t from);
  Process replicated(ExprId, Process::Form, std::size_t from);
  Process prefix(ExprId);
  void channel_fields(ExprId, std::vector<Process::Field>&, csp::BindingId& channel);
  void output(ExprId, std::vector<Process::Field>&);
  void input(csp::PatternId, ExprId set, csp::BindingId channel, std::vector<Process::Field>&);
  // The only value that a pattern takes, if it is one.
  std::optional<Expression> literal(csp::PatternId, const DataType&) const;
  Domain domain(ExprId set, const DataType&);
  bool is_closed(ExprId) const;
  // The expression without local names that this one is, if it is one.
  std::optional<ExprId> constant(ExprId) const;
  std::uint32_t point(const Key&);

  const csp::Expr& at(ExprId e) const { return typed_.script.exprs[e]; }
  std::span<const ExprId> operands(ExprId e) const { return typed_.script.operands(e); }

  const csp::Typed& typed_;
  csp::Evaluator& evaluator_;
  MachineCode code_;
  Scope scope_;
  std::map<csp::BindingId, ExprId> constants_;  // names that stand for an expression without local names
  Instance instance_;
  std::optional<Process> continuation_;  // a call: what follows where the process being translated terminates
  std::map<Key, std::uint32_t> functions_;
  std::map<Key, std::uint32_t> points_;
  std::map<csp::BindingId, std::uint32_t> enumerations_;
  Identifiers names_ = names_for_components();  // of functions and points
  std::vector<std::string> in_scope_;  // identifiers of variables
  std::size_t depth_ = 0;
};

}  // namespace tryst::emitter
