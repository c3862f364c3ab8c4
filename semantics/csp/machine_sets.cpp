// Sets, maps and the statements of eager comprehensions.
#include <algorithm>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/machine.hpp"
#include "semantics/csp/set_operations.hpp"
#include "semantics/csp/value_maps.hpp"

namespace tryst::csp {

// One run through the steps. The source of an independent generator is kept.
struct Machine::Enumeration {
  Machine& machine;
  std::span<const StepId> steps;
  Handle* frame;
  const std::function<void()>& body;
  std::vector<Handle> sources;  // by step; empty: not evaluated, or to be evaluated each time

  void run(std::size_t at) {
    if (at == steps.size()) return body();
    const Step& step = machine.core_.steps[steps[at]];
    if (step.match == no_id<MatchId>) {
      if (machine.truth(machine.evaluate(step.expr, frame))) run(at + 1);
      return;
    }
    Handle source = sources[at];
    if (source.empty()) {
      source = machine.evaluate(step.expr, frame);
      if (step.independent) sources[at] = source;
    }
    const auto each = [&](const Handle& element) {
      machine.poll();
      if (machine.matches(step.match, element, frame)) run(at + 1);
    };
    if (step.over_sequence) {
      for (; !machine.is_empty(source); source = machine.force(machine.tail(source))) each(machine.head(source));
      return;
    }
    const Elements list = machine.list(machine.canonical(source), machine.core_.nodes[step.expr].span);
    for (ValueId v : list) each(machine.from(v));
  }
};

void Machine::for_each(Range<StepId> steps, Handle* frame, const std::function<void()>& body) {
  const auto list = core_.step_lists[steps];
  Enumeration{*this, list, frame, body, std::vector<Handle>(list.size())}.run(0);
}

Elements Machine::list(ValueId set, Span span) {
  const auto found = elements(data_, set);
  if (!found) fail({FaultKind::infinite_set, {}, set}, span);
  return *found;
}

std::vector<ValueId> Machine::sampled(ValueId set, Span span) {
  std::vector<ValueId> found;
  const ValueKind kind = values_.kind(set);
  if (const auto all = elements(data_, set)) {
    for (const ValueId v : *all) found.push_back(v);
  } else if (kind == ValueKind::dot_product) {
    std::vector<std::vector<ValueId>> products{{}};
    const std::vector<ValueId> factors(values_.parts(set).begin(), values_.parts(set).end());
    for (const ValueId factor : factors) {
      std::vector<std::vector<ValueId>> longer;
      for (const ValueId v : sampled(factor, span))
        for (const auto& fields : products) {
          longer.push_back(fields);
          longer.back().push_back(v);
        }
      products = std::move(longer);
    }
    for (const auto& fields : products) found.push_back(values_.dot(fields));
  } else if (kind == ValueKind::datatype) {
    for (const DataId constructor : data_.constructors(values_.as_datatype(set))) {
      std::vector<ValueId> factors{values_.set({values_.data(constructor)})};
      const auto fields = data_.fields(constructor);
      factors.insert(factors.end(), fields.begin(), fields.end());
      if (std::ranges::find(fields, set) != fields.end()) fail({FaultKind::infinite_set, {}, set}, span);
      if (factors.size() == 1)
        found.push_back(values_.data(constructor));
      else
        for (const ValueId v : sampled(product_of_fields(data_, ValueKind::dot_product, factors), span))
          found.push_back(v);
    }
  } else {
    for (const std::int64_t n : samples_)
      if (const ValueId v = values_.integer(n); member(data_, v, set)) found.push_back(v);
    if (found.empty() && !member(data_, values_.integer(0), set) && kind != ValueKind::int_from &&
        kind != ValueKind::set_difference && kind != ValueKind::set_union)
      fail({FaultKind::infinite_set, {}, set}, span);
  }
  return found;
}

ValueId Machine::set(NodeId id, Handle* frame) { return canonical(evaluate(id, frame)); }

// {e, .. | ..} collects elements, the other forms collect sets.
Handle Machine::set_expression(const Node& node, Handle* frame) {
  std::vector<ValueId> elements;
  std::vector<Handle> sets;
  for_each(node.steps, frame, [&] { add_elements(node, frame, elements, sets); });
  if (node.op == Op::set) return Handle::value(values_.set(std::move(elements)));
  return set_union_of(sets);
}

void Machine::add_elements(const Node& node, Handle* frame, std::vector<ValueId>& elements, std::vector<Handle>& sets) {
  const auto kids = core_.kids(node);
  switch (node.op) {
    case Op::set:
      for (NodeId kid : kids) elements.push_back(canonical(evaluate(kid, frame)));
      return;
    case Op::set_range: {
      const std::int64_t low = integer(evaluate(kids[0], frame));
      sets.push_back(Handle::value(values_.int_range(low, integer(evaluate(kids[1], frame)))));
      return;
    }
    case Op::set_range_open: sets.push_back(Handle::value(values_.int_from(integer(evaluate(kids[0], frame))))); return;
    default:
      for (NodeId kid : kids) sets.push_back(productions_of(canonical(evaluate(kid, frame))));
      return;
  }
}

Handle Machine::map_expression(const Node& node, Handle* frame) {
  const auto kids = core_.kids(node);
  std::vector<MapEntry> entries;
  for (std::size_t i = 0; i < kids.size(); i += 2) {
    const ValueId key = canonical(evaluate(kids[i], frame));
    entries.emplace_back(key, canonical(evaluate(kids[i + 1], frame)));
  }
  return Handle::value(map_from_list(values_, entries));
}

Handle Machine::subtype(const Node& node, Handle* frame) {
  std::vector<ValueId> sets;
  for (const Subtype::Clause& clause : core_.subtypes[static_cast<std::size_t>(node.number)].clauses) {
    Fields fields;
    if (clause.type != no_id<NodeId>) fields = type_fields(data_, canonical(evaluate(clause.type, frame)));
    fields.fault.data = clause.constructor;
    if (!fields.ok()) fail(fields.fault, core_.nodes[clause.type].span);
    sets.push_back(checked(restricted_productions(data_, clause.constructor, fields.sets), node.span));
  }
  return Handle::value(set_union(data_, sets));
}

}  // namespace tryst::csp
