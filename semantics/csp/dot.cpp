#include "semantics/csp/dot.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>

#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

namespace {

// The constructor or channel with fields that v is made of.
std::optional<DataId> head_of(DataTable& data, ValueId v) {
  const Values& values = data.values();
  if (values.kind(v) == ValueKind::dot && !values.parts(v).empty()) v = values.parts(v)[0];
  if (values.kind(v) != ValueKind::data || !data.has_fields(values.as_data(v))) return std::nullopt;
  return values.as_data(v);
}

std::span<const ValueId> list_of(const Values& values, const ValueId& v) {
  return values.kind(v) == ValueKind::dot ? values.parts(v) : std::span<const ValueId>(&v, 1);
}

// A dotted value that grows at its end; only the result becomes a node.
class Combination {
 public:
  Combination(DataTable& data, ValueId start) : data_(data), head_(head_of(data, start)) {
    const auto list = list_of(data.values(), start);
    parts_.reserve(list.size() + 8);
    parts_.assign(list.begin(), list.end());
  }

  // Attaches all fields of v. False: fault() says which did not fit.
  bool add(ValueId v) {
    const Values& values = data_.values();
    if (values.kind(v) != ValueKind::dot || is_constructor_value(data_, v)) return add_field(v);
    const auto fields = values.parts(v);
    return std::all_of(fields.begin(), fields.end(), [&](ValueId field) { return add_field(field); });
  }

  ValueId value() const { return data_.values().dot(parts_); }
  const Fault& fault() const { return fault_; }

 private:
  // To the innermost last field that lacks one, else behind the last, where a complete constructor value is one field.
  bool add_field(ValueId field) {
    const bool heads_only = head_ && parts_.size() == 1;
    if (!heads_only && !parts_.empty()) {
      const std::vector<ValueId> open = incomplete_chain(parts_.back());
      if (!open.empty()) return extend(open, field);
    }
    if (head_ && parts_.size() - 1 == data_.arity(*head_)) {
      parts_ = {value()};
      head_.reset();
    }
    parts_.push_back(field);
    return !is_complete(data_, field) || fits(head_, parts_);
  }

  // v, its last field, the last field of that .. down to the innermost that lacks fields itself; empty if v is
  // complete.
  std::vector<ValueId> incomplete_chain(ValueId v) const {
    const Values& values = data_.values();
    std::vector<ValueId> chain;
    std::size_t innermost = 0;  // the length of the chain that ends in it
    for (;;) {
      const bool list = values.kind(v) == ValueKind::dot && !values.parts(v).empty();
      if (!list && values.kind(v) != ValueKind::data) break;
      chain.push_back(v);
      const auto head = head_of(data_, v);
      if (head && list_of(values, v).size() - 1 < data_.arity(*head)) innermost = chain.size();
      if (!list) break;
      v = values.parts(v).back();
    }
    chain.resize(innermost);
    return chain;
  }

  // The last value of the chain gets the field, and those around it a new last field.
  bool extend(const std::vector<ValueId>& chain, ValueId field) {
    Values& values = data_.values();
    bool complete = is_complete(data_, field);
    for (std::size_t i = chain.size(); i-- > 0;) {
      const auto list = list_of(values, chain[i]);
      const auto head = head_of(data_, chain[i]);
      std::vector<ValueId> parts(list.begin(), list.end());
      if (i + 1 < chain.size()) parts.pop_back();
      parts.push_back(field);
      if (complete && !fits(head, parts)) return false;
      complete = complete && (!head || parts.size() - 1 == data_.arity(*head));
      field = values.dot(parts);
    }
    parts_.back() = field;
    return !complete || fits(head_, parts_);
  }

  // Whether the last field, which is complete, is in its declared set.
  bool fits(std::optional<DataId> head, const std::vector<ValueId>& parts) {
    if (!head) return true;
    const std::size_t at = parts.size() - 2;
    const ValueId allowed = data_.fields(*head)[at];
    if (member(data_, parts.back(), allowed)) return true;
    fault_ = {FaultKind::outside_field, parts.back(), allowed, *head, static_cast<std::uint32_t>(at)};
    return false;
  }

