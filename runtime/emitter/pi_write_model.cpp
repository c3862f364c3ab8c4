#include <fmt/format.h>

#include <algorithm>

#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/indented_text.hpp"
#include "runtime/emitter/pi_cxx.hpp"
#include "runtime/emitter/pi_project.hpp"
#include "runtime/emitter/pi_translate.hpp"
#include "runtime/emitter/project_text.hpp"

namespace tryst::emitter {

namespace {

using pi::SortKind;
using runtime::pi::Action;
using runtime::pi::Kind;

class ModelWriter : IndentedText {
 public:
  explicit ModelWriter(const PiEmission& emission) : emission_(emission), code_(emission.code) {
    for (std::uint32_t m = 0; m < code_.machines.size(); ++m)
      if (!code_.machines[m].points.empty()) machines_.push_back(m);
  }

  std::string run() {
    line("#include \"model.hpp\"\n\nnamespace {} {{\n\nnamespace {{\n\nusing namespace tryst::runtime::pi;\n",
         emission_.name_space());
    for (std::size_t type = 0; type < machines_.size(); ++type) write_struct(type);
    write_starters();
    for (const std::uint32_t m : machines_) write_code(code_.machines[m]);
    write_tables();
    line(
        "}}  // namespace\n\nconst Program program{{\n    {}, process_types, free_names, integers, {}, nullptr,\n"
        "    [](const void*, Next& next) {{ start_process(next); }}, {}}};\n\n}}  // namespace {}",
        literal(emission_.identifier), emission_.only_new_names ? "true" : "false", code_.arity_max,
        emission_.name_space());
    return std::move(out_);
  }

 private:
  const PiMachine& machine_of(const PiPoint& point) const { return code_.machines[point.machine]; }
  const std::string& member(const PiPoint& point, std::uint32_t v) const {
    return machine_of(point).members[machine_of(point).member_of.at(v)].identifier;
  }

  // --- structs

  void write_struct(std::size_t type) {
    const PiMachine& machine = code_.machines[machines_[type]];
    const std::uint32_t numbers = machine.count(SortKind::integer), names = machine.count(SortKind::name),
                        booleans = machine.count(SortKind::boolean);
    std::string points;
    for (const std::uint32_t p : machine.points) points += (points.empty() ? "" : ", ") + code_.points[p].identifier;
    line("// {}\nstruct {} {{", machine.text, machine.identifier);
    ++depth_;
    line("enum class Point : std::uint32_t {{ {} }};", points);
    line("static constexpr std::uint32_t type = {}, numbers = {}, names = {}, booleans = {};\n", type, numbers, names,
         booleans);
    const auto write_members = [&](SortKind kind) {
      for (const PiMachine::Member& m : machine.members)
        if (m.kind == kind) line("{} {};", cxx_type(kind), m.identifier);
    };
    write_members(SortKind::integer);
    line("Point point;");
    write_members(SortKind::name);
    write_members(SortKind::boolean);
    const std::uint32_t unit = numbers != 0 ? 8 : 4, bytes = 8 * numbers + 4 + 4 * names + booleans;
    if (bytes % unit != 0) line("std::uint8_t padding[{}];", unit - bytes % unit);
    line("");
    for (const std::uint32_t p : machine.points) write_constructor(code_.points[p], machine.identifier);
    line("template <class Each>\nvoid moves(Each& each) const;");
    line("void mentions(std::vector<Name>& out) const;\nvoid copy(Next& next) const;");
    --depth_;
    line("}};\n");
  }

  void write_constructor(const PiPoint& point, const std::string& type) {
    std::string parameters;
    for (const std::uint32_t v : point.members)
      parameters +=
          fmt::format("{}{} {}", parameters.empty() ? "" : ", ", cxx_type(code_.variables[v].kind), member(point, v));
    line("// {}: {}", point.place, point.text);
    line("static {} at_{}({}) {{\n  {} next{{}};\n  next.point = Point::{};", type, point.identifier, parameters, type,
         point.identifier);
    for (const std::uint32_t v : point.members) line("  next.{0} = {0};", member(point, v));
    line("  return next;\n}}");
  }

  // --- what a state does

