// Resolves what stands inside declarations: expressions, patterns, types, and the declarations of lets.
//
// Pattern variables bind over what follows them: parameters over the body, a generator over later generators and the
// replicated expression (the ties of a renaming, not its process), a prefix field over later fields and the process.
// What stands in brackets before a replicated operator's generators, as A in `[|A|] x:S @ P`, is outside of their
// scope. Reports P0201 to P0207 and P0211 to P0217. Recursion is over syntax, under the parser's nesting
// limit.
#pragma once

#include "frontend/csp/annotations.hpp"
#include "frontend/csp/resolution.hpp"

namespace tryst::csp {

class Bodies {
 public:
  explicit Bodies(Resolution&);

  void script();
  void expression(ExprId);

 private:
  // Declarations (bodies.cpp).
  void list(const std::vector<DeclId>&, Environment::Group);
  void declaration(DeclId, Environment::Group);
  void module(DeclId);
  void instance_arguments(DeclId);
  void timed_section(DeclId, Environment::Group);
  void clause(const Clause&);
  void subtype(DeclId);
  void assertion(const Assertion&);
  void declare_locals(const std::vector<DeclId>&, Environment::Group);
  void declare_local(DeclId, Environment::Group);
  void bind_local(BindingId, Symbol, Span, DeclId, Environment::Group);

  // Expressions and patterns (body_expressions.cpp).
  void name(ExprId);
  void let(ExprId);
  void lambda(ExprId);
  void prefix(ExprId);
  void replicated(ExprId, std::size_t outside);
  void replicated_link(ExprId);
  void statements(Range<StatementId>);
  void pattern(PatternId, Environment::Group, DeclId = no_id<DeclId>);
  void qualified_variable(const Lookup&, const Pattern&);
  void check_fields(const Expr&);
  void not_in_timed_sections(std::string_view what, Span);
  void use(BindingId, Span);

  std::span<const ExprId> operands(ExprId e) const { return typed_.script.operands(e); }

  Resolution& resolution_;
  Typed& typed_;
  const Script& script_;
  Environment& environment_;
  Annotations annotations_;
  DeclId user_ = no_id<DeclId>;     // the declaration of the script or a module around the point
  TimedId timed_ = no_id<TimedId>;  // the Timed section around the point
};

}  // namespace tryst::csp
