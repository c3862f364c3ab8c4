#include <cassert>

#include "frontend/csp/printer_tree.hpp"

namespace tryst::csp {

namespace {

using enum ExprKind;

// How an infix operator without brackets is written; empty for the others.
std::string_view infix_spelling(ExprKind kind) {
  switch (kind) {
    case and_: return "and";
    case or_: return "or";
    case equal: return "==";
    case not_equal: return "!=";
    case less: return "<";
    case less_equal: return "<=";
    case greater: return ">";
    case greater_equal: return ">=";
    case add: return "+";
    case subtract: return "-";
    case multiply: return "*";
    case divide: return "/";
    case modulo: return "%";
    case concat: return "^";
    case external_choice: return "[]";
    case internal_choice: return "|~|";
    case sequential: return ";";
    case interrupt: return "/\\";
    case sliding_choice: return "[>";
    case interleave: return "|||";
    case hide: return "\\";
    case project: return "|\\";
    default: return {};
  }
}

// Operators that may begin an expression cannot begin a continued line.
bool breaks_behind(ExprKind kind) { return kind == less || kind == subtract; }

bool is_infix(ExprKind kind) {
  switch (kind) {
    case parallel:
    case alphabetised:
    case exception:
    case sync_external:
    case sync_interrupt:
    case link: return true;
    default: return !infix_spelling(kind).empty();
  }
}

bool extends_right(ExprKind kind) { return kind == prefix || kind == guard; }

}  // namespace

DocId TreePrinter::body(ExprId id) {
  return is_infix(script_.exprs[id].kind) ? layout_.group(left_chain(id, false)) : expression(id);
}

DocId TreePrinter::expression(ExprId id) {
  const Expr& e = script_.exprs[id];
  if (e.kind == if_) return layout_.group(conditional(id));
  if (e.kind == let) return layout_.group(let_form(e));
  if (extends_right(e.kind)) return right_chain(id);
  if (is_infix(e.kind)) return layout_.group(left_chain(id, true));
  if (e.kind == lambda || e.kind >= rep_external) return prefix_form(e);
  return operand(e);
}

DocId TreePrinter::operand(const Expr& e) {
  const auto parts = operands(e);
  const auto all = [&](std::span<const ExprId> items) {
    return commas(each(items, [&](ExprId item) { return expression(item); }));
  };
  switch (e.kind) {
    case number:
    case boolean:
    case character:
    case string: return literal("0bcs"[static_cast<std::size_t>(e.kind)], e.symbol, e.number);
    case ExprKind::name: return name(e.path, e.symbol);
    case paren: return bracketed("(", body(parts[0]), ")");
    case tuple: return bracketed("(", all(parts), ")");
    case apply: return layout_.concat({expression(parts[0]), bracketed("(", all(parts.subspan(1)), ")")});
    case not_: return layout_.concat({text("not "), expression(parts[0])});
    case negate: {
      const DocId inner = expression(parts[0]);
      return layout_.concat({text(layout_.first_character(inner) == '-' ? "- " : "-"), inner});
    }
    case length: return layout_.concat({text("#"), expression(parts[0])});
    case dot: return layout_.concat({expression(parts[0]), text("."), expression(parts[1])});
    case sequence:
      if (parts.empty() && e.statements.empty()) return text("<>");
      return comprehension(e, "<", all(parts), ">");
    case set: return comprehension(e, "{", all(parts), "}");
    case set_enumerated: return comprehension(e, "{|", all(parts), "|}");
    case sequence_range:
    case set_range: {
      const DocId range = layout_.concat({expression(parts[0]), text(".."), expression(parts[1])});
      return e.kind == set_range ? comprehension(e, "{", range, "}") : comprehension(e, "<", range, ">");
    }
    case sequence_range_open:
    case set_range_open: {
      const DocId range = layout_.concat({expression(parts[0]), text("..")});
      return e.kind == set_range_open ? comprehension(e, "{", range, "}") : comprehension(e, "<", range, ">");
    }
    case map: return layout_.concat({text("(| "), pairs(parts, " => "), text(" |)")});
    case rename:
      return layout_.concat({expression(parts[0]), comprehension(e, "[[", pairs(parts.subspan(1), " <- "), "]]")});
    default: assert(false && "a kind that is printed elsewhere"); return text({});
  }
}

DocId TreePrinter::comprehension(const Expr& e, std::string_view open, DocId items, std::string_view close) {
  if (e.statements.empty()) return bracketed(open, items, close);
  return bracketed(open, layout_.concat({items, layout_.line(), text("| "), statements(e.statements)}), close);
}

DocId TreePrinter::pairs(std::span<const ExprId> items, std::string_view between) {
  std::vector<DocId> docs;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2)
    docs.push_back(layout_.concat({expression(items[i]), text(between), expression(items[i + 1])}));
  return commas(docs);
}

