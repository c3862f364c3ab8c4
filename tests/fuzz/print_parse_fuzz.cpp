// What parses prints to a text that parses to the same tree and prints alike; so does the formatted file.
#include <cstdint>
#include <cstdlib>

#include "frontend/csp/parser.hpp"
#include "frontend/csp/printer.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

struct Parsed {
  explicit Parsed(std::string text) {
    if (sources.add("fuzz.csp", std::move(text), file)) script = parse_text(file, "/nonexistent", sources, diagnostics);
  }
  SourceSet sources;
  FileId file{};
  Diagnostics diagnostics;
  Script script;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Parsed first(std::string(reinterpret_cast<const char*>(data), size));
  if (first.diagnostics.has_errors()) return 0;
  const std::string printed = print(first.script);
  const Parsed second(printed);
  if (second.diagnostics.has_errors() || !same_tree(first.script, second.script)) std::abort();
  if (print(second.script) != printed) std::abort();
  const std::string formatted = format(first.script, first.sources, first.file);
  const Parsed third(formatted);
  if (third.diagnostics.has_errors() || !same_tree(first.script, third.script)) std::abort();
  if (third.script.comments.size() != first.script.comments.size()) std::abort();
  if (format(third.script, third.sources, third.file) != formatted) std::abort();
  return 0;
}
