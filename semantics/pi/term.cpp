#include "semantics/pi/term.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "semantics/budget.hpp"

namespace tryst::pi {

namespace {

// The finaliser of splitmix64 (Steele, Lea & Flood, OOPSLA 2014).
std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace

Terms::Terms(Garbage garbage) : garbage_(garbage), table_(1024, no_id<TermId>) {
  [[maybe_unused]] const TermId zero = intern({}, {}, {});
  assert(zero == nil());
  stuck_ = intern({.kind = TermKind::stuck}, {}, {});
}

Name Terms::constant(std::string_view text) {
  const auto [at, is_new] = constant_ids_.try_emplace(std::string(text), static_cast<Name>(constants_.size()));
  if (is_new) constants_.emplace_back(text);
  return at->second;
}

std::string Terms::text(Name n) const {
  if (is_bound(n)) return "?" + std::to_string(number(n));
  if (is_fresh(n)) return "_" + std::to_string(number(n));
  if (is_truth_value(n)) return n == true_datum ? "true" : "false";
  if (is_sum(n)) return text_of(integers_.sum_of(n), [this](Name variable) { return text(variable); });
  return constants_[index(n)];
}

AgentId Terms::declare(std::string name, std::uint32_t arity) {
  agents_.push_back({std::move(name), arity, nil()});
  return static_cast<AgentId>(agents_.size() - 1);
}

void Terms::define(AgentId agent, TermId body) {
  assert(terms_[body].loose <= agents_[index(agent)].arity);
  agents_[index(agent)].body = body;
}

std::uint64_t Terms::hash_of(const Term& term, std::span<const Name> names, std::span<const TermId> operands) const {
  std::uint64_t hash = mix(static_cast<std::uint64_t>(term.kind) << 32 | term.count);
  for (const Name n : names) hash = mix(hash ^ index(n));
  std::uint64_t sum = 0;  // operators with several operands are commutative
  for (const TermId t : operands) sum += mix(terms_[t].hash);
  return operands.empty() ? hash : mix(hash ^ sum);
}

void Terms::collect_names(Term& term, std::span<const Name> names, std::span<const TermId> operands) {
  const std::uint32_t binders = term.kind == TermKind::input || term.kind == TermKind::restriction ? term.count : 0;
  std::vector<Name> free;
  const auto collect = [&](Name n) {
    if (is_bound(n))
      term.loose = std::max(term.loose, number(n) + 1);
    else
      free.push_back(n);
  };
  for (const Name n : names) {
    if (!is_datum(n))
      collect(n);
    else if (is_sum(n))
      for (const auto& [variable, _] : integers_.sum_of(n).variables) collect(variable);
  }
  for (const TermId t : operands) {
    const Term& operand = terms_[t];
    if (operand.loose > binders) term.loose = std::max(term.loose, operand.loose - binders);
    const auto below = name_lists_[operand.free];
    free.insert(free.end(), below.begin(), below.end());
  }
  std::sort(free.begin(), free.end());
  free.erase(std::unique(free.begin(), free.end()), free.end());
  for (const TermId t : operands)
    if (terms_[t].free.count == free.size()) {  // then it is the same set
      term.free = terms_[t].free;
      return;
    }
  term.free = name_lists_.add(free);
}

TermId Terms::intern(Term term, std::span<const Name> names, std::span<const TermId> operands) {
  term.hash = hash_of(term, names, operands);
  std::size_t slot = term.hash & (table_.size() - 1);
  for (; table_[slot] != no_id<TermId>; slot = (slot + 1) & (table_.size() - 1)) {
    const Term& known = terms_[table_[slot]];
    if (known.hash == term.hash && known.kind == term.kind && known.count == term.count &&
        std::ranges::equal(name_lists_[known.names], names) &&
        std::ranges::equal(operand_lists_[known.operands], operands))
      return table_[slot];
  }
  if (budget_ != nullptr) budget_->poll();
  collect_names(term, names, operands);
  // The arguments may be views of the very pools that grow.
  term.names = name_lists_.add(std::vector<Name>(names.begin(), names.end()));
  term.operands = operand_lists_.add(std::vector<TermId>(operands.begin(), operands.end()));
  const TermId id = terms_.add(term);
  table_[slot] = id;
  if (terms_.size() * 4 > table_.size() * 3) grow_table();
  return id;
}

void Terms::grow_table() {
  std::vector<TermId> larger(table_.size() * 2, no_id<TermId>);
  for (const TermId t : table_) {
    if (t == no_id<TermId>) continue;
    std::size_t slot = terms_[t].hash & (larger.size() - 1);
    while (larger[slot] != no_id<TermId>) slot = (slot + 1) & (larger.size() - 1);
    larger[slot] = t;
  }
  table_.swap(larger);
}

TermId Terms::tau_prefix(TermId next, Span span) {
  return intern({.kind = TermKind::tau, .span = span}, {}, std::array{next});
}

TermId Terms::input(Name subject, std::uint32_t arity, TermId next, Span span, std::span<const Kind> kinds) {
  assert(kinds.empty() || kinds.size() == arity);
  std::vector<Name> names{subject};
  for (const Kind kind : kinds) names.push_back(mark_of(kind));
  return intern({.kind = TermKind::input, .count = arity, .span = span}, names, std::array{next});
}

std::vector<Kind> Terms::kinds(TermId input) const {
  std::vector<Kind> kinds;
  for (const Name mark : names(input).subspan(1)) kinds.push_back(kind_of(mark));
  return kinds;
}

TermId Terms::output(Name subject, std::span<const Name> objects, TermId next, Span span) {
  std::vector<Name> names{subject};
  names.insert(names.end(), objects.begin(), objects.end());
  return intern({.kind = TermKind::output, .count = static_cast<std::uint32_t>(objects.size()), .span = span}, names,
                std::array{next});
}

TermId Terms::match(Name a, Name b, TermId next) {
  if (a == b || next == nil()) return next;
  if (is_integer(a) || is_integer(b)) return comparison(a, b, TestKind::equal, next);
  if (is_truth_value(a) && is_truth_value(b)) return dead();
  return intern({.kind = TermKind::match}, std::array{std::min(a, b), std::max(a, b)}, std::array{next});
}

TermId Terms::mismatch(Name a, Name b, TermId next) {
  if (a == b || next == nil()) return nil();
  if (is_integer(a) || is_integer(b)) return comparison(a, b, TestKind::not_equal, next);
  if (is_truth_value(a) && is_truth_value(b)) return next;
  return intern({.kind = TermKind::mismatch}, std::array{std::min(a, b), std::max(a, b)}, std::array{next});
}

TermId Terms::comparison(Name a, Name b, TestKind kind, TermId next) {
  Sum difference = integers_.sum_of(a);
  Integers::add(difference, integers_.sum_of(b), -1);
  return test({integers_.name_of(std::move(difference)), kind}, next);
}

TermId Terms::test(const Test& test, TermId next) {
  if (next == nil()) return next;
  Sum sum = integers_.sum_of(test.sum);
  if (sum.variables.empty()) {
    const bool holds = test.kind == TestKind::at_most ? sum.constant <= 0
                       : test.kind == TestKind::equal ? sum.constant == 0
                                                      : sum.constant != 0;
    return holds ? next : dead();
  }
  // An equation and its negative are the same.
  if (test.kind != TestKind::at_most && sum.variables.front().second < 0) {
    Sum negative;
    Integers::add(negative, sum, -1);
    sum = std::move(negative);
  }
  const Name name = integers_.name_of(std::move(sum));
  return intern({.kind = TermKind::test, .count = static_cast<std::uint32_t>(test.kind)}, std::array{name},
                std::array{next});
}

// The operands of an associative operator without 0, flat and sorted.
std::vector<TermId> Terms::flattened(TermKind kind, const std::vector<TermId>& parts) const {
  std::vector<TermId> flat;
  for (const TermId t : parts) {
    if (terms_[t].kind == kind) {
      const auto inner = operands(t);
      flat.insert(flat.end(), inner.begin(), inner.end());
    } else if (t != nil()) {
      flat.push_back(t);
    }
  }
  std::sort(flat.begin(), flat.end());
  return flat;
}

TermId Terms::parallel(const std::vector<TermId>& parts) {
  std::vector<TermId> flat = flattened(TermKind::parallel, parts);
  absorb_copies(flat);
  const auto is_stuck = [&](TermId t) { return terms_[t].kind == TermKind::stuck; };
  const auto first_stuck = std::find_if(flat.begin(), flat.end(), is_stuck);
  if (first_stuck != flat.end()) flat.erase(std::remove_if(first_stuck + 1, flat.end(), is_stuck), flat.end());
  if (flat.empty()) return nil();
  if (flat.size() == 1) return flat.front();
  if (flat.size() > components_max)
    throw LimitReached{"a process has more than " + std::to_string(components_max) + " parallel components"};
  return intern({.kind = TermKind::parallel}, {}, flat);
}

TermId Terms::sum(const std::vector<TermId>& parts) {
  std::vector<TermId> flat = flattened(TermKind::sum, parts);
  flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
  if (flat.size() > 1) std::erase(flat, stuck_);
  if (flat.empty()) return nil();
  if (flat.size() == 1) return flat.front();
  return intern({.kind = TermKind::sum}, {}, flat);
}

// !(P | Q) and !(P + Q) are !P | !Q.
TermId Terms::replication(TermId body) {
  const TermKind kind = terms_[body].kind;
  if (kind == TermKind::nil || kind == TermKind::replication) return body;
  if (kind != TermKind::parallel && kind != TermKind::sum)
    return intern({.kind = TermKind::replication}, {}, std::array{body});
  std::vector<TermId> parts(operands(body).begin(), operands(body).end());
  for (TermId& part : parts) part = replication(part);
  return parallel(parts);
}

// P | !P and !P | !P are !P. The components are sorted.
void Terms::absorb_copies(std::vector<TermId>& components) const {
  std::vector<TermId> copied;  // what is replicated
  for (const TermId t : components)
    if (terms_[t].kind == TermKind::replication) copied.push_back(operands(t)[0]);
  if (copied.empty()) return;
  std::ranges::sort(copied);
  std::erase_if(components, [&](TermId t) { return std::ranges::binary_search(copied, t); });
  const auto are_copies = [&](TermId a, TermId b) { return a == b && terms_[a].kind == TermKind::replication; };
  components.erase(std::unique(components.begin(), components.end(), are_copies), components.end());
}

TermId Terms::call(AgentId agent, std::span<const Name> arguments) {
  assert(arguments.size() == agents_[index(agent)].arity);
  return intern({.kind = TermKind::call, .count = index(agent)}, arguments, {});
}

std::vector<TermId> Terms::components(TermId t) const {
  if (t == nil()) return {};
  if (terms_[t].kind != TermKind::parallel) return {t};
  const auto parts = operands(t);
  return {parts.begin(), parts.end()};
}

std::uint32_t Terms::fresh_from(TermId t) const {
  const auto free = free_names(t);
  return free.empty() || !is_fresh(free.back()) ? 0 : number(free.back()) + 1;
}

std::vector<Name> Terms::least_fresh_names(std::uint32_t count, std::span<const Name> known) {
  std::vector<Name> names;
  const auto is_known = [&](Name n) { return std::binary_search(known.begin(), known.end(), n); };
  for (std::uint32_t k = 0; names.size() < count; ++k)
    if (!is_known(fresh_name(k)) && !is_known(integer_variable(k))) names.push_back(fresh_name(k));
  return names;
}

// --- substitution

// A name of the context, inside `depth` binders.
Name Terms::deepened(Name n, std::uint32_t depth) {
  if (is_bound(n)) return bound_name(number(n) + depth);
  if (depth == 0 || !is_sum(n)) return n;
  const Sum before = integers_.sum_of(n);
  Sum sum{{}, before.constant};
  for (const auto& [variable, times] : before.variables)
    Integers::add(sum, integers_.sum_of(deepened(variable, depth)), times);
  return integers_.name_of(std::move(sum));
}

Name Terms::renamed(Name n, const Substitution& by, std::uint32_t depth) {
  if (is_sum(n)) {
    const Sum before = integers_.sum_of(n);
    Sum sum{{}, before.constant};
    for (const auto& [variable, times] : before.variables)
      Integers::add(sum, integers_.sum_of(renamed(variable, by, depth)), times);
    return integers_.name_of(std::move(sum));
  }
  if (is_datum(n)) return n;
  if (!is_bound(n)) {
    const auto at = std::lower_bound(by.free_to.begin(), by.free_to.end(), n,
                                     [](const auto& entry, Name name) { return entry.first < name; });
    if (at == by.free_to.end() || at->first != n) return n;
    return deepened(at->second, depth);
  }
  if (number(n) < depth) return n;
  const std::uint32_t loose = number(n) - depth;
  const auto listed = static_cast<std::uint32_t>(by.loose_to.size());
  if (loose >= listed) return bound_name(loose - listed + by.lift + depth);
  return deepened(by.loose_to[loose], depth);
}

bool Terms::affected(TermId t, const Substitution& by, std::uint32_t depth) const {
  const Term& term = terms_[t];
  if (term.loose > depth && !(by.loose_to.empty() && by.lift == 0)) return true;
  const auto free = name_lists_[term.free];
  return std::any_of(by.free_to.begin(), by.free_to.end(),
                     [&](const auto& entry) { return std::binary_search(free.begin(), free.end(), entry.first); });
}

TermId Terms::renamed(TermId t, const Substitution& by, std::uint32_t depth) {
  if (!affected(t, by, depth)) return t;
  const Term term = terms_[t];
  const bool binds = term.kind == TermKind::input || term.kind == TermKind::restriction;
  std::vector<Name> new_names;
  for (const Name n : names(t)) new_names.push_back(renamed(n, by, depth));
  std::vector<TermId> below(operands(t).begin(), operands(t).end());
  for (TermId& operand : below) operand = renamed(operand, by, depth + (binds ? term.count : 0));
  switch (term.kind) {
    case TermKind::nil:
    case TermKind::stuck: break;
    case TermKind::tau: return tau_prefix(below[0], term.span);
    case TermKind::input: return input(new_names[0], term.count, below[0], term.span, kinds(t));
    case TermKind::output: return output(new_names[0], std::span(new_names).subspan(1), below[0], term.span);
    case TermKind::match: return match(new_names[0], new_names[1], below[0]);
    case TermKind::mismatch: return mismatch(new_names[0], new_names[1], below[0]);
    case TermKind::test: return test({new_names[0], static_cast<TestKind>(term.count)}, below[0]);
    case TermKind::parallel: return parallel(below);
    case TermKind::sum: return sum(below);
    case TermKind::restriction: return restriction(term.count, below[0]);
    case TermKind::replication: return replication(below[0]);
    case TermKind::call: return call(static_cast<AgentId>(term.count), new_names);
  }
  return t;
}

TermId Terms::rename(TermId t, const Substitution& by) {
  bool changes_nothing = by.free_to.empty() && by.lift == by.loose_to.size();
  for (std::uint32_t i = 0; changes_nothing && i < by.lift; ++i) changes_nothing = by.loose_to[i] == bound_name(i);
  return changes_nothing ? t : renamed(t, by, 0);
}

TermId Terms::instantiate(TermId t, std::span<const Name> names) {
  return rename(t, {.loose_to = {names.begin(), names.end()}});
}

TermId Terms::substitute(TermId t, std::vector<std::pair<Name, Name>> free_to) {
  return rename(t, {.free_to = std::move(free_to)});
}

TermId Terms::unfold(TermId call) {
  assert(terms_[call].kind == TermKind::call);
  return instantiate(body(static_cast<AgentId>(terms_[call].count)), names(call));
}

}  // namespace tryst::pi
