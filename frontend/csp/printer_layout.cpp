#include "frontend/csp/printer_layout.hpp"

#include <algorithm>
#include <utility>

namespace tryst::csp {

namespace {

bool is_word_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

bool takes_no_blank(std::string_view text) {
  if (!text.ends_with("print")) return false;
  text.remove_suffix(5);
  return text.empty() || !is_word_part(text.back());
}

DocId Layout::add(Doc doc) { return docs_.add(std::move(doc)); }

DocId Layout::text(std::string characters) {
  Doc doc{Kind::text};
  doc.text = std::move(characters);
  return add(std::move(doc));
}

DocId Layout::hard() {
  Doc doc{Kind::hard};
  doc.has_hard = true;
  return add(std::move(doc));
}

DocId Layout::add_around(Kind kind, DocId inner) {
  Doc doc{kind};
  doc.parts = lists_.add(std::vector<DocId>{inner});
  doc.has_hard = docs_[inner].has_hard;
  return add(std::move(doc));
}

DocId Layout::concat(const std::vector<DocId>& parts) {
  Doc doc{Kind::concat};
  doc.parts = lists_.add(parts);
  for (const DocId part : parts) doc.has_hard = doc.has_hard || docs_[part].has_hard;
  return add(std::move(doc));
}

char Layout::first_character(DocId doc) const {
  std::vector<DocId> pending{doc};
  while (!pending.empty()) {
    const Doc& next = docs_[pending.back()];
    pending.pop_back();
    if (!next.text.empty()) return next.text.front();
    if (next.kind == Kind::line || next.kind == Kind::hard) return ' ';
    const auto parts = lists_[next.parts];
    pending.insert(pending.end(), parts.rbegin(), parts.rend());
  }
  return '\0';
}

bool Layout::fits(const Pending& next, const std::vector<Pending>& pending, int room) const {
  std::vector<Pending> stack{next};
  for (std::size_t behind = pending.size(); room >= 0;) {
    if (stack.empty()) {
      if (behind == 0) return true;
      stack.push_back(pending[--behind]);
    }
    const Pending here = stack.back();
    stack.pop_back();
    const Doc& doc = docs_[here.doc];
    switch (doc.kind) {
      case Kind::text: room -= static_cast<int>(doc.text.size()); break;
      case Kind::hard: return true;
      case Kind::line:
        if (!here.flat) return true;
        --room;
        break;
      default: {
        // What stands behind may break its groups, whatever becomes of this one.
        const auto parts = lists_[doc.parts];
        for (auto part = parts.rbegin(); part != parts.rend(); ++part)
          stack.push_back({*part, here.indent, here.flat && !(doc.kind == Kind::group && doc.has_hard)});
      }
    }
  }
  return false;
}

std::string Layout::render(DocId doc, int indent) const {
  std::string out;
  int column = indent;
  int unwritten = 0;  // blanks at the beginning of the line, which an empty line does not get
  std::vector<Pending> pending{{doc, indent, false}};
  const auto new_line = [&](int to) {
    out += '\n';
    column = unwritten = to;
  };
  const auto write = [&](std::string_view text) {
    out.append(static_cast<std::size_t>(std::exchange(unwritten, 0)), ' ');
    out += text;
    column += static_cast<int>(text.size());
  };
  while (!pending.empty()) {
    const Pending here = pending.back();
    pending.pop_back();
    const Doc& next = docs_[here.doc];
    switch (next.kind) {
      case Kind::text: {
        std::string_view text = next.text;
        if (takes_no_blank(out)) {
          text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
          if (!text.empty() && is_word_part(text.front())) new_line(here.indent);
        }
        write(text);
        break;
      }
      case Kind::line:
        if (!here.flat)
          new_line(here.indent);
        else if (!takes_no_blank(out))
          write(" ");
        break;
      case Kind::hard: new_line(here.indent); break;
      case Kind::nest: pending.push_back({lists_[next.parts][0], here.indent + indent_step, here.flat}); break;
      case Kind::group: {
        const Pending inner{lists_[next.parts][0], here.indent, true};
        const bool flat = here.flat || (!next.has_hard && fits(inner, pending, width_ - column));
        pending.push_back({inner.doc, here.indent, flat});
        break;
      }
      case Kind::concat: {
        const auto parts = lists_[next.parts];
        for (auto part = parts.rbegin(); part != parts.rend(); ++part)
          pending.push_back({*part, here.indent, here.flat});
        break;
      }
    }
  }
  return out;
}

}  // namespace tryst::csp
