// The lexical rules: newlines, comments, literals, and symbols that overlap.
#include <catch2/catch.hpp>
#include <string>

#include "frontend/csp/lexer.hpp"
#include "frontend/csp/token.hpp"

namespace tryst::csp {

namespace {

// The tokens by their spelling, names and numbers as written, newlines as `NL`; errors as their codes at the end.
std::string tokens(const std::string& text) {
  SourceSet sources;
  FileId file{};
  REQUIRE(sources.add("t.csp", text, file));
  Symbols symbols;
  Diagnostics diagnostics;
  const TokenStream stream = lex(file, "", sources, symbols, diagnostics);
  REQUIRE(stream.tokens.back().kind == TokenKind::end);
  std::string out;
  for (const Token& token : stream.tokens) {
    if (token.kind == TokenKind::end) break;
    out += out.empty() ? "" : " ";
    switch (token.kind) {
      case TokenKind::newline: out += "NL"; break;
      case TokenKind::broken: out += "BROKEN"; break;
      case TokenKind::identifier: out += symbols.text(token.symbol); break;
      case TokenKind::string: out += "\"" + std::string(symbols.text(token.symbol)) + "\""; break;
      case TokenKind::print: out += "print{" + std::string(symbols.text(token.symbol)) + "}"; break;
      case TokenKind::number: out += std::to_string(token.number); break;
      case TokenKind::character: out += "'" + std::to_string(token.number); break;
      default: out += info(token.kind).spelling;
    }
  }
  for (const Diagnostic& diagnostic : diagnostics.all()) out += " " + std::string(diagnostic.code);
  return out;
}

}  // namespace

TEST_CASE("the longest symbol wins") {
  CHECK(tokens("[|{|a|}|]") == "[| {| a |} |]");
  CHECK(tokens("{||}") == "{| |}");
  CHECK(tokens("(|||x") == "( ||| x");
  CHECK(tokens("(|~|x") == "( |~| x");
  CHECK(tokens("a|~|b|||c||d|e") == "a |~| b ||| c || d | e");
  CHECK(tokens("a<-b<->c<=d<e") == "a <- b <-> c <= d < e");
  CHECK(tokens("a=>b=>*c==d=e") == "a => b =>* c == d = e");
  CHECK(tokens("P[T=Q[FD=R[VD=S") == "P [T= Q [FD= R [VD= S");
  CHECK(tokens("P/+A+\\Q/\\R|\\S[+B+]T") == "P /+ A +\\ Q /\\ R |\\ S [+ B +] T");
  CHECK(tokens("{0..1}.2") == "{ 0 .. 1 } . 2");
  CHECK(tokens("a[[b<-c]]]") == "a [[ b <- c ]] ]");
  CHECK(tokens("a->b-c") == "a -> b - c");
}

TEST_CASE("a map opens with a blank behind its bracket") {
  CHECK(tokens("(| 1 => 2 |)") == "(| 1 => 2 |)");
  CHECK(tokens("(|\n1 => 2 |)") == "(| 1 => 2 |)");
  CHECK(tokens("(||)") == "( || )");
}

TEST_CASE("a double colon is a scope, or a type annotation with a blank beside it") {
  CHECK(tokens("M::x") == "M :: x");
  CHECK(tokens("x ::y") == "x  :: y");
  CHECK(tokens("x:: y") == "x  :: y");
  CHECK(tokens("x :: y") == "x  :: y");
}

TEST_CASE("angle brackets with only blanks between are the empty sequence") {
  CHECK(tokens("<> < > <\n>") == "<> <> <>");
  CHECK(tokens("a < > b") == "a <> b");
  CHECK(tokens("<x>==<>") == "< x >= = <>");
}

TEST_CASE("names end in any number of primes and begin with a letter") {
  CHECK(tokens("x' x'' a1_b if' true'") == "x' x'' a1_b if' true'");
  CHECK(tokens("_x") == "_ x");
  CHECK(tokens("a'b'") == "a' b'");
  CHECK(tokens("instanceFoo orx") == "instanceFoo orx");
  CHECK(tokens("True False") == "True False");
}

TEST_CASE("a newline beside a token that cannot end or begin an expression is swallowed") {
  CHECK(tokens("P\nQ") == "P NL Q");
  CHECK(tokens("P\n\n -- c\n\nQ") == "P NL Q");
  CHECK(tokens("P =\nQ\n[] R\n[]\nS") == "P = Q [] R [] S");
  CHECK(tokens("f\n(x)") == "f NL ( x )");
  CHECK(tokens("f(\nx\n)") == "f ( x )");
  CHECK(tokens("a\n- b") == "a NL - b");
  CHECK(tokens("a -\nb") == "a - b");
  CHECK(tokens("a\n< b") == "a NL < b");
  CHECK(tokens("a\n> b\nc") == "a > b NL c");
  CHECK(tokens("a\n#s\n{b}\n{|c|}") == "a NL # s NL { b } NL {| c |}");
  CHECK(tokens("x = f\n3") == "x = f 3");
  CHECK(tokens("x\n\"s\"\n'c'\ntrue\n_") == "x \"s\" '99 true _");
  CHECK(tokens("if b\nthen P\nelse Q\nchannel\nc") == "if b then P else Q NL channel c");
  CHECK(tokens("P -- c\n  -- d\n  [] Q") == "P [] Q");
  CHECK(tokens("exports\nx\nendmodule\ny") == "exports NL x NL endmodule NL y");
  CHECK(tokens("\n\nP\n\n") == "P");
}

TEST_CASE("lines may end in CR LF, and a byte-order mark is skipped") {
  CHECK(tokens("P = a\r\nQ = b\r\n") == "P = a NL Q = b");
  CHECK(tokens("\xEF\xBB\xBFP = a") == "P = a");
}

TEST_CASE("block comments nest and look at two characters at a time") {
  CHECK(tokens("a {- b {- c -} d -} e") == "a e");
  CHECK(tokens("a {- --} -} e") == "a e");
  CHECK(tokens("a {- {{- -} e") == "a e");
  CHECK(tokens("{ -1}") == "{ - 1 }");
  CHECK(tokens("a {-1} b") == "a BROKEN P0103");
  CHECK(tokens("a {- b {- c -}") == "a BROKEN P0103");
  CHECK(tokens("a -- {- b\nc") == "a NL c");
  SECTION("bytes that are no UTF-8 may stand in them") { CHECK(tokens("a {- \x93x\x94 -} -- \xE9\nb") == "a NL b"); }
  SECTION("and like a token that joins, one takes back the newlines before it") {
    CHECK(tokens("a\n{- c -} b") == "a b");
    CHECK(tokens("a\n{- c -}\nb") == "a NL b");
  }
}

TEST_CASE("numbers, characters and strings") {
  CHECK(tokens("007 9223372036854775807") == "7 9223372036854775807");
  CHECK(tokens("9223372036854775808") == "0 P0105");
  CHECK(tokens("'a' '\\n' '\\'' ''' '\\x'") == "'97 '10 '39 '39 '120");
  CHECK(tokens("f('a')") == "f ( '97 )");
  CHECK(tokens("''") == "BROKEN BROKEN P0104 P0104");
  CHECK(tokens(R"("a\tb\"c\\d")") == "\"a\tb\"c\"d\"");
  CHECK(tokens("\"\xE2\x98\x91(@)\"") == "\"\xE2\x98\x91(@)\"");
  CHECK(tokens("\"abc\nx") == "BROKEN NL x P0104");
  CHECK(tokens("\"abc\\") == "BROKEN P0104");
}

TEST_CASE("`print` takes the rest of its line as it is") {
  CHECK(tokens("print f(x) -- y \nP") == "print{f(x) -- y} NL P");
  CHECK(tokens("print\nP") == "print NL P");
  CHECK(tokens("printer x") == "printer x");
}

TEST_CASE("properties of assertions are words between brackets") {
  CHECK(tokens("P :[deadlock free [F]]") == "P :[ deadlock free [F] ]");
  CHECK(tokens("P :[ deadlock-free [FD] ]:\nQ") == "P :[ deadlock free [FD] ] NL Q");
  CHECK(tokens("P\n:[livelock free]") == "P :[ divergence free ]");
  CHECK(tokens("P :[tau priority over]: {a}") == "P :[ tau priority over ] { a }");
  CHECK(tokens("P :[partial order reduce [precise]]") == "P :[ partial order reduce [precise] ]");
  CHECK(tokens("P :[has trace\n [T]]: <a>") == "P :[ has trace [T] ] < a >");
  CHECK(tokens("P : [deadlock free]") == "P : [ deadlock free ]");
  CHECK(tokens("P :[deadlock  free]\nQ") == "P :[ BROKEN NL Q P0110");
  CHECK(tokens("P :[symmetry reduce]: Q") == "P :[ BROKEN Q P0110");
  CHECK(tokens("P :[deadlock free\nQ = a") == "P :[ deadlock free BROKEN NL Q = a P0110");
  CHECK(tokens("P :[deadlock free [X]] Q") == "P :[ deadlock free BROKEN ] Q P0110");
  CHECK(tokens("P :[") == "P :[");
}

TEST_CASE("text that is no token is reported, and lexing goes on behind it") {
  CHECK(tokens("P = a ~ b\nQ = c") == "P = a BROKEN b NL Q = c P0102");
  CHECK(tokens("P = \xE2\x86\x92\xE2\x86\x92 Q") == "P = BROKEN Q P0102");
  CHECK(tokens(std::string("a\0b", 3)) == "a BROKEN b P0102");
  CHECK(tokens("\xFF\xFE"
               "a") == "BROKEN a P0102");
  CHECK(tokens("{\\rtf1 x}") == "BROKEN P0111");
}

TEST_CASE("spans cover exactly the token") {
  SourceSet sources;
  FileId file{};
  REQUIRE(sources.add("t.csp", "ab <  > :[deadlock free]", file));
  Symbols symbols;
  Diagnostics diagnostics;
  const TokenStream stream = lex(file, "", sources, symbols, diagnostics);
  REQUIRE(stream.tokens.size() == 6);
  CHECK(sources.text(stream.tokens[0].span) == "ab");
  CHECK(sources.text(stream.tokens[1].span) == "<  >");
  CHECK(sources.text(stream.tokens[2].span) == ":[");
  CHECK(sources.text(stream.tokens[3].span) == "deadlock free");
  CHECK(sources.text(stream.tokens[4].span) == "]");
}

}  // namespace tryst::csp
