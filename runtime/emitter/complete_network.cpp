#include <algorithm>
#include <functional>
#include <utility>

#include "runtime/emitter/collect.hpp"
#include "semantics/network/network_system.hpp"
#include "semantics/script_error.hpp"

namespace tryst::emitter {

namespace {

constexpr std::uint32_t rows_at_once = 64;  // of a component, before it is the turn of the next

// Builds the components, each on its own, as far as they have an end and go right: by turns, so that one without an end
// does not keep the others from theirs.
class Completion {
 public:
  Completion(csp::CompiledNetwork& network, Budget& budget) : network_(network), budget_(budget) {}

  // By component: every row is there. Those that a component brings with it are like it.
  std::vector<bool> run(std::size_t rows_max, const std::vector<bool>& wanted = {}) {
    next_.clear();
    fails_.clear();
    std::size_t rows = 0;
    for (bool grown = true; grown && rows <= rows_max;) {
      grown = false;
      for (std::size_t c = 0; c < network_.size(); ++c) {
        next_.resize(network_.size(), 0);
        fails_.resize(network_.size(), false);
        if (fails_[c] || (c < wanted.size() && !wanted[c])) continue;
        grown |= grow(c, rows);
      }
    }
    std::vector<bool> whole;
    for (std::size_t c = 0; c < network_.size(); ++c)
      whole.push_back(c < next_.size() && !fails_[c] && next_[c] == network_.graph(c).size());
    return whole;
  }

 private:
  bool grow(std::size_t c, std::size_t& rows) {
    bool grown = false;
    try {
      // expand() may add components, and states to earlier ones
      for (std::uint32_t n = 0; n < rows_at_once && next_[c] < network_.graph(c).size(); ++n, ++next_[c]) {
        if (network_.graph(c).is_expanded(LocalId{next_[c]})) continue;
        budget_.poll();
        network_.expand(c, LocalId{next_[c]});
        rows += 1 + network_.graph(c).row(LocalId{next_[c]}).size();
        grown = true;
      }
    } catch (const ScriptError&) {
      fails_[c] = true;
    }
    return grown || (!fails_[c] && next_[c] < network_.graph(c).size());
  }

  csp::CompiledNetwork& network_;
  Budget& budget_;
  std::vector<std::uint32_t> next_;  // by component: the state to look at next
  std::vector<bool> fails_;
};

void explore_whole(csp::CompiledNetwork& network, Budget& budget) {
  NetworkSystem system(network);
  std::vector<Transition> transitions;
  for (std::uint32_t s = 0; s < system.size(); ++s) {
    budget.count_state();
    system.successors(StateId{s}, transitions);
    budget.count_transitions(transitions.size());
  }
}

}  // namespace

CompleteNetwork complete_network(csp::Evaluator& evaluator, csp::ProcessId process, Budget& budget) {
  const auto compile = [&] {
    return std::make_unique<csp::CompiledNetwork>(evaluator.terms(), evaluator, process, &budget,
                                                  csp::CompiledNetwork::Around::rules);
  };
  CompleteNetwork result{compile(), {}};
  result.is_whole = Completion(*result.network, budget).run(component_rows_max);
  if (std::ranges::all_of(result.is_whole, std::identity())) return result;
  // Anew, without the rows of those that are not whole: the whole may need none of them. A mistake in a state that it
  // does reach is met again.
  const std::vector<bool> wanted = std::exchange(result.is_whole, {});
  result.network = compile();
  explore_whole(*result.network, budget);
  result.is_whole = Completion(*result.network, budget).run(component_rows_max, wanted);
  for (std::size_t c = 0; c < wanted.size(); ++c) result.is_whole[c] = result.is_whole[c] && wanted[c];
  return result;
}

}  // namespace tryst::emitter
