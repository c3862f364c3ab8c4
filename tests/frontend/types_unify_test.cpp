// Unification by itself: first-order terms against a textbook version, dots against a table of their rules.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <random>

#include "frontend/csp/type_annotation.hpp"
#include "frontend/csp/type_printer.hpp"
#include "frontend/csp/unify.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

// Two types that may share variables, read from one tuple `(expected, actual)`.
struct Pair {
  explicit Pair(const std::string& tuple) {
    const TypeId both = typed.types.instantiate(parse_type(typed.types, tuple));
    expected = typed.types.items(both)[0];
    actual = typed.types.items(both)[1];
  }
  // The type that both become, or why they do not.
  std::string unify() {
    try {
      const TypeId t = unifier.unify(expected, actual);
      return TypePrinter(typed).scheme(t);
    } catch (const Mismatch& m) {
      switch (m.kind) {
        case Mismatch::Kind::types: return "mismatch";
        case Mismatch::Kind::infinite: return "infinite";
        case Mismatch::Kind::constraint: return "lacks " + std::string(name(m.constraint));
      }
    } catch (const TypeLimit&) {
      return "limit";
    }
    return {};
  }

  Typed typed;
  Unifier unifier{typed.types};
  TypeId expected{}, actual{};
};

std::string unify(const std::string& expected, const std::string& actual) {
  return Pair("(" + expected + ", " + actual + ")").unify();
}

std::string unify_one_way(const std::string& expected, const std::string& actual) {
  Pair pair("(" + expected + ", " + actual + ")");
  const Unifier::SymmetryOff off(pair.unifier);
  return pair.unify();
}

std::string evaluated(const std::string& type) {
  Pair pair("(" + type + ", Int)");
  try {
    return TypePrinter(pair.typed).type(pair.unifier.evaluate_dots(pair.expected));
  } catch (const Mismatch&) {
    return "mismatch";
  }
}

std::string with(Constraint c, const std::string& type) {
  Pair pair("(" + type + ", Int)");
  try {
    pair.unifier.require(c, pair.expected);
    return TypePrinter(pair.typed).scheme(pair.expected);
  } catch (const Mismatch&) {
    return "no";
  }
}

// A first-order term, and Robinson's algorithm (J. ACM 1965) with substitutions as maps.
struct Term {
  std::string head;  // a variable if it begins with `v`
  std::vector<std::shared_ptr<const Term>> arguments;
};
using TermPtr = std::shared_ptr<const Term>;
using Substitution = std::map<std::string, TermPtr>;

TermPtr substituted(const Substitution& s, const TermPtr& t) {
  if (t->head[0] == 'v') {
    const auto found = s.find(t->head);
    return found == s.end() ? t : substituted(s, found->second);
  }
  auto copy = std::make_shared<Term>(Term{t->head, {}});
  for (const TermPtr& a : t->arguments) copy->arguments.push_back(substituted(s, a));
  return copy;
}

bool occurs(const std::string& v, const TermPtr& t) {
  if (t->head == v) return true;
  return std::any_of(t->arguments.begin(), t->arguments.end(), [&](const TermPtr& a) { return occurs(v, a); });
}

bool robinson(TermPtr a, TermPtr b, Substitution& s) {
  a = substituted(s, a);
  b = substituted(s, b);
  if (a->head[0] != 'v' && b->head[0] == 'v') std::swap(a, b);
  if (a->head[0] == 'v') {
    if (a->head == b->head) return true;
    if (occurs(a->head, b)) return false;
    s[a->head] = b;
    return true;
  }
  if (a->head != b->head || a->arguments.size() != b->arguments.size()) return false;
  for (std::size_t i = 0; i < a->arguments.size(); ++i)
    if (!robinson(a->arguments[i], b->arguments[i], s)) return false;
  return true;
}

std::string text(const TermPtr& t) {
  const auto list = [&](std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += (i == 0 ? "" : ", ") + text(t->arguments[i]);
    return all;
  };
  if (t->head == "set") return "{" + list(1) + "}";
  if (t->head == "sequence") return "<" + list(1) + ">";
  if (t->head == "tuple") return "(" + list(t->arguments.size()) + ")";
  if (t->head == "function") return "((" + list(t->arguments.size() - 1) + ") -> " + text(t->arguments.back()) + ")";
  return t->head;
}

