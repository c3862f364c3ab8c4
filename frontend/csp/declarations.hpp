// Gives every name that the script and its modules declare a binding, and every module the scope of its names.
//
// Two passes, because a left side `(x, c.y) = e` binds only the names that are no channel or constructor: first all
// declarations with plain names, then these patterns and the parameters of modules. Reports P0201, P0202 and P0207.
// Local declarations are left to the bodies (bodies.hpp); they share the reports.
#pragma once

#include "frontend/csp/resolution.hpp"

namespace tryst::csp {

void declare_script(Resolution&);

// A binding for a declaration's name, not yet in any scope.
BindingId add_binding(Typed&, BindingKind, Name, DeclId);

// Whether a name alone in a pattern would mean a channel or constructor, and not bind.
bool is_constant(const Lookup&, const Typed&);

// `external`, `transparent`: the built-in function of that name, or none (reported).
BindingId imported(Resolution&, const Name&, bool external);

// Two declarations of one list declare the same name (P0201).
void report_duplicate(Resolution&, Symbol, DeclId first, Span first_span, DeclId second, Span second_span);
// A pattern, or several that bind together, bind the same name (P0202).
void report_repeated(Resolution&, Symbol, Span first, Span second);

}  // namespace tryst::csp
