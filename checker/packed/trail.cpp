#include "checker/packed/trail.hpp"

#include <algorithm>

#include "checker/ensure.hpp"
#include "checker/packed/marked_states.hpp"

namespace tryst {

namespace {

class TrailFinder {
 public:
  TrailFinder(PackedSearch& search, const PackedQuestion& question, Budget& budget)
      : search_(search),
        question_(question),
        budget_(budget),
        words_(search.firing().packing().words()),
        own_{Expander(question, search.firing(), search.companion()), {}},
        nearest_(search.states(), budget) {}

  Trail find(PackedSearch::Ending ending, const std::optional<Divergence>& divergence) {
    const std::uint32_t depth = divergence ? divergence->level : search_.depth();
    const bool search_failed = ending == PackedSearch::Ending::state_fails && depth == search_.depth();
    const bool in_state = divergence || search_failed;
    mark(depth, [&](const Scout& scout, PackedView state) {
      if (divergence && divergence->states.contains(state)) return true;
      return in_state ? search_failed && scout.expander.fault().has_value() : !scout.expander.forbidden().empty();
    });
    for (std::uint32_t level = depth; level-- > 0;) {
      nearest_.look_up(level + 1);
      mark(level, [&](Scout& scout, PackedView) { return leads_nearer(scout); });
    }
    Trail trail = walk(depth);
    finish(trail, divergence, in_state);
    return trail;
  }

 private:
  // What a thread looks at a state with.
  struct Scout {
    Expander expander;
    std::vector<std::uint64_t> hashes;  // of the successors
  };
  static constexpr std::uint32_t chunk_positions = 1024;
  static constexpr std::size_t parallel_chunks_min = 4;  // fewer are left to one thread

  PackedView target(std::size_t i) const { return {own_.expander.target(i), words_}; }
  EventId event(RuleId rule) const { return search_.firing().network().rules()[index(rule)].event; }
  TrailStep step(EventId e, const PackedState& state) const {
    TrailStep result{e, {}};
    search_.firing().unpack(state.data(), result.locals);
    return result;
  }
  static void expand(Expander& expander, const std::uint64_t* state) {
    expander.clear();
    ensure(expander.expand(state), "a visited state has missing rows");
  }

  // Marks the states of a level for which the test holds; the scout's expander stands at the state that is tested.
  template <class Test>
  void mark(std::uint32_t level, Test test) {
    std::vector<StateStore::Range> chunks;
    for (const StateStore::Range range : search_.states().level(level))
      for (std::uint32_t begin = range.begin; begin < range.end; begin += std::min(chunk_positions, range.end - begin))
        chunks.push_back({begin, begin + std::min(chunk_positions, range.end - begin)});
    std::atomic<std::size_t> next{0};  // of the chunks
    const auto take_chunks = [&](unsigned worker, Scout& scout) {
      for (;;) {
        // Relaxed: whose chunk it is is all there is to know.
        const std::size_t chunk = next.fetch_add(1, std::memory_order_relaxed);
        if (chunk >= chunks.size() || search_.crew().failed()) return;
        if (worker == 0) budget_.poll(chunks[chunk].end - chunks[chunk].begin);
        for (std::uint32_t i = chunks[chunk].begin; i < chunks[chunk].end; ++i) {
          const std::uint64_t* const state = search_.states()[i];
          expand(scout.expander, state);
          if (test(scout, PackedView(state, words_))) nearest_.mark(i);
        }
      }
    };
    search_.crew().run(chunks.size() < parallel_chunks_min ? 1 : search_.crew().size(), [&](unsigned worker) {
      if (worker == 0) return take_chunks(worker, own_);
      Scout scout{Expander(question_, search_.firing(), search_.companion()), {}};
      take_chunks(worker, scout);
    });
  }

  // Whether a successor is among the marked states that are looked up.
  bool leads_nearer(Scout& scout) const {
    const Expander& expander = scout.expander;
    scout.hashes.clear();
    for (std::size_t i = 0; i < expander.size(); ++i) {
      scout.hashes.push_back(hash_of(expander.target(i), words_));
      nearest_.prefetch(scout.hashes.back());
    }
    for (std::size_t i = 0; i < expander.size(); ++i)
      if (nearest_.contains(expander.target(i), scout.hashes[i])) return true;
    return false;
  }

  using Choice = std::optional<std::pair<EventId, PackedState>>;
  static void improve(Choice& best, EventId e, PackedView target) {
    std::pair<EventId, PackedState> candidate{e, PackedState(target.begin(), target.end())};
    if (!best || candidate < *best) best = std::move(candidate);
  }

  Trail walk(std::uint32_t depth) {
    Trail trail{};
    const auto initial = search_.firing().initial();
    at_.assign(initial.begin(), initial.end());
    for (std::uint32_t level = 1; level <= depth; ++level) {
      expand(own_.expander, at_.data());
      const PackedStates nearer = marked_successors(level);
      Choice best;
      for (std::size_t i = 0; i < own_.expander.size(); ++i)
        if (nearer.contains(target(i))) improve(best, event(own_.expander.rule(i)), target(i));
      ensure(best.has_value(), "the way to a failure is broken");
      at_ = std::move(best->second);
      trail.path.push_back(step(best->first, at_));
    }
    return trail;
  }

  // Of the state that the expander stands at.
  PackedStates marked_successors(std::uint32_t level) const {
    PackedSelection successors;
    for (std::size_t i = 0; i < own_.expander.size(); ++i) successors.insert(target(i));
    PackedStates marked;
    nearest_.for_each(level, [&](std::uint32_t position) {
      const PackedView state(search_.states()[position], words_);
      if (successors.contains(state)) marked.emplace(state.begin(), state.end());
    });
    return marked;
  }

  // What is wrong at the end of the path.
  void finish(Trail& trail, const std::optional<Divergence>& divergence, bool in_state) {
    expand(own_.expander, at_.data());
    trail.node = static_cast<NodeId>(index(search_.firing().companion().of(at_.data())));
    if (divergence && divergence->states.contains(at_)) {
      trail.fault = Fault::divergence;
    } else if (in_state) {
      trail.fault = *own_.expander.fault();
    } else {
      Choice best;
      for (const Expander::Forbidden& each : own_.expander.forbidden()) improve(best, event(each.rule), each.target);
      trail.fault = Fault::forbidden_event;
      trail.forbidden = step(best->first, best->second);
    }
  }

  PackedSearch& search_;
  const PackedQuestion& question_;
  Budget& budget_;
  std::size_t words_;
  Scout own_;
  MarkedStates nearest_;  // those on a shortest path to a failure
  PackedState at_;        // where the walk stands
};

}  // namespace

Trail find_trail(PackedSearch& search, const PackedQuestion& question, PackedSearch::Ending ending,
                 const std::optional<Divergence>& divergence, Budget& budget) {
  return TrailFinder(search, question, budget).find(ending, divergence);
}

}  // namespace tryst