TermPtr random_term(std::mt19937& random, int depth) {
  const auto pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  const int choice = pick(depth == 0 ? 6 : 10);
  if (choice < 4) return std::make_shared<Term>(Term{"v" + std::to_string(choice), {}});
  if (choice < 6) return std::make_shared<Term>(Term{choice == 4 ? "Int" : "Bool", {}});
  const std::string heads[] = {"set", "sequence", "tuple", "function"};
  auto t = std::make_shared<Term>(Term{heads[choice - 6], {}});
  const int count = choice < 8 ? 1 : choice == 8 ? 2 : 1 + pick(3);
  for (int i = 0; i < count; ++i) t->arguments.push_back(random_term(random, depth - 1));
  return t;
}

}  // namespace

TEST_CASE("First-order terms unify exactly where Robinson's algorithm unifies them, to the same type", "[types]") {
  std::mt19937 random(20260101);
  int unified = 0;
  for (int round = 0; round < 4000; ++round) {
    const TermPtr a = random_term(random, 3), b = random_term(random, 3);
    Substitution s;
    const bool expected = robinson(a, b, s);
    const std::string ours = unify(text(a), text(b));
    INFO(text(a) << "   with   " << text(b));
    CHECK(expected == (ours != "mismatch" && ours != "infinite"));
    if (!expected) continue;
    ++unified;
    // Unifying once more with what it should be must not change it, whatever the variables are called.
    const std::string wanted = text(substituted(s, a));
    Pair canonical("(" + wanted + ", Int)");
    CHECK(ours == TypePrinter(canonical.typed).type(canonical.expected));
  }
  CHECK(unified > 500);
}

TEST_CASE("A dot is completed by the fields that its head takes", "[types]") {
  CHECK(unify("Event", "(Int=>Event).Int") == "Event");
  CHECK(unify("Event", "(Int=>Bool=>Event).Int.Bool") == "Event");
  CHECK(unify("Event", "(Int=>Bool=>Event).a") == "Event");
  CHECK(unify("Event", "(Int=>Event).Bool") == "mismatch");
  CHECK(unify("Event", "(Int=>Event).Int.Int") == "mismatch");
  CHECK(unify("Event", "(Int=>Bool=>Event).Int") == "mismatch");
  CHECK(unify("Event", "Int.Int") == "mismatch");
}

TEST_CASE("The last variable of a dot takes all fields that are left, any other takes one", "[types]") {
  CHECK(unify("(a, Event)", "(a, (Int=>Bool=>Event).a)") == "(Int.Bool, Event)");
  CHECK(unify("(a, b, Event)", "(a, b, (Int=>Bool=>Char=>Event).a.b)") == "(Int, Bool.Char, Event)");
  CHECK(evaluated("(Int=>Bool=>Event).a") == "Event");
  CHECK(evaluated("(Int=>Bool=>Event).Int") == "Bool=>Event");
  CHECK(evaluated("(Int=>Event).Bool") == "mismatch");
}

TEST_CASE("A field that wants fields itself is completed first", "[types]") {
  // c.d.0 for channels c : Event=>Event and d : Int=>Event.
  CHECK(evaluated("(Event=>Event).(Int=>Event).Int") == "Event");
  CHECK(evaluated("(Event=>Event).(Int=>Event)") == "Int=>Event");
  CHECK(unify("Event", "(Event=>Event).(Int=>Event).Int") == "Event");
}

TEST_CASE("Only where symmetry is allowed does a dot take something else apart", "[types]") {
  CHECK(unify("a.b", "Event") == "Event");
  CHECK(unify_one_way("a.b", "Event") == "mismatch");
  CHECK(unify_one_way("a.b", "Int=>Event") == "mismatch");
  CHECK(unify_one_way("Event", "a.Int") == "Event");
  CHECK(unify_one_way("a.b", "Int.Bool") == "Int.Bool");
  CHECK(unify_one_way("a.b", "Int.Bool.Char") == "Int.Bool.Char");
}

TEST_CASE("An extendable agrees with everything that leads to its result", "[types]") {
  CHECK(unify("a=>*Event", "Event") == "Event");
  CHECK(unify("a=>*Event", "Int=>Event") == "Int=>Event");
  CHECK(unify("a=>*Event", "Int=>Bool=>Event") == "Int=>Bool=>Event");
  CHECK(unify("a=>*Event", "b=>*Event") == "a=>*Event");
  CHECK(unify("a=>*Event", "Int") == "mismatch");
  CHECK(unify("a=>*Event", "Int=>Bool") == "mismatch");
  CHECK(unify("a=>*Event", "(Int=>Bool=>Event).Int") == "Bool=>Event");
  CHECK(unify("a=>*Event", "(Int=>Bool=>Event).b") == "Bool=>Event");
  CHECK(unify("(a=>*Event, a=>*Event)", "(Int=>Event, b)") == "(Int=>Event, Int=>Event)");
}

