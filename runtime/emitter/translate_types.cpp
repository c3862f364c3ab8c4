// Types of the script as types of machine code, and what the variables of generic types stand for.
#include <fmt/core.h>

#include <algorithm>

#include "runtime/emitter/literals.hpp"
#include "runtime/emitter/translation_context.hpp"

namespace tryst::emitter {

using csp::Binding;
using csp::BindingId;
using csp::BindingKind;
using csp::TypeKind;
using Kind = DataType::Kind;

namespace {

constexpr std::size_t literal_max = 64;  // elements of a set; a larger one is a constant, not data

// What wants more fields, as a declaration says it: "channels of Int.Bool", "values of D that want Int.Bool".
std::string dotable_text(const csp::Typed& typed, csp::TypeId t) {
  std::string fields;
  for (; typed.types[t].kind == TypeKind::dotable; t = typed.types.resolved(typed.types[t].b()))
    fields += (fields.empty() ? "" : ".") + csp::print(typed, typed.types[t].a());
  return typed.types[t].kind == TypeKind::event
             ? "channels of " + fields
             : fmt::format("values of {} that want {}", csp::print(typed, t), fields);
}

}  // namespace

void append_items(DataType type, std::vector<DataType>& items) {
  if (type.kind != Kind::dots) return items.push_back(std::move(type));
  for (DataType& item : type.parts) items.push_back(std::move(item));
}

DataType Translation::data_type(csp::TypeId t) {
  t = typed_.types.resolved(t);
  if (const auto known = instance_.find(t); known != instance_.end()) return known->second;
  const csp::Type& type = typed_.types[t];
  switch (type.kind) {
    case TypeKind::integer: return {Kind::integer};
    case TypeKind::boolean: return {Kind::boolean};
    case TypeKind::datatype: {
      const std::uint32_t number = datatype(type.datatype());
      return {is_enumeration(code_.datatypes[number]) ? Kind::enumeration : Kind::datatype, number};
    }
    case TypeKind::sequence: return {Kind::sequence, 0, {data_type(type.a())}};
    case TypeKind::set: return {Kind::set, 0, {data_type(type.a())}};
    case TypeKind::map: return {Kind::map, 0, {data_type(type.a()), data_type(type.b())}};
    case TypeKind::tuple: {
      DataType result{Kind::tuple};
      for (const csp::TypeId item : typed_.types.items(t)) result.parts.push_back(data_type(item));
      return result;
    }
    case TypeKind::dot: {
      DataType result{Kind::dots};
      for (const csp::TypeId item : items(t)) append_items(data_type(item), result.parts);
      return result.parts.size() == 1 ? DataType(result.parts[0]) : result;
    }
    case TypeKind::dotable: throw Untranslatable{fmt::format("it holds {}", dotable_text(typed_, t))};
    default: throw Untranslatable{fmt::format("it holds values of type {}", csp::print(typed_, t))};
  }
}

std::vector<csp::TypeId> Translation::items(csp::TypeId t) const {
  std::vector<csp::TypeId> dotted;
  for (t = typed_.types.resolved(t); typed_.types[t].kind == TypeKind::dot;
       t = typed_.types.resolved(typed_.types[t].b()))
    dotted.push_back(typed_.types.resolved(typed_.types[t].a()));
  dotted.push_back(t);
  std::vector<csp::TypeId> result;
  for (std::size_t i = 0; i < dotted.size();) {
    t = dotted[i++];
    while (typed_.types[t].kind == TypeKind::dotable && i < dotted.size()) {
      i += items(typed_.types[t].a()).size();
      t = typed_.types.resolved(typed_.types[t].b());
    }
    result.push_back(t);
  }
  return result;
}

bool Translation::is_data(csp::TypeId t) {
  try {
    data_type(t);
    return true;
  } catch (const Untranslatable&) {
    return false;
  }
}

std::uint32_t Translation::datatype(BindingId type) {
  if (const auto known = datatypes_.find(type); known != datatypes_.end()) return known->second;
  const Binding& binding = typed_.bindings[type];
  if (!open_datatypes_.insert(type).second)
    throw Untranslatable{fmt::format("values of the datatype {} contain others of it", binding.qualified)};
  Datatype result{binding.qualified, {}};
  const csp::Decl& decl = typed_.script.decls[binding.decl];
  try {
    for (std::size_t i = 0; i < decl.constructors.size(); ++i) {
      const auto constructor =
          static_cast<BindingId>(index(typed_.decl_bindings_first[index(binding.decl)]) + decl.names.size() + i);
      Datatype::Constructor& added = result.constructors.emplace_back();
      added.name = typed_.bindings[constructor].qualified;
      csp::TypeId t = typed_.types.resolved(typed_.binding_types[index(constructor)]);
      for (; typed_.types[t].kind == TypeKind::dotable; t = typed_.types.resolved(typed_.types[t].b()))
        append_items(data_type(typed_.types[t].a()), added.fields);
    }
  } catch (const Untranslatable&) {
    open_datatypes_.erase(type);
    throw;
  }
  open_datatypes_.erase(type);
  const auto id = static_cast<std::uint32_t>(code_.datatypes.size());
  code_.datatypes.push_back(std::move(result));
  datatypes_.emplace(type, id);
  return id;
}

// The datatype of a constructor.
DataType Translation::made_by(BindingId constructor) {
  const csp::DeclId decl = typed_.bindings[constructor].decl;
  const std::uint32_t number = datatype(typed_.decl_bindings_first[index(decl)]);
  return {is_enumeration(code_.datatypes[number]) ? Kind::enumeration : Kind::datatype, number};
}

BindingId Translation::datatype_binding(const DataType& type) const {
  return std::ranges::find(datatypes_, type.datatype, &std::pair<const BindingId, std::uint32_t>::second)->first;
}

// Learns from an argument's type what the variables of a parameter's type stand for.
void Translation::unify(csp::TypeId parameter, const DataType& argument) {
  parameter = typed_.types.resolved(parameter);
  const csp::Type& type = typed_.types[parameter];
  switch (type.kind) {
    case TypeKind::variable: instance_.emplace(parameter, argument); return;
    case TypeKind::sequence:
    case TypeKind::set:
      if (argument.parts.size() == 1) unify(type.a(), argument.element());
      return;
    case TypeKind::map:
      if (argument.kind != Kind::map) return;
      unify(type.a(), argument.parts[0]);
      unify(type.b(), argument.parts[1]);
      return;
    case TypeKind::tuple: {
      const auto items = typed_.types.items(parameter);
      for (std::size_t i = 0; i < items.size() && i < argument.parts.size(); ++i) unify(items[i], argument.parts[i]);
      return;
    }
    default: return;
  }
}

// The same for one that is constant, from its own type.
void Translation::unify(csp::TypeId parameter, csp::TypeId argument) {
  parameter = typed_.types.resolved(parameter);
  argument = typed_.types.resolved(argument);
  const csp::Type& type = typed_.types[parameter];
  const csp::Type& other = typed_.types[argument];
  if (type.kind == TypeKind::variable && is_data(argument)) instance_.emplace(parameter, data_type(argument));
  if (type.kind != other.kind) return;
  if (type.kind == TypeKind::dotable) return unify_wanted(parameter, argument);
  const bool has_two = type.kind == TypeKind::map;
  if (has_two || type.kind == TypeKind::set || type.kind == TypeKind::sequence) unify(type.a(), other.a());
  if (has_two) unify(type.b(), other.b());
  if (type.kind == TypeKind::tuple)
    for (std::size_t i = 0; i < typed_.types.items(parameter).size(); ++i)
      unify(typed_.types.items(parameter)[i], typed_.types.items(argument)[i]);
}

// Of what wants more fields: the last one that a parameter wants is all the rest that its argument wants.
void Translation::unify_wanted(csp::TypeId parameter, csp::TypeId argument) {
  const csp::TypeId wanted = typed_.types.resolved(typed_.types[parameter].a());
  const csp::TypeId after = typed_.types.resolved(typed_.types[parameter].b());
  const csp::TypeId rest = typed_.types.resolved(typed_.types[argument].b());
  const auto wants_more = [&](csp::TypeId t) { return typed_.types[t].kind == TypeKind::dotable; };
  if (wants_more(after) || !wants_more(rest)) {
    unify(wanted, typed_.types[argument].a());
    return unify(after, rest);
  }
  DataType all{Kind::dots};
  for (csp::TypeId t = argument; wants_more(t); t = typed_.types.resolved(typed_.types[t].b())) {
    if (!is_data(typed_.types[t].a())) return;
    append_items(data_type(typed_.types[t].a()), all.parts);
  }
  unify(wanted, all);
}

void Translation::unify_parameters(const Key& key) {
  std::size_t i = 0;
  for (const csp::TypeId parameter : parameter_types(key.function)) {
    if (key.is_constant(i))
      unify(parameter, typed_.expr_types[index(key.constants[i])]);
    else
      unify(parameter, key.arguments[i]);
    ++i;
  }
}

// Of all argument lists.
std::vector<csp::TypeId> Translation::parameter_types(BindingId f) const {
  std::vector<csp::TypeId> result;
  csp::TypeId type = typed_.types.resolved(typed_.binding_types[index(f)]);
  const csp::Decl& decl = typed_.script.decls[typed_.bindings[f].decl];
  for (std::size_t group = 0; group < decl.clauses[0].parameters.size(); ++group) {
    const auto arguments = typed_.types.arguments(type);
    result.insert(result.end(), arguments.begin(), arguments.end());
    type = typed_.types.resolved(typed_.types.result(type));
  }
  return result;
}

// Of a value, where the script's types do not say.
std::optional<DataType> Translation::type_of(const csp::EventField& value) {
  using Given = csp::EventField::Kind;
  // Of so many first parts; none if there are fewer, or one has no type.
  const auto of_parts = [&](Kind kind, std::size_t count) -> std::optional<DataType> {
    if (value.parts.size() < count) return std::nullopt;
    DataType result{kind};
    for (std::size_t i = 0; i < count; ++i) {
      auto part = type_of(value.parts[i]);
      if (!part) return std::nullopt;
      result.parts.push_back(std::move(*part));
    }
    return result;
  };
  switch (value.kind) {
    case Given::integer: return DataType{Kind::integer};
    case Given::boolean: return DataType{Kind::boolean};
    case Given::tuple: return of_parts(Kind::tuple, value.parts.size());
    case Given::dots: return of_parts(Kind::dots, value.parts.size());
    case Given::sequence: return of_parts(Kind::sequence, 1);
    case Given::set: return of_parts(Kind::set, 1);
    case Given::map: return of_parts(Kind::map, 2);
    case Given::constant:
    case Given::data:
      for (std::uint32_t b = 0; b < typed_.bindings.size(); ++b) {
        const Binding& binding = typed_.bindings[BindingId{b}];
        if (binding.kind != BindingKind::datatype || binding.qualified != value.type) continue;
        const std::uint32_t number = datatype(BindingId{b});
        return DataType{is_enumeration(code_.datatypes[number]) ? Kind::enumeration : Kind::datatype, number};
      }
      return std::nullopt;
    default: return std::nullopt;
  }
}

std::optional<DataType> Translation::type_of(csp::TypeId type, const csp::EventField& value) {
  const bool is_large_set = value.kind == csp::EventField::Kind::set && value.parts.size() > literal_max;
  const bool is_unknown = value.kind == csp::EventField::Kind::other;
  if (is_data(type)) return is_large_set || is_unknown ? std::nullopt : std::optional(data_type(type));
  std::optional<DataType> seen = type_of(value);
  if (seen) unify(type, *seen);
  return seen;
}

Expression Translation::literal(const csp::EventField& value, const DataType& type) const {
  auto result = emitter::literal(value, type, code_.datatypes);
  if (!result) throw Untranslatable{fmt::format("it holds {}", value.text)};
  return std::move(*result);
}

}  // namespace tryst::emitter
