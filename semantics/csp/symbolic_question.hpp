// A refinement of traces, or freedom of deadlock or divergence, of processes with unbounded integers → a SymbolicProblem.
//
// The controls are the combinations of the components' locations that guards do not rule out by themselves. In a
// refinement the specification takes part in every visible event, and an event that it cannot perform is a fault. For
// that it must be deterministic: where two of its moves may be open to one event, `ambiguities()` says under which
// condition, and the caller must refute it.
// Throws NotSymbolic, ScriptError and LimitReached. The evaluator must outlive it. Threads: none.
#pragma once

#include <memory>
#include <optional>

#include "semantics/csp/evaluator.hpp"
#include "semantics/csp/symbolic_network.hpp"
#include "semantics/symbolic/symbolic_problem.hpp"

namespace tryst::csp {

// Of one process: whether deadlocks, and divergences, are bad. A refinement is of traces.
struct SymbolicAsked {
  std::optional<ExprId> specification;
  ExprId implementation;
  bool deadlock_is_bad = false;
  bool divergence_is_bad = false;
};

class SymbolicQuestion {
 public:
  static constexpr std::size_t controls_max = 5'000;
  static constexpr std::size_t steps_max = 50'000;

  SymbolicQuestion(Evaluator&, const SymbolicAsked&, SymbolicNetwork::Place);

  Expressions& expressions() { return expressions_; }
  const SymbolicProblem& problem() const { return problem_; }
  const std::vector<ExpressionId>& ambiguities() const { return ambiguities_; }

 private:
  using Offer = SymbolicMachine::Offer;
  using Move = SymbolicNetwork::Move;
  struct Control {
    SymbolicNetwork::State implementation, specification;
    friend auto operator<=>(const Control&, const Control&) = default;
  };

  void build();
  void expand(std::uint32_t);
  void add_step(std::uint32_t from, const Move&, const SymbolicNetwork::State& specification);
  void follow(std::uint32_t from, const Move&);
  ExpressionId accepts(const Move& event, const Move& specification);
  void find_ambiguities(const std::vector<Move>&);
  std::uint32_t number(const Control&);
  std::uint32_t label(const Move&);

  Expressions expressions_;
  std::unique_ptr<SymbolicMachine> machine_;
  std::unique_ptr<SymbolicNetwork> implementation_, specification_;
  SymbolicProblem problem_;
  std::vector<Control> controls_;
  std::map<Control, std::uint32_t> numbers_;
  std::map<SymbolicNetwork::State, std::vector<Move>> specification_moves_;
  std::vector<ExpressionId> ambiguities_;
  std::size_t steps_ = 0;
};

}  // namespace tryst::csp
