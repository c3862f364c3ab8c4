#include "semantics/csp/conclusions.hpp"

#include <algorithm>

#include "semantics/csp/term_graph.hpp"

namespace tryst::csp {

void Conclusions::to(EventId event, ProcessId target) {
  if (!wants(event)) return;
  moves_.push_back({event, graph_.known(target)});
  under_.push_back(false);
}

void Conclusions::under(EventId event, std::size_t operand, ProcessId target) {
  const Terms::Change change{static_cast<std::uint32_t>(operand), target};
  together(event, {&change, 1});
}

void Conclusions::through(EventId event, std::size_t operand, ProcessId target) {
  if (event == tick)
    to(tick, graph_.omega());
  else
    under(event, operand, target);
}

void Conclusions::together(EventId event, std::span<const Terms::Change> changes) {
  if (!wants(event)) return;
  moves_.push_back({event, static_cast<ProcessId>(variants_.size())});
  under_.push_back(true);
  variants_.push_back(
      {static_cast<std::uint32_t>(changes_.size()), static_cast<std::uint32_t>(changes.size()), no_id<ProcessId>});
  for (const Terms::Change& change : changes) changes_.push_back({change.position, graph_.known(change.operand)});
}

ProcessId Conclusions::target(Terms& terms, ProcessId term, std::size_t i) {
  if (!under_[i]) return moves_[i].target;
  const Terms::Variant variant = variants_[index(moves_[i].target)];
  return terms.with_operands(term, std::span(changes_).subspan(variant.first, variant.count));
}

void Conclusions::finish(Terms& terms, ProcessId term, std::vector<Move>& out) {
  // In portions, so that the moves of a very wide term do not outlast the limits.
  const std::size_t width = 1 + terms[term].operands.size() / 64;
  const std::size_t portion = std::max<std::size_t>(1, work_max / width);
  for (std::size_t first = 0; first < variants_.size(); first += portion) {
    const auto some = std::span(variants_).subspan(first, std::min(portion, variants_.size() - first));
    graph_.poll(static_cast<std::uint32_t>(some.size() * width));
    terms.find_variants(term, changes_, some);
  }
  for (std::size_t i = 0; i < moves_.size(); ++i)
    out.push_back({moves_[i].event, under_[i] ? variants_[index(moves_[i].target)].term : moves_[i].target});
  clear();
}

void Conclusions::clear() {
  wanted_ = nullptr;
  moves_.clear();
  under_.clear();
  changes_.clear();
  variants_.clear();
}

}  // namespace tryst::csp
