// Bindings, patterns, equality and membership of values with unknown integers.
#include <algorithm>

#include "semantics/csp/set_operations.hpp"
#include "semantics/csp/symbolic_machine.hpp"

namespace tryst::csp {

SymbolicMachine::Frame SymbolicMachine::frame_of(const SymbolicNode& suspended) {
  const Core& core = machine_.core();
  const Code& code = core.codes[suspended.code];
  Frame frame{suspended.code, std::vector<SymbolicId>(code.frame_size, values_.nothing())};
  const std::size_t captures = code.captures.size();
  for (std::size_t i = 0; i < captures; ++i) frame.slots[code.captures[i]] = suspended.parts[i];
  for (std::size_t i = 0; i < code.parameters; ++i) frame.slots[i] = suspended.parts[captures + i];
  const auto prologue = core.node_lists[code.prologue];
  std::vector<Slot> slots;
  for (const NodeId id : prologue) slots.push_back(core.slot_lists[core.nodes[id].slots][0]);
  bind_delayed(prologue, slots, frame);
  return frame;
}

// Delayed values that may need one another, as long as not in a circle.
void SymbolicMachine::bind_delayed(std::span<const NodeId> nodes, std::span<const Slot> slots, Frame& frame) {
  const Core& core = machine_.core();
  std::vector<bool> bound(nodes.size());
  for (const Slot slot : slots) frame.slots[slot] = values_.nothing();
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const Node& node = core.nodes[nodes[i]];
      const auto is_open = [&](Slot slot) {
        const auto at = std::ranges::find(slots, slot);
        return at != slots.end() && !bound[static_cast<std::size_t>(at - slots.begin())];
      };
      if (bound[i] || std::ranges::any_of(core.slot_lists[node.sources], is_open)) continue;
      frame.slots[slots[i]] = closure(SymbolicKind::delayed, node, frame);
      bound[i] = again = true;
    }
  }
  if (std::ranges::find(bound, false) != bound.end()) throw NotSymbolic{"values of a `let` need one another"};
}

void SymbolicMachine::bind_lets(const Node& node, Frame& frame) {
  const auto kids = machine_.core().kids(node);
  const auto slots = machine_.core().slot_lists[node.slots];
  if (node.flag) return bind_delayed(kids.first(slots.size()), slots, frame);
  for (std::size_t i = 0; i < slots.size(); ++i) frame.slots[slots[i]] = delayed(kids[i], frame);
}

NodeId SymbolicMachine::choose_clause(const Node& node, Frame& frame) {
  const auto matches = machine_.core().match_lists[node.matches];
  const auto parameters = static_cast<std::size_t>(node.number);
  const auto bodies = machine_.core().kids(node);
  for (std::size_t clause = 0; clause < bodies.size(); ++clause) {
    bool all = true;
    for (std::size_t i = 0; all && i < parameters; ++i)
      all = this->matches(matches[clause * parameters + i], frame.slots[i], frame);
    if (all) return bodies[clause];
  }
  machine_.fail("P0404", node.span, "no clause matches", "all clauses were tried");
}

NodeId SymbolicMachine::head(NodeId id, Frame& frame) {
  for (;;) {
    const Node& node = machine_.core().nodes[id];
    const auto kids = machine_.core().kids(node);
    if (node.op == Op::if_) {
      id = truth_of(evaluate(kids[0], frame)) ? kids[1] : kids[2];
    } else if (node.op == Op::let) {
      bind_lets(node, frame);
      id = kids.back();
    } else if (node.op == Op::clauses) {
      id = choose_clause(node, frame);
    } else {
      return id;
    }
  }
}

SymbolicId SymbolicMachine::substituted(SymbolicId id, const Expressions::Assignment& assignment) {
  SymbolicNode node = values_[id];
  if (node.kind == SymbolicKind::integer)
    return values_.integer(expressions_.substitute(values_.expression(id), assignment));
  if (node.kind != SymbolicKind::tuple && node.kind != SymbolicKind::sequence && node.kind != SymbolicKind::dot)
    return id;
  for (SymbolicId& part : node.parts) part = substituted(part, assignment);
  return values_.make(std::move(node));
}

