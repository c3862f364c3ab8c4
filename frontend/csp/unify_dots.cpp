// Lists of fields: the parts of dots and of dotables.
//
// A list [A=>Event, a, b] is the type of `c.x.y`. Working it off from the left, a dotable at its head takes the next
// part as its field, or, where that part is a dotable itself, the fields of that part first (a constructor is completed
// before the channel that carries it). An extendable at the head takes everything.

#include <algorithm>

#include "frontend/csp/unify.hpp"

namespace tryst::csp {

std::vector<TypeId> Unifier::dot_list(TypeId t) {
  List list, left{t};
  while (!left.empty()) {
    const TypeId next = types_.resolve(left.back());
    left.pop_back();
    types_.step();
    if (kind(next) == TypeKind::dot) {
      left.push_back(types_[next].b());
      left.push_back(types_[next].a());
    } else {
      list.push_back(next);
    }
  }
  return list;
}

Unifier::Fields Unifier::fields(TypeId t) {
  Fields found;
  for (t = types_.resolve(t); dotable(t); t = types_.resolve(types_[t].b())) {
    const List next = dot_list(types_[t].a());
    found.fields.insert(found.fields.end(), next.begin(), next.end());
  }
  found.result = t;
  return found;
}

// What every part will be once it has got all its fields.
Unifier::List Unifier::results(const List& list) {
  List all;
  for (const TypeId t : list) all.push_back(fields(t).result);
  return all;
}

namespace {

// The list with its first parts replaced.
std::vector<TypeId> replaced(std::span<const TypeId> front, const std::vector<TypeId>& list, std::size_t gone) {
  std::vector<TypeId> result(front.begin(), front.end());
  result.insert(result.end(), list.begin() + static_cast<std::ptrdiff_t>(gone), list.end());
  return result;
}

// Unification goes element by element as far as both lists reach; what the longer one has beyond is kept.
std::vector<TypeId> overhang(std::vector<TypeId> common, const std::vector<TypeId>& longer) {
  common.insert(common.end(), longer.begin() + static_cast<std::ptrdiff_t>(common.size()), longer.end());
  return common;
}

}  // namespace

// The list as short as applying makes it.
Unifier::List Unifier::evaluate(Match match, List list) {
  const Nested nested(*this);
  List done;
  for (;;) {
    types_.step();
    const TypeId head = types_.resolve(list.front());
    if (kind(head) == TypeKind::dot) {
      list = replaced(dot_list(head), list, 1);
      continue;
    }
    if (list.size() == 1) {
      done.push_back(head);
      return done;
    }
    const TypeId next = types_.resolve(list[1]);
    if (dotable(head)) {
      const Fields needed = fields(head);
      const TypeId field = needed.fields.front();
      const TypeId rest = types_.dotables(std::span(needed.fields).subspan(1), needed.result);
      if (variable(next) && list.size() == 2) {
        if (match == Match::shortest) {
          unify(field, next);
          done.push_back(rest);
        } else {
          unify(next, types_.dots(needed.fields));
          done.push_back(needed.result);
        }
        return done;
      }
      if (kind(next) == TypeKind::extendable) {
        unify(field, types_[next].a());
        list = replaced(List{types_.extendable(rest, types_[next].b())}, list, 2);
      } else if (!dotable(next) || dotable(field)) {
        unify(field, next);
        list = replaced(List{rest}, list, 2);
      } else {
        const Fields inner = fields(next);
        unify(field, inner.result);
        list = replaced(List{types_.dotables(inner.fields, rest)}, list, 2);
      }
    } else if (kind(head) == TypeKind::extendable) {
      const TypeId to = types_[head].a(), missing = types_[head].b();
      if (match == Match::longest) {
        const List all = evaluate(match, replaced({}, list, 1));
        bind_fields(missing, types_.dotables(all, TypeTable::no_fields), head, types_.dots(all));
        done.push_back(to);
        return done;
      }
      bind_fields(missing, types_.dotable(next, TypeTable::no_fields), head, next);
      list = replaced(List{to}, list, 2);
    } else {
      done.push_back(head);
      list = replaced({}, list, 1);
    }
  }
}

// Two lists that stand for the same value become one.
Unifier::List Unifier::combine(List expected, List actual) {
  const Nested nested(*this);
  List done;
  for (;;) {
    types_.step();
    if (expected.empty() && actual.empty()) return done;
    if (expected.empty() || actual.empty())
      throw Mismatch{.kind = Mismatch::Kind::types,
                     .expected = expected.empty() ? TypeTable::no_fields : types_.dots(expected),
                     .actual = actual.empty() ? TypeTable::no_fields : types_.dots(actual)};
    expected.front() = types_.resolve(expected.front());
    actual.front() = types_.resolve(actual.front());
    const TypeId e = expected.front(), a = actual.front();
    if (kind(e) == TypeKind::dot) {
      expected = replaced(dot_list(e), expected, 1);
    } else if (kind(a) == TypeKind::dot) {
      actual = replaced(dot_list(a), actual, 1);
    } else if (actual.size() == 1 || expected.size() == 1) {
      done.push_back(unify(types_.dots(expected), types_.dots(actual)));
      return done;
    } else if (!dotable(e) && !dotable(a)) {
      done.push_back(unify(e, a));
      expected = replaced({}, expected, 1);
      actual = replaced({}, actual, 1);
    } else {
      const bool of_expected = dotable(e);
      List& list = of_expected ? expected : actual;
      const TypeId next = types_.resolve(list[1]);
      if (variable(next) && list.size() == 2 && !dotable(fields(list[0]).fields.front())) {
        const List rest = take_rest(list, of_expected ? actual : expected, of_expected);
        done.insert(done.end(), rest.begin(), rest.end());
        return done;
      }
      take_field(list, of_expected);
    }
  }
}

// [A=>B=>T, x, ..] becomes [B=>T, ..] with A = x, and [A=>B=>T, C=>A, ..] becomes [C=>B=>T, ..].
void Unifier::take_field(List& list, bool list_is_expected) {
  const Fields needed = fields(list[0]);
  const TypeId field = needed.fields.front();
  const TypeId rest = types_.dotables(std::span(needed.fields).subspan(1), needed.result);
  const TypeId next = types_.resolve(list[1]);
  if (dotable(next) && !dotable(field)) {
    const Fields inner = fields(next);
    if (list_is_expected)
      unify(field, inner.result);
    else
      unify(inner.result, field);
    list = replaced(List{types_.dotables(inner.fields, rest)}, list, 2);
  } else {
    if (list_is_expected)
      unify(field, next);
    else
      unify(next, field);
    list = replaced(List{rest}, list, 2);
  }
}

// [A=>B=>T, x] with a variable x against a list that begins with T: x takes all fields, and what follows the T.
Unifier::List Unifier::take_rest(const List& list, const List& other, bool list_is_expected) {
  const Fields needed = fields(list[0]);
  List result = evaluate(Match::longest, other);
  const TypeId head = result.front();
  const List all = replaced(needed.fields, result, 1);
  if (list_is_expected) {
    result.front() = unify(needed.result, head);
    combine(all, List{list[1]});
  } else {
    result.front() = unify(head, needed.result);
    combine(List{list[1]}, all);
  }
  return result;
}

TypeId Unifier::unify_dotables(TypeId expected, TypeId actual) {
  const Fields e = fields(expected), a = fields(actual);
  if (kind(e.result) == TypeKind::extendable || kind(a.result) == TypeKind::extendable)
    return unify_open_dotables(e, a);
  const TypeId whole = unify(e.result, a.result);
  return types_.dotable(types_.dots(combine(e.fields, a.fields)), whole);
}

// One side at least is not sure of its fields: A=>B=>(a=>*T) against A=>B=>C=>T.
TypeId Unifier::unify_open_dotables(const Fields& expected, const Fields& actual) {
  const bool open_expected = kind(expected.result) == TypeKind::extendable;
  const bool open_actual = kind(actual.result) == TypeKind::extendable;
  // A closed expected side must not be longer than what it is matched with; an open one may be.
  if (open_actual) unify(expected.result, actual.result);
  List e = evaluate(Match::longest, expected.fields);
  List a = evaluate(Match::longest, actual.fields);
  if (open_expected) e = results(e);
  if (open_actual) a = results(a);
  List common;
  for (std::size_t i = 0; i < std::min(e.size(), a.size()); ++i) common.push_back(unify(e[i], a[i]));
  const bool longer_expected = e.size() > common.size();
  if (open_expected && open_actual)
    return types_.dotable(types_.dots(overhang(common, longer_expected ? e : a)), expected.result);
  if (open_expected) {
    unify(expected.result, types_.dotables(std::span(a).subspan(common.size()), actual.result));
    return types_.dotable(types_.dots(overhang(common, longer_expected ? e : a)), actual.result);
  }
  unify(types_.dotables(std::span(e).subspan(common.size()), expected.result), actual.result);
  return types_.dotable(types_.dots(overhang(common, longer_expected ? e : a)), expected.result);
}

}  // namespace tryst::csp
