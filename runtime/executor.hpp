// Which rules of a network are ready, kept up to date while rules fire: the core of a running program.
//
// Every rule counts its participants that do not offer their label; it is ready when there are none. Firing a rule lets
// its participants move, then withdraws the offers that are gone and makes the new ones; each costs one counter for each
// rule that watches the label. A participant that offers afterwards what it offered before costs a comparison.
//   state_      the bytes of all components, each aligned to 8
//   slots_      by component: where its state is, and what it offers, a list in labels_
//   watchers_   by label of the whole network: the rules that name it; a single one is stored in place
//   counts_     by rule; place: its position in ready_, if it is there
//   ready_      the ready rules, in no order
// Cost: memory 32 bytes a component and 8 a label, beside its state; of fire(), participants × (offers that change ×
// rules that watch them). Source of counting: Petri net simulators; here the places are offers.
// Threads: none; one executor belongs to one thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/network.hpp"

namespace tryst::runtime {

class Executor {
 public:
  explicit Executor(const Network&);  // must outlive the executor

  const Network& network() const { return network_; }
  std::span<const RuleId> ready() const { return ready_; }
  void fire(RuleId ready);

  // The program has ended, as opposed to being stuck.
  bool has_ended() const;
  std::span<const Label> offers(std::uint32_t component) const {
    return {slots_[component].offered, slots_[component].count};
  }
  std::string where(std::uint32_t component) const;

  // The state of all components, and back to one. O(components).
  std::vector<std::byte> state() const;
  void restore(std::span<const std::byte> state);

  void check() const;  // asserts that counts and ready rules are those of the offers

 private:
  struct Slot {
    Label* (*step)(std::byte*, Label, Label*);
    std::byte* state;
    Label* offered;
    Label* spare;  // room for the next offers; the two change places
    std::uint32_t count;
    std::uint32_t first_label;
  };
  struct Watchers {
    std::uint32_t first;  // the rule itself when it is the only one, else an index into watching_
    std::uint32_t count;
  };
  struct Count {
    std::uint32_t missing;
    std::uint32_t place;
    std::uint32_t first;  // participants
    std::uint32_t count;
  };
  struct Change {
    Slot* slot;
    std::uint32_t count;  // of the offers in slot->spare
  };

  template <class Each>
  void watchers_of(const Slot&, const Label* labels, std::uint32_t count, Each);
  void withdraw(const Slot&);
  void offer(const Slot&);
  void add_watchers();
  void reset();

  const Network& network_;
  std::vector<std::uint64_t> state_;
  std::vector<Slot> slots_;
  std::vector<Label> labels_;
  std::vector<Watchers> watchers_;
  std::vector<RuleId> watching_;
  std::vector<Count> counts_;
  std::vector<RuleId> ready_;
  std::vector<Change> changes_;
};

}  // namespace tryst::runtime
