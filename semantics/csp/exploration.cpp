#include "semantics/csp/exploration.hpp"

#include <optional>

#include "semantics/csp/compiled_network.hpp"
#include "semantics/lazy_lts.hpp"
#include "semantics/network/network_system.hpp"

namespace tryst::csp {

namespace {

// Work that compiling a network may not be worth.
constexpr std::uint64_t trial_work = 100'000;

// With more components a state is so wide that terms, which share what has not moved, cost less.
constexpr std::size_t components_max = 1024;

}  // namespace

Lts explore_process(ReferenceSystem& reference, Terms& terms, Unfolder& unfolder, ProcessId process, Budget& budget,
                    const Substitute& substitute) {
  if (auto lts = budget.within(trial_work, [&] { return explore(reference, budget); })) return std::move(*lts);
  CompiledNetwork tried(terms, unfolder, process, &budget);
  if (components_soon(tried, trial_work) > components_max || !tried.is_composed()) return explore(reference, budget);
  if (substitute) {
    CompiledNetwork network(terms, unfolder, process, &budget);
    if (auto lts = substitute(network)) return std::move(*lts);
  }
  CompiledNetwork network(terms, unfolder, process, &budget);  // of which nothing has been built
  NetworkSystem system(network);
  return explore(system, budget);
}

}  // namespace tryst::csp
