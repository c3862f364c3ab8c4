#include <cassert>

#include "semantics/csp/lowering.hpp"

namespace tryst::csp {

PatternId Lowering::strip(PatternId p) const {
  while (script_.patterns[p].kind == PatternKind::paren) p = script_.pattern_lists[script_.patterns[p].parts][0];
  return p;
}

MatchId Lowering::add(Match match, const std::vector<MatchId>& parts) {
  match.parts = core_.match_lists.add(parts);
  return core_.matches.add(match);
}

// The variables of a pattern, left to right.
std::vector<BindingId> Lowering::variables(PatternId p) const {
  p = strip(p);
  const Pattern& node = script_.patterns[p];
  std::vector<BindingId> found;
  if (node.kind == PatternKind::name) {
    const BindingId b = typed_.pattern_names[index(p)];
    if (typed_.bindings[b].kind == BindingKind::variable) found.push_back(b);
  }
  for (PatternId part : script_.pattern_lists[node.parts])
    for (BindingId b : variables(part)) found.push_back(b);
  return found;
}

// A new slot for a variable, or nothing at all where only another variable of the pattern is wanted.
MatchId Lowering::variable(PatternId p) {
  const BindingId b = typed_.pattern_names[index(p)];
  const Span span = script_.patterns[p].span;
  if (wanted_ != no_id<BindingId> && wanted_ != b) return add({MatchKind::any, span});
  const Slot slot = frame_->size++;
  bind(b, slot);
  return add({MatchKind::bind, span, slot});
}

MatchId Lowering::parameter(PatternId p, Slot slot) {
  p = strip(p);
  if (script_.patterns[p].kind == PatternKind::name) {
    const BindingId b = typed_.pattern_names[index(p)];
    if (typed_.bindings[b].kind == BindingKind::variable) {
      bind(b, slot);
      return add({MatchKind::any, script_.patterns[p].span});
    }
  }
  return pattern(p);
}

MatchId Lowering::pattern(PatternId p) {
  p = strip(p);
  const Pattern& node = script_.patterns[p];
  const auto parts = script_.pattern_lists[node.parts];
  const auto with_parts = [&](MatchKind kind) {
    std::vector<MatchId> matches;
    for (PatternId part : parts) matches.push_back(pattern(part));
    return add({kind, node.span}, matches);
  };
  switch (node.kind) {
    case PatternKind::name: {
      const BindingId b = typed_.pattern_names[index(p)];
      if (typed_.bindings[b].kind == BindingKind::variable) return variable(p);
      return add({MatchKind::data, node.span, meanings_.at(b).id});
    }
    case PatternKind::wildcard: return add({MatchKind::any, node.span});
    case PatternKind::number: return add({MatchKind::integer, node.span, node.number});
    case PatternKind::boolean: return add({MatchKind::boolean, node.span, node.number});
    case PatternKind::character: return add({MatchKind::character, node.span, node.number});
    case PatternKind::tuple: return with_parts(MatchKind::tuple);
    case PatternKind::set: return with_parts(parts.empty() ? MatchKind::empty_set : MatchKind::singleton_set);
    case PatternKind::also: return with_parts(MatchKind::both);
    case PatternKind::string:
    case PatternKind::sequence:
    case PatternKind::concat: return sequence_pattern(p);
    case PatternKind::dot: {
      std::vector<PatternId> flat;
      dot_parts(p, flat);
      std::vector<MatchId> matches;
      for (PatternId part : flat) matches.push_back(pattern(part));
      return add({MatchKind::dot, node.span}, matches);
    }
    case PatternKind::paren: break;
  }
  assert(false && "parentheses are stripped");
  return add({MatchKind::any, node.span});
}

void Lowering::dot_parts(PatternId p, std::vector<PatternId>& flat) const {
  p = strip(p);
  if (script_.patterns[p].kind != PatternKind::dot) {
    flat.push_back(p);
    return;
  }
  for (PatternId part : script_.pattern_lists[script_.patterns[p].parts]) dot_parts(part, flat);
}

MatchId Lowering::sequence_pattern(PatternId p) {
  std::vector<MatchId> before;
  std::optional<MatchId> middle;
  std::vector<MatchId> after;
  sequence_parts(p, before, middle, after);
  const Span span = script_.patterns[p].span;
  if (!middle) return add({MatchKind::sequence, span}, before);
  const auto count = static_cast<std::int64_t>(before.size());
  before.push_back(*middle);
  before.insert(before.end(), after.begin(), after.end());
  return add({MatchKind::sequence_around, span, count}, before);
}

// Flattens a concatenation; the front end has checked that at most one part has no fixed length.
void Lowering::sequence_parts(PatternId p, std::vector<MatchId>& before, std::optional<MatchId>& middle,
                              std::vector<MatchId>& after) {
  p = strip(p);
  const Pattern& node = script_.patterns[p];
  auto& here = middle ? after : before;
  if (node.kind == PatternKind::string) {
    for (char c : text(node.symbol))
      here.push_back(add({MatchKind::character, node.span, static_cast<unsigned char>(c)}));
  } else if (node.kind == PatternKind::sequence) {
    for (PatternId part : script_.pattern_lists[node.parts]) here.push_back(pattern(part));
  } else if (node.kind == PatternKind::concat) {
    for (PatternId part : script_.pattern_lists[node.parts]) sequence_parts(part, before, middle, after);
  } else {
    assert(!middle);
    middle = pattern(p);
  }
}

}  // namespace tryst::csp
