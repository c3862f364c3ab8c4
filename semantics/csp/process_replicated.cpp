// Replicated operators (section 6.3 of the language reference says what they are over nothing), renaming and linking.
#include <algorithm>
#include <cassert>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/process_builder.hpp"
#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

// What is left of a replicated operator over nothing.
ProcessId ProcessBuilder::nothing(const Node& node, Operator op) {
  if (node.flag) {
    const ValueId tock = machine_.values().data(static_cast<DataId>(node.number));
    return macro(op == Operator::sequential ? Macro::timed_skip : Macro::timed_stop, std::vector{tock});
  }
  if (op == Operator::internal_choice)
    machine_.fail("P0413", node.span, "nothing to choose from", "this choice is over the empty set",
                  "an internal choice needs at least one way to go on");
  const bool choice = op == Operator::external_choice || op == Operator::sync_external;
  return terms_.intern(Term{choice ? Operator::stop : Operator::skip});
}

ProcessId ProcessBuilder::replicated(const Node& node, Handle* frame) {
  const auto kids = machine_.core().kids(node);
  Operator op{};
  switch (node.op) {
    case Op::rep_external: op = Operator::external_choice; break;
    case Op::rep_internal: op = Operator::internal_choice; break;
    case Op::rep_interleave: op = Operator::interleave; break;
    case Op::rep_sequential: op = Operator::sequential; break;
    case Op::rep_parallel: op = Operator::parallel; break;
    case Op::rep_sync_external: op = Operator::sync_external; break;
    default: op = Operator::alphabetised; break;
  }
  Term term{op, node.span};
  if (op == Operator::parallel || op == Operator::sync_external) term.sets = {alphabet(kids[0], frame)};
  machine_.for_each(node.steps, frame, [&] {
    if (op == Operator::alphabetised) term.sets.push_back(alphabet(kids[0], frame));
    term.operands.push_back(operand(kids.back(), frame));
  });
  if (term.operands.empty()) return nothing(node, op);
  if (op == Operator::sequential) {
    ProcessId rest = term.operands.back();
    for (std::size_t i = term.operands.size() - 1; i-- > 0;) {
      Term pair{op, node.span};
      pair.operands = {term.operands[i], rest};
      rest = terms_.intern(pair);
    }
    return rest;
  }
  const bool choice = op == Operator::external_choice || op == Operator::internal_choice || op == Operator::interleave;
  if (choice && term.operands.size() == 1) return term.operands[0];
  return terms_.intern(term);
}

// The pairs of events of ties `left, right, left, right ..`, under each assignment of the node's tie steps. With
// `dense`, what is tied field by field may be left there as keys.
ProcessBuilder::EventPairs ProcessBuilder::ties(const Node& node, std::span<const NodeId> sides, Handle* frame,
                                                std::vector<Alphabets::Tie>* dense) {
  EventPairs pairs;
  machine_.for_each(node.tie_steps, frame, [&] {
    for (std::size_t i = 0; i < sides.size(); i += 2) {
      const ValueId left = machine_.canonical(machine_.evaluate(sides[i], frame));
      const ValueId right = machine_.canonical(machine_.evaluate(sides[i + 1], frame));
      tie(left, right, machine_.core().nodes[sides[i]].span, machine_.core().nodes[sides[i + 1]].span, pairs, dense);
    }
  });
  return pairs;
}

// Both sides are completed by the same fields, if there are samples of them by those alone. Usually both lack fields of
// the same sets: then the events {| left |} and {| right |}, which are known from the second time on, correspond one by
// one.
void ProcessBuilder::tie(ValueId left, ValueId right, Span left_span, Span right_span, EventPairs& pairs,
                         std::vector<Alphabets::Tie>* dense) {
  DataTable& data = machine_.data();
  const auto add = [&](ValueId fields) {
    machine_.poll();
    pairs.emplace_back(event(machine_.checked(combine_dots(data, left, fields), left_span)),
                       event(machine_.checked(combine_dots(data, right, fields), right_span)));
  };
  if (machine_.has_samples()) {
    std::ranges::for_each(machine_.sampled(extensions(data, left), left_span), add);
    return;
  }
  const auto missing = missing_fields(data, left);
  const auto missing_right = missing_fields(data, right);
  if (missing && missing_right && std::ranges::equal(*missing, *missing_right)) {
    if (dense != nullptr && machine_.is_dense(left)) {
      dense->emplace_back(index(left), index(right));
      return;
    }
    const ValueId lefts = productions(data, left);
    const ValueId rights = productions(data, right);
    if (!is_symbolic(data.values().kind(lefts)) && !is_symbolic(data.values().kind(rights))) {
      const auto from = events_of(lefts);
      const auto to = events_of(rights);
      assert(from.size() == to.size());
      pairs.reserve(pairs.size() + from.size());
      for (std::size_t i = 0; i < from.size(); ++i) pairs.emplace_back(from[i], to[i]);
      return;
    }
  }
  const Elements rest = machine_.list(extensions(data, left), left_span);
  for (const ValueId fields : rest) add(fields);
}

