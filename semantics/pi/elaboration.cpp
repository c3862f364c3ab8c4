#include "semantics/pi/elaboration.hpp"

#include <algorithm>

namespace tryst::pi {

Elaboration::Elaboration(const Script& script, Terms& terms, std::span<const ProcId> processes)
    : script_(script), terms_(terms), kinds_(kinds_received(script, processes)) {
  agents_.assign(script.symbols.size(), no_id<AgentId>);
  for (const Definition& definition : script.definitions)
    agents_[index(definition.agent.symbol)] =
        terms.declare(std::string(script.text(definition.agent)), definition.parameters.count);
  for (const Definition& definition : script.definitions)
    terms.define(agents_[index(definition.agent.symbol)], under(script.names[definition.parameters], definition.body));
}

TermId Elaboration::process(ProcId p) { return terms_.settle(build(p)); }

// The name bound innermost; with the numbering of a locally nameless term, where each binder between adds its names.
Name Elaboration::resolve(Symbol symbol) const {
  std::uint32_t below = 0;
  for (auto binder = binders_.rbegin(); binder != binders_.rend(); ++binder) {
    for (std::uint32_t i = 0; i < binder->size(); ++i)
      if ((*binder)[i] == symbol) return bound_name(below + i);
    below += static_cast<std::uint32_t>(binder->size());
  }
  const std::string_view text = script_.symbols.text(symbol);
  if (is_truth_value(text)) return text == "true" ? true_datum : false_datum;
  return terms_.constant(text);
}

Name Elaboration::resolve(const NameUse& use) const {
  if (use.sum.count == 0) return resolve(use.symbol);
  Sum sum;
  for (const Summand& each : script_.summands[use.sum]) {
    const Sum summand =
        each.symbol == no_id<Symbol> ? Sum{{}, each.number} : terms_.integers().sum_of(resolve(each.symbol));
    Integers::add(sum, summand, each.negative ? -1 : 1);
  }
  return terms_.integers().name_of(std::move(sum));
}

// Of two numbers: their difference is compared with 0, or with 1.
TermId Elaboration::comparison(ProcKind kind, const NameUse& left, const NameUse& right, TermId next) const {
  Integers& integers = terms_.integers();
  const bool is_greater = kind == ProcKind::greater || kind == ProcKind::at_least;
  Sum difference = integers.sum_of(resolve(is_greater ? right : left));
  Integers::add(difference, integers.sum_of(resolve(is_greater ? left : right)), -1);
  if (kind == ProcKind::less || kind == ProcKind::greater) Integers::add(difference, {{}, 1}, 1);
  return terms_.test({integers.name_of(std::move(difference)), TestKind::at_most}, next);
}

std::vector<Name> Elaboration::resolve(std::span<const NameUse> uses) const {
  std::vector<Name> names;
  for (const NameUse& use : uses) names.push_back(resolve(use));
  return names;
}

TermId Elaboration::under(std::span<const NameUse> names, ProcId body) {
  std::vector<Symbol> binder;
  for (const NameUse& name : names) binder.push_back(name.symbol);
  binders_.push_back(std::move(binder));
  const TermId built = build(body);
  binders_.pop_back();
  return built;
}

// The prefix itself, without the process behind it.
Span Elaboration::prefix_span(ProcId p) const {
  return {script_.procs[p].span.begin, script_.procs[script_.operand(p)].span.begin};
}

TermId Elaboration::build(ProcId p) {
  const Proc& proc = script_.procs[p];
  const auto uses = script_.names_of(p);
  const auto count = static_cast<std::uint32_t>(uses.size());
  switch (proc.kind) {
    case ProcKind::nil: break;
    case ProcKind::tau: return terms_.tau_prefix(build(script_.operand(p)), prefix_span(p));
    case ProcKind::input: {
      const Name subject = resolve(uses[0]);
      std::vector<Kind> kinds;
      for (const SortKind kind : index(p) < kinds_.size() ? kinds_[index(p)] : std::vector<SortKind>{})
        kinds.push_back(static_cast<Kind>(kind));  // listed in the same order
      const TermId next = under(uses.subspan(1), script_.operand(p));
      return terms_.input(subject, count - 1, next, prefix_span(p), kinds);
    }
    case ProcKind::output: {
      const std::vector<Name> names = resolve(uses);
      return terms_.output(names[0], std::span(names).subspan(1), build(script_.operand(p)), prefix_span(p));
    }
    case ProcKind::match: return terms_.match(resolve(uses[0]), resolve(uses[1]), build(script_.operand(p)));
    case ProcKind::mismatch: return terms_.mismatch(resolve(uses[0]), resolve(uses[1]), build(script_.operand(p)));
    case ProcKind::less:
    case ProcKind::at_most:
    case ProcKind::greater:
    case ProcKind::at_least: {
      const TermId next = build(script_.operand(p));
      return comparison(proc.kind, uses[0], uses[1], next);
    }
    case ProcKind::restriction: return terms_.restriction(count, under(uses, script_.operand(p)));
    case ProcKind::replication: return terms_.replication(build(script_.operand(p)));
    case ProcKind::call: {
      const std::vector<Name> arguments = resolve(uses.subspan(1));
      return terms_.call(agents_[index(uses[0].symbol)], arguments);
    }
    case ProcKind::paren: return build(script_.operand(p));
    case ProcKind::parallel:
    case ProcKind::sum: {
      std::vector<TermId> parts;
      for (const ProcId operand : script_.operands_of(p)) parts.push_back(build(operand));
      return proc.kind == ProcKind::parallel ? terms_.parallel(parts) : terms_.sum(parts);
    }
  }
  return terms_.nil();
}

}  // namespace tryst::pi
