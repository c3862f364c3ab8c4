#include "frontend/csp/lexer.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "frontend/csp/lexer_scanner.hpp"

namespace tryst::csp {

namespace {

namespace fs = std::filesystem;

class Reader {
 public:
  Reader(SourceSet& sources, Symbols& symbols, Diagnostics& diagnostics)
      : sources_(sources), symbols_(symbols), diagnostics_(diagnostics) {}

  TokenStream read(FileId file, const std::string& directory) {
    open_.push_back({fs::path(sources_.name(file)).lexically_normal().string(), {}});
    lex_file(file, directory);
    const std::uint32_t last = sources_.base(file) + static_cast<std::uint32_t>(sources_.text(file).size());
    out_.tokens.push_back({TokenKind::end, {last, last}});
    return std::move(out_);
  }

 private:
  struct Open {
    std::string path;  // normalised
    Span directive;    // nowhere for the first file
  };

  // Recursion is bounded by include_depth_max.
  void lex_file(FileId file, const std::string& directory) {
    Scanner scanner(file, sources_, symbols_, diagnostics_, out_);
    while (const auto directive = scanner.scan()) include(*directive, directory);
  }

  void include(const Scanner::Directive& directive, const std::string& directory) {
    const fs::path path = fs::path(directory) / directive.path;
    const std::string canonical = fs::path(path).lexically_normal().string();
    const auto cycle = std::ranges::find(open_, canonical, &Open::path);
    if (cycle != open_.end()) return report_cycle(directive, cycle);
    if (open_.size() > static_cast<std::size_t>(include_depth_max) || count_ >= include_count_max)
      return diagnostics_.report({"P0108",
                                  Severity::error,
                                  "too many files are included here",
                                  directive.span,
                                  {},
                                  {},
                                  "at most " + std::to_string(include_depth_max) + " deep and " +
                                      std::to_string(include_count_max) + " in all"});
    FileId file{};
    if (!read_source(path.string(), directive.span, sources_, file, diagnostics_)) return;
    ++count_;
    out_.includes.push_back({directive.span, file});
    open_.push_back({canonical, directive.span});
    lex_file(file, path.parent_path().string());
    open_.pop_back();
    // The other boundary; the scanner has marked the first one.
    const std::uint32_t last = sources_.base(file) + static_cast<std::uint32_t>(sources_.text(file).size());
    out_.tokens.push_back({TokenKind::newline, {last, last}});
  }

  void report_cycle(const Scanner::Directive& directive, std::vector<Open>::const_iterator cycle) {
    Diagnostic diagnostic{"P0107", Severity::error, "`" + directive.path + "` includes itself", directive.span, {}, {},
                          {}};
    while (++cycle != open_.cend()) diagnostic.notes.push_back({cycle->directive, "by way of this `include`"});
    diagnostics_.report(std::move(diagnostic));
  }

  SourceSet& sources_;
  Symbols& symbols_;
  Diagnostics& diagnostics_;
  TokenStream out_;
  std::vector<Open> open_;  // the files being read, outermost first
  std::size_t count_ = 0;   // of includes
};

}  // namespace

TokenStream lex(FileId file, const std::string& directory, SourceSet& sources, Symbols& symbols,
                Diagnostics& diagnostics) {
  return Reader(sources, symbols, diagnostics).read(file, directory);
}

bool read_source(const std::string& path, Span directive, SourceSet& sources, FileId& file, Diagnostics& diagnostics) {
  const auto fail = [&](std::string_view code, std::string message) {
    diagnostics.report({code, Severity::error, std::move(message), directive, {}, {}, {}});
    return false;
  };
  const auto cannot_read = [&](const std::string& why) { return fail("P0101", "cannot read `" + path + "`: " + why); };
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return cannot_read("there is no such file");
  if (fs::is_directory(status)) return cannot_read("it is a folder");
  // An include of a device or a pipe could block or never end.
  if (directive.known() && !fs::is_regular_file(status)) return cannot_read("it is no regular file");
  std::ifstream in(path, std::ios::binary);
  if (!in) return cannot_read("it cannot be opened");
  std::string text;
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer), in.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (text.size() > file_size_max) return fail("P0109", "`" + path + "` is larger than 64 MiB");
  }
  if (in.bad()) return cannot_read("reading it fails");
  if (!sources.add(path, std::move(text), file)) return fail("P0109", "the files of this run are too large together");
  return true;
}

}  // namespace tryst::csp
