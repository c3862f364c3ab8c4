// A document that can be laid out on lines of bounded width (Wadler, "A prettier printer", 2003).
//
//   text      characters without a newline
//   line      a blank, or a new line where its group is broken
//   hard      always a new line, which breaks every group around it
//   nest      indents the new lines within
//   group     on one line when that fits, else broken: its own lines become new lines, those of inner groups need not
// The one thing it knows of CSPM: no blank may stand behind the name `print` (takes_no_blank). One that would is left
// out, and is a new line where a word follows.
// Documents are ids into one arena. Building one costs O(1), laying out O(text * width).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/arena.hpp"

namespace tryst::csp {

enum class DocId : std::uint32_t {};

// Whether the text ends in a name `print`. Such a name with a blank behind it would be read as a directive, which takes
// the rest of its line, wherever on a line it stands.
bool takes_no_blank(std::string_view);

class Layout {
 public:
  explicit Layout(int width = 100) : width_(width) {}

  DocId text(std::string);
  DocId line() { return add({Kind::line}); }
  DocId hard();
  DocId nest(DocId inner) { return add_around(Kind::nest, inner); }
  DocId group(DocId inner) { return add_around(Kind::group, inner); }
  DocId concat(const std::vector<DocId>&);

  // The first character of a document; NUL when it is empty.
  char first_character(DocId) const;

  std::string render(DocId, int indent = 0) const;

 private:
  enum class Kind : std::uint8_t { text, line, hard, nest, group, concat };
  struct Doc {
    Kind kind;
    std::string text{};
    Range<DocId> parts{};
    bool has_hard = false;
  };
  struct Pending {
    DocId doc;
    int indent;
    bool flat;
  };
  static constexpr int indent_step = 2;

  DocId add(Doc);
  DocId add_around(Kind, DocId inner);
  // Whether `next`, and what is pending behind it up to its first new line, fits into `room` characters.
  bool fits(const Pending& next, const std::vector<Pending>& pending, int room) const;

  int width_;
  Arena<DocId, Doc> docs_;
  Pool<DocId> lists_;
};

}  // namespace tryst::csp