void SymbolicMachine::add_variables(SymbolicId id, std::vector<VariableId>& sorted) const {
  const SymbolicNode& node = values_[id];
  if (node.kind == SymbolicKind::integer) return expressions_.add_variables(values_.expression(id), sorted);
  for (const SymbolicId part : node.parts) add_variables(part, sorted);
}

void SymbolicMachine::add_integers(SymbolicId id, std::vector<ExpressionId>& all) {
  const Values& known = machine_.values();
  const bool is_integer = values_.is_known(id) && known.kind(values_.value(id)) == ValueKind::integer;
  if (values_.kind(id) == SymbolicKind::integer) all.push_back(values_.expression(id));
  if (is_integer) all.push_back(expressions_.number(known.as_integer(values_.value(id))));
  const std::vector<SymbolicId> parts = values_.components(id);
  if (parts.size() == 1 && parts[0] == id) return;
  for (const SymbolicId part : parts) add_integers(part, all);
}

ValueId SymbolicMachine::known_set(NodeId id, Frame& frame) {
  const SymbolicId set = evaluate(id, frame);
  if (!values_.is_known(set)) throw NotSymbolic{"a set of events depends on integers without a range"};
  return values_.value(set);
}

void SymbolicMachine::for_each(Range<StepId> range, Frame& frame, const std::function<void()>& body) {
  const auto steps = machine_.core().step_lists[range];
  const std::function<void(std::size_t)> from = [&](std::size_t at) {
    if (at == steps.size()) return body();
    const Step& step = machine_.core().steps[steps[at]];
    if (step.match == no_id<MatchId>) {
      if (truth_of(evaluate(step.expr, frame))) from(at + 1);
      return;
    }
    std::vector<SymbolicId> elements;
    if (step.over_sequence) {
      elements = values_.components(evaluate(step.expr, frame));
    } else {
      for (const ValueId v : machine_.list(known_set(step.expr, frame), {})) elements.push_back(values_.known(v));
    }
    for (const SymbolicId element : elements)
      if (matches(step.match, element, frame)) from(at + 1);
  };
  from(0);
}

bool SymbolicMachine::matches(MatchId id, SymbolicId value, Frame& frame) {
  const Match& match = machine_.core().matches[id];
  const auto parts = machine_.core().match_lists[match.parts];
  if (match.kind == MatchKind::any) return true;
  if (match.kind == MatchKind::bind) {
    frame.slots[static_cast<std::size_t>(match.number)] = value;
    return true;
  }
  value = force(value);
  const Values& known = machine_.values();
  switch (match.kind) {
    case MatchKind::integer: return decide(expressions_.equal(integer_of(value), expressions_.number(match.number)));
    case MatchKind::boolean: return truth_of(value) == (match.number != 0);
    case MatchKind::character:
      return values_.is_known(value) &&
             known.as_character(values_.value(value)) == static_cast<unsigned char>(match.number);
    case MatchKind::data:
      return values_.is_known(value) && known.kind(values_.value(value)) == ValueKind::data &&
             known.as_data(values_.value(value)) == static_cast<DataId>(match.number);
    case MatchKind::sequence:
      if (values_.kind(value) == SymbolicKind::word) return matches_word(match, value, frame);
      return matches_parts(parts, values_.components(value), frame);
    case MatchKind::tuple: return matches_parts(parts, values_.components(value), frame);
    case MatchKind::sequence_around: {
      if (values_.kind(value) == SymbolicKind::word) return matches_word(match, value, frame);
      const std::vector<SymbolicId> elements = values_.components(value);
      if (elements.size() + 1 < parts.size()) return false;
      const auto before = static_cast<std::size_t>(match.number);
      const std::size_t after = parts.size() - before - 1;
      const std::span<const SymbolicId> all(elements);
      const auto middle = all.subspan(before, elements.size() - before - after);
      return matches_parts(parts.first(before), all.first(before), frame) &&
             matches(parts[before],
                     values_.make({SymbolicKind::sequence, no_id<CodeId>, 0, 0, {middle.begin(), middle.end()}}),
                     frame) &&
             matches_parts(parts.last(after), all.last(after), frame);
    }
    case MatchKind::dot: return matches_dot(parts, value, frame);
    case MatchKind::both: return matches(parts[0], value, frame) && matches(parts[1], value, frame);
    default: throw NotSymbolic{"a set is taken apart by a pattern"};
  }
}

