#include "tests/checker/random_automata.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace tryst::csp {

Automata random_automata(std::mt19937& random) {
  const std::size_t components = 2 + random() % 4;
  std::vector<std::vector<std::uint32_t>> alphabets(components);
  const std::uint32_t events = static_cast<std::uint32_t>(components + random() % 4);
  std::vector<std::size_t> sharing(components);
  std::iota(sharing.begin(), sharing.end(), 0U);
  for (std::uint32_t e = 0; e < events; ++e) {
    std::ranges::shuffle(sharing, random);
    const std::size_t owners = random() % 16 == 0 ? 1 : 2 + random() % 2;
    for (std::size_t i = 0; i < std::min(owners, components); ++i) alphabets[sharing[i]].push_back(e);
  }
  for (auto& alphabet : alphabets)
    if (alphabet.empty()) alphabet.push_back(0);
  Automata automata(components);
  for (std::size_t c = 0; c < components; ++c) {
    automata[c].states.resize(1 + random() % 4);
    for (auto& edges : automata[c].states)
      for (std::size_t count = 1 + random() % 2; count > 0; --count)
        edges.push_back({alphabets[c][random() % alphabets[c].size()],
                         static_cast<std::uint32_t>(random() % automata[c].states.size())});
  }
  return automata;
}

ProcessId parallel_of(TermBuilder& t, const Automata& automata, bool hides_first) {
  const auto event = [&](std::uint32_t e) { return t.event("e." + std::to_string(e)); };
  std::vector<ProcessId> components;
  std::vector<TermBuilder::Events> alphabets;
  for (std::size_t c = 0; c < automata.size(); ++c) {
    const auto name = [c](std::size_t s) { return "P" + std::to_string(c) + "." + std::to_string(s); };
    std::set<EventId> alphabet;
    for (std::size_t s = 0; s < automata[c].states.size(); ++s) {
      const auto& edges = automata[c].states[s];
      for (const Automaton::Edge& edge : edges) alphabet.insert(event(edge.event));
      t.define(name(s), [&t, edges, name, event] {
        std::vector<ProcessId> branches;
        for (const Automaton::Edge& edge : edges)
          branches.push_back(t.prefix(event(edge.event), t.call(name(edge.target))));
        return t.apply(Operator::external_choice, branches);
      });
    }
    components.push_back(t.call(name(0)));
    alphabets.emplace_back(alphabet.begin(), alphabet.end());
  }
  const ProcessId whole = t.alphabetised(components, alphabets);
  return hides_first ? t.apply(Operator::hide, {whole}, {event(0)}) : whole;
}

}  // namespace tryst::csp