DocId TreePrinter::prefix_form(const Expr& e) {
  const auto parts = operands(e);
  const ExprId scope = e.kind == rep_link ? parts[0] : parts.back();
  std::vector<DocId> head;
  switch (e.kind) {
    case lambda: {
      const auto parameters = script_.pattern_lists[e.patterns];
      head = {text("\\ "), commas(each(parameters, [&](PatternId p) { return pattern(p); }))};
      break;
    }
    case rep_external: head = {text("[]")}; break;
    case rep_internal: head = {text("|~|")}; break;
    case rep_interleave: head = {text("|||")}; break;
    case rep_sequential: head = {text(";")}; break;
    case rep_alphabetised: head = {text("||")}; break;
    case rep_parallel: head = {text("[| "), expression(parts[0]), text(" |]")}; break;
    case rep_sync_external: head = {text("[+ "), expression(parts[0]), text(" +]")}; break;
    default: {
      assert(e.kind == rep_link);
      Expr ties = e;
      ties.statements = e.tie_statements;
      head = {comprehension(ties, "[", pairs(parts.subspan(1), " <-> "), "]")};
    }
  }
  if (e.kind != lambda) head.insert(head.end(), {text(" "), statements(e.statements)});
  head.push_back(text(" @"));
  if (e.kind == rep_alphabetised) head.insert(head.end(), {text(" "), bracketed("[", expression(parts[0]), "]")});
  head.push_back(layout_.nest(layout_.concat({layout_.line(), body(scope)})));
  return layout_.group(layout_.concat(head));
}

// A chain of `else if` stays at one indentation.
DocId TreePrinter::conditional(ExprId id) {
  std::vector<DocId> docs;
  for (;; id = operands(script_.exprs[id])[2]) {
    const auto parts = operands(script_.exprs[id]);
    docs.push_back(layout_.group(
        layout_.concat({text("if "), expression(parts[0]),
                        layout_.nest(layout_.concat({layout_.line(), text("then "), expression(parts[1])}))})));
    docs.push_back(layout_.line());
    docs.push_back(text("else "));
    if (script_.exprs[parts[2]].kind == if_) continue;
    docs.push_back(layout_.nest(expression(parts[2])));
    return layout_.concat(docs);
  }
}

DocId TreePrinter::let_form(const Expr& e) {
  const auto decls = script_.decl_lists[e.decls];
  std::vector<DocId> inside;
  for (const DeclId decl : decls) {
    inside.push_back(decls.size() == 1 ? layout_.line() : layout_.hard());
    inside.push_back(declaration(decl));
  }
  return layout_.concat({text("let"), layout_.nest(layout_.concat(inside)), layout_.line(), text("within "),
                         layout_.nest(expression(operands(e)[0]))});
}

// Operators of one kind in a row break all or none: P [] Q [] R.
DocId TreePrinter::left_chain(ExprId id, bool indented) {
  const ExprKind kind = script_.exprs[id].kind;
  std::vector<ExprId> links{id};
  for (ExprId left = operands(script_.exprs[id])[0]; script_.exprs[left].kind == kind;) {
    links.push_back(left);
    left = operands(script_.exprs[left])[0];
  }
  std::vector<DocId> rest;
  for (auto link = links.rbegin(); link != links.rend(); ++link) {
    const Expr& e = script_.exprs[*link];
    const auto parts = operands(e);
    const DocId right = expression(kind == ExprKind::link ? parts[1] : parts.back());
    if (breaks_behind(kind))
      rest.insert(rest.end(), {text(" "), infix_operator(e), layout_.line(), right});
    else
      rest.insert(rest.end(), {layout_.line(), infix_operator(e), text(" "), right});
  }
  const DocId first = expression(operands(script_.exprs[links.back()])[0]);
  const DocId others = layout_.concat(rest);
  return layout_.concat({first, indented ? layout_.nest(others) : others});
}

DocId TreePrinter::infix_operator(const Expr& e) {
  const auto parts = operands(e);
  switch (e.kind) {
    case parallel: return layout_.concat({text("[| "), expression(parts[1]), text(" |]")});
    case exception: return layout_.concat({text("[| "), expression(parts[1]), text(" |>")});
    case sync_external: return layout_.concat({text("[+ "), expression(parts[1]), text(" +]")});
    case sync_interrupt: return layout_.concat({text("/+ "), expression(parts[1]), text(" +\\")});
    case alphabetised: {
      const DocId alphabets = layout_.concat({expression(parts[1]), layout_.line(), text("|| "), expression(parts[2])});
      return bracketed("[", alphabets, "]");
    }
    case ExprKind::link: return comprehension(e, "[", pairs(parts.subspan(2), " <-> "), "]");
    default: return text(infix_spelling(e.kind));
  }
}

// a -> b & c -> P
DocId TreePrinter::right_chain(ExprId id) {
  std::vector<DocId> docs;
  for (; extends_right(script_.exprs[id].kind); id = operands(script_.exprs[id])[1]) {
    const Expr& e = script_.exprs[id];
    docs.push_back(expression(operands(e)[0]));
    for (const FieldId f : script_.field_lists[e.fields]) docs.push_back(field(f));
    docs.push_back(text(e.kind == guard ? " &" : " ->"));
    docs.push_back(layout_.line());
  }
  docs.push_back(expression(id));
  return layout_.group(layout_.nest(layout_.concat(docs)));
}

DocId TreePrinter::field(FieldId id) {
  const Field& f = script_.fields[id];
  if (f.kind == FieldKind::output) return layout_.concat({text("!"), expression(f.expr)});
  const DocId marked = layout_.concat({text(f.kind == FieldKind::input ? "?" : "$"), pattern(f.pattern)});
  if (f.expr == no_id<ExprId>) return marked;
  return layout_.concat({marked, text(":"), expression(f.expr)});
}

DocId TreePrinter::statement(StatementId id) {
  const Statement& s = script_.statements[id];
  if (!s.generator()) return expression(s.expr);
  return layout_.concat({pattern(s.pattern), text(" <- "), expression(s.expr)});
}

DocId TreePrinter::statements(Range<StatementId> range) {
  return commas(each(script_.statement_lists[range], [&](StatementId s) { return statement(s); }));
}

}  // namespace tryst::csp
