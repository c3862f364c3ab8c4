#include "semantics/csp/machine.hpp"

namespace tryst::csp {

namespace {

bool is_comparison(Op op) { return op >= Op::equal && op <= Op::greater_equal; }

template <class T>
bool holds(Op op, const T& a, const T& b) {
  switch (op) {
    case Op::equal: return a == b;
    case Op::not_equal: return a != b;
    case Op::less: return a < b;
    case Op::less_equal: return a <= b;
    case Op::greater: return a > b;
    default: return a >= b;
  }
}

// False on overflow; `b` is not 0 where that matters. Division rounds down and the remainder has the divisor's sign.
bool calculate(Op op, std::int64_t a, std::int64_t b, std::int64_t& result) {
  switch (op) {
    case Op::add: return !__builtin_add_overflow(a, b, &result);
    case Op::subtract: return !__builtin_sub_overflow(a, b, &result);
    case Op::multiply: return !__builtin_mul_overflow(a, b, &result);
    case Op::negate: return !__builtin_sub_overflow(std::int64_t{0}, a, &result);
    default: break;
  }
  if (b == -1) {  // the one division that overflows
    if (op == Op::modulo) return result = 0, true;
    return !__builtin_sub_overflow(std::int64_t{0}, a, &result);
  }
  const std::int64_t remainder = a % b;
  const bool down = remainder != 0 && (remainder < 0) != (b < 0);
  result = op == Op::divide ? a / b - (down ? 1 : 0) : remainder + (down ? b : 0);
  return true;
}

}  // namespace

Handle Machine::arithmetic(const Node& node, Handle* frame) {
  const auto kids = core_.kids(node);
  const Handle a = evaluate(kids[0], frame, false);
  if (node.op == Op::not_) return boolean(!truth(a));
  if (node.op == Op::negate) return integer(compute(node, integer(a), 0));
  const Handle b = evaluate(kids[1], frame, false);
  if (is_comparison(node.op)) return boolean(compare(node.op, a, b));
  return integer(compute(node, integer(a), integer(b)));
}

std::int64_t Machine::compute(const Node& node, std::int64_t a, std::int64_t b) {
  if ((node.op == Op::divide || node.op == Op::modulo) && b == 0)
    fail("P0405", node.span, "division by zero", "the divisor is 0");
  std::int64_t result = 0;
  if (calculate(node.op, a, b, result)) return result;
  fail("P0406", node.span, "the result is outside the range of integers",
       "of " + std::to_string(a) + (node.op == Op::negate ? "" : " and " + std::to_string(b)),
       "integers have 64 bits and never wrap around");
}

bool Machine::compare(Op op, const Handle& a, const Handle& b) {
  if (a.is_integer() && b.is_integer()) return holds(op, a.as_integer(), b.as_integer());
  if (op == Op::equal) return equal(a, b);
  if (op == Op::not_equal) return !equal(a, b);
  const std::partial_ordering order = relate(a, b);
  switch (op) {
    case Op::less: return order < 0;
    case Op::less_equal: return order <= 0;
    case Op::greater: return order > 0;
    default: return order >= 0;
  }
}

std::int64_t Machine::integer(const Handle& h) const {
  return h.is_integer() ? h.as_integer() : values_.as_integer(h.as_value());
}

// Arithmetic whose operands are at hand and that cannot fail. Calls nothing.
bool Machine::cheap(NodeId id, Handle* frame, Handle& result) {
  const Node& node = core_.nodes[id];
  const auto kids = core_.kids(node);
  switch (node.op) {
    case Op::integer: return result = integer(node.number), true;
    case Op::boolean: return result = boolean(node.number != 0), true;
    case Op::local: {
      const Handle& slot = frame[node.number];
      result = slot.is(ObjectKind::done) ? slot.field(0) : slot;
      return !result.is_delayed();
    }
    case Op::global: {
      const auto g = static_cast<std::size_t>(node.number);
      if (g >= globals_.size() || globals_[g].value.empty()) return false;
      return result = globals_[g].value, true;
    }
    case Op::if_: return cheap(kids[0], frame, result) && cheap(kids[truth(result) ? 1 : 2], frame, result);
    case Op::and_: return cheap(kids[0], frame, result) && (!truth(result) || cheap(kids[1], frame, result));
    case Op::or_: return cheap(kids[0], frame, result) && (truth(result) || cheap(kids[1], frame, result));
    case Op::not_:
      if (!cheap(kids[0], frame, result)) return false;
      return result = boolean(!truth(result)), true;
    default: break;
  }
  Handle other;
  if (!cheap(kids[0], frame, result) || !result.is_integer()) return false;
  if (node.op == Op::negate) {
    other = Handle::integer(0);
  } else if (!cheap(kids[1], frame, other) || !other.is_integer()) {
    return false;
  }
  const std::int64_t a = result.as_integer(), b = other.as_integer();
  if (is_comparison(node.op)) return result = boolean(holds(node.op, a, b)), true;
  if ((node.op == Op::divide || node.op == Op::modulo) && b == 0) return false;
  std::int64_t value = 0;
  if (!calculate(node.op, a, b, value) || !Handle::fits(value)) return false;
  return result = Handle::integer(value), true;
}

}  // namespace tryst::csp
