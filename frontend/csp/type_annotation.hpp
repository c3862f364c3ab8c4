// Written types, as types: the notation of the built-in table, and annotations in scripts.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/csp/typing.hpp"

namespace tryst::csp {

// The type scheme that a built-in's entry gives, e.g. "(Eq a, Set b) => ({(a, b)}) -> (a) -> {b}". The text is ours: a
// mistake in it is an assertion.
TypeId parse_type(TypeTable&, std::string_view text);

// Annotations in a script. Their variables are rigid, and in scope in what is annotated and everything inside it.
class AnnotationTypes {
 public:
  explicit AnnotationTypes(Typed& typed) : typed_(typed) {}

  // The type that an annotation declaration writes. Variables not in scope yet are new, and added to `introduced`.
  TypeId type(DeclId annotation, std::vector<BindingId>& introduced);
  // Ends the scope of variables.
  void leave(const std::vector<BindingId>& introduced);

 private:
  TypeId convert(TypeExprId);
  TypeId name(TypeExprId);
  std::vector<TypeId> convert_all(std::span<const TypeExprId>);

  Typed& typed_;
  DeclId annotation_ = no_id<DeclId>;
  std::vector<BindingId>* introduced_ = nullptr;
};

}  // namespace tryst::csp
