// The variables around a part of a script that it needs, directly or through the local definitions that it uses.
//
// Local functions and processes are lifted: translated once, with these as further parameters (Johnsson, "Lambda
// lifting", FPCA 1985). Only variables bound by patterns count (parameters, inputs, generators); what a `let` gives a
// name is made of them, and is made again where it is used. The least solution of
//   captured(x) = what x names, and captured(f) for the local f that it names, without what x binds itself
#pragma once

#include <map>
#include <set>
#include <vector>

#include "frontend/csp/typing.hpp"

namespace tryst::emitter {

class CapturedVariables {
 public:
  explicit CapturedVariables(const csp::Typed& typed) : typed_(typed) {}

  // Of a definition inside a `let`.
  const std::set<csp::BindingId>& of(csp::DeclId);
  std::set<csp::BindingId> of(csp::ExprId);
  // Neither that, nor a definition of a `let` around it: the expression means the same at top level.
  bool is_closed(csp::ExprId);

 private:
  struct Part {
    std::set<csp::BindingId> named;  // variables
    std::set<csp::BindingId> bound;  // variables and local definitions
    std::set<csp::DeclId> used;      // local definitions
  };
  void visit(csp::ExprId, Part&);
  void visit(csp::PatternId, Part&);
  void visit(csp::DeclId, Part&);
  void visit(Range<csp::StatementId>, Part&);
  void solve(csp::DeclId);

  const csp::Typed& typed_;
  std::map<csp::DeclId, Part> parts_;
  std::map<csp::DeclId, std::set<csp::BindingId>> captured_;
};

}  // namespace tryst::emitter
