// Syntax tree → resolved, typed script: the result of the front end, and all that the semantics sees.
//
// Module instances are elaborated before typing: an instance's declarations are cloned into the tree with the
// parameters bound to the arguments, so that nothing downstream knows modules (spans point into the module's text). An
// instance is a `module` declaration with `instance_of` set, its `expr` still the module and the arguments as written;
// `inner` starts with one `pattern` declaration for every parameter. A parametrised module itself is checked once and
// otherwise ignored.
//
// A *binding* is one thing that a name can mean.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "frontend/csp/ast.hpp"
#include "frontend/csp/builtin.hpp"
#include "frontend/csp/type.hpp"
#include "frontend/diagnostic.hpp"

namespace tryst::csp {

enum class BindingId : std::uint32_t {};
enum class ScopeId : std::uint32_t {};
enum class TimedId : std::uint32_t {};

enum class BindingKind : std::uint8_t {
  builtin,      // `builtin` says which
  function,     // decl, a `function` declaration at top level, in a module, Timed section or let
  variable,     // bound by a pattern: parameter, lambda, generator, prefix field, or a `pattern` declaration (decl set)
  channel,      // decl
  constructor,  // decl (the datatype), ordinal
  datatype,     // decl
  subtype,      // decl
  nametype,     // decl
  module,       // decl, scope
  type_variable,
};

struct Binding {
  BindingKind kind;
  Symbol symbol;
  Span span;  // where it is introduced
  DeclId decl = no_id<DeclId>;
  std::uint32_t ordinal = 0;  // constructor: its place in the datatype; channel: its place in the declaration
  Builtin builtin{};
  ScopeId scope = no_id<ScopeId>;  // module: the names inside it
  bool top_level = false;   // visible in the whole script (directly or through modules); else local to an expression
  std::string qualified{};  // as the user would write it from top level: `M::c`; empty for locals
};

// The names that a module, or the script as a whole, declares.
struct Scope {
  struct Member {
    BindingId binding;
    bool exported;  // may be used from outside
  };
  std::unordered_map<Symbol, Member> members;
  ScopeId parent = no_id<ScopeId>;  // the one around it; none for the script
  bool parametrised = false;        // nothing inside may be used from outside; only instances may
};

// A Timed section: where it stands, and the `tock` that its processes synchronise on.
struct TimedSection {
  DeclId decl;
  BindingId tock;
};

// What the front end knows after resolving and typing. Vectors are indexed by the tree's ids.
struct Typed {
  Script script;                         // with elaborated instances
  Arena<BindingId, Binding> bindings;    // the built-in names come first, in the order of their table
  std::vector<BindingId> expr_uses;      // by ExprId, `name` expressions only, else none
  std::vector<BindingId> pattern_names;  // by PatternId, `name` patterns only: the constant used or the variable bound
  std::vector<BindingId> type_uses;      // by TypeExprId, `name` types only: built-in set, datatype or type variable
  std::vector<BindingId> decl_bindings_first;     // by DeclId: names[i] and constructors introduce consecutive bindings
                                                  // from this one: names first, then constructors; `pattern`, `timed`,
                                                  // `annotation`, `external`, `transparent`, `assertion`, `print`: none
  std::vector<std::vector<BindingId>> decl_uses;  // by DeclId. subtype: what constructors[i] refers to; annotation:
                                                  // what names[i] refers to, then the variable of constraints[i]
  TypeTable types;
  std::vector<TypeId> expr_types;      // by ExprId
  std::vector<TypeId> binding_types;   // by BindingId; generic variables are those of a type scheme
  std::vector<TimedId> timed_section;  // by DeclId: the innermost Timed section around it, lets included, or none
  Arena<TimedId, TimedSection> timed_sections;
  std::vector<BindingId> channels;  // all that `Events` is made of, those of modules and instances included
  Arena<ScopeId, Scope> scopes;     // the first is the top level

  bool in_timed_section(DeclId d) const { return timed_section[index(d)] != no_id<TimedId>; }
};

enum class Phase : std::uint8_t { resolve, types };

// Resolves and, unless stopped before, types the script. Errors go to `Diagnostics` (P02xx, P03xx); the result is
// returned even then, but must not be evaluated.
Typed check_types(Script, const SourceSet&, Diagnostics&, Phase until = Phase::types);

// Resolves and types one more expression in the top-level scope of an already checked script; it must not add
// declarations other than those of its own `let`s. `false` when it is wrong (reported).
bool check_expression(ExprId, Typed&, const SourceSet&, Diagnostics&);

// Whether something of the type may stand where a process is wanted: a Proc, or what can be of every type, as
// `error("")` and functions that never return.
bool may_be_process(const Typed&, TypeId);

// A type in the notation of annotations: `(Int, {Event}) -> Proc`.
std::string print(const Typed&, TypeId);

}  // namespace tryst::csp
