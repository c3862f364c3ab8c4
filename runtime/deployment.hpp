// A network cut into parts, one for each executor, each a network of its own.
//
// A rule whose participants are all on one executor belongs to that part alone. A rule of several parts is *shared*: each
// part has a rule with its own share of the participants, and the event happens when all of these fire together
// (runtime/team.hpp). The home of a rule is the part of its first participant: there the environment is asked about it,
// and told.
//   part.components, part.rules   what the whole calls them; local rules come first, then the shared ones
//   shared                        shares [first, first + count) of `shares`, ascending by part, so each part once
// A Deployment owns what the networks of its parts view; it must stay where it is, and the whole must outlive it.
// Threads: constant once it is made.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "runtime/network.hpp"
#include "runtime/table_component.hpp"

namespace tryst::runtime {

class Deployment {
 public:
  struct Part {
    Network network;
    std::vector<std::uint32_t> components;
    std::vector<RuleId> rules;
    std::uint32_t first_shared;          // of its rules
    std::vector<std::uint32_t> shared;   // by rule, from first_shared on: the shared rule
    std::vector<const Table*> automata;  // of its components
  };
  struct Share {
    std::uint32_t part;
    RuleId rule;  // of the part
  };
  struct Shared {
    RuleId rule;  // of the whole
    std::uint32_t first;
    std::uint32_t count;  // at least 2
    std::uint32_t home;   // a part
  };

  // `executor_of`: by component, below the number of parts; every part has a component. `automata`: by component, or none.
  Deployment(const Network&, std::span<const std::uint32_t> executor_of, std::span<const Table* const> automata = {});
  Deployment(const Deployment&) = delete;
  Deployment& operator=(const Deployment&) = delete;

  const Network& whole() const { return whole_; }
  const std::deque<Part>& parts() const { return parts_; }
  std::span<const Shared> shared() const { return shared_; }
  std::span<const Share> shares_of(const Shared& rule) const {
    return std::span(shares_).subspan(rule.first, rule.count);
  }

 private:
  // What the networks of the parts are views of.
  struct Storage {
    std::vector<ComponentPlace> components;
    std::vector<Rule> rules;
    std::vector<Participant> participants;
    std::vector<Participant> end_marks;
  };

  void add_rules(bool shared);
  RuleId add_share(std::uint32_t part, RuleId rule);

  const Network& whole_;
  std::span<const std::uint32_t> executor_of_;
  std::vector<std::uint32_t> number_;  // of a component, in its part
  std::deque<Storage> storage_;
  std::deque<Part> parts_;
  std::vector<Shared> shared_;
  std::vector<Share> shares_;
};

}  // namespace tryst::runtime
