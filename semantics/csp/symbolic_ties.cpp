// Renaming and linking of moves with guards: rules_relabel.hpp and rules_parallel.cpp, with conditions for what is
// unknown.
#include <algorithm>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/symbolic_network.hpp"

namespace tryst::csp {

using Kind = SymbolicMachine::Offer::Kind;

std::vector<SymbolicNetwork::Tie> SymbolicNetwork::ties(const Node& node, std::span<const NodeId> sides,
                                                        SymbolicMachine::Frame& frame) {
  SymbolicValues& values = machine_.values();
  DataTable& data = machine_.machine().data();
  // The fields that may follow are as declared; a side that ends inside a field has no such list.
  const auto rest = [&](const std::vector<SymbolicId>& fields) {
    const ValueId last = values.value(fields.back());
    if (fields.size() > 1 && is_constructor_value(data, last) && !is_complete(data, last))
      throw NotSymbolic{"a renaming or link ends inside a field"};
    const auto declared = data.fields(machine_.machine().values().as_data(values.value(fields[0])));
    return declared.subspan(std::min(fields.size() - 1, declared.size()));
  };
  std::vector<Tie> all;
  machine_.for_each(node.tie_steps, frame, [&] {
    for (std::size_t i = 0; i < sides.size(); i += 2) {
      const SymbolicId left = machine_.evaluate(sides[i], frame);
      const SymbolicId right = machine_.evaluate(sides[i + 1], frame);
      if (!values.is_known(left) || !values.is_known(right))
        throw NotSymbolic{"a renaming or link depends on integers without a range"};
      Tie tie{values.components(left), values.components(right)};
      if (!std::ranges::equal(rest(tie.left), rest(tie.right)))
        throw NotSymbolic{"a renaming or link joins channels of different types"};
      all.push_back(std::move(tie));
    }
  });
  return all;
}

// Links must be one to one; what may not be is left to the rules, which say so.
void SymbolicNetwork::check_links(const std::vector<Tie>& ties) {
  const auto overlap = [](const std::vector<SymbolicId>& a, const std::vector<SymbolicId>& b) {
    const auto length = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
    return std::equal(a.begin(), a.begin() + length, b.begin());
  };
  for (std::size_t i = 0; i < ties.size(); ++i)
    for (std::size_t k = i + 1; k < ties.size(); ++k)
      if (overlap(ties[i].left, ties[k].left) || overlap(ties[i].right, ties[k].right))
        throw NotSymbolic{"an event may be linked to two events"};
}

// Whether the event's channel and first fields are these.
ExpressionId SymbolicNetwork::begins_with(const Move& move, const std::vector<SymbolicId>& fields) {
  if (move.kind == Kind::any_of) throw NotSymbolic{"RUN stands inside a network"};
  const std::vector<SymbolicId> own = machine_.values().components(move.event);
  if (own.size() < fields.size()) return machine_.expressions().truth(false);
  std::vector<ExpressionId> all;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    all.push_back(machine_.equality(own[i], fields[i]));
    if (machine_.expressions().is(all.back(), false)) return all.back();
  }
  return machine_.expressions().conjunction(std::move(all));
}

std::vector<SymbolicNetwork::Move> SymbolicNetwork::renamed(const std::vector<Move>& moves,
                                                            const std::vector<Tie>& ties) {
  Expressions& expressions = machine_.expressions();
  SymbolicValues& values = machine_.values();
  std::vector<Move> all;
  const auto add = [&](Move move, ExpressionId condition) {
    move.guard = expressions.conjunction({move.guard, condition});
    if (!expressions.is(move.guard, false)) all.push_back(std::move(move));
  };
  for (const Move& move : moves) {
    if (move.kind == Kind::tau || move.kind == Kind::tick) {
      all.push_back(move);
      continue;
    }
    std::vector<ExpressionId> met;
    for (const Tie& tie : ties) {
      met.push_back(begins_with(move, tie.left));
      if (expressions.is(met.back(), false)) continue;
      const std::vector<SymbolicId> own = values.components(move.event);
      std::vector<SymbolicId> fields = tie.right;
      fields.insert(fields.end(), own.begin() + static_cast<std::ptrdiff_t>(tie.left.size()), own.end());
      Move image = move;
      image.event =
          fields.size() == 1 ? fields[0] : values.make({SymbolicKind::dot, no_id<CodeId>, 0, 0, std::move(fields)});
      add(std::move(image), met.back());
    }
    add(move, expressions.negation(expressions.disjunction(std::move(met))));
  }
  return all;
}

std::vector<SymbolicNetwork::Move> SymbolicNetwork::linked(const State& state, const std::vector<Move>& left,
                                                           const std::vector<Move>& right,
                                                           const std::vector<Tie>& ties) {
  Expressions& expressions = machine_.expressions();
  SymbolicValues& values = machine_.values();
  std::vector<Move> all;
  const auto add = [&](Move move, ExpressionId condition) {
    move.guard = expressions.conjunction({move.guard, condition});
    if (!expressions.is(move.guard, false)) all.push_back(std::move(move));
  };
  const auto is_event = [](const Move& move) { return move.kind == Kind::event || move.kind == Kind::any_of; };
  const auto alone = [&](const Move& move, std::vector<SymbolicId> Tie::*side) {
    std::vector<ExpressionId> tied;
    if (is_event(move))
      for (const Tie& tie : ties) tied.push_back(begins_with(move, tie.*side));
    add(move, expressions.negation(expressions.disjunction(std::move(tied))));
  };
  for (const Move& move : left) alone(move, &Tie::left);
  for (const Move& move : right) alone(move, &Tie::right);
  for (const Move& a : left)
    for (const Move& b : right) {
      if (!is_event(a) || !is_event(b)) continue;
      std::vector<ExpressionId> ways;
      for (const Tie& tie : ties) {
        std::vector<ExpressionId> same{begins_with(a, tie.left), begins_with(b, tie.right)};
        if (expressions.is(same[0], false) || expressions.is(same[1], false)) continue;
        const auto ours = values.components(a.event);
        const auto theirs = values.components(b.event);
        const std::size_t rest = ours.size() - tie.left.size();
        if (rest != theirs.size() - tie.right.size()) continue;
        for (std::size_t i = 0; i < rest; ++i)
          same.push_back(machine_.equality(ours[tie.left.size() + i], theirs[tie.right.size() + i]));
        ways.push_back(expressions.conjunction(std::move(same)));
      }
      Move both = a;
      both.kind = Kind::tau;
      for (std::size_t c = 0; c < state.size(); ++c)
        if (b.target[c] != state[c]) both.target[c] = b.target[c];
      both.updates.insert(both.updates.end(), b.updates.begin(), b.updates.end());
      add(std::move(both), expressions.conjunction({b.guard, expressions.disjunction(std::move(ways))}));
    }
  return all;
}

}  // namespace tryst::csp
