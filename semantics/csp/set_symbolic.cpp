#include "semantics/csp/set_symbolic.hpp"

#include <algorithm>
#include <cassert>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/set_integers.hpp"
#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

namespace {

bool is_product(ValueKind kind) { return kind == ValueKind::tuple_product || kind == ValueKind::dot_product; }

ValueId product(DataTable& data, ValueKind kind, std::span<const ValueId> factors) {
  return kind == ValueKind::tuple_product ? tuple_product(data, factors) : dot_product(data, factors);
}

// The constructor or channel at the head of a product's elements, if it is one that has fields.
std::optional<DataId> head_of(DataTable& data, ValueId set) {
  const Values& values = data.values();
  if (values.kind(set) != ValueKind::dot_product) return std::nullopt;
  const ValueId heads = values.parts(set)[0];
  if (values.kind(heads) != ValueKind::set) return std::nullopt;
  const ValueId head = values.parts(heads)[0];
  if (values.kind(head) != ValueKind::data || !data.has_fields(values.as_data(head))) return std::nullopt;
  return values.as_data(head);
}

// An infinite datatype constructor by constructor.
std::vector<ValueId> expand(DataTable& data, ValueId datatype) {
  std::vector<ValueId> sets;
  for (const DataId c : data.constructors(data.values().as_datatype(datatype))) {
    sets.push_back(productions(data, data.values().data(c)));
  }
  return sets;
}

// The values of `datatype` with the head of `set`: what `set` can have in common with it.
ValueId expand_to_head(DataTable& data, ValueId datatype, ValueId set) {
  const auto head = head_of(data, set);
  if (!head || data.datatype(*head) != data.values().as_datatype(datatype)) return data.values().empty_set();
  return productions(data, data.values().data(*head));
}

ValueId atom_intersection(DataTable& data, ValueId a, ValueId b) {
  Values& values = data.values();
  const ValueKind kind = values.kind(a);
  if (kind == ValueKind::datatype && values.kind(b) == ValueKind::dot_product) {
    return set_intersection(data, expand_to_head(data, a, b), b);
  }
  if (kind == ValueKind::dot_product && values.kind(b) == ValueKind::datatype) return atom_intersection(data, b, a);
  if (kind != values.kind(b)) return values.empty_set();
  const auto left = values.parts(a);
  const auto right = values.parts(b);
  std::vector<ValueId> common;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    common.push_back(set_intersection(data, left[i], right[i]));
  }
  switch (kind) {
    case ValueKind::proc_all: return a;
    case ValueKind::powerset: return powerset(data, common[0]);
    case ValueKind::sequences: return sequences_over(data, common[0]);
    case ValueKind::maps: return maps_between(data, common[0], common[1]);
    case ValueKind::tuple_product:
    case ValueKind::dot_product: return left.size() == right.size() ? product(data, kind, common) : values.empty_set();
    default: return values.empty_set();  // two datatypes
  }
}

// Products and datatypes, whose differences are products again.
bool decomposes(ValueKind kind) { return is_product(kind) || kind == ValueKind::datatype; }

// whole - lacking as a node, unless it is whole or nothing; whole is an atom, lacking has no differences.
ValueId plain_difference(DataTable& data, ValueId whole, ValueId lacking) {
  Values& values = data.values();
  const ValueId common = set_intersection(data, whole, lacking);
  if (is_empty(values, common)) return whole;
  if (common == whole) return values.empty_set();
  const ValueId parts[] = {whole, common};
  return values.symbolic(ValueKind::set_difference, parts);
}

// The difference of two atoms of which the first is a product or datatype.
ValueId atom_difference(DataTable& data, ValueId a, ValueId b) {
  Values& values = data.values();
  const ValueKind kind = values.kind(a);
  const ValueId common = set_intersection(data, a, b);
  if (is_empty(values, common)) return a;
  if (common == a) return values.empty_set();
  std::vector<ValueId> sets;
  if (values.kind(b) == ValueKind::datatype) return set_difference(data, a, expand_to_head(data, b, a));
  if (kind == ValueKind::datatype) {
    sets = expand(data, a);
    for (ValueId& set : sets) set = set_difference(data, set, b);
    return set_union(data, sets);
  }
  for (const auto& factors : product_difference(data, values.parts(a), values.parts(b))) {
    sets.push_back(product(data, kind, factors));
  }
  return set_union(data, sets);
}

Answer both(Answer a, Answer b) {
  if (a == Answer::no || b == Answer::no) return Answer::no;
  return a == Answer::yes && b == Answer::yes ? Answer::yes : Answer::unknown;
}

Answer atom_subset(DataTable& data, ValueId a, ValueId b) {
  const Values& values = data.values();
  const ValueKind kind = values.kind(a);
  if (kind == ValueKind::dot_product && values.kind(b) == ValueKind::datatype) {
    return subset(data, a, expand_to_head(data, b, a));
  }
  Answer answer = Answer::yes;
  if (kind == ValueKind::datatype) {
    for (const ValueId set : expand(data, a)) answer = both(answer, set == a ? Answer::no : subset(data, set, b));
    return answer;
  }
  const auto left = values.parts(a);
  const auto right = values.parts(b);
  if (kind != values.kind(b) || left.size() != right.size()) return Answer::no;
  for (std::size_t i = 0; i < left.size(); ++i) answer = both(answer, subset(data, left[i], right[i]));
  return answer;
}

}  // namespace

