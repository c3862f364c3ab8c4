// The strongly connected components of a graph, each after those that its nodes lead to.
//
// `edges(node)` is the list of the nodes that a node leads to, with size() and [], valid until the end; it is asked
// once a node. `close(members)` is called once a component, with the nodes in the order in which they were met; what it
// throws ends the walk. Not recursive. Cost: linear; 12 bytes a node. Threads: none.
// Source: Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace tryst {

template <class Edges, class Close>
void strong_components(std::uint32_t nodes, const Edges& edges, const Close& close) {
  constexpr std::uint32_t none = 0xffffffff;
  using List = decltype(edges(std::uint32_t{}));
  struct Frame {
    std::uint32_t node;
    std::uint32_t place;  // in `open`, which holds the nodes of components that are not closed
    List targets;
    std::size_t next = 0;
  };
  std::vector<std::uint32_t> number(nodes, none);  // in the order of discovery
  std::vector<std::uint32_t> least(nodes);         // number of an open node that it leads to
  std::vector<bool> is_closed(nodes);
  std::vector<std::uint32_t> open;
  std::vector<Frame> path;
  std::uint32_t count = 0;
  const auto enter = [&](std::uint32_t node) {
    number[node] = least[node] = count++;
    path.push_back({node, static_cast<std::uint32_t>(open.size()), edges(node)});
    open.push_back(node);
  };
  for (std::uint32_t root = 0; root < nodes; ++root) {
    if (number[root] == none) enter(root);
    while (!path.empty()) {
      Frame& top = path.back();
      if (top.next < top.targets.size()) {
        const std::uint32_t target = top.targets[top.next++];
        if (number[target] == none)
          enter(target);
        else if (!is_closed[target])
          least[top.node] = std::min(least[top.node], number[target]);
        continue;
      }
      const auto [node, place] = std::pair(top.node, top.place);
      path.pop_back();
      if (!path.empty()) least[path.back().node] = std::min(least[path.back().node], least[node]);
      if (least[node] != number[node]) continue;
      const std::span<const std::uint32_t> members = std::span(open).subspan(place);
      for (const std::uint32_t member : members) is_closed[member] = true;
      close(members);
      open.resize(place);
    }
  }
}

}  // namespace tryst
