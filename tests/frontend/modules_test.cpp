// Modules and instances: what is visible where, and what an instance has of its own.
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "tests/frontend/resolved.hpp"

namespace tryst::csp {

namespace {

// The declarations of an instance with everything below them, by way of its binding.
const Decl& module_named(const Resolved& r, std::string_view qualified) {
  const auto found = r.named(qualified);
  REQUIRE(found.size() == 1);
  return r.typed.script.decls[r.typed.bindings[found.front()].decl];
}

std::vector<std::string> channels(const Resolved& r) {
  std::vector<std::string> names;
  for (const BindingId b : r.typed.channels) names.push_back(r.typed.bindings[b].qualified);
  return names;
}

// The binding that the body of a function without parameters refers to, if the body is a name.
std::string body_refers_to(const Resolved& r, std::string_view qualified) {
  const auto found = r.named(qualified);
  REQUIRE(found.size() == 1);
  const Decl& decl = r.typed.script.decls[r.typed.bindings[found.front()].decl];
  return r.typed.bindings[r.typed.expr_uses[index(decl.clauses.front().body)]].qualified;
}

}  // namespace

TEST_CASE("exported names are used with their module's name, all names inside without") {
  const char* script = R"(
module M
  p = 1
exports
  x = p
  module N
  exports
    y = x
  endmodule
endmodule
u = M::x
v = M::N::y
)";
  CHECK(codes(script) == "");
  CHECK(refers(script, "p", 1) == 0);
  CHECK(refers(script, "x", 1) == 0);
  CHECK(refers(script, "x", 2) == 0);
  CHECK(refers(script, "y", 1) == 0);
}

TEST_CASE("a module's names hide those around it, inside it only") {
  CHECK(refers("x = 0\nmodule M\nexports\n  x = 1\n  y = x\nendmodule\nz = x\n", "x", 2) == 1);
  CHECK(refers("x = 0\nmodule M\nexports\n  x = 1\n  y = x\nendmodule\nz = x\n", "x", 3) == 0);
}

TEST_CASE("an inner module without a name does not hide an outer one of the same name that has it") {
  CHECK(refers(
            "module N\nexports\n  x = 0\nendmodule\nmodule M\nexports\n  module N\n  exports\n  endmodule\n  y = N::x\n"
            "endmodule\n",
            "x", 1) == 0);
}

TEST_CASE("channels and constructors of modules are constants in patterns, qualified or inside") {
  const char* script = R"(
module M
exports
  channel c
  datatype T = A | B
  f(A) = 1
endmodule
g(M::A) = M::c
)";
  CHECK(codes(script) == "");
  CHECK(refers(script, "A", 1) == 0);
  CHECK(refers(script, "A", 2) == 0);
}

TEST_CASE("an instance has channels and datatypes of its own") {
  const Resolved r(R"(
module M(X)
exports
  channel c : X
  datatype T = A.X
  P = c?x -> P
  f(A.y) = y
endmodule
instance I = M({0})
instance J = M({1})
Q = I::P ||| J::P
)");
  REQUIRE(r.codes() == "");
  CHECK(channels(r) == std::vector<std::string>{"I::c", "J::c"});
  const Decl& i = module_named(r, "I");
  const Decl& j = module_named(r, "J");
  CHECK(i.kind == DeclKind::module);
  CHECK(i.instance_of == j.instance_of);
  CHECK(r.named("I::A").size() == 1);
  CHECK(r.named("I::T").at(0) != r.named("J::T").at(0));
}

TEST_CASE("an instance starts with its parameters, bound to the arguments") {
  const Resolved r("module M(a, (b, _))\nexports\n  x = b\n  y = a\nendmodule\nz = 1\ninstance I = M(z, (2, 3))\n");
  REQUIRE(r.codes() == "");
  const Decl& instance = module_named(r, "I");
  REQUIRE(instance.inner.size() == 2);
  const Decl& first = r.typed.script.decls[instance.inner[0]];
  CHECK(first.kind == DeclKind::pattern);
  CHECK(r.typed.bindings[r.typed.expr_uses[index(first.expr)]].qualified == "z");
  CHECK(body_refers_to(r, "I::x") == "I::b");
  CHECK(body_refers_to(r, "I::y") == "I::a");
  CHECK(r.typed.bindings[r.named("I::b").at(0)].decl == instance.inner[1]);
}

