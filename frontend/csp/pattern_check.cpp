#include "frontend/csp/pattern_check.hpp"

#include <fmt/format.h>

namespace tryst::csp {

namespace {

class PatternCheck {
 public:
  PatternCheck(const Script& script, bool in_field, Diagnostics& diagnostics)
      : script_(script), in_field_(in_field), diagnostics_(diagnostics) {}

  void check(PatternId p) {
    const Pattern& pattern = script_.patterns[p];
    if (pattern.kind == PatternKind::concat) {
      first_unknown_ = Span{};
      return parts_of_concat(p);
    }
    const auto parts = script_.pattern_lists[pattern.parts];
    if (pattern.kind == PatternKind::set && parts.size() > 1) too_many_elements(pattern, parts.size());
    if (pattern.kind == PatternKind::also && in_field_) also_in_field(pattern);
    for (const PatternId part : parts) check(part);
  }

 private:
  // `x^y^z` however it is bracketed: each part has a length of its own unless it is written as a sequence or string.
  // Parts are checked after the whole, which needs `first_unknown_` for itself.
  void parts_of_concat(PatternId p) {
    std::vector<PatternId> leaves;
    flatten(p, leaves);
    for (const PatternId leaf : leaves) {
      const PatternKind kind = script_.patterns[leaf].kind;
      if (kind != PatternKind::sequence && kind != PatternKind::string) part_of_unknown_length(leaf);
    }
    for (const PatternId leaf : leaves) check(leaf);
  }

  void flatten(PatternId p, std::vector<PatternId>& leaves) const {
    const Pattern& pattern = script_.patterns[p];
    if (pattern.kind == PatternKind::concat || pattern.kind == PatternKind::paren)
      for (const PatternId part : script_.pattern_lists[pattern.parts]) flatten(part, leaves);
    else
      leaves.push_back(p);
  }

  void part_of_unknown_length(PatternId p) {
    const Span span = script_.patterns[p].span;
    if (!first_unknown_.known()) {
      first_unknown_ = span;
      return;
    }
    diagnostics_.report({"P0211",
                         Severity::error,
                         "a sequence pattern can have only one part of unknown length",
                         span,
                         "second part of unknown length",
                         {{first_unknown_, "the first part of unknown length is here"}},
                         "write the other parts element by element: `<x>^s^<y, z>`"});
  }

  void too_many_elements(const Pattern& pattern, std::size_t count) {
    diagnostics_.report({"P0212",
                         Severity::error,
                         "a set pattern can match at most one element",
                         pattern.span,
                         fmt::format("{} elements", count),
                         {},
                         "match `{}` or `{x}`; a larger set has no first element"});
  }

  void also_in_field(const Pattern& pattern) {
    diagnostics_.report({"P0213",
                         Severity::error,
                         "`@@` cannot be used in the field of a prefix",
                         pattern.span,
                         "double pattern",
                         {},
                         "bind the value with `?x` and take it apart in a function"});
  }

  const Script& script_;
  const bool in_field_;
  Diagnostics& diagnostics_;
  Span first_unknown_{};
};

}  // namespace

void check_pattern(const Script& script, PatternId p, bool in_field, Diagnostics& diagnostics) {
  PatternCheck(script, in_field, diagnostics).check(p);
}

}  // namespace tryst::csp
