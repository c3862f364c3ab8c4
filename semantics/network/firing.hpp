// The successors of packed global states: which rules of a network are enabled, and where they lead.
//
// Two ways to find the enabled rules, chosen by size:
//   masks   each local state has a bit for every rule, clear iff its component takes part and cannot perform its label;
//           the enabled rules of a state are the AND over its components. Bit 0 says that the row is there, rule r is
//           bit r + 1.
//   lists   each rule is owned by one participant, the one with the fewest moves a state, and found from the labels that
//           its local state can perform; the other participants are then asked one by one. For networks with many rules.
// Of these, layers of priority (semantics/network/priority.hpp) leave some; only those count as enabled outside this file.
// Where a rule leads is the XOR of one step for each participant: a table by (local state, label), or, with lists, the
// row itself where that table would be large.
//   masks      by local state: stride_ words; all zero until the row is there
//   steps      by (local state, label): what to xor into the component's word, or `no_step`
//   rules      the rules that the component takes part in, each with its label, once a rule
//   owned      with lists: by label, the rules that the component owns
//   able       with lists: by label, the local states that can perform it
//   owning     with lists: by local state, the labels it can perform that own rules
//   lanes_     with masks: what fire() reads of each component, side by side
//   moves_     with masks: the participants of all rules, an even number each, by the idle one behind all components
//   precedences_  with masks: for grades that the same ones are above, inner layers first, a mask of the rules that are
//              above them and one of those that have them
// One more field of a state belongs to whoever searches: the *companion*, a number that travels with the state, such as
// the node of a specification. Rules leave it alone.
//
// Cost: of a state, components × words of a mask, or the rules owned by its labels; of a transition, its participants;
// of expand(), the rules and rows that are new. Threads: const functions may run together, expand() alone.
// Sources: Goldsmith, "Operational semantics for fun and profit", CSP25, 2005 (rules over components).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "semantics/network/network.hpp"
#include "semantics/network/packing.hpp"

namespace tryst {

// Transitions, of one state after the other. The vectors may be longer than `count` says.
struct Fired {
  std::vector<RuleId> rules;
  std::vector<std::uint64_t> targets;  // packed states, Packing::words() each
  std::size_t count = 0;
  std::array<std::uint64_t, 16> enabled;   // with masks: the rules that the last state enables, those left out too
  std::vector<const std::uint64_t*> rows;  // scratch: by component, the steps of its local state
  std::vector<RuleId> found;               // scratch, with lists
};

struct LocalState {
  std::uint32_t component;
  LocalId local;
  friend auto operator<=>(const LocalState&, const LocalState&) = default;
};

class Firing {
 public:
  static constexpr std::size_t masked_rules_max = 1000;
  static constexpr std::size_t mask_words_max = std::size_t{1} << 24;   // of one component
  static constexpr std::size_t step_table_max = std::size_t{1} << 22;   // entries of one component
  static constexpr std::size_t step_tables_max = std::size_t{1} << 25;  // of all: each may have its share
  static constexpr std::size_t step_share_min = std::size_t{1} << 12;   // but this at least

  // Of a network of which nothing has been expanded. More rules than that are found by lists.
  explicit Firing(Network&, std::size_t masked_rules = masked_rules_max);

  const Network& network() const { return network_; }
  const Packing& packing() const { return packing_; }
  // All components in their state 0, and the companion 0.
  std::vector<std::uint64_t> initial() const { return std::vector<std::uint64_t>(packing_.words(), 0); }

  // Appends the transitions of a state, with masks by rule and without those asleep, if there are any. False: rows are
  // missing, and nothing is appended.
  bool fire(const std::uint64_t* state, Fired&, const std::uint64_t* asleep = nullptr) const;

  LocalId local(std::size_t component, const std::uint64_t* state) const {
    return components_[component].field.of(state);
  }

  // With masks, of a state with rows: the rules that are enabled, as mask_words() words; and those that the local state
  // of a component does not prevent, outranked ones included.
  void enabled(const std::uint64_t* state, std::uint64_t* rules) const;
  const std::uint64_t* mask(std::size_t component, const std::uint64_t* state) const {
    return components_[component].masks.data() + index(local(component, state)) * stride_;
  }

