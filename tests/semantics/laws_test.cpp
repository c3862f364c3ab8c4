// The algebraic laws of CSP on random processes: by strong bisimulation, or by equality of failures or traces where a
// law holds only there. `m` is an event that no random process performs.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>

#include "tests/semantics/process_syntax.hpp"
#include "tests/semantics/small_graph.hpp"

using namespace tryst;
using namespace tryst::csp;

namespace {

enum class Relation { strong, failures, traces };

// The variables of one instance of a law, and short names for the operators.
struct Law {
  using Events = TermBuilder::Events;
  TermBuilder t;
  EventId a, b, m;
  ProcessId P, Q, R;
  Events sigma, A, B;

  Law(const Process& p, const Process& q, const Process& r, unsigned sets) {
    declare(t);
    a = t.event("a");
    b = t.event("b");
    m = t.event("m");
    sigma = {a, b};
    for (unsigned i = 0; i < 2; ++i) {
      if ((sets >> i & 1) != 0) A.push_back(sigma[i]);
      if ((sets >> (2 + i) & 1) != 0) B.push_back(sigma[i]);
    }
    P = term_of(t, p);
    Q = term_of(t, q);
    R = term_of(t, r);
  }

  ProcessId ext(ProcessId p, ProcessId q) { return t.apply(Operator::external_choice, {p, q}); }
  ProcessId inter(ProcessId p, ProcessId q) { return t.apply(Operator::internal_choice, {p, q}); }
  ProcessId slide(ProcessId p, ProcessId q) { return t.apply(Operator::sliding_choice, {p, q}); }
  ProcessId seq(ProcessId p, ProcessId q) { return t.apply(Operator::sequential, {p, q}); }
  ProcessId interrupt(ProcessId p, ProcessId q) { return t.apply(Operator::interrupt, {p, q}); }
  ProcessId par(ProcessId p, ProcessId q) { return t.apply(Operator::interleave, {p, q}); }
  ProcessId set(Operator op, ProcessId p, ProcessId q, Events s) { return t.apply(op, {p, q}, std::move(s)); }
  ProcessId hide(ProcessId p, Events s) { return t.apply(Operator::hide, {p}, std::move(s)); }
  ProcessId endless(ProcessId p) { return seq(p, t.stop()); }  // ✓ replaced by τ
  // P, which may only do events of `s`.
  ProcessId within(ProcessId p, const Events& s) { return set(Operator::parallel, p, t.skip(), outside(s)); }

