// The table of operators, row by row: who gets the operand in the middle.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/frontend/parsed.hpp"

namespace tryst::csp::test {

namespace {

enum class Side { left, right, none };

struct Row {
  int level;  // loosest first, as the reference numbers them
  std::string spelling;
  std::string kind;
  Side side;
};

// Binary operators without brackets, and some with fixed sets in them.
const std::vector<Row> rows{
    {4, "|||", "interleave", Side::left},
    {5, "[|A|]", "parallel", Side::none},
    {5, "[|A|>", "exception", Side::none},
    {5, "[A||B]", "alphabetised", Side::none},
    {6, "|~|", "internal_choice", Side::left},
    {7, "[]", "external_choice", Side::left},
    {7, "[+A+]", "sync_external", Side::left},
    {8, "/\\", "interrupt", Side::left},
    {8, "/+A+\\", "sync_interrupt", Side::left},
    {9, "[>", "sliding_choice", Side::left},
    {10, ";", "sequential", Side::left},
    {11, "&", "guard", Side::right},
    {11, "->", "prefix", Side::right},
    {14, ".", "dot", Side::right},
    {16, "or", "or", Side::left},
    {17, "and", "and", Side::left},
    {19, "==", "equal", Side::none},
    {19, "!=", "not_equal", Side::none},
    {19, "<", "less", Side::none},
    {19, "<=", "less_equal", Side::none},
    {19, ">", "greater", Side::none},
    {19, ">=", "greater_equal", Side::none},
    {20, "+", "add", Side::left},
    {20, "-", "subtract", Side::left},
    {21, "*", "multiply", Side::left},
    {21, "/", "divide", Side::left},
    {21, "%", "modulo", Side::left},
    {23, "^", "concat", Side::left},
};

// "(kind left A B right)" with the sets where the tree has them.
std::string built(const Row& row, const std::string& left, const std::string& right) {
  const std::string sets = row.kind == "alphabetised"                    ? " A B"
                           : row.spelling.find('A') != std::string::npos ? " A"
                                                                         : "";
  return "(" + row.kind + " " + left + sets + " " + right + ")";
}

}  // namespace

TEST_CASE("every pair of binary operators binds as the table of levels says") {
  for (const Row& a : rows) {
    for (const Row& b : rows) {
      const std::string text = "P " + a.spelling + " Q " + b.spelling + " R";
      CAPTURE(text);
      const std::string left = built(b, built(a, "P", "Q"), "R");
      const std::string right = built(a, "P", built(b, "Q", "R"));
      if (a.level != b.level)
        CHECK(shape(text) == (a.level > b.level ? left : right));
      else if (a.side == Side::none)
        CHECK(shape(text) == "P0121");
      else
        CHECK(shape(text) == (a.side == Side::left ? left : right));
    }
  }
}

TEST_CASE("hiding is loosest on its left, and ends at the next process operator on its right") {
  CHECK(shape("P \\ A ||| Q") == "(interleave (hide P A) Q)");
  CHECK(shape("P ||| Q \\ A") == "(hide (interleave P Q) A)");
  CHECK(shape("P \\ A [|B|] Q") == "(parallel (hide P A) B Q)");
  CHECK(shape("a -> P \\ A") == "(hide (prefix a P) A)");
  CHECK(shape("P \\ A \\ B") == "(hide (hide P A) B)");
  CHECK(shape("P |\\ A \\ B") == "(hide (project P A) B)");
  CHECK(shape("R [] P \\ A ; Q") == "(sequential (hide (external_choice R P) A) Q)");
  CHECK(shape("P \\ A ||| Q \\ B") == "(hide (interleave (hide P A) Q) B)");
  CHECK(shape("P \\ A [] Q ||| R") == "(interleave (external_choice (hide P A) Q) R)");
  for (const std::string op : {"|||", "[|B|]", "[B||C]", "[|B|>", "|~|", "[]", "/\\", "[>", ";", "[+B+]", "/+B+\\"}) {
    CAPTURE(op);
    CHECK(shape("P \\ A " + op + " Q").find("(hide P A)") != std::string::npos);
  }
  SECTION("but not before a link, a prefix or a guard") {
    CHECK(shape("P \\ A [a<->b] Q") == "(hide P (link A Q a b))");
    CHECK(shape("P \\ a -> Q") == "(hide P (prefix a Q))");
    CHECK(shape("P \\ b & Q") == "(hide P (guard b Q))");
  }
}

TEST_CASE("prefix operators extend as far as their level lets them") {
  CHECK(shape("-a * b") == "(negate (multiply a b))");
  CHECK(shape("-7 / 2") == "(negate (divide 7 2))");
  CHECK(shape("-a + b") == "(add (negate a) b)");
  CHECK(shape("a * -b + c") == "(add (multiply a (negate b)) c)");
  CHECK(shape("- -a") == "(negate (negate a))");
  CHECK(shape("not a == b") == "(not (equal a b))");
  CHECK(shape("not a and b") == "(and (not a) b)");
  CHECK(shape("#s + 1") == "(add (length s) 1)");
  CHECK(shape("#s ^ t") == "(length (concat s t))");
  CHECK(shape("#s.1") == "(dot (length s) 1)");
  CHECK(shape("1 + if b then 2 else 3 + 4") == "(add 1 (if b 2 (add 3 4)))");
  CHECK(shape("if b then P else Q [] R") == "(if b P (external_choice Q R))");
  CHECK(shape("\\ x @ x + 1") == "(lambda x (add x 1))");
  CHECK(shape("f(let y = 1 within y + 1)") == "(apply f (let (function y =1) (add y 1)))");
}

TEST_CASE("replicated operators extend as far to the right as they can") {
  CHECK(shape("[] x:A @ P [] Q") == "(rep_external (external_choice P Q) | x <- A)");
  CHECK(shape("P [] [] x:A @ Q ||| R") == "(external_choice P (rep_external (interleave Q R) | x <- A))");
  CHECK(shape("||| x:A @ P \\ B") == "(rep_interleave (hide P B) | x <- A)");
  CHECK(shape("[|B|] x:A @ P [|C|] Q") == "(rep_parallel B (parallel P C Q) | x <- A)");
  SECTION("except the alphabetised parallel, which has the level of its last bracket") {
    CHECK(shape("|| x:A @ [B] P [] Q") == "(rep_alphabetised B (external_choice P Q) | x <- A)");
    CHECK(shape("|| x:A @ [B] P ||| Q") == "(interleave (rep_alphabetised B P | x <- A) Q)");
    CHECK(shape("|| x:A @ [B] P \\ C") == "(hide (rep_alphabetised B P | x <- A) C)");
    CHECK(shape("|| x:A @ [B] P [|C|] Q") == "P0121");
  }
}

TEST_CASE("dot is looser than arithmetic and comparison, and nests to the right") {
  CHECK(shape("a.b + c") == "(dot a (add b c))");
  CHECK(shape("a.b == c") == "(dot a (equal b c))");
  CHECK(shape("x == a.b") == "(dot (equal x a) b)");
  CHECK(shape("c.x and y") == "(dot c (and x y))");
  CHECK(shape("a.b.c") == "(dot a (dot b c))");
  CHECK(shape("(a.b).c") == "(dot a (dot b c))");
  CHECK(shape("((a.b).c).d") == "(dot a (dot b (dot c d)))");
  CHECK(shape("(a).b") == "(dot (paren a) b)");
  CHECK(shape("a.(b.c)") == "(dot a (paren (dot b c)))");
}

TEST_CASE("applications and renamings bind tightest") {
  CHECK(shape("a -> P[[x<-y]]") == "(prefix a (rename P x y))");
  CHECK(shape("P [] Q[[x<-y]]") == "(external_choice P (rename Q x y))");
  CHECK(shape("f(x)(y)") == "(apply (apply f x) y)");
  CHECK(shape("-f(x)") == "(negate (apply f x))");
  CHECK(shape("M::N::f(x)[[a <- b]]") == "(rename (apply M::N::f x) a b)");
}

TEST_CASE("a prefix takes fields of any value operator and its continuation to the right") {
  CHECK(shape("c?x!y:S -> P") == "P0120");
  CHECK(shape("c?x:S!y + 1$z -> d -> P") == "(prefix ?x:S !(add y 1) $z c (prefix d P))");
  CHECK(shape("c.1?x.y:S.T -> P") == "(prefix ?<dot x y>:(dot S T) (dot c 1) P)");
  CHECK(shape("P ; a -> Q ; R") == "(sequential (sequential P (prefix a Q)) R)");
  CHECK(shape("b & c & P") == "(guard b (guard c P))");
  CHECK(shape("x == 1 & a -> P") == "(guard (equal x 1) (prefix a P))");
  CHECK(shape("c?_?<x>?(y,3) -> P") == "(prefix ?_ ?<sequence x> ?<tuple y 3> c P)");
}

}  // namespace tryst::csp::test