  void write_code(const PiMachine& machine) {
    line("template <class Each>\nvoid {}::moves(Each& each) const {{\n  switch (point) {{", machine.identifier);
    depth_ += 2;
    for (const std::uint32_t p : machine.points) write_point(code_.points[p]);
    depth_ -= 2;
    line("  }}\n}}\n");

    std::string cases;
    for (const std::uint32_t p : machine.points) {
      PiCxx cxx = at(code_.points[p]);
      std::string body;
      for (const PiMention& m : mentions(code_, code_.points[p], cxx)) {
        const std::string statement = m.names.find(',') == std::string::npos
                                          ? fmt::format("out.push_back({});", m.names)
                                          : fmt::format("out.insert(out.end(), {{{}}});", m.names);
        body +=
            m.condition.empty() ? "\n      " + statement : fmt::format("\n      if ({}) {}", m.condition, statement);
      }
      cases += fmt::format("\n    case Point::{}:{}\n      return;", code_.points[p].identifier, body);
    }
    const bool adds = cases.find("out.") != std::string::npos;
    line("void {}::mentions(std::vector<Name>&{}) const {{\n  switch (point) {{{}\n  }}\n}}\n", machine.identifier,
         adds ? " out" : "", cases);

    const bool lasts = std::ranges::any_of(machine.points, [&](std::uint32_t p) { return code_.points[p].lasts; });
    if (!lasts) {
      line("void {}::copy(Next&) const {{}}\n", machine.identifier);
      return;
    }
    line("void {}::copy(Next& next) const {{\n  switch (point) {{", machine.identifier);
    depth_ += 2;
    for (const std::uint32_t p : machine.points) {
      const PiPoint& point = code_.points[p];
      if (!point.lasts) continue;
      PiCxx cxx = at(point);
      Locals locals = locals_of(point);
      line("case Point::{}: {{", point.identifier);
      ++depth_;
      start(code_.nodes[point.node].operands[0], {}, cxx, locals, machine.identifier);
      --depth_;
      line("  return;\n}}");
    }
    line("default: return;");
    depth_ -= 2;
    line("  }}\n}}\n");
  }

  PiCxx at(const PiPoint& point) const {
    PiCxx cxx(code_);
    for (const std::uint32_t v : point.members) cxx.name(v, member(point, v));
    return cxx;
  }

  // Identifiers that are taken in a branch.
  using Locals = Identifiers;
  Locals locals_of(const PiPoint& point) const {
    Locals locals = names_for_processes();
    for (const std::uint32_t v : point.members) locals.distinct(member(point, v));
    return locals;
  }
  std::string local(std::uint32_t v, Locals& locals) const {
    return locals.distinct(variable_identifier(code_.variables[v].name));
  }

  void write_point(const PiPoint& point) {
    line("// {}: {}", point.place, point.text);
    line("case Point::{}:", point.identifier);
    ++depth_;
    for (const PiBranch& branch : point.branches) write_branch(point, branch);
    line("return;");
    --depth_;
  }

  void write_branch(const PiPoint& point, const PiBranch& branch) {
    PiCxx cxx = at(point);
    Locals locals = locals_of(point);
    const std::string condition = cxx.conditions(branch);
    if (!condition.empty()) {
      line("if ({})", condition);
      ++depth_;
    }
    std::string channel;
    if (branch.action != Action::silent) channel = cxx(branch.subject);
    for (const std::uint32_t v : branch.received) cxx.name(v, local(v, locals));
    const bool makes_what_it_sends = std::ranges::any_of(branch.created, [&](std::uint32_t v) {
      return std::ranges::any_of(branch.objects, [&](const PiValue& value) { return value.variable == v; });
    });
    for (const std::uint32_t v : branch.created) cxx.name(v, local(v, locals));

    // The statements first: they show which parameters are needed.
    std::string text = std::exchange(out_, {});
    cxx.forget_used();
    ++depth_;
    for (const std::uint32_t v : branch.created)
      line("const Name {} = next.fresh({});", cxx.identifier(v), literal(code_.variables[v].name));
    if (makes_what_it_sends)
      for (std::size_t i = 0; i < branch.objects.size(); ++i) line("sent[{}] = word({});", i, cxx(branch.objects[i]));
    for (const PiStart& each : branch.next) start(each.node, each.scope, cxx, locals, machine_of(point).identifier);
    --depth_;
    const std::string body = std::exchange(out_, std::move(text));

    std::string parameters =
        body.find("next.") != std::string::npos || body.find("(next") != std::string::npos ? "Next& next" : "Next&";
    std::string call;
    if (branch.action == Action::silent) {
      call = "each.silent(";
    } else if (branch.action == Action::receive) {
      call = fmt::format("each.receive({}, types<{}>, ", channel, kinds(branch));
      for (std::size_t i = 0; i < branch.received.size(); ++i) {
        const std::uint32_t v = branch.received[i];
        parameters += ", " + cxx_type(code_.variables[v].kind);
        if (cxx.used().contains(v)) parameters += " " + cxx.identifier(v);
      }
    } else if (makes_what_it_sends) {
      call = fmt::format("each.send_new({}, types<{}>, ", channel, kinds(branch));
      parameters += ", Word* sent";
    } else {
      std::string objects;
      for (const PiValue& value : branch.objects) objects += (objects.empty() ? "" : ", ") + cxx(value);
      call = fmt::format("each.send({}, message({}), ", channel, objects);
    }
    if (body.empty())
      line("{}[]({}) {{}});", call, parameters);
    else
      line("{}[&]({}) {{\n{}}});", call, parameters, indented_less(body));
    if (!condition.empty()) --depth_;
  }