  DataTable& data_;
  std::optional<DataId> head_;  // what parts_ is a value of, none: a list of fields
  std::vector<ValueId> parts_;
  Fault fault_;
};

ValueId the_empty_dot(Values& values) { return values.set({values.dot({})}); }

// Whether `whole` starts with the incomplete constructor value `start`; if so, `rest` gets the fields that are missing.
bool starts_with(DataTable& data, ValueId whole, ValueId start, std::vector<ValueId>& rest) {
  const Values& values = data.values();
  const auto all = list_of(values, whole);
  const auto some = list_of(values, start);
  if (all.size() < some.size() || !std::equal(some.begin(), some.end() - 1, all.begin())) return false;
  const std::size_t last = some.size() - 1;
  if (all[last] != some[last]) {
    const bool within_last = last > 0 && !is_complete(data, some[last]);
    if (!within_last || !starts_with(data, all[last], some[last], rest)) return false;
  }
  rest.insert(rest.end(), all.begin() + static_cast<std::ptrdiff_t>(some.size()), all.end());
  return true;
}

// The sets that complete an incomplete v, to be dotted onto it: either the missing fields of single values, or, for a
// last field that is itself incomplete, first the set of its completions within what the field may hold.
std::vector<ValueId> missing(DataTable& data, ValueId v);

// {r | start.r in allowed}
ValueId completions_within(DataTable& data, ValueId start, ValueId allowed) {
  Values& values = data.values();
  const auto parts = values.parts(allowed);
  switch (values.kind(allowed)) {
    case ValueKind::set: {
      std::vector<ValueId> found;
      for (const ValueId whole : parts) {
        std::vector<ValueId> rest;
        if (starts_with(data, whole, start, rest)) found.push_back(values.dot(rest));
      }
      return values.set(std::move(found));
    }
    case ValueKind::datatype: return dot_product(data, missing(data, start));
    case ValueKind::dot_product: {
      const auto given = list_of(values, start);
      if (given.size() > parts.size()) return values.empty_set();
      std::vector<ValueId> factors;
      for (std::size_t i = 0; i < given.size(); ++i) {
        if (i > 0 && i + 1 == given.size() && !is_complete(data, given[i])) {
          factors.push_back(completions_within(data, given[i], parts[i]));
        } else if (!member(data, given[i], parts[i])) {
          return values.empty_set();
        }
      }
      factors.insert(factors.end(), parts.begin() + static_cast<std::ptrdiff_t>(given.size()), parts.end());
      return dot_product(data, factors);
    }
    case ValueKind::set_union: {
      std::vector<ValueId> sets;
      for (const ValueId part : parts) sets.push_back(completions_within(data, start, part));
      return set_union(data, sets);
    }
    case ValueKind::set_difference:
      return set_difference(data, completions_within(data, start, parts[0]), completions_within(data, start, parts[1]));
    default: return values.empty_set();
  }
}

std::vector<ValueId> missing(DataTable& data, ValueId v) {
  const Values& values = data.values();
  const auto list = list_of(values, v);
  const auto head = head_of(data, v);
  if (!head) return missing(data, list.back());
  const auto fields = data.fields(*head);
  const std::size_t given = list.size() - 1;
  std::vector<ValueId> sets;
  if (given > 0 && !is_complete(data, list.back()))
    sets.push_back(completions_within(data, list.back(), fields[given - 1]));
  sets.insert(sets.end(), fields.begin() + static_cast<std::ptrdiff_t>(given), fields.end());
  return sets;
}

// The first fields of a set of dotted values.
ValueId first_fields(DataTable& data, ValueId set) {
  Values& values = data.values();
  const auto parts = values.parts(set);
  std::vector<ValueId> firsts;
  switch (values.kind(set)) {
    case ValueKind::set:
      for (const ValueId v : parts) firsts.push_back(fields_of(data, v)[0]);
      return values.set(std::move(firsts));
    case ValueKind::dot_product: {
      const bool single =
          !is_symbolic(values.kind(parts[0])) && is_constructor_value(data, Elements(values, parts[0])[0]);
      return single ? set : parts[0];
    }
    case ValueKind::set_union:
      for (const ValueId part : parts) firsts.push_back(first_fields(data, part));
      return set_union(data, firsts);
    default: return set;
  }
}

ValueId compute_productions(DataTable& data, ValueId v) {
  Values& values = data.values();
  const auto list = list_of(values, v);
  std::vector<ValueId> factors;
  for (const ValueId part : list) factors.push_back(values.set({part}));
  const auto head = head_of(data, v);
  std::span<const ValueId> fields;
  if (head) fields = data.fields(*head);
  const std::size_t given = list.size() - 1;
  if (given > 0 && !is_complete(data, list.back())) {
    factors.back() = productions(data, list.back());
    if (head) factors.back() = set_intersection(data, factors.back(), fields[given - 1]);
  }
  if (head) factors.insert(factors.end(), fields.begin() + static_cast<std::ptrdiff_t>(given), fields.end());
  return product_of_fields(data, ValueKind::dot_product, factors);
}

template <class Compute>
ValueId remembered(std::unordered_map<ValueId, ValueId>& memo, ValueId v, Compute compute) {
  if (const auto found = memo.find(v); found != memo.end()) return found->second;
  const ValueId result = compute();
  memo.emplace(v, result);
  return result;
}

}  // namespace

bool is_constructor_value(DataTable& data, ValueId v) { return head_of(data, v).has_value(); }

std::vector<ValueId> fields_of(DataTable& data, ValueId v) {
  if (data.values().kind(v) != ValueKind::dot || is_constructor_value(data, v)) return {v};
  const auto parts = data.values().parts(v);
  return {parts.begin(), parts.end()};
}

bool is_complete(DataTable& data, ValueId v) {
  const Values& values = data.values();
  for (;;) {
    if (values.kind(v) == ValueKind::data) return !data.has_fields(values.as_data(v));
    if (values.kind(v) != ValueKind::dot || values.parts(v).empty()) return true;
    const auto head = head_of(data, v);
    if (head && values.parts(v).size() - 1 < data.arity(*head)) return false;
    v = values.parts(v).back();
  }
}

