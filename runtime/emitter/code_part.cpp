#include "runtime/emitter/code_part.hpp"

namespace tryst::emitter {

namespace {

void collect_points(const Process& process, std::vector<std::uint32_t>& found) {
  if (process.point != Process::no_point) found.push_back(process.point);
  for (const Process& operand : process.operands) collect_points(operand, found);
}

}  // namespace

std::set<std::uint32_t> reachable_points(const MachineCode& code, const Process& target) {
  std::set<std::uint32_t> reached;
  std::vector<std::uint32_t> waiting;
  collect_points(target, waiting);
  while (!waiting.empty()) {
    const std::uint32_t point = waiting.back();
    waiting.pop_back();
    if (reached.insert(point).second) collect_points(code.points[point].body, waiting);
  }
  return reached;
}

CodePart::CodePart(const MachineCode& whole, const std::set<std::uint32_t>& points) : whole_(whole) {
  grow();
  for (const std::uint32_t p : points) {
    points_[p] = static_cast<std::uint32_t>(code_.points.size());
    code_.points.push_back(whole.points[p]);
    code_.points.back().identifier = names_.distinct(code_.points.back().identifier);
  }
  for (Point& point : code_.points) {
    for (std::uint32_t& v : point.variables) v = variable(v);
    renumber(point.body);
  }
  add_functions();
}

Process CodePart::target(Process of_whole) {
  grow();
  renumber(of_whole);
  add_functions();
  return of_whole;
}

// The whole may have grown.
void CodePart::grow() {
  points_.resize(whole_.points.size(), none);
  functions_.resize(whole_.functions.size(), none);
  variables_.resize(whole_.variables.size(), none);
  datatypes_.resize(whole_.datatypes.size(), none);
}

// Those that are wanted, and those that they want.
void CodePart::add_functions() {
  while (code_.functions.size() < functions_wanted_.size()) {
    Function copy = whole_.functions[functions_wanted_[code_.functions.size()]];
    copy.identifier = names_.distinct(copy.identifier);
    for (std::uint32_t& v : copy.parameters) v = variable(v);
    renumber(copy.body);
    code_.functions.push_back(std::move(copy));
  }
}

std::uint32_t CodePart::function(std::uint32_t f) {
  if (functions_[f] == none) {
    functions_[f] = static_cast<std::uint32_t>(functions_wanted_.size());
    functions_wanted_.push_back(f);
  }
  return functions_[f];
}

std::uint32_t CodePart::variable(std::uint32_t v) {
  if (variables_[v] == none) {
    variables_[v] = static_cast<std::uint32_t>(code_.variables.size());
    code_.variables.push_back(whole_.variables[v]);
    code_.variables.back().type = type(code_.variables.back().type);
  }
  return variables_[v];
}

DataType CodePart::type(DataType t) {
  for (DataType& part : t.parts) part = type(std::move(part));
  if (t.kind != DataType::Kind::enumeration && t.kind != DataType::Kind::datatype) return t;
  if (datatypes_[t.datatype] == none) {
    Datatype copy = whole_.datatypes[t.datatype];
    for (Datatype::Constructor& constructor : copy.constructors)
      for (DataType& field : constructor.fields) field = type(std::move(field));
    datatypes_[t.datatype] = static_cast<std::uint32_t>(code_.datatypes.size());
    code_.datatypes.push_back(std::move(copy));
  }
  t.datatype = datatypes_[t.datatype];
  return t;
}

void CodePart::renumber(Expression& e) {
  e.type = type(e.type);
  const auto number = static_cast<std::uint32_t>(e.number);
  if (e.op == Expression::Op::variable || e.op == Expression::Op::let) e.number = variable(number);
  if (e.op == Expression::Op::call) e.number = function(number);
  for (Expression& operand : e.operands) renumber(operand);
}

void CodePart::renumber(Domain& domain) {
  for (Expression& value : domain.values) renumber(value);
  for (Expression& filter : domain.filters) renumber(filter);
}

void CodePart::renumber(Process& process) {
  using Form = Process::Form;
  renumber(process.condition);
  renumber(process.domain);
  for (Expression& argument : process.arguments) renumber(argument);
  for (Process::Input& input : process.inputs) {
    renumber(input.domain);
    input.variable = variable(input.variable);
  }
  for (Expression& field : process.fields) renumber(field);
  if (process.form == Form::let || process.form == Form::each || process.form == Form::each_internal)
    process.variable = variable(process.variable);
  if (process.point != Process::no_point) process.point = points_[process.point];
  code_.repeats = code_.repeats || process.form == Form::together;
  for (Process& operand : process.operands) renumber(operand);
}

}  // namespace tryst::emitter