  // Written with the present depth already, which line() would add again.
  std::string indented_less(const std::string& text) const {
    std::string result;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string_view one = std::string_view(text).substr(begin, end - begin);
      result += one.substr(std::min(2 * depth_, one.size()));
      result += '\n';
      begin = end + 1;
    }
    return result;
  }

  std::string kinds(const PiBranch& branch) const {
    std::string text;
    for (const Kind kind : branch.kinds) text += (text.empty() ? "" : ", ") + cxx_type(static_cast<SortKind>(kind));
    return text;
  }

  // --- what comes after

  // Statements that start the processes of a node, its variables as the scope says. `inside`: the struct whose member
  // function this is; empty: none.
  void start(std::uint32_t node, PiScope scope, PiCxx& cxx, Locals& locals, const std::string& inside) {
    const PiNode& n = code_.nodes[node];
    switch (n.form) {
      case PiForm::nil: return;
      case PiForm::parallel:
        for (const std::uint32_t operand : n.operands) start(operand, scope, cxx, locals, inside);
        return;
      case PiForm::restriction:
        for (const std::uint32_t v : n.variables) {
          cxx.name(v, local(v, locals));
          scope[v] = PiValue{SortKind::name, v, 0, {}};
          line("const Name {} = next.fresh({});", cxx.identifier(v), literal(code_.variables[v].name));
        }
        return start(n.operands[0], scope, cxx, locals, inside);
      case PiForm::compare: return start_compared(node, scope, cxx, locals, inside);
      case PiForm::call: {
        const PiAgent& agent = code_.agents[n.agent];
        std::string arguments;
        for (const PiValue& v : n.values) arguments += (arguments.empty() ? "" : ", ") + cxx(substituted(v, scope));
        if (agent.is_state) return go(code_.points[code_.agent_point.at(n.agent)], arguments, inside);
        return line("start_{}(next{}{});", agent.identifier, arguments.empty() ? "" : ", ", arguments);
      }
      default: return go_to(node, scope, cxx, inside);
    }
  }

  void start_compared(std::uint32_t node, const PiScope& scope, PiCxx& cxx, Locals& locals, const std::string& inside) {
    const PiNode& n = code_.nodes[node];
    const PiValue left = substituted(n.values[0], scope), right = substituted(n.values[1], scope);
    const bool of_names = n.values[0].kind == SortKind::name;
    line("if ({}) {{", cxx.condition(n.comparison, left, right, false));
    ++depth_;
    if (of_names && n.comparison == pi::ProcKind::mismatch)
      go_to(node, scope, cxx, inside);
    else
      start(n.operands[0], scope, cxx, locals, inside);
    --depth_;
    if (of_names && n.comparison == pi::ProcKind::match) {
      line("}} else {{");
      ++depth_;
      go_to(node, scope, cxx, inside);
      --depth_;
    }
    line("}}");
  }

  void go_to(std::uint32_t node, const PiScope& scope, PiCxx& cxx, const std::string& inside) {
    const PiPoint& point = code_.points[code_.point_of.at(node)];
    std::string arguments;
    for (const std::uint32_t v : point.members) {
      const SortKind kind = code_.variables[v].kind;
      const PiValue itself = kind == SortKind::integer ? PiValue{kind, none, 0, {{v, 1}}} : PiValue{kind, v, 0, {}};
      arguments += (arguments.empty() ? "" : ", ") + cxx(substituted(itself, scope));
    }
    go(point, arguments, inside);
  }

  void go(const PiPoint& point, const std::string& arguments, const std::string& inside) {
    const std::string& type = machine_of(point).identifier;
    line("next.go({}at_{}({}));", type == inside ? "" : type + "::", point.identifier, arguments);
  }

