// The syntax tree of a CSPM script: index-based, with a span on every node, faithful to what was written.
//
// Nothing is desugared here: the printer must give back the same script, and diagnostics speak of what the writer wrote.
// Redundant parentheses are kept as `paren` nodes (the dot operator looks through them on its left, so they matter).
// Name resolution and typing are side tables indexed by these ids (resolution.hpp, typing.hpp).
//
// Invariants: ids refer to earlier-added nodes (children before parents), so a loop over an arena is bottom-up;
// no path from a root is longer than `depth_max` nodes, whatever kinds of nodes it leads through, so recursion over the
// tree is safe (the clones that elaboration adds may stand in `nesting_max` more modules). The arenas may also hold
// nodes that no declaration reaches: what a pattern was read from, and what a declaration with an error left behind.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "frontend/arena.hpp"
#include "frontend/source.hpp"

namespace tryst::csp {

inline constexpr int nesting_max = 200;  // brackets, `let`s, sections and the like inside one another
inline constexpr int depth_max = 1000;   // nodes on one path through a declaration; a long chain is deep, too

enum class Symbol : std::uint32_t {};  // an interned spelling
enum class ExprId : std::uint32_t {};
enum class PatternId : std::uint32_t {};
enum class StatementId : std::uint32_t {};  // generator or filter of a comprehension or replicated operator
enum class FieldId : std::uint32_t {};      // `!e`, `?p:S`, `$p:S` of a prefix
enum class DeclId : std::uint32_t {};
enum class TypeExprId : std::uint32_t {};  // a written type, in annotations only
enum class AssertionId : std::uint32_t {};

class Symbols {
 public:
  Symbols() = default;
  Symbols(Symbols&&) = default;
  Symbols& operator=(Symbols&&) = default;

