#include "semantics/csp/symbolic_component.hpp"

#include <algorithm>
#include <utility>

namespace tryst::csp {

namespace {

constexpr std::size_t growths_max = 8;  // of a range, before it has no bound

}  // namespace

SymbolicComponent::SymbolicComponent(SymbolicMachine& machine, SymbolicId initial, bool merged, std::string name)
    : machine_(machine), name_(std::move(name)) {
  try {
    while (!build(initial, merged)) {
    }
  } catch (const NotSymbolic& reason) {
    if (!wants_words_) throw;
    build_without_words(initial, merged, reason);
  }
}

// `reason` is why words do not help; it is thrown if nothing else does.
void SymbolicComponent::build_without_words(SymbolicId initial, bool merged, const NotSymbolic& reason) {
  may_use_words_ = wants_words_ = false;
  widenings_.clear();
  sequences_.clear();
  try {
    while (!build(initial, merged)) {
    }
  } catch (const NotSymbolic&) {
    throw NotSymbolic(reason);
  }
}

// False: more integers or sequences have to become variables.
bool SymbolicComponent::build(SymbolicId initial, bool merged) {
  locations_.clear();
  numbers_.clear();
  again_ = false;
  ended_ = no_location;
  initial_values_ = locate(initial, machine_.expressions().truth(true)).values;
  for (std::size_t i = 0; i < locations_.size() && !again_; ++i) {
    machine_.machine().poll();
    const SymbolicMachine::Offers offers = machine_.offers(locations_[i].shape, merged);
    locations_[i].faults = offers.faults;
    for (const SymbolicMachine::Offer& offer : offers.offers) {
      Found found = locate(machine_.called(offer.target, offer.guard), offer.guard);
      locations_[i].edges.push_back({offer, found.location, std::move(found.values)});
    }
  }
  return !again_;
}

template <class Integer, class Sequences>
SymbolicId SymbolicComponent::rebuilt(SymbolicId id, const Integer& integer, const Sequences& sequence) {
  SymbolicValues& values = machine_.values();
  SymbolicNode node = values[id];
  if (node.kind == SymbolicKind::integer) return integer(id);
  if (node.kind == SymbolicKind::truth) throw NotSymbolic{"a condition is kept in a process"};
  if (machine_.is_sequence(id))
    if (const std::optional<SymbolicId> made = sequence(id)) return *made;
  if (node.kind == SymbolicKind::known) {
    const tryst::csp::Values& known = machine_.machine().values();
    switch (known.kind(values.value(id))) {
      case ValueKind::integer: return integer(id);
      case ValueKind::tuple: node.kind = SymbolicKind::tuple; break;
      case ValueKind::sequence: node.kind = SymbolicKind::sequence; break;
      case ValueKind::dot: node.kind = SymbolicKind::dot; break;
      default: return id;
    }
    node.number = 0;
    node.parts = values.components(id);
  }
  for (SymbolicId& part : node.parts) part = rebuilt(part, integer, sequence);
  return values.make(std::move(node));
}

// From now on sequences with many lengths are words.
void SymbolicComponent::ask_for_words() {
  wants_words_ = true;
  for (auto& [outline, places] : sequences_)
    for (Sequence& place : places)
      if (place.lengths.size() > lengths_kept) place.is_word = again_ = true;
}

WordLayout SymbolicComponent::layout_of(const Sequence& place) const {
  WordLayout layout;
  for (const auto& [shape, ranges] : place.shapes) {
    layout.shapes.push_back(shape);
    layout.integers.push_back(ranges.size());
  }
  if (layout.has_number()) layout.ranges.push_back({0, static_cast<std::int64_t>(place.shapes.size()) - 1});
  for (const auto& [shape, ranges] : place.shapes)
    layout.ranges.insert(layout.ranges.end(), ranges.begin(), ranges.end());
  return layout;
}

// Elements of this shape are put into the sequence, with integers in these ranges.
void SymbolicComponent::learn(Sequence& place, SymbolicId shape, const std::vector<WordRange>& ranges) {
  const auto [at, added] = place.shapes.try_emplace(shape, ranges);
  bool grows = added;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    WordRange& known = at->second[i];
    WordRange all = known;
    if (!ranges[i].least || (all.least && *ranges[i].least < *all.least)) all.least = ranges[i].least;
    if (!ranges[i].most || (all.most && *ranges[i].most > *all.most)) all.most = ranges[i].most;
    if (known == all) continue;
    known = ++place.growths > growths_max ? WordRange{} : all;
    grows = true;
  }
  if (!grows) return;
  place.base.reset();
  again_ = true;
}

void SymbolicComponent::learn(Sequence& place, const std::vector<SymbolicId>& pieces, ExpressionId guard) {
  for (const SymbolicId piece : pieces) {
    const SymbolicNode node = machine_.values()[piece];
    std::vector<WordRange> ranges;
    if (node.kind != SymbolicKind::base) {
      std::vector<ExpressionId> integers;
      const SymbolicId shape = machine_.shape_of(piece, integers);
      for (const ExpressionId integer : integers) ranges.push_back(machine_.range_of(integer, guard));
      learn(place, shape, ranges);
      continue;
    }
    if (place.base == word_piece(node).base) continue;
    const WordLayout other = machine_.base(word_piece(node).base).layout;
    for (std::size_t k = 0; k < other.shapes.size(); ++k) {
      const auto first = other.ranges.begin() + static_cast<std::ptrdiff_t>(other.first_column(k));
      ranges.assign(first, first + static_cast<std::ptrdiff_t>(other.integers[k]));
      learn(place, other.shapes[k], ranges);
    }
  }
}

