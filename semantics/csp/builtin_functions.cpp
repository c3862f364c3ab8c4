#include "semantics/csp/builtin_functions.hpp"

#include <cassert>

#include "semantics/csp/dot.hpp"
#include "semantics/csp/process_builder.hpp"
#include "semantics/csp/relation_functions.hpp"
#include "semantics/csp/set_operations.hpp"
#include "semantics/csp/value_maps.hpp"

namespace tryst::csp {

namespace {

// From the type, `C a => (t, ..) -> t`: the commas of the parameter list that stand in no inner brackets.
std::size_t count_parameters(std::string_view type) {
  const auto arrow = type.find("->");
  if (arrow == std::string_view::npos) return 0;
  std::size_t arity = 1;
  int depth = 0;
  const std::size_t constraint = type.find("=> (");
  for (std::size_t i = constraint == std::string_view::npos ? 0 : constraint + 3; i < arrow; ++i) {
    const char c = type[i];
    if (c == '(' || c == '{' || c == '<') ++depth;
    if (c == ')' || c == '}' || (c == '>' && type[i - 1] != '=')) --depth;
    if (c == ',' && depth == 1) ++arity;
  }
  return arity;
}

}  // namespace

std::size_t builtin_arity(Builtin b) {
  static const std::vector<std::size_t> arities = [] {
    std::vector<std::size_t> counts;
    for (const BuiltinEntry& row : builtins()) counts.push_back(count_parameters(row.type));
    return counts;
  }();
  if (b == Builtin::relational_image || b == Builtin::relational_inverse_image) return 2;  // in two lists
  return arities[static_cast<std::size_t>(b)];
}

Handle builtin_constant(Machine& m, Builtin b, Span span) {
  Values& v = m.values();
  switch (b) {
    case Builtin::Int: return Handle::value(v.all_integers());
    case Builtin::Bool: return Handle::value(all_booleans(v));
    case Builtin::Char: return Handle::value(all_characters(v));
    case Builtin::Proc: return Handle::value(v.all_processes());
    case Builtin::Events: return Handle::value(m.data().events());
    case Builtin::True: return m.boolean(true);
    case Builtin::False: return m.boolean(false);
    case Builtin::emptyMap: return Handle::value(empty_map(v));
    default: return Handle::process(m.processes().build(b, {}, span));
  }
}

namespace {

class Call {
 public:
  Call(Machine& machine, std::span<const Handle> arguments, Span span)
      : machine_(machine), data_(machine.data()), values_(machine.values()), arguments_(arguments), span_(span) {}

  Handle sets(Builtin);
  Handle sequences(Builtin);
  Handle maps(Builtin);
  Handle others(Builtin);

 private:
  ValueId value(std::size_t i) { return machine_.canonical(arguments_[i]); }
  Handle checked(const Outcome& outcome) { return machine_.from(machine_.checked(outcome, span_)); }
  Handle concat_all();
  Handle elem();
  std::vector<MapEntry> entries(std::size_t i);