// The events of an explicit set, in the order of its elements. The span stays valid.
std::span<const EventId> ProcessBuilder::events_of(ValueId set) {
  std::vector<EventId>& list = tied_[set];
  const Elements elements(machine_.values(), set);
  if (list.size() == elements.size()) return list;
  list.clear();  // a limit may have cut it short
  for (const ValueId v : elements) {
    machine_.poll();
    list.push_back(event(v));
  }
  return list;
}

ProcessId ProcessBuilder::rename(const Node& node, Handle* frame) {
  const auto kids = machine_.core().kids(node);
  const ProcessId p = operand(kids[0], frame);
  std::vector<Alphabets::Tie> dense;
  auto pairs = ties(node, kids.subspan(1), frame, &dense);
  if (pairs.empty() && dense.empty()) return p;
  Term term{Operator::rename, node.span};
  term.operands = {p};
  term.relation = terms_.alphabets().relation(std::move(pairs), std::move(dense));
  return terms_.intern(term);
}

// The event with the fields of the second key instead of those of the first; the fields that follow stay.
EventId ProcessBuilder::retied(EventId e, Alphabets::Tie tie) {
  Values& values = machine_.values();
  const auto fields = [&](ValueId v) {
    if (values.kind(v) != ValueKind::dot) return std::vector{v};
    const auto parts = values.parts(v);
    return std::vector(parts.begin(), parts.end());
  };
  const auto own = fields(value(e));
  auto other = fields(static_cast<ValueId>(tie.second));
  const auto given = fields(static_cast<ValueId>(tie.first)).size();
  other.insert(other.end(), own.begin() + static_cast<std::ptrdiff_t>(given), own.end());
  return event(values.dot(other));
}

// Linking must be one to one.
RelationId ProcessBuilder::link_relation(EventPairs pairs, Span span) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  const auto check = [&](auto side) {
    std::vector<EventId> events;
    for (const auto& pair : pairs) events.push_back(pair.*side);
    std::sort(events.begin(), events.end());
    const auto twice = std::adjacent_find(events.begin(), events.end());
    if (twice != events.end())
      machine_.fail("P0414", span, "`" + std::string(terms_.events().name(*twice)) + "` is linked to two events",
                    "each event can be linked to one", "use renaming and a shared event for links to several");
  };
  check(&std::pair<EventId, EventId>::first);
  check(&std::pair<EventId, EventId>::second);
  return terms_.relation(std::move(pairs));
}

ProcessId ProcessBuilder::link(const Node& node, Handle* frame) {
  const auto kids = machine_.core().kids(node);
  Term term{Operator::link, node.span};
  term.operands = {operand(kids[0], frame), operand(kids[1], frame)};
  term.relation = link_relation(ties(node, kids.subspan(2), frame, nullptr), node.span);
  return terms_.intern(term);
}

// p1 [..] (p2 [..] p3), each link with the ties of its left element.
ProcessId ProcessBuilder::replicated_link(const Node& node, Handle* frame) {
  const auto kids = machine_.core().kids(node);
  std::vector<std::pair<ProcessId, RelationId>> elements;
  machine_.for_each(node.steps, frame, [&] {
    const RelationId relation = link_relation(ties(node, kids.subspan(1), frame, nullptr), node.span);
    elements.emplace_back(operand(kids[0], frame), relation);
  });
  if (elements.empty())
    machine_.fail("P0415", node.span, "nothing to link", "this is over the empty sequence",
                  "a replicated link needs at least one process");
  ProcessId rest = elements.back().first;
  for (std::size_t i = elements.size() - 1; i-- > 0;) {
    Term term{Operator::link, node.span};
    term.operands = {elements[i].first, rest};
    term.relation = elements[i].second;
    rest = terms_.intern(term);
  }
  return rest;
}

}  // namespace tryst::csp
