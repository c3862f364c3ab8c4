// Any bytes are a script or get diagnostics, all of which can be shown; children stand before their parents.
#include <cstdint>
#include <cstdlib>

#include "frontend/csp/parser.hpp"

using namespace tryst;
using namespace tryst::csp;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SourceSet sources;
  FileId file{};
  if (!sources.add("fuzz.csp", std::string(reinterpret_cast<const char*>(data), size), file)) return 0;
  Diagnostics diagnostics;
  const Script script = parse_text(file, "/nonexistent", sources, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all())
    if (render(diagnostic, sources).empty()) std::abort();
  for (std::uint32_t i = 0; i < script.exprs.size(); ++i)
    for (const ExprId operand : script.operands(static_cast<ExprId>(i)))
      if (index(operand) >= i) std::abort();
  return 0;
}
