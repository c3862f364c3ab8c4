#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

std::span<const CatalogueEntry> pi() {
  static constexpr CatalogueEntry entries[] = {
      {"P0701", "not part of the π-calculus's notation",
       "Processes are written with names, agents, numbers and the signs `. , ' ( ) < > [ ] = # ^ | + - ! ~ \\`. Names "
       "begin "
       "with a letter, numbers have no other signs than digits, and there are no strings.",
       "agent P(a) = a.1x\n"},
      {"P0702", "unclosed comment",
       "A comment begins with `(*` and ends with `*)`, and may contain others; everything up to the end of the file "
       "was "
       "taken as a comment. A comment up to the end of the line begins with `--`.",
       "(* a note\nagent P = 0\n"},
      {"P0703", "reserved name",
       "Names begin with a letter. Names that begin with an underscore are those that the tool gives to received and "
       "extruded names in traces and transition systems.",
       "deadlocks '_x.0\n"},
      {"P0704", "syntax error",
       "The text does not fit the grammar at this place; the label says what could stand there. Definitions begin with "
       "`agent`, and a prefix is followed by `.` and a process, if only `0`.",
       "agent P(a) = a(x) + 0\n"},
      {"P0705", "nested too deeply",
       "Brackets and operators may stand inside one another 200 and 1,000 levels deep. Give a part of the process a "
       "name.",
       ""},
      {"P0706", "not an assertion",
       "An assertion says that two processes are equivalent, `assert P ~ Q weak late distinct a b`, or that one is "
       "free "
       "of deadlocks, `assert P deadlock free`. The words of an equivalence are `strong` (or `weak`), and `early` (or "
       "`ground`, `late`, `open`).",
       "assert 0 ~ 0 weakly\n"},
      {"P0710", "unknown agent", "No definition `agent ...` of the file has this name.", "deadlocks P\n"},
      {"P0711", "agent defined twice", "Every agent has one definition.", "agent P = 0\nagent P = t.P\n"},
      {"P0712", "wrong number of arguments", "A call gives an agent as many names as its definition has parameters.",
       "agent P(a) = a.P\n"},
      {"P0713", "definition not closed",
       "The free names of a definition must be among its parameters, so that a name never means one thing in a "
       "definition and another where the agent is called. Make the name a parameter, or restrict it.",
       "agent P(a) = a.b.P(a)\n"},
      {"P0714", "name bound twice by one binder",
       "The names that one input, restriction or definition binds must differ.", "agent P(a) = a(x,x).0\n"},
      {"P0715", "recursion without a guard",
       "The agent reaches a call of itself without passing a prefix, so unfolding it would never end and it has no "
       "transitions that could be computed. Put a prefix before the call.",
       "agent P(a) = a.0 | P(a)\n"},
      {"P0716", "`|` and `+` without parentheses",
       "As in the Mobility Workbench, `|` binds tighter than `+`: `P | Q + R` is `(P | Q) + R`. Other tools and most "
       "books "
       "read it the other way; parentheses say what is meant to all of them.",
       "agent P(a,b) = a.0 | b.0 + b.0\n"},
      {"P0717", "`t.` beside a name `t`",
       "`t.P` is the silent step, even where a name `t` is in scope. A channel of that name can be used in every other "
       "way, but not as a prefix without parameters.",
       "agent P(t) = t.0\n"},
      {"P0718", "number too large",
       "Numbers are written up to 1,000,000,000; sums of them may become larger, up to 2^53.",
       "deadlocks 'a<10000000000>.0\n"},
      {"P0719", "a command that only shows something",
       "Scripts of the Mobility Workbench may ask to see the transitions or the traces of an agent. No answer can be "
       "right or wrong there, so this is left out; `tryst simulate` steps through a process, `tryst lts` writes its "
       "transition system.",
       "agent P = t.P\ntraces P\n"},
      {"P0720", "a command that is missing",
       "Of the Mobility Workbench's commands, those about formulas and about the fusion calculus are missing, and so "
       "is "
       "`input`: all definitions stand in one file.",
       "input \"buffers.ag\"\n"},
      {"P0801", "a name carries lists of different lengths",
       "An input and an output on one name communicate only if they have equally many names, so here a communication "
       "that the names suggest can never happen. Both places are shown, and the place where the two became one name.",
       "agent P(a) = a(x).0 | 'a.0\n"},
      {"P0802", "names, numbers and Booleans mixed",
       "What is received on one name is always of one kind: a name, a number, or a Boolean. Sums and `<`, `<=`, `>`, "
       "`>=` "
       "are of numbers; `true` and `false` are Booleans unless they are bound; what is sent or received on, and what "
       "is "
       "restricted, are names. `=` and `#` compare two of one kind.",
       "agent P(a) = a(x).[x > 1]'x.0\n"},
      {"P0803", "a free name that stands for a number",
       "In commands and operands free names are names. A number that is not known yet must be received, `in(n)`, or "
       "written as a value.",
       "deadlocks 'a<n+1>.0\n"},
  };
  return entries;
}

}  // namespace tryst::catalogue