std::vector<std::vector<ValueId>> product_difference(DataTable& data, std::span<const ValueId> a,
                                                     std::span<const ValueId> b) {
  assert(a.size() == b.size());
  std::vector<std::vector<ValueId>> products;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::vector<ValueId> factors;
    for (std::size_t k = 0; k < i; ++k) factors.push_back(set_intersection(data, a[k], b[k]));
    factors.push_back(set_difference(data, a[i], b[i]));
    factors.insert(factors.end(), a.begin() + static_cast<std::ptrdiff_t>(i) + 1, a.end());
    const bool empty = std::find(factors.begin(), factors.end(), data.values().empty_set()) != factors.end();
    if (!empty) products.push_back(std::move(factors));
  }
  return products;
}

ValueId symbolic_intersection(DataTable& data, ValueId a, ValueId b) {
  Values& values = data.values();
  if (!is_symbolic(values.kind(a))) std::swap(a, b);
  const auto parts = values.parts(a);
  switch (values.kind(a)) {
    case ValueKind::set_union: {
      std::vector<ValueId> sets;
      for (const ValueId part : parts) sets.push_back(set_intersection(data, part, b));
      return set_union(data, sets);
    }
    case ValueKind::set_difference: return set_difference(data, set_intersection(data, parts[0], b), parts[1]);
    default: break;
  }
  switch (values.kind(b)) {
    case ValueKind::int_range: return values.empty_set();
    case ValueKind::set: {
      std::vector<ValueId> common;
      for (const ValueId v : values.parts(b)) {
        if (member(data, v, a)) common.push_back(v);
      }
      return values.sorted_set(common);
    }
    case ValueKind::set_union:
    case ValueKind::set_difference: return symbolic_intersection(data, b, a);
    default: return atom_intersection(data, a, b);
  }
}

ValueId symbolic_difference(DataTable& data, ValueId a, ValueId b) {
  Values& values = data.values();
  const auto left = values.parts(a);
  const auto right = values.parts(b);
  switch (values.kind(a)) {
    case ValueKind::int_range: return a;
    case ValueKind::set: {
      std::vector<ValueId> rest;
      for (const ValueId v : left) {
        if (!member(data, v, b)) rest.push_back(v);
      }
      return values.sorted_set(rest);
    }
    case ValueKind::set_union: {
      std::vector<ValueId> sets;
      for (const ValueId part : left) sets.push_back(set_difference(data, part, b));
      return set_union(data, sets);
    }
    default: break;
  }
  // So a is an atom, or an atom without something.
  if (values.kind(b) == ValueKind::set_union) {
    ValueId rest = a;
    // The explicit part, which is first, last: so products are taken from products.
    for (std::size_t i = right.size(); i-- > 0;) rest = set_difference(data, rest, right[i]);
    return rest;
  }
  if (values.kind(b) == ValueKind::set_difference) {
    return set_union(data, set_difference(data, a, right[0]), set_intersection(data, a, right[1]));
  }
  const ValueId whole = values.kind(a) == ValueKind::set_difference ? left[0] : a;
  if (decomposes(values.kind(whole)) && is_symbolic(values.kind(b))) {
    const ValueId rest = atom_difference(data, whole, b);
    return whole == a ? rest : set_difference(data, rest, left[1]);
  }
  if (whole == a) return plain_difference(data, a, b);
  return plain_difference(data, whole, set_union(data, left[1], set_intersection(data, whole, b)));
}

Answer symbolic_subset(DataTable& data, ValueId a, ValueId b) {
  const Values& values = data.values();
  if (holds_integers(values, a) && holds_integers(values, b)) {
    return is_empty(values, set_difference(data, a, b)) ? Answer::yes : Answer::no;
  }
  if (!is_symbolic(values.kind(b))) return Answer::no;  // a is larger than any explicit set
  const auto left = values.parts(a);
  const auto right = values.parts(b);
  Answer answer = Answer::yes;
  switch (values.kind(a)) {
    case ValueKind::set_union:
      for (const ValueId part : left) answer = both(answer, subset(data, part, b));
      return answer;
    case ValueKind::set_difference:
      if (subset(data, left[0], b) == Answer::yes) return Answer::yes;
      return is_empty(values, set_intersection(data, a, b)) ? Answer::no : Answer::unknown;
    default: break;
  }
  switch (values.kind(b)) {
    case ValueKind::set_union: {
      for (const ValueId part : right) {
        if (subset(data, a, part) == Answer::yes) return Answer::yes;
      }
      if (!decomposes(values.kind(a))) return Answer::unknown;
      const ValueId rest = set_difference(data, a, b);
      if (is_empty(values, rest)) return Answer::yes;
      return values.kind(rest) == ValueKind::set_difference ? Answer::unknown : Answer::no;
    }
    case ValueKind::set_difference:
      answer = subset(data, a, right[0]);
      if (answer != Answer::yes) return answer;
      return is_empty(values, set_intersection(data, a, right[1])) ? Answer::yes : Answer::no;
    default: return atom_subset(data, a, b);
  }
}

}  // namespace tryst::csp
