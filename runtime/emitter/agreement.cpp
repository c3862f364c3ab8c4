#include "runtime/emitter/agreement.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "runtime/emitter/interpret.hpp"

namespace tryst::emitter {

namespace {

constexpr std::size_t pairs_max = 200'000;
constexpr std::size_t signatures_max = 20'000'000;
constexpr const char* others_steps = "it takes other steps than its translation";
constexpr const char* too_large = "it is too large to be compared with its translation";
constexpr const char* more_states = "it has more states when it is not evaluated by need";

struct Pair {
  std::uint32_t code;
  LocalId own;  // of the component
  friend auto operator<=>(const Pair&, const Pair&) = default;
};

class Comparison {
 public:
  Comparison(MachineCode& code, const Process& initial, const LocalGraph& graph, const EventNames& names)
      : code_(code, initial, names), graph_(graph) {
    for (std::uint32_t l = 0; l < graph.labels().size(); ++l)
      labels_[{graph.labels()[l].event, graph.labels()[l].choice}] = LabelId{l};
  }

  Agreement run() {
    if (in_order()) return {};
    refine();
    if (!agree(0, LocalId{0})) return {others_steps, {}};
    return lifted();
  }

 private:
  EventId event(const LocalGraph::Move& move) const { return graph_.labels()[index(move.label)].event; }

  // Several states of the component may be one of the code.
  bool in_order() {
    std::set<Pair> met{{0, LocalId{0}}};
    std::vector<Pair> queue{*met.begin()};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      if (queue.size() > pairs_max) throw CodeFails{more_states};
      const Pair here = queue[i];
      const auto& moves = code_.moves(here.code);
      if (graph_.row(here.own).size() != moves.size()) return false;
      std::map<EventId, std::uint32_t> ways;
      for (const CodeStates::Move& move : moves) {
        const auto label = labels_.find({move.event, ways[move.event]++});
        const auto target = label == labels_.end() ? std::nullopt : graph_.target(here.own, label->second);
        if (!target) return false;
        if (met.insert({move.target, *target}).second) queue.push_back({move.target, *target});
      }
    }
    return true;
  }

  // The graph's states, and then all that the code meets.
  std::uint32_t number(std::uint32_t code) const { return graph_.size() + code; }

  // Blocks of states of both that are bisimilar, as far as is known: states whose moves have come to lead to other blocks
  // are looked at again, and the largest part of a block that falls apart keeps its number.
  void refine() {
    for (std::uint32_t s = 0; s < graph_.size(); ++s) add_state();
    for (std::uint32_t s = 0; s < graph_.size(); ++s)
      for (const LocalGraph::Move& move : graph_.row(LocalId{s})) add_move(s, event(move), index(move.target));
    add_state();
    for (std::uint32_t c = 0; number(c) < moves_.size(); ++c)
      for (const CodeStates::Move& move : std::vector(code_.moves(c))) {
        while (moves_.size() <= number(move.target)) add_state();
        add_move(number(c), move.event, number(move.target));
      }
    block_.assign(moves_.size(), 0);
    members_.resize(1);
    for (std::uint32_t s = 0; s < moves_.size(); ++s) members_[0].push_back(s);
    std::set<std::uint32_t> open{0};  // blocks with states to be looked at
    for (std::size_t signatures = 0; !open.empty();) {
      const std::uint32_t block = *open.begin();
      open.erase(open.begin());
      signatures += members_[block].size();
      if (signatures > signatures_max) throw CodeFails{too_large};
      split(block, open);
    }
  }

  void add_state() {
    moves_.emplace_back();
    sources_.emplace_back();
  }
  void add_move(std::uint32_t source, EventId event, std::uint32_t target) {
    moves_[source].emplace_back(event, target);
    sources_[target].push_back(source);
  }

