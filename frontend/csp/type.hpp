// The types of CSPM scripts: terms in a flat arena, with variables that unification binds in place.
//
//   Int Bool Char Proc Event T     constants and datatypes
//   {t} <t> (| k => v |) (t, u)    sets, sequences, maps, tuples
//   (t, u) -> r                    functions; the number of arguments belongs to the type
//   t.u                            the dot of two values
//   t=>u                           dotable: dotting a `t` on gives a `u`; a channel c : A.B has type A=>B=>Event
//   a=>*u                          extendable: dotting on whatever `a` stands for gives a `u`, perhaps nothing at all
//
// A variable is unbound (it then has constraints and a level) or bound to another type. The variable of an extendable
// stands for the fields that are missing; it may be bound to another such variable, to `no_fields`, or to a dotable
// whose result is one of these. resolve() sees through all that, so nobody else meets a bound variable or a bound
// extendable.
//
// Levels (Rémy, 1992): a variable carries the nesting depth of the declaration group that it belongs to, so that
// generalising looks at the type only, never at the environment. `generic` marks the variables of a type scheme.
//
// Every change of an existing node goes on a trail, so that what a faulty declaration did can be undone.
// Bounded: at most `types_max` nodes, and as many steps of work as allowed; beyond, TypeLimit is thrown.
// Invariant: children are earlier nodes, except through a bound variable, and those never form a cycle.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "frontend/arena.hpp"

namespace tryst::csp {

enum class BindingId : std::uint32_t;
enum class Symbol : std::uint32_t;
enum class TypeId : std::uint32_t {};

// What a type may be asked for.
enum class Constraint : std::uint8_t {
  eq = 1,          // `==`, membership: all but processes, functions and what contains them
  ord = 2,         // `<`
  set = 4,         // may be put in a set; implied by Eq
  complete = 8,    // may be communicated: nothing is left to be dotted on
  yieldable = 16,  // a datatype or Event: what may stand right of `=>`
};
using ConstraintSet = std::uint8_t;

constexpr ConstraintSet operator|(ConstraintSet set, Constraint c) {
  return static_cast<ConstraintSet>(set | static_cast<ConstraintSet>(c));
}
constexpr bool contains(ConstraintSet set, Constraint c) { return (set & static_cast<ConstraintSet>(c)) != 0; }
// Whether something with these constraints certainly satisfies `c`.
constexpr bool implies(ConstraintSet set, Constraint c) {
  return contains(set, c) || (c == Constraint::set && contains(set, Constraint::eq));
}
std::string_view name(Constraint);
inline constexpr Constraint all_constraints[] = {Constraint::eq, Constraint::ord, Constraint::set, Constraint::complete,
                                                 Constraint::yieldable};

enum class TypeKind : std::uint8_t {
  variable,
  unknown,  // the type of what has been reported already: unifies with everything
  integer,
  boolean,
  character,
  process,
  event,
  datatype,  // binding
  set,
  sequence,  // a
  map,
  dot,
  dotable,     // a, b
  extendable,  // a: what it extends to, b: the variable of the missing fields
  no_fields,   // only as what the variable of an extendable is bound to
  tuple,
  function,  // items; a function's result is the last
};

struct Type {
  TypeKind kind;
  bool rigid = false;                 // variable of an annotation: stands for every type, never bound
  bool ground = true;                 // no variable inside, bound or not
  ConstraintSet constraints = 0;      // variable
  std::uint32_t level = 0;            // unbound variable
  std::uint32_t first = 0xffffffff;   // a, the link of a bound variable, the binding, the first item in the pool
  std::uint32_t second = 0xffffffff;  // b, the name of a rigid variable, the number of items

  TypeId a() const { return static_cast<TypeId>(first); }
  TypeId b() const { return static_cast<TypeId>(second); }
  BindingId datatype() const { return static_cast<BindingId>(first); }
  Symbol rigid_name() const { return static_cast<Symbol>(second); }
};

// Thrown where types outgrow the limits; never leaves the type checker.
struct TypeLimit {};

class TypeTable {
 public:
  static constexpr std::size_t types_max = std::size_t{1} << 24;
  static constexpr std::uint64_t steps_least = std::uint64_t{1} << 22;
  static constexpr int depth_max = 500;  // nesting of types, and of the work on them
  static constexpr std::uint32_t generic = 0xffffffff;

  TypeTable();

  static constexpr TypeId unknown{0}, integer{1}, boolean{2}, character{3}, process{4}, event{5}, no_fields{6};

