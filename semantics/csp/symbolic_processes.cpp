// What a process offers first: the rules of rules.hpp for sequential processes, with guards.
#include <algorithm>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/process_builder.hpp"
#include "semantics/csp/set_operations.hpp"
#include "semantics/csp/symbolic_machine.hpp"
#include "semantics/script_error.hpp"

namespace tryst::csp {

SymbolicMachine::Offers SymbolicMachine::offers(SymbolicId state, bool merged) {
  merged_ = merged;
  assumed_.clear();
  decided_.clear();
  faults_.clear();
  next_decision_ = paths_ = calls_ = 0;
  Offers result;
  for_each_path([&] {
    List list;
    explore(state, list);
    result.offers.insert(result.offers.end(), list.begin(), list.end());
  });
  result.faults = std::move(faults_);
  return result;
}

SymbolicId SymbolicMachine::called(SymbolicId state, ExpressionId guard) {
  SymbolicNode node = values_[state];
  if (node.kind >= SymbolicKind::parallel) {
    for (SymbolicId& part : node.parts) part = called(part, guard);
    return values_.make(std::move(node));
  }
  if (node.kind != SymbolicKind::suspended) return state;
  const Core& core = machine_.core();
  const Node& body = core.nodes[core.codes[node.code].body];
  const bool is_call = body.op == Op::call && core.codes[body.code].process;
  if (!core.codes[node.code].name.empty() || !is_call) return state;
  const Expressions::Node& known = expressions_[guard];
  assumed_ = known.op == Expressions::Op::conjunction ? known.operands : std::vector{guard};
  decided_.clear();
  next_decision_ = calls_ = 0;
  try {
    Frame frame = frame_of(node);
    const SymbolicId process = call(body, frame);
    return decided_.empty() ? process : state;
  } catch (const ScriptError&) {  // reported where the state is looked into
    return state;
  } catch (const NotSymbolic&) {  // likewise
    return state;
  }
}

void SymbolicMachine::add(List& list, Offer::Kind kind, SymbolicId target, Span span) {
  Offer offer{kind};
  offer.guard = expressions_.conjunction(assumed_);
  offer.target = target;
  offer.span = span;
  list.push_back(offer);
}

SymbolicId SymbolicMachine::with_part(SymbolicId process, std::size_t i, SymbolicId part) {
  SymbolicNode node = values_[process];
  node.parts[i] = part;
  return values_.make(std::move(node));
}

void SymbolicMachine::explore(SymbolicId state, List& list) {
  using enum SymbolicKind;
  const SymbolicNode node = values_[state];
  const auto inside = [&](std::size_t i) {
    List moves;
    explore(node.parts[i], moves);
    return moves;
  };
  switch (node.kind) {
    case omega: return;
    case known: return explore_known(machine_.values().as_process(values_.value(state)), list);
    case delayed: return explore(force(state), list);
    case suspended: {
      if (++calls_ > calls_max) throw NotSymbolic{"a process recurses without an event"};
      Frame frame = frame_of(node);
      explore(machine_.core().codes[node.code].body, frame, list);
      --calls_;
      return;
    }
    case SymbolicKind::process: {
      Frame frame{node.code, node.parts};
      return explore(NodeId{node.number}, frame, list);
    }
    case run: {
      add(list, Offer::Kind::any_of, state, {});
      list.back().set = ValueId{node.number};
      return;
    }
    case sequential:
      for (Offer move : inside(0)) {
        const bool ends = move.kind == Offer::Kind::tick;
        if (ends) move.kind = Offer::Kind::tau;
        move.target = ends ? node.parts[1] : with_part(state, 0, move.target);
        list.push_back(move);
      }
      return;
    case choice: return explore_choice(node.parts, choice, list);
    case interrupt: return explore_choice(node.parts, interrupt, list);
    case sliding:
      if (merged_) return explore_choice(node.parts, choice, list);
      add(list, Offer::Kind::tau, node.parts[1], {});
      for (Offer move : inside(0)) {
        if (move.kind == Offer::Kind::tau) move.target = with_part(state, 0, move.target);
        list.push_back(move);
      }
      return;
    case parallel:
    case alphabetised: return explore_parallel(state, list);
    case hiding: return explore_hiding(state, list);
    case exception:
      for (Offer move : inside(0)) {
        if (move.kind == Offer::Kind::any_of) throw NotSymbolic{"RUN stands under an exception"};
        const bool may_throw = move.kind == Offer::Kind::event;
        const ExpressionId throws =
            may_throw ? membership(move.event, ValueId{node.number}) : expressions_.truth(false);
        Offer thrown = move;
        thrown.guard = expressions_.conjunction({move.guard, throws});
        thrown.target = node.parts[1];
        if (!expressions_.is(thrown.guard, false)) list.push_back(thrown);
        move.guard = expressions_.conjunction({move.guard, expressions_.negation(throws)});
        if (move.kind != Offer::Kind::tick) move.target = with_part(state, 0, move.target);
        if (!expressions_.is(move.guard, false)) list.push_back(move);
      }
      return;
    default: throw NotSymbolic{"a process is computed from something unknown"};
  }
}

void SymbolicMachine::explore_known(ProcessId process, List& list) {
  const TermView term = machine_.processes().terms()[process];
  const SymbolicId itself = values_.known(machine_.values().process(process));
  switch (term.op) {
    case Operator::stop: return;
    case Operator::omega: return;
    case Operator::skip: return add(list, Offer::Kind::tick, values_.make({SymbolicKind::omega}), term.span);
    case Operator::div: return add(list, Offer::Kind::tau, itself, term.span);
    case Operator::suspended: {
      const auto suspension = machine_.processes().suspension(static_cast<SuspensionId>(term.payload));
      if (!suspension) break;
      SymbolicNode node{SymbolicKind::suspended, suspension->first};
      const std::vector<ValueId> held(suspension->second.begin(), suspension->second.end());
      for (const ValueId v : held) node.parts.push_back(values_.known(v));
      return explore(values_.make(std::move(node)), list);
    }
    default: break;
  }
  throw NotSymbolic{"a component is built by operators that only the search knows"};
}

// Each operand on paths of its own. A τ, and under an interrupt any move of the first operand, leaves the others there.
void SymbolicMachine::explore_choice(const std::vector<SymbolicId>& operands, SymbolicKind kind, List& list) {
  const SymbolicId whole = values_.make({kind, no_id<CodeId>, 0, 0, operands});
  for (std::size_t i = 0; i < operands.size(); ++i)
    for_each_path([&] {
      List moves;
      explore(operands[i], moves);
      for (Offer& move : moves) {
        const bool stays = move.kind == Offer::Kind::tau ||
                           (kind == SymbolicKind::interrupt && i == 0 && move.kind != Offer::Kind::tick);
        if (stays) move.target = with_part(whole, i, move.target);
        list.push_back(move);
      }
    });
}

void SymbolicMachine::explore_internal(const std::vector<SymbolicId>& operands, const Node& node, List& list) {
  if (merged_) return explore_choice(operands, SymbolicKind::choice, list);
  for (const SymbolicId operand : operands) add(list, Offer::Kind::tau, operand, node.span);
}

void SymbolicMachine::explore(NodeId id, Frame& frame, List& list) {
  const Node& node = machine_.core().nodes[id];
  const auto kids = machine_.core().kids(node);
  const auto operands = [&] {
    std::vector<SymbolicId> all;
    for (const NodeId kid : kids) all.push_back(process(kid, frame));
    return all;
  };
  const auto of = [&](SymbolicKind kind, std::vector<SymbolicId> parts, std::uint32_t number = 0) {
    explore(values_.make({kind, no_id<CodeId>, number, 0, std::move(parts)}), list);
  };
  switch (node.op) {
    case Op::if_:
    case Op::let:
    case Op::clauses:
    case Op::local:
    case Op::global:
    case Op::call:
    case Op::apply:
    case Op::suspend:
    case Op::delay:
    case Op::select:
    case Op::builtin: return explore(evaluate(id, frame), list);
    case Op::call_builtin: {
      const auto function = static_cast<Builtin>(node.number);
      if (function != Builtin::RUN && !(function == Builtin::CHAOS && merged_)) break;
      return of(SymbolicKind::run, {}, index(known_set(kids[0], frame)));
    }
    case Op::prefix: return explore_prefix(id, frame, list);
    case Op::external_choice: return explore_choice(operands(), SymbolicKind::choice, list);
    case Op::internal_choice: return explore_internal(operands(), node, list);
    case Op::sliding_choice: return of(SymbolicKind::sliding, operands());
    case Op::interrupt: return of(SymbolicKind::interrupt, operands());
    case Op::sequential: return of(SymbolicKind::sequential, {process(kids[0], frame), evaluate(kids[1], frame)});
    case Op::exception:
      return of(SymbolicKind::exception, {process(kids[0], frame), evaluate(kids[2], frame)},
                index(known_set(kids[1], frame)));
    case Op::interleave:
    case Op::parallel:
    case Op::alphabetised:
    case Op::rep_interleave:
    case Op::rep_parallel:
    case Op::rep_alphabetised:
    case Op::hide: return explore(parallel(id, frame), list);
    case Op::rep_external:
    case Op::rep_internal: {
      std::vector<SymbolicId> all;
      for_each(node.steps, frame, [&] { all.push_back(process(kids[0], frame)); });
      if (node.op == Op::rep_external) return explore_choice(all, SymbolicKind::choice, list);
      if (all.empty())
        machine_.fail("P0413", node.span, "nothing to choose from", "this choice is over the empty set",
                      "an internal choice needs at least one way to go on");
      return explore_internal(all, node, list);
    }
    default: break;
  }
  throw NotSymbolic{
      "a component contains operators that only the search knows, such as a renaming or a link behind an event"};
}

// Goes through the fields from left to right; an integer that is received is a new variable.
struct SymbolicMachine::PrefixWalk {
  SymbolicMachine& machine;
  const Node& node;
  Frame& frame;
  List& list;
  std::span<const InputId> inputs;

