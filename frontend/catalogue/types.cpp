#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"P0301", "mismatched types",
     "An expression has another type than its place asks for. Types are written as in annotations: `{Int}` is a set of "
     "numbers, `(Int, Bool) -> Proc` a function of two arguments, `Int=>Event` a channel that still needs a number to "
     "become an event. The notes point at the declaration or at the other expression that asks for the expected type.",
     "P(n) = if n == 0 then STOP else n"},
    {"P0302", "wrong number of arguments",
     "The number of arguments belongs to the type of a function: f(x, y) takes two arguments in one list, g(x)(y) one "
     "argument in each of two lists, and h() none.",
     "f(x, y) = x + y\nz = f(1)"},
    {"P0303", "a type lacks a property",
     "Equality (`Eq`) is not defined for processes and functions, order (`Ord`) only for numbers, characters, sets, "
     "sequences, and what is made of them. Functions cannot be put in sets (`Set`). What is communicated must be "
     "`Complete`: no field may be missing. Only datatypes and `Event` have productions (`Yieldable`).",
     "x = STOP == SKIP"},
    {"P0304", "infinite type",
     "A value would have to contain a value of its own type, such as a sequence that is its own element. Often a pair "
     "of "
     "brackets is missing or superfluous.",
     "f(x) = x == <x>"},
    {"P0305", "the fields of a prefix do not fit its channel",
     "What stands between a channel and `->` must make an event of it: as many fields as the channel has, each of its "
     "type. The last `?x` takes all fields that are left.",
     "channel c : Int\nP = c!true -> STOP"},
    {"P0306", "equations with different numbers of parameters",
     "All equations of a function must have the same parameter lists, each with the same number of patterns.",
     "f(0) = 1\nf(x, y) = x"},
    {"P0307", "ambiguous type of a field",
     "A channel or constructor has one type for all its uses, so the types of its fields must be known. An empty set "
     "does "
     "not tell of what type its elements are.",
     "channel c : {}"},
    {"P0308", "too many fields in a subtype",
     "A subtype restricts the fields that the constructors of its datatype have; it cannot add any.",
     "datatype T = A | B.{0, 1}\nsubtype S = A.{0}"},
    {"P0309", "not as general as its annotation",
     "A type variable in an annotation stands for every type. The definition must work for all of them, and must not "
     "make the variable a particular type, or the same as another variable.",
     "f :: (a) -> a\nf(x) = x + 1"},
    {"P0310", "types beyond all limits",
     "The types in this script are too large or too deeply nested to be worked out. Types can grow exponentially with "
     "the script, for instance when a function that pairs its argument with itself is applied again and again.",
     ""},
    {"P0311", "not a function",
     "Only functions can be applied to arguments. A name followed by parentheses is an application.",
     "x = 1\ny = x(2)"},
};

}  // namespace

std::span<const CatalogueEntry> types() { return entries; }

}  // namespace tryst::catalogue
