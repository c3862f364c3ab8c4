// Evaluates core (core.hpp) with integers that may be expressions, and finds what a process offers first.
//
// Evaluation goes along one *path*: where a condition with variables has to be decided, one answer is assumed, and the
// path is taken again with the other one (King, "Symbolic execution and program testing", CACM 1976). So every offer
// has a guard, a conjunction, and evaluation itself is as simple as the machine's. What is fully known is left to the
// machine. A mistake of the script on a path is a *fault* under its guard.
// Operands of a choice are explored apart, so their conditions do not multiply.
//   assumed_   the conditions of the path so far
//   decided_   the answers to be given by this run of the innermost for_each_path(), then those found to be open
// Throws NotSymbolic for what is beyond it, and LimitReached. All of it runs on the machine's deep stack.
// Threads: none.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "semantics/csp/machine.hpp"
#include "semantics/csp/symbolic_words.hpp"

namespace tryst::csp {

// Why something cannot be said in symbols, and the innermost expression that is at fault, if one is.
struct NotSymbolic {
  std::string reason;
  Span span{};
};

class SymbolicMachine {
 public:
  static constexpr std::size_t decisions_max = 48;  // of one path
  static constexpr std::size_t paths_max = 50'000;  // of one call of offers()
  static constexpr std::size_t calls_max = 400;     // inside one another
  static constexpr std::size_t listed_max = 64;     // values that are no integers, of one input

  SymbolicMachine(Machine& machine, Expressions& expressions)
      : machine_(machine), expressions_(expressions), values_(machine.values(), expressions) {}

  struct Frame {
    CodeId code;
    std::vector<SymbolicId> slots;
  };
  struct Offer {
    enum class Kind : std::uint8_t {
      tau,
      tick,
      event,   // `event`
      any_of,  // every event of `set`
    };
    Kind kind;
    SymbolicId event{};
    ValueId set{no_id<ValueId>};
    ExpressionId guard{};
    SymbolicId target{};
    Span span{};
  };
  struct Fault {
    ExpressionId guard;
    Diagnostic diagnostic;
  };
  struct Offers {
    std::vector<Offer> offers;
    std::vector<Fault> faults;
  };

  // Variables that `state` does not have stand for what is received. With `merged`, internal choices are offered as
  // external ones, which have the same traces.
  Offers offers(SymbolicId state, bool merged);
  // The named process with evaluated arguments that a state is just a call of, if under the guard that takes no
  // decision and does not go wrong; else the state. So `a -> P(n+1)` leads to P, whatever it captured.
  SymbolicId called(SymbolicId state, ExpressionId guard);

  // Evaluation along the current path.
  SymbolicId evaluate(NodeId, Frame&);
  SymbolicId evaluate_from(NodeId& at, Frame&);  // `at` follows what stands for the whole
  SymbolicId force(SymbolicId);
  Frame frame_of(const SymbolicNode& suspended);  // the frame that its code begins in
  // What is behind conditions, lets and clauses.
  NodeId head(NodeId, Frame&);
  SymbolicId substituted(SymbolicId value, const Expressions::Assignment&);
  void add_variables(SymbolicId value, std::vector<VariableId>& sorted) const;
  void add_integers(SymbolicId value, std::vector<ExpressionId>&);
  // The events {|..|} and other sets of a frame without variables.
  ValueId known_set(NodeId, Frame&);
  bool decide(ExpressionId);
  void bind_lets(const Node&, Frame&);
  NodeId choose_clause(const Node&, Frame&);
  // Every assignment of the steps' variables; what the steps range over must be known.
  void for_each(Range<StepId>, Frame&, const std::function<void()>& body);

  // As conditions: whether two values are equal, and whether one is in a set.
  ExpressionId equality(SymbolicId, SymbolicId);
  ExpressionId membership(SymbolicId, ValueId set);

  // Sequences of unknown length (symbolic_words.cpp). A sequence's pieces are elements, and bases.
  std::uint32_t add_base(WordLayout);
  const WordBase& base(std::uint32_t b) const { return bases_[b]; }
  bool is_sequence(SymbolicId) const;
  std::vector<SymbolicId> pieces(SymbolicId sequence);
  ExpressionId length(SymbolicId sequence);
  // The element with its integers left out, which are added to the list.
  SymbolicId shape_of(SymbolicId element, std::vector<ExpressionId>& integers);
  // By column. Every element's shape is in the layout, and so are those of the pieces' bases.
  std::vector<ExpressionId> columns(const std::vector<SymbolicId>& pieces, const WordLayout&);
  // Between which numbers it is: by the ranges of columns, and by what the condition says of variables.
  WordRange range_of(ExpressionId integer, ExpressionId condition) const;
  // What the ranges of columns decide is decided.
  ExpressionId simplified(ExpressionId condition);

