#include "checker/packed/trail.hpp"

#include <algorithm>

#include "checker/ensure.hpp"

namespace tryst {

namespace {

class TrailFinder {
 public:
  TrailFinder(PackedSearch& search, const PackedQuestion& question, Budget& budget)
      : search_(search),
        budget_(budget),
        words_(search.firing().packing().words()),
        expander_(question, search.firing(), search.companion()) {}

  Trail find(PackedSearch::Ending ending, const std::optional<Divergence>& divergence) {
    const std::uint32_t depth = divergence ? divergence->level : search_.depth();
    const bool search_failed = ending == PackedSearch::Ending::state_fails && depth == search_.depth();
    const bool in_state = divergence || search_failed;
    std::vector<PackedSelection> nearest(depth + 1);  // by level: the states on a shortest path to a failure
    nearest[depth] = select(depth, [&](PackedView state) {
      if (divergence && divergence->states.contains(state)) return true;
      return in_state ? search_failed && expander_.fault().has_value() : !expander_.forbidden().empty();
    });
    for (std::uint32_t level = depth; level-- > 0;)
      nearest[level] = select(level, [&](PackedView) {
        for (std::size_t i = 0; i < expander_.size(); ++i)
          if (nearest[level + 1].contains(target(i))) return true;
        return false;
      });
    Trail trail = walk(nearest);
    finish(trail, divergence, in_state);
    return trail;
  }

 private:
  PackedView target(std::size_t i) const { return {expander_.target(i), words_}; }
  EventId event(RuleId rule) const { return search_.firing().network().rules()[index(rule)].event; }
  TrailStep step(EventId e, const PackedState& state) const {
    TrailStep result{e, {}};
    search_.firing().unpack(state.data(), result.locals);
    return result;
  }
  void expand(const std::uint64_t* state) {
    budget_.poll();
    expander_.clear();
    ensure(expander_.expand(state), "a visited state has missing rows");
  }

  // The states of a level for which the test holds; the expander stands at the state that is tested.
  template <class Test>
  PackedSelection select(std::uint32_t level, Test test) {
    PackedSelection selected;
    for (const StateStore::Range range : search_.states().level(level))
      for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const std::uint64_t* const state = search_.states()[i];
        expand(state);
        if (test(PackedView(state, words_))) selected.insert({state, words_});
      }
    return selected;
  }

  using Choice = std::optional<std::pair<EventId, PackedState>>;
  static void improve(Choice& best, EventId e, PackedView target) {
    std::pair<EventId, PackedState> candidate{e, PackedState(target.begin(), target.end())};
    if (!best || candidate < *best) best = std::move(candidate);
  }

  Trail walk(const std::vector<PackedSelection>& nearest) {
    Trail trail{};
    ensure(nearest.front().states().size() == 1, "a failure is not reached from the initial state");
    at_ = *nearest.front().states().begin();
    for (std::size_t level = 1; level < nearest.size(); ++level) {
      expand(at_.data());
      Choice best;
      for (std::size_t i = 0; i < expander_.size(); ++i)
        if (nearest[level].contains(target(i))) improve(best, event(expander_.rule(i)), target(i));
      ensure(best.has_value(), "the way to a failure is broken");
      at_ = std::move(best->second);
      trail.path.push_back(step(best->first, at_));
    }
    return trail;
  }

  // What is wrong at the end of the path.
  void finish(Trail& trail, const std::optional<Divergence>& divergence, bool in_state) {
    expand(at_.data());
    trail.node = static_cast<NodeId>(index(search_.firing().companion().of(at_.data())));
    if (divergence && divergence->states.contains(at_)) {
      trail.fault = Fault::divergence;
    } else if (in_state) {
      trail.fault = *expander_.fault();
    } else {
      Choice best;
      for (const Expander::Forbidden& each : expander_.forbidden()) improve(best, event(each.rule), each.target);
      trail.fault = Fault::forbidden_event;
      trail.forbidden = step(best->first, best->second);
    }
  }

  PackedSearch& search_;
  Budget& budget_;
  std::size_t words_;
  Expander expander_;
  PackedState at_;  // where the walk stands
};

}  // namespace

Trail find_trail(PackedSearch& search, const PackedQuestion& question, PackedSearch::Ending ending,
                 const std::optional<Divergence>& divergence, Budget& budget) {
  return TrailFinder(search, question, budget).find(ending, divergence);
}

}  // namespace tryst
