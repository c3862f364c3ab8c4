#include "cli/decide.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <new>

#include "checker/ensure.hpp"
#include "cli/evidence.hpp"
#include "cli/phrases.hpp"
#include "cli/replay.hpp"
#include "cli/symbolic_decide.hpp"
#include "semantics/csp/compiled_network.hpp"
#include "semantics/csp/counting.hpp"
#include "semantics/csp/process_builder.hpp"
#include "semantics/csp/reference_system.hpp"
#include "semantics/csp/symbolic_machine.hpp"
#include "semantics/script_error.hpp"

namespace tryst::cli {

namespace {

// An evaluator that has made the process grow by more than this is not used again.
constexpr std::uint64_t evaluator_bytes_max = std::uint64_t{256} << 20;

std::uint32_t counterexamples_max(const Options& options) {
  constexpr std::uint64_t most = 1000;
  return static_cast<std::uint32_t>(std::min(options.counterexamples, most));
}

}  // namespace

Decider::Decider(Script& script, const Options& options, const RunLimits& limits, ProgressLine& progress)
    : script_(script), options_(options), limits_(limits), progress_(progress) {}

void Decider::decide(AssertionReport& report, const csp::Assertion& assertion) {
  if (evaluator_ && Budget::resident_bytes() > memory_bytes_before_ + evaluator_bytes_max) {
    evaluator_.reset();
    malloc_trim(0);
  }
  if (!evaluator_) {
    memory_bytes_before_ = Budget::resident_bytes();
    evaluator_ = std::make_unique<csp::Evaluator>(script_.typed, script_.sources);
  }
  Budget budget(limits_.next());
  progress_.watch(budget, report.text);
  evaluator_->set_budget(&budget);
  suspensions_before_ = evaluator_->machine().processes().suspensions();
  bool reusable = false;
  try {
    if (options_.prove != ProofChoice::symbolic || !ask_in_symbols(report, assertion, budget, nullptr))
      ask(report, assertion, budget);
    reusable = true;
  } catch (const ScriptError& error) {
    record(report, error.diagnostic);
  } catch (const LimitReached& limit) {
    report.reason = limits_.reason(limit);
    report.interrupted = limit.interrupted;
    add_hint(report, assertion);
  } catch (const std::bad_alloc&) {
    report.reason = "the memory is exhausted";
  } catch (const InternalError& error) {
    report.status = Status::error;
    report.internal = true;
    report.counterexamples.clear();
    report.reason = fmt::format("internal error: {}; please report it", error.what());
  }
  const Progress& spent = budget.progress();
  report.states = std::max(report.states, spent.states);
  report.transitions = std::max(report.transitions, spent.transitions);
  report.seconds = spent.seconds;
  report.memory_bytes = spent.peak_memory_bytes;
  if (reusable)
    evaluator_->set_budget(nullptr);
  else
    evaluator_.reset();
  progress_.clear();
}

// Where a search has reached a limit because something counts: what it is, and whether that can be decided otherwise.
void Decider::add_hint(AssertionReport& report, const csp::Assertion& assertion) const {
  if (options_.prove == ProofChoice::symbolic || report.interrupted) return;
  const auto found = csp::counting_parameter(evaluator_->machine(), suspensions_before_);
  if (!found) return;
  report.reason +=
      fmt::format("; parameter {} of `{}` took {} values, from {} to {}{}", found->parameter, found->process,
                  with_separators(found->values), found->least, found->most,
                  is_symbolic_question(assertion, report) ? ": if it has no bound, `--prove symbolic` may decide this"
                                                          : ": a search does not end if it has no bound");
}

void Decider::record(AssertionReport& report, const Diagnostic& diagnostic) const {
  report.status = Status::error;
  report.reason = diagnostic.message;
  report.error = reported(diagnostic, script_.sources);
}

// Asks the rules, and where they cannot list what is received, in symbols.
void Decider::ask(AssertionReport& report, const csp::Assertion& assertion, Budget& budget) {
  try {
    ask_rules(report, assertion, budget);
  } catch (const ScriptError& error) {
    constexpr std::string_view infinite_set = "P0408";
    const bool may = options_.prove == ProofChoice::automatic && error.diagnostic.code == infinite_set;
    if (!may || !ask_in_symbols(report, assertion, budget, &error.diagnostic)) throw;
  }
}

// Whether there is an answer, or `instead`, what was wrong without symbols, has been reported with why there is none.
bool Decider::ask_in_symbols(AssertionReport& report, const csp::Assertion& assertion, Budget& budget,
                             const Diagnostic* instead) {
  Span place{};  // in the script, of what is the reason
  std::string reason =
      "only refinement of traces and freedom of deadlock and divergence are decided for integers without a range";
  const bool is_local = options_.local && assertion.kind == csp::AssertionKind::deadlock_free;
  if (is_local) reason = "whether a component can be blocked for ever is not decided in symbols";
  if (!is_local && is_symbolic_question(assertion, report)) {
    try {
      const SymbolicDecision decision = decide_symbolically(script_, *evaluator_, assertion, report, options_, budget);
      record(report, decision.verdict, assertion);
      if (report.status != Status::fails || options_.counterexamples == 0 || !decision.run) return true;
      const PerformedRun& run = *decision.run;
      run.evaluator->set_budget(nullptr);
      for (const Evidence& evidence : decision.verdict.evidence) {
        const Replayed replayed =
            replay(evidence, *run.implementation, run.evaluator->terms(), *run.evaluator, run.asserted.implementation);
        report.counterexamples.push_back(
            describe(evidence, replayed, run.evaluator->terms().events(), script_.sources, run.asserted.property, {}));
        report.counterexamples.back().shortest = decision.verdict.is_shortest;
      }
      return true;
    } catch (const csp::NotSymbolic& error) {
      reason = error.reason;
      place = error.span;
    }
  }
  if (instead == nullptr) {
    report.reason = reason;
    if (place.known()) {
      const Location at = script_.sources.locate(place.begin);
      const bool is_elsewhere = at.file != script_.sources.locate(assertion.span.begin).file;
      report.reason +=
          fmt::format(", at {}{}:{}", is_elsewhere ? std::string(script_.sources.name(at.file)) + ":" : std::string(),
                      at.line, at.column);
    }
    return true;
  }
  Diagnostic diagnostic = *instead;
  diagnostic.notes.push_back({place, "it was not decided in symbols either: " + reason});
  record(report, diagnostic);
  return true;
}

void Decider::ask_rules(AssertionReport& report, const csp::Assertion& assertion, Budget& budget) {
  const AssertedTerms asserted = evaluate_assertion(assertion, *evaluator_);
  csp::Terms& terms = evaluator_->terms();
  csp::ReferenceSystem implementation(terms, *evaluator_, asserted.implementation);
  implementation.set_budget(&budget);
  LazyLts implementation_rows(implementation);
  Question question{asserted.property, asserted.model, &implementation_rows, nullptr, asserted.trace};
  question.local = options_.local && asserted.property == Property::deadlock_free;

  std::unique_ptr<csp::ReferenceSystem> specification;
  std::unique_ptr<LazyLts> specification_rows;
  if (asserted.property == Property::refinement) {
    specification = std::make_unique<csp::ReferenceSystem>(terms, *evaluator_, asserted.specification);
    specification->set_budget(&budget);
    specification_rows = std::make_unique<LazyLts>(*specification);
    question.specification = specification_rows.get();
  }
  std::optional<csp::CompiledNetwork> network;
  // Where components have names or numbers, they are those that the process starts with.
  const auto behind = question.local || !options_.certificate.empty() ? csp::CompiledNetwork::Behind::component
                                                                      : csp::CompiledNetwork::Behind::phases;
  question.network =
      NetworkImplementation{[&]() -> Network& {
                              return network.emplace(terms, *evaluator_, asserted.implementation, &budget,
                                                     csp::CompiledNetwork::Around::component, behind);
                            },
                            [&](std::span<const LocalId> state) { return implementation.state(network->term(state)); }};
  std::optional<csp::CompiledNetwork> specification_network;
  question.specification_network = [&]() -> Network& {
    return specification_network.emplace(terms, *evaluator_, asserted.specification, &budget);
  };
  const Asking asking{std::max<std::uint32_t>(1, counterexamples_max(options_)),
                      assertion.negated,
                      thread_count(options_),
                      static_cast<Engine>(options_.engine),
                      !options_.no_reduction,
                      options_.compose == ComposeChoice::automatic,
                      static_cast<Prove>(options_.prove),
                      !options_.certificate.empty(),
                      assertion.partial_order != csp::PartialOrder::none};
  const Verdict verdict = check(question, budget, asking);
  record(report, verdict, assertion);

  const bool shows = report.status == Status::fails && options_.counterexamples > 0;
  if (!shows) return;
  evaluator_->set_budget(nullptr);  // the evidence is there: a limit must not take it away
  for (const Evidence& evidence : verdict.evidence) {
    const Replayed replayed = replay(evidence, implementation, terms, *evaluator_, asserted.implementation);
    report.counterexamples.push_back(
        describe(evidence, replayed, terms.events(), script_.sources, asserted.property, asserted.trace));
    report.counterexamples.back().shortest = verdict.is_shortest && report.counterexamples.size() == 1;
  }
}

void Decider::record(AssertionReport& report, const Verdict& verdict, const csp::Assertion& assertion) const {
  if (!verdict.model.empty()) report.model = verdict.model;
  report.states = verdict.states;
  report.transitions = verdict.transitions;
  report.argument = verdict.argument;
  if (verdict.certificate && !assertion.negated) {
    Certificate certificate = *verdict.certificate;
    certificate.assertion = report.text;
    report.certificate = text_of(certificate);
  }
  if (verdict.outcome == Outcome::inconclusive) {
    report.reason = limits_.reason({verdict.reason, false});
    add_hint(report, assertion);
    return;
  }
  const bool holds = (verdict.outcome == Outcome::holds) != assertion.negated;
  report.status = holds ? Status::holds : Status::fails;
  if (!holds && assertion.negated) report.reason = "what is negated holds";
}

}  // namespace tryst::cli