  void split(std::uint32_t block, std::set<std::uint32_t>& open) {
    using Signature = std::vector<std::pair<EventId, std::uint32_t>>;  // where it leads, by event
    std::map<Signature, std::vector<std::uint32_t>> parts;
    for (const std::uint32_t s : members_[block]) {
      Signature signature;
      for (const auto& [event, target] : moves_[s]) signature.emplace_back(event, block_[target]);
      std::ranges::sort(signature);
      signature.erase(std::unique(signature.begin(), signature.end()), signature.end());
      parts[std::move(signature)].push_back(s);
    }
    if (parts.size() == 1) return;
    const auto size = [](const auto& part) { return part.second.size(); };
    const auto largest = std::ranges::max_element(parts, {}, size);
    members_[block] = std::move(largest->second);
    parts.erase(largest);
    for (auto& [_, members] : parts) {
      for (const std::uint32_t s : members) block_[s] = static_cast<std::uint32_t>(members_.size());
      members_.push_back(std::move(members));
    }
    for (std::size_t b = members_.size() - parts.size(); b < members_.size(); ++b)
      for (const std::uint32_t s : members_[b])
        for (const std::uint32_t source : sources_[s]) open.insert(block_[source]);
  }

  bool agree(std::uint32_t code, LocalId own) const { return block_[number(code)] == block_[index(own)]; }

  // The code's states and moves, each with a state of the component that is bisimilar.
  Agreement lifted() {
    Automaton automaton;
    std::map<Pair, std::uint32_t> numbers{{{0, LocalId{0}}, 0}};
    std::vector<Pair> queue{numbers.begin()->first};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      if (queue.size() > pairs_max) throw CodeFails{more_states};
      const Pair here = queue[i];
      automaton.states.push_back(here.own);
      std::map<EventId, std::uint32_t> ways;
      for (const CodeStates::Move& move : code_.moves(here.code)) {
        const LabelId label = this->label(move.event, ways[move.event]++, automaton);
        const Pair after{move.target, partner(here, move, label)};
        const auto [at, added] = numbers.try_emplace(after, static_cast<std::uint32_t>(queue.size()));
        if (added) queue.push_back(after);
        automaton.moves.push_back({label, LocalId{at->second}});
      }
      automaton.row.push_back(static_cast<std::uint32_t>(automaton.moves.size()));
    }
    return {{}, std::move(automaton)};
  }

  LabelId label(EventId event, std::uint32_t choice, Automaton& automaton) {
    const auto next = static_cast<std::uint32_t>(graph_.labels().size() + automaton.more_labels.size());
    const auto [at, added] = labels_.try_emplace({event, choice}, LabelId{next});
    if (added) automaton.more_labels.push_back({event, choice});
    return at->second;
  }

  // Where the component goes with the same label, or else by the first move that leads to what is bisimilar.
  LocalId partner(Pair here, const CodeStates::Move& move, LabelId label) const {
    const auto are_partners = [&](const LocalGraph::Move& own) {
      return event(own) == move.event && agree(move.target, own.target);
    };
    const auto row = graph_.row(here.own);
    const auto same = std::ranges::find(row, label, &LocalGraph::Move::label);
    return same != row.end() && are_partners(*same) ? same->target : std::ranges::find_if(row, are_partners)->target;
  }

  CodeStates code_;
  const LocalGraph& graph_;
  std::map<std::pair<EventId, std::uint32_t>, LabelId> labels_;  // by event and choice

  // By state of both:
  std::vector<std::vector<std::pair<EventId, std::uint32_t>>> moves_;
  std::vector<std::vector<std::uint32_t>> sources_;
  std::vector<std::uint32_t> block_;
  std::vector<std::vector<std::uint32_t>> members_;  // by block
};

}  // namespace

Agreement agreement(MachineCode& code, const Process& initial, const LocalGraph& graph, const EventNames& names) {
  try {
    return Comparison(code, initial, graph, names).run();
  } catch (const CodeFails& failure) {
    return {failure.reason, {}};
  }
}

}  // namespace tryst::emitter
