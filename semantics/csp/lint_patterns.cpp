#include "semantics/csp/lint_patterns.hpp"

#include <algorithm>
#include <map>

namespace tryst::csp {

namespace {

constexpr std::size_t elements_max = 32;  // of a sequence that is taken apart
constexpr std::size_t looks_max = 20'000;

enum Kind : std::uint32_t { boolean, number, character, tuple, empty, filled, first_datatype };

class Trees {
 public:
  Trees(const Typed& typed, bool wider) : typed_(typed), patterns_(typed.script.patterns), wider_(wider) {}

  // The nesting of patterns is limited by the parser.
  std::optional<PatternTree> of(PatternId p) const {
    const Pattern& x = patterns_[p];
    const auto parts = typed_.script.pattern_lists[x.parts];
    switch (x.kind) {
      case PatternKind::paren: return of(parts[0]);
      case PatternKind::wildcard: return PatternTree{};
      case PatternKind::name: return is_constant(p) ? dotted({p}) : PatternTree{};
      case PatternKind::boolean: return PatternTree{{{Kind::boolean, x.number}}, 2, {}};
      case PatternKind::number: return PatternTree{{{Kind::number, x.number}}, 0, {}};
      case PatternKind::character: return PatternTree{{{Kind::character, x.number}}, 0, {}};
      case PatternKind::tuple: return constructed({Kind::tuple, 0}, 1, parts);
      case PatternKind::sequence: return sequence(parts, PatternTree{{{Kind::empty, 0}}, 2, {}});
      case PatternKind::concat: return joined(p);
      case PatternKind::dot: {
        std::vector<PatternId> all;
        flatten(p, PatternKind::dot, all);
        return dotted(all);
      }
      case PatternKind::also: {
        auto left = of(parts[0]);
        auto right = of(parts[1]);
        if (left && !left->key) return right;
        if ((right && !right->key) || wider_) return left;
        return std::nullopt;
      }
      case PatternKind::string:
      case PatternKind::set: break;
    }
    return unknown();
  }

 private:
  std::optional<PatternTree> unknown() const { return wider_ ? std::optional(PatternTree{}) : std::nullopt; }

  bool is_constant(PatternId p) const {
    if (patterns_[p].kind != PatternKind::name) return false;
    const BindingKind kind = typed_.bindings[typed_.pattern_names[index(p)]].kind;
    return kind == BindingKind::constructor || kind == BindingKind::channel;
  }

  void flatten(PatternId p, PatternKind kind, std::vector<PatternId>& all) const {
    while (patterns_[p].kind == PatternKind::paren && kind == PatternKind::concat)
      p = typed_.script.pattern_lists[patterns_[p].parts][0];
    if (patterns_[p].kind != kind) return all.push_back(p);
    for (const PatternId part : typed_.script.pattern_lists[patterns_[p].parts]) flatten(part, kind, all);
  }

  template <class Parts>
  std::optional<PatternTree> constructed(PatternTree::Key key, std::size_t siblings, const Parts& parts) const {
    PatternTree made{key, siblings, {}};
    for (const PatternId part : parts) {
      auto tree = of(part);
      if (!tree) return std::nullopt;
      made.parts.push_back(std::move(*tree));
    }
    return made;
  }

  // The elements in front of the rest.
  template <class Parts>
  std::optional<PatternTree> sequence(const Parts& elements, PatternTree rest) const {
    if (elements.size() > elements_max) return unknown();
    for (std::size_t i = elements.size(); i-- > 0;) {
      auto element = of(elements[i]);
      if (!element) return std::nullopt;
      rest = {{{Kind::filled, 0}}, 2, {std::move(*element), std::move(rest)}};
    }
    return rest;
  }

