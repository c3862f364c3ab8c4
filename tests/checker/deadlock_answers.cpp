#include "tests/checker/deadlock_answers.hpp"

#include "semantics/csp/compiled_network.hpp"
#include "semantics/csp/reference_system.hpp"
#include "tests/semantics/process_syntax.hpp"

namespace tryst::csp {

namespace {

Verdict answer(TermBuilder& t, ProcessId process, Property property, Model model, const Asking& asking, bool is_local) {
  ReferenceSystem system(t.terms, t, process);
  LazyLts rows(system);
  std::optional<CompiledNetwork> network;
  Question question{property, model, &rows, nullptr, {}};
  question.local = is_local;
  question.network =
      NetworkImplementation{[&]() -> Network& { return network.emplace(t.terms, t, process, nullptr); },
                            [&](std::span<const LocalId> state) { return system.state(network->term(state)); }};
  Budget budget({.states_max = 100'000});
  Asking with_certificate = asking;
  with_certificate.certificate = asking.prove == Prove::structural;
  return check(question, budget, with_certificate);
}

}  // namespace

Verdict deadlock_answer(TermBuilder& t, ProcessId process, Model model, const Asking& asking, bool is_local) {
  return answer(t, process, Property::deadlock_free, model, asking, is_local);
}

Verdict divergence_answer(TermBuilder& t, ProcessId process, const Asking& asking) {
  return answer(t, process, Property::divergence_free, Model::FD, asking, false);
}

std::optional<std::string> refuted(const Certificate& certificate, TermBuilder& t, ProcessId process,
                                   bool minds_divergence) {
  return refuted(certificate, t, process, minds_divergence ? Claim::neither : Claim::no_deadlock);
}

std::optional<std::string> refuted(const Certificate& certificate, TermBuilder& t, ProcessId process, Claim claim) {
  CompiledNetwork network(t.terms, t, process, nullptr);
  Budget budget;
  return refute_certificate(certificate, network, claim, budget);
}

ProcessId random_parallel(TermBuilder& t, std::mt19937& random) {
  declare(t);
  const std::vector<ProcessId> components = random_components(t, random, 3, 7);
  return t.apply(Operator::hide, {t.apply(Operator::parallel, components, {EventId{2}})}, {EventId{4}});
}

ProcessId signal_ring(TermBuilder& t, int n, bool all_begin) {
  std::vector<ProcessId> stations;
  std::vector<TermBuilder::Events> alphabets;
  for (int i = 0; i < n; ++i) {
    const EventId receive = t.event("wave." + std::to_string(i));
    const EventId send = t.event("wave." + std::to_string((i + 1) % n));
    const std::string name = "STATION" + std::to_string(i);
    const bool begins = all_begin || i == 0;
    t.define(name, [&t, receive, send, name, begins] {
      return begins ? t.prefix(send, t.prefix(receive, t.call(name))) : t.prefix(receive, t.prefix(send, t.call(name)));
    });
    stations.push_back(t.call(name));
    alphabets.push_back({receive, send});
  }
  return t.alphabetised(stations, alphabets);
}

}  // namespace tryst::csp