std::optional<std::span<const ValueId>> missing_fields(DataTable& data, ValueId v) {
  const auto head = head_of(data, v);
  if (!head) return std::nullopt;
  const Values& values = data.values();
  const auto list = list_of(values, v);
  const std::size_t given = list.size() - 1;
  if (given > 0 && !is_complete(data, list.back())) return std::nullopt;
  const auto fields = data.fields(*head);
  if (given >= fields.size()) return std::nullopt;
  return fields.subspan(given);
}

Outcome combine_dots(DataTable& data, ValueId left, ValueId right) {
  return combine_dots(data, left, right, no_id<ValueId>);
}

// Nearly always a complete field is put where the next one is missing: that needs no look into it.
Outcome combine_dots(DataTable& data, ValueId left, ValueId right, ValueId known_set) {
  constexpr std::size_t few = 32;
  Values& values = data.values();
  const auto missing = missing_fields(data, left);
  const bool is_field = values.kind(right) != ValueKind::dot || is_constructor_value(data, right);
  const auto list = list_of(values, left);
  if (missing && is_field && list.size() < few && is_complete(data, right) &&
      (missing->front() == known_set || member(data, right, missing->front()))) {
    std::array<ValueId, few> parts;
    *std::ranges::copy(list, parts.begin()).out = right;
    return {values.dot(std::span(parts).first(list.size() + 1))};
  }
  const ValueId both[] = {left, right};
  return combine_dots(data, both);
}

Outcome combine_dots(DataTable& data, std::span<const ValueId> values) {
  assert(!values.empty());
  Combination combination(data, values[0]);
  for (const ValueId v : values.subspan(1)) {
    if (!combination.add(v)) return {combination.value(), combination.fault()};
  }
  return {combination.value()};
}

ValueId extensions(DataTable& data, ValueId v) {
  if (is_complete(data, v)) return the_empty_dot(data.values());
  return remembered(data.memo().extensions, v, [&] {
    const std::vector<ValueId> sets = missing(data, v);
    return sets.size() == 1 ? sets[0] : dot_product(data, sets);
  });
}

ValueId next_field(DataTable& data, ValueId v) {
  if (is_complete(data, v)) return the_empty_dot(data.values());
  return remembered(data.memo().next_field, v, [&] { return first_fields(data, missing(data, v)[0]); });
}

ValueId productions(DataTable& data, ValueId v) {
  if (is_complete(data, v)) return data.values().set({v});
  return remembered(data.memo().productions, v, [&] { return compute_productions(data, v); });
}

Outcome restricted_productions(DataTable& data, DataId constructor, std::span<const ValueId> sets) {
  Values& values = data.values();
  const auto fields = data.fields(constructor);
  if (sets.size() > fields.size()) return {values.empty_set()};  // a field of no values hides how many there should be
  std::vector<ValueId> factors = {values.set({values.data(constructor)})};
  for (std::size_t i = 0; i < sets.size(); ++i) {
    std::vector<ValueId> complete;
    if (is_symbolic(values.kind(sets[i]))) {
      complete.push_back(sets[i]);
    } else {
      // A value that lacks fields stands for all of its completions.
      for (const ValueId v : Elements(values, sets[i])) complete.push_back(productions(data, v));
    }
    const ValueId allowed = set_union(data, complete);
    const ValueId outside = set_difference(data, allowed, fields[i]);
    if (!is_empty(values, outside) && !is_symbolic(values.kind(outside))) {
      const ValueId value = Elements(values, outside)[0];
      return {outside, {FaultKind::outside_field, value, fields[i], constructor, static_cast<std::uint32_t>(i)}};
    }
    factors.push_back(set_intersection(data, allowed, fields[i]));
  }
  factors.insert(factors.end(), fields.begin() + static_cast<std::ptrdiff_t>(sets.size()), fields.end());
  return {product_of_fields(data, ValueKind::dot_product, factors)};
}

DotFields::DotFields(DataTable& data, ValueId v) : data_(data) {
  const auto list = list_of(data.values(), v);
  fields_.assign(list.rbegin(), list.rend());
}

bool DotFields::take(DataId constant) {
  if (at_end()) return false;
  const Values& values = data_.values();
  const ValueId next = fields_.back();
  const auto list = list_of(values, next);
  if (list.empty() || values.kind(list[0]) != ValueKind::data || values.as_data(list[0]) != constant) return false;
  fields_.pop_back();
  fields_.insert(fields_.end(), list.rbegin(), list.rend() - 1);
  return true;
}

std::optional<ValueId> DotFields::take() {
  if (at_end()) return std::nullopt;
  const ValueId next = fields_.back();
  fields_.pop_back();
  return next;
}

ValueId DotFields::rest() {
  assert(!at_end());
  const std::vector<ValueId> parts(fields_.rbegin(), fields_.rend());
  fields_.clear();
  return data_.values().dot(parts);
}

bool DotFields::rest_is(DataId constant) { return fields_.size() == 1 && fields_[0] == data_.values().data(constant); }

}  // namespace tryst::csp
