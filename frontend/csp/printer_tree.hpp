// Nodes of the tree → documents to lay out. The inside of printer.hpp.
//
// New lines stand only where the lexer swallows them: behind a token that soaks or before one that joins (token.hpp).
// Blanks separate tokens that would be read as another one together, as in `{ -1}` and `< -1>`. Recursion follows the
// tree, which is at most `depth_max` deep.
#pragma once

#include "frontend/csp/ast.hpp"
#include "frontend/csp/printer_layout.hpp"

namespace tryst::csp {

class TreePrinter {
 public:
  TreePrinter(const Script& script, Layout& layout) : script_(script), layout_(layout) {}

  DocId expression(ExprId);
  // An expression that has its own indentation already: the right side of a definition.
  DocId body(ExprId);
  DocId pattern(PatternId);
  DocId declaration(DeclId);
  DocId clause(const Decl&, const Clause&);
  // What a module or Timed section opens with: `module M(p)`, `Timed(f) {`.
  DocId section_head(const Decl&);
  // Hard lines between; sections and definitions of several lines are set off by empty lines.
  DocId declarations(const std::vector<DeclId>&);

 private:
  // printer_expression.cpp
  DocId operand(const Expr&);
  DocId comprehension(const Expr&, std::string_view open, DocId items, std::string_view close);
  DocId prefix_form(const Expr&);
  DocId conditional(ExprId);
  DocId let_form(const Expr&);
  // Operators of one kind in a row break all or none; `indented` behind the first operand, or in line with it.
  DocId left_chain(ExprId, bool indented);
  DocId right_chain(ExprId);
  DocId infix_operator(const Expr&);
  DocId statement(StatementId);
  DocId statements(Range<StatementId>);
  DocId field(FieldId);
  DocId pairs(std::span<const ExprId>, std::string_view between);
  std::span<const ExprId> operands(const Expr& e) const { return script_.expr_lists[e.operands]; }

  // printer_declaration.cpp
  DocId constructors(const Decl&);
  DocId names(const std::vector<Name>&);
  DocId type(TypeExprId);
  DocId annotation(const Decl&);
  DocId assertion(const Assertion&);
  DocId defined(DocId left, DocId right);

  // Pieces.
  DocId text(std::string_view s) { return layout_.text(std::string(s)); }
  DocId name(Range<Symbol> path, Symbol);
  DocId commas(const std::vector<DocId>&);
  // open, inside and close, with a blank behind `open` where the two would run together.
  DocId bracketed(std::string_view open, DocId inside, std::string_view close);
  template <class Items, class Print>
  std::vector<DocId> each(const Items& items, Print print) {
    std::vector<DocId> docs;
    for (const auto& item : items) docs.push_back(print(item));
    return docs;
  }
  DocId literal(char kind, Symbol, std::int64_t);

  const Script& script_;
  Layout& layout_;
};

}  // namespace tryst::csp
