#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "runtime/emitter/cxx_expressions.hpp"
#include "runtime/emitter/free_variables.hpp"
#include "runtime/emitter/indented_text.hpp"
#include "runtime/emitter/literals.hpp"
#include "runtime/emitter/project.hpp"
#include "runtime/emitter/write_datatypes.hpp"

namespace tryst::emitter {

namespace {

using Form = Process::Form;
using Out = std::back_insert_iterator<std::string>;

class FamilyWriter : IndentedText {
 public:
  explicit FamilyWriter(const Family& family)
      : family_(family),
        code_(family.code),
        layout_(family.layout),
        cxx_(code_),
        field_types_(field_types(code_)),
        is_static_(!layout_.is_sparse) {
    for (const Point& point : code_.points)
      for (const std::uint32_t v : point.variables)
        if (const auto [at, added] = members_.try_emplace({cxx_.variable(v), code_.variables[v].type}); added)
          at->second = member_names_.distinct(cxx_.variable(v));
  }

  std::string run(const std::vector<const Machine*>& machines) {
    out_ += datatypes_source(code_, cxx_);
    write_listed_values();
    if (is_static_) write_labels();
    write_unused_labels();
    write_functions();
    if (!is_static_) write_numbers(machines);
    line("struct Machine {{");
    ++depth_;
    write_members();
    if (!is_static_) {
      write_of();
      write_labels();
      line("");
    }
    for (const Point& point : code_.points) write_point(point);
    for (const Point& point : code_.points) write_constructor(point);
    write_moves();
    write_offers();
    write_where();
    --depth_;
    line("}};");
    std::string initial;
    for (const Machine* machine : machines) initial += fmt::format("  {},\n", begin(*machine));
    line("const std::array<Machine, {}> initial{{{{\n{}}}}};\n", machines.size(), initial);
    return std::move(out_);
  }

 private:
  std::string member(std::uint32_t v) const { return members_.at({cxx_.variable(v), code_.variables[v].type}); }

  // A state to begin in.
  std::string begin(const Machine& machine) const {
    const std::string of = is_static_ ? "Machine::" : fmt::format("Machine::of({}).", machine.instance);
    return of + go(machine.initial);
  }

  // The events of each component that begins in `initial`, by number.
  void write_numbers(const std::vector<const Machine*>& machines) {
    std::string all, lists;
    std::size_t count = 0;
    for (const Machine* machine : machines) {
      all += ' ';
      for (const std::uint32_t number : machine->numbers) all += fmt::format(" {},", number);
      all += '\n';
      lists += fmt::format("  std::span(numbers).subspan({}, {}),\n", count, machine->numbers.size());
      count += machine->numbers.size();
    }
    line("// By component: the numbers of its events, whose places are its labels from {} on.", layout_.first());
    line("constexpr std::array<std::uint32_t, {}> numbers{{{{\n{}}}}};", count, all);
    line("constexpr std::array<std::span<const std::uint32_t>, {}> numbers_of{{{{\n{}}}}};\n", machines.size(), lists);
  }

  std::string_view static_word() const { return is_static_ ? "static " : ""; }
  std::string_view const_word() const { return is_static_ ? "" : " const"; }

  std::string values_of(const std::string& channel, std::size_t field) {
    return fmt::format("values_of_{}_{}", channels_.of(channel), field + 1);
  }

  // What channels carry that is no number: the place of a value is its digit.
  void write_listed_values() {
    for (const LabelLayout::Channel& channel : layout_.channels)
      for (std::size_t i = 0; i < channel.fields.size(); ++i) {
        const LabelLayout::Field& field = channel.fields[i];
        if (!field.is_listed) continue;
        const DataType& type = field_types_.at(channel.name)[i];
        std::vector<Expression> values;
        for (const csp::EventField& value : field.values)
          values.push_back(*emitter::literal(value, type, code_.datatypes));
        line("const std::array<{}, {}> {}{{{{", cxx_.type(type), values.size(), values_of(channel.name, i));
        for (const Expression& value : values) line("  {},", cxx_(value));
        line("}}}};");
        listed_.try_emplace({type, cxx_.list(values)}, values_of(channel.name, i));
      }
  }