  Machine& machine_;
  DataTable& data_;
  Values& values_;
  std::span<const Handle> arguments_;
  Span span_;
};

Handle Call::sets(Builtin b) {
  switch (b) {
    case Builtin::union_: return machine_.set_union_of(arguments_.first(2));
    case Builtin::inter: return Handle::value(set_intersection(data_, value(0), value(1)));
    case Builtin::diff: return Handle::value(set_difference(data_, value(0), value(1)));
    case Builtin::Union: return checked(big_union(data_, value(0)));
    case Builtin::Inter: return checked(big_intersection(data_, value(0)));
    case Builtin::set:
      return Handle::value(values_.set(std::vector(values_.parts(value(0)).begin(), values_.parts(value(0)).end())));
    case Builtin::Set: return Handle::value(powerset(data_, value(0)));
    case Builtin::Seq: return Handle::value(sequences_over(data_, value(0)));
    case Builtin::empty: return machine_.boolean(is_empty(values_, value(0)));
    case Builtin::card: {
      const auto size = card(data_, value(0));
      if (!size) machine_.fail({FaultKind::infinite_set, {}, value(0)}, span_);
      return machine_.integer(static_cast<std::int64_t>(*size));
    }
    case Builtin::member: return machine_.boolean(member(data_, value(0), value(1)));
    case Builtin::seq: return checked(sequence_of(data_, value(0)));
    case Builtin::transpose: return checked(transpose(data_, value(0)));
    case Builtin::relational_image: return checked(relational_image(data_, value(0), value(1)));
    case Builtin::relational_inverse_image: return checked(relational_inverse_image(data_, value(0), value(1)));
    default: return checked(mtransclose(data_, value(0), value(1)));
  }
}

Handle Call::sequences(Builtin b) {
  const Handle& s = arguments_.back();
  switch (b) {
    case Builtin::length: return machine_.integer(machine_.length(s, span_));
    case Builtin::null: return machine_.boolean(machine_.is_empty(s));
    case Builtin::concat: return concat_all();
    case Builtin::elem: return elem();
    default: break;
  }
  if (machine_.is_empty(s)) {
    const std::string name = b == Builtin::head ? "head" : "tail";
    machine_.fail("P0421", span_, "`" + name + "` of the empty sequence", "this sequence is empty");
  }
  return machine_.force(b == Builtin::head ? machine_.head(s) : machine_.tail(s));
}

// <s1, s2, ..>: s1 ^ concat(<s2, ..>), from the end.
Handle Call::concat_all() {
  std::vector<Handle> parts;
  for (Handle s = arguments_[0]; !machine_.is_empty(s); s = machine_.force(machine_.tail(s))) {
    machine_.poll();
    parts.push_back(machine_.head(s));
  }
  Handle rest = machine_.empty_sequence();
  while (!parts.empty()) {
    Handle both = Handle::make(ObjectKind::concat, 2);
    both.object().fields()[0] = std::move(parts.back());
    both.object().fields()[1] = std::move(rest);
    rest = std::move(both);
    parts.pop_back();
  }
  return machine_.force(rest);
}

Handle Call::elem() {
  for (Handle s = arguments_[1]; !machine_.is_empty(s); s = machine_.force(machine_.tail(s))) {
    machine_.poll();
    if (machine_.equal(arguments_[0], machine_.head(s))) return machine_.boolean(true);
  }
  return machine_.boolean(false);
}

std::vector<MapEntry> Call::entries(std::size_t i) {
  std::vector<MapEntry> list;
  for (Handle s = arguments_[i]; !machine_.is_empty(s); s = machine_.force(machine_.tail(s))) {
    machine_.poll();
    const auto pair = values_.parts(machine_.canonical(machine_.head(s)));
    list.emplace_back(pair[0], pair[1]);
  }
  return list;
}

Handle Call::maps(Builtin b) {
  switch (b) {
    case Builtin::mapFromList: return Handle::value(map_from_list(values_, entries(0)));
    case Builtin::mapLookup: {
      const auto image = map_lookup(values_, value(0), value(1));
      if (!image)
        machine_.fail("P0422", span_, "the map has no key " + machine_.brief(arguments_[1]),
                      "looked up in " + machine_.brief(arguments_[0]), "ask `mapMember` first");
      return machine_.from(*image);
    }
    case Builtin::mapMember: return machine_.boolean(map_lookup(values_, value(0), value(1)).has_value());
    case Builtin::mapToList: return Handle::value(map_to_list(values_, value(0)));
    case Builtin::mapUpdate: return Handle::value(map_update(values_, value(0), value(1), value(2)));
    case Builtin::mapUpdateMultiple: return Handle::value(map_update_multiple(values_, value(0), entries(1)));
    case Builtin::mapDelete: return Handle::value(map_delete(values_, value(0), value(1)));
    default: return Handle::value(maps_between(data_, value(0), value(1)));
  }
}

Handle Call::others(Builtin b) {
  switch (b) {
    case Builtin::extensions: return Handle::value(extensions(data_, value(0)));
    case Builtin::productions: return Handle::value(productions(data_, value(0)));
    case Builtin::show: return Handle::value(values_.string(machine_.shown(value(0))));
    case Builtin::error:
      machine_.fail("P0423", span_, "error: " + machine_.text(arguments_[0]), "the script gives up here");
    default: return Handle::process(machine_.processes().build(b, arguments_, span_));
  }
}

}  // namespace

Handle call_builtin(Machine& machine, Builtin b, std::span<const Handle> arguments, Span span) {
  Call call(machine, arguments, span);
  switch (b) {
    case Builtin::union_:
    case Builtin::inter:
    case Builtin::diff:
    case Builtin::Union:
    case Builtin::Inter:
    case Builtin::set:
    case Builtin::Set:
    case Builtin::Seq:
    case Builtin::empty:
    case Builtin::card:
    case Builtin::member:
    case Builtin::seq:
    case Builtin::transpose:
    case Builtin::mtransclose:
    case Builtin::relational_image:
    case Builtin::relational_inverse_image: return call.sets(b);
    case Builtin::length:
    case Builtin::null:
    case Builtin::head:
    case Builtin::tail:
    case Builtin::concat:
    case Builtin::elem: return call.sequences(b);
    case Builtin::mapFromList:
    case Builtin::mapLookup:
    case Builtin::mapMember:
    case Builtin::mapToList:
    case Builtin::mapUpdate:
    case Builtin::mapUpdateMultiple:
    case Builtin::mapDelete:
    case Builtin::Map: return call.maps(b);
    default: return call.others(b);
  }
}

}  // namespace tryst::csp