  const Core& core() { return machine.machine_.core(); }
  DataTable& data() { return machine.machine_.data(); }

  void field(std::size_t i, SymbolicId base) {
    if (i == inputs.size()) {
      const SymbolicId target = machine.evaluate(core().kids(node)[1], frame);
      machine.add(list, Offer::Kind::event, target, node.span);
      list.back().event = base;
      return;
    }
    const Input& in = core().inputs[inputs[i]];
    if (in.kind == FieldKind::output) return field(i + 1, machine.dotted(base, machine.evaluate(in.expr, frame)));
    if (in.kind == FieldKind::nondet_input) throw NotSymbolic{"a field is chosen internally"};
    if (in.expr == no_id<NodeId>) return part(i, 0, base);
    const SymbolicId set = machine.evaluate(in.expr, frame);
    const MatchId match = core().match_lists[in.parts][0];
    if (machine.values_.is_known(set))
      return choose(machine.values_.value(set), match, base, [&](SymbolicId next) { field(i + 1, next); });
    const SymbolicId received = machine.values_.integer(fresh());
    const SymbolicId is_member = machine.builtin(Builtin::member, {received, set});
    if (machine.values_.is_known(is_member)) {
      if (!machine.truth_of(is_member)) return;
    } else {
      machine.assumed_.push_back(machine.values_.expression(is_member));
    }
    if (machine.matches(match, received, frame)) field(i + 1, machine.dotted(base, received));
  }

