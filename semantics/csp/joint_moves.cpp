#include "semantics/csp/joint_moves.hpp"

#include <algorithm>

#include "semantics/csp/rules.hpp"

namespace tryst::csp {

std::span<const Move> moves_on(std::span<const Move> moves, EventId event) {
  const auto before = [](const Move& move, EventId e) { return move.event < e; };
  const auto begin = std::lower_bound(moves.begin(), moves.end(), event, before);
  auto end = begin;
  while (end != moves.end() && end->event == event) ++end;
  return {begin, end};
}

void joint_by(const Step& step, std::span<const std::uint32_t> owners, EventId event, Conclusions& out) {
  if (!out.wants(event)) return;
  JointScratch& scratch = step.graph.joint_scratch();
  scratch.ranges.clear();
  scratch.changes.clear();
  for (const std::uint32_t owner : owners) {
    scratch.ranges.push_back(moves_on(step.moves(owner), event));
    if (scratch.ranges.back().empty()) return;
    scratch.changes.push_back({owner, scratch.ranges.back().front().target});
  }
  scratch.chosen.assign(owners.size(), 0);
  for (;;) {
    out.together(event, scratch.changes);
    step.graph.poll();
    std::size_t i = owners.size();  // the next combination: the last owner's choice changes first
    while (i > 0 && ++scratch.chosen[i - 1] == scratch.ranges[i - 1].size()) {
      scratch.chosen[i - 1] = 0;
      scratch.changes[i - 1].operand = scratch.ranges[i - 1].front().target;
      --i;
    }
    if (i == 0) return;
    scratch.changes[i - 1].operand = scratch.ranges[i - 1][scratch.chosen[i - 1]].target;
  }
}

void joint_by_all(const Step& step, EventSetId set, Conclusions& out) {
  const std::size_t operands = step.term.operands.size();
  std::vector<std::uint32_t>& all = step.graph.joint_scratch().all;
  while (all.size() < operands) all.push_back(static_cast<std::uint32_t>(all.size()));
  std::span<const Move> least = step.moves(0);  // what the others do alone need not be looked at
  for (std::size_t i = 1; i < operands; ++i)
    if (step.moves(i).size() < least.size()) least = step.moves(i);
  Alphabets::Membership is_joint(step.terms.alphabets(), set);
  for (std::size_t k = 0; k < least.size(); ++k) {
    const EventId a = least[k].event;
    if (k > 0 && least[k - 1].event == a) continue;
    if (is_joint(a)) joint_by(step, {all.data(), operands}, a, out);
  }
}

std::span<const std::uint32_t> Participants::of(EventId event, std::span<const EventSetId> sets, Alphabets& alphabets) {
  if (index(event) >= first_.size()) first_.resize(index(event) + 1, 0);
  std::uint32_t& first = first_[index(event)];
  if (first == 0) {
    const auto count_at = static_cast<std::uint32_t>(positions_.size());
    positions_.push_back(0);
    if (sets.size() > asked_max) {
      if (!index_) index_.emplace(alphabets, sets);
      index_->owners(event, positions_);
    } else {
      for (std::uint32_t i = 0; i < sets.size(); ++i)
        if (alphabets.contains(sets[i], event)) positions_.push_back(i);
    }
    positions_[count_at] = static_cast<std::uint32_t>(positions_.size()) - count_at - 1;
    first = count_at + 1;
  }
  return {positions_.data() + first, positions_[first - 1]};
}

}  // namespace tryst::csp