  SymbolicValues& values() { return values_; }
  Expressions& expressions() { return expressions_; }
  Machine& machine() { return machine_; }

 private:
  void for_each_path(const std::function<void()>& body);

  // symbolic_machine.cpp
  SymbolicId evaluate_value(const Node&, Frame&);
  std::optional<SymbolicId> if_known(NodeId, Frame&);
  SymbolicId run(CodeId, std::span<const SymbolicId> arguments, std::span<const SymbolicId> captured);
  SymbolicId call(const Node&, Frame&);
  SymbolicId apply(const Node&, Frame&);
  SymbolicId builtin(Builtin, std::vector<SymbolicId> arguments);
  SymbolicId arithmetic(const Node&, Frame&);
  SymbolicId comparison(Op, SymbolicId, SymbolicId);
  SymbolicId delayed(NodeId, Frame&);
  SymbolicId closure(SymbolicKind, const Node&, const Frame&);
  SymbolicId process(NodeId, const Frame&);
  SymbolicId combined(SymbolicId dot, SymbolicId field);
  SymbolicId dotted(SymbolicId left, SymbolicId right);
  void bind_delayed(std::span<const NodeId>, std::span<const Slot>, Frame&);
  ExpressionId integer_of(SymbolicId);
  bool truth_of(SymbolicId);
  SymbolicId settled(SymbolicId);
  const std::vector<Slot>& slots_used(NodeId);

  // symbolic_words.cpp
  std::optional<SymbolicId> take(std::vector<SymbolicId>& pieces, bool in_front);
  SymbolicId element(WordPiece, bool in_front);
  SymbolicId filled(SymbolicId shape, const std::vector<ExpressionId>& integers, std::size_t& next);
  SymbolicId sequence_of(std::vector<SymbolicId> pieces);
  std::vector<ExpressionId> row_of(SymbolicId shape, const std::vector<ExpressionId>& integers, const WordLayout&);
  std::optional<WordLayout> layout_of(const std::vector<SymbolicId>& pieces) const;
  ExpressionId same_sequence(SymbolicId, SymbolicId);
  ExpressionId has_element(SymbolicId sequence, SymbolicId element);
  bool matches_word(const Match&, SymbolicId, Frame&);
  WordRange range_of_sum(ExpressionId integer, const std::vector<ExpressionId>& literals) const;

  // symbolic_match.cpp
  ExpressionId raw_membership(SymbolicId, ValueId set);
  bool matches(MatchId, SymbolicId, Frame&);
  bool matches_parts(std::span<const MatchId>, std::span<const SymbolicId>, Frame&);
  bool matches_dot(std::span<const MatchId>, SymbolicId, Frame&);
  ExpressionId listed(SymbolicId, std::span<const ValueId>);
  ExpressionId in_product(SymbolicId, std::span<const ValueId> factors);

  // symbolic_processes.cpp
  using List = std::vector<Offer>;
  void explore(SymbolicId state, List&);
  void explore(NodeId, Frame&, List&);
  void explore_known(ProcessId, List&);
  void explore_choice(const std::vector<SymbolicId>&, SymbolicKind, List&);
  void explore_internal(const std::vector<SymbolicId>&, const Node&, List&);
  void explore_prefix(NodeId, Frame&, List&);

  // symbolic_parallel.cpp
  List moves_of(SymbolicId part);
  void explore_parallel(SymbolicId state, List&);
  void explore_hiding(SymbolicId state, List&);
  SymbolicId parallel(NodeId, Frame&);
  struct PrefixWalk;
  SymbolicId with_part(SymbolicId process, std::size_t i, SymbolicId part);
  void add(List&, Offer::Kind, SymbolicId target, Span);

  Machine& machine_;
  Expressions& expressions_;
  SymbolicValues values_;
  std::vector<WordBase> bases_;
  std::map<VariableId, WordRange> ranges_;  // of columns
  std::unordered_map<NodeId, std::vector<Slot>> slots_used_;
  std::unordered_map<SymbolicId, SymbolicId> forced_;  // of delayed values that needed no decision

  std::vector<ExpressionId> assumed_;
  std::vector<bool> decided_;
  std::size_t next_decision_ = 0;
  std::size_t asked_ = 0;  // conditions that were not constant
  std::size_t paths_ = 0;
  std::size_t calls_ = 0;
  bool merged_ = false;
  std::vector<Fault> faults_;
};

}  // namespace tryst::csp
