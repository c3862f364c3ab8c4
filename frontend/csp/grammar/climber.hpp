// Operator precedence: shapes a flat chain of prefix operators, operands and infix operators into a tree.
//
// Dijkstra's shunting yard with prefix operators that may stand anywhere an operand may (Pratt, POPL 1973). The table
// of levels follows the yacc grammar that the language is defined by, where a prefix operator looser than its neighbour
// on the left still extends to the right as far as it can: `1 + if b then 2 else 3 + 4` is `1 + (if b then 2 else (3 +
// 4))`. The chains of nested expressions share two stacks; each works above its own base. Cost: O(1) amortised a token.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/csp/ast.hpp"

namespace tryst::csp::grammar {

class ParseState;

// An operator with everything that stands between its operands.
struct Operator {
  ExprKind kind;
  Span span;               // of the operator; of the whole bracket, where it is one
  bool also = false;       // `@@`; then `kind` is `dot`
  Range<ExprId> inside{};  // the sets, ties and conditions written inside the operator
  Range<StatementId> statements{};
  Range<StatementId> tie_statements{};
  Range<PatternId> patterns{};
  Range<FieldId> fields{};
  Range<DeclId> decls{};
  Span begin{};  // prefix operators: where the node begins
};

class Climber {
 public:
  struct Base {
    std::size_t operands;
    std::size_t operators;
  };
  Base begin() const { return {operands_.size(), operators_.size()}; }
  void operand(ExprId e) { operands_.push_back(e); }
  void prefix(const Operator& op) { operators_.push_back(op); }
  // Builds what binds tighter on the left of `op`, then waits for its right operand.
  void infix(ParseState&, const Base&, const Operator& op);
  ExprId finish(ParseState&, const Base&);
  // Forgets a chain that did not parse.
  void abandon(const Base&);

 private:
  void build_top(ParseState&);

  std::vector<ExprId> operands_;
  std::vector<Operator> operators_;
};

// How an operator is shown to the writer: `[|A|]` for a generalised parallel.
std::string_view spelling(const Operator&);

}  // namespace tryst::csp::grammar
