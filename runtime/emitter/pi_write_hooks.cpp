#include <fmt/format.h>

#include <algorithm>

#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/pi_cxx.hpp"
#include "runtime/emitter/pi_project.hpp"
#include "runtime/emitter/project_text.hpp"

namespace tryst::emitter {

namespace {

using Out = std::back_insert_iterator<std::string>;

std::string hooks_banner(const PiEmission& emission, const std::string& what) {
  return banner_text(what, emission.tool, emission.operand, emission.verified);
}

std::string parameters(const PiFreeName& channel, bool named) {
  std::string text;
  for (std::size_t i = 0; i < channel.carries.size(); ++i)
    text += fmt::format("{}{}{}", i == 0 ? "" : ", ", cxx_type(channel.carries[i]),
                        named ? fmt::format(" value{}", i + 1) : "");
  return text;
}

// What a user's supply_c() gives.
std::string supplied(const PiFreeName& channel) {
  if (channel.carries.empty()) return "bool";
  const std::string types = parameters(channel, false);
  return channel.carries.size() == 1 ? fmt::format("std::optional<{}>", types)
                                     : fmt::format("std::optional<std::tuple<{}>>", types);
}

std::string anything(const PiFreeName& channel) {
  if (channel.carries.empty()) return "true";
  std::string values;
  for (const pi::SortKind kind : channel.carries)
    values += fmt::format("{}anything<{}>()", values.empty() ? "" : ", ", cxx_type(kind));
  return channel.carries.size() == 1 ? values : fmt::format("std::tuple({})", values);
}

std::string read_message(const PiFreeName& channel) {
  std::string text;
  for (std::size_t i = 0; i < channel.carries.size(); ++i)
    text += fmt::format("{}tryst::runtime::pi::from_word<{}>(message[{}])", i == 0 ? "" : ", ",
                        cxx_type(channel.carries[i]), i);
  return text;
}

std::vector<const PiFreeName*> channels(const PiEmission& emission) {
  std::vector<const PiFreeName*> found;
  for (const PiFreeName& free : emission.code.free_names)
    if (free.is_channel) found.push_back(&free);
  return found;
}

std::string number_of(const PiEmission& emission, const PiFreeName* channel) {
  return std::to_string(channel - emission.code.free_names.data() + 1);
}

}  // namespace

std::string hooks_header(const PiEmission& emission) {
  std::string out =
      hooks_banner(emission, "The user's side of the program: derive from Hooks, override what you need.");
  out +=
      "//\n// The outside knows names: at the beginning the free names of the process, `outside::c` in model.hpp; "
      "later also those\n"
      "// that it is told, or makes with executor().make_known(). For every free name that is a channel there are "
      "three methods:\n"
      "//   accepts_c(...)   whether the outside takes what a process sends on c; by default, always\n"
      "//   on_c(...)        it has taken it\n"
      "//   supply_c()       what the outside sends to a process that receives on c, or nothing now; by default "
      "anything\n"
      "// and three for the names that it has learnt since. What is declined stays possible and is asked again; wait() "
      "is\n"
      "// called when everything possible is declined (runtime/pi_run.hpp). No hook can make the program leave its "
      "model.\n"
      "#pragma once\n\n#include <optional>\n#include <tuple>\n\n#include \"model.hpp\"\n#include "
      "\"runtime/pi_run.hpp\"\n\n";
  fmt::format_to(Out(out), "namespace {} {{\n\n", emission.name_space());
  out +=
      "class Hooks : public tryst::runtime::pi::Environment {\n public:\n"
      "  using Kind = tryst::runtime::pi::Kind;\n  using Name = tryst::runtime::pi::Name;\n"
      "  using Word = tryst::runtime::pi::Word;\n  using Environment::Environment;\n\n";
  for (const PiFreeName* channel : channels(emission)) {
    const std::string& c = channel->identifier;
    fmt::format_to(Out(out), "  virtual bool accepts_{}({}) {{ return true; }}\n", c, parameters(*channel, false));
    fmt::format_to(Out(out), "  virtual void on_{}({}) {{}}\n", c, parameters(*channel, false));
    fmt::format_to(Out(out), "  virtual {} supply_{}() {{ return {}; }}\n\n", supplied(*channel), c,
                   anything(*channel));
  }
  out +=
      "  // On any other name.\n"
      "  virtual bool accepts_other(Name, std::span<const Word>) { return true; }\n"
      "  virtual void on_other(Name, std::span<const Word>) {}\n"
      "  virtual bool supply_other(Name, std::span<const Kind> kinds, std::span<Word> message) {\n"
      "    return supply_anything(kinds, message);\n  }\n\n"
      "  bool accepts(Name, std::span<const Word>) final;\n  void sent(Name, std::span<const Word>) final;\n"
      "  bool supplies(Name, std::span<const Kind>, std::span<Word>) final;\n};\n\n";
  fmt::format_to(Out(out), "}}  // namespace {}\n", emission.name_space());
  return out;
}

std::string hooks_source(const PiEmission& emission) {
  std::string out = hooks_banner(emission, "From names and messages to the methods of Hooks.");
  fmt::format_to(Out(out), "#include \"hooks.hpp\"\n\nnamespace {} {{\n\n", emission.name_space());
  const auto dispatch = [&](const std::string& head, const std::string& method, const std::string& other) {
    out += head + "  switch (index(channel)) {\n";
    for (const PiFreeName* channel : channels(emission))
      fmt::format_to(Out(out), "    case {}:\n      if (message.size() == {}) return {}_{}({});\n      break;\n",
                     number_of(emission, channel), channel->carries.size(), method, channel->identifier,
                     read_message(*channel));
    out += "    default: break;\n  }\n" + other + "}\n\n";
  };
  dispatch("bool Hooks::accepts(Name channel, std::span<const Word> message) {\n", "accepts",
           "  return accepts_other(channel, message);\n");
  dispatch("void Hooks::sent(Name channel, std::span<const Word> message) {\n", "on",
           "  on_other(channel, message);\n");
  out +=
      "bool Hooks::supplies(Name channel, std::span<const Kind> kinds, std::span<Word> message) {\n  switch "
      "(index(channel)) {\n";
  for (const PiFreeName* channel : channels(emission)) {
    fmt::format_to(Out(out), "    case {}:\n      if (kinds.size() != {}) break;\n", number_of(emission, channel),
                   channel->carries.size());
    if (channel->carries.empty()) {
      fmt::format_to(Out(out), "      return supply_{}();\n", channel->identifier);
      continue;
    }
    fmt::format_to(Out(out), "      if (const auto given = supply_{}()) {{\n", channel->identifier);
    for (std::size_t i = 0; i < channel->carries.size(); ++i) {
      const std::string value = channel->carries.size() == 1 ? "*given" : fmt::format("std::get<{}>(*given)", i);
      fmt::format_to(Out(out), "        message[{}] = tryst::runtime::pi::word({});\n", i, value);
    }
    out += "        return true;\n      }\n      return false;\n";
  }
  out += "    default: break;\n  }\n  return supply_other(channel, kinds, message);\n}\n\n";
  fmt::format_to(Out(out), "}}  // namespace {}\n", emission.name_space());
  return out;
}

}  // namespace tryst::emitter
