#include "semantics/csp/data_table.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

DataTable::DataTable(Values& values, FieldSource& source) : values_(values), source_(source) {}

DatatypeId DataTable::declare_datatype(std::string name) {
  datatypes_.push_back({std::move(name), {}});
  return static_cast<DatatypeId>(datatypes_.size() - 1);
}

DataId DataTable::declare_constructor(DatatypeId type, std::string name, bool has_fields) {
  const DataId data = declare(std::move(name), type, has_fields);
  datatypes_[index(type)].constructors.push_back(data);
  return data;
}

DataId DataTable::declare_channel(std::string name, bool has_fields) {
  return declare(std::move(name), no_id<DatatypeId>, has_fields);
}

DataId DataTable::declare(std::string name, DatatypeId type, bool has_fields) {
  entries_.push_back({std::move(name), type, has_fields, has_fields ? Progress::untouched : Progress::done, {}});
  return static_cast<DataId>(entries_.size() - 1);
}

std::span<const ValueId> DataTable::fields(DataId data) {
  Entry* entry = &entries_[index(data)];
  if (entry->progress == Progress::running) source_.fields_are_cyclic(data);
  if (entry->progress == Progress::untouched) {
    entry->progress = Progress::running;
    try {
      std::vector<ValueId> sets = source_.fields(data);
      entry = &entries_[index(data)];  // the source may have declared more
      entry->fields = std::move(sets);
      entry->progress = Progress::done;
    } catch (...) {
      entries_[index(data)].progress = Progress::untouched;
      throw;
    }
  }
  assert(!entry->has_fields || !entry->fields.empty());
  return entry->fields;
}

// A datatype that needs its own values, or fields that are being computed, is recursive: it becomes symbolic.
ValueId DataTable::values_of(DatatypeId type) {
  const auto is_running = [&](DataId c) { return entries_[index(c)].progress == Progress::running; };
  const auto list = constructors(type);
  Datatype* entry = &datatypes_[index(type)];
  if (entry->progress == Progress::done) return entry->values;
  if (entry->progress == Progress::running || std::any_of(list.begin(), list.end(), is_running)) {
    if (entry->progress == Progress::untouched) entry->progress = Progress::done;
    entry->infinite = true;
    return entry->values = values_.datatype(type);
  }
  entry->progress = Progress::running;
  try {
    const ValueId values = compute_values(type);
    entry = &datatypes_[index(type)];
    entry->progress = Progress::done;
    return entry->values = values;
  } catch (...) {
    entry = &datatypes_[index(type)];
    entry->progress = Progress::untouched;
    entry->infinite = false;
    throw;
  }
}

ValueId DataTable::compute_values(DatatypeId type) {
  const std::vector<DataId> list(constructors(type).begin(), constructors(type).end());
  for (const DataId c : list) {
    const auto sets = fields(c);
    const bool any = std::any_of(sets.begin(), sets.end(), [&](ValueId s) { return csp::is_infinite(*this, s); });
    const bool none = std::find(sets.begin(), sets.end(), values_.empty_set()) != sets.end();
    if (any && !none) datatypes_[index(type)].infinite = true;
  }
  if (datatypes_[index(type)].infinite) return values_.datatype(type);
  std::vector<ValueId> sets;
  std::uint64_t total = 0;
  for (const DataId c : list) {
    sets.push_back(productions(*this, values_.data(c)));
    total += is_symbolic(values_.kind(sets.back())) ? set_elements_max : Elements(values_, sets.back()).size();
    if (total > set_elements_max) return values_.datatype(type);
  }
  return set_union(*this, sets);
}

std::optional<ValueId> DataTable::known_values(DatatypeId type) const {
  const Datatype& entry = datatypes_[index(type)];
  return entry.progress == Progress::done ? std::optional(entry.values) : std::nullopt;
}

bool DataTable::is_infinite(DatatypeId type) {
  if (datatypes_[index(type)].progress != Progress::running) values_of(type);
  return datatypes_[index(type)].infinite || datatypes_[index(type)].progress == Progress::running;
}

ValueId DataTable::events() {
  if (events_ != no_id<ValueId>) return events_;
  std::vector<ValueId> sets;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto data = static_cast<DataId>(i);
    if (is_channel(data)) sets.push_back(productions(*this, values_.data(data)));
  }
  return events_ = set_union(*this, sets);
}

}  // namespace tryst::csp
