// The states that components have been in, each once: what a state offers is computed when it is met first.
//
// Components of the same type share their states; a state is then a number, and comparing two is comparing numbers. A
// component whose states do not come again gets one of its own instead, whose bytes change in place.
//   states_    by id: type, place in bytes_ and in labels_
//   table_     ids + 1, 0: free; a power of two, at most half full; states of one component are not in it
// Cost: 32 bytes a state, and its bytes and labels. Threads: none.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/component.hpp"

namespace tryst::runtime {

class LocalStates {
 public:
  using Id = std::uint32_t;

  // `bytes_max`: of all shared states together.
  explicit LocalStates(std::size_t bytes_max) : bytes_max_(bytes_max), table_(64) {}

  // The id of a state, aligned to 8, of a type with that many labels; none: it is new, and there is no room for it.
  std::optional<Id> shared(const ComponentType&, const std::byte* state, std::size_t labels);
  // A new one that belongs to one component.
  Id own(const ComponentType&, const std::byte* state, std::size_t labels);

  bool is_own(Id s) const { return states_[s].is_own; }
  const std::byte* bytes(Id s) const { return reinterpret_cast<const std::byte*>(bytes_.data() + states_[s].place); }
  std::span<const Label> offers(Id s) const { return {labels_.data() + states_[s].first_label, states_[s].labels}; }
  // Performs a label of a state that belongs to one component, and puts what it offered before at `before`, which has
  // room for all labels; returns the end of that. The same offers: returns `before`, and nothing is there.
  Label* fire(Id own, Label label, Label* before);
  void assign(Id own, const std::byte* state);

 private:
  struct State {
    const ComponentType* type;
    std::uint32_t place;  // in bytes_
    std::uint32_t first_label;
    std::uint32_t labels;  // how many it offers
    bool is_own;
  };

  Id add(const ComponentType&, const std::byte* state, std::size_t labels, bool is_own);
  std::size_t hash(const ComponentType&, const std::byte* state) const;
  void insert(Id);

  const std::size_t bytes_max_;
  std::vector<State> states_;
  std::vector<std::uint64_t> bytes_;
  std::vector<Label> labels_;
  std::vector<std::uint32_t> table_;
  std::vector<Label> room_;
  std::size_t shared_ = 0;
};

}  // namespace tryst::runtime
