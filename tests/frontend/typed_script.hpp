// Scripts in tests: text in, inferred types or rendered mistakes out.
#pragma once

#include <catch2/catch.hpp>

#include <string>

#include "frontend/csp/parser.hpp"
#include "frontend/csp/typing.hpp"

namespace tryst::csp {

struct TypedScript {
  explicit TypedScript(const std::string& text) {
    FileId file;
    REQUIRE(sources.add("test.csp", text, file));
    Script script = parse_text(file, ".", sources, diagnostics);
    if (!diagnostics.has_errors()) typed = check_types(std::move(script), sources, diagnostics);
  }

  bool accepted() const { return !diagnostics.has_errors() && !diagnostics.has_warnings(); }

  // The type of something declared at top level, as an annotation would write it.
  std::string type_of(const std::string& name) const {
    for (std::uint32_t b = 0; b < typed.bindings.size(); ++b) {
      const Binding& binding = typed.bindings[static_cast<BindingId>(b)];
      if (binding.top_level && binding.qualified == name && binding.kind != BindingKind::builtin)
        return print(typed, typed.binding_types[b]);
    }
    return "no such name";
  }

  // All mistakes as the tool shows them.
  std::string mistakes() const {
    std::string all;
    for (const Diagnostic& d : diagnostics.all()) all += render(d, sources);
    return all;
  }

  SourceSet sources;
  Diagnostics diagnostics;
  Typed typed;
};

}  // namespace tryst::csp
