// Any bytes as a π-calculus file: parsed, resolved, printed and read back.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "frontend/pi/parser.hpp"
#include "frontend/pi/printer.hpp"
#include "frontend/pi/resolver.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tryst;
  SourceSet sources;
  Diagnostics diagnostics;
  FileId file{}, again{};
  if (!sources.add("input.pi", std::string(reinterpret_cast<const char*>(data), size), file)) return 0;
  const pi::Script script = pi::parse_text(file, sources, diagnostics);
  if (diagnostics.has_errors()) return 0;
  if (!sources.add("printed.pi", pi::print(script), again)) return 0;
  if (!pi::same_tree(script, pi::parse_text(again, sources, diagnostics))) std::abort();
  pi::resolve(script, diagnostics);
  return 0;
}
