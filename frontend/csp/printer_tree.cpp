// Patterns, literals and the pieces that all printing shares.
#include "frontend/csp/printer_tree.hpp"

#include <cassert>

namespace tryst::csp {

namespace {

void escape(std::string& out, char c, char quote) {
  switch (c) {
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      if (c == quote || (c == '\\' && quote == '\'')) out += '\\';
      out += c;
  }
}

// Whether two characters of neighbouring tokens would be read as a part of one token.
bool run_together(char left, char right) {
  switch (left) {
    case '{': return right == '-' || right == '|';
    case '<': return right == '-' || right == '=';
    case '[': return right == '[' || right == '|' || right == '+' || right == '>' || right == ']';
    default: return false;
  }
}

}  // namespace

DocId TreePrinter::literal(char kind, Symbol symbol, std::int64_t number) {
  std::string out;
  switch (kind) {
    case '0': return text(std::to_string(number));
    case 'b': return text(number != 0 ? "true" : "false");
    case 'c':
      out = "'";
      escape(out, static_cast<char>(number), '\'');
      return text(out + "'");
    default:
      assert(kind == 's');
      out = "\"";
      for (const char c : script_.symbols.text(symbol)) escape(out, c, '"');
      return text(out + "\"");
  }
}

DocId TreePrinter::name(Range<Symbol> path, Symbol symbol) {
  std::string out;
  for (const Symbol qualifier : script_.symbol_lists[path]) out.append(script_.symbols.text(qualifier)).append("::");
  return text(out.append(script_.symbols.text(symbol)));
}

DocId TreePrinter::commas(const std::vector<DocId>& items) {
  std::vector<DocId> docs;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) docs.insert(docs.end(), {text(","), layout_.line()});
    docs.push_back(items[i]);
  }
  return layout_.concat(docs);
}

DocId TreePrinter::bracketed(std::string_view open, DocId inside, std::string_view close) {
  const bool blank = run_together(open.back(), layout_.first_character(inside));
  return layout_.group(layout_.concat({text(open), text(blank ? " " : ""), layout_.nest(inside), text(close)}));
}

DocId TreePrinter::pattern(PatternId id) {
  const Pattern& p = script_.patterns[id];
  const auto parts = script_.pattern_lists[p.parts];
  const auto all = [&] { return commas(each(parts, [&](PatternId part) { return pattern(part); })); };
  const auto between = [&](std::string_view spelling) {
    return layout_.concat({pattern(parts[0]), text(spelling), pattern(parts[1])});
  };
  switch (p.kind) {
    case PatternKind::name: return name(p.path, p.symbol);
    case PatternKind::wildcard: return text("_");
    case PatternKind::number: return literal('0', p.symbol, p.number);
    case PatternKind::boolean: return literal('b', p.symbol, p.number);
    case PatternKind::character: return literal('c', p.symbol, p.number);
    case PatternKind::string: return literal('s', p.symbol, p.number);
    case PatternKind::tuple:
    case PatternKind::paren: return bracketed("(", all(), ")");
    case PatternKind::sequence: return parts.empty() ? text("<>") : bracketed("<", all(), ">");
    case PatternKind::set: return bracketed("{", all(), "}");
    case PatternKind::concat: return between(" ^ ");
    case PatternKind::dot: return between(".");
    case PatternKind::also: return between("@@");
  }
  return text({});
}

}  // namespace tryst::csp