  void part(std::size_t i, std::size_t k, SymbolicId base) {
    const Input& in = core().inputs[inputs[i]];
    const auto parts = core().match_lists[in.parts];
    if (k == parts.size()) return field(i + 1, base);
    const Match& match = core().matches[parts[k]];
    if (match.kind == MatchKind::data) {
      const ValueId constant = machine.machine_.values().data(static_cast<DataId>(match.number));
      return part(i, k + 1, machine.dotted(base, machine.values_.known(constant)));
    }
    choose(next_set(base, in.last && k + 1 == parts.size()), parts[k], base,
           [&](SymbolicId next) { part(i, k + 1, next); });
  }

  // What the next field may hold, or all that are left.
  ValueId next_set(SymbolicId base, bool rest) {
    if (machine.values_.is_known(base)) {
      const ValueId known = machine.values_.value(base);
      return rest ? extensions(data(), known) : next_field(data(), known);
    }
    const std::vector<ValueId> left = lacking(base);
    if (left.empty()) throw NotSymbolic{"more fields are received than the channel has"};
    return rest && left.size() > 1 ? product_of_fields(data(), ValueKind::dot_product, left) : left[0];
  }

  // The sets of the fields that a channel or constructor with some fields lacks, those of the innermost one first.
  std::vector<ValueId> lacking(SymbolicId base) {
    const auto parts = machine.values_.components(base);
    const Values& known = machine.machine_.values();
    if (!machine.values_.is_known(parts[0]) || known.kind(machine.values_.value(parts[0])) != ValueKind::data)
      return {};
    std::vector<ValueId> all;
    if (parts.size() > 1) all = lacking(parts.back());
    const auto sets = data().fields(known.as_data(machine.values_.value(parts[0])));
    const auto left = sets.subspan(std::min(parts.size() - 1, sets.size()));
    all.insert(all.end(), left.begin(), left.end());
    return all;
  }

