// A component: a sequential process as an explicit state machine in plain data.
//
//   offers(Offers&) const   adds every label that the state can perform, each once
//   fire(Label)             performs one of them
//   where(s) const          what a reader would call the state, optional: "SENDING(false, 1), line 18"
// Labels are the component's own numbers, 0 to labels - 1, of what it can do; where a state can perform an event in
// several ways, each way has a label. So fire() is a function, and all nondeterminism is in the choice of labels.
//
// The state is plain data without padding: copying, comparing and hashing it are operations on bytes, which is what lets
// every reachable state of a program be explored by calling nothing but these two functions. Refused: coroutines, whose
// frames can be neither copied nor compared.
// Threads: none; a component belongs to one executor.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace tryst::runtime {

enum class Label : std::uint32_t {};

// The labels that a state offers, written into room for all labels of the component.
class Offers {
 public:
  explicit Offers(Label* room) : end_(room) {}
  void add(Label label) { *end_++ = label; }
  void add(std::uint32_t label) { add(Label{label}); }
  Label* end() const { return end_; }

 private:
  Label* end_;
};

// Gives labels to the ways in which a state can perform an event, for code that names the event only: the first way has its
// label; the next ways of labels below `first` (τ) have the labels behind, those of others are `width` further on. Ways
// that lead to the same state are one.
template <class State>
class LabelWays {
 public:
  LabelWays(std::size_t first, std::size_t width) : first_(first), width_(width) {}
  // None: this way was met before.
  std::optional<Label> next(Label label, const State& target) {
    std::uint32_t way = 0;
    for (const auto& [other, its_target] : met_) {
      if (other != label) continue;
      if (std::memcmp(&its_target, &target, sizeof target) == 0) return std::nullopt;
      ++way;
    }
    met_.emplace_back(label, target);
    const auto l = static_cast<std::uint32_t>(label);
    return Label{l + way * static_cast<std::uint32_t>(l < first_ ? 1 : width_)};
  }

 private:
  const std::size_t first_;
  const std::size_t width_;
  std::vector<std::pair<Label, State>> met_;
};

template <class T>
concept Component = std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T> && alignof(T) <= 8 &&
                    requires(const T& state, T& next, Offers& offers, Label label) {
  state.offers(offers);
  next.fire(label);
};

// The operations of a component type on a state that is given as bytes, aligned to 8.
struct ComponentType {
  std::uint32_t size;                                     // bytes of a state
  Label* (*offers)(const std::byte* state, Label* room);  // returns the end of what it wrote
  void (*fire)(std::byte* state, Label);
  Label* (*step)(std::byte* state, Label, Label* room);  // fire(), then offers(): one call on the fast path
  std::string (*where)(const std::byte* state);
};

template <Component T>
inline constexpr ComponentType component_type{
    sizeof(T),
    [](const std::byte* state, Label* room) {
      Offers offers(room);
      reinterpret_cast<const T*>(state)->offers(offers);
      return offers.end();
    },
    [](std::byte* state, Label label) { reinterpret_cast<T*>(state)->fire(label); },
    [](std::byte* state, Label label, Label* room) {
      T& component = *reinterpret_cast<T*>(state);
      component.fire(label);
      Offers offers(room);
      component.offers(offers);
      return offers.end();
    },
    [](const std::byte* state) -> std::string {
      if constexpr (requires(const T& component) { component.where(); })
        return reinterpret_cast<const T*>(state)->where();
      else
        return {};
    }};

}  // namespace tryst::runtime