bool SymbolicMachine::matches_parts(std::span<const MatchId> parts, std::span<const SymbolicId> values, Frame& frame) {
  if (parts.size() != values.size()) return false;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (!matches(parts[i], values[i], frame)) return false;
  return true;
}

// Constants enter the constructor value that they begin; the last part gets all that is left.
bool SymbolicMachine::matches_dot(std::span<const MatchId> parts, SymbolicId value, Frame& frame) {
  std::vector<SymbolicId> fields = values_.components(value);
  std::ranges::reverse(fields);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (fields.empty()) return false;
    const bool last = i + 1 == parts.size();
    const bool is_constant = machine_.core().matches[parts[i]].kind == MatchKind::data;
    SymbolicId field = fields.back();
    fields.pop_back();
    if (is_constant) {
      const std::vector<SymbolicId> inner = values_.components(field);
      if (inner.size() > 1) {
        fields.insert(fields.end(), inner.rbegin(), inner.rend() - 1);
        field = inner[0];
      }
      if (last && !fields.empty()) return false;
    } else if (last && !fields.empty()) {
      fields.push_back(field);
      std::ranges::reverse(fields);
      field = values_.make({SymbolicKind::dot, no_id<CodeId>, 0, 0, fields});
      fields.clear();
    }
    if (!matches(parts[i], field, frame)) return false;
  }
  return fields.empty();
}

ExpressionId SymbolicMachine::equality(SymbolicId a, SymbolicId b) {
  a = force(a);
  b = force(b);
  if (a == b) return expressions_.truth(true);
  if (values_.is_known(a) && values_.is_known(b)) return expressions_.truth(false);
  if (values_.is_known(a) || values_.kind(b) == SymbolicKind::word) std::swap(a, b);
  switch (values_.kind(a)) {
    case SymbolicKind::integer: {
      const bool is_integer = values_.kind(b) == SymbolicKind::integer ||
                              (values_.is_known(b) && machine_.values().kind(values_.value(b)) == ValueKind::integer);
      return is_integer ? expressions_.equal(values_.expression(a), integer_of(b)) : expressions_.truth(false);
    }
    case SymbolicKind::truth: return expressions_.truth(truth_of(a) == truth_of(b));
    case SymbolicKind::word: return same_sequence(a, b);
    case SymbolicKind::tuple:
    case SymbolicKind::sequence:
    case SymbolicKind::dot: {
      const auto left = values_.components(a);
      const auto right = values_.components(b);
      if (left.size() != right.size()) return expressions_.truth(false);
      std::vector<ExpressionId> all;
      for (std::size_t i = 0; i < left.size(); ++i) {
        all.push_back(equality(left[i], right[i]));
        if (expressions_.is(all.back(), false)) return all.back();
      }
      return expressions_.conjunction(std::move(all));
    }
    default: throw NotSymbolic{"values that are not integers or made of them are compared"};
  }
}

// One of the values. Those that differ in an integer only are ranges, so a channel with a field of a thousand values is
// one condition.
ExpressionId SymbolicMachine::listed(SymbolicId value, std::span<const ValueId> elements) {
  if (values_.kind(value) == SymbolicKind::integer) {
    const ExpressionId n = values_.expression(value);
    std::vector<std::int64_t> numbers;
    for (const ValueId v : elements)
      if (machine_.values().kind(v) == ValueKind::integer) numbers.push_back(machine_.values().as_integer(v));
    std::ranges::sort(numbers);
    std::vector<ExpressionId> ranges;
    for (std::size_t i = 0; i < numbers.size();) {
      std::size_t end = i + 1;
      while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1) ++end;
      ranges.push_back(expressions_.conjunction({expressions_.at_most(expressions_.number(numbers[i]), n),
                                                 expressions_.at_most(n, expressions_.number(numbers[end - 1]))}));
      i = end;
    }
    return expressions_.disjunction(std::move(ranges));
  }
  const std::vector<SymbolicId> parts = values_.components(value);
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (!values_.is_known(parts[i])) unknown.push_back(i);
  std::vector<ValueId> alike;  // as far as it is known
  std::vector<ValueId> last;   // their only unknown part
  for (const ValueId element : elements) {
    const auto theirs = values_.components(values_.known(element));
    if (theirs.size() != parts.size()) continue;
    bool fits = true;
    for (std::size_t i = 0; i < parts.size(); ++i)
      fits = fits && (!values_.is_known(parts[i]) || parts[i] == theirs[i]);
    if (!fits) continue;
    alike.push_back(element);
    if (unknown.size() == 1) last.push_back(values_.value(theirs[unknown[0]]));
  }
  if (unknown.size() == 1 && parts.size() > 1) return listed(parts[unknown[0]], last);
  constexpr std::size_t cases_max = 1000;
  if (alike.size() > cases_max) throw NotSymbolic{"a set lists too many values with several integers each"};
  std::vector<ExpressionId> cases;
  for (const ValueId element : alike) cases.push_back(equality(value, values_.known(element)));
  return expressions_.disjunction(std::move(cases));
}