  // A channel's first number and its fields as digits; that is the label, or the label is its place.
  void write_labels() {
    if (!is_static_)
      line(
          "Label label(std::int64_t number) const {{\n"
          "  return Label{{{}place_among(numbers_of[instance], static_cast<std::uint32_t>(number))}};\n}}",
          layout_.first() == 0 ? "" : fmt::format("{} + ", layout_.first()));
    for (const LabelLayout::Channel& channel : layout_.channels) {
      std::string parameters, sum;
      std::int64_t constant = channel.first;
      std::int64_t stride = 1;
      bool has_lists = false;
      for (std::size_t i = channel.fields.size(); i-- > 0;) {
        const LabelLayout::Field& field = channel.fields[i];
        if (!field.is_listed) constant -= field.low * stride;
        has_lists = has_lists || field.is_listed;
        const std::string type =
            field.is_listed ? "const " + cxx_.type(field_types_.at(channel.name)[i]) + "&" : "std::int64_t";
        parameters = fmt::format("{} field{}{}", type, i + 1, parameters.empty() ? "" : ", ") + parameters;
        const std::string digit = field.is_listed
                                      ? fmt::format("place_among({}, field{})", values_of(channel.name, i), i + 1)
                                      : fmt::format("field{}", i + 1);
        sum = fmt::format(" + {}{}", stride == 1 ? "" : fmt::format("{} * ", stride), digit) + sum;
        stride *= field.count();
      }
      if (sum.empty() || constant != 0) sum.insert(0, std::to_string(constant));
      if (sum.starts_with(" + ")) sum.erase(0, 3);
      if (channel.fields.empty() && is_static_)
        line("constexpr Label {}() {{ return Label{{{}}}; }}", label_of(channel.name), sum);
      else if (is_static_)
        line("{} Label {}({}) {{ return Label{{static_cast<std::uint32_t>({})}}; }}",
             has_lists ? "inline" : "constexpr", label_of(channel.name), parameters, sum);
      else
        line("Label {}({}) const {{ return label({}); }}", label_of(channel.name), parameters, sum);
    }
  }

  // For channels that no state that is reached uses.
  void write_unused_labels() {
    for (const std::string& channel : layout_.never)
      line("template <class... Fields>\nLabel {}(Fields...) {{ return no_clause<Label>(); }}", label_of(channel));
  }

  std::string label_of(const std::string& channel) { return "label_" + channels_.of(channel); }

  void write_functions() {
    for (const Function& function : code_.functions) line("{};", signature(function));
    for (const Function& function : code_.functions)
      line("// {}\n{} {{ return {}; }}", comment(family_.lines.at(function.span.begin)), signature(function),
           cxx_(function.body));
  }

  std::string signature(const Function& function) const {
    const std::set<std::uint32_t> used = free_variables(function.body);
    std::string parameters;
    for (const std::uint32_t v : function.parameters)
      parameters += fmt::format("{}{} {}", parameters.empty() ? "" : ", ", cxx_.type(code_.variables[v].type),
                                used.contains(v) ? cxx_.variable(v) : "");
    return fmt::format("{} {}({})", cxx_.type(function.body.type), function.identifier, parameters);
  }

  void write_of() {
    line(
        "static Machine of(std::uint32_t number) {{\n  Machine start{{}};\n  start.instance = number;\n  return "
        "start;\n}}\n");
  }

  void write_members() {
    std::string points = "ended";
    for (const Point& point : code_.points) points += ", " + point.identifier;
    line("enum class Point : std::uint32_t {{ {} }};\n", points);
    // No padding between members: a state is its bytes.
    std::size_t small = 4;  // bytes of those that are not multiples of 8
    std::string eights, fours, ones;
    if (!is_static_) {
      fours = "std::uint32_t instance;\n";
      small += 4;
    }
    for (const auto& [variable, name] : members_) {
      const DataType& type = variable.second;
      const std::string declaration = fmt::format("{} {};\n", cxx_.type(type), name);
      if (!type.is_scalar() || type.kind == DataType::Kind::integer) {  // all that is no scalar is a multiple of 8
        eights += declaration;
      } else if (type.kind == DataType::Kind::enumeration) {
        fours += declaration;
        small += 4;
      } else {
        ones += declaration;
        ++small;
      }
    }
    std::string all = eights + "Point point;\n" + fours + ones;
    if (!eights.empty() || small > 4) {
      const std::size_t unit = eights.empty() ? 4 : 8;
      if (small % unit != 0) all += fmt::format("std::uint8_t padding[{}];\n", unit - small % unit);
    }
    line("{}", all);
  }

  std::string parameters(const Point& point, const std::set<std::uint32_t>& used) const {
    std::string result;
    for (const std::uint32_t v : point.variables)
      result += fmt::format("{}{}{}", result.empty() ? "" : ", ", cxx_.type(code_.variables[v].type),
                            used.contains(v) ? " " + cxx_.variable(v) : "");
    return result;
  }

  void write_constructor(const Point& point) {
    line("{}Machine to_{}({}){} {{\n  Machine next{{}};\n  next.point = Point::{};", static_word(), point.identifier,
         parameters(point, {point.variables.begin(), point.variables.end()}), const_word(), point.identifier);
    if (!is_static_) line("  next.instance = instance;");
    for (const std::uint32_t v : point.variables) line("  next.{} = {};", member(v), cxx_.variable(v));
    line("  return next;\n}}");
  }

