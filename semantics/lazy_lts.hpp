// Any transition system behind one door: its rows, computed when first asked for and then kept in flat blocks.
//
// This is what every algorithm of checker/ consumes, so that each is compiled once and none can tell where a system
// comes from. The cost is one virtual call for each state that is expanded, and none for an explicit Lts, whose rows
// are used in place. Rows are kept because a search meets a state once for each specification node.
//   rows_      one entry a state met so far; `first` is null while the row is unknown
//   blocks_    the transitions; a row lies within one block, so a span stays valid as long as the LazyLts lives
// Memory: 8 bytes a transition, 16 a state. Not thread-safe; the system must outlive it.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/lts.hpp"
#include "semantics/transition_system.hpp"

namespace tryst {

class LazyLts {
 public:
  template <TransitionSystem System>
  explicit LazyLts(System& system) : source_(std::make_unique<SourceOf<System>>(system)) {
    if constexpr (std::same_as<std::remove_const_t<System>, Lts>) explicit_ = &system;
    initial_ = system.initial();
  }

  StateId initial() const { return initial_; }
  const EventNames& events() const { return source_->events(); }
  bool is_terminated(StateId s) { return source_->is_terminated(s); }

  // The transitions of s, sorted by (event, target).
  std::span<const Transition> row(StateId s) {
    if (explicit_ != nullptr) return explicit_->transitions(s);
    if (index(s) < rows_.size() && rows_[index(s)].first != nullptr) return rows_[index(s)].span();
    return expand(s);
  }

  // The rows of these states will be asked for soon, that of the second one first.
  void prefetch(StateId later, StateId soon) const {
    if (explicit_ == nullptr) return;
    explicit_->prefetch(later);
    explicit_->prefetch_row(soon);
  }

  // The same for who asks once: the row is stored in `scratch` at most.
  std::span<const Transition> row_once(StateId s, std::vector<Transition>& scratch) {
    if (explicit_ != nullptr) return explicit_->transitions(s);
    source_->successors(s, scratch);
    return scratch;
  }

  // Asks the system again instead of trusting the stored row: for replaying evidence.
  void successors(StateId s, std::vector<Transition>& out) { source_->successors(s, out); }
  // Whether the system can take this step, asked anew; of a system that says so itself, without its other steps.
  bool performs(StateId s, Transition t) { return source_->performs(s, t); }

 private:
  struct Source {
    virtual ~Source() = default;
    virtual void successors(StateId, std::vector<Transition>&) = 0;
    virtual bool performs(StateId, Transition) = 0;
    virtual const EventNames& events() const = 0;
    virtual bool is_terminated(StateId) = 0;
  };
  template <class System>
  struct SourceOf final : Source {
    explicit SourceOf(System& s) : system(s) {}
    void successors(StateId s, std::vector<Transition>& out) override { system.successors(s, out); }
    bool performs(StateId s, Transition t) override {
      if constexpr (requires { system.performs(s, t); }) {
        return system.performs(s, t);
      } else {
        std::vector<Transition> row;
        system.successors(s, row);
        return std::find(row.begin(), row.end(), t) != row.end();
      }
    }
    const EventNames& events() const override { return system.events(); }
    bool is_terminated(StateId s) override { return system.is_terminated(s); }
    System& system;
  };
  struct Row {
    const Transition* first = nullptr;
    std::uint32_t count = 0;
    std::span<const Transition> span() const { return {first, count}; }
  };
  static constexpr std::size_t block_size_max = 1 << 14;  // transitions; a longer row gets a block of its own

  std::span<const Transition> expand(StateId);
  Transition* allocate(std::size_t count);

  std::unique_ptr<Source> source_;
  const Lts* explicit_ = nullptr;
  StateId initial_{};
  std::vector<Row> rows_;
  std::vector<std::unique_ptr<Transition[]>> blocks_;
  std::size_t block_size_ = 1 << 6;  // of the next ordinary block; doubles up to the maximum
  Transition* free_ = nullptr;       // the unused rest of the last ordinary block
  std::size_t free_count_ = 0;
  std::vector<Transition> scratch_;
};

// The reachable part of a system, numbered breadth first; counts states and transitions in the budget.
Lts explore(LazyLts&, Budget&);

// The same of an explicit system, which is returned as it is where that changes nothing.
Lts explore(Lts&&, Budget&);

// The same, but counts nothing: for a system whose states have been counted when it was built.
Lts reachable_part(Lts, Budget&);

template <TransitionSystem System>
Lts explore(System& system, Budget& budget) {
  LazyLts lazy(system);
  return explore(lazy, budget);
}

}  // namespace tryst