ExpressionId SymbolicMachine::in_product(SymbolicId value, std::span<const ValueId> factors) {
  const std::vector<SymbolicId> parts = values_.components(value);
  if (parts.size() != factors.size()) return expressions_.truth(false);
  std::vector<ExpressionId> all;
  for (std::size_t i = 0; i < parts.size(); ++i) all.push_back(membership(parts[i], factors[i]));
  return expressions_.conjunction(std::move(all));
}

ExpressionId SymbolicMachine::membership(SymbolicId value, ValueId set) {
  return simplified(raw_membership(value, set));
}

ExpressionId SymbolicMachine::raw_membership(SymbolicId value, ValueId set) {
  value = force(value);
  if (values_.is_known(value)) return expressions_.truth(member(machine_.data(), values_.value(value), set));
  const Values& known = machine_.values();
  const std::vector<ValueId> parts(known.parts(set).begin(), known.parts(set).end());
  switch (known.kind(set)) {
    case ValueKind::int_all: return expressions_.truth(values_.kind(value) == SymbolicKind::integer);
    case ValueKind::int_from:
      return expressions_.at_most(expressions_.number(known.as_integer(parts[0])), integer_of(value));
    case ValueKind::int_range: {
      if (values_.kind(value) != SymbolicKind::integer) return expressions_.truth(false);
      const ExpressionId n = values_.expression(value);
      return expressions_.conjunction({expressions_.at_most(expressions_.number(known.as_integer(parts[0])), n),
                                       expressions_.at_most(n, expressions_.number(known.as_integer(parts[1])))});
    }
    case ValueKind::set: return listed(value, parts);
    case ValueKind::dot_product:
    case ValueKind::tuple_product: return in_product(value, parts);
    case ValueKind::sequences: {
      std::vector<ExpressionId> all;
      for (const SymbolicId element : values_.components(value)) all.push_back(membership(element, parts[0]));
      return expressions_.conjunction(std::move(all));
    }
    case ValueKind::set_union: {
      std::vector<ExpressionId> cases;
      for (const ValueId part : parts) cases.push_back(membership(value, part));
      return expressions_.disjunction(std::move(cases));
    }
    case ValueKind::set_difference:
      return expressions_.conjunction(
          {membership(value, parts[0]), expressions_.negation(membership(value, parts[1]))});
    case ValueKind::datatype: {
      const auto fields = values_.components(value);
      if (!values_.is_known(fields[0]) || known.kind(values_.value(fields[0])) != ValueKind::data)
        return expressions_.truth(false);
      const DataId constructor = known.as_data(values_.value(fields[0]));
      if (machine_.data().datatype(constructor) != known.as_datatype(set)) return expressions_.truth(false);
      const auto sets = machine_.data().fields(constructor);
      if (sets.size() + 1 != fields.size()) return expressions_.truth(false);
      std::vector<ExpressionId> all;
      for (std::size_t i = 0; i < sets.size(); ++i) all.push_back(membership(fields[i + 1], sets[i]));
      return expressions_.conjunction(std::move(all));
    }
    default: throw NotSymbolic{"membership in a set of sets or maps is not known"};
  }
}

}  // namespace tryst::csp
