#include "semantics/pi/transitions.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

namespace tryst::pi {

namespace {

// A name of the context, below `by` more binders.
Name lifted(Name n, std::uint32_t by) { return is_bound(n) ? bound_name(number(n) + by) : n; }

TermId lifted(Terms& terms, TermId t, std::uint32_t by) { return by == 0 ? t : terms.rename(t, {.lift = by}); }

void add_constraint(std::vector<Constraint>& condition, Name a, Name b, bool equal) {
  const Constraint added{std::min(a, b), std::max(a, b), equal};
  const auto at = std::lower_bound(condition.begin(), condition.end(), added);
  if (at == condition.end() || *at != added) condition.insert(at, added);
}

void add_test(std::vector<Test>& tests, const Test& added) {
  const auto at = std::lower_bound(tests.begin(), tests.end(), added);
  if (at == tests.end() || *at != added) tests.insert(at, added);
}

void add_unique(std::vector<Commitment>& to, Commitment c) {
  if (std::find(to.begin(), to.end(), c) == to.end()) to.push_back(std::move(c));
}

// COM and CLOSE of an input and an output whose subjects meet: what becomes of the two, under the extruded names.
struct Meeting {
  TermId product;
  std::uint32_t extruded;
};

Meeting meet(Terms& terms, const Commitment& input, const Commitment& output) {
  const TermId received = terms.rename(input.target, {.loose_to = output.objects, .lift = output.binders});
  return {terms.parallel({received, output.target}), output.binders};
}

// Whether different names may come to be the same. A loose name is restricted further out, so it may not.
bool may_be_same(Name a, Name b, Mode mode) { return mode == Mode::symbolic && !is_bound(a) && !is_bound(b); }

// The τ of an input and an output, without its target; none if they do not meet.
std::optional<Commitment> communication(const Commitment& input, const Commitment& output, Mode mode) {
  if (input.kind != ActionKind::input || output.kind != ActionKind::output) return {};
  if (input.objects.size() != output.objects.size()) return {};
  if (input.subject != output.subject && !may_be_same(input.subject, output.subject, mode)) return {};
  Commitment c;
  c.condition = input.condition;
  for (const Constraint& each : output.condition) add_constraint(c.condition, each.left, each.right, each.equal);
  c.tests = input.tests;
  for (const Test& each : output.tests) add_test(c.tests, each);
  if (input.subject != output.subject) add_constraint(c.condition, input.subject, output.subject, true);
  c.span = output.span;
  c.partner = input.span;
  return c;
}

// What restricting the names 0..count-1 makes of a commitment: RES, OPEN, or nothing.
class Restricting {
 public:
  Restricting(Terms& terms, std::uint32_t count, const Commitment& inner)
      : terms_(terms), count_(count), inner_(inner), to_(inner.binders + count) {}

  std::optional<Commitment> run() {
    Commitment c{.kind = inner_.kind, .span = inner_.span, .partner = inner_.partner};
    if (inner_.kind != ActionKind::tau) {
      if (restricted(inner_.subject)) return {};
      c.subject = lowered(inner_.subject);
    }
    c.condition = inner_.condition;  // of free names only
    c.tests = inner_.tests;
    c.kinds = inner_.kinds;
    c.binders = number_names();
    for (const Name object : inner_.objects) c.objects.push_back(object_outside(object, c.binders));
    const TermId below = terms_.rename(inner_.target, {.loose_to = to_, .lift = c.binders + still_restricted_});
    c.target = terms_.settle(terms_.restriction(still_restricted_, below));
    return c;
  }

 private:
  bool restricted(Name n) const { return is_bound(n) && number(n) < count_; }
  Name lowered(Name n) const { return is_bound(n) ? bound_name(number(n) - count_) : n; }

