// The search of a network: level by level over packed states, each with the node of the specification, by several
// threads on one visited set.
//
// A level is handed out to the threads in chunks; what they find goes to their outboxes (outbox.hpp), and is looked up
// in the visited set part by part when the level is finished. The threads only read the tables: a state whose rows are
// missing is put aside until the chunks are done, then the missing rows are built by one thread, in a fixed order, and
// the states that waited are taken up again. If a component, or the specification, outgrew its field, all states are
// packed anew. With masks, transitions that lead to nothing new are left out by sleep sets (independence.hpp); no count
// shows it.
//
// Deterministic: which states a level holds, and with it all counts, the verdict and the trail
// (checker/packed/trail.hpp) are a function of the question alone, whatever the number of threads; their order within a
// level is not, and nothing depends on it. Levels are finished before a failure ends the search.
//
// Memory: 8 bytes a state and word, the visited set, and the successors of one level, up to 2 GiB of them with sleep
// sets, without only so many as the outboxes hold. A limit on memory is looked at before the set grows, and on the
// way; one on states where it could be passed, state by state. Source: level-synchronous search on a shared table, as
// in LTSmin (Laarman, van de Pol, Weber, FMCAD 2010).
#pragma once

#include <memory>
#include <optional>

#include "checker/packed/crew.hpp"
#include "checker/packed/expander.hpp"
#include "checker/packed/independence.hpp"
#include "checker/packed/outbox.hpp"
#include "checker/packed/packed_states.hpp"
#include "checker/packed/state_store.hpp"
#include "checker/packed/stubborn_sets.hpp"
#include "checker/packed/visited_set.hpp"
#include "semantics/budget.hpp"

namespace tryst {

class PackedSearch {
 public:
  // Without sleep sets, the outboxes are emptied whenever they have about so many words together. With them they hold a
  // whole level; where that would take so many times more, sleep sets are given up.
  static constexpr std::size_t outbox_words_enough = std::size_t{1} << 23;
  static constexpr std::size_t outbox_growth_max = 32;

  PackedSearch(const PackedQuestion&, Budget&, unsigned threads, std::size_t outbox_words = outbox_words_enough);
  ~PackedSearch();

  // False: the reduction asked for is not possible, and there is nothing to run.
  bool is_usable() const { return is_usable_; }

  // Visits states until a level fails or there are none left, or after a level with which there are so many that the
  // search should pause, to be run again; may throw ScriptError and LimitReached. What fails is a state of the last
  // level, or an event that it can do; the former are reported first.
  enum class Ending : std::uint8_t { exhausted, state_fails, event_forbidden, paused };
  Ending run(std::uint64_t states_to_pause);

  // After run(): visits what τ reaches from the states met, without looking for failures. Counts as further levels.
  void close_under_tau();

  SearchStatistics statistics() const;
  std::uint64_t followed() const;  // of the transitions; the reduction has left out the others
  std::uint32_t depth() const { return searched_levels_ - 1; }  // the last level that was searched
  const Firing& firing() const { return firing_; }
  const Companion& companion() const { return companion_; }
  const StateStore& states() const { return *store_; }
  const VisitedSet& visited() const { return *visited_; }
  Crew& crew() { return crew_; }

 private:
  struct Worker;
  struct Chunk {
    const std::uint64_t* first;  // entry
    std::size_t count;
  };
  static constexpr std::size_t locals_max = 20000;  // of all components, to expand them all
  static constexpr std::size_t chunk_words = 512;
  static constexpr std::size_t parallel_entries_min = 1 << 13;  // fewer are left to one thread
  static constexpr std::size_t part_entries = 8192;             // of an outbox, wished for

  void begin();
  void search_level();
  static std::size_t entries_of(const std::vector<Chunk>&);
  void expand(std::vector<Chunk>);
  void expand_chunks(Worker&);
  void take(Worker&, const std::uint64_t* entry);
  void merge();
  void merge_parts(Worker&);
  void look_up(Worker&, std::span<const std::uint64_t> entries);
  void grow_set();
  unsigned threads_for(std::size_t entries) const;  // one, where there is little to do
  void share_out(std::size_t entries, const std::function<void(Worker&)>& task);
  void open_outboxes(std::size_t entries);
  void build_missing(EntryList& entries);
  void update_reduction();
  bool outgrows_outboxes() const;
  void stop_reducing();
  void convert_entries(const Packing& old, EntryShape old_shape, EntryList& entries);
  void record();
  std::uint64_t nodes() const;

  const PackedQuestion question_;
  Budget& budget_;
  Crew crew_;
  const std::size_t outbox_words_;
  Firing firing_;
  Companion companion_;
  bool is_usable_;
  bool reduces_;  // sleep sets are in use
  Independence independence_;
  EntryShape shape_;
  std::uint32_t searched_levels_ = 0;
  std::unique_ptr<StateStore> store_;
  std::unique_ptr<VisitedSet> visited_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<Chunk> chunks_;               // being handed out
  std::atomic<std::size_t> next_chunk_{0};  // of chunks_
  std::atomic<std::size_t> next_part_{0};   // of the outboxes
  bool limit_is_near_ = false;              // what waits in the outboxes may be more than is left
  std::atomic<std::int64_t> left_{0};       // then: of the limit on states; below 0: that was passed
};

}  // namespace tryst
