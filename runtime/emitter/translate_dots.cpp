// Values dotted together: D.1.true is a value of a datatype if D is a constructor with two fields; D.1 is none yet.
#include "runtime/emitter/translation_context.hpp"

namespace tryst::emitter {

using csp::BindingId;
using csp::BindingKind;
using csp::ExprKind;
using Kind = DataType::Kind;
using Op = Expression::Op;

Expression tuple(std::vector<Expression> items, Kind kind) {
  DataType type{kind};
  for (const Expression& item : items) type.parts.push_back(item.type);
  return {Op::tuple, std::move(type), 0, std::move(items)};
}

Expression item(const Expression& value, std::size_t which) {
  if (value.op == Op::tuple) return value.operands[which];
  return {Op::item, value.type.parts[which], static_cast<std::int64_t>(which), {value}};
}

// A value, or the values that it is dotted of.
void append_items(Expression value, std::vector<Expression>& items) {
  if (value.type.kind != Kind::dots) return items.push_back(std::move(value));
  for (std::size_t i = 0; i < value.type.parts.size(); ++i) items.push_back(item(value, i));
}

Expression dotted(std::vector<Expression> items) {
  return items.size() == 1 ? std::move(items[0]) : tuple(std::move(items), Kind::dots);
}

Expression Translation::constant_of(BindingId constructor) {
  const DataType type = made_by(constructor);
  const std::uint32_t ordinal = typed_.bindings[constructor].ordinal;
  if (!fields_of(type, ordinal).empty()) throw Untranslatable{"it holds constructors without their fields"};
  return {type.is_scalar() ? Op::literal : Op::construct, type, ordinal};
}

const std::vector<DataType>& Translation::fields_of(const DataType& type, std::int64_t constructor) const {
  return code_.datatypes[type.datatype].constructors[static_cast<std::size_t>(constructor)].fields;
}

void Translation::pieces(ExprId e, std::vector<Piece>& out) {
  while (at(e).kind == ExprKind::paren) e = operands(e)[0];
  if (at(e).kind == ExprKind::dot) {
    pieces(operands(e)[0], out);
    return pieces(operands(e)[1], out);
  }
  if (at(e).kind == ExprKind::name) {
    const BindingId use = typed_.expr_uses[index(e)];
    if (typed_.bindings[use].kind == BindingKind::constructor) {
      out.push_back(constructor_piece(use));
      return;
    }
    if (const auto known = constants_.find(use); known != constants_.end() && known->second != e)
      return pieces(known->second, out);
  }
  std::vector<Expression> items;
  append_items(expression(e), items);
  for (Expression& one : items) out.push_back({false, std::move(one)});
}

Translation::Piece Translation::constructor_piece(BindingId constructor) {
  const DataType type = made_by(constructor);
  const std::int64_t ordinal = typed_.bindings[constructor].ordinal;
  if (type.is_scalar()) return {false, {Op::literal, type, ordinal}};
  return {true, {Op::construct, type, ordinal}};
}

// What the first pieces are together; they are taken away.
Expression Translation::assembled(std::span<const Piece>& rest) const {
  if (rest.empty()) throw Untranslatable{"it holds constructors without their fields"};
  const Piece& first = rest.front();
  rest = rest.subspan(1);
  Expression result = first.value;
  if (first.is_constructor)
    for (std::size_t i = fields_of(result.type, result.number).size(); i > 0; --i)
      result.operands.push_back(assembled(rest));
  return result;
}

std::vector<Expression> Translation::assembled(const std::vector<Piece>& all) const {
  std::vector<Expression> values;
  for (std::span<const Piece> rest = all; !rest.empty();) values.push_back(assembled(rest));
  return values;
}

Expression Translation::dots(ExprId e) {
  std::vector<Piece> list;
  pieces(e, list);
  return dotted(assembled(list));
}

}  // namespace tryst::emitter