TEST_CASE("an instance means what its module's text means where the module stands") {
  const Resolved r(R"(
x = 0
module M
exports
  y = x
  z = M::y
  u = v
  v = u
endmodule
module N
  x = 1
exports
  instance I = M
endmodule
)");
  REQUIRE(r.codes() == "");
  CHECK(body_refers_to(r, "N::I::y") == "x");
  CHECK(body_refers_to(r, "N::I::z") == "N::I::y");  // the module's name means the copy in the copy
  CHECK(body_refers_to(r, "N::I::u") == "N::I::v");
}

TEST_CASE("instances may be declared before their modules, inside modules, and of what is in instances") {
  const Resolved r(R"(
instance X2 = X1::N(7)
instance X1 = M(5)
module M(x)
  module H
  exports
    w = 1
  endmodule
  instance K = H
exports
  channel c
  module N(y)
  exports
    channel d
    g = x
    k = K::w
  endmodule
endmodule
instance X3 = X2
)");
  REQUIRE(r.codes() == "");
  CHECK(channels(r) == std::vector<std::string>{"X2::d", "X1::c", "X3::d"});
  CHECK(body_refers_to(r, "X2::g") == "X1::x");
  CHECK(body_refers_to(r, "X3::k") == "X1::K::w");
}

TEST_CASE("an instance may have the name of an outer module that it is an instance of") {
  const Resolved r(
      "module M(a)\nexports\n  x = a\nendmodule\nmodule N\nexports\n  instance M = M(1)\n  y = M::x\n"
      "endmodule\n");
  REQUIRE(r.codes() == "");
  CHECK(body_refers_to(r, "N::y") == "N::M::x");
}

TEST_CASE("types of modules are used with the module's name") {
  const char* module = "module M\nexports\n  datatype Colour = Red\n  x = 1\nendmodule\n";
  const auto annotated = [&](std::string type) { return module + ("f :: " + type + "\nf = M::Red\n"); };
  CHECK(refers(annotated("M::Colour"), "Colour", 1) == 0);
  CHECK(errors(annotated("M::Color")) == R"(error[P0203]: type `M::Color` is not defined
 --> m.csp:6:6
  |
6 | f :: M::Color
  |      ^^^^^^^^ module `M` has no `Color`
  = help: did you mean `M::Colour`? (defined at m.csp:3:12)
)");
  CHECK(errors(annotated("M::x")) == R"(error[P0206]: `M::x` is not a datatype
 --> m.csp:6:6
  |
6 | f :: M::x
  |      ^^^^ used as a datatype
note: `x` is defined here
 --> m.csp:4:3
  |
4 |   x = 1
  |   ^
)");
}

TEST_CASE("local variables, lets and type variables of an instance are its own") {
  const Resolved r(R"(
module M
exports
  f :: (a) -> a
  f(x) = let g(y) = y within \ z @ {g(u) | u <- {x}, u == z}
endmodule
instance I = M
)");
  REQUIRE(r.codes() == "");
  // every variable is introduced twice, and no node of one copy refers to a binding of the other
  for (const char* name : {"x", "y", "z", "u", "g", "a"}) {
    std::set<BindingId> introduced;
    for (std::size_t i = 0; i < r.typed.bindings.size(); ++i) {
      const auto b = static_cast<BindingId>(i);
      if (r.typed.script.symbols.text(r.typed.bindings[b].symbol) == name) introduced.insert(b);
    }
    CHECK(introduced.size() == 2);
    std::set<BindingId> used;
    for (const auto& uses : {r.typed.expr_uses, r.typed.type_uses, r.typed.pattern_names})
      used.insert(uses.begin(), uses.end());
    CHECK(std::includes(used.begin(), used.end(), introduced.begin(), introduced.end()));
  }
}

TEST_CASE("Timed sections in a module become the instance's, with its tock") {
  const Resolved r("module M\n  channel tock\nexports\n  Timed {\n    P = STOP\n  }\nendmodule\ninstance I = M\n");
  REQUIRE(r.codes() == "");
  const auto section = [&](const char* name) {
    return r.typed.timed_sections[r.typed.timed_section[index(r.typed.bindings[r.named(name).at(0)].decl)]];
  };
  CHECK(r.typed.bindings[section("M::P").tock].qualified == "M::tock");
  CHECK(r.typed.bindings[section("I::P").tock].qualified == "I::tock");
}

