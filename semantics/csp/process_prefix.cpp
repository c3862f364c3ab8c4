// Prefixes with fields: language reference, section 6.2.
#include <algorithm>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/process_builder.hpp"
#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

// Goes through the fields from left to right; `base` is the event as far as it is known. The nondeterministic fields
// come first: each way to choose them begins a menu of its own, to which the other fields add their events.
struct ProcessBuilder::PrefixWalk {
  ProcessBuilder& builder;
  const Node& node;
  Handle* frame;
  std::span<const InputId> inputs;
  std::vector<Menu> menus;

  Machine& machine() { return builder.machine_; }
  const Input& input(std::size_t i) { return machine().core().inputs[inputs[i]]; }
  bool nondeterministic(std::size_t i) { return i < inputs.size() && input(i).kind == FieldKind::nondet_input; }

  void field(std::size_t i, ValueId base) {
    if (!nondeterministic(i) && (i == 0 || nondeterministic(i - 1))) menus.emplace_back();
    if (i == inputs.size()) {
      const NodeId continuation = machine().core().kids(node)[1];
      menus.back().emplace_back(builder.event(base), builder.operand(continuation, frame));
      return;
    }
    const Input& in = input(i);
    if (in.kind == FieldKind::output)
      return field(i + 1, join(base, machine().canonical(machine().evaluate(in.expr, frame)), in));
    std::uint64_t found = 0;
    const auto parts = machine().core().match_lists[in.parts];
    if (in.expr != no_id<NodeId>) {
      choose(machine().set(in.expr, frame), parts[0], base, in, [&](ValueId next) { ++found, field(i + 1, next); });
    } else {
      part(i, 0, base, found);
    }
    if (found == 0 && in.kind == FieldKind::nondet_input)
      machine().fail("P0413", in.span, "nothing to choose from", "no value is possible here",
                     "an internal choice needs at least one way to go on");
  }

  // One component of the pattern of an input without a set: a field of the channel, or, for the very last, all that is
  // left. A constructor stands for itself.
  void part(std::size_t i, std::size_t k, ValueId base, std::uint64_t& found) {
    const Input& in = input(i);
    const auto parts = machine().core().match_lists[in.parts];
    if (k == parts.size()) return ++found, field(i + 1, base);
    const Match& match = machine().core().matches[parts[k]];
    if (match.kind == MatchKind::data) {
      const ValueId constant = machine().values().data(static_cast<DataId>(match.number));
      return part(i, k + 1, join(base, constant, in), found);
    }
    const bool rest = in.last && k + 1 == parts.size();
    const ValueId set = rest ? extensions(machine().data(), base) : next_field(machine().data(), base);
    choose(set, parts[k], base, in, [&](ValueId next) { part(i, k + 1, next, found); });
  }

  template <class Next>
  void choose(ValueId set, MatchId match, ValueId base, const Input& in, Next next) {
    const auto each = [&](ValueId v) {
      machine().poll();
      if (machine().matches(match, machine().from(v), frame)) next(join(base, v, in, set));
    };
    if (machine().has_samples()) {
      std::ranges::for_each(machine().sampled(set, in.span), each);
      return;
    }
    const Elements list = machine().list(set, in.span);
    for (ValueId v : list) each(v);
  }

  // `known_set`: a set that the field was taken from.
  ValueId join(ValueId base, ValueId field, const Input& in, ValueId known_set = no_id<ValueId>) {
    return machine().checked(combine_dots(machine().data(), base, field, known_set), in.span);
  }
};

ProcessId ProcessBuilder::prefix(const Node& node, Handle* frame) {
  PrefixWalk walk{*this, node, frame, machine_.core().input_lists[node.inputs], {}};
  walk.field(0, machine_.canonical(machine_.evaluate(machine_.core().kids(node)[0], frame)));
  Term choice{Operator::internal_choice, node.span};
  for (Menu& offers : walk.menus) choice.operands.push_back(menu(std::move(offers), node.span));
  return choice.operands.size() == 1 ? choice.operands[0] : terms_.intern(choice);
}

// A prefix of several events. Where an event leads to two different processes, a choice of two prefixes.
ProcessId ProcessBuilder::menu(Menu offers, Span span) {
  if (offers.empty()) return terms_.intern(Term{Operator::stop});
  std::sort(offers.begin(), offers.end());
  offers.erase(std::unique(offers.begin(), offers.end()), offers.end());
  Term choice{Operator::external_choice, span};
  while (!offers.empty()) {
    Term prefix{Operator::prefix, span};
    Menu again;
    for (const auto& [event, process] : offers) {
      if (!prefix.events.empty() && prefix.events.back() == event) {
        again.emplace_back(event, process);
      } else {
        prefix.events.push_back(event);
        prefix.operands.push_back(process);
      }
    }
    choice.operands.push_back(terms_.intern(prefix));
    offers = std::move(again);
  }
  return choice.operands.size() == 1 ? choice.operands[0] : terms_.intern(choice);
}

}  // namespace tryst::csp
