#include "semantics/relabelling_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/trimmed.hpp"

namespace tryst {

namespace {

constexpr std::string_view arrow = "->";
constexpr std::string_view rule_help = "a rule is `old -> new`; `left:`, `right:` and `both:` stand alone";

class Reader {
 public:
  Reader(const SourceSet& sources, FileId file, Diagnostics& diagnostics, Relabelling& left, Relabelling& right)
      : text_(sources.text(file)), base_(sources.base(file)), diagnostics_(diagnostics), left_(left), right_(right) {}

  void read() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      line(trimmed(text_.substr(at, end - at)));
      at = end + 1;
    }
  }

 private:
  void line(std::string_view line) {
    if (line.empty() || line.starts_with("--")) return;
    if (line == "left:" || line == "right:" || line == "both:") {
      for_left_ = line != "right:";
      for_right_ = line != "left:";
      return;
    }
    const std::size_t at = line.find(arrow);
    if (at == std::string_view::npos) return report("P0651", line, "this is not a relabelling rule", rule_help);
    const std::string_view from = trimmed(line.substr(0, at));
    const std::string_view to = trimmed(line.substr(at + arrow.size()));
    if (from.empty() || to.empty() || to.find(arrow) != std::string_view::npos)
      return report("P0651", line, "this is not a relabelling rule", rule_help);
    rule(from, to);
  }

  void rule(std::string_view from, std::string_view to) {
    for (const std::string_view label : {from, to}) {
      const bool is_reserved = label == "tick" || (label == "tau" && label.data() == from.data());
      if (is_reserved)
        return report("P0653", label, fmt::format("`{}` is no visible event", label),
                      "termination and internal steps stay");
    }
    const std::string name(to == "tau" ? "" : to);
    const bool fresh_left = !for_left_ || left_.rename(std::string(from), name);
    const bool fresh_right = !for_right_ || right_.rename(std::string(from), name);
    if (!fresh_left || !fresh_right)
      report("P0652", from, fmt::format("`{}` has a rule already", from), "a label is renamed once");
  }

  // `part` is a piece of the file's text.
  void report(std::string_view code, std::string_view part, std::string message, std::string_view help) {
    const auto begin = base_ + static_cast<std::uint32_t>(part.data() - text_.data());
    Diagnostic diagnostic{
        code, Severity::error, std::move(message), {begin, begin + static_cast<std::uint32_t>(part.size())}};
    diagnostic.help = help;
    diagnostics_.report(std::move(diagnostic));
  }

  std::string_view text_;
  std::uint32_t base_;
  Diagnostics& diagnostics_;
  Relabelling& left_;
  Relabelling& right_;
  bool for_left_ = true;
  bool for_right_ = true;
};

}  // namespace

void read_relabelling(const SourceSet& sources, FileId file, Diagnostics& diagnostics, Relabelling& left,
                      Relabelling& right) {
  Reader(sources, file, diagnostics, left, right).read();
}

}  // namespace tryst