TEST_CASE("private names, and those inside a module with parameters, are refused with their reason") {
  CHECK(errors("module M\n  p = 1\nexports\nendmodule\nx = M::p\n") == R"(error[P0204]: `M::p` is private to module `M`
 --> m.csp:5:5
  |
5 | x = M::p
  |     ^^^^ not exported
  = help: move its definition below `exports` to use it outside of the module
note: `p` is defined here
 --> m.csp:2:3
  |
2 |   p = 1
  |   ^
)");
  CHECK(errors("module M(n)\nexports\n  x = n\nendmodule\ny = M::x\n") ==
        R"(error[P0205]: `M::x` is inside module `M`, which has parameters
 --> m.csp:5:5
  |
5 | y = M::x
  |     ^^^^ only instances of the module have names
  = help: declare `instance I = M(..)` and use what is inside `I`
)");
  CHECK(codes("module M(x)\n  module H(y)\n  exports\n  endmodule\nexports\n  module N(y)\n  exports\n  endmodule\n"
              "endmodule\ninstance A = M::N(0)\ninstance X = M(0)\ninstance B = X::H(0)\n") == "P0205 P0204");
}

TEST_CASE("modules are no values, values are no modules") {
  CHECK(errors("module M\nexports\nendmodule\nP = M\n") == R"(error[P0206]: `M` is a module, not a value
 --> m.csp:4:5
  |
4 | P = M
  |     ^ used as a value
note: `M` is defined here
 --> m.csp:1:8
  |
1 | module M
  |        ^
)");
  CHECK(errors("f = 1\ny = f::x\n") == R"(error[P0206]: `f` is not a module
 --> m.csp:2:5
  |
2 | y = f::x
  |     ^^^^ used as a module
note: `f` is defined here
 --> m.csp:1:1
  |
1 | f = 1
  | ^
)");
  CHECK(codes("f = 1\ninstance I = f\ny = I::x\n") == "P0206");
  CHECK(codes("module G\nexports\n  module X\n  exports\n  endmodule\n  J = X.0\nendmodule\ndatatype Y = X.Int\n") ==
        "P0206");
}

TEST_CASE("the number of arguments is that of the parameters") {
  CHECK(errors("module M(a)\nexports\nendmodule\ninstance N = M(0, 1)\n") ==
        R"(error[P0218]: module `M` has 1 parameter, but the instance gives 2 arguments
 --> m.csp:4:14
  |
4 | instance N = M(0, 1)
  |              ^^^^^^^ 2 arguments
note: `M` is defined here
 --> m.csp:1:8
  |
1 | module M(a)
  |        ^
)");
  CHECK(codes("module M(a)\nexports\n  x = a\nendmodule\ninstance N = M\ny = N::x\n") == "P0218");
  CHECK(codes("module M\nexports\nendmodule\ninstance N = M(1)\n") == "P0218");
}

TEST_CASE("a module may not use an instance of itself, however far around") {
  CHECK(errors("module M\n  p = 1\nexports\n  x = y\nendmodule\ny = I::x\ninstance I = M\n") ==
        R"(error[P0221]: module `M` uses `I`, an instance of itself
 --> m.csp:7:10
  |
7 | instance I = M
  |          ^ this instance
  = help: move what both need into a module of its own
note: `M::x` uses `y` here
 --> m.csp:4:7
  |
4 |   x = y
  |       ^
note: `y` uses `I::x` here
 --> m.csp:6:5
  |
6 | y = I::x
  |     ^^^^
)");
  CHECK(codes("module M(X)\nexports\n  y = J::y\nendmodule\ninstance J = M({1})\n") == "P0221");
  CHECK(codes("module M(X)\nexports\nendmodule\ninstance J = M(J::z)\n") == "P0203");
  CHECK(codes("module M(X)\nexports\n  z = X\nendmodule\ninstance J = M(J::z)\n") == "");
  CHECK(codes("module M\nexports\n  x = 1\nendmodule\ny = I::x\ninstance I = M\nz = M::x\n") == "");
}

