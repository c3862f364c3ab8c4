// What the steps of name resolution share: the tree being resolved, the scopes around the current point, who uses what.
//
// The steps, in order (resolver.cpp):
//   declare    every name of the script and its modules gets a binding                  declarations.hpp
//   elaborate  every instance gets a clone of its module, names included                elaboration.hpp
//   resolve    every name in a body, pattern or type gets the binding it refers to      bodies.hpp
//   complete   what the clones' names refer to is translated from their originals       elaboration.hpp
//   cycles     no module may use an instance of itself                                  module_cycles.hpp
#pragma once

#include <unordered_map>
#include <vector>

#include "frontend/csp/environment.hpp"
#include "frontend/csp/name_errors.hpp"
#include "frontend/csp/typing.hpp"

namespace tryst::csp {

// A declaration of the script or of a module mentions a binding that such a declaration makes.
struct Use {
  DeclId user;
  BindingId used;
  Span span;
};

struct Resolution {
  Resolution(Typed& tree, const SourceSet& sources, Diagnostics& sink)
      : typed(tree), diagnostics(sink), environment(tree), errors(tree, environment, sources, sink) {}

  Typed& typed;
  Diagnostics& diagnostics;
  Environment environment;
  NameErrors errors;
  std::vector<DeclId> instances;                       // all `instance` declarations, in the order written
  std::unordered_map<DeclId, TimedId> timed_sections;  // by `timed` declaration
  std::vector<Use> uses;                               // kept only where there are instances
};

// Makes the tables by id as long as the arenas they are indexed by.
void fit_tables(Typed&);

// The binding of the i-th name of a declaration (constructors follow the names).
inline BindingId declared(const Typed& typed, DeclId d, std::size_t i = 0) {
  return static_cast<BindingId>(index(typed.decl_bindings_first[index(d)]) + i);
}

}  // namespace tryst::csp
