// What the type checker tells the writer: both types in the notation of annotations, and both places.
//
// The primary span is what does not fit; the notes say where the other type comes from, and where the name at the head
// of the offending expression was declared.
#pragma once

#include "frontend/csp/type_printer.hpp"
#include "frontend/csp/unify.hpp"

namespace tryst::csp {

// Why a type is expected somewhere.
enum class Why : std::uint8_t {
  operand,       // where: the operator
  condition,     // of `if`
  filter,        // of a comprehension or replicated operator
  body,          // of a replicated operator; where: the operator
  events,        // an alphabet or synchronisation set
  event,         // what stands before `->` without fields, an element of a trace
  channel,       // in a renaming or a tie: anything that can be extended to an event
  yields,        // inside {| |}
  element,       // where: the first element
  branch,        // of `if`; where: the other one
  other_side,    // where: the other operand or side of a tie
  argument,      // callee, number from 1
  called,        // where: the arguments
  generator,     // where: the set or sequence that is run through
  input,         // where: the set behind the colon
  annotation,    // where: the annotation
  definition,    // where: the pattern that is defined
  equation,      // where: another equation of the same function
  type_set,      // in the type of a channel, constructor or nametype
  one_datatype,  // the constructors of a subtype; where: the constructor in its datatype
  subtype,       // a field of a subtype; where: the constructor in its datatype
  process,       // in an assertion
  timing,        // the function of a Timed section
  tock,          // the event of a Timed section
  dot,           // somewhere inside: a field that its head does not take
};

struct Reason {
  Why why;
  Span where{};
  ExprId callee = no_id<ExprId>;
  std::size_t number = 0;
};

class MistakeWriter {
 public:
  MistakeWriter(Typed& typed, Unifier& unifier, const SourceSet& sources)
      : typed_(typed), unifier_(unifier), sources_(sources) {}

  // Unifying `expected` with `actual`, the type of what stands at `at`, failed. `head` is the expression, if it is one.
  Diagnostic mismatch(const Mismatch&, TypeId expected, TypeId actual, Span at, const Reason&,
                      ExprId head = no_id<ExprId>);
  // Asking `type` for a constraint failed.
  Diagnostic lacks(const Mismatch&, TypeId type, Span at, std::string label, ExprId head = no_id<ExprId>);
  Diagnostic wrong_count(TypeId function, std::size_t given, ExprId callee, Span at);
  Diagnostic not_a_function(TypeId, ExprId callee);
  Diagnostic fields_do_not_fit(TypeId channel, TypeId fields, ExprId channel_expr, Span at);
  Diagnostic ambiguous(BindingId);
  Diagnostic parameters_differ(DeclId function, const Clause& first, const Clause& other);
  Diagnostic too_many_fields(BindingId constructor, std::size_t taken, std::size_t given, Span at);

 private:
  std::string meant(TypeId want, TypeId have, Span at, Why) const;
  std::string label(const Reason&, const std::string& expected) const;
  std::string label_of_lack(const Reason&) const;
  void add_reason(const Reason&, TypePrinter&, Diagnostic&);
  void add_declaration(ExprId head, TypePrinter&, Diagnostic&);
  std::string described(ExprId) const;
  std::string operator_at(Span) const;
  BindingId head_name(ExprId) const;
  std::string tidy(TypePrinter&, TypeId);

  Typed& typed_;
  Unifier& unifier_;
  const SourceSet& sources_;
};

}  // namespace tryst::csp
