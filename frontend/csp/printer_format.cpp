// Formats one file with its comments. The tree says how declarations look; the text says where comments, includes and
// empty lines stand between them.
#include <algorithm>
#include <cassert>
#include <string_view>

#include "frontend/csp/printer.hpp"
#include "frontend/csp/printer_layout.hpp"
#include "frontend/csp/printer_tree.hpp"

namespace tryst::csp {

namespace {

struct Item {
  enum class Kind : std::uint8_t { comment, include, equation, declaration, section };
  Kind kind;
  Span span;
  DeclId decl = no_id<DeclId>;
  std::size_t clause = 0;   // equation: which one
  bool as_written = false;  // declarations and equations with comments inside, which the tree would lose
};

std::string_view without_blanks(std::string_view line) {
  while (line.ends_with(' ') || line.ends_with('\t') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_section(const Decl& decl) { return decl.kind == DeclKind::module || decl.kind == DeclKind::timed; }

class Formatter {
 public:
  Formatter(const Script& script, const SourceSet& sources, FileId file)
      : script_(script), sources_(sources), base_(sources.base(file)), text_(sources.text(file)) {
    for (const Span comment : script.comments)
      if (here(comment)) outside_.push_back({Item::Kind::comment, comment});
    for (const Include& include : script.includes)
      if (here(include.span)) outside_.push_back({Item::Kind::include, include.span});
    std::ranges::sort(outside_, {}, [](const Item& item) { return item.span.begin; });
  }

  std::string run() {
    if (!sections_close(script_.top)) return std::string(text_);
    const auto end = base_ + static_cast<std::uint32_t>(text_.size());
    previous_end_ = base_;
    list(script_.top, {base_, end}, 0);
    return out_.empty() ? out_ : out_ + "\n";
  }

 private:
  bool here(Span span) const { return span.begin >= base_ && span.begin <= base_ + text_.size(); }
  std::string_view text(std::uint32_t begin, std::uint32_t end) const {
    return begin < end ? text_.substr(begin - base_, end - begin) : std::string_view();
  }

  // Whether every section that begins in this file ends in it, too.
  bool sections_close(const std::vector<DeclId>& decls) const {
    return std::ranges::all_of(decls, [&](DeclId id) {
      const Decl& decl = script_.decls[id];
      if (!is_section(decl)) return true;
      const bool closed = sources_.text(decl.span).ends_with(decl.kind == DeclKind::module ? "endmodule" : "}");
      return closed && sections_close(decl.inner) && sections_close(decl.exported);
    });
  }

  // The declarations of one list with what stands around them within `range`.
  void list(const std::vector<DeclId>& decls, Span range, int indent) {
    std::vector<Item> items;
    for (const DeclId id : decls) {
      const Decl& decl = script_.decls[id];
      if (!here(decl.span)) continue;
      if (is_section(decl))
        items.push_back({Item::Kind::section, decl.span, id});
      else if (decl.kind == DeclKind::function)
        for (std::size_t i = 0; i < decl.clauses.size(); ++i)
          items.push_back({Item::Kind::equation, decl.clauses[i].span, id, i});
      else
        items.push_back({Item::Kind::declaration, decl.span, id});
    }
    const auto first = std::ranges::lower_bound(outside_, range.begin, {}, [](const Item& i) { return i.span.begin; });
    std::size_t next = 0;
    for (auto other = first; other != outside_.end() && other->span.begin < range.end; ++other) {
      for (; next < items.size() && items[next].span.end <= other->span.begin; ++next) item(items[next], indent);
      const bool inside = next < items.size() && items[next].span.begin < other->span.begin;
      if (!inside)
        item(*other, indent);
      else if (items[next].kind != Item::Kind::section)
        items[next].as_written = true;
      else if (other->span.begin < head_end(script_.decls[items[next].decl]))
        item(*other, indent, items[next].span.begin);
    }
    for (; next < items.size(); ++next) item(items[next], indent);
  }

  void item(const Item& it, int indent) { item(it, indent, it.span.begin); }

  // `place`: where in the text it is taken to stand; for a comment in the head of a section, where that begins.
  void item(const Item& it, int indent, std::uint32_t place) {
    const bool in_place = place == it.span.begin;
    const auto newlines = std::ranges::count(text(previous_end_, place), '\n');
    const bool same_line = in_place && newlines == 0 && !out_.empty();
    if (same_line && it.kind == Item::Kind::comment)
      out_ += takes_no_blank(out_) ? "" : "  ";
    else if (same_line && behind_comment_)
      out_ += " ";
    else
      new_line(indent, newlines > 1);
    behind_comment_ = it.kind == Item::Kind::comment && in_place;
    previous_end_ = in_place ? it.span.end : place;
    if (it.as_written) return write_lines(sources_.text(it.span));
    switch (it.kind) {
      case Item::Kind::comment:
      case Item::Kind::include: write_lines(sources_.text(it.span)); break;
      case Item::Kind::equation: {
        const Decl& decl = script_.decls[it.decl];
        out_ += layout_.render(tree_.clause(decl, decl.clauses[it.clause]), indent);
        break;
      }
      case Item::Kind::declaration: out_ += layout_.render(tree_.declaration(it.decl), indent); break;
      case Item::Kind::section: return section(it, indent);
    }
  }

  // As it is, but for blanks at the ends of lines.
  void write_lines(std::string_view written) {
    while (!written.empty()) {
      const std::size_t line_end = std::min(written.find('\n'), written.size());
      out_ += without_blanks(written.substr(0, line_end));
      if (line_end < written.size()) out_ += '\n';
      written.remove_prefix(std::min(line_end + 1, written.size()));
    }
  }

  void section(const Item& it, int indent) {
    const Decl& decl = script_.decls[it.decl];
    const bool module = decl.kind == DeclKind::module;
    out_ += layout_.render(tree_.section_head(decl), indent);
    const std::uint32_t closer = it.span.end - (module ? 9 : 1);
    previous_end_ = head_end(decl);
    const std::uint32_t inner_end = module ? find_exports(decl, closer) : closer;
    list(decl.inner, {previous_end_, inner_end}, indent + indent_step);
    if (module) {
      new_line(indent, false);
      out_ += "exports";
      behind_comment_ = false;
      previous_end_ = inner_end + 7;
      list(decl.exported, {previous_end_, closer}, indent + indent_step);
    }
    new_line(indent, false);
    out_ += module ? "endmodule" : "}";
    behind_comment_ = false;
    previous_end_ = it.span.end;
  }

  // Where the list in a section begins, near enough for the comments in it: behind the last thing named in the head.
  std::uint32_t head_end(const Decl& decl) const {
    std::uint32_t end = decl.span.begin + 5;
    if (!decl.names.empty()) end = decl.names[0].span.end;
    if (!decl.patterns.empty()) end = script_.patterns[decl.patterns.back()].span.end;
    if (decl.expr != no_id<ExprId>) end = script_.exprs[decl.expr].span.end;
    return end;
  }

  // The word `exports` between the two lists, outside comments and includes.
  std::uint32_t find_exports(const Decl& decl, std::uint32_t closer) const {
    std::uint32_t at = head_end(decl);
    for (const DeclId id : decl.inner)
      if (here(script_.decls[id].span)) at = std::max(at, script_.decls[id].span.end);
    auto next = std::ranges::lower_bound(outside_, at, {}, [](const Item& i) { return i.span.begin; });
    while (at < closer) {
      const std::uint32_t stop = next == outside_.end() ? closer : std::min(closer, next->span.begin);
      const std::size_t found = text(at, stop).find("exports");
      if (found != std::string_view::npos) return at + static_cast<std::uint32_t>(found);
      if (next == outside_.end()) break;
      at = std::max(stop, next->span.end);
      ++next;
    }
    assert(false && "a module has exports");
    return closer;
  }

  void new_line(int indent, bool empty_line) {
    if (out_.empty()) return;
    out_ += empty_line ? "\n\n" : "\n";
    out_.append(static_cast<std::size_t>(indent), ' ');
  }

  static constexpr int indent_step = 2;

  const Script& script_;
  const SourceSet& sources_;
  std::uint32_t base_;
  std::string_view text_;
  std::vector<Item> outside_;  // comments and includes of this file, by place
  Layout layout_;
  TreePrinter tree_{script_, layout_};
  std::string out_;
  std::uint32_t previous_end_ = 0;  // of what has been written last
  bool behind_comment_ = false;     // which was a comment
};

}  // namespace

std::string format(const Script& script, const SourceSet& sources, FileId file) {
  return Formatter(script, sources, file).run();
}

}  // namespace tryst::csp
