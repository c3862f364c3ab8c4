#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"P0101", "unreadable file",
     "A script, or a file that it includes, is not there, is a folder, or may not be read. The path of an `include` is "
     "looked up beside the file in which the directive stands.",
     "include \"there-is-no-such-file.csp\"\n"},
    {"P0102", "character without meaning",
     "CSPM is written in ASCII; other characters may stand in comments and strings only. Operators have spellings such "
     "as `[]`, `|~|`, `->` and `<=`.",
     "P = a → STOP\n"},
    {"P0103", "comment that is never closed",
     "A comment that begins with `{-` ends at the matching `-}`. Such comments nest. The character behind a dash is "
     "taken "
     "together with it, so `--}` does not close one. Write `{ -1}` with a blank for the set of minus one.",
     "P = STOP\n{- and the rest of the file is lost\n"},
    {"P0104", "quote that is not closed",
     "A string ends on the line on which it begins. A character is one byte between single quotes. Primes may stand at "
     "the "
     "end of a name only.",
     "greeting = \"hello\n"},
    {"P0105", "number too large", "Numbers are integers of 64 bits; the largest is 9223372036854775807.",
     "N = 99999999999999999999\n"},
    {"P0106", "malformed include", "An `include` stands on a line of its own and names a file in double quotes.",
     "include other.csp\n"},
    {"P0107", "file that includes itself",
     "A file is included while it is being read, directly or by way of other files, which would never end. Take what "
     "both "
     "files need into a third one.",
     ""},
    {"P0108", "too many included files",
     "Files may include one another to a depth of 64, and a run reads at most 10,000 included files. A file that is "
     "included twice is read twice.",
     ""},
    {"P0109", "too much text", "A file may have at most 64 MiB, and all files of one run together 4 GiB.", ""},
    {"P0110", "unknown property or option",
     "Between `:[` and `]` stands a property (`deadlock free`, `divergence free`, `deterministic`, `has trace`) or an "
     "option (`tau priority`, `tau priority over`, `partial order reduce`), in these words with single blanks, and "
     "after "
     "some of them a model such as `[F]`. Extensions of other tools, `symmetry reduce` among them, are not supported.",
     "assert STOP :[deadlok free]\n"},
    {"P0111", "rich text", "The file was saved by a word processor. Save it as plain text.",
     "{\\rtf1\\ansi P = STOP}\n"},
    {"P0120", "syntax error",
     "Something else must stand at the marked place. What could stand there is said beside the mark. A newline ends a "
     "declaration unless the token before it cannot end an expression or the token behind it cannot begin one: a line "
     "may "
     "continue with `[]`, but not with `-`, `<`, `(` or a name.",
     "P = (STOP\n"},
    {"P0121", "operators that need parentheses",
     "Comparisons do not associate, and neither do the parallel operators in brackets: a script that combines two of "
     "them "
     "has to say with parentheses which comes first.",
     "P = STOP [|{}|] SKIP [|{}|] STOP\n"},
    {"P0122", "pattern where a value is expected",
     "`_` matches anything and `p@@q` matches twice; neither is the name of a value. They may stand in parameters, on "
     "the "
     "left of `<-`, and in the inputs of a prefix.",
     "f(x) = _ + 1\n"},
    {"P0123", "not a pattern",
     "Parameters, generators, inputs and the left side of a definition take patterns: names, `_`, literals, and "
     "tuples, "
     "sequences, sets, dots, `^` and `@@` of patterns. A computed value is no pattern; compare in a guard instead.",
     "f(x + 1) = x\n"},
    {"P0124", "declaration in the wrong place",
     "A `let` holds definitions, annotations, `external`, `transparent` and `Timed` sections of these. A module holds "
     "neither `assert` nor `print`, and a `Timed` section no `print`.",
     "P = let channel c within STOP\n"},
    {"P0125", "too many brackets inside one another",
     "Brackets, `let`, `if` and sections may stand inside one another to a depth of 200. Give an inner part a name of "
     "its "
     "own.",
     ""},
    {"P0126", "too many operators inside one another",
     "A declaration may be 1000 operators deep, with all that stands in it: a chain of operators of one kind counts in "
     "full, each statement of a comprehension counts, and so do the definitions in a `let`, a module or a section. "
     "Give "
     "a part of it a name of its own.",
     ""},
    {"P0127", "malformed type",
     "In an annotation, `()` stands for no arguments and needs a result, only a variable can stand before `=>*`, and "
     "the "
     "constraints are `Eq`, `Ord`, `Complete`, `Set` and `Yieldable`.",
     "f :: Comparable a => (a) -> Bool\nf(x) = true\n"},
    {"P0128", "option given twice",
     "An assertion takes each option at most once; `tau priority` and `tau priority over` are the same option.",
     "assert STOP [T= STOP :[tau priority]: {} :[tau priority over]: {}\n"},
    {"P0129", "channels annotated apart",
     "Channels that are declared together have one type, so they need one annotation for all of them, or none.",
     "c :: Event\nd :: Event\nchannel c, d\n"},
    {"P0130", "definition spread over two files",
     "The equations of a function stand next to one another in one file. An included file cannot continue a "
     "definition.",
     ""},
};

}  // namespace

std::span<const CatalogueEntry> syntax() { return entries; }

}  // namespace tryst::catalogue
