// The transitions of one component of a network, built state by state as they are asked for.
//
// A label is an event together with the number of a choice: where a state can perform an event in several ways, each
// way has a label of its own, so that a label never leads to two targets. Local states and labels are numbered as they
// are met, from 0, without gaps; the numbering is a function of the order of the calls of expand().
//   rows_     one entry a local state met so far: its moves in moves_, or `unknown`
//   moves_    sorted by label within a row
//   labels_   by label: its event and choice
// `ended` marks termination: the state after ✓ has one move, to itself, on this event. No system performs it; operators
// over several components look for it to know that a component has ended. It is one of the *internal* events: names of
// what components do that is no event of any system.
// Cost: expand() takes what the source takes, everything else is O(1). Threads: const functions may run together.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "frontend/arena.hpp"
#include "semantics/event.hpp"

namespace tryst {

enum class LocalId : std::uint32_t {};  // a state of a component
enum class LabelId : std::uint32_t {};  // of one component

inline constexpr EventId ended{0xfffffffe};
inline constexpr EventId first_internal{0x80000000};
constexpr bool is_internal(EventId e) { return index(e) >= index(first_internal); }

// Where the transitions of a component come from.
class LocalSource {
 public:
  struct Move {
    EventId event;
    LocalId target;
  };
  virtual ~LocalSource() = default;
  // The number of states met so far. State 0 is the initial one.
  virtual std::uint32_t size() const = 0;
  // Appends the moves of a state, distinct, sorted by event. May meet new states, throw ScriptError and LimitReached.
  virtual void moves(LocalId, std::vector<Move>& out) = 0;
};

class LocalGraph {
 public:
  struct Move {
    LabelId label;
    LocalId target;
  };
  struct Label {
    EventId event;
    std::uint32_t choice;
  };

  explicit LocalGraph(std::unique_ptr<LocalSource> source) : source_(std::move(source)) {}

  std::uint32_t size() const { return source_->size(); }  // of the states met
  bool is_expanded(LocalId s) const { return index(s) < rows_.size() && rows_[index(s)].first != unknown; }
  bool is_complete() const { return expanded_ == size(); }  // so far: extend() may meet more states
  std::span<const Move> row(LocalId s) const { return {moves_.data() + rows_[index(s)].first, rows_[index(s)].count}; }
  std::size_t rows() const { return expanded_; }       // that are there
  std::size_t moves() const { return moves_.size(); }  // of all rows that are there
  // The target of a label; none if the state cannot perform it. O(log of the row).
  std::optional<LocalId> target(LocalId, LabelId) const;
  std::span<const Label> labels() const { return labels_; }

  // Builds the row of a state that has none. Labels it meets for the first time come after the others.
  void expand(LocalId);

  // Adds a move to a state whose row is there, if it has none on this event. O(of the row).
  LabelId extend(LocalId, EventId, LocalId target);

  const LocalSource& source() const { return *source_; }
  LocalSource& source() { return *source_; }

 private:
  static constexpr std::uint32_t unknown = 0xffffffff;
  struct Row {
    std::uint32_t first = unknown;
    std::uint32_t count = 0;
  };

  LabelId label(EventId, std::uint32_t choice);

  std::unique_ptr<LocalSource> source_;
  std::vector<Row> rows_;
  std::uint32_t expanded_ = 0;  // rows that are there
  std::vector<Move> moves_;
  std::vector<Label> labels_;
  std::unordered_map<std::uint64_t, LabelId> label_of_;  // by event and choice
  std::vector<LocalSource::Move> scratch_;
};

}  // namespace tryst
