// Resolves type annotations: `f, g :: Eq a => (a, T) -> Bool` must speak of what its own list of declarations defines,
// once each; its types are built-in ones, datatypes in scope, or type variables.
//
// A name that is none of the first two is a type variable, introduced by the annotation and visible in those that stand
// inside the annotated declarations. Reports P0208 to P0210, P0203 and P0206.
#pragma once

#include <unordered_map>
#include <vector>

#include "frontend/csp/resolution.hpp"

namespace tryst::csp {

class Annotations {
 public:
  explicit Annotations(Resolution& resolution) : resolution_(resolution), typed_(resolution.typed) {}

  // All annotations of one list; its names are in the current scope, or are locals of `group` in a let.
  void resolve(const std::vector<DeclId>& list, Environment::Group group);

  // Makes the type variables of a declaration's annotation visible; undone by Environment::restore_types.
  void bring_into_scope(DeclId annotated);

 private:
  void annotation(DeclId, Environment::Group);
  BindingId annotated(const Name&, Environment::Group) const;
  void mark_annotated(BindingId, const Name&);
  void type(TypeExprId);
  void type_name(TypeExprId);
  BindingId constrained(const TypeConstraint&);

  Resolution& resolution_;
  Typed& typed_;
  std::vector<BindingId> variables_;   // of the annotation at hand
  std::uint32_t bindings_before_ = 0;  // later ones are type variables of the annotation at hand
  std::unordered_map<DeclId, std::vector<BindingId>> variables_of_;  // by annotated declaration
  std::unordered_map<BindingId, Span> annotated_;                    // where each binding is annotated
};

}  // namespace tryst::csp