  // Calls each(label, target) for everything that can be done; target() is the state that it leads to.
  void write_moves() {
    line("\ntemplate <class Each>\nvoid moves(Each each) const {{\n  switch (point) {{");
    if (layout_.ticks)
      line("    case Point::ended: return each(Label{{{}}}, [] {{ return Machine{{}}; }});", layout_.has_ended());
    else
      line("    case Point::ended: return;");
    for (const Point& point : code_.points) {
      std::string arguments;
      for (const std::uint32_t v : point.variables) arguments += member(v) + ", ";
      line("    case Point::{0}: return {0}({1}each);", point.identifier, arguments);
    }
    line("  }}\n}}\n");
  }

  // Where a state can do something in several ways, code names the event only.
  void write_offers() {
    if (!code_.repeats) {
      line("void offers(Offers& out) const {{\n  moves([&](Label label, const auto&) {{ out.add(label); }});\n}}");
      return line(
          "void fire(Label label) {{\n  Machine next = *this;\n  moves([&](Label possible, const auto& target) {{\n"
          "    if (possible == label) next = target();\n  }});\n  *this = next;\n}}\n");
    }
    const std::string ways =
        fmt::format("LabelWays<Machine> ways({}, {});", layout_.first(),
                    layout_.is_sparse ? "numbers_of[instance].size()" : std::to_string(layout_.width(0)));
    line(
        "void offers(Offers& out) const {{\n  {}\n  moves([&](Label event, const auto& target) {{\n"
        "    if (const auto label = ways.next(event, target())) out.add(*label);\n  }});\n}}",
        ways);
    line(
        "void fire(Label label) {{\n  Machine next = *this;\n  {}\n  moves([&](Label event, const auto& target) {{\n"
        "    const Machine after = target();\n    if (ways.next(event, after) == label) next = after;\n  }});\n"
        "  *this = next;\n}}\n",
        ways);
  }

  void write_where() {
    line("std::string where() const {{\n  switch (point) {{\n    case Point::ended: return \"ended\";");
    for (const Point& point : code_.points) {
      std::string arguments;
      for (const std::uint32_t v : point.variables)
        arguments += fmt::format("{}text({})", arguments.empty() ? "" : ", ", member(v));
      const std::string place = family_.places.at(point.span.begin);
      if (point.name.empty())
        line("    case Point::{}: return {};", point.identifier, literal(place));
      else
        line("    case Point::{}: return call_text({}, {{{}}}) + {};", point.identifier, literal(point.name), arguments,
             literal(", " + place));
    }
    line("  }}\n  return {{}};\n}}");
  }

  void write_point(const Point& point) {
    line("// {}", comment(family_.lines.at(point.span.begin)));
    const std::string list = parameters(point, free_variables(point.body));
    line("template <class Each>\n{}void {}({}{}{}){} {{", static_word(), point.identifier, list,
         list.empty() ? "" : ", ", point.body.form == Form::stop ? "Each" : "Each each", const_word());
    ++depth_;
    head(point.body);
    --depth_;
    line("}}\n");
  }

  void head(const Process& process) {
    switch (process.form) {
      case Form::stop: return;
      case Form::failure: return line("no_clause<void>();");
      case Form::skip: return line("each(Label{{{}}}, [] {{ return Machine{{}}; }});", layout_.tick());
      case Form::prefix: return communicate(process, 0);
      case Form::external:
      case Form::together:
        for (const Process& operand : process.operands) head(operand);
        return;
      case Form::internal:
        for (std::size_t i = 0; i < process.operands.size(); ++i)
          move(fmt::format("Label{{{}}}", code_.repeats ? 0 : i), process.operands[i]);
        return;
      case Form::conditional: {
        line("if ({}) {{", cxx_(process.condition));
        inside([&] { head(process.operands[0]); });
        if (process.operands[1].form != Form::stop) {
          line("}} else {{");
          inside([&] { head(process.operands[1]); });
        }
        return line("}}");
      }
      case Form::let:
        line("{{\n  const {} {} = {};", cxx_.type(process.condition.type), cxx_.variable(process.variable),
             cxx_(process.condition));
        inside([&] { head(process.operands[0]); });
        return line("}}");
      case Form::call: {
        const std::string arguments = cxx_.list(process.arguments);
        return line("{}({}{}each);", code_.points[process.point].identifier, arguments, arguments.empty() ? "" : ", ");
      }
      case Form::each:
        loop(process.variable, process.domain, free_variables(process.operands[0]).contains(process.variable));
        inside([&] { head(process.operands[0]); });
        return line("}}");
      case Form::each_internal:
        if (!code_.repeats) line("std::uint32_t choice = 0;");
        loop(process.variable, process.domain, free_variables(process.operands[0]).contains(process.variable));
        inside([&] { move(code_.repeats ? "Label{0}" : "Label{choice++}", process.operands[0]); });
        return line("}}");
    }
  }

