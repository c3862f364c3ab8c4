// What the tool tells the writer of a specification about a mistake in it.
//
// A diagnostic is a value: code, severity, message, a primary span with a short label under its caret line, further
// places with their own labels, and help. It never escapes as an exception from a public function of a library.
// Codes are `P` and four digits, grouped by phase:
//   P01xx lexical and syntax · P02xx names and scope · P03xx types · P04xx evaluation · P05xx assertions and operands ·
//   P06xx transition-system files · P07xx syntax and scope of the π-calculus · P08xx its sorts
// Every code has an entry in the catalogue (frontend/catalogue.hpp) that `tryst explain` prints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/source.hpp"

namespace tryst {

enum class Severity : std::uint8_t { error, warning };

struct Note {
  Span span;         // may point nowhere: then the note is text only
  std::string text;  // one sentence, no full stop
};

struct Diagnostic {
  std::string_view code;  // of static storage: the catalogue's own text
  Severity severity = Severity::error;
  std::string message;        // one line, lower case, names in `backquotes`
  Span span;                  // primary
  std::string label{};        // beside the carets; may be empty
  std::vector<Note> notes{};  // other places, e.g. "`x` is first defined here"; a call stack is notes too
  std::string help{};         // may be empty
};

// Collects the diagnostics of one run in the order of reporting.
// Bounded: beyond `errors_max` errors (or as many warnings), further ones are counted but not kept, so a hostile file
// cannot exhaust memory.
class Diagnostics {
 public:
  explicit Diagnostics(std::size_t errors_max = 100) : errors_max_(errors_max) {}

  void report(Diagnostic diagnostic);

  bool has_errors() const { return errors_ > 0; }
  bool has_warnings() const { return warnings_ > 0; }
  std::size_t error_count() const { return errors_; }
  std::size_t suppressed() const { return suppressed_; }
  const std::vector<Diagnostic>& all() const { return kept_; }

 private:
  std::size_t errors_max_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
  std::size_t suppressed_ = 0;
  std::vector<Diagnostic> kept_;
};

// The diagnostic as `tryst` prints it: header, arrow line, excerpt with carets, notes, help (reference layout of
// rustc). Ends in a newline. Text-only notes and the help stand below the primary excerpt, notes with a place follow as
// blocks of their own. Control characters and invalid UTF-8 are shown as `?`, tabs as four blanks; a line longer than a
// terminal is shown around the caret only, and a span of many lines by its first and last one. Cost: independent of the
// length of the lines.
std::string render(const Diagnostic&, const SourceSet&, bool color = false);

// The candidate closest to `name` by edit distance (Damerau-Levenshtein, at most a third of the length, at least 1, and
// not a different word altogether; a difference in case only counts as 1), or empty. Ties go to the earlier candidate.
std::string_view did_you_mean(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace tryst
