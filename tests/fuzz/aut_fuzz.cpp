// Any bytes are an Aldebaran file or get diagnostics; what is read is written and read back unchanged.
#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "semantics/aut_reader.hpp"
#include "semantics/lts_writer.hpp"

using namespace tryst;

namespace {

std::optional<Lts> read(std::string text) {
  SourceSet sources;
  Diagnostics diagnostics;
  std::istringstream in(std::move(text));
  auto lts = read_aut(in, "fuzz.aut", sources, diagnostics);
  if (lts.has_value() == diagnostics.has_errors()) std::abort();
  for (const Diagnostic& diagnostic : diagnostics.all()) render(diagnostic, sources);
  return lts;
}

std::string written(const Lts& lts) {
  std::ostringstream out;
  write_lts(lts, LtsFormat::aut, {}, out);
  return out.str();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto lts = read(std::string(reinterpret_cast<const char*>(data), size));
  if (!lts || lts->state_count() > 1000) return 0;
  lts->check();
  const std::string once = written(*lts);
  const auto again = read(once);
  if (!again || again->transition_count() != lts->transition_count()) std::abort();
  again->check();
  return 0;
}
