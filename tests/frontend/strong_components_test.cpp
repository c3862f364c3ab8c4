// Strongly connected components against their definition, on random graphs; and a path that no recursion survives.
#include "frontend/strong_components.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace tryst;

namespace {

using Graph = std::vector<std::vector<std::uint32_t>>;

// Whether there is a path, by node and node: Warshall's algorithm.
std::vector<std::vector<bool>> reachability(const Graph& graph) {
  const std::size_t n = graph.size();
  std::vector<std::vector<bool>> reaches(n, std::vector<bool>(n));
  for (std::size_t i = 0; i < n; ++i) {
    reaches[i][i] = true;
    for (const std::uint32_t j : graph[i]) reaches[i][j] = true;
  }
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        if (reaches[i][k] && reaches[k][j]) reaches[i][j] = true;
  return reaches;
}

// The component of each node, numbered as they are closed.
std::vector<std::uint32_t> components(const Graph& graph) {
  std::vector<std::uint32_t> component(graph.size(), 0xffffffff);
  std::uint32_t count = 0;
  strong_components(
      static_cast<std::uint32_t>(graph.size()), [&](std::uint32_t n) { return std::span(graph[n]); },
      [&](std::span<const std::uint32_t> members) {
        for (const std::uint32_t n : members) {
          CHECK(component[n] == 0xffffffff);
          component[n] = count;
        }
        ++count;
      });
  return component;
}

}  // namespace

TEST_CASE("strongly connected components are the classes of mutual reachability, in the order of use") {
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    Graph graph(random() % 9);
    for (auto& targets : graph)
      for (std::size_t i = random() % 4; i > 0; --i)
        targets.push_back(static_cast<std::uint32_t>(random() % graph.size()));
    const auto reaches = reachability(graph);
    const auto component = components(graph);
    for (std::size_t i = 0; i < graph.size(); ++i)
      for (std::size_t j = 0; j < graph.size(); ++j) {
        REQUIRE((component[i] == component[j]) == (reaches[i][j] && reaches[j][i]));
        if (reaches[i][j]) REQUIRE(component[j] <= component[i]);
      }
  }
}

TEST_CASE("a path of a million nodes has a million components, and closed to a ring one") {
  Graph graph(1'000'000);
  for (std::uint32_t n = 0; n + 1 < graph.size(); ++n) graph[n].push_back(n + 1);
  std::size_t count = 0;
  const auto targets = [&](std::uint32_t n) { return std::span(graph[n]); };
  const auto size = static_cast<std::uint32_t>(graph.size());
  strong_components(size, targets, [&](std::span<const std::uint32_t> members) { count += members.size() == 1; });
  CHECK(count == graph.size());
  graph.back().push_back(0);
  strong_components(size, targets,
                    [&](std::span<const std::uint32_t> members) { CHECK(members.size() == graph.size()); });
}
