#include "frontend/csp/printer_tree.hpp"

namespace tryst::csp {

namespace {

std::string_view refinement(Model model) {
  switch (model) {
    case Model::unspecified:
    case Model::traces: return "[T=";
    case Model::failures: return "[F=";
    case Model::failures_divergences: return "[FD=";
    case Model::revivals: return "[V=";
    case Model::revivals_divergences: return "[VD=";
    case Model::refusal_testing: return "[R=";
    case Model::refusal_testing_divergences: return "[RD=";
  }
  return {};
}

std::string bracketed_model(Model model) {
  if (model == Model::unspecified) return {};
  const std::string_view spelling = refinement(model);
  return " " + std::string(spelling.substr(0, spelling.size() - 1)) + "]";
}

std::string_view property(AssertionKind kind) {
  switch (kind) {
    case AssertionKind::deadlock_free: return "deadlock free";
    case AssertionKind::divergence_free: return "divergence free";
    case AssertionKind::deterministic: return "deterministic";
    case AssertionKind::has_trace: return "has trace";
    case AssertionKind::refinement: break;
  }
  return {};
}

std::string_view reduction(PartialOrder order) {
  switch (order) {
    case PartialOrder::none:
    case PartialOrder::unspecified: return "partial order reduce";
    case PartialOrder::precise: return "partial order reduce [precise]";
    case PartialOrder::hybrid: return "partial order reduce [hybrid]";
    case PartialOrder::fast: return "partial order reduce [fast]";
  }
  return {};
}

bool is_section(const Decl& decl) { return decl.kind == DeclKind::module || decl.kind == DeclKind::timed; }

}  // namespace

DocId TreePrinter::defined(DocId left, DocId right) {
  return layout_.group(layout_.concat({left, text(" ="), layout_.nest(layout_.concat({layout_.line(), right}))}));
}

DocId TreePrinter::names(const std::vector<Name>& list) {
  return commas(each(list, [&](const Name& n) { return text(script_.symbols.text(n.symbol)); }));
}

DocId TreePrinter::clause(const Decl& decl, const Clause& clause) {
  std::vector<DocId> left{text(script_.symbols.text(decl.names[0].symbol))};
  for (const auto& group : clause.parameters)
    left.push_back(bracketed("(", commas(each(group, [&](PatternId p) { return pattern(p); })), ")"));
  return defined(layout_.concat(left), body(clause.body));
}

DocId TreePrinter::constructors(const Decl& decl) {
  std::vector<DocId> docs;
  for (const Constructor& constructor : decl.constructors) {
    if (!docs.empty()) docs.insert(docs.end(), {layout_.line(), text("| ")});
    docs.push_back(text(script_.symbols.text(constructor.name.symbol)));
    if (constructor.type != no_id<ExprId>) docs.insert(docs.end(), {text("."), expression(constructor.type)});
  }
  return layout_.concat(docs);
}

DocId TreePrinter::section_head(const Decl& decl) {
  if (decl.kind == DeclKind::module) {
    const DocId head = layout_.concat({text("module "), names(decl.names)});
    if (decl.patterns.empty()) return head;
    return layout_.concat(
        {head, bracketed("(", commas(each(decl.patterns, [&](PatternId p) { return pattern(p); })), ")")});
  }
  if (decl.expr == no_id<ExprId>) return text("Timed {");
  return layout_.concat({text("Timed"), bracketed("(", expression(decl.expr), ")"), text(" {")});
}

DocId TreePrinter::declaration(DeclId id) {
  const Decl& decl = script_.decls[id];
  const auto keyword = [&](std::string_view word, DocId rest) { return layout_.concat({text(word), rest}); };
  const auto nested = [&](const std::vector<DeclId>& list) {
    if (list.empty()) return layout_.hard();
    return layout_.concat({layout_.nest(layout_.concat({layout_.hard(), declarations(list)})), layout_.hard()});
  };
  switch (decl.kind) {
    case DeclKind::function: {
      std::vector<DocId> docs;
      for (const Clause& c : decl.clauses) {
        if (!docs.empty()) docs.push_back(layout_.hard());
        docs.push_back(clause(decl, c));
      }
      return layout_.concat(docs);
    }
    case DeclKind::pattern: return defined(pattern(decl.patterns[0]), body(decl.expr));
    case DeclKind::channel: {
      const DocId head = keyword("channel ", names(decl.names));
      if (decl.expr == no_id<ExprId>) return layout_.group(layout_.nest(head));
      return layout_.group(layout_.nest(layout_.concat({head, text(" : "), expression(decl.expr)})));
    }
    case DeclKind::datatype: return defined(keyword("datatype ", names(decl.names)), constructors(decl));
    case DeclKind::subtype: return defined(keyword("subtype ", names(decl.names)), constructors(decl));
    case DeclKind::nametype: return defined(keyword("nametype ", names(decl.names)), expression(decl.expr));
    case DeclKind::external: return layout_.group(layout_.nest(keyword("external ", names(decl.names))));
    case DeclKind::transparent: return layout_.group(layout_.nest(keyword("transparent ", names(decl.names))));
    case DeclKind::annotation: return annotation(decl);
    case DeclKind::assertion: return assertion(script_.assertions[decl.assertion]);
    case DeclKind::print: return text("print " + std::string(script_.symbols.text(decl.text)));
    case DeclKind::module:
      return layout_.concat(
          {section_head(decl), nested(decl.inner), text("exports"), nested(decl.exported), text("endmodule")});
    case DeclKind::instance: return defined(keyword("instance ", names(decl.names)), expression(decl.expr));
    case DeclKind::timed: return layout_.concat({section_head(decl), nested(decl.inner), text("}")});
  }
  return text({});
}

DocId TreePrinter::declarations(const std::vector<DeclId>& list) {
  std::vector<DocId> docs;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) {
      const Decl& before = script_.decls[list[i - 1]];
      const Decl& here = script_.decls[list[i]];
      docs.push_back(layout_.hard());
      if (is_section(before) || is_section(here)) docs.push_back(layout_.hard());
    }
    docs.push_back(declaration(list[i]));
  }
  return layout_.concat(docs);
}