TEST_CASE("an instance may not stand inside its own module, nor need itself to be found") {
  CHECK(errors("module M\n  instance I = M\nexports\nendmodule\n") ==
        R"(error[P0219]: instance `I` stands inside what it is an instance of
 --> m.csp:2:3
  |
2 |   instance I = M
  |   ^^^^^^^^^^^^^^ would contain itself
)");
  CHECK(codes("module M\n  instance I = N\nexports\nendmodule\nmodule N\n  instance J = M\nexports\nendmodule\n") ==
        "P0219");
  CHECK(codes("instance A = B::M\ninstance B = A::M\n") == "P0219");
  CHECK(codes("instance A = A\n") == "P0203");
}

TEST_CASE("unknown modules are named, and the nearest one is offered") {
  CHECK(errors("module Buffer\nexports\nendmodule\ninstance I = Bufer\n") ==
        R"(error[P0203]: module `Bufer` is not defined
 --> m.csp:4:14
  |
4 | instance I = Bufer
  |              ^^^^^ unknown module
  = help: did you mean `Buffer`? (defined at m.csp:1:8)
)");
  CHECK(errors("module Buffer\nexports\n  size = 1\nendmodule\nx = Buffer::sise\n") ==
        R"(error[P0203]: `Buffer::sise` is not defined
 --> m.csp:5:5
  |
5 | x = Buffer::sise
  |     ^^^^^^^^^^^^ module `Buffer` has no `sise`
  = help: did you mean `Buffer::size`? (defined at m.csp:3:3)
)");
  CHECK(errors("x = Buffer::size\n") == R"(error[P0203]: `Buffer::size` is not defined
 --> m.csp:1:5
  |
1 | x = Buffer::size
  |     ^^^^^^^^^^^^ unknown module `Buffer`
)");
}

TEST_CASE("duplicates are found among modules, instances and what modules define") {
  CHECK(codes("module M\nexports\nendmodule\nmodule M\nexports\nendmodule\n") == "P0201");
  CHECK(codes("module M(x)\nexports\nendmodule\ninstance M = M(0)\n") == "P0201");
  CHECK(codes("module M\n  x = 1\nexports\n  x = 2\nendmodule\n") == "P0201");
  CHECK(codes("module M(x)\nexports\n  x = 2\nendmodule\n") == "P0201");
  CHECK(codes("module M(x, x)\nexports\nendmodule\n") == "P0202");
  CHECK(codes("channel M\nmodule M\nexports\n  channel M\nendmodule\n") == "P0201");
}

TEST_CASE("instances that double at each level are refused before they fill the memory") {
  std::string script = "module M0\nexports\n  x = 1\nendmodule\n";
  for (int i = 1; i <= 40; ++i) {
    const std::string inner = "M" + std::to_string(i - 1);
    script += "module M" + std::to_string(i) + "\nexports\n  instance A = " + inner + "\n  instance B = " + inner +
              "\nendmodule\n";
  }
  const Resolved r(script + "y = M40::A::B::x\n");
  REQUIRE(r.codes() == "P0220");
  CHECK(r.diagnostics.all().front().message == "all instances together have more than 1000000 nodes");
}

TEST_CASE("instances nest as deep as modules may be written, and no deeper") {
  const auto nest = [](int depth) {
    std::string script = "module M0\nexports\n  x = 1\nendmodule\n";
    for (int i = 1; i <= depth; ++i)
      script +=
          "module M" + std::to_string(i) + "\nexports\n  instance A = M" + std::to_string(i - 1) + "\nendmodule\n";
    return script;
  };
  CHECK(codes(nest(nesting_max)) == "");
  const Resolved deeper(nest(1000));
  REQUIRE(deeper.codes() == "P0220");
  CHECK(deeper.diagnostics.all().front().message == "instances are nested in one another more than 200 deep");
}

TEST_CASE("a chain of instances that need one another is followed up to a limit") {
  const auto chain = [](int length) {
    std::string script;
    for (int i = length; i > 0; --i) script += "instance I" + std::to_string(i) + " = I" + std::to_string(i - 1) + "\n";
    return script + "module I0\nexports\n  x = 1\nendmodule\n";
  };
  CHECK(codes(chain(200)) == "");
  const Resolved longer(chain(201));
  REQUIRE(longer.codes() == "P0220");
  CHECK(longer.diagnostics.all().front().message == "more than 200 instances need one another in a chain");
  CHECK(codes(chain(50'000)) == "P0220");
}

}  // namespace tryst::csp
