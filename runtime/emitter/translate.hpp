// A process expression of a script → machine code, where it lies in the part of CSPM that machine code can say.
//
// Functions are translated once for each combination of argument types, process functions become points. What follows
// an event becomes a point of its own unless it is a call. Names that no local variable is part of are evaluated here.
// An argument that machine code cannot hold (a channel, a set, a process) is a constant of the point if it is an
// expression without local names: P(c) and P(d) become two points. So do P ; Q and P: a point of P then ends by going on
// to Q, whose variables it carries with its own.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>

#include "frontend/csp/typing.hpp"
#include "runtime/emitter/captured_variables.hpp"
#include "runtime/emitter/machine_code.hpp"
#include "semantics/csp/evaluator.hpp"

namespace tryst::emitter {

// A component cannot be said in machine code; why, for the reader of the emitted project.
struct Untranslatable {
  std::string reason;
};

class Translation {
 public:
  // Reads a value as an expression of the script's top level, if it can be read.
  using Reader = std::function<std::optional<csp::ExprId>(const csp::EventField&)>;

  Translation(const csp::Typed& typed, csp::Evaluator& evaluator, Reader reader)
      : typed_(typed), evaluator_(evaluator), captured_(typed), reader_(std::move(reader)) {}

  // A call, without variables, of the point that the process begins at; what it needs is added to code(), where equal
  // processes are equal points. Throws Untranslatable, and then code() is as it was.
  Process run(const csp::Origin& process);
  // Identifiers of points and functions are as they are wanted, not distinct.
  const MachineCode& code() const { return code_; }

 private:
  using ExprId = csp::ExprId;
  void forget_from(std::size_t points, std::size_t functions, std::size_t datatypes);
  // What a name stands for, in terms of the variables of the function or point that is being translated.
  using Scope = std::map<csp::BindingId, Expression>;
  // Of what is dotted together: a value, or a constructor that the next ones are fields of.
  struct Piece {
    bool is_constructor;
    Expression value;
  };
  // A prefix while it is read.
  struct Communication {
    struct Expected {
      ExprId set;         // that is declared
      std::size_t items;  // of its elements; 0: an item of an element before
      std::size_t field;  // of the channel's declaration
      bool is_inside;     // of a value that is this field
    };
    Process& prefix;
    csp::BindingId channel = no_id<csp::BindingId>;
    std::deque<Expected> expected{};  // what is still to come
    std::vector<Piece> said{};
    std::set<std::size_t> received_inside{};  // declared fields of which a part was received
  };
  // What the variables of a generic function's type stand for in this instance.
  using Instance = std::map<csp::TypeId, DataType>;
  // What is around a process while it runs, and what becomes of it then: outer ones come first. Its points carry the
  // variables of the handlers with their own.
  struct FrameKey {
    enum class Kind : std::uint8_t {
      sequel,     // handler: what follows where the process terminates
      exception,  // events: those that lead to the handler instead
      interrupt,  // the handler's offers are there in every state
    };
    Kind kind;
    std::uint32_t point;  // of the handler
    ExprId events = no_id<ExprId>;
    friend auto operator<=>(const FrameKey&, const FrameKey&) = default;
  };
  struct Frame {
    FrameKey key;
    Process handler;  // a call
  };
  // What a function or point is one for: a function of the script, its arguments and then the variables that it captures.
  struct Key {
    csp::BindingId function;
    std::vector<DataType> arguments{};
    std::vector<ExprId> constants{};  // by argument: the expression that it always is; no_id: it is data
    std::vector<FrameKey> frames{};   // what is around it
    Instance instance{};              // local functions: of what is around them
    bool is_constant(std::size_t i) const { return constants[i] != no_id<ExprId>; }
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  class Context;
  static constexpr std::uint32_t no_variable = 0xffffffff;

