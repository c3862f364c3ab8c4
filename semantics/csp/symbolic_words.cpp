#include "semantics/csp/symbolic_words.hpp"

#include <algorithm>

#include "semantics/csp/symbolic_machine.hpp"

namespace tryst::csp {

namespace {

using Sign = Expressions::Op;

// The bounds of a sum, as far as they are known and fit 64 bits.
std::optional<std::int64_t> plus(std::optional<std::int64_t> a, std::int64_t factor, std::optional<std::int64_t> b) {
  std::int64_t product = 0, sum = 0;
  if (!a || !b || __builtin_mul_overflow(factor, *b, &product) || __builtin_add_overflow(*a, product, &sum)) return {};
  return sum;
}

void limit(WordRange& range, std::optional<std::int64_t> least, std::optional<std::int64_t> most) {
  if (least && (!range.least || *range.least < *least)) range.least = least;
  if (most && (!range.most || *range.most > *most)) range.most = most;
}

}  // namespace

std::uint32_t SymbolicMachine::add_base(WordLayout layout) {
  WordBase made{std::move(layout)};
  for (std::size_t c = 0; c < made.layout.columns(); ++c) {
    made.columns.push_back(expressions_.fresh_word());
    ranges_.emplace(made.columns.back(), made.layout.ranges[c]);
  }
  bases_.push_back(std::move(made));
  return static_cast<std::uint32_t>(bases_.size() - 1);
}

bool SymbolicMachine::is_sequence(SymbolicId id) const {
  const SymbolicKind kind = values_.kind(id);
  return kind == SymbolicKind::sequence || kind == SymbolicKind::word ||
         (values_.is_known(id) && machine_.values().kind(values_.value(id)) == ValueKind::sequence);
}

std::vector<SymbolicId> SymbolicMachine::pieces(SymbolicId sequence) {
  if (values_.kind(sequence) == SymbolicKind::word) return values_[sequence].parts;
  return values_.components(sequence);
}

SymbolicId SymbolicMachine::sequence_of(std::vector<SymbolicId> pieces) {
  return values_.make({SymbolicKind::word, no_id<CodeId>, 0, 0, std::move(pieces)});
}

ExpressionId SymbolicMachine::length(SymbolicId sequence) {
  std::int64_t elements = 0;
  ExpressionId sum = expressions_.number(0);
  for (const SymbolicId piece : pieces(sequence)) {
    ++elements;
    if (values_.kind(piece) != SymbolicKind::base) continue;
    const WordPiece part = word_piece(values_[piece]);
    sum = expressions_.add(sum, expressions_.length(expressions_.variable(bases_[part.base].columns[0])));
    elements -= 1 + part.in_front + part.at_end;
  }
  return expressions_.add(sum, expressions_.number(elements));
}

// The first or last element, which is taken away; none: there is none. Decides whether bases have elements left.
std::optional<SymbolicId> SymbolicMachine::take(std::vector<SymbolicId>& pieces, bool in_front) {
  while (!pieces.empty()) {
    const auto at = in_front ? pieces.begin() : pieces.end() - 1;
    const SymbolicNode node = values_[*at];
    if (node.kind != SymbolicKind::base) {
      const SymbolicId found = *at;
      pieces.erase(at);
      return found;
    }
    WordPiece piece = word_piece(node);
    // Without a shape, nothing has been put into it yet.
    const bool is_empty = bases_[piece.base].layout.shapes.empty() ||
                          !decide(expressions_.less(expressions_.number(0), length(sequence_of({*at}))));
    if (is_empty) {
      pieces.erase(at);
      continue;
    }
    const SymbolicId found = element(piece, in_front);
    ++(in_front ? piece.in_front : piece.at_end);
    *at = values_.make(word_node(piece));
    return found;
  }
  return std::nullopt;
}

// Decides which shape it has.
SymbolicId SymbolicMachine::element(WordPiece piece, bool in_front) {
  const WordBase base = bases_[piece.base];
  const std::int64_t at = in_front ? piece.in_front : -std::int64_t{piece.at_end} - 1;
  std::vector<ExpressionId> integers;
  for (const VariableId column : base.columns)
    integers.push_back(expressions_.element(expressions_.variable(column), at));
  std::size_t shape = 0;
  if (base.layout.has_number())
    while (shape + 1 < base.layout.shapes.size() &&
           !decide(expressions_.equal(integers[0], expressions_.number(static_cast<std::int64_t>(shape)))))
      ++shape;
  std::size_t next = base.layout.first_column(shape);
  return filled(base.layout.shapes[shape], integers, next);
}

SymbolicId SymbolicMachine::filled(SymbolicId shape, const std::vector<ExpressionId>& integers, std::size_t& next) {
  SymbolicNode node = values_[shape];
  if (node.kind == SymbolicKind::nothing) return values_.integer(integers[next++]);
  for (SymbolicId& part : node.parts) part = filled(part, integers, next);
  return values_.make(std::move(node));
}

SymbolicId SymbolicMachine::shape_of(SymbolicId element, std::vector<ExpressionId>& integers) {
  SymbolicNode node = values_[element];
  const Values& known = machine_.values();
  if (node.kind == SymbolicKind::integer) {
    integers.push_back(values_.expression(element));
    return values_.make({SymbolicKind::nothing, no_id<CodeId>, 1});
  }
  if (node.kind == SymbolicKind::known) {
    switch (known.kind(values_.value(element))) {
      case ValueKind::integer:
        integers.push_back(expressions_.number(known.as_integer(values_.value(element))));
        return values_.make({SymbolicKind::nothing, no_id<CodeId>, 1});
      case ValueKind::boolean:
      case ValueKind::data:
      case ValueKind::character: return element;
      case ValueKind::tuple: node.kind = SymbolicKind::tuple; break;
      case ValueKind::dot: node.kind = SymbolicKind::dot; break;
      default: break;
    }
    node.number = 0;
    node.parts = values_.components(element);
  }
  if (node.kind != SymbolicKind::tuple && node.kind != SymbolicKind::dot)
    throw NotSymbolic{"a sequence that grows without bound has elements that are not made of integers and constants"};
  for (SymbolicId& part : node.parts) part = shape_of(part, integers);
  return values_.make(std::move(node));
}

// An element, by column.
std::vector<ExpressionId> SymbolicMachine::row_of(SymbolicId shape, const std::vector<ExpressionId>& integers,
                                                  const WordLayout& layout) {
  const auto number = static_cast<std::size_t>(std::ranges::lower_bound(layout.shapes, shape) - layout.shapes.begin());
  std::vector<ExpressionId> row(layout.columns(), expressions_.number(0));
  if (layout.has_number()) row[0] = expressions_.number(static_cast<std::int64_t>(number));
  std::ranges::copy(integers, row.begin() + static_cast<std::ptrdiff_t>(layout.first_column(number)));
  return row;
}

std::vector<ExpressionId> SymbolicMachine::columns(const std::vector<SymbolicId>& pieces, const WordLayout& layout) {
  std::vector<std::vector<ExpressionId>> words(layout.columns());
  for (const SymbolicId id : pieces) {
    const SymbolicNode node = values_[id];
    if (node.kind == SymbolicKind::base) {
      const WordPiece piece = word_piece(node);
      const WordBase& base = bases_[piece.base];
      if (base.layout.shapes.empty()) continue;  // nothing has been put into it
      if (base.layout.shapes != layout.shapes || base.layout.integers != layout.integers)
        throw NotSymbolic{"sequences that grow without bound have elements of different shapes"};
      for (std::size_t c = 0; c < words.size(); ++c)
        words[c].push_back(expressions_.rest(expressions_.variable(base.columns[c]), piece.in_front, piece.at_end));
      continue;
    }
    std::vector<ExpressionId> integers;
    const SymbolicId shape = shape_of(id, integers);
    const std::vector<ExpressionId> row = row_of(shape, integers, layout);
    for (std::size_t c = 0; c < words.size(); ++c) words[c].push_back(expressions_.unit(row[c]));
  }
  std::vector<ExpressionId> all;
  for (const auto& word : words) all.push_back(expressions_.join(word));
  return all;
}

// The layout of its words, if they all have the same; none: it has no words with elements.
std::optional<WordLayout> SymbolicMachine::layout_of(const std::vector<SymbolicId>& pieces) const {
  for (const SymbolicId piece : pieces) {
    if (values_.kind(piece) != SymbolicKind::base) continue;
    const WordLayout& layout = bases_[word_piece(values_[piece]).base].layout;
    if (!layout.shapes.empty()) return layout;
  }
  return std::nullopt;
}

// Column by column. An element whose shape a word never has makes them different.
ExpressionId SymbolicMachine::same_sequence(SymbolicId a, SymbolicId b) {
  if (!is_sequence(a) || !is_sequence(b)) return expressions_.truth(false);
  const std::vector<SymbolicId> left = pieces(a), right = pieces(b);
  std::vector<ExpressionId> all{expressions_.equal(length(a), length(b))};
  if (left.empty() || right.empty()) return all[0];
  const std::optional<WordLayout> layout = layout_of(left) ? layout_of(left) : layout_of(right);
  if (!layout) return all[0];  // both are empty, or they are not equally long
  const auto fits = [&](SymbolicId piece) {
    std::vector<ExpressionId> integers;
    return values_.kind(piece) == SymbolicKind::base ||
           std::ranges::binary_search(layout->shapes, shape_of(piece, integers));
  };
  const auto is_base = [&](SymbolicId piece) { return values_.kind(piece) == SymbolicKind::base; };
  const bool is_one_word = std::ranges::none_of(left, is_base) || std::ranges::none_of(right, is_base);
  if (!std::ranges::all_of(left, fits) || !std::ranges::all_of(right, fits)) {
    if (!is_one_word) throw NotSymbolic{"sequences that grow without bound have elements of different shapes"};
    return expressions_.truth(false);
  }
  const std::vector<ExpressionId> x = columns(left, *layout), y = columns(right, *layout);
  for (std::size_t c = 0; c < x.size(); ++c) all.push_back(expressions_.same(x[c], y[c]));
  return expressions_.conjunction(std::move(all));
}

ExpressionId SymbolicMachine::has_element(SymbolicId sequence, SymbolicId element) {
  std::vector<ExpressionId> cases;
  for (const SymbolicId piece : pieces(sequence)) {
    if (values_.kind(piece) != SymbolicKind::base) {
      cases.push_back(equality(element, piece));
      continue;
    }
    const WordLayout layout = bases_[word_piece(values_[piece]).base].layout;
    std::vector<ExpressionId> integers;
    const SymbolicId shape = shape_of(element, integers);
    if (std::ranges::binary_search(layout.shapes, shape))
      cases.push_back(expressions_.has(columns({piece}, layout), row_of(shape, integers, layout)));
  }
  return expressions_.disjunction(std::move(cases));
}

bool SymbolicMachine::matches_word(const Match& match, SymbolicId value, Frame& frame) {
  const auto parts = machine_.core().match_lists[match.parts];
  const bool has_middle = match.kind == MatchKind::sequence_around;
  const std::size_t before = has_middle ? static_cast<std::size_t>(match.number) : parts.size();
  const std::size_t after = has_middle ? parts.size() - before - 1 : 0;
  const ExpressionId size = length(value);
  const ExpressionId needed = expressions_.number(static_cast<std::int64_t>(before + after));
  if (!decide(has_middle ? expressions_.at_most(needed, size) : expressions_.equal(needed, size))) return false;
  std::vector<SymbolicId> left = pieces(value);
  std::vector<SymbolicId> first, last;
  for (std::size_t i = 0; i < before + after; ++i) {
    const auto found = take(left, i < before);
    if (!found) return false;  // excluded by the length, whatever else was decided
    (i < before ? first : last).push_back(*found);
  }
  std::ranges::reverse(last);
  return matches_parts(parts.first(before), first, frame) &&
         (!has_middle || matches(parts[before], sequence_of(std::move(left)), frame)) &&
         matches_parts(parts.last(after), last, frame);
}

// The literals are a condition's; those that bound a variable alone count.
WordRange SymbolicMachine::range_of_sum(ExpressionId integer, const std::vector<ExpressionId>& literals) const {
  const Expressions::Node& node = expressions_[integer];
  if (node.op == Sign::element) {
    const auto word = expressions_.bare_variable(node.operands[0]);
    const auto at = word ? ranges_.find(*word) : ranges_.end();
    return at == ranges_.end() ? WordRange{} : at->second;
  }
  if (node.op == Sign::sum) {
    WordRange all{node.number, node.number};
    for (std::size_t i = 0; i < node.operands.size(); ++i) {
      const WordRange part = range_of_sum(node.operands[i], literals);
      const std::int64_t factor = node.coefficients[i];
      all.least = plus(all.least, factor, factor > 0 ? part.least : part.most);
      all.most = plus(all.most, factor, factor > 0 ? part.most : part.least);
    }
    return all;
  }
  WordRange range;
  if (node.op == Sign::remainder) range = {0, node.number - 1};
  for (const ExpressionId literal : literals) {
    const Expressions::Node& said = expressions_[literal];
    if (said.op != Sign::not_above_zero && said.op != Sign::zero) continue;
    const Expressions::Node& sum = expressions_[said.operands[0]];
    const bool is_bare = said.operands[0] == integer;
    const bool is_bound = sum.op == Sign::sum && sum.operands.size() == 1 && sum.operands[0] == integer;
    const std::int64_t factor = is_bare ? 1 : is_bound ? sum.coefficients[0] : 0;
    const std::int64_t number = is_bare ? 0 : sum.number;
    if ((factor != 1 && factor != -1) || number == INT64_MIN) continue;
    // factor * integer + number <= 0, or = 0
    const bool is_equation = said.op == Sign::zero;
    if (factor > 0 || is_equation) limit(range, {}, factor > 0 ? -number : number);
    if (factor < 0 || is_equation) limit(range, factor > 0 ? -number : number, {});
  }
  return range;
}

WordRange SymbolicMachine::range_of(ExpressionId integer, ExpressionId condition) const {
  const Expressions::Node& node = expressions_[condition];
  return range_of_sum(integer, node.op == Sign::conjunction ? node.operands : std::vector{condition});
}

ExpressionId SymbolicMachine::simplified(ExpressionId condition) {
  if (ranges_.empty()) return condition;
  const Expressions::Node node = expressions_[condition];
  switch (node.op) {
    case Sign::conjunction:
    case Sign::disjunction: {
      std::vector<ExpressionId> parts;
      for (const ExpressionId part : node.operands) parts.push_back(simplified(part));
      return node.op == Sign::conjunction ? expressions_.conjunction(std::move(parts))
                                          : expressions_.disjunction(std::move(parts));
    }
    case Sign::not_above_zero:
    case Sign::zero:
    case Sign::not_zero: {
      const auto [least, most] = range_of_sum(node.operands[0], {});
      if (node.op == Sign::not_above_zero) {
        if (most && *most <= 0) return expressions_.truth(true);
        if (least && *least > 0) return expressions_.truth(false);
      } else if ((least && *least > 0) || (most && *most < 0)) {
        return expressions_.truth(node.op == Sign::not_zero);
      }
      return condition;
    }
    default: return condition;
  }
}

}  // namespace tryst::csp
