// A network as the checker of certificates sees it: its local states, numbered as certificate.hpp says, and which of
// two components can meet. Plain and independent of what the prover uses.
//
// Construction expands every local state; the network must be fresh.
// Cost: O(1) for what is indexed, O(log of a row) for after() and offers(); Meetings explores two components side by
// side when first asked about them. Threads: none inside.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <unordered_set>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/network/network.hpp"

namespace tryst {

using Place = std::uint32_t;
using Places = std::vector<Place>;

// The local states of all components, numbered as certificates number them.
class PlainNet {
 public:
  PlainNet(Network&, Budget&);

  const Network& network() const { return network_; }
  Budget& budget() const { return budget_; }
  std::uint32_t components() const { return static_cast<std::uint32_t>(first_.size()); }
  Place size() const { return static_cast<Place>(component_.size()); }
  std::uint32_t component(Place p) const { return component_[p]; }
  Place first(std::uint32_t component) const { return first_[component]; }
  Place end(std::uint32_t component) const { return component + 1 < first_.size() ? first_[component + 1] : size(); }
  LocalId local(Place p) const { return LocalId{p - first_[component_[p]]}; }
  std::span<const LocalGraph::Move> row(Place p) const { return network_.graph(component(p)).row(local(p)); }
  Place target(Place p, LocalId to) const { return first_[component_[p]] + index(to); }
  std::optional<Place> after(Place p, LabelId label) const {
    const auto to = network_.graph(component(p)).target(local(p), label);
    return to ? std::optional(target(p, *to)) : std::nullopt;
  }
  bool offers(Place p, const Participant& who) const { return component(p) == who.component && after(p, who.label); }
  std::size_t labels(std::uint32_t component) const { return rules_[component].size(); }
  std::span<const std::uint32_t> rules(std::uint32_t component, LabelId label) const {
    return rules_[component][index(label)];
  }
  std::span<const Participant> participants(std::uint32_t rule) const {
    return network_.participants(network_.rules()[rule]);
  }
  // Whether the component can be there in a deadlock: it cannot go on alone, and the system has not ended.
  bool blockable(Place p) const { return blockable_[p]; }
  Places blockable_of(std::uint32_t component) const;

 private:
  void find_rules();
  void find_blockable();

  Network& network_;
  Budget& budget_;
  Places first_;  // by component
  std::vector<std::uint32_t> component_;
  std::vector<std::vector<std::vector<std::uint32_t>>> rules_;  // by component and label
  std::vector<bool> blockable_;
};

// The places of two components that both can be in at once when only these two are looked at, and no rule of these two
// alone can fire.
class Meetings {
 public:
  explicit Meetings(const PlainNet& net) : net_(net) {}
  bool can_meet(Place, Place);

 private:
  // Pairs of places of two components: as bits, as long as there are few.
  class Met {
   public:
    Met(const PlainNet&, std::uint32_t first, std::uint32_t second);
    bool insert(Place, Place);  // false: it was there
    bool contains(Place, Place) const;

   private:
    std::uint64_t number(Place p, Place q) const { return std::uint64_t{p - first_} * width_ + (q - second_); }

    Place first_, second_;
    std::uint64_t width_;
    std::vector<bool> bits_;
    std::unordered_set<std::uint64_t> others_;
  };

  // What a component can do, by all labels that lead from a place to another one.
  struct Step {
    Place target;
    std::vector<std::uint32_t> needed;  // components that take part in all rules of these labels, ascending
    std::optional<std::uint32_t> rule;  // if it is the only one: then its participants are needed
  };

  Met explore(std::uint32_t first, std::uint32_t second);
  const std::vector<std::vector<Step>>& steps(std::uint32_t component);
  std::vector<Step> steps_from(Place) const;
  bool needs(const Step&, std::uint32_t component) const;
  std::map<LabelId, std::vector<LabelId>> common(std::uint32_t first, std::uint32_t second) const;
  std::optional<Participant> participant(std::uint32_t rule, std::uint32_t component) const;
  bool moves_together(Place, Place) const;

  const PlainNet& net_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Met> known_;
  std::map<std::uint32_t, std::vector<std::vector<Step>>> steps_;  // by component, and place
};

}  // namespace tryst
