#include "semantics/csp/counting.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "semantics/csp/process_builder.hpp"

namespace tryst::csp {

namespace {

bool is_calculated(const Core& core, NodeId argument) {
  const Node& node = core.nodes[argument];
  switch (node.op) {
    case Op::delay: return is_calculated(core, core.codes[node.code].body);
    case Op::add:
    case Op::subtract:
    case Op::multiply: return true;
    default: return false;
  }
}

// Whether some call gives the parameter a number that is calculated. Where none does, as in PHIL(i) for i from a set,
// the parameter says which process it is, and counts nothing.
bool is_changed(const Core& core, CodeId process, std::size_t parameter) {
  for (std::uint32_t i = 0; i < core.nodes.size(); ++i) {
    const Node& node = core.nodes[static_cast<NodeId>(i)];
    if (node.op == Op::call && node.code == process && is_calculated(core, core.kids(node)[parameter])) return true;
  }
  return false;
}

}  // namespace

std::optional<CountingParameter> counting_parameter(Machine& machine, std::size_t from) {
  const ProcessBuilder& processes = machine.processes();
  const Values& values = machine.values();
  std::map<std::pair<CodeId, std::size_t>, std::unordered_set<std::int64_t>> met;
  const std::size_t end = std::min(processes.suspensions(), from + suspensions_looked_at);
  for (std::size_t i = from; i < end; ++i) {
    const auto suspension = processes.suspension(SuspensionId{static_cast<std::uint32_t>(i)});
    if (!suspension) continue;
    const auto& [id, held] = *suspension;
    const Code& code = machine.core().codes[id];
    if (code.name.empty()) continue;
    for (std::size_t p = 0; p < code.parameters; ++p) {
      const ValueId v = held[code.captures.size() + p];
      if (values.kind(v) == ValueKind::integer) met[{id, p}].insert(values.as_integer(v));
    }
  }
  std::optional<CountingParameter> found;
  for (const auto& [where, numbers] : met) {
    if (numbers.size() < counted_values_min || (found && found->values >= numbers.size())) continue;
    std::int64_t least = *numbers.begin(), most = least;
    for (const std::int64_t n : numbers) {
      least = std::min(least, n);
      most = std::max(most, n);
    }
    // Nearly all, because a search may have been stopped between two.
    const auto range = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
    if (range > numbers.size() + numbers.size() / 8 || !is_changed(machine.core(), where.first, where.second)) continue;
    found = CountingParameter{machine.core().codes[where.first].name, where.second + 1, numbers.size(), least, most};
  }
  return found;
}

}  // namespace tryst::csp
