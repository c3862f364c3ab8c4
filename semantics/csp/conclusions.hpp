// What the rules conclude about one term, in the order of the rules.
//
// A conclusion that keeps the operator is noted as a change of operands; finish() finds all these terms at once. Who
// wants some events only says so by only(), and has the terms found that it wants, one by one.
// Targets are put in their resolved form where that is known, so that a process met before adds no term.
#pragma once

#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "semantics/csp/terms.hpp"

namespace tryst::csp {

class TermGraph;

struct Move {
  EventId event;
  ProcessId target;
  friend auto operator<=>(const Move&, const Move&) = default;
};

class Conclusions {
 public:
  explicit Conclusions(TermGraph& graph) : graph_(graph) {}

  // The whole becomes `target`.
  void to(EventId, ProcessId target);
  // The operator stays, one operand becomes `target`.
  void under(EventId, std::size_t operand, ProcessId target);
  // The same for an operator that ✓ passes through: after ✓ the whole is Ω.
  void through(EventId, std::size_t operand, ProcessId target);
  // The operator stays, several operands change: positions ascending.
  void together(EventId, std::span<const Terms::Change>);

  // Until it is empty again, only these events are noted.
  using Wanted = std::function<bool(EventId)>;
  void only(Wanted wanted) { wanted_ = std::move(wanted); }
  bool wants(EventId event) const { return !wanted_ || wanted_(event); }

  // What has been noted about `term`, and where one of these moves leads.
  std::size_t size() const { return moves_.size(); }
  EventId event(std::size_t i) const { return moves_[i].event; }
  ProcessId target(Terms&, ProcessId term, std::size_t i);

  // Writes the moves of `term` to `out` and is empty again.
  void finish(Terms&, ProcessId term, std::vector<Move>& out);
  void clear();

 private:
  static constexpr std::size_t work_max = 1024;  // between two looks at the limits

  TermGraph& graph_;
  Wanted wanted_;            // none: all
  std::vector<Move> moves_;  // the target of a move under the operator is the number of its variant
  std::vector<bool> under_;  // which moves those are
  std::vector<Terms::Change> changes_;
  std::vector<Terms::Variant> variants_;
};

}  // namespace tryst::csp
