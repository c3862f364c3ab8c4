#include "frontend/csp/unify.hpp"

namespace tryst::csp {

void Unifier::fail(TypeId expected, TypeId actual) const {
  throw Mismatch{.kind = Mismatch::Kind::types, .expected = expected, .actual = actual};
}

TypeId Unifier::unify(TypeId expected, TypeId actual) {
  const Nested nested(*this);
  expected = types_.resolve(expected);
  actual = types_.resolve(actual);
  if (expected == actual) return expected;
  return unify_resolved(expected, actual);
}

TypeId Unifier::unify_resolved(TypeId expected, TypeId actual) {
  const TypeKind e = kind(expected), a = kind(actual);
  if (e == TypeKind::unknown) return actual;
  if (a == TypeKind::unknown) return expected;
  if (e == TypeKind::variable || a == TypeKind::variable) return unify_variable(expected, actual);
  if (e == TypeKind::dot || a == TypeKind::dot) return unify_dot(expected, actual);
  if (e == TypeKind::extendable || a == TypeKind::extendable) return unify_extendable(expected, actual);
  if (e != a) fail(expected, actual);
  switch (e) {
    case TypeKind::datatype:
      if (types_[expected].datatype() != types_[actual].datatype()) fail(expected, actual);
      return expected;
    case TypeKind::set: return types_.set(unify(types_[expected].a(), types_[actual].a()));
    case TypeKind::sequence: return types_.sequence(unify(types_[expected].a(), types_[actual].a()));
    case TypeKind::map: {
      const TypeId key = unify(types_[expected].a(), types_[actual].a());
      return types_.map(key, unify(types_[expected].b(), types_[actual].b()));
    }
    case TypeKind::tuple:
    case TypeKind::function: return unify_items(expected, actual);
    case TypeKind::dotable: return unify_dotables(expected, actual);
    default: return expected;  // an atom, and both are the same
  }
}

TypeId Unifier::unify_items(TypeId expected, TypeId actual) {
  const std::size_t count = types_.items(expected).size();
  if (count != types_.items(actual).size()) fail(expected, actual);
  List list;
  list.reserve(count);
  for (std::size_t i = 0; i < count; ++i) list.push_back(unify(types_.items(expected)[i], types_.items(actual)[i]));
  if (kind(expected) == TypeKind::tuple) return types_.tuple(list);
  return types_.function(std::span(list).first(count - 1), list.back());
}

TypeId Unifier::unify_variable(TypeId expected, TypeId actual) {
  const bool flexible_expected = variable(expected) && !types_[expected].rigid;
  const bool flexible_actual = variable(actual) && !types_[actual].rigid;
  if (!flexible_expected && !flexible_actual) {
    // A rigid variable is only itself, but dots may have to be applied to see it: in (Int=>a).Int.
    const bool rigid_expected = variable(expected);
    const TypeId rigid = rigid_expected ? expected : actual;
    if (types_.resolve(evaluate_dots(rigid_expected ? actual : expected)) != rigid) fail(expected, actual);
    return rigid;
  }
  // Of two variables the actual one goes, unless it is rigid.
  const bool bind_actual = flexible_actual && (variable(expected) || !flexible_expected);
  const TypeId gone = bind_actual ? actual : expected;
  const TypeId stays = bind_actual ? expected : actual;
  const ConstraintSet wanted = types_[gone].constraints;
  for (const Constraint c : all_constraints)
    if (contains(wanted, c)) require(c, stays);
  // Asking for a constraint may apply dots, and so bind variables.
  if (!types_.unbound(gone)) return unify(expected, actual);
  return substitute(gone, stays);
}

TypeId Unifier::substitute(TypeId variable, TypeId to) {
  if (types_.bind(variable, to)) return to;
  // It occurs, but perhaps only where dots have not been applied yet: in (a=>Event).a.
  const TypeId simpler = types_.resolve(evaluate_dots(to));
  if (simpler == types_.resolve(variable)) return simpler;
  if (!types_.unbound(variable) || !types_.bind(variable, simpler))
    throw Mismatch{.kind = Mismatch::Kind::infinite, .expected = variable, .actual = to};
  return simpler;
}

// Says what the fields of an extendable are; `expected` and `actual` are what to complain about.
void Unifier::bind_fields(TypeId variable, TypeId to, TypeId expected, TypeId actual) {
  variable = types_.resolve(variable);
  if (variable == types_.resolve(to)) return;
  if (!types_.unbound(variable) || types_[variable].rigid) fail(expected, actual);
  if (!types_.bind(variable, to))
    throw Mismatch{.kind = Mismatch::Kind::infinite, .expected = expected, .actual = actual};
}

// At least one of the two is a dot.
TypeId Unifier::unify_dot(TypeId expected, TypeId actual) {
  if (kind(expected) == TypeKind::dot && kind(actual) == TypeKind::dot)
    return types_.dots(combine(dot_list(expected), dot_list(actual)));
  const bool dot_expected = kind(expected) == TypeKind::dot;
  const TypeId dot = dot_expected ? expected : actual;
  const TypeId whole = dot_expected ? actual : expected;
  if (dot_expected && !symmetric_) fail(expected, actual);
  switch (kind(whole)) {
    case TypeKind::event:
    case TypeKind::datatype:
    case TypeKind::dotable: {
      const TypeId head = types_[dot].a();
      const TypeId needed = types_.dotable(types_[dot].b(), whole);
      if (dot_expected && dotable(whole))
        unify(head, needed);
      else
        unify(needed, head);
      return whole;
    }
    case TypeKind::extendable: {
      if (!dot_expected) return unify_extendable_dot(whole, dot);
      const TypeId tail = types_[dot].b();
      const TypeId head = unify(types_.dotable(tail, whole), types_[dot].a());
      return types_.dot(head, tail);
    }
    default: fail(expected, actual);
  }
}

// Who wants something extendable takes one field where it could take several: {| c.x |} leaves x the first field of c.
TypeId Unifier::unify_extendable_dot(TypeId extendable, TypeId dot) {
  const List list = evaluate(Match::shortest, dot_list(dot));
  if (list.size() == 1) return unify(extendable, list.front());
  const TypeId tail = types_.dots(std::span(list).subspan(1));
  const TypeId head = unify(types_.dotable(tail, extendable), list.front());
  return types_.dot(head, tail);
}

// At least one of the two is extendable, neither is a dot or a variable.
TypeId Unifier::unify_extendable(TypeId expected, TypeId actual) {
  const bool extendable_expected = kind(expected) == TypeKind::extendable;
  const TypeId open = extendable_expected ? expected : actual;
  const TypeId other = extendable_expected ? actual : expected;
  const TypeId to = types_[open].a(), missing = types_.resolve(types_[open].b());
  switch (kind(other)) {
    case TypeKind::extendable: {
      const TypeId whole = unify(types_[expected].a(), types_[actual].a());
      const TypeId first = types_.resolve(types_[expected].b()), second = types_.resolve(types_[actual].b());
      if (first == second) return types_.extendable(whole, first);
      if (types_.unbound(second) && types_[second].rigid)
        bind_fields(first, second, expected, actual);
      else
        bind_fields(second, first, expected, actual);
      return types_.extendable(whole, first);
    }
    case TypeKind::dotable: {
      const TypeId field = types_[other].a();
      const TypeId rest = types_.fresh();
      unify(types_.extendable(to, rest), types_[other].b());
      bind_fields(missing, types_.dotable(field, rest), expected, actual);
      return types_.dotable(field, types_.extendable(to, rest));
    }
    default: {
      const TypeId whole = extendable_expected ? unify(to, other) : unify(other, to);
      bind_fields(missing, TypeTable::no_fields, expected, actual);
      return whole;
    }
  }
}

TypeId Unifier::evaluate_dots(TypeId t) {
  const Nested nested(*this);
  t = types_.resolve(t);
  const Type type = types_[t];
  switch (type.kind) {
    case TypeKind::dot: return types_.dots(evaluate(Match::longest, dot_list(t)));
    case TypeKind::set: {
      const TypeId a = evaluate_dots(type.a());
      return a == type.a() ? t : types_.set(a);
    }
    case TypeKind::sequence: {
      const TypeId a = evaluate_dots(type.a());
      return a == type.a() ? t : types_.sequence(a);
    }
    case TypeKind::map: {
      const TypeId a = evaluate_dots(type.a());
      const TypeId b = evaluate_dots(type.b());
      return a == type.a() && b == type.b() ? t : types_.map(a, b);
    }
    case TypeKind::tuple:
    case TypeKind::function: {
      List list;
      bool changed = false;
      for (std::uint32_t i = 0; i < type.second; ++i) {
        list.push_back(evaluate_dots(types_.items(t)[i]));
        changed = changed || list.back() != types_.items(t)[i];
      }
      if (!changed) return t;
      if (type.kind == TypeKind::tuple) return types_.tuple(list);
      return types_.function(std::span(list).first(list.size() - 1), list.back());
    }
    default: return t;
  }
}

void Unifier::require(Constraint c, TypeId t) {
  const Nested nested(*this);
  require_resolved(c, types_.resolve(t));
}

void Unifier::require_all(Constraint c, std::span<const TypeId> list) {
  const List own(list.begin(), list.end());  // the view may be of the pool, which grows
  for (const TypeId t : own) require(c, t);
}

void Unifier::require_resolved(Constraint c, TypeId t) {
  const Type type = types_[t];
  const Mismatch lacking{.kind = Mismatch::Kind::constraint, .actual = t, .constraint = c};
  // Ordering sets and sequences is inclusion and prefix, which ask for equality only.
  const Constraint of_elements = c == Constraint::ord ? Constraint::eq : c;
  const bool complete = c == Constraint::complete;
  switch (type.kind) {
    case TypeKind::variable:
      if (implies(type.constraints, c)) return;
      if (type.rigid) throw lacking;
      return types_.add_constraint(t, c);
    case TypeKind::extendable: return require_extendable(c, t);
    case TypeKind::dot: {
      if (c == Constraint::ord) throw lacking;
      if (complete || c == Constraint::yieldable) {
        const TypeId evaluated = types_.resolve(evaluate_dots(t));
        if (kind(evaluated) != TypeKind::dot) return require(c, evaluated);
        if (!complete) throw lacking;
        t = evaluated;
      }
      return require_all(c, List{types_[t].a(), types_[t].b()});
    }
    default: break;
  }
  if (c == Constraint::yieldable) {
    if (type.kind == TypeKind::datatype || type.kind == TypeKind::event || type.kind == TypeKind::unknown) return;
    throw lacking;
  }
  switch (type.kind) {
    case TypeKind::unknown:
    case TypeKind::integer:
    case TypeKind::character: return;
    case TypeKind::boolean:
    case TypeKind::event:
      if (c == Constraint::ord) throw lacking;
      return;
    case TypeKind::datatype:
      if (c == Constraint::ord || (c == Constraint::eq && !types_.comparable(type.datatype()))) throw lacking;
      return;
    case TypeKind::process:
      if (c == Constraint::set || complete) return;
      throw lacking;
    case TypeKind::set:
    case TypeKind::sequence:
      if (!complete) require(of_elements, type.a());
      return;
    case TypeKind::map:
      if (!complete) require_all(c, List{type.a(), type.b()});
      return;
    case TypeKind::tuple:
      if (!complete) require_all(c, types_.items(t));
      return;
    case TypeKind::dotable:
      if (c == Constraint::ord || complete) throw lacking;
      return require_all(c, List{type.a(), type.b()});
    default: throw lacking;
  }
}

// What must be complete has no fields missing; what is only compared or put in a set may have.
void Unifier::require_extendable(Constraint c, TypeId t) {
  const Type type = types_[t];
  switch (c) {
    case Constraint::eq:
    case Constraint::set: return;
    case Constraint::ord: throw Mismatch{.kind = Mismatch::Kind::constraint, .actual = t, .constraint = c};
    case Constraint::complete: require(c, type.a()); [[fallthrough]];
    case Constraint::yieldable: return bind_fields(type.b(), TypeTable::no_fields, type.a(), t);
  }
}

}  // namespace tryst::csp
