#include "runtime/emitter/literals.hpp"

namespace tryst::emitter {

namespace {

using csp::EventField;
using Kind = DataType::Kind;
using Op = Expression::Op;

struct Form {
  EventField::Kind value;
  Op op;
};

// How values in parts are written; datatypes apart.
std::optional<Form> form_of(Kind kind) {
  switch (kind) {
    case Kind::tuple: return Form{EventField::Kind::tuple, Op::tuple};
    case Kind::dots: return Form{EventField::Kind::dots, Op::tuple};
    case Kind::sequence: return Form{EventField::Kind::sequence, Op::list};
    case Kind::set: return Form{EventField::Kind::set, Op::set};
    case Kind::map: return Form{EventField::Kind::map, Op::map_of};
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<Expression> literal(const EventField& value, const DataType& type,
                                  const std::vector<Datatype>& datatypes) {
  if (type.is_scalar())
    return value.is_number() ? std::optional(Expression{Op::literal, type, value.number}) : std::nullopt;
  const std::optional<Form> form = form_of(type.kind);
  Expression result{form ? form->op : Op::construct, type, value.number};
  const std::vector<DataType>* types = &type.parts;
  if (!form) {
    if (value.kind != EventField::Kind::constant && value.kind != EventField::Kind::data) return std::nullopt;
    types = &datatypes[type.datatype].constructors[static_cast<std::size_t>(value.number)].fields;
  } else if (form->value != value.kind) {
    return std::nullopt;
  }
  const bool has_items = !form || type.has_items();
  if (has_items && types->size() != value.parts.size()) return std::nullopt;
  for (std::size_t i = 0; i < value.parts.size(); ++i) {
    const std::size_t which = has_items ? i : type.kind == Kind::map ? i % 2 : 0;
    auto part = literal(value.parts[i], (*types)[which], datatypes);
    if (!part) return std::nullopt;
    result.operands.push_back(std::move(*part));
  }
  if (type.kind != Kind::map) return result;
  // A map is made of a sequence of its entries.
  const DataType entry{Kind::tuple, 0, type.parts};
  Expression entries{Op::list, {Kind::sequence, 0, {entry}}};
  for (std::size_t i = 0; i + 1 < result.operands.size(); i += 2)
    entries.operands.push_back({Op::tuple, entry, 0, {result.operands[i], result.operands[i + 1]}});
  result.operands = {std::move(entries)};
  return result;
}

}  // namespace tryst::emitter
