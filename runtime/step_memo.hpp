// What firing a rule did, by the local states that its participants were in: fire() is a function of plain bytes, so in
// the same states the same rule does the same again, and need not be computed.
//
// A step is words, one after the other:
//   rule, participants n, changes m
//   n × (component, its state before, its state after)
//   m × change, two words each; what they mean is their owner's
// The last step of each rule is tried first, which costs n comparisons; then all, through a hash table with open
// addressing. When the steps fill `words_max` they are forgotten, and when they were of little use until then, whoever
// asks is told to stop: states that never come again are not worth remembering.
//   words_    all steps; at 0 one that matches no states
//   last_     by rule: where its last step begins
//   table_    where steps begin, 0: free; a power of two, at most half full
// Cost: 4 bytes a rule, and 4 × (3 + 3n + 2m + 2) a step. Threads: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "runtime/network.hpp"

namespace tryst::runtime {

class StepMemo {
 public:
  struct Part {
    std::uint32_t component;
    std::uint32_t before;
    std::uint32_t after;
  };
  struct Change {
    std::uint32_t what;
    std::int32_t by;
  };
  // A step that is being made, or a view of one that was.
  class Step {
   public:
    explicit Step(const std::uint32_t* words) : words_(words) {}
    RuleId rule() const { return RuleId{words_[0]}; }
    std::uint32_t parts() const { return words_[1]; }
    std::uint32_t changes() const { return words_[2]; }
    Part part(std::uint32_t i) const {
      const std::uint32_t* const at = words_ + 3 + 3 * std::size_t{i};
      return {at[0], at[1], at[2]};
    }
    Change change(std::uint32_t i) const {
      const std::uint32_t* const at = words_ + 3 + 3 * std::size_t{parts()} + 2 * std::size_t{i};
      return {at[0], static_cast<std::int32_t>(at[1])};
    }

   private:
    const std::uint32_t* words_;
  };

  explicit StepMemo(std::size_t rules, std::size_t words_max = std::size_t{1} << 22);

  Step last(RuleId rule) const { return Step(words_.data() + last_[index(rule)]); }
  // `state_of(component)` is its local state. True: the step is what happens in these states.
  template <class StateOf>
  static bool matches(Step step, StateOf state_of) {
    for (std::uint32_t i = 0; i < step.parts(); ++i)
      if (state_of(step.part(i).component) != step.part(i).before) return false;
    return true;
  }
  // The step of a rule of these participants in these states, from now on the last; its changes are 0 and its parts too
  // when it is not known.
  template <class StateOf>
  Step find(RuleId rule, std::span<const Participant> who, StateOf state_of) {
    std::uint64_t hash = seed(rule);
    for (const Participant& one : who) hash = mix(hash, state_of(one.component));
    for (std::size_t at = slot(hash); table_[at] != 0; at = (at + 1) & (table_.size() - 1)) {
      const Step step(words_.data() + table_[at]);
      if (step.rule() != rule || !matches(step, state_of)) continue;
      last_[index(rule)] = table_[at];
      return step;
    }
    return Step(nothing);
  }
  // A step in the form above. False: the memo was of no use so far, let it be.
  bool add(std::span<const std::uint32_t> step, std::uint64_t fired);

 private:
  static constexpr std::uint32_t nothing[3] = {};

  static std::uint64_t seed(RuleId rule) { return mix(0x9e3779b97f4a7c15, index(rule)); }
  static std::uint64_t mix(std::uint64_t hash, std::uint32_t word) {
    hash = (hash ^ word) * 0xff51afd7ed558ccd;
    return hash ^ (hash >> 32);
  }
  std::size_t slot(std::uint64_t hash) const { return hash & (table_.size() - 1); }
  void insert(std::uint32_t at);
  void forget();

  const std::size_t words_max_;
  std::vector<std::uint32_t> words_;
  std::vector<std::uint32_t> last_;
  std::vector<std::uint32_t> table_;
  std::size_t steps_ = 0;
  std::uint64_t fired_before_ = 0;  // when it was empty last
};

}  // namespace tryst::runtime
