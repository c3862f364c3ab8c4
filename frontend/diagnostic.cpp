#include "frontend/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "frontend/printable.hpp"

namespace tryst {

void Diagnostics::report(Diagnostic diagnostic) {
  std::size_t& seen = diagnostic.severity == Severity::error ? errors_ : warnings_;
  if (++seen > errors_max_)
    ++suppressed_;
  else
    kept_.push_back(std::move(diagnostic));
}

namespace {

// What is shown of a line that does not fit: bytes before the first caret, and in all.
constexpr std::size_t bytes_before_caret = 40;
constexpr std::size_t bytes_shown_max = 120;
// Spans of more lines are shown by their first and last one.
constexpr std::uint32_t lines_shown_max = 3;

// Terminal escapes (ECMA-48 SGR), or nothing.
struct Palette {
  std::string_view error, warning, frame, strong, reset;
};
constexpr Palette plain{"", "", "", "", ""};
constexpr Palette coloured{"\033[1;31m", "\033[1;33m", "\033[1;34m", "\033[1m", "\033[0m"};

// The rendering of one diagnostic: `gutter` columns for line numbers throughout, as wide as the largest needs.
class Renderer {
 public:
  Renderer(const Diagnostic& diagnostic, const SourceSet& sources, const Palette& palette)
      : diagnostic_(diagnostic), sources_(sources), palette_(palette), gutter_(gutter_width()) {}

  std::string run() {
    const bool error = diagnostic_.severity == Severity::error;
    mark_ = error ? palette_.error : palette_.warning;
    line("{}{}[{}]{}{}: {}{}", mark_, error ? "error" : "warning", diagnostic_.code, palette_.reset, palette_.strong,
         printable(diagnostic_.message), palette_.reset);
    if (diagnostic_.span.known()) excerpt(diagnostic_.span, diagnostic_.label);
    for (const Note& note : diagnostic_.notes)
      if (!note.span.known()) remark("note", note.text);
    if (!diagnostic_.help.empty()) remark("help", diagnostic_.help);
    mark_ = palette_.frame;
    for (const Note& note : diagnostic_.notes) {
      if (!note.span.known()) continue;
      line("{}note{}: {}", palette_.strong, palette_.reset, printable(note.text));
      excerpt(note.span, "");
    }
    return std::move(out_);
  }

 private:
  template <class... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
    out_ += '\n';
  }

  std::uint32_t last_line(Span span) const {
    // A span that ends behind a line end has its last caret on the line before.
    const std::uint32_t last = span.end > span.begin ? span.end - 1 : span.begin;
    return sources_.locate(last).line;
  }

  std::size_t gutter_width() const {
    std::uint32_t largest = 1;
    if (diagnostic_.span.known()) largest = last_line(diagnostic_.span);
    for (const Note& note : diagnostic_.notes)
      if (note.span.known()) largest = std::max(largest, last_line(note.span));
    return fmt::formatted_size("{}", largest);
  }

  void remark(std::string_view kind, std::string_view text) {
    line("{:{}} {}={} {}{}{}: {}", "", gutter_, palette_.frame, palette_.reset, palette_.strong, kind, palette_.reset,
         printable(text));
  }

  void excerpt(Span span, std::string_view label) {
    const Location first = sources_.locate(span.begin);
    const std::uint32_t last = last_line(span);
    line("{:{}}{}-->{} {}:{}:{}", "", gutter_, palette_.frame, palette_.reset, printable(sources_.name(first.file)),
         first.line, first.column);
    line("{:{}} {}|{}", "", gutter_, palette_.frame, palette_.reset);
    for (std::uint32_t number = first.line; number <= last; ++number) {
      if (last - first.line >= lines_shown_max && number == first.line + 1) {
        line("{}...{}", palette_.frame, palette_.reset);
        number = last;
      }
      excerpt_line(span, first.file, number, number == last ? label : "");
    }
  }

  // One line of the source, and below it carets for the part that `span` covers.
  void excerpt_line(Span span, FileId file, std::uint32_t number, std::string_view label) {
    const std::string_view text = sources_.line(file, number);
    const std::uint32_t start =
        sources_.base(file) + static_cast<std::uint32_t>(text.data() - sources_.text(file).data());
    std::size_t from = span.begin > start ? std::min<std::size_t>(span.begin - start, text.size()) : 0;
    const std::size_t to = std::min<std::size_t>(span.end > start ? span.end - start : 0, text.size());
    // Of a line that is wholly inside, its indentation is not underlined.
    if (span.begin < start)
      while (from < to && (text[from] == ' ' || text[from] == '\t')) ++from;

    const std::size_t window = text.size() <= bytes_shown_max || from <= bytes_before_caret
                                   ? 0
                                   : character_start(text, from - bytes_before_caret);
    const std::size_t window_end =
        text.size() <= bytes_shown_max ? text.size() : character_start(text, window + bytes_shown_max);
    const auto shown = [&](std::size_t begin, std::size_t end) {
      begin = std::clamp(begin, window, window_end);
      return printable(text.substr(begin, std::clamp(end, begin, window_end) - begin));
    };
    const std::string_view before = window > 0 ? "..." : "";
    const std::string_view after = window_end < text.size() ? "..." : "";
    const std::string visible = fmt::format("{}{}{}", before, shown(window, window_end), after);
    line("{}{:>{}} |{}{}{}", palette_.frame, number, gutter_, palette_.reset, visible.empty() ? "" : " ", visible);

    const std::size_t indent = before.size() + display_width(shown(window, from));
    const std::size_t carets = std::max<std::size_t>(1, display_width(shown(from, to)));
    line("{:{}} {}|{} {:{}}{}{:^^{}}{}{}{}", "", gutter_, palette_.frame, palette_.reset, "", indent, mark_, "", carets,
         label.empty() ? "" : " ", printable(label), palette_.reset);
  }

  const Diagnostic& diagnostic_;
  const SourceSet& sources_;
  const Palette& palette_;
  std::size_t gutter_;
  std::string_view mark_;
  std::string out_;
};

}  // namespace

std::string render(const Diagnostic& diagnostic, const SourceSet& sources, bool color) {
  return Renderer(diagnostic, sources, color ? coloured : plain).run();
}

namespace {

// Longer names are never compared: the distance costs the product of the lengths.
constexpr std::size_t compared_length_max = 64;

bool equal_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

// The restricted Damerau-Levenshtein distance (optimal string alignment): insertion, deletion, substitution and the
// transposition of two neighbours cost 1 each. Rows of the matrix, the last three kept.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      row[j] = std::min({previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, row);
  }
  return previous[b.size()];
}

}  // namespace

std::string_view did_you_mean(std::string_view name, const std::vector<std::string_view>& candidates) {
  if (name.empty() || name.size() > compared_length_max) return {};
  std::size_t best = std::max<std::size_t>(1, name.size() / 3) + 1;
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(name.size(), candidate.size());
    if (candidate.empty() || longer - std::min(name.size(), candidate.size()) >= best) continue;
    std::size_t distance = equal_but_for_case(name, candidate) ? 1 : edit_distance(name, candidate);
    if (distance == longer && !equal_but_for_case(name, candidate)) continue;  // nothing in common
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

}  // namespace tryst