  // translate_expressions.cpp
  Expression expression(ExprId);
  DataType collection_type(ExprId);
  Expression name(ExprId);
  Expression apply(ExprId);
  Expression call_builtin(csp::Builtin, const std::vector<ExprId>& arguments, ExprId call);
  Expression call_of_map(csp::Builtin, std::vector<Expression> arguments);
  Expression binary(ExprId, Expression::Op, DataType);
  Expression let(ExprId, std::size_t from);
  Expression call_function(csp::BindingId, std::span<const ExprId> arguments, ExprId call);
  std::uint32_t function(const Key&, csp::TypeId result);
  std::vector<Expression> arguments(std::span<const ExprId>);
  // translate_dots.cpp
  Expression dots(ExprId);
  Expression constant_of(csp::BindingId constructor);
  const std::vector<DataType>& fields_of(const DataType&, std::int64_t constructor) const;
  void pieces(ExprId, std::vector<Piece>&);
  Piece constructor_piece(csp::BindingId);
  Expression assembled(std::span<const Piece>& rest) const;
  std::vector<Expression> assembled(const std::vector<Piece>&) const;

  // translate_patterns.cpp
  // Binds the names of a pattern to parts of `value`; the answer is what must hold for it to match, if anything must.
  std::optional<Expression> match(csp::PatternId, const Expression& value);
  std::optional<Expression> match_dots(std::span<const csp::PatternId>, std::vector<Expression> values);
  void match_constant(csp::PatternId, ExprId constant);
  // What a clause's patterns ask of its parameters.
  std::optional<Expression> match(const csp::Clause&, const Key&, const std::vector<std::uint32_t>& parameters);
  void flatten(csp::PatternId, std::vector<csp::PatternId>&) const;
  std::optional<csp::BindingId> constructor_of(csp::PatternId) const;
  // What a pattern that is a name binds.
  csp::BindingId variable_of(csp::PatternId) const;

  // translate_functions.cpp
  // Variables for the parameters that are data; no_variable for the others.
  std::vector<std::uint32_t> parameters(const csp::Decl&, const Key&);
  // Of all argument lists.
  std::vector<csp::PatternId> parameters(const csp::Clause&) const;
  // The variables that a function and its constant arguments capture.
  std::set<csp::BindingId> captured(csp::BindingId, const Key&);
  // The arguments of a call, and what the callee captures: those that are data, and the key.
  Key key(csp::BindingId, std::span<const ExprId> arguments, std::vector<Expression>& data);
  void capture(csp::BindingId, Key&, std::vector<Expression>& data);
  // Gives meaning to what the function of a key captures; the answer is variables for those that are data.
  std::vector<std::uint32_t> enter_captured(csp::BindingId, const Key&);
  void set_variable(csp::BindingId, const csp::EventField& value);
  Expression computed(ExprId);
  // What a name stands for that a `let` gives to a value; none for other expressions.
  std::optional<ExprId> local_value(ExprId) const;
  bool is_data_value(csp::DeclId);
  ExprId callee_of(ExprId, std::vector<ExprId>& arguments) const;
  std::string name_of(csp::BindingId function) const;
  const csp::Decl& function_declaration(csp::BindingId);

  // translate_types.cpp
  DataType data_type(csp::TypeId);
  // What values of the type are dotted of; a constructor has taken what follows it as fields.
  std::vector<csp::TypeId> items(csp::TypeId) const;
  bool is_data(csp::TypeId);
  std::uint32_t datatype(csp::BindingId);
  DataType made_by(csp::BindingId constructor);
  csp::BindingId datatype_binding(const DataType&) const;
  void unify(csp::TypeId parameter, const DataType&);
  void unify(csp::TypeId parameter, csp::TypeId argument);
  void unify_wanted(csp::TypeId parameter, csp::TypeId argument);
  // Learns what the type variables of parameters stand for.
  void unify_parameters(const Key&);
  std::vector<csp::TypeId> parameter_types(csp::BindingId function) const;
  std::optional<DataType> type_of(const csp::EventField&);
  std::optional<DataType> type_of(csp::TypeId, const csp::EventField&);
  Expression literal(const csp::EventField&, const DataType&) const;

  std::uint32_t variable(csp::BindingId, const DataType&);
  std::uint32_t variable(const std::string& wanted, const DataType&);

