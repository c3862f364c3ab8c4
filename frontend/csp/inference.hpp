// Type inference of resolved scripts: Hindley-Milner (Damas & Milner, POPL 1982) over groups of mutually recursive
// declarations, with the dots of unify.hpp.
//
// What a group declares is generalised once the group is done; what a `let` declares only if it is annotated, otherwise
// one type serves all its uses. Inside a group everything has one type. Annotations make their variables rigid.
//
// A declaration that is wrong is reported once and undone (so is each equation of a function by itself); its names then
// have a type that fits everywhere, so that no mistake is reported twice. Recursion is over syntax.
// Errors: P03xx, into the list given; TypeLimit is thrown where types outgrow their limits.
#pragma once

#include <memory>

#include "frontend/csp/type_annotation.hpp"
#include "frontend/csp/type_dependencies.hpp"
#include "frontend/csp/type_mistake.hpp"
#include "frontend/csp/unify.hpp"

namespace tryst::csp {

class Inference {
 public:
  Inference(Typed&, const SourceSet&, std::vector<Diagnostic>& reported);

  void script();
  // One more expression in the top-level scope.
  void expression(ExprId);
  // What was being typed when TypeLimit was thrown.
  Span place() const { return place_; }

 private:
  // A mistake on its way to the declaration that it costs.
  struct Mistake {
    Diagnostic diagnostic;
  };
  enum class Generalise : std::uint8_t { all, annotated };
  // What the annotation of a name says, if it has one. Its variables are in scope for the lifetime.
  class Annotated {
   public:
    Annotated(Inference&, BindingId);
    ~Annotated() { inference_.annotations_.leave(introduced_); }
    Annotated(const Annotated&) = delete;
    Annotated& operator=(const Annotated&) = delete;
    bool present() const { return type != no_id<TypeId>; }

    TypeId type = no_id<TypeId>;
    Reason reason{Why::annotation};

   private:
    Inference& inference_;
    std::vector<BindingId> introduced_;
  };

  // Groups of declarations: inference_groups.cpp
  void declarations(std::span<const DeclId>, Generalise, bool fields_may_be_ambiguous);
  void group(const std::vector<DeclId>&, Generalise);
  bool group_once(const std::vector<DeclId>&, Generalise);
  void member(DeclId);
  void declaration(DeclId);
  void finish_names(const std::vector<DeclId>&, Generalise);
  void give_up(DeclId);
  void report(Diagnostic);
  std::vector<BindingId> names_of(DeclId) const;
  void check_ambiguity();

  // Declarations: inference_decl.cpp
  void function(DeclId);
  void function_equations(DeclId);
  TypeId equation(const Clause&);
  TypeId annotated_equation(const Clause&, const Annotated&);
  void constant(DeclId);
  void pattern_definition(DeclId);
  void define(TypeId pattern, Span pattern_at, TypeId value, ExprId defined);
  void assertion(const Assertion&);
  void timed(DeclId);
  void parametrised_module(DeclId);
  void instance(DeclId);

  // Channels and data: inference_data.cpp
  void channel(DeclId);
  void datatype(DeclId);
  void subtype(DeclId);
  void nametype(DeclId);
  std::vector<TypeId> fields_of(ExprId type_expression, TypeId its_type);
  TypeId element_of(TypeId set, ExprId);

  // Patterns, statements and fields: inference_pattern.cpp
  void introduce(PatternId);
  TypeId pattern(PatternId);
  TypeId check(PatternId, TypeId expected);
  void statements(Range<StatementId>, TypeKind run_through);
  void generator(const Statement&, TypeKind run_through);
  TypeId field(FieldId);

  // Expressions: inference_expr.cpp; those of processes: inference_process.cpp
  TypeId infer(ExprId);
  TypeId check(ExprId, TypeId expected, const Reason&);
  TypeId infer_value(ExprId, const Expr&);
  TypeId infer_process(ExprId, const Expr&);
  TypeId name(ExprId);
  TypeId apply(ExprId);
  TypeId dot(ExprId);
  TypeId lambda(ExprId);
  TypeId if_else(ExprId);
  TypeId collection(ExprId, const Expr&);
  TypeId range(ExprId, const Expr&);
  TypeId map_literal(ExprId);
  TypeId comparison(ExprId, const Expr&);
  TypeId concatenation(ExprId, const Expr&);
  void argument(ExprId, TypeId expected, TypeId actual, const Reason&);
  TypeId same_type(std::span<const ExprId>);
  void prefix(ExprId, const Expr&);
  void rename(std::span<const ExprId> pairs);
  TypeId extendable_to(TypeId whole, ExprId, const Reason&);

  TypeId match(TypeId expected, TypeId actual, Span at, const Reason&, ExprId head = no_id<ExprId>);
  void require(Constraint, TypeId, Span at, std::string label, ExprId head = no_id<ExprId>);
  TypeId evaluate_dots(TypeId, Span at, ExprId head = no_id<ExprId>);
  [[noreturn]] void fail(Diagnostic d) const { throw Mistake{std::move(d)}; }

  TypeId type_of(BindingId b) const { return typed_.binding_types[index(b)]; }
  void set_type(BindingId b, TypeId t) { typed_.binding_types[index(b)] = t; }

  Typed& typed_;
  const Script& script_;
  TypeTable& types_;
  const SourceSet& sources_;
  std::vector<Diagnostic>& reported_;
  Unifier unifier_;
  MistakeWriter mistakes_;
  AnnotationTypes annotations_;
  Companions companions_;
  std::unordered_map<std::uint32_t, TypeId> module_parameters_;  // by DeclId of a parametrised module: a tuple
  std::vector<DeclId> instance_of_decl_;                         // by DeclId: the innermost instance around it, or none
  std::vector<BindingId> must_not_be_ambiguous_;                 // channels and constructors
  DeclId current_ = no_id<DeclId>;                               // the declaration that is being typed
  Span place_{};
};

}  // namespace tryst::csp
