// What can be asked about a transition system, and the one function that answers: check().
//
//   refinement        every behaviour of the implementation, in the model, is one of the specification
//   deadlock_free     no reachable state without transitions, except Ω; in FD and VD, RD also no reachable divergence;
//                     with `local`, also no reachable state in which a component is blocked for ever (local_deadlock.hpp)
//   divergence_free   no reachable state that can perform τ for ever; the model makes no difference
//   deterministic     no trace s and event a such that, after s, a can be both performed and refused; in FD and VD, RD
//   also
//                     no reachable divergence
//   has_trace         the given visible events are a trace: τ is invisible, the model makes no difference
// The models and where their definitions come from are in checker/README.md. Specification and implementation must
// share one EventNames object (semantics/shared_events.hpp gives two systems one).
//
// check() lets ScriptError pass, and LimitReached when the user interrupted; any other limit is an inconclusive
// verdict, or `fails` if evidence was found before it. All evidence has been replayed on the systems before it is
// returned. Cost: one visit of each reachable pair (specification node, implementation state); see
// checker/pair_search.hpp. Threads: one question at a time on a LazyLts.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "checker/verdict.hpp"
#include "semantics/budget.hpp"
#include "semantics/lazy_lts.hpp"
#include "semantics/network/network.hpp"

namespace tryst {

enum class Property : std::uint8_t { refinement, deadlock_free, divergence_free, deterministic, has_trace };

// Traces, stable failures, failures-divergences, stable revivals, revivals-divergences, stable refusal testing, refusal
// testing with divergences.
enum class Model : std::uint8_t { T, F, FD, V, VD, R, RD };

std::string_view name(Model);  // "T", "F", "FD" ...

// FD, VD, RD: the models that are strict about divergence.
constexpr bool sees_divergence(Model m) { return m == Model::FD || m == Model::VD || m == Model::RD; }

// Whether the question makes sense: deadlock freedom and determinism cannot be seen in the traces model.
constexpr bool is_answerable(Property p, Model m) {
  return m != Model::T || (p != Property::deadlock_free && p != Property::deterministic);
}

// The implementation once more, as a network, for the engine that searches large systems. `state` says which state of
// `Question::implementation` a global state is, so that evidence is found on one and replayed on the other.
struct NetworkImplementation {
  std::function<Network&()> network;  // makes it anew; the one made before is gone
  std::function<StateId(std::span<const LocalId>)> state;
};

struct Question {
  Property property;
  Model model = Model::FD;
  LazyLts* implementation = nullptr;
  LazyLts* specification = nullptr;  // refinement only
  std::vector<EventId> trace;        // has_trace only; visible events
  bool local = false;                // deadlock_free only; needs a network, of the components that it starts with
  std::optional<NetworkImplementation> network{};
  std::function<Network&()> specification_network{};  // may be empty; as NetworkImplementation::network
};

enum class Engine : std::uint8_t { automatic, system, network };

// How deadlock freedom is decided: from the structure of the network (checker/structural/), by a search, or by
// whichever is cheaper.
enum class Prove : std::uint8_t { automatic, structural, search };

// When a refinement's pair search leaves out pairs that others cover (checker/antichain.hpp): where the specification
// explodes, as long as it pays; the same, and it throws AntichainInVain where it does not pay; or from the start.
enum class Pruning : std::uint8_t { automatic, must_pay, always };

struct Asking {
  // Evidence of up to so many failures that differ in kind, visible trace or what is refused, shortest first.
  std::uint32_t counterexamples_max = 1;
  // has_trace that holds: return the path as evidence too (for a negated assertion).
  bool witness = false;
  // At most so many threads, by engines that use several.
  unsigned threads = 1;
  // With a network: which engine decides. `automatic` tries the system itself for a moment and then the network.
  Engine engine = Engine::automatic;
  // Whether a network's search may leave out transitions that lead to nothing new. No count or verdict shows it.
  bool reduction = true;
  // Whether parts of a network that no script names are composed and compressed where that seems worth it. Those that a
  // script names are in any case, unless the system itself is to be searched.
  bool compose = false;
  // `automatic` with another engine than `automatic` is `search`.
  Prove prove = Prove::automatic;
  // A structural proof comes with a certificate, and is tried before anything else.
  bool certificate = false;
  // The reduction is used, where it is sound, even if it does not seem to pay.
  bool insist_on_reduction = false;
  Pruning pruning = Pruning::automatic;
};

Verdict check(const Question&, Budget&, const Asking& = {});

}  // namespace tryst
