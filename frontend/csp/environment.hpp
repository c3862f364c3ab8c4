// What a name means at one point of the script: the scopes around the point, innermost first.
//
//   locals    let declarations and pattern variables, by symbol; `trail_` undoes them when their scope ends
//   scopes    those of the modules around the point, the script's last (Typed::scopes, linked by `parent`)
//   built-in  the names that need no `external`, `transparent` or Timed section
// A qualified name `M::N::x` is looked up as a whole in each scope in turn, so an inner `M` without an `N::x` does not
// hide an outer one that has it. Types have a name space of their own: type variables, datatypes, the five built-in
// types. Cost: O(1) for locals, O(depth of modules) hash look-ups for others.
#pragma once

#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "frontend/csp/typing.hpp"

namespace tryst::csp {

struct Lookup {
  enum class Status : std::uint8_t {
    found,         // binding
    missing,       // module: the last one of the path that was found, if any
    hidden,        // binding, private to module
    parametrised,  // module has parameters, so that only its instances have names
    not_module,    // binding: what is used as a module without being one
    broken,        // leads into an instance that has been reported
  };
  Status status = Status::missing;
  BindingId binding = no_id<BindingId>;
  BindingId module = no_id<BindingId>;
  std::size_t part = 0;  // missing: which part of the path is, `path.size()` for the name itself

  bool found() const { return status == Status::found; }
};

class Environment {
 public:
  // Starts in the top-level scope. Both tables must hold the built-in names (see add_builtins).
  explicit Environment(Typed& typed);

  // The scope of declarations that the point lies in, directly.
  ScopeId scope() const { return scope_; }
  void enter(ScopeId scope) { scope_ = scope; }

  // Locals. Those bound after a mark are forgotten by restoring it. A group is what may not bind a name twice: the
  // parameters of an equation, the generators of a comprehension, the declarations of a let.
  using Mark = std::size_t;
  using Group = std::uint32_t;
  static constexpr Group no_group = 0;
  Mark mark() const { return trail_.size(); }
  void restore(Mark);
  Group new_group() { return ++groups_; }
  void bind(Symbol, BindingId, Group);
  // The local of that name which the same group has bound already, or none.
  BindingId bound_by(Group, Symbol) const;

  // Type variables; undone like locals.
  Mark type_mark() const { return type_trail_.size(); }
  void restore_types(Mark);
  void bind_type(Symbol, BindingId variable);

  Lookup find(Symbol name, std::span<const Symbol> path) const;
  Lookup find_type(Symbol name, std::span<const Symbol> path) const;

  // Names inside are taken to be right from now on: the instance itself has been reported.
  void mark_broken(ScopeId scope) { broken_.insert(scope); }
  bool broken(ScopeId scope) const { return broken_.contains(scope); }

  // What could have been meant: all that is visible without qualification, or what `module` exports.
  std::vector<BindingId> visible() const;
  std::vector<BindingId> exports(BindingId module) const;

 private:
  struct Local {
    BindingId binding = no_id<BindingId>;
    Group group = no_group;
  };
  struct Undo {
    Symbol symbol;
    Local previous;
  };
  struct TypeUndo {
    Symbol symbol;
    BindingId previous;
  };

  const Binding& binding(BindingId b) const { return typed_.bindings[b]; }
  Lookup find_below(ScopeId, Symbol name, std::span<const Symbol> path) const;
  Lookup find_qualified(Symbol name, std::span<const Symbol> path) const;

  Typed& typed_;
  ScopeId scope_;
  std::vector<Local> locals_;  // by symbol
  std::vector<Undo> trail_;
  std::vector<BindingId> type_variables_;  // by symbol
  std::vector<TypeUndo> type_trail_;
  std::vector<BindingId> builtin_values_;  // by symbol
  std::vector<BindingId> builtin_types_;   // by symbol
  std::unordered_set<ScopeId> broken_;
  Group groups_ = no_group;
};

// Puts the built-in names in front of the bindings and makes the scope of the top level. To be called once a script.
void add_builtins(Typed&);

}  // namespace tryst::csp
