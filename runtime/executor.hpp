// Which rules of a network are ready, kept up to date while rules fire: the core of a running program.
//
// Every rule counts its participants that do not offer their label; it is ready when there are none. Firing a rule moves
// its participants, withdraws the offers that are gone and makes the new ones, which changes the counts of the rules
// that watch these labels. A component's code is plain: in the same state it does the same. So what it offers is kept
// with each of its states (LocalStates), and what firing a rule does with each combination of its participants' states
// (StepMemo): doing it again is a comparison and an assignment for each participant and an addition for each count. A
// component whose states keep being new is run by calling its code, as it would be without all that.
//   slots_      by component: its local state, and the number of its first label among those of all components
//   watching_   rules, by label of the whole network: those of label l are [first_watcher_[l], first_watcher_[l + 1])
//   counts_     by rule; place: its position in ready_, if it is there
//   ready_      the first ready_count_ are the ready rules, in no order
// Cost: 8 bytes a component, 4 a label and 4 a participant, 16 a rule, and what the parts cost; of fire(): see the parts.
// Source of counting: Petri net simulators; here the places are offers. Of remembering: inline caches (Deutsch and
// Schiffman, "Efficient implementation of the Smalltalk-80 system", POPL 1984).
// Threads: none; one executor belongs to one thread.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <vector>

#include "runtime/local_states.hpp"
#include "runtime/network.hpp"
#include "runtime/step_memo.hpp"

namespace tryst::runtime {

class Executor {
 public:
  static constexpr std::size_t memory_bytes_max = std::size_t{16} << 20;  // of shared states, and of remembered steps

  // The network must outlive the executor. With memory 0 nothing is remembered, and nothing changes but the time it takes.
  explicit Executor(const Network&, std::size_t memory_bytes = memory_bytes_max);

  const Network& network() const { return network_; }
  std::span<const RuleId> ready() const { return {ready_.data(), ready_count_}; }
  bool is_ready(RuleId r) const { return counts_[index(r)].missing == 0; }
  // The answer says which rules were made ready or not by this: no others than those of its changes. It is valid until
  // the next call.
  StepMemo::Step fire(RuleId ready);

  // The program has ended, as opposed to being stuck.
  bool has_ended() const;
  std::span<const Label> offers(std::uint32_t component) const { return locals_.offers(slots_[component].state); }
  std::string where(std::uint32_t component) const;

  // The state of all components, each aligned to 8, and back to one. O(components).
  std::vector<std::byte> state() const;
  void restore(std::span<const std::byte> state);

  void check() const;  // asserts that counts and ready rules are those of the offers

 private:
  struct Slot {
    LocalStates::Id state;
    std::uint32_t first_label;
  };
  struct Count {
    std::uint32_t missing;
    std::uint32_t place;
  };

  auto state_of() const {
    return [this](std::uint32_t component) { return slots_[component].state; };
  }
  void add_watchers();
  void enter(std::uint32_t component, const std::byte* state);
  void reset();
  StepMemo::Step find_or_perform(RuleId);
  StepMemo::Step perform(RuleId);
  bool move(const Participant&);
  void count(std::uint32_t component, std::span<const Label> labels, std::int32_t by);
  void apply(StepMemo::Step);

  const Network& network_;
  LocalStates locals_;
  StepMemo memo_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> first_watcher_;
  std::vector<RuleId> watching_;
  std::vector<Count> counts_;
  std::vector<RuleId> ready_;
  std::size_t ready_count_ = 0;
  std::uint64_t fired_ = 0;
  bool remembers_ = true;

  // While a step is made:
  std::vector<std::uint32_t> step_;     // in the memo's form
  std::vector<std::uint64_t> bytes_;    // of a participant
  std::vector<Label> before_;           // what a participant offered
  std::vector<std::int32_t> change_;    // by rule; 0 outside of perform()
  std::vector<std::uint32_t> changed_;  // rules, in the order of their first change
};

inline void Executor::apply(StepMemo::Step step) {
  Slot* const slots = slots_.data();
  Count* const counts = counts_.data();
  RuleId* const ready = ready_.data();
  std::size_t ready_count = ready_count_;
  for (std::uint32_t i = 0; i < step.parts(); ++i) slots[step.part(i).component].state = step.part(i).after;
  for (std::uint32_t i = 0; i < step.changes(); ++i) {
    const auto [r, by] = step.change(i);
    Count& count = counts[r];
    const std::uint32_t before = count.missing;
    const std::uint32_t after = before + static_cast<std::uint32_t>(by);
    count.missing = after;
    if (before == 0) {
      const RuleId last = ready[--ready_count];
      ready[count.place] = last;
      counts[index(last)].place = count.place;
    } else if (after == 0) {
      count.place = static_cast<std::uint32_t>(ready_count);
      ready[ready_count++] = RuleId{r};
    }
  }
  ready_count_ = ready_count;
}

inline StepMemo::Step Executor::fire(RuleId r) {
  assert(is_ready(r));
  ++fired_;
  StepMemo::Step step = memo_.last(r);
  if (!StepMemo::matches(step, state_of())) step = find_or_perform(r);
  apply(step);
  return step;
}

}  // namespace tryst::runtime
