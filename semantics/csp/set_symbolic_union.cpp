// Unions of symbolic sets: what set_symbolic.hpp says of them.
#include <algorithm>
#include <iterator>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/set_operations.hpp"
#include "semantics/csp/set_symbolic.hpp"

namespace tryst::csp {

namespace {

// Symbolic parts, none of them a union, and the explicit rest.
struct Parts {
  std::vector<ValueId> symbolic;
  ValueId finite;
};

Parts flatten(DataTable& data, const std::vector<ValueId>& sets) {
  const Values& values = data.values();
  Parts parts{{}, values.empty_set()};
  const auto add = [&](ValueId set) {
    if (is_symbolic(values.kind(set))) {
      parts.symbolic.push_back(set);
    } else {
      parts.finite = set_union(data, parts.finite, set);
    }
  };
  for (const ValueId set : sets) {
    if (values.kind(set) == ValueKind::set_union) {
      for (const ValueId part : values.parts(set)) add(part);
    } else {
      add(set);
    }
  }
  std::sort(parts.symbolic.begin(), parts.symbolic.end(),
            [&](ValueId a, ValueId b) { return values.compare(a, b) < 0; });
  parts.symbolic.erase(std::unique(parts.symbolic.begin(), parts.symbolic.end()), parts.symbolic.end());
  return parts;
}

// (A - (X + Y)) + Z is (A - Y) + Z where Z covers X. True if some difference lacks less now.
bool fill_differences(DataTable& data, Parts& parts) {
  Values& values = data.values();
  for (ValueId& set : parts.symbolic) {
    if (values.kind(set) != ValueKind::set_difference) continue;
    const ValueId whole = values.parts(set)[0];
    const ValueId lacking = values.parts(set)[1];
    const auto covered = [&](ValueId piece) {
      return std::any_of(parts.symbolic.begin(), parts.symbolic.end(),
                         [&](ValueId other) { return other != set && subset(data, piece, other) == Answer::yes; });
    };
    std::vector<ValueId> still;
    const auto pieces =
        values.kind(lacking) == ValueKind::set_union ? values.parts(lacking) : std::span<const ValueId>(&lacking, 1);
    for (const ValueId piece : pieces) {
      if (is_symbolic(values.kind(piece))) {
        if (!covered(piece)) still.push_back(piece);
        continue;
      }
      ValueId rest = set_difference(data, piece, parts.finite);
      for (const ValueId other : parts.symbolic) {
        if (other != set) rest = set_difference(data, rest, other);
      }
      still.push_back(rest);
    }
    const ValueId lacks = set_union(data, still);
    if (lacks == lacking) continue;
    set = set_difference(data, whole, lacks);
    return true;
  }
  return false;
}

void drop_covered(DataTable& data, Parts& parts) {
  auto& sets = parts.symbolic;
  for (const ValueId set : sets) parts.finite = set_difference(data, parts.finite, set);
  for (std::size_t i = 0; i < sets.size();) {
    const bool covered = std::any_of(sets.begin(), sets.end(), [&](ValueId other) {
      return other != sets[i] && subset(data, sets[i], other) == Answer::yes;
    });
    if (covered) {
      sets.erase(sets.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
}

// The product that is the union of two that differ in one factor, not the head of events or constructor values.
std::optional<ValueId> merged(DataTable& data, ValueId a, ValueId b) {
  Values& values = data.values();
  const ValueKind kind = values.kind(a);
  if (kind != values.kind(b) || (kind != ValueKind::tuple_product && kind != ValueKind::dot_product))
    return std::nullopt;
  const auto left = values.parts(a);
  const auto right = values.parts(b);
  if (left.size() != right.size()) return std::nullopt;
  const auto differ = std::mismatch(left.begin(), left.end(), right.begin());
  const auto at = differ.first - left.begin();
  if (!std::equal(differ.first + 1, left.end(), differ.second + 1)) return std::nullopt;
  if (kind == ValueKind::dot_product && at == 0) return std::nullopt;
  std::vector<ValueId> factors(left.begin(), left.end());
  factors[static_cast<std::size_t>(at)] = set_union(data, *differ.first, *differ.second);
  return kind == ValueKind::tuple_product ? tuple_product(data, factors) : dot_product(data, factors);
}

bool merge_products(DataTable& data, Parts& parts) {
  auto& sets = parts.symbolic;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    for (std::size_t j = i + 1; j < sets.size(); ++j) {
      if (const auto both = merged(data, sets[i], sets[j])) {
        sets[i] = *both;
        sets.erase(sets.begin() + static_cast<std::ptrdiff_t>(j));
        return true;
      }
    }
  }
  return false;
}

// The infinite datatype whose constructors are all among the parts.
bool fold_datatype(DataTable& data, Parts& parts) {
  const Values& values = data.values();
  const auto covered = [&](ValueId set) {
    return subset(data, set, parts.finite) == Answer::yes ||
           std::any_of(parts.symbolic.begin(), parts.symbolic.end(),
                       [&](ValueId part) { return subset(data, set, part) == Answer::yes; });
  };
  for (const ValueId set : parts.symbolic) {
    if (values.kind(set) != ValueKind::dot_product) continue;
    const ValueId heads = values.parts(set)[0];
    if (values.kind(heads) != ValueKind::set || values.kind(values.parts(heads)[0]) != ValueKind::data) continue;
    const DatatypeId type = data.datatype(values.as_data(values.parts(heads)[0]));
    const auto whole = type == no_id<DatatypeId> ? std::nullopt : data.known_values(type);
    if (!whole || values.kind(*whole) != ValueKind::datatype) continue;
    const auto constructors = data.constructors(type);
    if (std::all_of(constructors.begin(), constructors.end(),
                    [&](DataId c) { return covered(productions(data, data.values().data(c))); })) {
      parts.symbolic.push_back(*whole);
      return true;
    }
  }
  return false;
}

}  // namespace

ValueId symbolic_union(DataTable& data, const std::vector<ValueId>& sets) {
  Values& values = data.values();
  Parts parts = flatten(data, sets);
  // Every rule makes the parts fewer or what a difference lacks smaller.
  for (;;) {
    if (!fill_differences(data, parts)) {
      drop_covered(data, parts);
      if (!merge_products(data, parts) && !fold_datatype(data, parts)) break;
    }
    std::vector<ValueId> again = parts.symbolic;
    again.push_back(parts.finite);
    parts = flatten(data, again);
  }
  std::vector<ValueId> list;
  if (!is_empty(values, parts.finite)) list.push_back(parts.finite);
  list.insert(list.end(), parts.symbolic.begin(), parts.symbolic.end());
  return list.size() == 1 ? list[0] : values.symbolic(ValueKind::set_union, list);
}

}  // namespace tryst::csp
