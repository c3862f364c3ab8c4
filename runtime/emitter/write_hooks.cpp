#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/project.hpp"

namespace tryst::emitter {

namespace {

using csp::EventField;
using Out = std::back_insert_iterator<std::string>;

// What the fields of a channel are in C++.
struct Signature {
  std::vector<std::string> types;
  bool as_text = false;  // events of several lengths: one std::string_view, everything behind the channel's name
};

struct Enumeration {
  std::string name;
  Identifiers identifiers;
  std::vector<std::string> constants;
};

class HookTypes {
 public:
  explicit HookTypes(const Emission& emission) {
    for (const Channel& channel : emission.channels) signatures_.push_back(signature(channel));
  }

  const Signature& signature_of(std::size_t channel) const { return signatures_[channel]; }
  const std::map<std::string, Enumeration>& enumerations() const { return enumerations_; }

  std::string parameters(std::size_t channel) const {
    std::string list;
    for (const std::string& type : signatures_[channel].types) list += (list.empty() ? "" : ", ") + type;
    return list;
  }

  std::string arguments(std::size_t channel, const csp::EventShape& event) {
    if (signatures_[channel].as_text) {
      std::string text;
      for (const EventField& field : event.fields) text += (text.empty() ? "" : ".") + field.text;
      return literal(text);
    }
    std::string list;
    for (std::size_t i = 0; i < event.fields.size(); ++i)
      list += (i == 0 ? "" : ", ") + argument(event.fields[i], signatures_[channel].types[i]);
    return list;
  }

 private:
  static constexpr std::string_view text_type = "std::string_view";

  Signature signature(const Channel& channel) {
    const std::size_t fields = channel.events[0].fields.size();
    const auto has_other_length = [&](const csp::EventShape& event) { return event.fields.size() != fields; };
    if (std::ranges::any_of(channel.events, has_other_length)) return {{std::string(text_type)}, true};
    Signature result;
    for (std::size_t i = 0; i < fields; ++i) {
      const EventField& first = channel.events[0].fields[i];
      const bool alike = std::ranges::all_of(channel.events, [&](const csp::EventShape& event) {
        return event.fields[i].kind == first.kind && event.fields[i].type == first.type;
      });
      result.types.push_back(alike ? type_of(first) : std::string(text_type));
      if (alike && first.kind == EventField::Kind::constant)
        for (const csp::EventShape& event : channel.events) add_constant(event.fields[i]);
    }
    return result;
  }

  std::string type_of(const EventField& field) {
    switch (field.kind) {
      case EventField::Kind::integer: return "std::int64_t";
      case EventField::Kind::boolean: return "bool";
      case EventField::Kind::constant: return types_.of(field.type);
      default: break;
    }
    return std::string(text_type);
  }

  void add_constant(const EventField& field) {
    Enumeration& enumeration = enumerations_[field.type];
    enumeration.name = types_.of(field.type);
    const std::string& constant = enumeration.identifiers.of(field.text);
    if (std::ranges::find(enumeration.constants, constant) == enumeration.constants.end())
      enumeration.constants.push_back(constant);
  }

  std::string argument(const EventField& field, const std::string& type) {
    if (type == text_type) return literal(field.text);
    switch (field.kind) {
      case EventField::Kind::integer:  // the least integer has no literal of its own
        return field.number == INT64_MIN ? "INT64_MIN" : std::to_string(field.number);
      case EventField::Kind::boolean: return field.number != 0 ? "true" : "false";
      default: return type + "::" + enumerations_[field.type].identifiers.of(field.text);
    }
  }

  Identifiers types_;
  std::map<std::string, Enumeration> enumerations_;  // by the datatype's name
  std::vector<Signature> signatures_;                // by channel
};

// Its events, or some of them: "in.0, in.1".
std::string events_text(const Emission& emission, const Channel& channel) {
  constexpr std::size_t shown = 3;  // first ones, beside the last
  const std::size_t count = channel.events.size();
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i >= shown && i + 1 < count) continue;
    text += i == 0 ? "" : i > shown ? ", ..., " : ", ";
    text += emission.events[channel.first_event + i];
  }
  return comment(text);
}

void dispatch(std::string& out, const Emission& emission, const std::string& method) {
  HookTypes types(emission);
  for (std::size_t c = 0; c < emission.channels.size(); ++c) {
    const Channel& channel = emission.channels[c];
    for (std::size_t i = 0; i < channel.events.size(); ++i)
      fmt::format_to(Out(out), "    case {}: return {}_{}({});\n", channel.first_event + i, method, channel.identifier,
                     types.arguments(c, channel.events[i]));
  }
}

