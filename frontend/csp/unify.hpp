// Unification of CSPM types, with the rules of dots: what can be dotted on to what, and how far.
//
// A dotted expression `c.x.y` has the type of its parts, C.X.Y, until something asks for more. Then fields are matched
// with what the head takes: C = A=>B=>Event against A.B gives Event. Where the last part is a variable, it takes all
// fields that are left (longest match) when a value is wanted, and one field (shortest match) when only something
// extendable is. The rules are those of libcspm's type checker (Gibson-Robinson, Hopkins, "CSPM type checking" in
// FDR3); the lists of fields are worked on in unify_dots.cpp.
//
// Unification is not symmetric in one respect: an expected dot may be matched with a dotable, datatype or Event by
// turning its first part into a dotable, `x.y` against Event giving x : a=>Event; SymmetryOff forbids this direction,
// which would let functions and patterns take values apart.
//
// All functions throw Mismatch where the types do not fit; the bindings made until then stay (see TypeTable::rollback).
#pragma once

#include <optional>
#include <vector>

#include "frontend/csp/type.hpp"

namespace tryst::csp {

// Why unification failed: the innermost two types that do not fit, or the innermost type that lacks a property.
struct Mismatch {
  enum class Kind : std::uint8_t { types, constraint, infinite } kind;
  TypeId expected = no_id<TypeId>;
  TypeId actual = no_id<TypeId>;  // constraint: the type that lacks it
  Constraint constraint{};
};

class Unifier {
 public:
  explicit Unifier(TypeTable& types) : types_(types) {}

  // Makes both equal and returns what they have become.
  TypeId unify(TypeId expected, TypeId actual);
  // Makes the type satisfy the constraint.
  void require(Constraint, TypeId);
  // Applies what can be applied inside dots, by longest match: (A=>Event).A becomes Event.
  TypeId evaluate_dots(TypeId);

  // The parts of a.b.c, resolved; one for a type that is no dot.
  std::vector<TypeId> dot_list(TypeId);
  // A=>B=>T as the fields A, B, none of which is a dot, and the result T.
  struct Fields {
    std::vector<TypeId> fields;
    TypeId result;
  };
  Fields fields(TypeId);

  class SymmetryOff {
   public:
    explicit SymmetryOff(Unifier& u) : unifier_(u), before_(u.symmetric_) { u.symmetric_ = false; }
    ~SymmetryOff() { unifier_.symmetric_ = before_; }
    SymmetryOff(const SymmetryOff&) = delete;
    SymmetryOff& operator=(const SymmetryOff&) = delete;

   private:
    Unifier& unifier_;
    bool before_;
  };

 private:
  enum class Match : std::uint8_t { shortest, longest };
  using List = std::vector<TypeId>;
  // One more step and one more level of nesting, both within their limits.
  class Nested {
   public:
    explicit Nested(Unifier& u) : unifier_(u) {
      u.types_.step();
      if (u.depth_ >= TypeTable::depth_max) throw TypeLimit{};
      ++u.depth_;
    }
    ~Nested() { --unifier_.depth_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    Unifier& unifier_;
  };

  TypeId unify_resolved(TypeId expected, TypeId actual);
  TypeId unify_variable(TypeId expected, TypeId actual);
  TypeId unify_items(TypeId expected, TypeId actual);
  TypeId unify_dot(TypeId expected, TypeId actual);
  TypeId unify_extendable(TypeId expected, TypeId actual);
  TypeId unify_extendable_dot(TypeId extendable, TypeId dot);
  TypeId substitute(TypeId variable, TypeId to);
  void bind_fields(TypeId variable, TypeId to, TypeId expected, TypeId actual);
  void require_resolved(Constraint, TypeId);
  void require_all(Constraint, std::span<const TypeId>);
  void require_extendable(Constraint, TypeId);

  TypeId unify_dotables(TypeId expected, TypeId actual);
  TypeId unify_open_dotables(const Fields& expected, const Fields& actual);
  List combine(List expected, List actual);
  void take_field(List& list, bool list_is_expected);
  List take_rest(const List& list, const List& other, bool list_is_expected);
  List evaluate(Match, List);
  List results(const List&);

  TypeKind kind(TypeId t) const { return types_[t].kind; }
  bool dotable(TypeId t) const { return kind(t) == TypeKind::dotable; }
  bool variable(TypeId t) const { return kind(t) == TypeKind::variable; }
  [[noreturn]] void fail(TypeId expected, TypeId actual) const;

  TypeTable& types_;
  bool symmetric_ = true;
  int depth_ = 0;
};

}  // namespace tryst::csp
