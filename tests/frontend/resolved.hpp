// Resolves scripts that stand in tests, and answers what a word in the text refers to.
#pragma once

#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/csp/parser.hpp"
#include "frontend/csp/resolver.hpp"

namespace tryst::csp {

struct Resolved {
  SourceSet sources;
  Diagnostics diagnostics;
  Typed typed;

  explicit Resolved(std::string text) {
    FileId file{};
    sources.add("m.csp", std::move(text), file);
    Script script = parse_text(file, "", sources, diagnostics);
    typed = resolve(std::move(script), sources, diagnostics);
  }

  // What the user reads, all of it.
  std::string errors() const {
    std::string all;
    for (const Diagnostic& d : diagnostics.all()) all += render(d, sources);
    return all;
  }

  // One code an error, in the order of reporting: "P0201 P0203".
  std::string codes() const {
    std::string all;
    for (const Diagnostic& d : diagnostics.all()) all += (all.empty() ? "" : " ") + std::string(d.code);
    return all;
  }

  // The offsets at which a word stands in the text.
  std::vector<std::uint32_t> occurrences(std::string_view word) const {
    const std::string_view text = sources.text(FileId{0});
    const auto part_of_word = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '\'';
    };
    std::vector<std::uint32_t> at;
    for (std::size_t i = text.find(word); i != text.npos; i = text.find(word, i + 1)) {
      const std::size_t end = i + word.size();
      if ((i == 0 || !part_of_word(text[i - 1])) && (end == text.size() || !part_of_word(text[end])))
        at.push_back(static_cast<std::uint32_t>(i));
    }
    return at;
  }

  // The binding that the name ending at `end` refers to or introduces, in the original of a module and not in its
  // clones.
  BindingId binding_ending_at(std::uint32_t end) const {
    const Script& script = typed.script;
    for (std::size_t i = 0; i < script.exprs.size(); ++i) {
      const auto id = static_cast<ExprId>(i);
      if (script.exprs[id].kind == ExprKind::name && script.exprs[id].span.end == end && typed.expr_uses[i] != none)
        return typed.expr_uses[i];
    }
    for (std::size_t i = 0; i < script.patterns.size(); ++i) {
      const auto id = static_cast<PatternId>(i);
      if (script.patterns[id].kind == PatternKind::name && script.patterns[id].span.end == end &&
          typed.pattern_names[i] != none)
        return typed.pattern_names[i];
    }
    for (std::size_t i = 0; i < script.types.size(); ++i) {
      const auto id = static_cast<TypeExprId>(i);
      if (script.types[id].kind == TypeExprKind::name && script.types[id].span.end == end) return typed.type_uses[i];
    }
    return none;
  }

  static constexpr int builtin_name = -1;
  static constexpr int nothing = -2;

  // `use` and the result count the occurrences of the word from 0: where what is meant by the one was introduced.
  int refers(std::string_view word, std::size_t use) const {
    const auto at = occurrences(word);
    const BindingId b = binding_ending_at(at.at(use) + static_cast<std::uint32_t>(word.size()));
    if (b == none) return nothing;
    if (!typed.bindings[b].span.known()) return builtin_name;
    for (std::size_t i = 0; i < at.size(); ++i)
      if (at[i] == typed.bindings[b].span.begin) return static_cast<int>(i);
    return nothing;
  }

  // The bindings with this qualified name; several only if something is wrong.
  std::vector<BindingId> named(std::string_view qualified) const {
    std::vector<BindingId> found;
    for (std::size_t i = 0; i < typed.bindings.size(); ++i)
      if (typed.bindings[static_cast<BindingId>(i)].qualified == qualified) found.push_back(static_cast<BindingId>(i));
    return found;
  }

  static constexpr BindingId none = no_id<BindingId>;
};

inline std::string errors(std::string text) { return Resolved(std::move(text)).errors(); }
inline std::string codes(std::string text) { return Resolved(std::move(text)).codes(); }
inline int refers(std::string text, std::string_view word, std::size_t use) {
  return Resolved(std::move(text)).refers(word, use);
}

}  // namespace tryst::csp
