#include "checker/antichain.hpp"

#include <algorithm>

namespace tryst {

std::uint64_t Antichain::signature(NodeId node) {
  if (index(node) >= signatures_.size()) signatures_.resize(specification_.size(), 0);
  std::uint64_t& known = signatures_[index(node)];
  if (known == 0)
    for (const StateId s : specification_.members(node))
      known |= std::uint64_t{1} << (index(s) * 0x9e3779b97f4a7c15 >> 58);
  return known;
}

bool Antichain::lies_in(const Kept& kept, NodeId node, std::uint64_t signature) const {
  if ((kept.signature & ~signature) != 0) return false;
  return std::ranges::includes(specification_.members(node), specification_.members(kept.node));
}

bool Antichain::covers(Pair pair, bool other) {
  if (index(pair.state) >= lists_.size()) return false;
  const std::uint64_t own = signature(pair.node);
  return std::ranges::any_of(lists_[index(pair.state)], [&](const Kept& kept) {
    return !(other && kept.node == pair.node) && lies_in(kept, pair.node, own);
  });
}

void Antichain::add(Pair pair) {
  if (index(pair.state) >= lists_.size())
    lists_.resize(std::max<std::size_t>(index(pair.state) + std::size_t{1}, 2 * lists_.size()));
  std::vector<Kept>& list = lists_[index(pair.state)];
  const Kept kept{pair.node, signature(pair.node)};
  std::erase_if(list, [&](const Kept& old) { return lies_in(kept, old.node, old.signature); });
  const auto size = [this](const Kept& each) { return specification_.members(each.node).size(); };
  if (list.size() == list_max) {
    const auto largest = std::ranges::max_element(list, {}, size);
    if (size(*largest) <= size(kept)) return;
    *largest = kept;
  } else {
    list.push_back(kept);
  }
}

}  // namespace tryst
