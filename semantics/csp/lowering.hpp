// Typed script → core (core.hpp): names become slots, lets are sorted and lifted, patterns flattened, Timed desugared.
//
// Everything at top level is lowered at construction; expressions checked later are added by root(). Cost: linear in
// the script, but for the free variables of a let, which are looked for again by each let around it. Threads: none.
#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "frontend/csp/typing.hpp"
#include "semantics/csp/core.hpp"
#include "semantics/csp/data_table.hpp"

namespace tryst::csp {

class Lowering {
 public:
  // Declares the constructors and channels in `data` and fills `core`. All three must outlive the lowering.
  Lowering(const Typed&, DataTable& data, Core& core);

  // One more expression in the scope of the top level: a code without parameters. Where it is what an assertion of a
  // Timed section is about, STOP, SKIP, WAIT and timed_priority are the section's; its operators are not timed.
  CodeId root(ExprId);

 private:
  enum class LocalId : std::uint32_t {};  // a variable that lives in a frame, or a lifted function

  struct Local {
    enum class Kind : std::uint8_t {
      variable,  // bound by a pattern
      value,     // bound by a let: `code` computes it
      lifted,    // a function or process bound by a let
    };
    Kind kind = Kind::variable;
    bool process = false;  // known to be a process
    CodeId code{no_id<CodeId>};
    std::vector<LocalId> captures{};      // value, lifted: what `code` captures, in this order
    std::vector<LocalId> roots{};         // value, lifted: the variables bound by patterns that it depends on, sorted
    BindingId binding{no_id<BindingId>};  // what it is in the script, if anything
  };

  // The frame of the code being lowered. `derives`: it belongs to process code, which captures variables only.
  struct Frame {
    CodeId code;
    bool derives = false;
    std::uint32_t size = 0;
    std::unordered_map<LocalId, Slot> slots{};
    std::vector<LocalId> captures{};
    std::vector<Slot> capture_slots{};
    std::vector<NodeId> prologue{};
  };

  // What a name means here.
  struct Meaning {
    enum class Kind : std::uint8_t { local, value, function, data, datatype } kind;
    std::uint32_t id;  // LocalId, GlobalId, CodeId, DataId, DatatypeId
  };

  struct Timing {
    DataId tock;
    std::optional<Meaning> function;  // none: every event takes one tock
  };

  // What an expression or binding refers to.
  struct Free {
    std::vector<LocalId> locals{};  // sorted, distinct
    bool processes = false;         // a part of it is a process, so it may make suspensions
    void settle();
  };

  // One thing that a let binds. `pattern` with several variables: a hidden value and one value a variable.
  struct LetBinding {
    LocalId local;
    DeclId decl;
    ExprId expr{no_id<ExprId>};            // none: the timing function is `timing`
    PatternId pattern{no_id<PatternId>};   // a variable of this pattern
    BindingId variable{no_id<BindingId>};  // which
    LocalId whole{};                       // the hidden value that the pattern matches
    Free free{};
  };

  // declarations: lowering.cpp
  void declare_data(std::span<const DeclId>);
  void declare_names(std::span<const DeclId>);
  void declare_function(DeclId);
  void declare_pattern(DeclId);
  void declare_types(DeclId);
  void declare_timing(DeclId);
  void lower_all(std::span<const DeclId>);
  void lower_types(DeclId);
  GlobalId add_global(CodeId);
  CodeId code_of(BindingId) const;
  CodeId add_code(std::string name, Span, bool process);
  void enter(Frame&);
  void leave(Frame&, NodeId body);
  void lower_function(DeclId, Frame&);
  void lower_selection(Frame&, NodeId whole, PatternId, BindingId wanted);
  const Timing* timing_of(DeclId) const;
  const Timing* timing_of_names() const { return timing_ != nullptr ? timing_ : named_; }
  BindingId binding(DeclId decl, std::size_t i = 0) const;
  bool is_process(ExprId);
  std::string_view text(Symbol s) const { return script_.symbols.text(s); }

