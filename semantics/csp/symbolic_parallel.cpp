// Parallel and hiding inside a component, such as behind an event: the rules of rules.hpp, with guards.
#include "semantics/csp/set_operations.hpp"
#include "semantics/csp/symbolic_machine.hpp"

namespace tryst::csp {

// On paths of their own: their guards hold what is assumed, too.
SymbolicMachine::List SymbolicMachine::moves_of(SymbolicId part) {
  List all;
  for_each_path([&] {
    List moves;
    explore(part, moves);
    all.insert(all.end(), moves.begin(), moves.end());
  });
  for (const Offer& move : all)
    if (move.kind == Offer::Kind::any_of) throw NotSymbolic{"RUN stands inside a network"};
  return all;
}

void SymbolicMachine::explore_parallel(SymbolicId state, List& list) {
  const SymbolicNode node = values_[state];
  const auto has_ended = [this](SymbolicId part) { return values_.kind(part) == SymbolicKind::omega; };
  if (has_ended(node.parts[0]) && has_ended(node.parts[1]))
    return add(list, Offer::Kind::tick, values_.make({SymbolicKind::omega}), {});
  const bool has_alphabets = node.kind == SymbolicKind::alphabetised;
  // Whether a part may perform the event alone, and together with the other.
  const auto is_alone = [&](SymbolicId event, std::size_t part) {
    if (!has_alphabets) return expressions_.negation(membership(event, ValueId{node.number}));
    const ValueId own{part == 0 ? node.number : node.given}, other{part == 0 ? node.given : node.number};
    return expressions_.conjunction({membership(event, own), expressions_.negation(membership(event, other))});
  };
  const auto is_shared = [&](SymbolicId event) {
    const ExpressionId in_first = membership(event, ValueId{node.number});
    return has_alphabets ? expressions_.conjunction({in_first, membership(event, ValueId{node.given})}) : in_first;
  };
  const auto add_if = [&](Offer move, std::vector<ExpressionId> conditions) {
    conditions.push_back(move.guard);
    move.guard = expressions_.conjunction(std::move(conditions));
    if (!expressions_.is(move.guard, false)) list.push_back(std::move(move));
  };
  const List moves[] = {moves_of(node.parts[0]), moves_of(node.parts[1])};
  for (const std::size_t part : {0U, 1U})
    for (Offer move : moves[part]) {
      const bool is_event = move.kind == Offer::Kind::event;
      if (move.kind == Offer::Kind::tick) move.kind = Offer::Kind::tau;
      move.target = with_part(state, part, move.target);
      const ExpressionId may = is_event ? is_alone(move.event, part) : expressions_.truth(true);
      add_if(std::move(move), {may});
    }
  for (const Offer& left : moves[0]) {
    if (left.kind != Offer::Kind::event) continue;
    const ExpressionId shared = is_shared(left.event);
    if (expressions_.is(shared, false)) continue;
    for (const Offer& right : moves[1]) {
      if (right.kind != Offer::Kind::event) continue;
      Offer both = left;
      both.target = with_part(with_part(state, 0, left.target), 1, right.target);
      add_if(std::move(both), {right.guard, shared, equality(left.event, right.event)});
    }
  }
}

void SymbolicMachine::explore_hiding(SymbolicId state, List& list) {
  const SymbolicNode node = values_[state];
  for (const Offer& move : moves_of(node.parts[0])) {
    const ExpressionId is_hidden =
        move.kind == Offer::Kind::event ? membership(move.event, ValueId{node.number}) : expressions_.truth(false);
    for (const bool hides : {true, false}) {
      Offer made = move;
      made.guard = expressions_.conjunction({move.guard, hides ? is_hidden : expressions_.negation(is_hidden)});
      if (hides) made.kind = Offer::Kind::tau;
      if (made.kind != Offer::Kind::tick) made.target = with_part(state, 0, move.target);
      if (!expressions_.is(made.guard, false)) list.push_back(std::move(made));
    }
  }
}

// The state of an operator's node; replicated ones have their first operand to the left of all others.
SymbolicId SymbolicMachine::parallel(NodeId id, Frame& frame) {
  const Node& node = machine_.core().nodes[id];
  const auto kids = machine_.core().kids(node);
  const auto made = [&](SymbolicKind kind, std::vector<SymbolicId> parts, ValueId first, ValueId second) {
    return values_.make({kind, no_id<CodeId>, index(first), index(second), std::move(parts)});
  };
  const ValueId none = machine_.values().empty_set();
  switch (node.op) {
    case Op::hide: return made(SymbolicKind::hiding, {process(kids[0], frame)}, known_set(kids[1], frame), none);
    case Op::interleave:
      return made(SymbolicKind::parallel, {process(kids[0], frame), process(kids[1], frame)}, none, none);
    case Op::parallel:
      return made(SymbolicKind::parallel, {process(kids[0], frame), process(kids[2], frame)}, known_set(kids[1], frame),
                  none);
    case Op::alphabetised:
      return made(SymbolicKind::alphabetised, {process(kids[0], frame), process(kids[3], frame)},
                  known_set(kids[1], frame), known_set(kids[2], frame));
    default: break;
  }
  std::vector<std::pair<SymbolicId, ValueId>> operands;  // with their alphabets, where they have some
  const bool has_alphabets = node.op == Op::rep_alphabetised;
  const ValueId shared = node.op == Op::rep_parallel ? known_set(kids[0], frame) : none;
  for_each(node.steps, frame, [&] {
    operands.emplace_back(process(kids.back(), frame), has_alphabets ? known_set(kids[0], frame) : none);
  });
  if (operands.empty()) throw NotSymbolic{"the network is empty"};
  SymbolicId all = operands[0].first;
  ValueId alphabet = operands[0].second;
  for (std::size_t i = 1; i < operands.size(); ++i) {
    const auto& [operand, own] = operands[i];
    all = has_alphabets ? made(SymbolicKind::alphabetised, {all, operand}, alphabet, own)
                        : made(SymbolicKind::parallel, {all, operand}, shared, none);
    if (has_alphabets) alphabet = set_union(machine_.data(), alphabet, own);
  }
  return all;
}

}  // namespace tryst::csp