std::optional<SymbolicId> SymbolicComponent::with_words(SymbolicId state, ExpressionId guard, Values& values) {
  if (again_) return std::nullopt;
  SymbolicValues& store = machine_.values();
  Expressions& expressions = machine_.expressions();
  std::vector<SymbolicId> lists;
  const SymbolicId outline = rebuilt(
      state,
      [&](SymbolicId) {
        return store.make({SymbolicKind::nothing, no_id<CodeId>, 1});
      },
      [&](SymbolicId list) {
        lists.push_back(list);
        return std::optional(store.make({SymbolicKind::nothing, no_id<CodeId>, 2}));
      });
  if (lists.empty()) return state;
  std::vector<Sequence>& places = sequences_[outline];
  places.resize(lists.size());
  for (std::size_t i = 0; i < lists.size(); ++i) {
    Sequence& place = places[i];
    const bool is_word = store.kind(lists[i]) == SymbolicKind::word;
    if (!is_word) place.lengths.insert(store.components(lists[i]).size());
    const bool becomes_word = is_word || (wants_words_ && place.lengths.size() > lengths_kept);
    // What it holds is learnt when the graph is made again: its elements may be variables without a range here.
    if (becomes_word && !place.is_word)
      place.is_word = again_ = true;
    else if (place.is_word)
      learn(place, machine_.pieces(lists[i]), guard);
  }
  if (again_) return std::nullopt;
  std::size_t next = 0;
  return rebuilt(
      state, [](SymbolicId integer) { return integer; },
      [&](SymbolicId list) -> std::optional<SymbolicId> {
        Sequence& place = places[next++];
        if (!place.is_word) return list;
        if (!place.base) place.base = machine_.add_base(layout_of(place));
        const WordBase base = machine_.base(*place.base);
        const std::vector<ExpressionId> columns = machine_.columns(machine_.pieces(list), base.layout);
        for (std::size_t c = 0; c < columns.size(); ++c) {
          values.emplace_back(base.columns[c], columns[c]);
          values.emplace_back(*expressions.length_of(base.columns[c]), expressions.length(columns[c]));
        }
        return store.make({SymbolicKind::word, no_id<CodeId>, 0, 0, {store.make(word_node({*place.base, 0, 0}))}});
      });
}

SymbolicComponent::Found SymbolicComponent::locate(SymbolicId state, ExpressionId guard) {
  SymbolicValues& values = machine_.values();
  Expressions& expressions = machine_.expressions();
  Found found{0, {}};
  if (may_use_words_) {
    const auto with = with_words(state, guard, found.values);
    if (!with) return {0, {}};
    state = *with;
  }
  const auto inside = [](SymbolicId) { return std::optional<SymbolicId>(); };
  std::vector<SymbolicId> integers;
  const SymbolicId hole = values.make({SymbolicKind::nothing, no_id<CodeId>, 1});
  const SymbolicId key = rebuilt(
      state,
      [&](SymbolicId integer) {
        integers.push_back(integer);
        return hole;
      },
      inside);
  Widening& widening = widenings_[key];
  widening.seen.resize(integers.size());
  widening.is_variable.resize(integers.size());
  for (std::size_t i = 0; i < integers.size(); ++i) {
    if (widening.is_variable[i]) continue;
    if (values.is_known(integers[i])) widening.seen[i].insert(values.value(integers[i]));
    if (values.is_known(integers[i]) && widening.seen[i].size() <= values_kept) continue;
    widening.is_variable[i] = true;
    again_ = again_ || !widening.seen[i].empty();
  }
  std::size_t position = 0;
  std::size_t used = 0;
  const SymbolicId shape = rebuilt(
      state,
      [&](SymbolicId integer) {
        if (!widening.is_variable[position++]) return integer;
        if (used == variables_.size()) variables_.push_back(expressions.fresh());
        const VariableId variable = variables_[used++];
        const ExpressionId value =
            values.is_known(integer) ? expressions.number(machine_.machine().values().as_integer(values.value(integer)))
                                     : values.expression(integer);
        found.values.emplace_back(variable, value);
        return values.integer(expressions.variable(variable));
      },
      inside);
  const auto [at, added] = numbers_.try_emplace(shape, static_cast<std::uint32_t>(locations_.size()));
  found.location = at->second;
  if (!added) return found;
  if (locations_.size() >= locations_max)
    throw NotSymbolic{"`" + name_ + "` has too many shapes of states; a sequence may grow without bound"};
  if (locations_.size() >= locations_with_sequences && may_use_words_ && !wants_words_) ask_for_words();
  locations_.push_back({shape, {}});
  for (const auto& each : found.values) locations_.back().variables.push_back(each.first);
  if (values.kind(shape) == SymbolicKind::omega) ended_ = at->second;
  return found;
}

}  // namespace tryst::csp