  // Elements behind a name say how many there are at least, and, where they may be anything, no more than that.
  std::optional<PatternTree> joined(PatternId p) const {
    std::vector<PatternId> all, elements;
    flatten(p, PatternKind::concat, all);
    bool has_name = false;
    std::size_t behind = 0;
    for (const PatternId part : all) {
      const Pattern& x = patterns_[part];
      if (x.kind == PatternKind::sequence) {
        for (const PatternId element : typed_.script.pattern_lists[x.parts]) {
          if (!has_name) {
            elements.push_back(element);
            continue;
          }
          const auto tree = of(element);
          if (!wider_ && (!tree || tree->key)) return std::nullopt;
          ++behind;
        }
        continue;
      }
      const bool is_name = x.kind == PatternKind::wildcard || (x.kind == PatternKind::name && !is_constant(part));
      if (!is_name || has_name) return unknown();
      has_name = true;
    }
    if (behind > elements_max) return unknown();
    PatternTree rest = has_name ? PatternTree{} : PatternTree{{{Kind::empty, 0}}, 2, {}};
    for (; behind > 0; --behind) rest = {{{Kind::filled, 0}}, 2, {PatternTree{}, std::move(rest)}};
    return sequence(elements, std::move(rest));
  }

  // A constant of a datatype and its fields, of which the last name stands for all that are left.
  std::optional<PatternTree> dotted(const std::vector<PatternId>& all) const {
    if (!is_constant(all[0])) return unknown();
    const Binding& binding = typed_.bindings[typed_.pattern_names[index(all[0])]];
    if (binding.kind != BindingKind::constructor) return unknown();
    const auto& constructors = typed_.script.decls[binding.decl].constructors;
    const std::size_t fields = fields_of(constructors[binding.ordinal].type);
    if (all.size() - 1 > fields) return unknown();
    auto made = constructed({Kind::first_datatype + index(binding.decl), binding.ordinal}, constructors.size(),
                            std::span(all).subspan(1));
    if (!made || made->parts.size() == fields) return made;
    if (made->parts.empty() || made->parts.back().key) return unknown();
    made->parts.resize(fields);
    return made;
  }

  std::size_t fields_of(ExprId type) const {
    if (type == no_id<ExprId>) return 0;
    std::size_t fields = 1;
    for (; typed_.script.exprs[type].kind == ExprKind::dot; type = typed_.script.operand(type, 1)) ++fields;
    return fields;
  }

  const Typed& typed_;
  const Arena<PatternId, Pattern>& patterns_;
  bool wider_;
};

class Usefulness {
 public:
  bool is_useful(const std::vector<PatternRow>& rows, const PatternRow& row) {
    if (rows.empty() || ++looks_ > looks_max) return true;
    if (row.empty()) return false;
    if (row[0].key) return is_useful_as(rows, row, row[0]);
    std::map<PatternTree::Key, const PatternTree*> heads;
    std::size_t siblings = 0;
    for (const PatternRow& each : rows) {
      if (!each[0].key) continue;
      heads.emplace(*each[0].key, &each[0]);
      siblings = each[0].siblings;
    }
    if (siblings == 0 || heads.size() < siblings) {
      std::vector<PatternRow> rest;
      for (const PatternRow& each : rows)
        if (!each[0].key) rest.emplace_back(each.begin() + 1, each.end());
      return is_useful(rest, {row.begin() + 1, row.end()});
    }
    return std::ranges::any_of(heads, [&](const auto& head) { return is_useful_as(rows, row, *head.second); });
  }

 private:
  // Of values that have this constructor in front.
  bool is_useful_as(const std::vector<PatternRow>& rows, const PatternRow& row, const PatternTree& constructor) {
    std::vector<PatternRow> specialised;
    for (const PatternRow& each : rows)
      if (!each[0].key || each[0].key == constructor.key) specialised.push_back(taken_apart(each, constructor));
    return is_useful(specialised, taken_apart(row, constructor));
  }

  static PatternRow taken_apart(const PatternRow& row, const PatternTree& constructor) {
    PatternRow result = row[0].key ? row[0].parts : PatternRow(constructor.parts.size());
    result.insert(result.end(), row.begin() + 1, row.end());
    return result;
  }

  std::size_t looks_ = 0;
};

}  // namespace

std::optional<PatternTree> pattern_tree(const Typed& typed, PatternId p, bool wider) {
  return Trees(typed, wider).of(p);
}

bool is_useful(const std::vector<PatternRow>& earlier, const PatternRow& row) {
  return Usefulness().is_useful(earlier, row);
}

}  // namespace tryst::csp
