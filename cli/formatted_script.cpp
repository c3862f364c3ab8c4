#include "cli/formatted_script.hpp"

#include <string_view>

#include "frontend/csp/printer.hpp"

namespace tryst::cli {

namespace {

std::string_view without_trailing_blanks(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t\r\f\v");
  return last == std::string_view::npos ? std::string_view() : line.substr(0, last + 1);
}

// The first line of `text`, which is cut off together with its line end.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// Whether something inside a declaration would be lost by printing its tree.
bool holds_more_than_tree(std::string_view text) {
  bool quoted = false;
  bool line_start = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (quoted) {
      if (text[i] == '\\') ++i;
      if (text[i] == '"') quoted = false;
      continue;
    }
    if (rest.starts_with("--") || rest.starts_with("{-") || (line_start && rest.starts_with("include"))) return true;
    if (rest.starts_with("'\"'"))
      i += 2;
    else if (text[i] == '"')
      quoted = true;
    line_start = text[i] == '\n' || (line_start && (text[i] == ' ' || text[i] == '\t'));
  }
  return false;
}

// Builds the result from alternating declarations and gaps.
class Formatter {
 public:
  void declaration(std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    out_ += text;
    open_line_ = true;
  }

  // What stands between two declarations: the rest of the line behind the first, whole lines, and what precedes the
  // second on its own line.
  void gap(std::string_view text, bool last) {
    if (open_line_) {
      const std::string_view behind = without_trailing_blanks(take_line(text));
      const std::size_t begin = std::min(behind.find_first_not_of(" \t"), behind.size());
      if (begin < behind.size()) out_ += ' ';
      out_ += behind.substr(begin);
      out_ += '\n';
      open_line_ = false;
    }
    while (!text.empty()) {
      const bool whole = text.find('\n') != std::string_view::npos;
      const std::string_view line = without_trailing_blanks(take_line(text));
      if (!whole && !last) {  // `{- a comment -} P = STOP`
        const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
        if (begin < line.size()) out_ += std::string(line.substr(begin)) + " ";
        return;
      }
      const bool second_blank = line.empty() && (out_.empty() || out_.ends_with("\n\n"));
      if (!second_blank) out_ += std::string(line) + "\n";
    }
  }

  std::string result() {
    while (out_.ends_with("\n\n")) out_.pop_back();
    if (out_ == "\n") out_.clear();
    return std::move(out_);
  }

 private:
  std::string out_;
  bool open_line_ = false;  // the last line has a declaration and no line end yet
};

}  // namespace

std::string formatted_script(const csp::Script& script, const SourceSet& sources, FileId file) {
  const std::string_view text = sources.text(file);
  const std::uint32_t base = sources.base(file);
  Formatter formatter;
  std::size_t done = 0;
  for (const csp::DeclId id : script.top) {
    const Span span = script.decls[id].span;
    if (sources.file_of(span.begin) != file) continue;
    const std::string_view written = sources.text(span);
    formatter.gap(text.substr(done, span.begin - base - done), false);
    formatter.declaration(holds_more_than_tree(written) ? std::string(written) : csp::print(script, id));
    done = span.end - base;
  }
  formatter.gap(text.substr(done), true);
  return formatter.result();
}

}  // namespace tryst::cli
