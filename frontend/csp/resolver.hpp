// Syntax tree → resolved tree: what every name means, and one clone of a module for each of its instances.
//
// Scoping is that of the reference front end:
//   - the declarations of a list (script, module, Timed section, let) see one another whatever their order; built-in
//   names
//     lie in a layer around the script and may be redeclared;
//   - a name in a pattern is a constant if it means a channel or a constructor where it stands, else it binds;
//   - generators and prefix fields bind over what follows them; a module's private names are visible inside it only.
// Mistakes are reported as P02xx. Cost: linear in the tree with its instances. Limits: `elaborated_nodes_max`.
#pragma once

#include "frontend/csp/typing.hpp"

namespace tryst::csp {

// Fills everything of `Typed` but `expr_types`. The result is complete only if nothing was reported: names that mean
// nothing keep `no_id`, and instances that cannot be elaborated stay `instance` declarations.
Typed resolve(Script, const SourceSet&, Diagnostics&);

// Resolves one more expression, parsed into `typed.script` after the script, in its top-level scope. `false` when it is
// wrong (reported). The vectors by id grow to cover the new nodes, `expr_types` excepted.
bool resolve_expression(ExprId, Typed&, const SourceSet&, Diagnostics&);

}  // namespace tryst::csp