  Symbol intern(std::string_view);
  std::string_view text(Symbol s) const { return texts_[index(s)]; }
  std::size_t size() const { return texts_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, Symbol, Hash, std::equal_to<>> ids_;
  std::vector<std::string_view> texts_;  // views of the keys of ids_, which never move
};

// The enumerations are tables.
// clang-format off

// The comment gives the operands in order; `*` any number, `?` optional (then the list is shorter). Where statements,
// patterns or fields take part they are named. `symbol` and `number` say what the payload holds.
enum class ExprKind : std::uint8_t {
  // values
  number,      // literal in `number`; a literal beyond 64 bits has been reported and is 0
  boolean,     // number: 0 or 1
  character,   // number: the byte
  string,      // symbol: the text, escapes resolved
  name,        // symbol: the last part; `M::N::x` has the qualifiers in `path`
  paren,       // e
  tuple,       // e*  (two or more)
  apply,       // function, arguments*; `f(a)(b)` is two nodes
  lambda,      // body; patterns are the parameters
  let,         // body; decls are the local declarations
  if_,         // condition, then, else
  and_, or_, not_,                                          // a, b / a
  equal, not_equal, less, less_equal, greater, greater_equal,  // a, b
  add, subtract, multiply, divide, modulo,                  // a, b
  negate,      // a
  length,      // a                         #a
  concat,      // a, b                      a^b
  dot,         // a, b                      right-nested: a.(b.c)
  sequence,    // e*; statements            <e, .. | stmts>
  sequence_range,       // from, to; statements     <a..b | stmts>
  sequence_range_open,  // from; statements         <a.. | stmts>
  set,         // e*; statements            {e, .. | stmts}
  set_range, set_range_open,                // as for sequences
  set_enumerated,       // e*; statements           {| c, d.1 | stmts |}
  map,         // key, value, key, value, ..        (| k => v |)
  // processes
  prefix,      // channel, continuation; fields       c!x?y:S -> P
  guard,       // condition, P
  external_choice, internal_choice, sequential, interrupt, sliding_choice, interleave,  // P, Q
  parallel,    // P, A, Q                   P [|A|] Q
  alphabetised,  // P, A, B, Q              P [A||B] Q
  exception,   // P, A, Q                   P [|A|> Q
  sync_external,   // P, A, Q               P [+A+] Q
  sync_interrupt,  // P, A, Q               P /+A+\ Q
  hide, project,   // P, A                  P \ A, P |\ A
  rename,      // P, from, to, from, to, ..; statements      P[[a<-b | stmts]]
  link,        // P, Q, left, right, left, right, ..; statements   P [a<->b | stmts] Q
  // replicated forms; statements are never empty
  rep_external, rep_internal, rep_interleave, rep_sequential,  // P
  rep_parallel,      // A, P                [|A|] stmts @ P
  rep_alphabetised,  // A, P                || stmts @ [A] P
  rep_sync_external, // A, P                [+A+] stmts @ P
  rep_link,          // P, left, right, ..; `statements` those after the ties are in `tie_statements`
};

struct Expr {
  ExprKind kind;
  Span span;
  Span operator_span{};  // the operator or bracket that makes the node; nowhere for leaves
  Symbol symbol{no_id<Symbol>};
  std::int64_t number = 0;
  Range<ExprId> operands{};
  Range<Symbol> path{};                   // name: qualifiers, outermost first
  Range<StatementId> statements{};        // comprehensions, replicated operators, renaming, binary linked parallel
  Range<StatementId> tie_statements{};    // rep_link only: `[c<->d | these] stmts @ P`
  Range<PatternId> patterns{};            // lambda
  Range<FieldId> fields{};                // prefix
  Range<DeclId> decls{};                  // let
};

enum class PatternKind : std::uint8_t {
  name,      // symbol, path: a constant iff it resolves to a channel or constructor, else it binds
  wildcard,
  number, boolean, character, string,  // as in ExprKind; negative numbers are folded
  tuple, sequence, set,                // p*
  concat, dot, also,                   // p, q      p^q, p.q (right-nested), p@@q
  paren,                               // p
};

struct Pattern {
  PatternKind kind;
  Span span;
  Symbol symbol{no_id<Symbol>};
  std::int64_t number = 0;
  Range<PatternId> parts{};
  Range<Symbol> path{};
};

struct Statement {
  Span span;
  PatternId pattern = no_id<PatternId>;  // generator `pattern <- expr` (or `:`); none: a Boolean filter
  ExprId expr;
  bool generator() const { return pattern != no_id<PatternId>; }
};

enum class FieldKind : std::uint8_t { output, input, nondet_input };  // `!`, `?`, `$`

struct Field {
  FieldKind kind;
  Span span;
  ExprId expr = no_id<ExprId>;           // output: the value; inputs: the set after `:`, if any
  PatternId pattern = no_id<PatternId>;  // inputs
};

enum class TypeExprKind : std::uint8_t {
  name,        // symbol, path: Int Bool Char Proc Event, a datatype, or a type variable
  set, sequence, tuple, paren,  // t / t / t* / t
  map,         // key, value
  dot,         // a, b
  function,    // argument*, result
  dotable,     // a, b          a => b
  extendable,  // a, b          a =>* b
};

struct TypeExpr {
  TypeExprKind kind;
  Span span;
  Symbol symbol{no_id<Symbol>};
  Range<TypeExprId> parts{};
  Range<Symbol> path{};
};

struct TypeConstraint {
  Symbol constraint;  // Eq, Ord, Complete, Set, Yieldable
  Symbol variable;
  Span span;
};

// A name with the place where it stands.
struct Name {
  Symbol symbol{no_id<Symbol>};
  Span span;
};

// One equation of a function: `f(p, q)(r) = body`. Adjacent equations of one name in one file are one declaration.
struct Clause {
  Span span;       // of the whole equation
  Span name_span;
  std::vector<std::vector<PatternId>> parameters;  // one group per argument list; a group may be empty: f()
  ExprId body;
};

struct Constructor {
  Name name;
  ExprId type = no_id<ExprId>;  // the fields after the first dot, a type expression `A.B`; none for a constant
};

enum class DeclKind : std::uint8_t {
  function,     // names[0], clauses; `x = e` is one clause without parameter groups
  pattern,      // pattern = expr, where the left side is more than a name: (x, y) = e
  channel,      // names, expr? (the type)
  datatype,     // names[0], constructors
  subtype,      // names[0], constructors
  nametype,     // names[0], expr
  external,     // names
  transparent,  // names
  annotation,   // names, constraints, type          a, b :: Eq t => t
  assertion,    // assertion
  print,        // text (symbol): everything after the word, uninterpreted
  module,       // names[0], patterns (parameters), inner (private), exported
  instance,     // names[0], expr (the module: a name, applied to the arguments if there are any)
  timed,        // expr? (the timing function), inner
};

struct Decl {
  DeclKind kind;
  Span span;
  std::vector<Name> names;
  std::vector<Clause> clauses;
  std::vector<Constructor> constructors;
  std::vector<TypeConstraint> constraints;
  std::vector<PatternId> patterns;  // module parameters; for `pattern` the single left side
  ExprId expr = no_id<ExprId>;
  TypeExprId type = no_id<TypeExprId>;
  AssertionId assertion = no_id<AssertionId>;
  Symbol text{no_id<Symbol>};
  std::vector<DeclId> inner;
  std::vector<DeclId> exported;
  DeclId instance_of = no_id<DeclId>;  // module, after elaboration: what it is an instance of (never set by the parser)
};

enum class Model : std::uint8_t { unspecified, traces, failures, failures_divergences, revivals, revivals_divergences,
                                  refusal_testing, refusal_testing_divergences };

enum class AssertionKind : std::uint8_t { refinement, deadlock_free, divergence_free, deterministic, has_trace };

enum class PartialOrder : std::uint8_t { none, unspecified, precise, hybrid, fast };

struct Assertion {
  AssertionKind kind;
  Span span;       // from `assert` to the end
  bool negated = false;
  Model model = Model::unspecified;
  ExprId left;                     // the specification of a refinement, else the process
  ExprId right = no_id<ExprId>;    // the implementation of a refinement
  ExprId trace = no_id<ExprId>;    // has_trace: a sequence literal
  ExprId tau_priority = no_id<ExprId>;  // the set of `:[tau priority]: S` and its longer spelling `tau priority over`
  bool tau_priority_over = false;       // which of the two was written
  PartialOrder partial_order = PartialOrder::none;
};

// clang-format on

// An `include` directive: where it stands and what was read for it.
struct Include {
  Span span;
  FileId file;
};

// A parsed script: all files, includes spliced in.
struct Script {
  Symbols symbols;
  Arena<ExprId, Expr> exprs;
  Arena<PatternId, Pattern> patterns;
  Arena<StatementId, Statement> statements;
  Arena<FieldId, Field> fields;
  Arena<DeclId, Decl> decls;
  Arena<TypeExprId, TypeExpr> types;
  Arena<AssertionId, Assertion> assertions;
  Pool<ExprId> expr_lists;
  Pool<PatternId> pattern_lists;
  Pool<StatementId> statement_lists;
  Pool<FieldId> field_lists;
  Pool<DeclId> decl_lists;
  Pool<TypeExprId> type_lists;
  Pool<Symbol> symbol_lists;
  std::vector<DeclId> top;  // in the order written
  // What the tree itself does not show, in the order read: only a formatter needs these.
  std::vector<Span> comments;  // with their delimiters
  std::vector<Include> includes;

  std::span<const ExprId> operands(ExprId e) const { return expr_lists[exprs[e].operands]; }
  ExprId operand(ExprId e, std::size_t i) const { return operands(e)[i]; }
};

}  // namespace tryst::csp