  // Gives the binders of the action their numbers, in the order of their first occurrence, below the names that stay
  // restricted, which come first. Of the target's loose names, 0..binders-1 are bound by the action, the next `count`
  // are those restricted here.
  std::uint32_t number_names() {
    std::vector<std::uint32_t> extruded;
    const auto own = static_cast<std::uint32_t>(to_.size());
    for (const Name object : inner_.objects)
      if (is_bound(object) && number(object) < own &&
          std::find(extruded.begin(), extruded.end(), number(object)) == extruded.end())
        extruded.push_back(number(object));
    const auto is_extruded = [&](std::uint32_t i) {
      return std::find(extruded.begin(), extruded.end(), i) != extruded.end();
    };
    still_restricted_ = 0;
    for (std::uint32_t i = inner_.binders; i < own; ++i)
      if (!is_extruded(i)) to_[i] = bound_name(still_restricted_++);
    for (std::uint32_t i = 0; i < extruded.size(); ++i) to_[extruded[i]] = bound_name(still_restricted_ + i);
    return static_cast<std::uint32_t>(extruded.size());
  }

  Name object_outside(Name object, std::uint32_t binders) const {
    if (!is_bound(object)) return object;
    if (number(object) < to_.size()) return bound_name(number(to_[number(object)]) - still_restricted_);
    return bound_name(number(object) - static_cast<std::uint32_t>(to_.size()) + binders);
  }

  Terms& terms_;
  std::uint32_t count_;
  const Commitment& inner_;
  std::vector<Name> to_;  // by loose name of the target
  std::uint32_t still_restricted_ = 0;
};

// Enters a level of the derivation, and leaves it however it ends.
struct Descent {
  explicit Descent(std::uint32_t& d) : depth(d) { ++depth; }
  ~Descent() { --depth; }
  Descent(const Descent&) = delete;
  Descent& operator=(const Descent&) = delete;
  std::uint32_t& depth;
};

}  // namespace

const std::vector<Commitment>& Transitions::of(TermId t, Mode mode) {
  auto& cache = caches_[static_cast<std::size_t>(mode)];
  const auto known = cache.find(t);
  if (known != cache.end()) return known->second;
  if (budget_ != nullptr) budget_->poll();
  if (depth_ >= derivation_depth_max)
    throw LimitReached{"operators and definitions without a prefix in between are nested more than " +
                       std::to_string(derivation_depth_max) + " deep"};
  const Descent descent(depth_);
  std::vector<Commitment> found = compute(t, mode);
  return cache.emplace(t, std::move(found)).first->second;
}

std::vector<Commitment> Transitions::compute(TermId t, Mode mode) {
  std::vector<Commitment> found;
  switch (terms_[t].kind) {
    case TermKind::nil:
    case TermKind::stuck: break;
    case TermKind::tau:
    case TermKind::input:
    case TermKind::output: add_prefix(t, found); break;
    case TermKind::match:
    case TermKind::mismatch: add_guarded(t, mode, found); break;
    case TermKind::test: add_tested(t, mode, found); break;
    case TermKind::parallel: add_parallel(t, mode, found); break;
    case TermKind::sum: {
      const std::vector<TermId> summands(terms_.operands(t).begin(), terms_.operands(t).end());
      for (const TermId summand : summands)
        for (const Commitment& c : of(summand, mode)) add_unique(found, c);
      break;
    }
    case TermKind::restriction: add_restriction(t, mode, found); break;
    case TermKind::replication: add_replication(t, mode, found); break;
    case TermKind::call: {
      const TermId unfolded = terms_.unfold(t);
      return of(unfolded, mode);
    }
  }
  return found;
}

// TAU, IN, OUT.
void Transitions::add_prefix(TermId t, std::vector<Commitment>& found) {
  const Term term = terms_[t];
  const auto names = terms_.names(t);
  Commitment c{.span = term.span};
  if (term.kind == TermKind::input) {
    c.kind = ActionKind::input;
    c.subject = names[0];
    c.binders = term.count;
    c.kinds = terms_.kinds(t);
    for (std::uint32_t i = 0; i < term.count; ++i) c.objects.push_back(bound_name(i));
  } else if (term.kind == TermKind::output) {
    c.kind = ActionKind::output;
    c.subject = names[0];
    c.objects.assign(names.begin() + 1, names.end());
  }
  c.target = terms_.settle(terms_.operands(t)[0]);
  found.push_back(std::move(c));
}

// MATCH, MISMATCH. The constructors have dropped [a=a] and [a#a]: the two names differ.
void Transitions::add_guarded(TermId t, Mode mode, std::vector<Commitment>& found) {
  const bool equal = terms_[t].kind == TermKind::match;
  const Name left = terms_.names(t)[0], right = terms_.names(t)[1];
  if (equal && !may_be_same(left, right, mode)) return;
  for (Commitment c : of(terms_.operands(t)[0], mode)) {
    if (may_be_same(left, right, mode)) add_constraint(c.condition, left, right, equal);
    add_unique(found, std::move(c));
  }
}

// The constructor has decided tests without variables.
void Transitions::add_tested(TermId t, Mode mode, std::vector<Commitment>& found) {
  const Test test{terms_.names(t)[0], static_cast<TestKind>(terms_[t].count)};
  for (Commitment c : of(terms_.operands(t)[0], mode)) {
    add_test(c.tests, test);
    add_unique(found, std::move(c));
  }
}

// PAR, COM, CLOSE.
void Transitions::add_parallel(TermId t, Mode mode, std::vector<Commitment>& found) {
  const std::vector<TermId> parts = terms_.components(t);
  const auto with_rest = [&](TermId moved, std::uint32_t lift, std::size_t i, std::size_t j) {
    std::vector<TermId> product{moved};
    for (std::size_t k = 0; k < parts.size(); ++k)
      if (k != i && k != j) product.push_back(lifted(terms_, parts[k], lift));
    return terms_.parallel(product);
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && parts[i] == parts[i - 1]) continue;  // does the same as the one before
    for (Commitment c : of(parts[i], mode)) {
      c.target = with_rest(c.target, c.binders, i, i);
      add_unique(found, std::move(c));
    }
  }
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t j = 0; j < parts.size(); ++j) {
      if (i == j) continue;
      for (const Commitment& input : of(parts[i], mode)) {
        if (input.kind != ActionKind::input) continue;
        for (const Commitment& output : of(parts[j], mode)) {
          auto c = communication(input, output, mode);
          if (!c) continue;
          const Meeting met = meet(terms_, input, output);
          const TermId product = with_rest(met.product, met.extruded, i, j);
          c->target = terms_.settle(terms_.restriction(met.extruded, product));
          add_unique(found, std::move(*c));
        }
      }
    }
}

