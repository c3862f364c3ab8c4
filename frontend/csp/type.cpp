#include "frontend/csp/type.hpp"

#include <algorithm>
#include <cassert>
#include <unordered_set>

namespace tryst::csp {

namespace {

constexpr std::uint32_t none = 0xffffffff;

}  // namespace

std::string_view name(Constraint c) {
  switch (c) {
    case Constraint::eq: return "Eq";
    case Constraint::ord: return "Ord";
    case Constraint::set: return "Set";
    case Constraint::complete: return "Complete";
    case Constraint::yieldable: return "Yieldable";
  }
  return {};
}

TypeTable::TypeTable() {
  for (const TypeKind kind : {TypeKind::unknown, TypeKind::integer, TypeKind::boolean, TypeKind::character,
                              TypeKind::process, TypeKind::event, TypeKind::no_fields})
    add({.kind = kind});
  assert(types_[index(no_fields)].kind == TypeKind::no_fields);
}

TypeId TypeTable::add(Type type) {
  if (types_.size() >= types_max) throw TypeLimit{};
  types_.push_back(type);
  return static_cast<TypeId>(types_.size() - 1);
}

TypeId TypeTable::make(TypeKind kind, TypeId a) {
  return add({.kind = kind, .ground = types_[index(a)].ground, .first = index(a)});
}

TypeId TypeTable::make(TypeKind kind, TypeId a, TypeId b) {
  const bool ground = kind != TypeKind::extendable && types_[index(a)].ground && types_[index(b)].ground;
  return add({.kind = kind, .ground = ground, .first = index(a), .second = index(b)});
}

TypeId TypeTable::make(TypeKind kind, std::span<const TypeId> items) {
  const auto first = static_cast<std::uint32_t>(pool_.size());
  const bool ground = std::all_of(items.begin(), items.end(), [&](TypeId t) { return types_[index(t)].ground; });
  const std::vector<TypeId> own(items.begin(), items.end());  // `items` may be a view of the pool itself
  pool_.insert(pool_.end(), own.begin(), own.end());
  return add({.kind = kind, .ground = ground, .first = first, .second = static_cast<std::uint32_t>(own.size())});
}

TypeId TypeTable::fresh(ConstraintSet constraints) {
  return add({.kind = TypeKind::variable, .ground = false, .constraints = constraints, .level = level_});
}

TypeId TypeTable::rigid(Symbol name, ConstraintSet constraints) {
  return add({.kind = TypeKind::variable,
              .rigid = true,
              .ground = false,
              .constraints = constraints,
              .level = level_,
              .second = static_cast<std::uint32_t>(name)});
}

TypeId TypeTable::datatype(BindingId binding) {
  return add({.kind = TypeKind::datatype, .first = static_cast<std::uint32_t>(binding)});
}

TypeId TypeTable::function(std::span<const TypeId> arguments, TypeId result) {
  std::vector<TypeId> items(arguments.begin(), arguments.end());
  items.push_back(result);
  return make(TypeKind::function, items);
}

TypeId TypeTable::dots(std::span<const TypeId> list) {
  assert(!list.empty());
  TypeId all = list.back();
  for (std::size_t i = list.size() - 1; i-- > 0;) all = dot(list[i], all);
  return all;
}

TypeId TypeTable::dotables(std::span<const TypeId> fields, TypeId result) {
  for (std::size_t i = fields.size(); i-- > 0;) result = dotable(fields[i], result);
  return result;
}

std::span<const TypeId> TypeTable::arguments(TypeId function) const {
  const auto all = items(function);
  return all.first(all.size() - 1);
}

TypeId TypeTable::end_of_chain(TypeId t) {
  for (;;) {
    const Type type = types_[index(t)];
    if (type.kind != TypeKind::variable || type.first == none) return t;
    const Type next = types_[type.first];
    if (next.kind == TypeKind::variable && next.first != none) {
      Type shorter = type;
      shorter.first = next.first;
      write(t, shorter);
    }
    t = type.a();
  }
}

TypeId TypeTable::resolve(TypeId t) {
  for (;;) {
    t = end_of_chain(t);
    const Type type = types_[index(t)];
    if (type.kind != TypeKind::extendable) return t;
    const TypeId fields = resolve(type.b());
    const Type known = types_[index(fields)];
    if (known.kind == TypeKind::no_fields) {
      t = type.a();
    } else if (known.kind == TypeKind::dotable) {
      const TypeId rest = extendable(type.a(), known.b());
      write(t, {.kind = TypeKind::dotable, .ground = false, .first = known.first, .second = index(rest)});
      return t;
    } else {
      return t;
    }
  }
}

TypeId TypeTable::resolved(TypeId t) const {
  for (;;) {
    const Type& type = types_[index(t)];
    if (type.kind == TypeKind::variable && type.first != none)
      t = type.a();
    else if (type.kind == TypeKind::extendable && resolved(type.b()) == no_fields)
      t = type.a();
    else
      return t;
  }
}

void TypeTable::write(TypeId t, Type type) {
  trail_.push_back({t, types_[index(t)]});
  types_[index(t)] = type;
}

void TypeTable::rollback(Mark mark) {
  while (trail_.size() > mark) {
    types_[index(trail_.back().type)] = trail_.back().before;
    trail_.pop_back();
  }
}

template <class F>
void TypeTable::each_variable(TypeId root, F&& f) {
  ++walk_;
  seen_.resize(types_.size(), 0);
  work_.assign(1, root);
  while (!work_.empty()) {
    const TypeId t = end_of_chain(work_.back());
    work_.pop_back();
    const Type type = types_[index(t)];
    if (type.ground || seen_[index(t)] == walk_) continue;
    seen_[index(t)] = walk_;
    step();
    switch (type.kind) {
      case TypeKind::variable: f(t); break;
      case TypeKind::set:
      case TypeKind::sequence: work_.push_back(type.a()); break;
      case TypeKind::tuple:
      case TypeKind::function:
        for (const TypeId item : items(t)) work_.push_back(item);
        break;
      default: work_.push_back(type.a()); work_.push_back(type.b());
    }
  }
}

bool TypeTable::bind(TypeId variable, TypeId to) {
  assert(unbound(variable) && !types_[index(variable)].rigid);
  bool occurs = false;
  each_variable(to, [&](TypeId v) {
    occurs = occurs || v == variable;
    lower_level(v, types_[index(variable)].level);
  });
  if (occurs) return false;
  Type bound = types_[index(variable)];
  bound.first = index(to);
  write(variable, bound);
  return true;
}

void TypeTable::add_constraint(TypeId variable, Constraint c) {
  assert(unbound(variable));
  Type type = types_[index(variable)];
  if (contains(type.constraints, c)) return;
  type.constraints = type.constraints | c;
  write(variable, type);
}

void TypeTable::lower_level(TypeId variable, std::uint32_t level) {
  Type type = types_[index(variable)];
  if (type.level <= level) return;
  type.level = level;
  write(variable, type);
}

void TypeTable::generalise(TypeId t) {
  each_variable(t, [&](TypeId v) {
    Type type = types_[index(v)];
    if (type.level <= level_ || type.level == generic) return;
    type.level = generic;
    write(v, type);
  });
}

void TypeTable::sink(TypeId t) {
  each_variable(t, [&](TypeId v) { lower_level(v, level_); });
}

TypeId TypeTable::instantiate(TypeId t) {
  if (types_[index(t)].ground) return t;
  ++walk_;
  seen_.resize(types_.size(), 0);
  copies_.resize(types_.size());
  return copy(t, 0);
}

// Nodes made meanwhile are never met again, so seen_ and copies_ need not grow on the way.
TypeId TypeTable::copy(TypeId t, int depth) {
  if (depth > depth_max) throw TypeLimit{};
  t = resolve(t);
  const Type type = types_[index(t)];
  if (type.ground) return t;
  const bool old = index(t) < seen_.size();
  if (old && seen_[index(t)] == walk_) return copies_[index(t)];
  step();
  TypeId made = t;
  switch (type.kind) {
    case TypeKind::variable:
      if (type.level == generic) made = fresh(type.constraints);
      break;
    case TypeKind::set:
    case TypeKind::sequence: {
      const TypeId a = copy(type.a(), depth + 1);
      if (a != type.a()) made = make(type.kind, a);
      break;
    }
    case TypeKind::tuple:
    case TypeKind::function: {
      std::vector<TypeId> copied;
      copied.reserve(type.second);
      for (std::uint32_t i = 0; i < type.second; ++i) copied.push_back(copy(pool_[type.first + i], depth + 1));
      if (!std::equal(copied.begin(), copied.end(), items(t).begin())) made = make(type.kind, copied);
      break;
    }
    default: {
      const TypeId a = copy(type.a(), depth + 1);
      const TypeId b = copy(type.b(), depth + 1);
      if (a != type.a() || b != type.b()) made = make(type.kind, a, b);
    }
  }
  if (old) {
    seen_[index(t)] = walk_;
    copies_[index(t)] = made;
  }
  return made;
}

void TypeTable::set_comparable(BindingId datatype, bool yes) {
  const auto at = static_cast<std::size_t>(datatype);
  if (at >= comparable_.size()) comparable_.resize(at + 1);
  comparable_[at] = yes;
}

bool TypeTable::comparable(BindingId datatype) const {
  const auto at = static_cast<std::size_t>(datatype);
  return at < comparable_.size() && comparable_[at];
}

std::vector<TypeId> TypeTable::variables(TypeId root) const {
  std::vector<TypeId> found, stack{root};
  std::unordered_set<std::uint32_t> seen;
  while (!stack.empty()) {
    const TypeId t = resolved(stack.back());
    stack.pop_back();
    const Type& type = types_[index(t)];
    if (type.ground || !seen.insert(index(t)).second) continue;
    switch (type.kind) {
      case TypeKind::variable: found.push_back(t); break;
      case TypeKind::set:
      case TypeKind::sequence: stack.push_back(type.a()); break;
      case TypeKind::tuple:
      case TypeKind::function:
        for (std::size_t i = type.second; i-- > 0;) stack.push_back(items(t)[i]);
        break;
      case TypeKind::extendable:
        stack.push_back(type.a());
        stack.push_back(type.b());
        break;
      default: stack.push_back(type.b()); stack.push_back(type.a());
    }
  }
  return found;
}

}  // namespace tryst::csp