  TypeId fresh(ConstraintSet = 0);  // an unbound variable of the current level
  TypeId rigid(Symbol name, ConstraintSet);
  TypeId datatype(BindingId);
  TypeId set(TypeId t) { return make(TypeKind::set, t); }
  TypeId sequence(TypeId t) { return make(TypeKind::sequence, t); }
  TypeId map(TypeId key, TypeId value) { return make(TypeKind::map, key, value); }
  TypeId dot(TypeId a, TypeId b) { return make(TypeKind::dot, a, b); }
  TypeId dotable(TypeId field, TypeId result) { return make(TypeKind::dotable, field, result); }
  TypeId extendable(TypeId to, TypeId fields) { return make(TypeKind::extendable, to, fields); }
  TypeId tuple(std::span<const TypeId> items) { return make(TypeKind::tuple, items); }
  TypeId function(std::span<const TypeId> arguments, TypeId result);
  // t1.t2.t3, right-nested; the list is not empty.
  TypeId dots(std::span<const TypeId> list);
  // t1=>t2=>result.
  TypeId dotables(std::span<const TypeId> fields, TypeId result);

  // The type itself: neither a bound variable nor an extendable whose fields are known.
  TypeId resolve(TypeId);
  // The same for readers; never changes anything. An extendable whose next field is known comes back as it is.
  TypeId resolved(TypeId) const;
  const Type& operator[](TypeId t) const { return types_[index(t)]; }
  std::span<const TypeId> items(TypeId t) const { return {pool_.data() + (*this)[t].first, (*this)[t].second}; }
  std::span<const TypeId> arguments(TypeId function) const;
  TypeId result(TypeId function) const { return items(function).back(); }
  bool unbound(TypeId t) const { return (*this)[t].kind == TypeKind::variable && (*this)[t].first == 0xffffffff; }

  // Binds an unbound, not rigid variable. The caller has made sure of its constraints.
  // False, and nothing done, if it occurs in the type. Variables of the type sink to the variable's level.
  bool bind(TypeId variable, TypeId to);
  void add_constraint(TypeId variable, Constraint);
  // Makes the variable as short-lived as `level` wants it.
  void lower_level(TypeId variable, std::uint32_t level);

  // One level deeper for its lifetime.
  class Deeper {
   public:
    explicit Deeper(TypeTable& types) : types_(types) { ++types_.level_; }
    ~Deeper() { --types_.level_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    TypeTable& types_;
  };
  std::uint32_t level() const { return level_; }
  // Turns the variables that are deeper than the current level into generic ones, or sinks them to it.
  void generalise(TypeId);
  void sink(TypeId);
  // A copy with fresh variables for the generic ones; the type itself if it has none.
  TypeId instantiate(TypeId);

  // The unbound variables of a type, rigid and generic ones included, each once, in the order of reading.
  std::vector<TypeId> variables(TypeId) const;

  // Which datatypes can be compared for equality: by default none.
  void set_comparable(BindingId datatype, bool);
  bool comparable(BindingId datatype) const;

  using Mark = std::size_t;
  Mark mark() const { return trail_.size(); }
  void rollback(Mark);
  void forget_trail() { trail_.clear(); }

  // How much work there may be from now on; without a call, `steps_least`.
  void allow_steps(std::uint64_t steps) { steps_left_ = steps; }
  void step() {
    if (steps_left_ == 0) throw TypeLimit{};
    --steps_left_;
  }
  std::size_t size() const { return types_.size(); }

 private:
  struct Change {
    TypeId type;
    Type before;
  };

  TypeId add(Type);
  TypeId make(TypeKind, TypeId a);
  TypeId make(TypeKind, TypeId a, TypeId b);
  TypeId make(TypeKind, std::span<const TypeId> items);
  void write(TypeId, Type);
  // What a chain of bound variables ends in. Halves the chain, so that many looks at it cost little.
  TypeId end_of_chain(TypeId);
  TypeId copy(TypeId, int depth);
  // Calls f on every unbound variable that can be reached; each node once.
  template <class F>
  void each_variable(TypeId, F&& f);

  std::vector<Type> types_;
  std::vector<TypeId> pool_;
  std::vector<Change> trail_;
  std::vector<std::uint32_t> seen_;  // by TypeId: the walk that met it last; may be shorter than types_
  std::vector<TypeId> copies_;       // by TypeId, valid where seen_ says so
  std::vector<TypeId> work_;         // stack of each_variable
  std::vector<bool> comparable_;     // by BindingId of a datatype; may be shorter
  std::uint32_t walk_ = 0;
  std::uint32_t level_ = 0;
  std::uint64_t steps_left_ = steps_least;
};

}  // namespace tryst::csp
