#include "checker/structural/certify_tuples.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "checker/structural/certify_refutation.hpp"

namespace tryst {

namespace {

// The components of a tuple, by their number: where each of them is.
using Together = std::vector<Place>;

// Which of the components can take part in a rule, and where that leads; `all` says whether it needs nobody else.
// None: one of them does not offer its part.
std::optional<Together> after(const PlainNet& net, std::uint32_t rule, const Together& from, bool& all) {
  Together to = from;
  all = true;
  for (const Participant& who : net.participants(rule)) {
    const auto at = std::ranges::find_if(to, [&](Place p) { return net.component(p) == who.component; });
    if (at == to.end()) {
      all = false;
      continue;
    }
    const auto place = net.after(*at, who.label);
    if (!place) return std::nullopt;
    *at = *place;
  }
  return to;
}

// What the components can reach, and is blocked as far as they can tell.
std::vector<Together> blocked_together(const PlainNet& net, const std::vector<std::uint32_t>& components) {
  std::vector<Together> queue(1);
  for (const std::uint32_t c : components) queue.front().push_back(net.first(c));
  std::set<Together> met{queue.front()};
  std::vector<Together> blocked;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const Together here = queue[next];
    std::set<std::uint32_t> rules;
    for (const Place p : here)
      for (const LocalGraph::Move& move : net.row(p))
        for (const std::uint32_t rule : net.rules(net.component(p), move.label)) rules.insert(rule);
    bool is_blocked = std::ranges::all_of(here, [&](Place p) { return net.blockable(p); });
    for (const std::uint32_t rule : rules) {
      net.budget().poll(4);
      bool all = false;
      const auto to = after(net, rule, here, all);
      if (!to) continue;
      if (all) is_blocked = false;
      if (met.insert(*to).second) queue.push_back(*to);
    }
    if (is_blocked) blocked.push_back(here);
  }
  return blocked;
}

}  // namespace

void check_tuples(const PlainNet& net, const std::vector<Certificate::Tuple>& tuples) {
  std::map<std::vector<std::uint32_t>, std::vector<Together>> known;
  for (const Certificate::Tuple& tuple : tuples) {
    const std::set<std::uint32_t> components(tuple.components.begin(), tuple.components.end());
    if (components.empty() || components.size() != tuple.components.size() || *components.rbegin() >= net.components())
      throw WrongCertificate{"a tuple has no components, one twice, or one that there is not"};
    const std::set<Place> places(tuple.places.begin(), tuple.places.end());
    for (const Place p : places)
      if (p >= net.size() || !components.contains(net.component(p)))
        throw WrongCertificate{"a tuple has a place of none of its components"};
    const auto [at, is_new] = known.try_emplace(tuple.components);
    if (is_new) at->second = blocked_together(net, tuple.components);
    for (const Together& together : at->second)
      if (std::ranges::none_of(together, [&](Place p) { return places.contains(p); }))
        throw WrongCertificate{"the components of a tuple can be where none of its places is occupied"};
  }
}

}  // namespace tryst
