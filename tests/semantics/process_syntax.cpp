#include "tests/semantics/process_syntax.hpp"

namespace tryst::csp {

namespace {

constexpr EventId a{2};
constexpr EventId b{3};
using Operands = std::vector<ProcessId>;

std::vector<Form> bounded() {
  using B = TermBuilder;
  return {
      {"STOP", 0, [](B& t, const Operands&) { return t.stop(); }},
      {"SKIP", 0, [](B& t, const Operands&) { return t.skip(); }},
      {"DIV", 0, [](B& t, const Operands&) { return t.div(); }},
      {"a -> P", 1, [](B& t, const Operands& p) { return t.prefix(a, p[0]); }},
      {"b -> P", 1, [](B& t, const Operands& p) { return t.prefix(b, p[0]); }},
      {"P \\ {a}", 1, [](B& t, const Operands& p) { return t.apply(Operator::hide, p, {a}); }},
      {"P \\ {a,b}", 1,
       [](B& t, const Operands& p) {
         return t.apply(Operator::hide, p, {a, b});
       }},
      {"P |\\ {a}", 1, [](B& t, const Operands& p) { return t.apply(Operator::project, p, {a}); }},
      {"P[[a <- b]]", 1,
       [](B& t, const Operands& p) {
         return t.rename(p[0], {{a, b}});
       }},
      {"P[[a <- a, a <- b]]", 1,
       [](B& t, const Operands& p) {
         return t.rename(p[0], {{a, a}, {a, b}});
       }},
      {"P |~| Q", 2, [](B& t, const Operands& p) { return t.apply(Operator::internal_choice, p); }},
      {"P [] Q", 2, [](B& t, const Operands& p) { return t.apply(Operator::external_choice, p); }},
      {"P [> Q", 2, [](B& t, const Operands& p) { return t.apply(Operator::sliding_choice, p); }},
      {"P ; Q", 2, [](B& t, const Operands& p) { return t.apply(Operator::sequential, p); }},
      {"P /\\ Q", 2, [](B& t, const Operands& p) { return t.apply(Operator::interrupt, p); }},
      {"P [|{a}|> Q", 2, [](B& t, const Operands& p) { return t.apply(Operator::exception, p, {a}); }},
      {"P ||| Q", 2, [](B& t, const Operands& p) { return t.apply(Operator::interleave, p); }},
      {"P [|{a}|] Q", 2, [](B& t, const Operands& p) { return t.apply(Operator::parallel, p, {a}); }},
      {"P [|{a,b}|] Q", 2,
       [](B& t, const Operands& p) {
         return t.apply(Operator::parallel, p, {a, b});
       }},
      {"P [{a}||{b}] Q", 2,
       [](B& t, const Operands& p) {
         return t.alphabetised(p, {{a}, {b}});
       }},
      {"P [{a}||{a,b}] Q", 2,
       [](B& t, const Operands& p) {
         return t.alphabetised(p, {{a}, {a, b}});
       }},
      {"P [a <-> b] Q", 2,
       [](B& t, const Operands& p) {
         return t.link(p[0], p[1], {{a, b}});
       }},
      {"P [a <-> a] Q", 2,
       [](B& t, const Operands& p) {
         return t.link(p[0], p[1], {{a, a}});
       }},
      {"P [+{a}+] Q", 2, [](B& t, const Operands& p) { return t.apply(Operator::sync_external, p, {a}); }},
      {"P [+{a,b}+] Q", 2,
       [](B& t, const Operands& p) {
         return t.apply(Operator::sync_external, p, {a, b});
       }},
      {"P /+{a}+\\ Q", 2, [](B& t, const Operands& p) { return t.apply(Operator::sync_interrupt, p, {a}); }},
  };
}

std::vector<Form> unbounded() {
  using B = TermBuilder;
  return {
      {"LOOP", 0, [](B& t, const Operands&) { return t.call("LOOP"); }},
      {"CHOOSE", 0, [](B& t, const Operands&) { return t.call("CHOOSE"); }},
      {"MAYBE", 0, [](B& t, const Operands&) { return t.call("MAYBE"); }},
      {"RUN({a})", 0, [](B& t, const Operands&) { return t.run({a}); }},
      {"CHAOS({a,b})", 0,
       [](B& t, const Operands&) {
         return t.chaos({a, b});
       }},
      {"prioritise(P, <{a},{b}>)", 1,
       [](B& t, const Operands& p) {
         return t.prioritise(p[0], {{a}, {b}});
       }},
      {"prioritisepo(P, {a,b}, {(b,a)}, {b})", 1,
       [](B& t, const Operands& p) {
         return t.prioritise_po(p[0], {a, b}, {{b, a}}, {b});
       }},
      {"chase(P)", 1, [](B& t, const Operands& p) { return t.apply(Operator::chase, p); }},
      {"deter(P)", 1, [](B& t, const Operands& p) { return t.apply(Operator::deter, p); }},
      {"sbisim(P)", 1, [](B& t, const Operands& p) { return t.apply(Operator::compressed, p); }},
  };
}

std::vector<Form> all_forms() {
  std::vector<Form> all = bounded();
  for (const Form& form : unbounded()) all.push_back(form);
  return all;
}

// Every process with one subprocess replaced by one of its own operands or by a leaf.
void for_each_smaller(const Process& process, const std::function<void(const Process&)>& found) {
  for (const Process& operand : process.operands) found(operand);
  if (process.operands.empty()) return;
  for (std::size_t leaf = 0; leaf < leaf_forms; ++leaf) found({leaf, {}});
  for (std::size_t i = 0; i < process.operands.size(); ++i)
    for_each_smaller(process.operands[i], [&](const Process& smaller) {
      Process whole = process;
      whole.operands[i] = smaller;
      found(whole);
    });
}

std::size_t size(const Process& process) {
  std::size_t n = 1;
  for (const Process& operand : process.operands) n += size(operand);
  return n;
}

}  // namespace

const std::size_t unbounded_forms = bounded().size();

const std::vector<Form>& forms() {
  static const std::vector<Form> all = all_forms();
  return all;
}

void declare(TermBuilder& t) {
  t.event("a");
  t.event("b");
  t.define("LOOP", [&t] { return t.prefix(a, t.call("LOOP")); });
  t.define("CHOOSE", [&t] {
    return t.apply(Operator::external_choice, {t.prefix(a, t.call("CHOOSE")), t.prefix(b, t.skip())});
  });
  t.define("MAYBE", [&t] {
    return t.apply(Operator::internal_choice, {t.prefix(a, t.call("MAYBE")), t.prefix(b, t.skip())});
  });
}

ProcessId term_of(TermBuilder& builder, const Process& process) {
  std::vector<ProcessId> operands;
  for (const Process& operand : process.operands) operands.push_back(term_of(builder, operand));
  return forms()[process.form].term(builder, operands);
}

std::string text_of(const Process& process) {
  const Form& form = forms()[process.form];
  if (form.operands == 0) return form.text;
  std::string text;
  for (const char letter : form.text) {
    if (letter == 'P' || letter == 'Q')
      text += '(' + text_of(process.operands[letter == 'P' ? 0 : 1]) + ')';
    else
      text += letter;
  }
  return text;
}

Process random_process(std::mt19937& random, std::size_t nodes, std::size_t forms_end) {
  std::vector<std::size_t> fitting;
  for (std::size_t f = 0; f < forms_end; ++f)
    if (nodes == 1 ? forms()[f].operands == 0 : forms()[f].operands == 1 || (forms()[f].operands == 2 && nodes > 2))
      fitting.push_back(f);
  const std::size_t form = fitting[random() % fitting.size()];
  if (nodes == 1) return {form, {}};
  if (forms()[form].operands == 1) return {form, {random_process(random, nodes - 1, forms_end)}};
  const std::size_t left = 1 + random() % (nodes - 2);
  return {form, {random_process(random, left, forms_end), random_process(random, nodes - 1 - left, forms_end)}};
}

std::vector<ProcessId> random_components(TermBuilder& t, std::mt19937& random, std::size_t spread,
                                         std::size_t nodes_max) {
  std::vector<ProcessId> components;
  for (std::size_t i = 0; i < 2 + random() % spread; ++i)
    components.push_back(term_of(t, random_process(random, 1 + random() % nodes_max, forms().size())));
  return components;
}

Process shrunk(Process failing, const std::function<bool(const Process&)>& fails) {
  for (;;) {
    Process best = failing;
    for_each_smaller(failing, [&](const Process& candidate) {
      if (size(candidate) < size(best) && fails(candidate)) best = candidate;
    });
    if (size(best) == size(failing)) return failing;
    failing = std::move(best);
  }
}

}  // namespace tryst::csp
