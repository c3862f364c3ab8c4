#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

namespace {

constexpr CatalogueEntry table[] = {
    {"P0201", "name defined more than once",
     "A list of declarations (the script, a module, a let) defines each name once; channels, constructors, functions, "
     "types and modules share one name space. Built-in names may be redefined. The equations of one function must "
     "follow "
     "one another in one file, or the later ones are taken for a second definition.",
     "channel c : {0..1}\nc(x) = x\n"},
    {"P0202", "name bound twice by a pattern",
     "Every variable of a pattern is new, and so is every variable of the patterns that bind together: the parameters "
     "of "
     "an equation, the generators of a comprehension, the fields of a prefix. A repeated name does not compare two "
     "values; bind two names and compare them.",
     "f(x, x) = x\n"},
    {"P0203", "unknown name",
     "Nothing of this name is in scope here: no declaration of the surrounding lists, no variable, no built-in name. "
     "Functions such as `normal` or `prioritise` must be brought into scope with `transparent` or `external`; a name "
     "inside a module is written `M::x`.",
     "SENDER = STOP\nSYSTEM = SENDR\n"},
    {"P0204", "name private to a module",
     "What a module defines before its `exports` can be used inside the module only.",
     "module M\n  p = 1\nexports\nendmodule\nx = M::p\n"},
    {"P0205", "name inside a module with parameters",
     "A module with parameters is a pattern for its instances and has no names of its own from outside. Declare an "
     "instance with arguments and use the names inside the instance.",
     "module M(n)\nexports\n  x = n\nendmodule\ny = M::x\n"},
    {"P0206", "wrong kind of name",
     "A module stands where a value is wanted, a value where a module is wanted, or a subtype lists something that is "
     "no constructor.",
     "module M\nexports\nendmodule\nP = M\n"},
    {"P0207", "unknown external or transparent function",
     "`external` and `transparent` bring built-in functions into scope; no others exist. Compressions are transparent, "
     "functions that change the meaning of a process are external.",
     "transparent squash\n"},
    {"P0208", "annotation without a definition",
     "A type annotation speaks of a function, channel, constructor or type that is defined in the same list of "
     "declarations.",
     "f :: Int\n"},
    {"P0209", "name annotated more than once", "A name has one type annotation.", "f :: Int\nf :: Int\nf = 1\n"},
    {"P0210", "not a type variable of this annotation",
     "A constraint such as `Eq a` speaks of a type variable that occurs in the type beside it, and the left side of "
     "`=>*` "
     "is a type variable. Variables of an annotation around this one cannot be constrained again.",
     "f :: Eq b => (a) -> a\nf(x) = x\n"},
    {"P0211", "ambiguous sequence pattern",
     "A sequence pattern may have one part of unknown length: `<x>^s^<y>` splits a sequence in one way, `s^t` in many.",
     "f(s^t) = s\n"},
    {"P0212", "set pattern of several elements",
     "Sets have no order, so only the empty set and sets of one element can be matched.", "f({x, y}) = x\n"},
    {"P0213", "double pattern in a prefix",
     "`@@` is allowed in the patterns of functions, lambdas and generators, not in the fields of a prefix.",
     "channel c : {0}\nP = c?x@@y -> STOP\n"},
    {"P0214", "Timed section without `tock`",
     "The processes of a Timed section synchronise on the event `tock`, which the script must declare as a channel.",
     "Timed {\n  P = STOP\n}\n"},
    {"P0215", "`$` field behind another", "`c$x?y` chooses x internally before it offers y, so `$` fields come first.",
     "channel c : {0}.{0}\nP = c?x$y -> STOP\n"},
    {"P0216", "operator without timed meaning",
     "Linked parallel and nondeterministic inputs have no meaning in a Timed section. Define the process outside of "
     "it.",
     "channel tock, a, b\nTimed {\n  P = STOP [a <-> b] STOP\n}\n"},
    {"P0217", "qualified name in a pattern",
     "A pattern binds plain names. A qualified name can only be a constant, a channel or constructor of the module.",
     "module M\nexports\n  x = 1\nendmodule\nf(M::x) = 1\n"},
    {"P0218", "wrong number of module arguments", "An instance gives one argument for each parameter of its module.",
     "module M(a)\nexports\nendmodule\ninstance N = M(0, 1)\n"},
    {"P0219", "instance inside its own module",
     "An instance is a copy of its module. If it stands inside the module, or needs itself to be found, the copy would "
     "contain itself.",
     "module M\n  instance I = M\nexports\nendmodule\n"},
    {"P0220", "too many instances",
     "Instances are copies of their modules; all copies together, and the length of a chain of instances that need one "
     "another, are limited.",
     ""},
    {"P0221", "module uses an instance of itself",
     "What a module means must not depend on its own instances, directly or through other definitions.",
     "module M\nexports\n  x = I::x\nendmodule\ninstance I = M\n"},
};

}  // namespace

std::span<const CatalogueEntry> scope() { return table; }

}  // namespace tryst::catalogue
