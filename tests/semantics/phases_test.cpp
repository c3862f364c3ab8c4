// Networks behind events, choices and `;` against the reference engine: the same terms as states, the same transitions.
#include <catch2/catch.hpp>

#include "semantics/script_error.hpp"
#include "tests/semantics/network_difference.hpp"
#include "tests/semantics/process_syntax.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

constexpr EventId a{2};
constexpr EventId b{3};

// Parallels below whatever may come before them, and around each other.
class Phased {
 public:
  Phased(TermBuilder& t, std::mt19937& random) : t_(t), random_(random) {}

  ProcessId operator()(std::size_t depth) {
    if (depth == 0) return leaf();
    switch (random_() % 16) {
      case 0: return t_.prefix(event(), (*this)(depth - 1));
      case 1: return t_.apply(Operator::internal_choice, {(*this)(depth - 1), (*this)(depth - 1)});
      case 2: return t_.menu({a, b}, {(*this)(depth - 1), (*this)(depth - 1)});
      case 3:
      case 4: return t_.apply(Operator::sequential, {(*this)(depth - 1), (*this)(depth - 1)});
      case 5:
        return t_.apply(Operator::sequential, {ending(), random_() % 2 == 0 ? t_.call("AGAIN") : (*this)(depth - 1)});
      case 6: return t_.apply(Operator::hide, {(*this)(depth - 1)}, {event()});
      case 7: return t_.rename((*this)(depth - 1), {{event(), event()}});
      case 8: return t_.apply(forms_[random_() % std::size(forms_)], {(*this)(depth - 1), (*this)(depth - 1)});
      case 9: return t_.apply(Operator::exception, {(*this)(depth - 1), after(depth - 1)}, {event()});
      case 10: return t_.apply(Operator::exception, {(*this)(depth - 1), after(depth - 1)}, {a, b});
      case 11: return t_.apply(Operator::interrupt, {(*this)(depth - 1), after(depth - 1)});
      default: return parallel((*this)(depth - 1), (*this)(depth - 1));
    }
  }

  // A parallel that may end, with something after it that may be the same again.
  void define_loop() {
    const ProcessId round = parallel(ending(), ending());
    const ProcessId guarded = random_() % 2 == 0 ? t_.prefix(event(), round) : round;
    t_.define("AGAIN", [this, guarded] { return t_.apply(Operator::sequential, {guarded, t_.call("AGAIN")}); });
  }

 private:
  EventId event() { return random_() % 2 == 0 ? a : b; }
  ProcessId leaf() { return term_of(t_, random_process(random_, 1 + random_() % 5, forms().size())); }
  ProcessId after(std::size_t depth) {
    return random_() % 3 == 0 ? t_.prefix(event(), t_.call("AGAIN")) : (*this)(depth);
  }
  // Performs something, so that loops are guarded.
  ProcessId ending() {
    const ProcessId last = random_() % 3 == 0 ? parallel(t_.skip(), t_.prefix(event(), t_.skip())) : t_.skip();
    return t_.prefix(event(), random_() % 2 == 0 ? t_.prefix(event(), last) : last);
  }
  ProcessId parallel(ProcessId p, ProcessId q) {
    switch (random_() % 5) {
      case 0: return t_.apply(Operator::parallel, {p, q}, {event()});
      case 1: return t_.alphabetised({p, q}, {{a, b}, {event()}});
      case 2: return t_.link(p, q, {{event(), event()}});
      case 3: return t_.apply(Operator::interleave, {p, q, random_() % 2 == 0 ? p : leaf()});
      default: return t_.apply(Operator::interleave, {p, q});
    }
  }

  static constexpr Operator forms_[] = {Operator::external_choice, Operator::sliding_choice, Operator::interrupt};
  TermBuilder& t_;
  std::mt19937& random_;
};

std::size_t components_at_start(TermBuilder& t, ProcessId process) {
  return CompiledNetwork(t.terms, t, process, nullptr, CompiledNetwork::Around::component,
                         CompiledNetwork::Behind::component)
      .size();
}

}  // namespace

