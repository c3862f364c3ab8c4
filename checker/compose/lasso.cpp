#include "checker/compose/lasso.hpp"

#include <algorithm>
#include <unordered_map>

#include "checker/initials.hpp"
#include "checker/tau_cycles.hpp"
#include "semantics/lts_builder.hpp"

namespace tryst {

namespace {

// Breadth first over pairs of a state and a place in the word, or, behind its end, in the loop.
class LassoSearch {
 public:
  LassoSearch(const Lts& lts, const Performance& wanted, Budget& budget)
      : lts_(lts),
        wanted_(wanted),
        budget_(budget),
        states_(lts.state_count()),
        length_(wanted.word.size()),
        round_(std::max<std::size_t>(1, wanted.loop.size())),
        rest_at_(length_ + 1, nullptr) {
    for (const Performance::Rest& rest : wanted.rests) rest_at_[rest.place] = &rest;
  }

  std::optional<Lasso> find() {
    meet(index(lts_.initial()), {});
    for (std::uint32_t node = 0; node < keys_.size(); ++node) {
      budget_.poll();
      if (!wanted_.loops && place(node) == length_ && may_rest(node)) return Lasso{path_to(node), {}};
      expand(node);
    }
    return wanted_.loops ? find_loop() : std::nullopt;
  }

 private:
  struct Arrival {
    std::uint32_t from;
    Transition step;
  };
  struct Edge {
    std::uint32_t from;
    std::uint32_t to;
    Transition step;
  };

  std::uint64_t place(std::uint32_t node) const { return keys_[node] / states_; }
  Row row(std::uint32_t node) const {
    return lts_.transitions(StateId{static_cast<std::uint32_t>(keys_[node] % states_)});
  }

  std::uint32_t meet(std::uint64_t key, Arrival arrival) {
    const auto [entry, added] = node_of_.try_emplace(key, static_cast<std::uint32_t>(keys_.size()));
    if (added) {
      keys_.push_back(key);
      arrivals_.push_back(arrival);
    }
    return entry->second;
  }

  void follow(std::uint32_t node, const Transition& t, std::uint64_t to) {
    const std::uint32_t target = meet(to * states_ + index(t.target), {node, t});
    if (wanted_.loops && place(node) >= length_) edges_.push_back({node, target, t});
  }

  void expand(std::uint32_t node) {
    const std::uint64_t at = place(node);
    for (const Transition& t : internal(row(node))) follow(node, t, at);
    if (at < length_) {
      if (!may_rest(node)) return;
      for (const Transition& t : with_event(row(node), wanted_.word[at])) follow(node, t, at + 1);
    } else if (wanted_.loops && !wanted_.loop.empty()) {
      const std::uint64_t next = length_ + (at - length_ + 1) % round_;
      for (const Transition& t : with_event(row(node), wanted_.loop[at - length_])) follow(node, t, next);
    }
  }

  // Where it need not rest, always.
  bool may_rest(std::uint32_t node) const {
    const Performance::Rest* const rest = rest_at_[place(node)];
    if (rest == nullptr) return true;
    if (has_tau(row(node))) return false;
    std::vector<EventId> offers;
    initials(row(node), offers);
    return std::ranges::includes(rest->offers, offers);
  }

  std::vector<Transition> path_to(std::uint32_t node) const {
    std::vector<Transition> path;
    for (; node != 0; node = arrivals_[node].from) path.push_back(arrivals_[node].step);
    std::ranges::reverse(path);
    return path;
  }

  // The edges behind the end of the word as τ-steps of a system: a cycle of these that contains an action of the loop,
  // if there are any, is one.
  std::optional<Lasso> find_loop() {
    LtsBuilder builder;
    for (const Edge& edge : edges_) builder.add(StateId{edge.from}, {tau, StateId{edge.to}});
    const Lts graph = std::move(builder).finish(static_cast<std::uint32_t>(keys_.size()), StateId{0}, EventNames());
    LazyLts rows(graph);
    TauCycles cycles(rows, budget_);
    for (const Edge& edge : edges_) {
      if (!wanted_.loop.empty() && edge.step.event == tau) continue;
      if (cycles.component(StateId{edge.from}) != cycles.component(StateId{edge.to})) continue;
      Lasso lasso{path_to(edge.from), {edge.step}};
      complete(lasso, edge);
      return lasso;
    }
    return std::nullopt;
  }

  // From the end of the edge back to its beginning, shortest.
  void complete(Lasso& lasso, const Edge& edge) const {
    std::unordered_map<std::uint32_t, std::vector<const Edge*>> edges_from;
    for (const Edge& each : edges_) edges_from[each.from].push_back(&each);
    std::unordered_map<std::uint32_t, const Edge*> arrival{{edge.to, nullptr}};
    std::vector<std::uint32_t> queue{edge.to};
    for (std::size_t i = 0; !arrival.contains(edge.from); ++i) {
      budget_.poll();
      for (const Edge* each : edges_from[queue[i]])
        if (arrival.try_emplace(each->to, each).second) queue.push_back(each->to);
    }
    std::vector<Transition> back;
    for (const Edge* each = arrival[edge.from]; each != nullptr; each = arrival[each->from]) back.push_back(each->step);
    lasso.loop.insert(lasso.loop.end(), back.rbegin(), back.rend());
  }

  const Lts& lts_;
  const Performance& wanted_;
  Budget& budget_;
  const std::uint64_t states_;
  const std::size_t length_;                       // of the word
  const std::size_t round_;                        // places behind it
  std::vector<const Performance::Rest*> rest_at_;  // by place up to the end of the word
  std::unordered_map<std::uint64_t, std::uint32_t> node_of_;
  std::vector<std::uint64_t> keys_;  // by node: place times states, and the state
  std::vector<Arrival> arrivals_;    // by node; of node 0 without meaning
  std::vector<Edge> edges_;          // behind the end of the word
};

}  // namespace

std::optional<Lasso> find_lasso(const Lts& lts, const Performance& wanted, Budget& budget) {
  return LassoSearch(lts, wanted, budget).find();
}

}  // namespace tryst
