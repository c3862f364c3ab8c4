#include <fmt/format.h>

#include <algorithm>

#include "runtime/emitter/project.hpp"
#include "runtime/emitter/project_text.hpp"

namespace tryst::emitter {

namespace {

using Out = std::back_insert_iterator<std::string>;

// What programs of networks need of the library.
bool is_needed(const File& file) { return file.path.find("/pi_") == std::string::npos; }

ProjectText text_of(const Emission& emission) {
  const std::string space = emission.name_space();
  std::string example;
  if (!emission.channels.empty())
    example = fmt::format(
        " For example, to act on every `{0}`,\n  // copy the declaration of on_{0} here and write what it does.",
        emission.channels[0].identifier);
  return {emission.tool,
          emission.identifier,
          space,
          "tryst_runtime",
          true,
          is_needed,
          "",
          "tryst::runtime::program_main",
          space + "::attached(std::make_unique<UserHooks>(seed))",
          example};
}

}  // namespace

std::vector<File> project_files(const Emission& emission) {
  std::vector<File> files = common_files(text_of(emission));
  files.push_back({"README.md", readme(emission)});
  files.push_back({"model.hpp", model_header(emission)});
  files.push_back({"model.cpp", model_source(emission)});
  files.push_back({"hooks.hpp", hooks_header(emission)});
  files.push_back({"hooks.cpp", hooks_source(emission)});
  return files;
}

std::string explorer(const std::vector<const Emission*>& programs, bool in_folders) {
  std::string out = "#include <cstdlib>\n#include <iostream>\n#include <set>\n#include <stdexcept>\n";
  for (const char* source : {"explore", "json", "network", "states"}) {
    fmt::format_to(Out(out), "#include \"runtime/{}.cpp\"\n", source);
  }
  for (const Emission* program : programs)
    fmt::format_to(Out(out), "#include \"{}model.cpp\"\n", in_folders ? program->identifier + "/" : "");
  out += R"(
using namespace tryst::runtime;

static void write_all(const Program& program, std::size_t states_max) {
  const Network& network = program.network;
  std::set<const void*> met;  // components that start alike are written once
  for (std::uint32_t c = 0; c < network.components.size(); ++c) {
    if (!met.insert(network.components[c].initial).second) continue;
    std::cout << "== " << program.name << ' ' << c << '\n';
    write_aut(network, explore_component(network, c), std::cout);
  }
  try {
    const Graph whole = explore(network, states_max);
    std::cout << "== " << program.name << " whole\n";
    write_aut(network, whole, std::cout);
  } catch (const std::length_error&) {
  }
}

int main(int, char** argv) {
  const std::size_t states_max = std::strtoull(argv[1], nullptr, 10);
)";
  for (const Emission* program : programs)
    fmt::format_to(Out(out), "  write_all({}::program, states_max);\n", program->name_space());
  return out + "  return 0;\n}\n";
}

}  // namespace tryst::emitter