// REP, and its forms for two copies that communicate.
void Transitions::add_replication(TermId t, Mode mode, std::vector<Commitment>& found) {
  const TermId body = terms_.settle(terms_.operands(t)[0]);
  const std::vector<Commitment>& moves = of(body, mode);
  for (Commitment c : moves) {
    c.target = terms_.parallel({c.target, lifted(terms_, t, c.binders)});
    add_unique(found, std::move(c));
  }
  for (const Commitment& input : moves)
    for (const Commitment& output : moves) {
      auto c = communication(input, output, mode);
      if (!c) continue;
      const Meeting met = meet(terms_, input, output);
      const TermId product = terms_.parallel({met.product, lifted(terms_, t, met.extruded)});
      c->target = terms_.settle(terms_.restriction(met.extruded, product));
      add_unique(found, std::move(*c));
    }
}

void Transitions::add_restriction(TermId t, Mode mode, std::vector<Commitment>& found) {
  const std::uint32_t count = terms_[t].count;
  for (const Commitment& inner : of(terms_.operands(t)[0], mode))
    if (auto c = Restricting(terms_, count, inner).run()) add_unique(found, std::move(*c));
}

TermId Transitions::target(const Commitment& c, std::span<const Name> names) {
  assert(names.size() == c.binders);
  return names.empty() ? c.target : terms_.settle(terms_.instantiate(c.target, names));
}

std::vector<Name> Transitions::objects(const Commitment& c, std::span<const Name> names) const {
  std::vector<Name> sent;
  for (const Name object : c.objects) {
    if (!is_bound(object))
      sent.push_back(object);
    else if (number(object) < names.size())
      sent.push_back(names[number(object)]);
    else
      sent.push_back(lifted(bound_name(number(object) - c.binders), 0));
  }
  return sent;
}

