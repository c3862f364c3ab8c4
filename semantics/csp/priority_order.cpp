#include "semantics/csp/priority_order.hpp"

namespace tryst::csp {

PriorityOrder::PriorityOrder(TermGraph& graph, ProcessId term) : terms_(graph.terms()), term_(graph.terms()[term]) {
  if (term_.op == Operator::prioritise_po) above_ = graph.transitive_closure(term_.relation);
}

std::optional<std::uint32_t> PriorityOrder::grade(EventId e, PriorityLayer& layer) {
  if (layer.grades.empty()) layer.grades.push_back({{}, false});
  if (!is_visible(e)) return PriorityLayer::grade_of_tau;
  return term_.op == Operator::prioritise_po ? grade_by_relation(e, layer) : grade_by_sets(e, layer);
}

std::optional<std::uint32_t> PriorityOrder::grade_by_sets(EventId e, PriorityLayer& layer) const {
  for (std::uint32_t i = 0; i < term_.sets.size(); ++i) {
    if (!terms_.contains(term_.sets[i], e)) continue;
    for (auto grade = static_cast<std::uint32_t>(layer.grades.size()); grade <= i; ++grade) {
      layer.grades.push_back({{}, true});
      for (std::uint32_t above = 0; above < grade; ++above) layer.grades[grade].above.push_back(above);
    }
    return i;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> PriorityOrder::grade_by_relation(EventId e, PriorityLayer& layer) {
  if (const auto known = grades_.find(e); known != grades_.end()) return known->second;
  const auto higher = terms_.alphabets().preimages(above_, e);  // pairs (e, higher)
  const auto lower = terms_.alphabets().images(above_, e);      // pairs (e, lower)
  const bool is_below_tau = terms_.contains(term_.sets[0], e) && !terms_.contains(term_.sets[1], e);
  if (higher.empty() && lower.empty() && !is_below_tau) return std::nullopt;
  const auto grade = static_cast<std::uint32_t>(layer.grades.size());
  layer.grades.push_back({{}, is_below_tau || !higher.empty()});
  if (is_below_tau) layer.grades[grade].above.push_back(PriorityLayer::grade_of_tau);
  for (const auto& [own, other] : higher)
    if (const auto known = grades_.find(other); known != grades_.end())
      layer.grades[grade].above.push_back(known->second);
  for (const auto& [own, other] : lower)
    if (const auto known = grades_.find(other); known != grades_.end())
      layer.grades[known->second].above.push_back(grade);
  grades_.emplace(e, grade);
  return grade;
}

}  // namespace tryst::csp