  // lets: lowering_lets.cpp
  NodeId let(ExprId);
  void collect(std::span<const DeclId>, std::vector<LetBinding>&);
  void collect_pattern(DeclId, std::vector<LetBinding>&);
  void find_captures(std::vector<LetBinding>&);
  std::vector<std::size_t> order_of_values(const std::vector<LetBinding>&, bool& recursive) const;
  void lower_binding(const LetBinding&);
  Free free_locals(ExprId);
  Free free_locals(const LetBinding&);
  void add_free(ExprId, Free&);
  void add_free(DeclId, Free&);
  void add_free(Range<StatementId>, Free&);

  // frames: lowering_lets.cpp
  LocalId bind(BindingId, Slot);  // a variable of a pattern
  Slot slot(LocalId);             // in the current frame; captures it or derives it
  Range<Slot> slots_of(const std::vector<LocalId>&);
  NodeId delay_of(LocalId value);

  // expressions: lowering_expressions.cpp
  NodeId expression(ExprId);
  NodeId delayed(ExprId);  // for a place where it is evaluated on demand
  NodeId name(ExprId);
  NodeId use(Meaning, Span);
  NodeId apply(ExprId);
  NodeId lambda(ExprId);
  NodeId sequence(ExprId);
  NodeId comprehension(ExprId, std::span<const StatementId>);
  NodeId set(ExprId);
  NodeId thunk(ExprId);
  bool cheap(ExprId, int& budget) const;
  ExprId strip(ExprId) const;
  std::optional<Meaning> meaning_of(ExprId) const;
  NodeId add(Node);
  NodeId add(Op, Span, std::vector<NodeId> kids);
  NodeId all(Op, ExprId);  // the operands, evaluated
  std::vector<NodeId> expressions(std::span<const ExprId>);
  Range<StepId> steps(Range<StatementId>, bool over_sequence);

  // processes: lowering_processes.cpp
  NodeId process(ExprId);
  NodeId suspended(ExprId);
  NodeId prefix(ExprId);
  NodeId prefix_here(ExprId);
  NodeId choice(Op plain, Op synchronised, ExprId);
  NodeId with_tock(NodeId set);
  NodeId replicated(ExprId);
  NodeId tie_operator(ExprId);
  NodeId stop(Span);
  NodeId skip(Span);
  NodeId tock(Span);
  template <class Body>
  CodeId inner_code(Span, bool process, Frame&, Body body);
  NodeId make(Op, Span, const Frame& inner);

  // patterns: lowering_patterns.cpp
  MatchId pattern(PatternId);
  MatchId parameter(PatternId, Slot);  // a variable becomes the slot itself
  MatchId variable(PatternId);
  MatchId sequence_pattern(PatternId);
  void sequence_parts(PatternId, std::vector<MatchId>& before, std::optional<MatchId>& middle,
                      std::vector<MatchId>& after);
  void dot_parts(PatternId, std::vector<PatternId>&) const;
  std::vector<BindingId> variables(PatternId) const;
  PatternId strip(PatternId) const;
  MatchId add(Match, const std::vector<MatchId>& parts = {});

  const Typed& typed_;
  const Script& script_;
  DataTable& data_;
  Core& core_;
  std::unordered_map<BindingId, Meaning> meanings_;
  std::unordered_map<TimedId, Timing> timings_;
  std::unordered_map<TypeId, bool> process_types_;
  Arena<LocalId, Local> locals_;
  Frame* frame_ = nullptr;
  std::unordered_map<ExprId, const Timing*> asserted_;  // of the operands of assertions that stand in Timed sections
  const Timing* timing_ = nullptr;                      // of the Timed section that is being lowered
  const Timing* named_ = nullptr;                       // whose tock the timed names take, where nothing else is timed
  BindingId wanted_{no_id<BindingId>};  // while a selection is lowered: the only variable that its pattern binds
};

template <class Body>
CodeId Lowering::inner_code(Span span, bool process, Frame& frame, Body body) {
  frame.code = add_code("", span, process);
  Frame* outer = frame_;
  frame_ = &frame;
  const NodeId result = body();
  leave(frame, result);
  frame_ = outer;
  return frame.code;
}

}  // namespace tryst::csp
