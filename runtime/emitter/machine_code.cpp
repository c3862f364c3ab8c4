#include "runtime/emitter/machine_code.hpp"

#include <algorithm>

namespace tryst::emitter {

namespace {

void collect(const Process& process, std::map<std::string, std::vector<DataType>>& found) {
  if (process.form == Process::Form::prefix)
    if (const auto [at, added] = found.try_emplace(process.channel); added)
      for (const Expression& field : process.fields) at->second.push_back(field.type);
  for (const Process& operand : process.operands) collect(operand, found);
}

}  // namespace

std::strong_ordering operator<=>(const DataType& a, const DataType& b) {
  if (const auto order = std::pair(a.kind, a.datatype) <=> std::pair(b.kind, b.datatype); order != 0) return order;
  return std::lexicographical_compare_three_way(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end());
}

bool is_enumeration(const Datatype& type) {
  return std::ranges::all_of(type.constructors, [](const Datatype::Constructor& c) { return c.fields.empty(); });
}

std::map<std::string, std::vector<DataType>> field_types(const MachineCode& code) {
  std::map<std::string, std::vector<DataType>> found;
  for (const Point& point : code.points) collect(point.body, found);
  return found;
}

}  // namespace tryst::emitter
