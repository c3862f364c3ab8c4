// A process of each construct of the π-calculus, for what is asked of all of them.
#pragma once

namespace tryst::emitter {

inline constexpr char construct_agents[] = R"(
agent Cell(in,out) = in(m).'out<m>.Cell(in,out)
agent Wide(a,b,unused) = a.Wide(a,b,unused) + 'b.0
agent Pair(a,b) = (^c)(Cell(a,c) | Cell(c,b))
agent Nothing(a) = 0
agent Guard(a,b,c) = [a=b]'c.0
agent Made(a) = (^x)'a<x>.x(y).'y<x>.Made(a)
agent Twice(a) = Made(a)
agent Count(n,up,down) = [n < 3]up.Count(n+1,up,down) + [n > 0]down.Count(n-1,up,down)
agent Flip(b,c) = 'c<b>.([b=true]Flip(false,c) + [b=false]Flip(true,c))
agent Max(in,out) = in(x,y).([x >= y]'out<x>.Max(in,out) + [x < y]'out<y>.Max(in,out))
agent Server(r) = r(x,y).'y<x>.0
)";

// clang-format off
inline constexpr const char* constructs[] = {
    "0", "t.0", "a.0", "'a.0", "a(x).'x<x>.0", "a(x,y).([x=y]'b.0 + [x#y]'c.0)", "'a<b,c>.'b<a>.0", "a.0 | 'a.0",
    "a.0 + 'a.0", "(a.0 | 'a.b.0) + c.0", "(^x)'a<x>.x(y).0", "(^x)('a<x>.0 | x.'b.0)", "(^x)(x.'b.0 | 'x.0)",
    "(^x)x.'b.0 | 'c.0", "(^x,y)'a<x,y,x>.'x<y>.0", "(^x)('a<x>.0 + b.'x.0)", "((^x)'a<x>.'x.0) + b.0",
    "((^x)(x.0 | 'x.'a.0)) + b.0", "(^x)(!x.'b.0 | 'x.0)", "!a.0", "!(^x)'a<x>.0",
    "!(a.0 + b.0) | c.0", "!!a.0", "[a=b]'c.0 | 'd.0", "[a#b]('c.0 | d.0)", "[a=a]('c.0 | d.0)",
    "[a#a]'c.0", "a(x).[x=b](c.0 | 'd.0)", "a(x).[x#b](c.0 | 'd.0)", "a(x).(b(y).[x=y]'c.0 + [x=b]'d.0)",
    "a(x).x(y).y(z).'z.0", "Cell(a,b)", "Pair(a,b)", "Wide(a,b,c)", "Wide(a,a,a)", "Nothing(a) | 'b.0",
    "Guard(a,b,c) | d(x).0", "Guard(a,a,c)", "Guard(a,b,c) + Wide(a,b,c)", "Made(a)", "Twice(a) | a(x).'x<b>.0",
    "(Pair(a,b) + c.0) | 'c.0", "(^p)(Cell(a,p) | Cell(p,b) | Cell(p,b))", "Count(0,a,b)", "Flip(true,a)", "Max(a,b)",
    "a(x).'b<x+1>.[x > 0]'c<2-x>.0", "a(x).[x=1]'b.0 + a(x).[x#1]'c.0", "(^r)(!Server(r) | (^y)'r<a,y>.y(z).'z.0)",
    "(^r)(!Server(r) | Server(r) | 'r<a,b>.0)", "a(x).(^y)([x=y]'b.0 | 'c<y>.0)", "(^x)(a(y).[x=y]'b.0 | 'c<x>.0)",
    "'a<b>.0 | a(x,y).0 | a(x).0", "(a(x).0 | 'a.0) + b.0", "(^x)((x(y).0 | 'x.0) + 'x.0)"};
// clang-format on

}  // namespace tryst::emitter
