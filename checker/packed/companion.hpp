// The specification as one more participant of a network: a table of what each node of its normal form says about the
// events that the network performs.
//
// Events are numbered densely in the order in which rules first perform them: τ is 0, the others follow.
//   event_of_rule_  by rule: the number of its event
//   nodes_          one entry a node that is known: where its row is in next_, and what it lets a stable state refuse
//   next_           a row of stride_ entries: the node after each event, or `forbidden`; after τ, the node itself
// Without a specification there is one node, 0, which allows everything and follows everything; so properties of single
// states are searched by the same code.
// Cost: know() asks the normal form once for each node and event. Threads: const functions may run together, the others
// alone.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "checker/normal_form.hpp"
#include "checker/question.hpp"
#include "semantics/network/network.hpp"

namespace tryst {

class Companion {
 public:
  static constexpr std::uint32_t forbidden = 0xffffffff;
  static constexpr std::uint32_t tau_number = 0;

  // `specification` may be null. `model` says which acceptances count, and whether divergence allows everything.
  Companion(const Network& network, NormalForm* specification, Model model);

  // Takes in the rules that are new, and their events for the nodes that are known. True: there are more nodes.
  bool update();
  // Takes in a node. True: there are more nodes.
  bool know(std::uint32_t node);
  bool is_known(std::uint32_t node) const { return node < nodes_.size() && nodes_[node].known; }
  std::uint32_t nodes() const { return static_cast<std::uint32_t>(nodes_.size()); }

  std::uint32_t event_number(RuleId rule) const { return event_of_rule_[index(rule)]; }
  // Which transitions the specification may tell the order of: those of events that are not neutral; of all visible
  // events, while there are nodes that are not known; or even of τ, where a node allows everything, or may turn out to,
  // because what lies below it is not visited.
  enum class Sight : std::uint8_t { moves, visible, everything };
  Sight sight() const;
  // No known node forbids the event or moves on it.
  bool is_neutral(std::uint32_t number) const;

  std::uint32_t tick_number() const { return tick_number_; }  // `forbidden`: no rule performs ✓
  std::uint32_t event_count() const { return static_cast<std::uint32_t>(events_.size()); }

  // The node after an event, or `forbidden`. The node is known.
  std::uint32_t after(std::uint32_t node, std::uint32_t number) const { return next_[node * stride_ + number]; }
  // Whether it stays the node after each of these rules, none of which performs ✓.
  bool stays(std::uint32_t node, std::span<const RuleId> rules) const {
    const std::uint32_t* const next = next_.data() + node * stride_;
    bool stays = true;
    for (const RuleId rule : rules) {
      const std::uint32_t number = event_number(rule);
      stays &= next[number] == node && number != tick_number_;
    }
    return stays;
  }
  bool allows_everything(std::uint32_t node) const { return nodes_[node].allows_everything; }
  // The sets of event numbers, one of which a stable state must offer; a set with an event that no rule performs is
  // left out.
  std::span<const std::vector<std::uint32_t>> acceptances(std::uint32_t node) const { return nodes_[node].acceptances; }

 private:
  struct Node {
    bool known = false;
    bool allows_everything = false;
    std::vector<std::vector<std::uint32_t>> acceptances;
  };

  bool fill(std::uint32_t node, std::uint32_t first_number);
  void fill_acceptances(std::uint32_t node);

  const Network& network_;
  NormalForm* specification_;
  Model model_;
  std::vector<std::uint32_t> event_of_rule_;
  std::vector<EventId> events_{tau};  // by number
  std::uint32_t tick_number_ = forbidden;
  std::vector<std::uint32_t> number_of_;  // by event; forbidden: no rule performs it
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> next_;
  std::size_t stride_ = 1;
};

}  // namespace tryst