DocId TreePrinter::annotation(const Decl& decl) {
  std::vector<DocId> docs{names(decl.names), text(" :: ")};
  std::vector<DocId> constraints = each(decl.constraints, [&](const TypeConstraint& c) {
    return text(std::string(script_.symbols.text(c.constraint)) + " " + std::string(script_.symbols.text(c.variable)));
  });
  if (constraints.size() == 1) docs.push_back(constraints[0]);
  if (constraints.size() > 1) docs.push_back(bracketed("(", commas(constraints), ")"));
  if (!constraints.empty()) docs.push_back(text(" => "));
  docs.push_back(type(decl.type));
  return layout_.group(layout_.nest(layout_.concat(docs)));
}

DocId TreePrinter::type(TypeExprId id) {
  const TypeExpr& t = script_.types[id];
  const auto parts = script_.type_lists[t.parts];
  const auto all = [&](std::span<const TypeExprId> items) {
    return commas(each(items, [&](TypeExprId item) { return type(item); }));
  };
  const auto between = [&](std::string_view spelling) {
    return layout_.concat({type(parts[0]), text(spelling), type(parts[1])});
  };
  switch (t.kind) {
    case TypeExprKind::name: return name(t.path, t.symbol);
    case TypeExprKind::set: return bracketed("{", all(parts), "}");
    case TypeExprKind::sequence: return bracketed("<", all(parts), ">");
    case TypeExprKind::tuple:
    case TypeExprKind::paren: return bracketed("(", all(parts), ")");
    case TypeExprKind::map: return layout_.concat({text("(| "), between(" => "), text(" |)")});
    case TypeExprKind::dot: return between(".");
    case TypeExprKind::dotable: return between(" => ");
    case TypeExprKind::extendable: return between(" =>* ");
    case TypeExprKind::function: {
      const DocId arguments = bracketed("(", all(parts.first(parts.size() - 1)), ")");
      return layout_.concat({arguments, text(" -> "), type(parts.back())});
    }
  }
  return text({});
}

DocId TreePrinter::assertion(const Assertion& a) {
  std::vector<DocId> docs{text(a.negated ? "assert not " : "assert "), expression(a.left), layout_.line()};
  if (a.kind == AssertionKind::refinement) {
    docs.insert(docs.end(), {text(refinement(a.model)), text(" "), expression(a.right)});
  } else {
    docs.push_back(text(":[" + std::string(property(a.kind)) + bracketed_model(a.model) + "]"));
    if (a.kind == AssertionKind::has_trace) docs.insert(docs.end(), {text(": "), expression(a.trace)});
  }
  if (a.tau_priority != no_id<ExprId>) {
    docs.push_back(layout_.line());
    docs.push_back(text(a.tau_priority_over ? ":[tau priority over]: " : ":[tau priority]: "));
    docs.push_back(expression(a.tau_priority));
  }
  if (a.partial_order != PartialOrder::none) {
    docs.push_back(layout_.line());
    docs.push_back(text(":[" + std::string(reduction(a.partial_order)) + "]"));
  }
  return layout_.group(layout_.nest(layout_.concat(docs)));
}

}  // namespace tryst::csp
