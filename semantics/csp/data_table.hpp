// The constructors and channels of a script, with the sets that their fields may hold.
//
// Field sets are expressions of the script: the evaluator supplies them on first use through a FieldSource, which may
// throw (ScriptError, LimitReached); a failed attempt leaves no trace. A datatype that is asked for its values while
// they are being computed is recursive, hence infinite and symbolic. Order of declaration is the order of iteration.
// Threads: none.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "semantics/csp/value_fault.hpp"
#include "semantics/csp/values.hpp"

namespace tryst::csp {

class FieldSource {
 public:
  virtual ~FieldSource() = default;
  // The sets of the fields of `data`, one a field: type_fields (set_operations.hpp) of the declared type expression's
  // value.
  virtual std::vector<ValueId> fields(DataId data) = 0;
  // Called when the fields of `data` are needed to compute themselves (`datatype T = B.{B.B}`). Must throw.
  [[noreturn]] virtual void fields_are_cyclic(DataId data) = 0;
  // Called once an element where much is listed. May throw LimitReached.
  virtual void poll() {}
};

class DataTable {
 public:
  DataTable(Values&, FieldSource&);

  DatatypeId declare_datatype(std::string name);
  // `has_fields`: a type is written after the name. The name is as the user would write it from top level.
  DataId declare_constructor(DatatypeId, std::string name, bool has_fields);
  DataId declare_channel(std::string name, bool has_fields);

  Values& values() const { return values_; }
  void poll() { source_.poll(); }
  const std::string& name(DataId data) const { return entries_[index(data)].name; }
  const std::string& name(DatatypeId type) const { return datatypes_[index(type)].name; }
  bool is_channel(DataId data) const { return entries_[index(data)].datatype == no_id<DatatypeId>; }
  DatatypeId datatype(DataId constructor) const { return entries_[index(constructor)].datatype; }
  std::span<const DataId> constructors(DatatypeId type) const { return datatypes_[index(type)].constructors; }
  std::size_t size() const { return entries_.size(); }
  bool has_fields(DataId data) const { return entries_[index(data)].has_fields; }

  std::span<const ValueId> fields(DataId);  // evaluated on the first call; the span stays valid
  std::size_t arity(DataId data) { return fields(data).size(); }

  ValueId values_of(DatatypeId);                               // the set of all values of the datatype
  std::optional<ValueId> known_values(DatatypeId type) const;  // the same if it is computed already
  bool is_infinite(DatatypeId);
  ValueId events();  // the productions of all channels; computed at the first call

  // What was computed before: functions of dot.hpp by their argument, operations on large explicit sets by both,
  // membership in infinite datatypes.
  using SetMemo = std::unordered_map<std::uint64_t, ValueId>;  // set << 32 | set
  struct Memo {
    SetMemo unions, intersections, differences;
    std::unordered_map<ValueId, ValueId> extensions, next_field, productions;
    std::unordered_map<std::uint64_t, bool> members;  // datatype << 32 | value
  };
  Memo& memo() { return memo_; }

 private:
  enum class Progress : std::uint8_t { untouched, running, done };
  struct Entry {
    std::string name;
    DatatypeId datatype;  // none: a channel
    bool has_fields;
    Progress progress;
    std::vector<ValueId> fields;
  };
  struct Datatype {
    std::string name;
    std::vector<DataId> constructors;
    Progress progress = Progress::untouched;
    ValueId values{no_id<ValueId>};
    bool infinite = false;
  };

  DataId declare(std::string name, DatatypeId, bool has_fields);
  ValueId compute_values(DatatypeId);

  Values& values_;
  FieldSource& source_;
  std::vector<Entry> entries_;
  std::vector<Datatype> datatypes_;
  ValueId events_{no_id<ValueId>};
  Memo memo_;
};

}  // namespace tryst::csp