  // translate_processes.cpp
  Process process(ExprId);
  Process target(ExprId);
  Process as_target(Process, Span);
  Process as_point(Process, Span);
  // translate_frames.cpp
  Process sequence(ExprId first, ExprId second);
  Process exception(ExprId);
  Process interrupt(ExprId);
  Process handler(ExprId);
  Process within(FrameKey::Kind, Process handler, ExprId events, ExprId process);
  Process skip();
  Process interrupted(Process) const;
  // What follows a prefix: what is around it may take its event.
  Process after(const Process& prefix, ExprId next);
  std::optional<Expression> is_among(const Process& prefix, ExprId events);
  // What two processes do that are chosen from.
  Process choice(Process, Process, Span);
  Process sliding(Process, Process next, Span);
  Process named(ExprId);
  Process call(csp::BindingId, std::span<const ExprId> arguments);
  Process call(Key, std::vector<Expression> arguments);
  Process call_with(csp::BindingId, const std::vector<csp::EventField>& arguments);
  Process begin(const csp::Origin&);
  Process let_process(ExprId, std::size_t from);
  Process replicated(ExprId, Process::Form, std::size_t from);
  // translate_prefix.cpp
  Process prefix(ExprId);
  void begin_event(ExprId channel, Communication&);
  std::vector<ExprId> factors(ExprId) const;
  std::vector<ExprId> declared_sets(csp::BindingId channel) const;
  bool is_datatype(ExprId set) const;
  // Of a set, or of what a declaration means by (A, B).
  std::optional<DataType> element_type(ExprId set);
  void expect(ExprId set, std::size_t field, bool is_inside, Communication&) const;
  bool is_product(ExprId set) const;
  Domain product(ExprId set);
  void say(Piece, Communication&);
  void output(ExprId, Communication&);
  void input(csp::PatternId, ExprId set, bool is_last, Communication&);
  std::size_t fields_of(csp::TypeId) const;
  Expression received(ExprId set, const std::string& wanted, Communication&);
  // translate_domains.cpp
  // What a variable ranges over that is in a set.
  Domain domain(ExprId set, std::uint32_t variable);
  // Whether a value is in a set.
  Expression membership(const Expression& value, ExprId set);
  // A call of a function that gives a set: what follows is done with its body, whose parameters stand for the arguments.
  template <class Then>
  auto inlined(csp::BindingId function, const std::vector<ExprId>& arguments, Then then);
  std::optional<csp::Builtin> builtin_of(ExprId callee) const;
  // The expression without local names that this one is, if it is one; or a process.
  std::optional<ExprId> constant(ExprId);
  std::uint32_t point(const Key&);

  const csp::Expr& at(ExprId e) const { return typed_.script.exprs[e]; }
  std::span<const ExprId> operands(ExprId e) const { return typed_.script.operands(e); }

  const csp::Typed& typed_;
  csp::Evaluator& evaluator_;
  CapturedVariables captured_;
  Reader reader_;
  MachineCode code_;
  Scope scope_;
  std::map<csp::BindingId, ExprId> constants_;  // names that stand for an expression without local names
  Instance instance_;
  std::vector<Frame> frames_;  // around the process being translated
  std::map<Key, std::uint32_t> functions_;
  std::map<Key, std::uint32_t> points_;
  // Where no process has a name: by the expression, and by variable around it what it is if it is no data, and its type.
  struct Begun {
    Process initial{};
    std::map<csp::BindingId, std::uint32_t> variables{};
  };
  std::map<std::tuple<ExprId, std::vector<ExprId>, std::vector<DataType>>, Begun> begun_;
  std::map<csp::BindingId, std::uint32_t> datatypes_;
  std::set<csp::BindingId> open_datatypes_;  // whose fields are being looked at
  std::vector<std::string> in_scope_;        // identifiers of variables
  std::size_t depth_ = 0;
};

// translate_types.cpp: the type, or those of the items that it is dotted of.
void append_items(DataType, std::vector<DataType>&);

// translate_dots.cpp
Expression tuple(std::vector<Expression> items, DataType::Kind = DataType::Kind::tuple);
Expression item(const Expression&, std::size_t which);
void append_items(Expression, std::vector<Expression>&);
// The item, or several dotted together.
Expression dotted(std::vector<Expression> items);

}  // namespace tryst::emitter
