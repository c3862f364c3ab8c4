// One sequential process as a symbolic transition graph: locations with integer variables, and guarded edges.
//
// A location is a state in which integers are variables: the shape of everything else is part of the location. Integers
// that take few values stay in the shape, so `P(id, n)` of one component keeps its `id`; one that takes more than
// `values_kept` becomes a variable wherever it stands in states of that shape, and the graph is made again.
// A sequence stays in the shape, too, as long as there are few locations; if there are many, one that has more than
// `lengths_kept` lengths becomes words (symbolic_words.hpp), whose layout and ranges grow until all elements fit.
// An edge gives the variables of its target values, in which other variables stand for what is received.
// Throws NotSymbolic, also where there are too many locations (a sequence that grows without bound); LimitReached.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "semantics/csp/symbolic_machine.hpp"

namespace tryst::csp {

class SymbolicComponent {
 public:
  static constexpr std::size_t locations_max = 500;
  static constexpr std::size_t values_kept = 4;
  static constexpr std::size_t locations_with_sequences = 64;
  static constexpr std::size_t lengths_kept = 4;

  using Values = std::vector<std::pair<VariableId, ExpressionId>>;

  struct Edge {
    SymbolicMachine::Offer offer;
    std::uint32_t target;
    Values values;  // of the target's variables
  };
  struct Location {
    SymbolicId shape;
    std::vector<VariableId> variables;
    std::vector<Edge> edges{};
    std::vector<SymbolicMachine::Fault> faults{};
  };

  // `merged` is that of SymbolicMachine::offers().
  SymbolicComponent(SymbolicMachine&, SymbolicId initial, bool merged, std::string name);

  const std::string& name() const { return name_; }
  const std::vector<Location>& locations() const { return locations_; }
  // Of the first location.
  const Values& initial_values() const { return initial_values_; }
  std::uint32_t ended() const { return ended_; }  // the location after ✓; none: no_location
  static constexpr std::uint32_t no_location = 0xffffffff;

 private:
  struct Widening {
    std::vector<std::set<ValueId>> seen;
    std::vector<bool> is_variable;
  };
  // A place for a sequence in the states of an outline.
  struct Sequence {
    std::set<std::size_t> lengths;
    bool is_word = false;
    std::map<SymbolicId, std::vector<WordRange>> shapes;  // of elements, with the ranges of their integers
    std::size_t growths = 0;                              // of ranges
    std::optional<std::uint32_t> base;                    // with this layout
  };
  struct Found {
    std::uint32_t location;
    Values values;
  };

  bool build(SymbolicId initial, bool merged);
  void build_without_words(SymbolicId initial, bool merged, const NotSymbolic& reason);
  // `guard` is what is known where the state is reached.
  Found locate(SymbolicId state, ExpressionId guard);
  // The state with words for sequences, whose columns are added to the values; none: the graph has to be made again.
  std::optional<SymbolicId> with_words(SymbolicId state, ExpressionId guard, Values&);
  void learn(Sequence&, const std::vector<SymbolicId>& pieces, ExpressionId guard);
  void learn(Sequence&, SymbolicId shape, const std::vector<WordRange>&);
  WordLayout layout_of(const Sequence&) const;
  void ask_for_words();
  // The state rebuilt around what `integer` makes of its integers, and `sequence` of its sequences, in order; none:
  // what is in the sequence.
  template <class Integer, class Sequences>
  SymbolicId rebuilt(SymbolicId, const Integer&, const Sequences&);

  SymbolicMachine& machine_;
  std::string name_;
  std::vector<Location> locations_;
  std::vector<VariableId> variables_;
  Values initial_values_;
  std::map<SymbolicId, std::uint32_t> numbers_;            // by shape
  std::map<SymbolicId, Widening> widenings_;               // by the state with all integers left out
  std::map<SymbolicId, std::vector<Sequence>> sequences_;  // by the state with integers and sequences left out
  bool may_use_words_ = true;
  bool wants_words_ = false;
  bool again_ = false;
  std::uint32_t ended_ = no_location;
};

}  // namespace tryst::csp