void write_attached(std::string& out, const Emission& emission) {
  out +=
      "// The user's hooks, which are called from now on for what they override only: the others would do nothing.\n"
      "template <class User>\nstd::unique_ptr<User> attached(std::unique_ptr<User> user) {\n"
      "  static_assert(std::is_base_of_v<Hooks, User> && std::is_final_v<User>, \"the hooks are those of a final "
      "class\");\n"
      "  using tryst::runtime::is_inherited;\n";
  if (!emission.channels.empty())
    out += "  using tryst::runtime::Event;\n  using Call = tryst::runtime::Environment::Call;\n";
  const auto unneeded = [&](const std::string& method, const std::string& what) {
    fmt::format_to(Out(out),
                   "  if constexpr (requires {{ &User::{0}; }})\n"
                   "    if (is_inherited(&User::{0}, &Hooks::{0})) user->{1};\n",
                   method, what);
  };
  for (const Channel& channel : emission.channels)
    for (const auto& [prefix, call] : {std::pair("accepts_", "accepts"), std::pair("on_", "performed")})
      unneeded(prefix + channel.identifier,
               fmt::format("never_needs(Call::{}, Event{{{}}}, {})", call, channel.first_event, channel.events.size()));
  unneeded("choose", "never_chooses()");
  out += "  return user;\n}\n\n";
}

}  // namespace

std::string hooks_header(const Emission& emission) {
  std::string out = banner(emission, "The user's side of the program: derive from Hooks, override what you need.");
  out +=
      "//\n// For every visible channel there are two methods:\n"
      "//   accepts_c(...)   whether the outside takes part in this event now; by default, always. Asked before, "
      "perhaps\n"
      "//                    often; what it answers `false` to stays possible and is asked again\n"
      "//   on_c(...)        the event has happened\n"
      "// Which of the possible events happens is choose()'s decision, by default at random; wait() is called when "
      "the\n"
      "// outside accepts nothing that is possible (runtime/run.hpp). Nothing here can make the program leave its "
      "model.\n"
      "#pragma once\n\n#include <cstdint>\n#include <memory>\n#include <string_view>\n#include "
      "<type_traits>\n\n#include \"runtime/run.hpp\"\n\n";
  fmt::format_to(Out(out), "namespace {} {{\n\n", emission.name_space());
  const HookTypes types(emission);
  for (const auto& [type, enumeration] : types.enumerations()) {
    fmt::format_to(Out(out), "enum class {} {{\n", enumeration.name);
    for (const std::string& constant : enumeration.constants) fmt::format_to(Out(out), "  {},\n", constant);
    out += "};\n\n";
  }
  out += "class Hooks : public tryst::runtime::Environment {\n public:\n  using Environment::Environment;\n\n";
  for (std::size_t c = 0; c < emission.channels.size(); ++c) {
    const std::string parameters = types.parameters(c);
    const std::string& name = emission.channels[c].identifier;
    fmt::format_to(Out(out), "  // {}\n", events_text(emission, emission.channels[c]));
    fmt::format_to(Out(out), "  virtual bool accepts_{}({}) {{ return true; }}\n", name, parameters);
    fmt::format_to(Out(out), "  virtual void on_{}({}) {{}}\n\n", name, parameters);
  }
  out +=
      "  // The program has terminated.\n  virtual void terminated() {}\n\n"
      "  bool accepts(tryst::runtime::Event) final;\n  void performed(tryst::runtime::Event) final;\n};\n\n";
  write_attached(out, emission);
  fmt::format_to(Out(out), "}}  // namespace {}\n", emission.name_space());
  return out;
}

std::string hook_example(const Emission& emission) {
  if (emission.channels.empty()) return {};
  const std::string name = emission.channels[0].identifier;
  const std::string fields = HookTypes(emission).parameters(0);
  return fmt::format(R"(```cpp
class UserHooks final : public {0}::Hooks {{
 public:
  using Hooks::Hooks;
  bool accepts_{1}({2}) override {{ return is_open; }}        // not before the outside is ready
  void on_{1}({2}) override {{ std::puts("{3}"); is_open = false; }}
  bool wait() override {{ return is_open = true; }}       // nothing else is possible: now it is

 private:
  bool is_open = false;
}};
```
)",
                     emission.name_space(), name, fields, emission.channels[0].name);
}

std::string hooks_source(const Emission& emission) {
  std::string out = banner(emission, "From the events of the runtime to the methods of Hooks.");
  fmt::format_to(Out(out), "#include \"hooks.hpp\"\n\nnamespace {} {{\n\n", emission.name_space());
  out += "bool Hooks::accepts(tryst::runtime::Event event) {\n  switch (index(event)) {\n";
  dispatch(out, emission, "accepts");
  out +=
      "    default: return true;\n  }\n}\n\nvoid Hooks::performed(tryst::runtime::Event event) {\n  switch "
      "(index(event)) {\n"
      "    case 1: return terminated();\n";
  dispatch(out, emission, "on");
  fmt::format_to(Out(out), "    default: return;\n  }}\n}}\n\n}}  // namespace {}\n", emission.name_space());
  return out;
}

}  // namespace tryst::emitter
