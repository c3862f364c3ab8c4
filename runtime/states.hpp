// The global states of a network, met one by one by calling nothing but offers() and fire(): plain, and made apart from
// the executor on purpose, so that what it finds can be held against what the executor does.
//   bytes_   the states, one after the other, by number
// Cost: enabled() asks every rule; 1 state is the bytes of all components. Throws std::length_error beyond the limit.
// Threads: none.
#pragma once

#include <functional>
#include <unordered_set>
#include <vector>

#include "runtime/network.hpp"

namespace tryst::runtime {

class States {
 public:
  using Id = std::uint32_t;

  States(const Network&, std::size_t states_max);
  States(const States&) = delete;
  States& operator=(const States&) = delete;

  Id initial() const { return 0; }
  std::size_t size() const { return size_; }
  // The labels that a component offers in a state.
  std::vector<Label> offers(Id, std::uint32_t component) const;
  void enabled(Id, std::vector<RuleId>& out) const;  // clears `out`; ascending
  Id after(Id, RuleId enabled);
  // One component moves on its own, whatever the rules say.
  Id after_alone(Id, Participant);
  std::span<const std::byte> bytes(Id s) const;

 private:
  struct Hash {
    const States* states;
    std::size_t operator()(Id s) const;
  };
  struct Equal {
    const States* states;
    bool operator()(Id a, Id b) const;
  };

  void fire(Participant);
  Id intern();  // the state in the last, unnumbered place

  const Network& network_;
  const std::size_t states_max_;
  std::vector<std::size_t> place_;          // by component, in bytes
  std::vector<std::uint32_t> first_label_;  // by component
  std::size_t words_ = 0;
  std::size_t size_ = 0;
  std::vector<std::uint64_t> bytes_;
  std::unordered_set<Id, Hash, Equal> ids_;
  mutable std::vector<Label> room_;
  mutable std::vector<bool> offered_;
};

}  // namespace tryst::runtime
