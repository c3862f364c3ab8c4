#include "runtime/emitter/write_datatypes.hpp"

#include <fmt/format.h>

#include "runtime/emitter/indented_text.hpp"

namespace tryst::emitter {

namespace {

class DatatypesWriter : IndentedText {
 public:
  DatatypesWriter(const MachineCode& code, const CxxExpressions& cxx) : code_(code), cxx_(cxx) {}

  std::string run() {
    if (!code_.datatypes.empty()) line("using tryst::runtime::text;");
    for (std::uint32_t t = 0; t < code_.datatypes.size(); ++t) {
      const Datatype& type = code_.datatypes[t];
      if (is_enumeration(type))
        write_enumeration(t);
      else
        write_struct(t);
      write_text(t);
    }
    return std::move(out_);
  }

 private:
  void write_enumeration(std::uint32_t t) {
    line("enum class {} : std::uint32_t {{", cxx_.datatype(t));
    for (const std::string& constant : cxx_.constructors(t)) line("  {},", constant);
    line("}};");
  }

  std::string fields_type(const Datatype::Constructor& constructor) const {
    std::string types;
    for (const DataType& field : constructor.fields) types += (types.empty() ? "" : ", ") + cxx_.type(field);
    return fmt::format("Tuple<{}>", types);
  }

  void write_struct(std::uint32_t t) {
    const auto& names = cxx_.constructors(t);
    const auto& constructors = code_.datatypes[t].constructors;
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    line("struct {} {{\n  enum class Is : std::uint64_t {{ {} }};\n\n  Is is{{}};", cxx_.datatype(t), all);
    for (std::size_t c = 0; c < names.size(); ++c)
      if (!constructors[c].fields.empty()) line("  {} {}{{}};", fields_type(constructors[c]), names[c]);
    line("");
    for (std::size_t c = 0; c < names.size(); ++c) write_maker(t, c);
    line("  friend constexpr auto operator<=>(const {0}&, const {0}&) = default;\n}};", cxx_.datatype(t));
  }

  void write_maker(std::uint32_t t, std::size_t c) {
    const Datatype::Constructor& constructor = code_.datatypes[t].constructors[c];
    const std::string& name = cxx_.constructors(t)[c];
    std::string parameters, arguments;
    for (std::size_t i = 0; i < constructor.fields.size(); ++i) {
      const DataType& type = constructor.fields[i];
      const std::string_view comma = i == 0 ? "" : ", ";
      const std::string taken = type.is_scalar() ? cxx_.type(type) : "const " + cxx_.type(type) + "&";
      parameters += fmt::format("{}{} field{}", comma, taken, i + 1);
      arguments += fmt::format("{}field{}", comma, i + 1);
    }
    line("  static constexpr {0} make_{1}({2}) {{\n    {0} made;\n    made.is = Is::{1};", cxx_.datatype(t), name,
         parameters);
    if (!arguments.empty()) line("    made.{} = {}({});", name, fields_type(constructor), arguments);
    line("    return made;\n  }}");
  }

  void write_text(std::uint32_t t) {
    const auto& constructors = code_.datatypes[t].constructors;
    const bool has_fields = !is_enumeration(code_.datatypes[t]);
    const std::string& type = cxx_.datatype(t);
    line("[[maybe_unused]] std::string text({} value) {{\n  switch (value{}) {{",
         has_fields ? "const " + type + "&" : type, has_fields ? ".is" : "");
    for (std::size_t c = 0; c < constructors.size(); ++c) {
      const std::string& name = cxx_.constructors(t)[c];
      const std::string fields = constructors[c].fields.empty() ? "" : fmt::format(" + texts(value.{}, \".\")", name);
      const std::string text = literal(constructors[c].name + (fields.empty() ? "" : "."));
      line("    case {}::{}{}: return {}{};", type, has_fields ? "Is::" : "", name, text, fields);
    }
    line("  }}\n  return {{}};\n}}");
  }

  const MachineCode& code_;
  const CxxExpressions& cxx_;
};

}  // namespace

std::string datatypes_source(const MachineCode& code, const CxxExpressions& cxx) {
  return DatatypesWriter(code, cxx).run();
}

}  // namespace tryst::emitter
