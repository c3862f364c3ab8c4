// Process terms written by hand, without a script: operators as functions, recursion by name.
//
//   TermBuilder p;
//   const EventId a = p.event("a");
//   p.define("P", [&] { return p.prefix(a, p.call("P")); });
//   ReferenceSystem system(p.terms, p, p.call("P"));
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "semantics/csp/terms.hpp"

namespace tryst::csp {

class TermBuilder final : public Unfolder {
 public:
  using Processes = std::vector<ProcessId>;
  using Events = std::vector<EventId>;
  using Pairs = std::vector<std::pair<EventId, EventId>>;

  Terms terms;

  EventId event(const std::string& name) { return terms.events().intern(name); }
  EventSetId set(Events events) { return terms.event_set(std::move(events)); }
  ProcessId term(Term t) { return terms.intern(t); }

  ProcessId stop() { return term({.op = Operator::stop}); }
  ProcessId skip() { return term({.op = Operator::skip}); }
  ProcessId div() { return term({.op = Operator::div}); }
  ProcessId run(Events a) { return term({.op = Operator::run, .sets = {set(std::move(a))}}); }
  ProcessId chaos(Events a) { return term({.op = Operator::chaos, .sets = {set(std::move(a))}}); }
  ProcessId prefix(EventId a, ProcessId p, Span span = {}) {
    return term({.op = Operator::prefix, .span = span, .operands = {p}, .events = {a}});
  }
  ProcessId menu(Events events, Processes after) {
    return term({.op = Operator::prefix, .operands = std::move(after), .events = std::move(events)});
  }
  // Operators that take nothing but processes.
  ProcessId apply(Operator op, Processes operands) { return term({.op = op, .operands = std::move(operands)}); }
  // Operators with one set.
  ProcessId apply(Operator op, Processes operands, Events a) {
    return term({.op = op, .operands = std::move(operands), .sets = {set(std::move(a))}});
  }
  ProcessId alphabetised(Processes operands, const std::vector<Events>& alphabets) {
    return with_sets(Operator::alphabetised, std::move(operands), alphabets);
  }
  ProcessId prioritise(ProcessId p, const std::vector<Events>& order) {
    return with_sets(Operator::prioritise, {p}, order);
  }
  ProcessId prioritise_po(ProcessId p, Events all, Pairs above, Events maximal) {
    return term({.op = Operator::prioritise_po,
                 .operands = {p},
                 .sets = {set(std::move(all)), set(std::move(maximal))},
                 .relation = terms.relation(std::move(above))});
  }
  ProcessId rename(ProcessId p, Pairs pairs) {
    return term({.op = Operator::rename, .operands = {p}, .relation = terms.relation(std::move(pairs))});
  }
  ProcessId link(ProcessId p, ProcessId q, Pairs ties) {
    return term({.op = Operator::link, .operands = {p, q}, .relation = terms.relation(std::move(ties))});
  }
  ProcessId watchdog(Operator op, ProcessId p, Events a, EventId alarm) {
    return term({.op = op, .operands = {p}, .events = {alarm}, .sets = {set(std::move(a))}});
  }

  // A named process; its body is built when the name is first unfolded.
  void define(const std::string& name, std::function<ProcessId()> body) { bodies_[name] = std::move(body); }
  ProcessId call(const std::string& name) {
    const auto [entry, fresh] = numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.push_back(name);
    return term({.op = Operator::suspended, .payload = entry->second});
  }

  ProcessId unfold(SuspensionId id) override { return bodies_.at(names_[index(id)])(); }
  std::string name(SuspensionId id) override { return names_[index(id)]; }

 private:
  ProcessId with_sets(Operator op, Processes operands, const std::vector<Events>& sets) {
    Term t{.op = op, .operands = std::move(operands)};
    for (const Events& events : sets) t.sets.push_back(set(events));
    return term(std::move(t));
  }

  std::map<std::string, std::function<ProcessId()>> bodies_;
  std::map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> names_;
};

}  // namespace tryst::csp
