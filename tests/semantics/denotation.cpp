#include "tests/semantics/denotation.hpp"

#include <functional>
#include <set>

namespace tryst::csp {

namespace {

using Sets = std::uint16_t;    // of refusal sets
using Refusal = unsigned int;  // bits a, b, m, ✓
constexpr Refusal a_bit = 1, b_bit = 2, m_bit = 4, tick_bit = 8;
constexpr Sets everything = 0xffff;
constexpr Sets without_tick = 0x00ff;  // what a state that signals ✓ may refuse

Refusal bit(char letter) { return letter == 'a' ? a_bit : letter == 'b' ? b_bit : letter == 'm' ? m_bit : tick_bit; }
bool ends(const std::string& trace) { return !trace.empty() && trace.back() == '!'; }
bool may_end(const Failures& p) { return p.count("!") != 0; }

template <class Test>
Sets sets_where(Test test) {
  Sets sets = 0;
  for (Refusal x = 0; x < 16; ++x)
    if (test(x)) sets = static_cast<Sets>(sets | 1u << x);
  return sets;
}

bool has(Sets sets, Refusal x) { return (sets >> x & 1) != 0; }

// The pairwise combinations of refusals of two operands, closed downwards.
template <class Combine>
Sets combined(Sets p, Sets q, Combine combine) {
  Sets sets = 0;
  for (Refusal y = 0; y < 16; ++y)
    for (Refusal z = 0; z < 16; ++z)
      if (has(p, y) && has(q, z))
        if (const Refusal top = combine(y, z); !has(sets, top))
          sets = static_cast<Sets>(sets | sets_where([top](Refusal x) { return (x & ~top) == 0; }));
  return sets;
}

void add(Failures& f, const std::string& trace, Sets refusals) { f[trace] = static_cast<Sets>(f[trace] | refusals); }

Failures after(const Failures& p, char letter) {
  Failures f;
  for (const auto& [trace, refusals] : p)
    if (!trace.empty() && trace[0] == letter) f[trace.substr(1)] = refusals;
  return f;
}

void add_all(Failures& f, const std::string& before, const Failures& p) {
  for (const auto& [trace, refusals] : p) add(f, before + trace, refusals);
}

Failures prefix(char letter, const Failures& p) {
  Failures f{{"", sets_where([letter](Refusal x) { return (x & bit(letter)) == 0; })}};
  add_all(f, std::string(1, letter), p);
  return f;
}

Failures internal(const Failures& p, const Failures& q) {
  Failures f = p;
  add_all(f, "", q);
  return f;
}

Failures external(const Failures& p, const Failures& q) {
  Failures f = internal(p, q);
  f[""] = static_cast<Sets>((p.at("") & q.at("")) | (may_end(p) || may_end(q) ? without_tick : 0));
  return f;
}

Failures sliding(const Failures& p, const Failures& q) {
  Failures f = internal(p, q);
  f[""] = static_cast<Sets>(q.at("") | (may_end(p) ? without_tick : 0));
  return f;
}

Failures sequential(const Failures& p, const Failures& q) {
  Failures f;
  for (const auto& [trace, refusals] : p) {
    const Sets own = refusals;
    if (ends(trace))
      add_all(f, trace.substr(0, trace.size() - 1), q);
    else
      add(f, trace, sets_where([own](Refusal x) { return has(own, x | tick_bit); }));
  }
  return f;
}

Failures hide(const Failures& p, Refusal hidden) {
  Failures f;
  for (const auto& [trace, refusals] : p) {
    std::string kept;
    for (const char letter : trace)
      if ((bit(letter) & hidden) == 0) kept += letter;
    const Sets own = refusals;
    add(f, kept, sets_where([=](Refusal x) { return has(own, x | hidden); }));
  }
  return f;
}

// `images` gives the letters that each of a, b, m becomes.
Failures rename(const Failures& p, const std::map<char, std::string>& images) {
  const auto image = [&images](char letter) {
    const auto found = images.find(letter);
    return found == images.end() ? std::string(1, letter) : found->second;
  };
  const auto inverse = [&image](Refusal x) {
    Refusal sources = 0;
    for (const char letter : {'a', 'b', 'm', '!'})
      for (const char to : image(letter))
        if ((x & bit(to)) != 0) sources |= bit(letter);
    return sources;
  };
  Failures f;
  for (const auto& [trace, refusals] : p) {
    std::vector<std::string> renamed = {""};
    for (const char letter : trace) {
      std::vector<std::string> longer;
      for (const std::string& start : renamed)
        for (const char to : image(letter)) longer.push_back(start + to);
      renamed = std::move(longer);
    }
    const Sets own = refusals;
    for (const std::string& t : renamed) add(f, t, sets_where([&](Refusal x) { return has(own, inverse(x)); }));
  }
  return f;
}

// All traces of s and t in parallel, synchronised on `joint` and ✓.
void merge(const std::string& s, const std::string& t, Refusal joint, const std::string& done,
           const std::function<void(const std::string&)>& found) {
  if (s.empty() && t.empty()) return found(done);
  const Refusal shared = joint | tick_bit;
  if (!s.empty() && (bit(s[0]) & shared) == 0) merge(s.substr(1), t, joint, done + s[0], found);
  if (!t.empty() && (bit(t[0]) & shared) == 0) merge(s, t.substr(1), joint, done + t[0], found);
  if (!s.empty() && !t.empty() && s[0] == t[0] && (bit(s[0]) & shared) != 0)
    merge(s.substr(1), t.substr(1), joint, done + s[0], found);
}

Failures parallel(const Failures& p, const Failures& q, Refusal joint) {
  const Refusal shared = joint | tick_bit;
  Failures f;
  for (const auto& [s, p_refusals] : p)
    for (const auto& [t, q_refusals] : q) {
      const Sets refusals = combined(p_refusals, q_refusals,
                                     [shared](Refusal y, Refusal z) { return ((y | z) & shared) | (y & z & ~shared); });
      merge(s, t, joint, "", [&](const std::string& u) { add(f, u, ends(u) ? everything : refusals); });
    }
  return f;
}

Failures alphabetised(const Failures& p, const Failures& q, Refusal p_alphabet, Refusal q_alphabet) {
  const auto within = [](const std::string& trace, Refusal alphabet) {
    for (const char letter : trace)
      if ((bit(letter) & (alphabet | tick_bit)) == 0) return false;
    return true;
  };
  Failures f;
  for (const auto& [s, p_refusals] : p)
    for (const auto& [t, q_refusals] : q) {
      if (!within(s, p_alphabet) || !within(t, q_alphabet)) continue;
      const Sets refusals = combined(p_refusals, q_refusals, [=](Refusal y, Refusal z) {
        const Refusal own = (y & (p_alphabet | tick_bit)) | (z & (q_alphabet | tick_bit));
        return own | (~(p_alphabet | q_alphabet | tick_bit) & 15);
      });
      merge(s, t, p_alphabet & q_alphabet, "",
            [&](const std::string& u) { add(f, u, ends(u) ? everything : refusals); });
    }
  return f;
}

Failures interrupt(const Failures& p, const Failures& q) {
  Failures f;
  for (const auto& [trace, refusals] : p) {
    if (ends(trace)) {
      f[trace] = everything;
      continue;
    }
    add_all(f, trace, q);
    const bool signals = p.count(trace + '!') != 0 || may_end(q);
    f[trace] = 0;
    f[trace] = static_cast<Sets>((refusals & q.at("")) | (signals ? without_tick : 0));
  }
  // A trace of P may also be a trace of P followed by one of Q: both ways of refusing count.
  for (const auto& [trace, refusals] : p)
    if (!ends(trace))
      for (const auto& [more, q_refusals] : q)
        if (!more.empty()) add(f, trace + more, q_refusals);
  return f;
}

Failures exception(const Failures& p, const Failures& q, Refusal thrown) {
  Failures f;
  for (const auto& [trace, refusals] : p) {
    std::size_t at = 0;
    while (at < trace.size() && (bit(trace[at]) & thrown) == 0) ++at;
    if (at == trace.size())
      add(f, trace, refusals);
    else if (at + 1 == trace.size())
      add_all(f, trace, q);
  }
  return f;
}

// What choice and interruption refuse at first: what either refuses of `joint`, what both refuse of the rest.
Sets refused_at_first(const Failures& p, const Failures& q, Refusal joint) {
  const Sets refusals =
      combined(p.at(""), q.at(""), [joint](Refusal y, Refusal z) { return ((y | z) & joint) | (y & z & ~joint); });
  return static_cast<Sets>(refusals | (may_end(p) || may_end(q) ? without_tick : 0));
}

Failures sync_external(const Failures& p, const Failures& q, Refusal joint) {
  Failures f{{"", refused_at_first(p, q, joint)}};
  for (const char letter : {'a', 'b', 'm', '!'}) {
    const Failures p_after = after(p, letter);
    const Failures q_after = after(q, letter);
    const std::string first(1, letter);
    if ((bit(letter) & joint) == 0) {
      add_all(f, first, p_after);
      add_all(f, first, q_after);
    } else if (!p_after.empty() && !q_after.empty()) {
      add_all(f, first, sync_external(p_after, q_after, joint));
    }
  }
  return f;
}

Failures sync_interrupt(const Failures& p, const Failures& q, Refusal joint) {
  Failures f{{"", refused_at_first(p, q, joint)}};
  if (may_end(p) || may_end(q)) f["!"] = everything;
  for (const char letter : {'a', 'b', 'm'}) {
    const Failures p_after = after(p, letter);
    const Failures q_after = after(q, letter);
    const std::string first(1, letter);
    if ((bit(letter) & joint) == 0) {
      if (!p_after.empty()) add_all(f, first, sync_interrupt(p_after, q, joint));
      add_all(f, first, q_after);
    } else if (!p_after.empty() && !q_after.empty()) {
      add_all(f, first, sync_interrupt(p_after, q_after, joint));
    }
  }
  return f;
}

// P [x <-> y] Q = (P[[x <- m]] [|{m}|] Q[[y <- m]]) \ {m}
Failures link(const Failures& p, const Failures& q, char left, char right) {
  return hide(parallel(rename(p, {{left, "m"}}), rename(q, {{right, "m"}}), m_bit), m_bit);
}

constexpr EventId a{2};
constexpr EventId b{3};
using Model = std::vector<Failures>;

using Clause = Failures (*)(const Model&);

const std::map<std::string, Clause>& clauses() {
  static const std::map<std::string, Clause> all = {
      {"STOP",
       [](const Model&) {
         return Failures{{"", everything}};
       }},
      {"SKIP",
       [](const Model&) {
         return Failures{{"", without_tick}, {"!", everything}};
       }},
      {"DIV",
       [](const Model&) {
         return Failures{{"", 0}};
       }},
      {"a -> P", [](const Model& p) { return prefix('a', p[0]); }},
      {"b -> P", [](const Model& p) { return prefix('b', p[0]); }},
      {"P \\ {a}", [](const Model& p) { return hide(p[0], a_bit); }},
      {"P \\ {a,b}", [](const Model& p) { return hide(p[0], a_bit | b_bit); }},
      {"P |\\ {a}", [](const Model& p) { return hide(p[0], b_bit | m_bit); }},
      {"P[[a <- b]]",
       [](const Model& p) {
         return rename(p[0], {{'a', "b"}});
       }},
      {"P[[a <- a, a <- b]]",
       [](const Model& p) {
         return rename(p[0], {{'a', "ab"}});
       }},
      {"P |~| Q", [](const Model& p) { return internal(p[0], p[1]); }},
      {"P [] Q", [](const Model& p) { return external(p[0], p[1]); }},
      {"P [> Q", [](const Model& p) { return sliding(p[0], p[1]); }},
      {"P ; Q", [](const Model& p) { return sequential(p[0], p[1]); }},
      {"P /\\ Q", [](const Model& p) { return interrupt(p[0], p[1]); }},
      {"P [|{a}|> Q", [](const Model& p) { return exception(p[0], p[1], a_bit); }},
      {"P ||| Q", [](const Model& p) { return parallel(p[0], p[1], 0); }},
      {"P [|{a}|] Q", [](const Model& p) { return parallel(p[0], p[1], a_bit); }},
      {"P [|{a,b}|] Q", [](const Model& p) { return parallel(p[0], p[1], a_bit | b_bit); }},
      {"P [{a}||{b}] Q", [](const Model& p) { return alphabetised(p[0], p[1], a_bit, b_bit); }},
      {"P [{a}||{a,b}] Q", [](const Model& p) { return alphabetised(p[0], p[1], a_bit, a_bit | b_bit); }},
      {"P [a <-> b] Q", [](const Model& p) { return link(p[0], p[1], 'a', 'b'); }},
      {"P [a <-> a] Q", [](const Model& p) { return link(p[0], p[1], 'a', 'a'); }},
      {"P [+{a}+] Q", [](const Model& p) { return sync_external(p[0], p[1], a_bit); }},
      {"P [+{a,b}+] Q", [](const Model& p) { return sync_external(p[0], p[1], a_bit | b_bit); }},
      {"P /+{a}+\\ Q", [](const Model& p) { return sync_interrupt(p[0], p[1], a_bit); }},
  };
  return all;
}

Sets refused_by(const std::set<EventId>& offers) {
  const Refusal offered = (offers.count(a) != 0 ? a_bit : 0) | (offers.count(b) != 0 ? b_bit : 0) |
                          (offers.count(tick) != 0 ? tick_bit : 0);
  return sets_where([offered](Refusal x) { return (x & offered) == 0; });
}

void collect(const SmallGraph& graph, const States& states, const std::string& trace, Failures& f) {
  f[trace] = 0;
  for (const auto& offers : acceptances(graph, states)) add(f, trace, refused_by(offers));
  for (const EventId e : initials(graph, states)) {
    if (e == tick)
      f[trace + '!'] = everything;
    else
      collect(graph, tryst::csp::after(graph, states, e), trace + (e == a ? 'a' : 'b'), f);
  }
}

}  // namespace

Failures failures_of(const Process& process) {
  std::vector<Failures> operands;
  for (const Process& operand : process.operands) operands.push_back(failures_of(operand));
  return clauses().at(forms()[process.form].text)(operands);
}

Failures failures_of(const SmallGraph& graph) {
  Failures f;
  collect(graph, closed(graph, {0}), "", f);
  return f;
}

}  // namespace tryst::csp