TEST_CASE("Dotables agree field by field, however their fields are grouped", "[types]") {
  CHECK(unify("Int=>Bool=>Event", "Int.Bool=>Event") == "Int=>Bool=>Event");
  CHECK(unify("Int=>Bool=>Event", "a=>Event") == "Int=>Bool=>Event");
  CHECK(unify("Int=>Event", "Bool=>Event") == "mismatch");
  CHECK(unify("Int=>Event", "Int=>Bool=>Event") == "mismatch");
  CHECK(unify("Int=>(a=>*Event)", "Int=>Bool=>Event") == "Int=>Bool=>Event");
}

TEST_CASE("Variables that would contain themselves are found", "[types]") {
  CHECK(unify("a", "{a}") == "infinite");
  CHECK(unify("(a, b)", "({b}, <a>)") == "infinite");
  CHECK(unify("a", "(b=>a).b") == "a");
}

TEST_CASE("Every property is asked of the parts that matter for it", "[types]") {
  using enum Constraint;
  CHECK(with(eq, "(Int, a)") == "Eq a => (Int, a)");
  CHECK(with(eq, "<Proc>") == "no");
  CHECK(with(eq, "(a) -> a") == "no");
  CHECK(with(eq, "Int=>Event") == "Int=>Event");
  CHECK(with(ord, "Bool") == "no");
  CHECK(with(ord, "{Bool}") == "{Bool}");
  CHECK(with(ord, "<Proc>") == "no");
  CHECK(with(ord, "(Char, a)") == "Ord a => (Char, a)");
  CHECK(with(ord, "Int.Int") == "no");
  CHECK(with(Constraint::set, "Proc") == "Proc");
  CHECK(with(Constraint::set, "<(Int) -> Int>") == "no");
  CHECK(with(complete, "Int=>Event") == "no");
  CHECK(with(complete, "(Int=>Event).Int") == "(Int=>Event).Int");
  CHECK(with(complete, "a=>*Event") == "Event");
  CHECK(with(complete, "<(Int) -> Int>") == "<(Int) -> Int>");
  CHECK(with(yieldable, "Event") == "Event");
  CHECK(with(yieldable, "Int") == "no");
  CHECK(with(yieldable, "a=>*Event") == "Event");
}

TEST_CASE("What equality implies is not said twice", "[types]") {
  Typed typed;
  const auto printed = [&](const std::string& t) { return TypePrinter(typed).scheme(parse_type(typed.types, t)); };
  CHECK(printed("(Eq a, Set a, Ord b) => (a, b)") == "(Eq a, Ord b) => (a, b)");
  CHECK(printed("Set a => ({a}) -> <a>") == "Set a => ({a}) -> <a>");
}

TEST_CASE("Every built-in's type reads back as it is written in the table", "[types]") {
  Typed typed;
  for (const BuiltinEntry& entry : builtins()) {
    INFO(entry.name);
    const std::string once = TypePrinter(typed).scheme(parse_type(typed.types, entry.type));
    CHECK(TypePrinter(typed).scheme(parse_type(typed.types, once)) == once);
  }
}

TEST_CASE("Undoing leaves no trace of a unification", "[types]") {
  Pair pair("((a, <b>, c=>*Event), ({Int}, <Bool>, Int=>Event))");
  const std::string before = TypePrinter(pair.typed).type(pair.expected);
  const auto mark = pair.typed.types.mark();
  CHECK(pair.unify() == "({Int}, <Bool>, Int=>Event)");
  pair.typed.types.rollback(mark);
  CHECK(TypePrinter(pair.typed).type(pair.expected) == before);
}

TEST_CASE("Types nested beyond the limit are refused, those at the limit are not", "[types]") {
  const auto nested = [](int depth) {
    Typed typed;
    Unifier unifier(typed.types);
    TypeId a = typed.types.fresh(), b = TypeTable::integer;
    for (int i = 1; i < depth; ++i) {
      a = typed.types.set(a);
      b = typed.types.set(b);
    }
    try {
      unifier.unify(a, b);
      return true;
    } catch (const TypeLimit&) {
      return false;
    }
  };
  CHECK(nested(TypeTable::depth_max));
  CHECK_FALSE(nested(TypeTable::depth_max + 1));
}
