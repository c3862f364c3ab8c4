// A static network of sequential processes with integers that have no range, as moves with guards.
//
// Parallel operators, hiding, renaming, linking and interleaving over components (symbolic_component.hpp); a state
// gives each component a location, and says whether the whole has ended. Moves are composed when they are asked for,
// operator by operator, as the rules of rules.hpp say; ✓ is that of a distributed termination, except that the end of
// an inner parallel is not a step of its own. Throws NotSymbolic, ScriptError and LimitReached. Must be used on the
// machine's deep stack.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "semantics/csp/symbolic_component.hpp"

namespace tryst::csp {

class SymbolicNetwork {
 public:
  using Place = std::function<std::string(Span)>;  // "line 12"

  // Of an expression of the script, lowered; `merged` is that of SymbolicMachine::offers().
  SymbolicNetwork(SymbolicMachine&, CodeId, bool merged, Place);

  using State = std::vector<std::uint32_t>;  // by component, and 1 at the end when all has ended
  State initial() const;
  bool has_ended(const State&) const;
  std::vector<VariableId> variables(const State&) const;
  std::vector<std::pair<VariableId, ExpressionId>> initial_values() const;
  std::string text(const State&, const std::function<std::string(VariableId)>& name);

  struct Move {
    SymbolicMachine::Offer::Kind kind;
    SymbolicId event{};
    ValueId set{no_id<ValueId>};
    ExpressionId guard{};
    State target{};
    std::vector<std::pair<VariableId, ExpressionId>> updates{};
  };
  std::vector<Move> moves(const State&);
  std::vector<SymbolicMachine::Fault> faults(const State&) const;

  // What is received is replaced where an equation of the guard says what it is. `kept` are no such variables.
  void eliminate(Move&, const std::vector<VariableId>& kept);

 private:
  // Of a renaming or a link: the channel and the first fields of both sides. All that may follow is the same.
  struct Tie {
    std::vector<SymbolicId> left, right;
  };
  struct Tree {
    enum class Kind : std::uint8_t { leaf, interleave, parallel, alphabetised, hide, project, rename, link } kind;
    std::uint32_t component = 0;
    std::vector<Tree> children{};
    std::vector<ValueId> sets{};           // parallel, hide, project: one; alphabetised: one a child
    std::vector<std::vector<Tie>> ties{};  // rename: one list; link: one a child but the last, between it and the rest
  };
  Tree build(NodeId, SymbolicMachine::Frame&, std::size_t depth);
  std::vector<Tie> ties(const Node&, std::span<const NodeId> sides, SymbolicMachine::Frame&);
  static void check_links(const std::vector<Tie>&);
  Tree leaf(SymbolicId state, std::string name);
  std::vector<Move> moves(const Tree&, const State&);
  std::vector<Move> leaf_moves(std::uint32_t component, const State&);
  // Moves of two sides: together where both may, alone where `*_alone` says for the event, or for τ.
  struct Sharing {
    std::function<ExpressionId(const Move&)> together, left_alone, right_alone;
  };
  std::vector<Move> composed(const State&, const std::vector<Move>& left, const std::vector<Move>& right,
                             const Sharing&);
  ExpressionId membership(const Move&, ValueId set);
  std::vector<Move> renamed(const std::vector<Move>&, const std::vector<Tie>&);
  std::vector<Move> linked(const State&, const std::vector<Move>& left, const std::vector<Move>& right,
                           const std::vector<Tie>&);
  ExpressionId begins_with(const Move&, const std::vector<SymbolicId>& fields);
  std::string shape_text(SymbolicId, const std::function<std::string(VariableId)>& name);

  SymbolicMachine& machine_;
  bool merged_;
  Place place_;
  std::vector<std::unique_ptr<SymbolicComponent>> components_;
  Tree root_;
};

}  // namespace tryst::csp
