#include "checker/pi/mentions.hpp"

#include <unordered_set>

namespace tryst::pi {

bool mentions(const Terms& terms, std::vector<TermId> open, const std::function<bool(TermId)>& predicate) {
  std::unordered_set<TermId> seen(open.begin(), open.end());
  while (!open.empty()) {
    const TermId t = open.back();
    open.pop_back();
    if (predicate(t)) return true;
    const auto meet = [&](TermId next) {
      if (seen.insert(next).second) open.push_back(next);
    };
    for (const TermId operand : terms.operands(t)) meet(operand);
    if (terms[t].kind == TermKind::call) meet(terms.body(static_cast<AgentId>(terms[t].count)));
  }
  return false;
}

}  // namespace tryst::pi