  // Functions for the agents whose calls are several processes, or new names, or none.
  void write_starters() {
    const auto signature = [&](const PiAgent& agent, bool named) {
      std::string parameters;
      for (const std::uint32_t v : agent.parameters)
        parameters +=
            ", " + cxx_type(code_.variables[v].kind) + (named && is_free(v, agent.body) ? " " + parameter_.at(v) : "");
      return fmt::format("void start_{}(Next&{}{})", agent.identifier,
                         named && code_.nodes[agent.body].form != PiForm::nil ? " next" : "", parameters);
    };
    for (const PiAgent& agent : code_.agents) {
      if (agent.is_state) continue;
      Identifiers names = names_for_processes();
      for (const std::uint32_t v : agent.parameters)
        parameter_[v] = names.distinct(variable_identifier(code_.variables[v].name));
      line("[[maybe_unused]] {};", signature(agent, false));
    }
    for (const PiAgent& agent : code_.agents) {
      if (agent.is_state) continue;
      PiCxx cxx(code_);
      Identifiers locals = names_for_processes();
      for (const std::uint32_t v : agent.parameters) {
        cxx.name(v, parameter_.at(v));
        locals.distinct(parameter_.at(v));
      }
      line("\n// {}\n{} {{", agent.text, signature(agent, true));
      ++depth_;
      start(agent.body, {}, cxx, locals, "");
      --depth_;
      line("}}");
    }
    const bool is_nothing = code_.nodes[code_.initial].form == PiForm::nil;
    line("\nvoid start_process(Next&{}) {{", is_nothing ? "" : " next");
    PiCxx cxx(code_);
    Identifiers locals = names_for_processes();
    ++depth_;
    start(code_.initial, {}, cxx, locals, "");
    --depth_;
    line("}}\n");
  }

  bool is_free(std::uint32_t v, std::uint32_t node) const {
    return std::ranges::find(code_.nodes[node].free, v) != code_.nodes[node].free.end();
  }

  void write_tables() {
    for (const std::uint32_t m : machines_) {
      line("constexpr tryst::runtime::pi::Point points_{}[] = {{", code_.machines[m].identifier);
      for (const std::uint32_t p : code_.machines[m].points)
        line("    {{{}, {}}},", literal(code_.points[p].name + ", " + code_.points[p].place),
             code_.points[p].lasts ? "true" : "false");
      line("}};");
    }
    line("constexpr std::array<ProcessType, {}> process_types{{", machines_.size());
    for (const std::uint32_t m : machines_)
      line("    process_type<{0}>({1}, points_{0}),", code_.machines[m].identifier, literal(code_.machines[m].name));
    line("}};");
    std::string names, integers;
    for (const PiFreeName& free : code_.free_names) names += (names.empty() ? "" : ", ") + literal(free.name);
    for (const std::int64_t i : emission_.integers) integers += (integers.empty() ? "" : ", ") + std::to_string(i);
    line("constexpr std::array<const char*, {}> free_names{{{}}};", code_.free_names.size(), names);
    line("constexpr std::array<std::int64_t, {}> integers{{{}}};\n", emission_.integers.size(), integers);
  }

  const PiEmission& emission_;
  const PiCode& code_;
  std::vector<std::uint32_t> machines_;  // those with points: by type
  std::map<std::uint32_t, std::string> parameter_;
};

std::string banner(const PiEmission& emission, const std::string& what) {
  return banner_text(what, emission.tool, emission.operand, emission.verified);
}

}  // namespace

std::string model_header(const PiEmission& emission) {
  std::string out =
      banner(emission, "The processes of the model, and the names that the environment knows from the beginning.");
  out += "#pragma once\n\n#include \"runtime/pi_process.hpp\"\n\n";
  out += fmt::format("namespace {} {{\n\nnamespace outside {{\n", emission.name_space());
  for (std::size_t i = 0; i < emission.code.free_names.size(); ++i)
    out += fmt::format("inline constexpr tryst::runtime::pi::Name {}{{{}}};\n", emission.code.free_names[i].identifier,
                       i + 1);
  out += fmt::format(
      "}}  // namespace outside\n\nextern const tryst::runtime::pi::Program program;\n\n}}  // namespace {}\n",
      emission.name_space());
  return out;
}

std::string model_source(const PiEmission& emission) {
  return banner(emission,
                "A struct for each agent: the states of processes within its text. See runtime/pi_process.hpp.") +
         ModelWriter(emission).run();
}

}  // namespace tryst::emitter
