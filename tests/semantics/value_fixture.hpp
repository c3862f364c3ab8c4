// A store with a table of constructors whose types are given in the test, as the evaluator would supply them.
#pragma once

#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>

#include "semantics/csp/data_table.hpp"
#include "semantics/csp/dot.hpp"
#include "semantics/csp/set_operations.hpp"
#include "semantics/csp/show.hpp"
#include "semantics/csp/values.hpp"

namespace tryst::csp {

struct CyclicFields {
  DataId data;
};

class Declarations : public FieldSource {
 public:
  using Type = std::function<ValueId()>;  // the value of the type expression after the name

  DatatypeId datatype(const std::string& name) { return table.declare_datatype(name); }
  DataId constructor(DatatypeId type, const std::string& name) {
    return add(table.declare_constructor(type, name, false), {});
  }
  DataId constructor(DatatypeId type, const std::string& name, Type fields) {
    return add(table.declare_constructor(type, name, true), std::move(fields));
  }
  DataId channel(const std::string& name) { return add(table.declare_channel(name, false), {}); }
  DataId channel(const std::string& name, Type fields) {
    return add(table.declare_channel(name, true), std::move(fields));
  }

  std::vector<ValueId> fields(DataId data) override {
    const Fields sets = type_fields(table, types_[index(data)]());
    if (!sets.ok()) throw std::runtime_error("not rectangular");
    return sets.sets;
  }
  [[noreturn]] void fields_are_cyclic(DataId data) override { throw CyclicFields{data}; }

  ValueId n(std::int64_t number) { return values.integer(number); }
  ValueId d(DataId data) { return values.data(data); }
  ValueId range(std::int64_t low, std::int64_t high) { return values.int_range(low, high); }
  ValueId set(std::initializer_list<ValueId> elements) { return values.set(elements); }
  ValueId tuple(std::initializer_list<ValueId> parts) { return values.tuple(std::vector<ValueId>(parts)); }
  ValueId sequence(std::initializer_list<ValueId> parts) { return values.sequence(std::vector<ValueId>(parts)); }
  ValueId booleans() { return all_booleans(values); }
  // a.b.c, as the script writes it: from the right.
  ValueId dot(std::vector<ValueId> parts) {
    ValueId v = parts.back();
    for (std::size_t i = parts.size() - 1; i-- > 0;) {
      const Outcome outcome = combine_dots(table, parts[i], v);
      if (!outcome.ok()) throw outcome.fault;
      v = outcome.value;
    }
    return v;
  }
  std::string show(ValueId v) { return csp::show(table, v); }

  Values values;
  DataTable table{values, *this};

 private:
  DataId add(DataId data, Type type) {
    types_.push_back(std::move(type));
    return data;
  }
  std::vector<Type> types_;
};

}  // namespace tryst::csp
