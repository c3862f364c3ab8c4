// The search of a network: level by level over packed states, each with the node of the specification, by several
// threads on one visited set.
//
// A level is handed out to the threads in chunks; successors are collected in batches, so that the visited set's cache
// lines arrive before they are needed. The threads only read the tables: a state whose rows are missing is put aside
// until the chunks are done, then the missing rows are built by one thread, in a fixed order, and the states that waited
// are taken up again. If a component, or the specification, outgrew its field, all states are packed anew.
//
// Deterministic: which states a level holds, and with it all counts, the verdict and the trail (checker/packed/trail.hpp)
// are a function of the question alone, whatever the number of threads; their order within a level is not, and nothing
// depends on it. Levels are finished before a failure ends the search.
//
// Memory: 8 bytes a state and word, and the visited set. A limit on memory is looked at before the set grows.
// Source: level-synchronous search on a shared table, as in LTSmin (Laarman, van de Pol, Weber, FMCAD 2010).
#pragma once

#include <memory>
#include <optional>

#include "checker/packed/crew.hpp"
#include "checker/packed/expander.hpp"
#include "checker/packed/packed_states.hpp"
#include "checker/packed/state_store.hpp"
#include "checker/packed/visited_set.hpp"
#include "semantics/budget.hpp"

namespace tryst {

class PackedSearch {
 public:
  PackedSearch(const PackedQuestion&, Budget&, unsigned threads);
  ~PackedSearch();

  // Visits states until a level fails or there are none left; may throw ScriptError and LimitReached. The answer is
  // what is wrong at the last level: a state, or an event that it can do; the former are reported first.
  enum class Ending : std::uint8_t { exhausted, state_fails, event_forbidden };
  Ending run();

  // After run(): visits what τ reaches from the states met, without looking for failures. Counts as further levels.
  void close_under_tau();

  SearchStatistics statistics() const;
  std::uint32_t depth() const { return depth_; }  // the last level that was searched
  const Firing& firing() const { return firing_; }
  const Companion& companion() const { return companion_; }
  const StateStore& states() const { return *store_; }
  const VisitedSet& visited() const { return *visited_; }
  Crew& crew() { return crew_; }

 private:
  struct Worker;
  static constexpr std::uint32_t chunk_states = 256;
  static constexpr std::size_t parallel_states_min = 4096;  // a level with fewer is left to one thread

  void open(const Packing&);
  void search_level(std::uint32_t depth);
  void hand_out(std::size_t states);
  void work(Worker&, bool is_caller);
  void visit(Worker&, StateStore::Range chunk, bool& full);
  void make_room();
  void build_missing();
  void pack_anew(const Packing& old);
  void record();

  const PackedQuestion question_;
  Budget& budget_;
  Crew crew_;
  Firing firing_;
  Companion companion_;
  std::uint32_t depth_ = 0;
  std::unique_ptr<StateStore> store_;
  std::unique_ptr<VisitedSet> visited_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<StateStore::Range> chunks_;   // being handed out: of the store, or of deferred_ if there are some
  std::vector<std::uint64_t> deferred_;     // states whose rows were missing, one after the other
  bool tau_only_ = false;                   // follow no other transitions
  std::atomic<std::size_t> next_chunk_{0};
  std::atomic<bool> is_full_{false};        // the visited set has to grow
};

}  // namespace tryst
