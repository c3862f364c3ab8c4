#include "checker/answer.hpp"

#include "checker/trace_search.hpp"

namespace tryst {

bool is_different(const Evidence& evidence, std::span<const Evidence> others) {
  const auto trace = visible_trace(evidence.path);
  for (const Evidence& other : others) {
    const bool same = other.kind == evidence.kind && other.refused == evidence.refused &&
                      other.refusals == evidence.refusals &&
                      (evidence.kind != EvidenceKind::revival || other.accepted == evidence.accepted) &&
                      visible_trace(other.path) == trace;
    if (same) return false;
  }
  return true;
}

}  // namespace tryst