std::vector<Transitions::Clash> Transitions::clashes(TermId t) {
  std::vector<Clash> found;
  std::vector<TermId> parts = terms_.components(t);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (terms_[parts[i]].kind != TermKind::restriction) continue;
    const std::vector<Clash> inside = clashes(terms_.operands(parts[i])[0]);
    found.insert(found.end(), inside.begin(), inside.end());
  }
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t j = 0; j < parts.size(); ++j) {
      if (i == j) continue;
      for (const Commitment& input : of(parts[i], Mode::literal))
        for (const Commitment& output : of(parts[j], Mode::literal))
          if (input.kind == ActionKind::input && output.kind == ActionKind::output && input.subject == output.subject &&
              input.objects.size() != output.objects.size())
            found.push_back({output.span, input.span});
    }
  return found;
}

void receptions(std::uint32_t arity, std::span<const Kind> kinds, std::span<const Name> known,
                const Reception& reception, const std::function<bool(std::span<const Name>)>& visit) {
  const std::vector<Name> fresh = Terms::least_fresh_names(arity, known);
  if (kinds.empty() && reception.all_names) return early_tuples(arity, known, fresh, visit);
  std::vector<Name> known_names;
  if (reception.all_names)
    for (const Name n : known)
      if (!is_integer_variable(n)) known_names.push_back(n);
  std::vector<Name> tuple(arity);
  const auto kind_at = [&](std::uint32_t at) { return kinds.empty() ? Kind::name : kinds[at]; };
  // The variable of a position: behind the fresh names, of which there are no more than positions for names.
  const auto variable_at = [&](std::uint32_t at) {
    std::uint32_t behind = 0;
    for (std::uint32_t i = 0; i < arity; ++i)
      behind += kind_at(i) == Kind::name || (i < at && kind_at(i) == Kind::integer);
    return integer_variable(number(fresh[behind]));
  };
  const std::function<bool(std::uint32_t, std::uint32_t)> choose = [&](std::uint32_t at, std::uint32_t fresh_used) {
    if (at == arity) return visit(tuple);
    const auto try_all = [&](std::span<const Name> choices) {
      return std::ranges::all_of(choices, [&](Name n) {
        tuple[at] = n;
        return choose(at + 1, fresh_used);
      });
    };
    const Kind kind = kind_at(at);
    if (kind == Kind::boolean) return try_all(std::array{false_datum, true_datum});
    if (kind == Kind::integer && !reception.integers.empty()) return try_all(reception.integers);
    if (kind == Kind::integer) {
      tuple[at] = variable_at(at);
      return choose(at + 1, fresh_used);
    }
    if (!try_all(known_names)) return false;
    if (reception.all_names && !try_all(std::span(fresh).first(fresh_used))) return false;
    tuple[at] = fresh[fresh_used];
    return choose(at + 1, fresh_used + 1);
  };
  choose(0, 0);
}

void early_tuples(std::uint32_t arity, std::span<const Name> known, std::span<const Name> fresh,
                  const std::function<bool(std::span<const Name>)>& visit) {
  assert(fresh.size() >= arity);
  std::vector<Name> tuple(arity);
  // Choice c < known.size() is a known name, known.size() + k the k-th fresh one.
  const std::function<bool(std::uint32_t, std::uint32_t)> choose = [&](std::uint32_t at, std::uint32_t fresh_used) {
    if (at == arity) return visit(tuple);
    for (std::size_t choice = 0; choice < known.size() + fresh_used + 1; ++choice) {
      const bool is_known = choice < known.size();
      tuple[at] = is_known ? known[choice] : fresh[choice - known.size()];
      const bool is_new = choice == known.size() + fresh_used;
      if (!choose(at + 1, fresh_used + (is_new ? 1 : 0))) return false;
    }
    return true;
  };
  choose(0, 0);
}

}  // namespace tryst::pi
