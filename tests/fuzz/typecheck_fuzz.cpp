// Any bytes are a script or get diagnostics, all of which can be shown; whatever is accepted has types that can be
// printed.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "frontend/csp/parser.hpp"
#include "frontend/csp/typing.hpp"

using namespace tryst;
using namespace tryst::csp;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SourceSet sources;
  FileId file{};
  if (!sources.add("fuzz.csp", std::string(reinterpret_cast<const char*>(data), size), file)) return 0;
  Diagnostics diagnostics;
  Script script = parse_text(file, "/nonexistent", sources, diagnostics);
  if (diagnostics.has_errors()) return 0;
  const Typed typed = check_types(std::move(script), sources, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all())
    if (render(diagnostic, sources).empty()) std::abort();
  if (diagnostics.has_errors()) return 0;
  for (std::uint32_t b = 0; b < typed.bindings.size(); ++b)
    if (typed.binding_types[b] != no_id<TypeId> && print(typed, typed.binding_types[b]).empty()) std::abort();
  for (const TypeId type : typed.expr_types)
    if (type != no_id<TypeId> && print(typed, type).empty()) std::abort();
  return 0;
}