  Events outside(const Events& s) const {
    Events rest;
    std::set_difference(sigma.begin(), sigma.end(), s.begin(), s.end(), std::back_inserter(rest));
    return rest;
  }
  static Events both(const Events& s, const Events& u) {
    Events common;
    std::set_intersection(s.begin(), s.end(), u.begin(), u.end(), std::back_inserter(common));
    return common;
  }
  static Events either(const Events& s, const Events& u) {
    Events all;
    std::set_union(s.begin(), s.end(), u.begin(), u.end(), std::back_inserter(all));
    return all;
  }
};

struct Entry {
  Relation relation;
  const char* text;
  ProcessId (*left)(Law&);
  ProcessId (*right)(Law&);
};

SmallGraph graph_of(Law& law, ProcessId p) {
  ReferenceSystem system(law.t.terms, law.t, p);
  return explore(system, 1000);
}

bool holds(const Entry& entry, const std::vector<Process>& processes, unsigned sets) {
  Law law(processes[0], processes[1], processes[2], sets);
  const SmallGraph left = graph_of(law, entry.left(law));
  const SmallGraph right = graph_of(law, entry.right(law));
  if (!left.complete || !right.complete) return true;
  switch (entry.relation) {
    case Relation::strong: return strongly_bisimilar(left, right);
    case Relation::failures: return refines_in_failures(left, right) && refines_in_failures(right, left);
    case Relation::traces: return refines_in_traces(left, right) && refines_in_traces(right, left);
  }
  return false;
}

void check(const Entry& entry) {
  INFO(entry.text);
  std::mt19937 random(1978);
  for (int i = 0; i < 400; ++i) {
    std::vector<Process> processes;
    for (int k = 0; k < 3; ++k) processes.push_back(random_process(random, 1 + random() % 7, forms().size()));
    const auto sets = static_cast<unsigned>(random() % 16);
    if (holds(entry, processes, sets)) continue;
    for (std::size_t k = 0; k < 3; ++k)
      processes[k] = shrunk(processes[k], [&](const Process& smaller) {
        std::vector<Process> others = processes;
        others[k] = smaller;
        return !holds(entry, others, sets);
      });
    FAIL("the law " << entry.text << " fails for P = " << text_of(processes[0]) << ", Q = " << text_of(processes[1])
                    << ", R = " << text_of(processes[2]) << ", sets " << sets);
  }
}

template <std::size_t n>
void check_all(const Entry (&laws)[n]) {
  for (const Entry& law : laws) check(law);
}

const Entry choice_laws[] = {
    {Relation::strong, "P [] Q = Q [] P", [](Law& v) { return v.ext(v.P, v.Q); },
     [](Law& v) { return v.ext(v.Q, v.P); }},
    {Relation::strong, "(P [] Q) [] R = P [] (Q [] R)", [](Law& v) { return v.ext(v.ext(v.P, v.Q), v.R); },
     [](Law& v) { return v.ext(v.P, v.ext(v.Q, v.R)); }},
    {Relation::strong, "P [] STOP = P", [](Law& v) { return v.ext(v.P, v.t.stop()); }, [](Law& v) { return v.P; }},
    {Relation::failures, "P [] P = P", [](Law& v) { return v.ext(v.P, v.P); }, [](Law& v) { return v.P; }},
    {Relation::strong, "[] over three = [] twice",
     [](Law& v) {
       return v.t.apply(Operator::external_choice, {v.P, v.Q, v.R});
     },
     [](Law& v) { return v.ext(v.ext(v.P, v.Q), v.R); }},
    {Relation::strong, "P |~| Q = Q |~| P", [](Law& v) { return v.inter(v.P, v.Q); },
     [](Law& v) { return v.inter(v.Q, v.P); }},
    {Relation::failures, "P |~| P = P", [](Law& v) { return v.inter(v.P, v.P); }, [](Law& v) { return v.P; }},
    {Relation::failures, "(P |~| Q) |~| R = P |~| (Q |~| R)", [](Law& v) { return v.inter(v.inter(v.P, v.Q), v.R); },
     [](Law& v) { return v.inter(v.P, v.inter(v.Q, v.R)); }},
    {Relation::failures, "|~| over three = |~| twice",
     [](Law& v) {
       return v.t.apply(Operator::internal_choice, {v.P, v.Q, v.R});
     },
     [](Law& v) { return v.inter(v.inter(v.P, v.Q), v.R); }},
    {Relation::failures, "[] distributes over |~|", [](Law& v) { return v.ext(v.P, v.inter(v.Q, v.R)); },
     [](Law& v) { return v.inter(v.ext(v.P, v.Q), v.ext(v.P, v.R)); }},
    {Relation::failures, "|~| distributes over []", [](Law& v) { return v.inter(v.P, v.ext(v.Q, v.R)); },
     [](Law& v) { return v.ext(v.inter(v.P, v.Q), v.inter(v.P, v.R)); }},
    {Relation::failures, "P [> Q = (P |~| STOP) [] Q", [](Law& v) { return v.slide(v.P, v.Q); },
     [](Law& v) { return v.ext(v.inter(v.P, v.t.stop()), v.Q); }},
    {Relation::strong, "STOP [> P = P |~| P", [](Law& v) { return v.slide(v.t.stop(), v.P); },
     [](Law& v) { return v.inter(v.P, v.P); }},
    {Relation::failures, "P [> P = P", [](Law& v) { return v.slide(v.P, v.P); }, [](Law& v) { return v.P; }},
    {Relation::failures, "(P [> Q) [> R = P [> (Q [> R)", [](Law& v) { return v.slide(v.slide(v.P, v.Q), v.R); },
     [](Law& v) { return v.slide(v.P, v.slide(v.Q, v.R)); }},
    {Relation::traces, "P [] Q = P |~| Q in the traces", [](Law& v) { return v.ext(v.P, v.Q); },
     [](Law& v) { return v.inter(v.P, v.Q); }},
    {Relation::strong, "P [+{}+] Q = P [] Q", [](Law& v) { return v.set(Operator::sync_external, v.P, v.Q, {}); },
     [](Law& v) { return v.ext(v.P, v.Q); }},
    {Relation::strong, "[+A+] over three = [+A+] twice",
     [](Law& v) {
       return v.t.apply(Operator::sync_external, {v.P, v.Q, v.R}, v.A);
     },
     [](Law& v) { return v.set(Operator::sync_external, v.set(Operator::sync_external, v.P, v.Q, v.A), v.R, v.A); }},
    {Relation::strong, "P [+A+] Q = Q [+A+] P", [](Law& v) { return v.set(Operator::sync_external, v.P, v.Q, v.A); },
     [](Law& v) { return v.set(Operator::sync_external, v.Q, v.P, v.A); }},
    {Relation::strong, "P [+Events+] Q = P [|Events|] Q without termination",
     [](Law& v) { return v.set(Operator::sync_external, v.endless(v.P), v.endless(v.Q), v.sigma); },
     [](Law& v) { return v.set(Operator::parallel, v.endless(v.P), v.endless(v.Q), v.sigma); }},
    {Relation::failures, "[+A+] distributes over |~|",
     [](Law& v) { return v.set(Operator::sync_external, v.P, v.inter(v.Q, v.R), v.A); },
     [](Law& v) {
       return v.inter(v.set(Operator::sync_external, v.P, v.Q, v.A), v.set(Operator::sync_external, v.P, v.R, v.A));
     }},
};

const Entry sequence_laws[] = {
    {Relation::strong, "STOP ; P = STOP", [](Law& v) { return v.seq(v.t.stop(), v.P); },
     [](Law& v) { return v.t.stop(); }},
    {Relation::failures, "SKIP ; P = P", [](Law& v) { return v.seq(v.t.skip(), v.P); }, [](Law& v) { return v.P; }},
    {Relation::failures, "P ; SKIP = P", [](Law& v) { return v.seq(v.P, v.t.skip()); }, [](Law& v) { return v.P; }},
    {Relation::strong, "(P ; Q) ; R = P ; (Q ; R)", [](Law& v) { return v.seq(v.seq(v.P, v.Q), v.R); },
     [](Law& v) { return v.seq(v.P, v.seq(v.Q, v.R)); }},
    {Relation::strong, "(a -> P) ; Q = a -> (P ; Q)", [](Law& v) { return v.seq(v.t.prefix(v.a, v.P), v.Q); },
     [](Law& v) { return v.t.prefix(v.a, v.seq(v.P, v.Q)); }},
    {Relation::strong, "(P |~| Q) ; R = (P ; R) |~| (Q ; R)", [](Law& v) { return v.seq(v.inter(v.P, v.Q), v.R); },
     [](Law& v) { return v.inter(v.seq(v.P, v.R), v.seq(v.Q, v.R)); }},
    {Relation::failures, "P ; (Q |~| R) = (P ; Q) |~| (P ; R)", [](Law& v) { return v.seq(v.P, v.inter(v.Q, v.R)); },
     [](Law& v) { return v.inter(v.seq(v.P, v.Q), v.seq(v.P, v.R)); }},
    {Relation::strong, "DIV ; P = DIV", [](Law& v) { return v.seq(v.t.div(), v.P); }, [](Law& v) { return v.t.div(); }},
    {Relation::strong, "P /\\ STOP = P", [](Law& v) { return v.interrupt(v.P, v.t.stop()); },
     [](Law& v) { return v.P; }},
    {Relation::strong, "STOP /\\ P = P", [](Law& v) { return v.interrupt(v.t.stop(), v.P); },
     [](Law& v) { return v.P; }},
    {Relation::strong, "(P /\\ Q) /\\ R = P /\\ (Q /\\ R)",
     [](Law& v) { return v.interrupt(v.interrupt(v.P, v.Q), v.R); },
     [](Law& v) { return v.interrupt(v.P, v.interrupt(v.Q, v.R)); }},
    {Relation::failures, "(P |~| Q) /\\ R distributes", [](Law& v) { return v.interrupt(v.inter(v.P, v.Q), v.R); },
     [](Law& v) { return v.inter(v.interrupt(v.P, v.R), v.interrupt(v.Q, v.R)); }},
    {Relation::strong, "(a -> P) /\\ Q = (a -> (P /\\ Q)) [] Q for stable Q",
     [](Law& v) { return v.interrupt(v.t.prefix(v.a, v.P), v.t.run(v.A)); },
     [](Law& v) { return v.ext(v.t.prefix(v.a, v.interrupt(v.P, v.t.run(v.A))), v.t.run(v.A)); }},
    {Relation::strong, "P /+{}+\\ Q = P /\\ Q", [](Law& v) { return v.set(Operator::sync_interrupt, v.P, v.Q, {}); },
     [](Law& v) { return v.interrupt(v.P, v.Q); }},
    {Relation::strong, "P /+Events+\\ Q = P [|Events|] Q without termination",
     [](Law& v) { return v.set(Operator::sync_interrupt, v.endless(v.P), v.endless(v.Q), v.sigma); },
     [](Law& v) { return v.set(Operator::parallel, v.endless(v.P), v.endless(v.Q), v.sigma); }},
    {Relation::strong, "P [|{}|> Q = P", [](Law& v) { return v.set(Operator::exception, v.P, v.Q, {}); },
     [](Law& v) { return v.P; }},
    {Relation::strong, "STOP [|A|> P = STOP", [](Law& v) { return v.set(Operator::exception, v.t.stop(), v.P, v.A); },
     [](Law& v) { return v.t.stop(); }},
    {Relation::strong, "(a -> P) [|{a}|> Q = a -> Q",
     [](Law& v) { return v.set(Operator::exception, v.t.prefix(v.a, v.P), v.Q, {v.a}); },
     [](Law& v) { return v.t.prefix(v.a, v.Q); }},
    {Relation::strong, "(P |~| Q) [|A|> R distributes",
     [](Law& v) { return v.set(Operator::exception, v.inter(v.P, v.Q), v.R, v.A); },
     [](Law& v) {
       return v.inter(v.set(Operator::exception, v.P, v.R, v.A), v.set(Operator::exception, v.Q, v.R, v.A));
     }},
};

const Entry parallel_laws[] = {
    {Relation::strong, "P ||| Q = Q ||| P", [](Law& v) { return v.par(v.P, v.Q); },
     [](Law& v) { return v.par(v.Q, v.P); }},
    {Relation::failures, "(P ||| Q) ||| R = P ||| (Q ||| R)", [](Law& v) { return v.par(v.par(v.P, v.Q), v.R); },
     [](Law& v) { return v.par(v.P, v.par(v.Q, v.R)); }},
    {Relation::failures, "P ||| SKIP = P", [](Law& v) { return v.par(v.P, v.t.skip()); }, [](Law& v) { return v.P; }},
    {Relation::failures, "P ||| STOP = P ; STOP", [](Law& v) { return v.par(v.P, v.t.stop()); },
     [](Law& v) { return v.seq(v.P, v.t.stop()); }},
    {Relation::failures, "||| over three = ||| twice",
     [](Law& v) {
       return v.t.apply(Operator::interleave, {v.P, v.Q, v.R});
     },
     [](Law& v) { return v.par(v.par(v.P, v.Q), v.R); }},
    {Relation::failures, "||| over one = P", [](Law& v) { return v.t.apply(Operator::interleave, {v.P}); },
     [](Law& v) { return v.P; }},
    {Relation::strong, "P [|{}|] Q = P ||| Q", [](Law& v) { return v.set(Operator::parallel, v.P, v.Q, {}); },
     [](Law& v) { return v.par(v.P, v.Q); }},
    {Relation::strong, "P [|A|] Q = Q [|A|] P", [](Law& v) { return v.set(Operator::parallel, v.P, v.Q, v.A); },
     [](Law& v) { return v.set(Operator::parallel, v.Q, v.P, v.A); }},
    {Relation::failures, "(P [|A|] Q) [|A|] R = P [|A|] (Q [|A|] R)",
     [](Law& v) { return v.set(Operator::parallel, v.set(Operator::parallel, v.P, v.Q, v.A), v.R, v.A); },
     [](Law& v) { return v.set(Operator::parallel, v.P, v.set(Operator::parallel, v.Q, v.R, v.A), v.A); }},
    {Relation::failures, "[|A|] over three = [|A|] twice",
     [](Law& v) {
       return v.t.apply(Operator::parallel, {v.P, v.Q, v.R}, v.A);
     },
     [](Law& v) { return v.set(Operator::parallel, v.set(Operator::parallel, v.P, v.Q, v.A), v.R, v.A); }},
    {Relation::failures, "[|A|] distributes over |~|",
     [](Law& v) { return v.set(Operator::parallel, v.P, v.inter(v.Q, v.R), v.A); },
     [](Law& v) {
       return v.inter(v.set(Operator::parallel, v.P, v.Q, v.A), v.set(Operator::parallel, v.P, v.R, v.A));
     }},
    {Relation::strong, "P [|Events|] RUN(Events) = P without termination",
     [](Law& v) { return v.set(Operator::parallel, v.endless(v.P), v.t.run(v.sigma), v.sigma); },
     [](Law& v) { return v.endless(v.P); }},
    {Relation::strong, "P [|Events|] STOP can do nothing",
     [](Law& v) { return v.set(Operator::parallel, v.t.prefix(v.a, v.P), v.t.stop(), v.sigma); },
     [](Law& v) { return v.t.stop(); }},
    {Relation::strong, "P [A||B] Q = Q [B||A] P",
     [](Law& v) {
       return v.t.alphabetised({v.P, v.Q}, {v.A, v.B});
     },
     [](Law& v) {
       return v.t.alphabetised({v.Q, v.P}, {v.B, v.A});
     }},
    {Relation::strong, "P [Events||Events] Q = P [|Events|] Q",
     [](Law& v) {
       return v.t.alphabetised({v.P, v.Q}, {v.sigma, v.sigma});
     },
     [](Law& v) { return v.set(Operator::parallel, v.P, v.Q, v.sigma); }},
    {Relation::failures, "P [A||B] Q by blocking what is outside",
     [](Law& v) {
       return v.t.alphabetised({v.P, v.Q}, {v.A, v.B});
     },
     [](Law& v) { return v.set(Operator::parallel, v.within(v.P, v.A), v.within(v.Q, v.B), v.both(v.A, v.B)); }},
    {Relation::failures, "|| over three = || twice",
     [](Law& v) {
       return v.t.alphabetised({v.P, v.Q, v.R}, {v.A, v.B, v.sigma});
     },
     [](Law& v) {
       return v.t.alphabetised({v.t.alphabetised({v.P, v.Q}, {v.A, v.B}), v.R}, {v.either(v.A, v.B), v.sigma});
     }},
    {Relation::failures, "[A||B] distributes over |~|",
     [](Law& v) {
       return v.t.alphabetised({v.P, v.inter(v.Q, v.R)}, {v.A, v.B});
     },
     [](Law& v) {
       return v.inter(v.t.alphabetised({v.P, v.Q}, {v.A, v.B}), v.t.alphabetised({v.P, v.R}, {v.A, v.B}));
     }},
    {Relation::strong, "P [a <-> b] Q = Q [b <-> a] P",
     [](Law& v) {
       return v.t.link(v.P, v.Q, {{v.a, v.b}});
     },
     [](Law& v) {
       return v.t.link(v.Q, v.P, {{v.b, v.a}});
     }},
    {Relation::strong, "P [ no tie ] Q = P ||| Q", [](Law& v) { return v.t.link(v.P, v.Q, {}); },
     [](Law& v) { return v.par(v.P, v.Q); }},
    {Relation::failures, "linking is renaming, parallel and hiding",
     [](Law& v) {
       return v.t.link(v.P, v.Q, {{v.a, v.b}});
     },
     [](Law& v) {
       return v.hide(v.set(Operator::parallel, v.t.rename(v.P, {{v.a, v.m}}), v.t.rename(v.Q, {{v.b, v.m}}), {v.m}),
                     {v.m});
     }},
};

const Entry relabelling_laws[] = {
    {Relation::strong, "P \\ {} = P", [](Law& v) { return v.hide(v.P, {}); }, [](Law& v) { return v.P; }},
    {Relation::strong, "(P \\ A) \\ B = P \\ union(A, B)", [](Law& v) { return v.hide(v.hide(v.P, v.A), v.B); },
     [](Law& v) { return v.hide(v.P, v.either(v.A, v.B)); }},
    {Relation::strong, "(P |~| Q) \\ A distributes", [](Law& v) { return v.hide(v.inter(v.P, v.Q), v.A); },
     [](Law& v) { return v.inter(v.hide(v.P, v.A), v.hide(v.Q, v.A)); }},
    {Relation::strong, "(a -> P) \\ {b} = a -> (P \\ {b})", [](Law& v) { return v.hide(v.t.prefix(v.a, v.P), {v.b}); },
     [](Law& v) { return v.t.prefix(v.a, v.hide(v.P, {v.b})); }},
    {Relation::failures, "(a -> P) \\ {a} = P \\ {a}", [](Law& v) { return v.hide(v.t.prefix(v.a, v.P), {v.a}); },
     [](Law& v) { return v.hide(v.P, {v.a}); }},
    {Relation::strong, "(P ; Q) \\ A = (P \\ A) ; (Q \\ A)", [](Law& v) { return v.hide(v.seq(v.P, v.Q), v.A); },
     [](Law& v) { return v.seq(v.hide(v.P, v.A), v.hide(v.Q, v.A)); }},
    {Relation::strong, "(P ||| Q) \\ A = (P \\ A) ||| (Q \\ A)", [](Law& v) { return v.hide(v.par(v.P, v.Q), v.A); },
     [](Law& v) { return v.par(v.hide(v.P, v.A), v.hide(v.Q, v.A)); }},
    {Relation::strong, "(P [|B|] Q) \\ A = (P \\ A) [|B|] (Q \\ A) for disjoint sets",
     [](Law& v) { return v.hide(v.set(Operator::parallel, v.P, v.Q, {v.a}), {v.b}); },
     [](Law& v) { return v.set(Operator::parallel, v.hide(v.P, {v.b}), v.hide(v.Q, {v.b}), {v.a}); }},
    {Relation::strong, "P |\\ A = P \\ diff(Events, A)",
     [](Law& v) { return v.t.apply(Operator::project, {v.P}, v.A); },
     [](Law& v) { return v.hide(v.P, v.outside(v.A)); }},
    {Relation::strong, "P |\\ Events = P", [](Law& v) { return v.t.apply(Operator::project, {v.P}, v.sigma); },
     [](Law& v) { return v.P; }},
    {Relation::strong, "P[[a <- a]] = P",
     [](Law& v) {
       return v.t.rename(v.P, {{v.a, v.a}});
     },
     [](Law& v) { return v.P; }},
    {Relation::strong, "P[[a <- b, b <- a]] twice = P",
     [](Law& v) {
       return v.t.rename(v.t.rename(v.P, {{v.a, v.b}, {v.b, v.a}}), {{v.a, v.b}, {v.b, v.a}});
     },
     [](Law& v) { return v.P; }},
    {Relation::strong, "P[[a <- m]][[m <- b]] = P[[a <- b]]",
     [](Law& v) {
       return v.t.rename(v.t.rename(v.P, {{v.a, v.m}}), {{v.m, v.b}});
     },
     [](Law& v) {
       return v.t.rename(v.P, {{v.a, v.b}});
     }},
    {Relation::strong, "(P [] Q)[[R]] = P[[R]] [] Q[[R]]",
     [](Law& v) {
       return v.t.rename(v.ext(v.P, v.Q), {{v.a, v.b}});
     },
     [](Law& v) {
       return v.ext(v.t.rename(v.P, {{v.a, v.b}}), v.t.rename(v.Q, {{v.a, v.b}}));
     }},
    {Relation::strong, "(P ||| Q)[[R]] = P[[R]] ||| Q[[R]]",
     [](Law& v) {
       return v.t.rename(v.par(v.P, v.Q), {{v.a, v.a}, {v.a, v.b}});
     },
     [](Law& v) {
       return v.par(v.t.rename(v.P, {{v.a, v.a}, {v.a, v.b}}), v.t.rename(v.Q, {{v.a, v.a}, {v.a, v.b}}));
     }},
    {Relation::strong, "(P ; Q)[[R]] = P[[R]] ; Q[[R]]",
     [](Law& v) {
       return v.t.rename(v.seq(v.P, v.Q), {{v.a, v.b}});
     },
     [](Law& v) {
       return v.seq(v.t.rename(v.P, {{v.a, v.b}}), v.t.rename(v.Q, {{v.a, v.b}}));
     }},
    {Relation::strong, "P[[a <- b]] \\ {b} = P \\ {a,b}",
     [](Law& v) {
       return v.hide(v.t.rename(v.P, {{v.a, v.b}}), {v.b});
     },
     [](Law& v) { return v.hide(v.P, v.sigma); }},
};

const Entry function_laws[] = {
    {Relation::strong, "prioritise(P, <{}>) = P", [](Law& v) { return v.t.prioritise(v.P, {{}}); },
     [](Law& v) { return v.P; }},
    {Relation::strong, "prioritise(P, <Events>) = P", [](Law& v) { return v.t.prioritise(v.P, {v.sigma}); },
     [](Law& v) { return v.P; }},
    {Relation::strong, "prioritise(P |~| Q, A) distributes",
     [](Law& v) {
       return v.t.prioritise(v.inter(v.P, v.Q), {v.A, v.B});
     },
     [](Law& v) {
       return v.inter(v.t.prioritise(v.P, {v.A, v.B}), v.t.prioritise(v.Q, {v.A, v.B}));
     }},
    {Relation::strong, "prioritise(a -> P [] b -> Q, <{a},{b}>) = a -> prioritise(P, <{a},{b}>)",
     [](Law& v) {
       return v.t.prioritise(v.ext(v.t.prefix(v.a, v.P), v.t.prefix(v.b, v.Q)), {{v.a}, {v.b}});
     },
     [](Law& v) {
       return v.t.prefix(v.a, v.t.prioritise(v.P, {{v.a}, {v.b}}));
     }},
    {Relation::strong, "prioritise is idempotent",
     [](Law& v) {
       return v.t.prioritise(v.t.prioritise(v.P, {{v.a}, {v.b}}), {{v.a}, {v.b}});
     },
     [](Law& v) {
       return v.t.prioritise(v.P, {{v.a}, {v.b}});
     }},
    {Relation::strong, "prioritise(P, <{a},{b}>) is the order b below a and τ",
     [](Law& v) {
       return v.t.prioritise(v.P, {{v.a}, {v.b}});
     },
     [](Law& v) {
       return v.t.prioritise_po(v.P, v.sigma, {{v.a, v.b}}, {v.a});
     }},
    {Relation::strong, "prioritise(P, <{},{b}>) puts b below τ only",
     [](Law& v) {
       return v.t.prioritise(v.P, {{}, {v.b}});
     },
     [](Law& v) { return v.t.prioritise_po(v.P, {v.b}, {}, {}); }},
    {Relation::strong, "an order above is transitive",
     [](Law& v) {
       return v.t.prioritise_po(v.P, {v.a, v.b, v.m}, {{v.a, v.m}, {v.m, v.b}}, {v.a});
     },
     [](Law& v) {
       return v.t.prioritise_po(v.P, {v.a, v.b}, {{v.a, v.b}}, {v.a});
     }},
    {Relation::strong, "chase is idempotent",
     [](Law& v) { return v.t.apply(Operator::chase, {v.t.apply(Operator::chase, {v.P})}); },
     [](Law& v) { return v.t.apply(Operator::chase, {v.P}); }},
    {Relation::strong, "deter is idempotent",
     [](Law& v) { return v.t.apply(Operator::deter, {v.t.apply(Operator::deter, {v.P})}); },
     [](Law& v) { return v.t.apply(Operator::deter, {v.P}); }},
    {Relation::strong, "chase(a -> P) = a -> chase(P)",
     [](Law& v) { return v.t.apply(Operator::chase, {v.t.prefix(v.a, v.P)}); },
     [](Law& v) { return v.t.prefix(v.a, v.t.apply(Operator::chase, {v.P})); }},
    {Relation::strong, "a compression is the identity", [](Law& v) { return v.t.apply(Operator::compressed, {v.P}); },
     [](Law& v) { return v.P; }},
};

}  // namespace

TEST_CASE("the laws of choice hold for random processes") { check_all(choice_laws); }
TEST_CASE("the laws of sequencing, interruption and exceptions hold for random processes") { check_all(sequence_laws); }
TEST_CASE("the laws of the parallel operators hold for random processes") { check_all(parallel_laws); }
TEST_CASE("the laws of hiding and renaming hold for random processes") { check_all(relabelling_laws); }
TEST_CASE("the laws of priority, chase, deter and compressions hold for random processes") { check_all(function_laws); }