  // The words of a mask of rules; 0 with lists.
  std::size_t mask_words() const { return lists_ ? 0 : stride_; }
  static std::size_t bit_of(RuleId rule) { return index(rule) + std::size_t{1}; }
  static RuleId rule_of(std::size_t bit) { return static_cast<RuleId>(bit - 1); }
  // Appends the local states whose rows the state misses.
  void missing(const std::uint64_t* state, std::vector<LocalState>& out) const;
  // Expands these local states, in this order; those with rows are skipped. True: the packing has changed, and states
  // must be converted.
  bool expand(std::span<const LocalState>);

  const Packing::Field& companion() const { return packing_.field(0); }
  // Makes room for companions below `size`. True: the packing has changed.
  bool set_companion_size(std::uint32_t size);

  // Whether the system has ended: it is in the state after ✓, whose rows are there.
  bool is_terminated(const std::uint64_t* state) const;
  void unpack(const std::uint64_t* state, std::vector<LocalId>& locals) const;

 private:
  static constexpr std::uint64_t no_step = ~std::uint64_t{0};

  struct Involvement {
    RuleId rule;
    LabelId label;
  };
  struct Component {
    Packing::Field field;
    std::vector<std::uint64_t> masks;
    std::vector<std::uint64_t> steps;  // empty with lists: looked up in the row
    std::size_t label_stride = 0;
    std::vector<Involvement> rules;
    std::vector<std::vector<RuleId>> owned;
    std::vector<std::vector<LocalId>> able;
    std::vector<std::vector<LabelId>> owning;
    std::vector<bool> is_listed;  // with lists, by local state: its row is in these tables
  };

  struct Lane {
    std::uint32_t word;
    std::uint32_t shift;
    std::uint64_t mask;
    const std::uint64_t* masks;
    const std::uint64_t* steps;
    std::size_t label_stride;
  };
  struct Move {
    std::uint32_t component;  // network().size(): the idle one
    std::uint32_t label;
    std::uint32_t word;
  };

  const LocalGraph& graph(std::size_t component) const { return network_.graph(component); }

  void add_rules();
  void add_row(LocalState);
  void list_row(Component&, LocalState);
  void list_rule(RuleId, std::span<const Participant>);
  std::vector<LocalState> rows() const;  // that are there
  void choose_tables();
  void resize_masks();
  std::size_t label_stride(std::size_t component) const;
  std::size_t step_rows(std::size_t component) const;
  bool fits_step_table(std::size_t component) const;
  void rebuild_steps(std::size_t component);
  void fill_steps(std::size_t component, LocalId);
  bool repack();
  void lay_out();
  void lay_out_priority();

  std::uint64_t step(const Participant&, const std::uint64_t* state) const;
  template <std::size_t stride>
  bool fire_masked(const std::uint64_t* state, Fired&, const std::uint64_t* asleep) const;
  bool fire_listed(const std::uint64_t* state, Fired&) const;
  void outrank(std::uint64_t* enabled) const;
  void outrank(std::vector<RuleId>& enabled) const;
  template <std::size_t stride>
  void add_masked(const std::uint64_t* state, const std::uint64_t (&enabled)[stride], Fired&) const;
  void add_listed(RuleId, const std::uint64_t* state, Fired&) const;

  Network& network_;
  const std::size_t masked_rules_;
  Packing packing_;
  std::vector<Component> components_;
  std::vector<Lane> lanes_;
  std::vector<Move> moves_;
  std::vector<std::uint32_t> first_move_;  // by rule, and one more
  std::vector<std::uint64_t> valid_;       // with masks: bit 0 and the rules there are
  std::vector<std::uint32_t> layer_of_precedence_;
  std::vector<std::uint64_t> precedences_;
  std::uint32_t companion_size_ = 1;
  std::size_t rules_ = 0;  // in the tables
  std::size_t stride_ = 1;
  bool lists_ = false;
};

}  // namespace tryst
