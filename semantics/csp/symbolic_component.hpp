// One sequential process as a symbolic transition graph: locations with integer variables, and guarded edges.
//
// A location is a state in which integers are variables: the shape of everything else is part of the location. Integers
// that take few values stay in the shape, so `P(id, n)` of one component keeps its `id`; one that takes more than
// `values_kept` becomes a variable wherever it stands in states of that shape, and the graph is made again.
// The variables of a location are the first of the component's; an edge gives those of its target values, in which
// other variables stand for what is received.
// Throws NotSymbolic, also where there are too many locations (a sequence that grows without bound); LimitReached.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "semantics/csp/symbolic_machine.hpp"

namespace tryst::csp {

class SymbolicComponent {
 public:
  static constexpr std::size_t locations_max = 500;
  static constexpr std::size_t values_kept = 4;

  struct Edge {
    SymbolicMachine::Offer offer;
    std::uint32_t target;
    std::vector<ExpressionId> values;  // of the target's variables
  };
  struct Location {
    SymbolicId shape;
    std::size_t variables;
    std::vector<Edge> edges{};
    std::vector<SymbolicMachine::Fault> faults{};
  };

  // `merged` is that of SymbolicMachine::offers().
  SymbolicComponent(SymbolicMachine&, SymbolicId initial, bool merged, std::string name);

  const std::string& name() const { return name_; }
  const std::vector<Location>& locations() const { return locations_; }
  VariableId variable(std::size_t i) const { return variables_[i]; }
  // Of the first location.
  const std::vector<ExpressionId>& initial_values() const { return initial_values_; }
  std::uint32_t ended() const { return ended_; }  // the location after ✓; none: no_location
  static constexpr std::uint32_t no_location = 0xffffffff;

 private:
  struct Widening {
    std::vector<std::set<ValueId>> seen;
    std::vector<bool> is_variable;
  };
  struct Found {
    std::uint32_t location;
    std::vector<ExpressionId> values;
  };

  bool build(SymbolicId initial, bool merged);
  Found locate(SymbolicId state);
  // Integers of the state, in order, with the state rebuilt around what `replace` makes of them.
  template <class Replace>
  SymbolicId rebuilt(SymbolicId, const Replace&);

  SymbolicMachine& machine_;
  std::string name_;
  std::vector<Location> locations_;
  std::vector<VariableId> variables_;
  std::vector<ExpressionId> initial_values_;
  std::map<SymbolicId, std::uint32_t> numbers_;  // by shape
  std::map<SymbolicId, Widening> widenings_;     // by the state with all integers left out
  bool again_ = false;
  std::uint32_t ended_ = no_location;
};

}  // namespace tryst::csp