TEST_CASE("networks that begin and end on the way have the states and transitions of the reference engine") {
  std::mt19937 random(2'024);
  std::size_t grown = 0;
  for (int round = 0; round < 6000; ++round) {
    TermBuilder t;
    declare(t);
    Phased phased(t, random);
    phased.define_loop();
    ProcessId whole = phased(2 + random() % 3);
    if (random() % 3 == 0) whole = t.apply(Operator::parallel, {whole, phased(2)}, {a});
    std::size_t components = 0;
    INFO(round);
    REQUIRE(difference(t, whole, 300, &components) == "");
    grown += components > components_at_start(t, whole) ? 1 : 0;
  }
  CHECK(grown > 3000);
}

TEST_CASE("a parallel behind an event is components of its own, one set for all values received") {
  TermBuilder t;
  std::vector<EventId> starts;
  std::vector<ProcessId> after;
  const EventId step = t.event("step");
  ProcessId chain = t.skip();
  for (int i = 0; i < 400; ++i) {
    starts.push_back(t.event("init." + std::to_string(i)));
    chain = t.prefix(step, chain);
    after.push_back(t.apply(Operator::interleave, {chain, t.prefix(starts.front(), t.skip())}));
  }
  std::size_t components = 0;
  CHECK(difference(t, t.menu(starts, after), 2000, &components) == "");
  CHECK(components == 4);  // with the one that ends the parallel
}

TEST_CASE("what a parallel is followed by uses its components again where it is the same parallel") {
  TermBuilder t;
  const EventId left = t.event("left");
  const EventId right = t.event("right");
  const ProcessId both = t.apply(Operator::interleave, {t.prefix(left, t.skip()), t.prefix(right, t.skip())});
  t.define("ROUND", [&] { return t.apply(Operator::sequential, {both, t.call("ROUND")}); });
  std::size_t components = 0;
  CHECK(difference(t, t.call("ROUND"), 2000, &components) == "");
  CHECK(components == 4);
}

TEST_CASE("a parallel in an exception or an interrupt is components of its own, whatever stops them") {
  TermBuilder t;
  declare(t);
  const ProcessId left = t.prefix(a, t.prefix(a, t.stop()));
  const ProcessId right = t.prefix(b, t.prefix(b, t.stop()));
  const ProcessId both = t.apply(Operator::interleave, {left, right});
  std::size_t components = 0;

  SECTION("exception, with itself again") {
    t.define("AGAIN", [&] { return t.apply(Operator::exception, {both, t.call("AGAIN")}, {a}); });
    CHECK(difference(t, t.call("AGAIN"), 100, &components) == "");
    CHECK(components == 3);
  }
  SECTION("interrupt, with a choice behind τ") {
    const ProcessId handler = t.apply(Operator::internal_choice, {t.prefix(a, t.skip()), t.prefix(b, both)});
    CHECK(difference(t, t.apply(Operator::interrupt, {both, handler}), 100, &components) == "");
    CHECK(components == 6);  // two of them for the parallel that the handler leads to
  }
  SECTION("around each other, and `;`: what the handler does while the first operand goes on to something else") {
    const ProcessId ends = t.apply(Operator::interleave, {t.prefix(a, t.skip()), t.skip()});
    const ProcessId then = t.apply(Operator::sequential, {ends, left});
    const ProcessId handler = t.apply(Operator::internal_choice, {t.prefix(b, t.skip()), t.stop()});
    const ProcessId inner = t.apply(Operator::interrupt, {then, handler});
    CHECK(difference(t, t.apply(Operator::exception, {inner, right}, {b}), 100, &components) == "");
    CHECK(components == 5);  // with the one that ends the parallel
  }
  SECTION("inside another one that is stopped") {
    const ProcessId inner = t.apply(Operator::exception, {both, right}, {a});
    const ProcessId whole = t.apply(Operator::parallel, {inner, t.prefix(a, left)}, {a});
    CHECK(difference(t, t.apply(Operator::exception, {whole, right}, {b}), 100, &components) == "");
    CHECK(components == 5);
  }
  SECTION("what becomes a parallel later, where it may be stopped, is one component") {
    const ProcessId later = t.apply(Operator::interleave, {t.prefix(a, both), left});
    CHECK(difference(t, t.apply(Operator::exception, {later, right}, {b}), 100, &components) == "");
    CHECK(components == 3);
  }
}

TEST_CASE("what an exception would lead to may be wrong, as long as nothing is thrown") {
  TermBuilder t;
  declare(t);
  t.define("WRONG", [&]() -> ProcessId { throw ScriptError{}; });
  const ProcessId step = t.prefix(a, t.prefix(b, t.stop()));
  const ProcessId both = t.apply(Operator::interleave, {step, step});
  const ProcessId whole = t.apply(Operator::exception, {both, t.call("WRONG")}, {b});
  std::size_t components = 0;
  CHECK(difference(t, t.apply(Operator::parallel, {whole, t.stop()}, {b}), 100, &components) == "");
  CHECK(components == 4);
  CHECK_THROWS_AS(difference(t, whole, 100), ScriptError);
}

TEST_CASE("limits of phases: what is beyond them is one component, and means the same") {
  TermBuilder t;
  declare(t);
  const ProcessId step = t.prefix(a, t.prefix(b, t.skip()));
  std::size_t components = 0;

  SECTION("operands") {
    for (const std::size_t count : {Phases::operands_max, Phases::operands_max + 1}) {
      const ProcessId many = t.apply(Operator::parallel, std::vector(count, step), {a, b});
      CHECK(difference(t, t.prefix(b, many), 200, &components) == "");
      CHECK(components == (count == Phases::operands_max ? 2 + count : 1));
    }
  }
  SECTION("phases") {
    for (const std::size_t count : {Phases::phases_max, Phases::phases_max + 1}) {
      std::vector<EventId> events;
      std::vector<ProcessId> after;
      for (std::size_t i = 0; i < count; ++i) {
        events.push_back(t.event("e." + std::to_string(i)));
        after.push_back(t.apply(Operator::parallel, {step, step}, {events.back()}));
      }
      CHECK(difference(t, t.menu(events, after), 1000, &components) == "");
      CHECK(components == 1 + 3 * Phases::phases_max);
    }
  }
  SECTION("components") {
    t.define("GROW", [&] { return t.prefix(a, t.apply(Operator::parallel, {t.call("GROW"), t.stop()}, {b})); });
    CHECK(difference(t, t.call("GROW"), 300, &components) == "");
    CHECK(components == 1 + Phases::components_max);
  }
}
