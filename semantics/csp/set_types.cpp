// Dotted products and type expressions: sets of values of several fields, spliced together and taken apart.
#include <algorithm>
#include <iterator>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/set_operations.hpp"
#include "semantics/csp/set_symbolic.hpp"

namespace tryst::csp {

namespace {

using Factors = std::vector<ValueId>;

// Whether the elements are lists of fields rather than single fields. The type checker has seen to it that all are
// alike.
bool has_lists(DataTable& data, ValueId set) {
  const Values& values = data.values();
  const auto parts = values.parts(set);
  switch (values.kind(set)) {
    case ValueKind::set:
      return !parts.empty() && values.kind(parts[0]) == ValueKind::dot && !is_constructor_value(data, parts[0]);
    case ValueKind::dot_product: {
      const ValueId heads = parts[0];
      return values.kind(heads) != ValueKind::set || !is_constructor_value(data, values.parts(heads)[0]);
    }
    case ValueKind::set_union: return has_lists(data, parts.back());
    case ValueKind::set_difference: return has_lists(data, parts[0]);
    default: return false;
  }
}

// The sets of fields whose product an explicit set of lists is, if it is one.
std::optional<Factors> rectangle(Values& values, ValueId set) {
  const auto lists = values.parts(set);
  const std::size_t width = values.parts(lists[0]).size();
  Factors factors;
  std::uint64_t size = 1;
  for (std::size_t i = 0; i < width; ++i) {
    Factors column;
    for (const ValueId list : lists) {
      if (values.parts(list).size() != width) return std::nullopt;
      column.push_back(values.parts(list)[i]);
    }
    factors.push_back(values.set(std::move(column)));
    size *= Elements(values, factors.back()).size();
    if (size > lists.size()) return std::nullopt;
  }
  // The set lies within the product of its columns, so equal size is equality.
  return size == lists.size() ? std::optional(factors) : std::nullopt;
}

// A set as a union of products of sets of single fields.
std::vector<Factors> as_products(DataTable& data, ValueId set) {
  Values& values = data.values();
  if (!has_lists(data, set)) return {{set}};
  const auto parts = values.parts(set);
  std::vector<Factors> products;
  switch (values.kind(set)) {
    case ValueKind::dot_product: return {Factors(parts.begin(), parts.end())};
    case ValueKind::set_union:
      for (const ValueId part : parts) {
        for (Factors& factors : as_products(data, part)) products.push_back(std::move(factors));
      }
      return products;
    case ValueKind::set_difference:
      products = as_products(data, parts[0]);
      for (const Factors& lacking : as_products(data, parts[1])) {
        std::vector<Factors> rest;
        for (const Factors& product : products) {
          for (Factors& factors : product_difference(data, product, lacking)) rest.push_back(std::move(factors));
        }
        products = std::move(rest);
      }
      return products;
    default: break;
  }
  if (auto factors = rectangle(values, set)) return {*std::move(factors)};
  for (const ValueId list : parts) {
    Factors factors;
    for (const ValueId part : values.parts(list)) factors.push_back(values.set({part}));
    products.push_back(std::move(factors));
  }
  return products;
}

// Some factor has lists; all are explicit, and so is the result.
std::optional<ValueId> spliced(DataTable& data, std::span<const ValueId> factors) {
  Values& values = data.values();
  Factors lists = {values.dot({})};
  for (const ValueId factor : factors) {
    if (is_symbolic(values.kind(factor))) return std::nullopt;
    const Elements elements(values, factor);
    if (elements.size() != 0 && lists.size() > set_elements_max / elements.size()) return std::nullopt;
    Factors longer;
    longer.reserve(lists.size() * elements.size());
    for (const ValueId list : lists) {
      for (const ValueId element : elements) {
        Factors parts = fields_of(data, list);
        const Factors more = fields_of(data, element);
        parts.insert(parts.end(), more.begin(), more.end());
        longer.push_back(values.dot(parts));
      }
    }
    lists = std::move(longer);
  }
  return values.set(std::move(lists));
}

}  // namespace

ValueId dot_product(DataTable& data, std::span<const ValueId> factors) {
  if (std::none_of(factors.begin(), factors.end(), [&](ValueId set) { return has_lists(data, set); })) {
    return product_of_fields(data, ValueKind::dot_product, factors);
  }
  if (const auto explicit_set = spliced(data, factors)) return *explicit_set;
  std::vector<Factors> products = {{}};
  for (const ValueId factor : factors) {
    std::vector<Factors> longer;
    for (const Factors& more : as_products(data, factor)) {
      for (Factors product : products) {
        product.insert(product.end(), more.begin(), more.end());
        longer.push_back(std::move(product));
      }
    }
    products = std::move(longer);
  }
  std::vector<ValueId> sets;
  for (const Factors& product : products) sets.push_back(product_of_fields(data, ValueKind::dot_product, product));
  return set_union(data, sets);
}

Outcome type_set(DataTable& data, ValueId type) {
  Values& values = data.values();
  const ValueKind kind = values.kind(type);
  if (is_set(kind)) return {type};
  if (kind != ValueKind::tuple && kind != ValueKind::dot) return {type, {FaultKind::not_a_set, type}};
  Factors factors;
  for (const ValueId part : values.parts(type)) {
    const Outcome factor = type_set(data, part);
    if (!factor.ok()) return factor;
    factors.push_back(factor.value);
  }
  return {kind == ValueKind::tuple ? tuple_product(data, factors) : dot_product(data, factors)};
}

Fields type_fields(DataTable& data, ValueId type) {
  Values& values = data.values();
  if (values.kind(type) == ValueKind::dot) {
    Fields fields;
    for (const ValueId part : values.parts(type)) {
      Fields more = type_fields(data, part);
      if (!more.ok()) return more;
      std::move(more.sets.begin(), more.sets.end(), std::back_inserter(fields.sets));
    }
    return fields;
  }
  const Outcome set = type_set(data, type);
  if (!set.ok()) return {{}, set.fault};
  if (!has_lists(data, set.value)) return {{set.value}};
  if (values.kind(set.value) == ValueKind::dot_product) {
    const auto factors = values.parts(set.value);
    return {{factors.begin(), factors.end()}};
  }
  if (values.kind(set.value) == ValueKind::set) {
    if (auto factors = rectangle(values, set.value)) return {*std::move(factors)};
  }
  return {{}, {FaultKind::not_rectangular, no_id<ValueId>, set.value}};
}

}  // namespace tryst::csp
