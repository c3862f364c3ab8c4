// P0903: equations of a function that earlier ones leave nothing for.
#include <algorithm>
#include <set>

#include "semantics/csp/lint.hpp"
#include "semantics/csp/lint_patterns.hpp"

namespace tryst::csp {

namespace {

class Equations {
 public:
  explicit Equations(const Typed& typed) : typed_(typed), patterns_(typed.script.patterns) {}

  // Whether `first` accepts every value of each parameter that `later` accepts.
  bool covers(const Clause& first, const Clause& later) const {
    for (std::size_t group = 0; group < first.parameters.size(); ++group)
      for (std::size_t i = 0; i < first.parameters[group].size(); ++i)
        if (!covers(first.parameters[group][i], later.parameters[group][i])) return false;
    return true;
  }

 private:
  PatternId strip(PatternId p) const {
    while (patterns_[p].kind == PatternKind::paren) p = typed_.script.pattern_lists[patterns_[p].parts][0];
    return p;
  }

  bool is_constant(PatternId p) const {
    if (patterns_[p].kind != PatternKind::name) return false;
    const BindingKind kind = typed_.bindings[typed_.pattern_names[index(p)]].kind;
    return kind == BindingKind::constructor || kind == BindingKind::channel;
  }

  bool covers(PatternId first, PatternId later) const {
    first = strip(first);
    later = strip(later);
    const Pattern& a = patterns_[first];
    const Pattern& b = patterns_[later];
    if (a.kind == PatternKind::wildcard || (a.kind == PatternKind::name && !is_constant(first))) return true;
    if (b.kind == PatternKind::also) {  // it accepts no more than either part
      const auto parts = typed_.script.pattern_lists[b.parts];
      return covers(first, parts[0]) || covers(first, parts[1]);
    }
    if (a.kind == PatternKind::also) {
      const auto parts = typed_.script.pattern_lists[a.parts];
      return covers(parts[0], later) && covers(parts[1], later);
    }
    if (a.kind != b.kind) return false;
    switch (a.kind) {
      case PatternKind::name:
        return is_constant(later) && typed_.pattern_names[index(first)] == typed_.pattern_names[index(later)];
      case PatternKind::number:
      case PatternKind::boolean:
      case PatternKind::character: return a.number == b.number;
      case PatternKind::string: return a.symbol == b.symbol;
      case PatternKind::tuple:
      case PatternKind::sequence:
      case PatternKind::set:
      case PatternKind::concat:
      case PatternKind::dot: break;
      default: return false;
    }
    const auto left = typed_.script.pattern_lists[a.parts];
    const auto right = typed_.script.pattern_lists[b.parts];
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i)
      if (!covers(left[i], right[i])) return false;
    return true;
  }

  const Typed& typed_;
  const Arena<PatternId, Pattern>& patterns_;
};

}  // namespace

namespace {

// Of all parameters; none: one of them has no such form.
std::optional<PatternRow> row_of(const Typed& typed, const Clause& clause, bool wider) {
  PatternRow row;
  for (const auto& group : clause.parameters)
    for (const PatternId p : group) {
      auto tree = pattern_tree(typed, p, wider);
      if (!tree) return std::nullopt;
      row.push_back(std::move(*tree));
    }
  return row;
}

}  // namespace

void lint_equations(const Typed& typed, Diagnostics& diagnostics) {
  const Equations equations(typed);
  constexpr const char* alone = "this one accepts all that it accepts";
  std::set<std::uint32_t> reported;
  const auto report = [&](const Clause& clause, Span because, const char* note) {
    if (!reported.insert(clause.span.begin).second) return;
    Diagnostic warning;
    warning.code = "P0903";
    warning.severity = Severity::warning;
    warning.message = "this equation is never used";
    warning.span = clause.span;
    warning.notes.push_back({because, note});
    warning.help = "equations are tried in the order in which they are written";
    diagnostics.report(std::move(warning));
  };
  for (std::uint32_t d = 0; d < typed.script.decls.size(); ++d) {
    const std::vector<Clause>& clauses = typed.script.decls[DeclId{d}].clauses;
    if (clauses.size() < 2) continue;
    std::vector<PatternRow> rows;
    for (std::size_t later = 0; later < clauses.size(); ++later) {
      const auto before = clauses.begin() + static_cast<std::ptrdiff_t>(later);
      const auto first = std::find_if(clauses.begin(), before,
                                      [&](const Clause& other) { return equations.covers(other, clauses[later]); });
      if (first != before)
        report(clauses[later], first->span, alone);
      else if (later > 0 && !is_useful(rows, *row_of(typed, clauses[later], true)))
        report(clauses[later], clauses[0].span,
               later == 1 ? alone : "this one and those between accept all that it accepts, together");
      if (auto row = row_of(typed, clauses[later], false)) rows.push_back(std::move(*row));
    }
  }
}

}  // namespace tryst::csp