  template <class Body>
  void inside(Body body) {
    ++depth_;
    body();
    --depth_;
  }

  // Opens a loop; `used`: the variable occurs inside.
  void loop(std::uint32_t variable, const Domain& domain, bool used) {
    open_loop(variable, domain, used || !domain.filters.empty());
    for (const Expression& filter : domain.filters) inside([&] { line("if (!({})) continue;", cxx_(filter)); });
  }

  void open_loop(std::uint32_t variable, const Domain& domain, bool used) {
    const std::string& name = cxx_.variable(variable);
    const std::string type = cxx_.type(code_.variables[variable].type);
    if (domain.is_range)
      return line("for (std::int64_t {0} = {1}; {0} <= {2}; ++{0}) {{", name, cxx_(domain.values[0]),
                  cxx_(domain.values[1]));
    const std::string element = (used ? "const " : "[[maybe_unused]] const ") + type +
                                (code_.variables[variable].type.is_scalar() ? " " : "& ") + name;
    if (domain.is_set) return line("for ({} : {}) {{", element, cxx_(domain.values[0]));
    std::vector<std::int64_t> numbers;
    for (const Expression& value : domain.values)
      if (value.op == Expression::Op::literal && type == "std::int64_t") numbers.push_back(value.number);
    const bool is_run = numbers.size() > 2 && numbers.size() == domain.values.size() &&
                        numbers.back() - numbers.front() == static_cast<std::int64_t>(numbers.size()) - 1;
    if (is_run)
      return line("for (std::int64_t {0} = {1}; {0} <= {2}; ++{0}) {{", name, numbers.front(), numbers.back());
    const std::string values = cxx_.list(domain.values);
    if (const auto listed = listed_.find({code_.variables[variable].type, values}); listed != listed_.end())
      return line("for ({} : {}) {{", element, listed->second);
    line("for ({} : {}{{{}}}) {{", element, are_ints(domain) ? "" : fmt::format("std::initializer_list<{}>", type),
         values);
  }

  // What a list in braces takes for integers of one type without being told.
  static bool are_ints(const Domain& domain) {
    return !domain.values.empty() && std::ranges::all_of(domain.values, [](const Expression& e) {
      return e.op == Expression::Op::literal && std::in_range<std::int32_t>(e.number);
    });
  }

  void communicate(const Process& prefix, std::size_t input) {
    if (input < prefix.inputs.size()) {
      loop(prefix.inputs[input].variable, prefix.inputs[input].domain, true);
      inside([&] { communicate(prefix, input + 1); });
      return line("}}");
    }
    std::string arguments;
    for (const Expression& field : prefix.fields) arguments += (arguments.empty() ? "" : ", ") + cxx_.number(field);
    move(fmt::format("{}({})", label_of(prefix.channel), arguments), prefix.operands[0]);
  }

  void move(const std::string& label, const Process& target) {
    if (target.form == Form::call) return line("each({}, [&] {{ return {}; }});", label, go(target));
    line("each({}, [&] {{", label);
    inside([&] { decide(target); });
    line("}});");
  }

  void decide(const Process& target) {
    if (target.form == Form::conditional) {
      line("if ({}) {{", cxx_(target.condition));
      inside([&] { decide(target.operands[0]); });
      line("}}");
      return decide(target.operands[1]);
    }
    if (target.form == Form::let) {
      line("const {} {} = {};", cxx_.type(target.condition.type), cxx_.variable(target.variable),
           cxx_(target.condition));
      return decide(target.operands[0]);
    }
    line("return {};", go(target));
  }

  std::string go(const Process& target) const {
    return fmt::format("to_{}({})", code_.points[target.point].identifier, cxx_.list(target.arguments));
  }

  const Family& family_;
  const MachineCode& code_;
  const LabelLayout& layout_;
  CxxExpressions cxx_;
  const std::map<std::string, std::vector<DataType>> field_types_;   // by channel
  std::map<std::pair<std::string, DataType>, std::string> members_;  // by variable: its name in the struct
  std::map<std::pair<DataType, std::string>, std::string> listed_;   // by type and elements: the name of the list
  Identifiers member_names_;
  Identifiers channels_;
  const bool is_static_;  // no member function depends on the component; else `instance` says which it is
};

}  // namespace

std::string family_struct(const Family& family, const std::vector<const Machine*>& machines) {
  return FamilyWriter(family).run(machines);
}

}  // namespace tryst::emitter