  ExpressionId fresh() { return machine.expressions_.variable(machine.expressions_.fresh()); }

  // Goes on with each value of the set: with one variable for integers, else one by one.
  template <class Next>
  void choose(ValueId set, MatchId match, SymbolicId base, Next next) {
    each(set, 0, [&](SymbolicId value) {
      if (machine.matches(match, value, frame)) next(machine.dotted(base, value));
    });
  }

  void each(ValueId set, std::size_t depth, const std::function<void(SymbolicId)>& body) {
    constexpr std::size_t constructors_max = 4;
    Values& known = machine.machine_.values();
    const std::vector<ValueId> parts(known.parts(set).begin(), known.parts(set).end());
    const auto is_integer = [&](ValueId v) { return known.kind(v) == ValueKind::integer; };
    switch (known.kind(set)) {
      case ValueKind::set:
        if (std::ranges::all_of(parts, is_integer) && parts.size() > 1) break;
        if (parts.size() > listed_max) throw NotSymbolic{"an input has too many values that are no integers"};
        for (const ValueId v : parts) machine.for_each_path([&] { body(machine.values_.known(v)); });
        return;
      case ValueKind::int_range:
      case ValueKind::int_from:
      case ValueKind::int_all: break;
      case ValueKind::set_difference:
      case ValueKind::set_union:
        if (is_empty(known, set_difference(data(), set, known.all_integers()))) break;
        throw NotSymbolic{"an input ranges over a union of infinite sets"};
      case ValueKind::dot_product: return product(parts, 0, {}, depth, body);
      case ValueKind::datatype:
        if (depth >= constructors_max) throw NotSymbolic{"an input ranges over a recursive datatype"};
        for (const DataId constructor : data().constructors(known.as_datatype(set))) {
          const auto sets = data().fields(constructor);
          const std::vector<ValueId> factors(sets.begin(), sets.end());
          machine.for_each_path(
              [&] { product(factors, 0, {machine.values_.known(known.data(constructor))}, depth + 1, body); });
        }
        return;
      default: throw NotSymbolic{"an input ranges over sequences, sets or maps without a bound"};
    }
    const SymbolicId received = machine.values_.integer(fresh());
    machine.assumed_.push_back(machine.membership(received, set));
    body(received);
  }

  // Every combination of the factors from number `at` on, behind what is there.
  void product(const std::vector<ValueId>& factors, std::size_t at, std::vector<SymbolicId> fields, std::size_t depth,
               const std::function<void(SymbolicId)>& body) {
    if (at == factors.size())
      return body(machine.values_.make({SymbolicKind::dot, no_id<CodeId>, 0, 0, std::move(fields)}));
    each(factors[at], depth, [&](SymbolicId value) {
      std::vector<SymbolicId> more = fields;
      more.push_back(value);
      product(factors, at + 1, std::move(more), depth, body);
    });
  }
};

void SymbolicMachine::explore_prefix(NodeId id, Frame& frame, List& list) {
  const Node& node = machine_.core().nodes[id];
  const SymbolicId channel = evaluate(machine_.core().kids(node)[0], frame);
  PrefixWalk walk{*this, node, frame, list, machine_.core().input_lists[node.inputs]};
  walk.field(0, channel);
}

}  // namespace tryst::csp
