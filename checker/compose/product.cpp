#include "checker/compose/product.hpp"

#include <algorithm>

#include "checker/initials.hpp"
#include "checker/set_store.hpp"
#include "semantics/lts_builder.hpp"

namespace tryst {

JointTable::JointTable(std::span<const PartId> set, const Interface& interface) : first_(set.size()) {
  const auto place_of = [&](PartId p) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(set, p) - set.begin());
  };
  struct Entry {
    Participant leader;
    std::size_t first;
    std::size_t count;
    EventId action;
  };
  std::vector<Entry> entries;
  for (const Interface::Joint& joint : interface.joints) {
    const std::size_t first = participants_.size();
    for (const PartAction& p : joint.participants) participants_.push_back({place_of(p.part), p.action});
    entries.push_back({participants_[first], first, joint.participants.size(), joint.action});
  }
  std::ranges::stable_sort(entries, [](const Entry& a, const Entry& b) {
    return std::pair(a.leader.place, a.leader.action) < std::pair(b.leader.place, b.leader.action);
  });
  for (const Entry& entry : entries) {
    auto& first = first_[entry.leader.place];
    if (first.empty() || first.back().first != entry.leader.action)
      first.emplace_back(entry.leader.action, static_cast<std::uint32_t>(joints_.size()));
    joints_.push_back({std::span(participants_).subspan(entry.first, entry.count), entry.action});
  }
  std::uint32_t end = static_cast<std::uint32_t>(joints_.size());  // each list ends where the next one begins
  for (std::size_t place = first_.size(); place-- > 0;) {
    first_[place].emplace_back(no_id<EventId>, end);
    end = first_[place].front().second;
  }
}

std::span<const JointTable::Joint> JointTable::led_by(std::size_t place, EventId action) const {
  const auto& first = first_[place];
  const auto at = std::ranges::lower_bound(first, action, {}, &std::pair<EventId, std::uint32_t>::first);
  if (at->first != action) return {};
  return {joints_.data() + at->second, (at + 1)->second - at->second};
}

namespace {

enum class Place : std::uint32_t {};  // a local state of a part; those of a part are consecutive

class ProductBuilder {
 public:
  ProductBuilder(std::span<const Lts* const> parts, const JointTable& joints, ProductLimits limits, Budget& budget)
      : parts_(parts), joints_(joints), limits_(limits), budget_(budget) {
    std::uint32_t first = 0;
    for (const Lts* part : parts) {
      first_.push_back(first);
      first += part->state_count();
    }
  }

  std::optional<Product> build(std::uint32_t actions) {
    for (std::size_t i = 0; i < parts_.size(); ++i) state_.push_back(place(i, parts_[i]->initial()));
    states_.intern(state_);
    for (std::uint32_t s = 0; s < states_.size(); ++s) {
      const auto now = states_[StateId{s}];
      state_.assign(now.begin(), now.end());
      expand(StateId{s});
      if (states_.size() > limits_.states_max || builder_.transition_count() > limits_.transitions_max)
        return std::nullopt;
    }
    const auto count = static_cast<std::uint32_t>(states_.size());
    Product product{std::move(builder_).finish(count, StateId{0}, action_names(actions)), {}};
    product.locals.reserve(count * parts_.size());
    for (std::uint32_t s = 0; s < count; ++s) {
      const auto places = states_[StateId{s}];
      for (std::size_t i = 0; i < parts_.size(); ++i) product.locals.push_back(local(i, places[i]));
    }
    return product;
  }

 private:
  Place place(std::size_t i, StateId s) const { return Place{first_[i] + index(s)}; }
  StateId local(std::size_t i, Place p) const { return StateId{index(p) - first_[i]}; }
  Row row(std::size_t i) const { return parts_[i]->transitions(local(i, state_[i])); }

  void add(StateId source, EventId action, std::span<const Place> target) {
    budget_.poll();
    builder_.add(source, {action, states_.intern(target)});
  }

  void expand(StateId source) {
    target_ = state_;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      EventId last = tau;
      for (const Transition& t : row(i)) {
        if (t.event == tau) {
          target_[i] = place(i, t.target);
          add(source, tau, target_);
          target_[i] = state_[i];
        } else if (t.event != last) {
          last = t.event;
          for (const JointTable::Joint& joint : joints_.led_by(i, t.event)) perform(source, joint);
        }
      }
    }
  }

  // Every choice of transitions of the participants, like the digits of a number.
  void perform(StateId source, const JointTable::Joint& joint) {
    options_.clear();
    for (const JointTable::Participant& p : joint.participants) {
      options_.push_back(with_event(row(p.place), p.action));
      if (options_.back().empty()) return;
    }
    chosen_.assign(options_.size(), 0);
    for (;;) {
      for (std::size_t i = 0; i < options_.size(); ++i)
        target_[joint.participants[i].place] = place(joint.participants[i].place, options_[i][chosen_[i]].target);
      add(source, joint.action, target_);
      std::size_t i = options_.size();
      while (i > 0 && ++chosen_[i - 1] == options_[i - 1].size()) chosen_[--i] = 0;
      if (i == 0) break;
    }
    for (const JointTable::Participant& p : joint.participants) target_[p.place] = state_[p.place];
  }

  std::span<const Lts* const> parts_;
  const JointTable& joints_;
  ProductLimits limits_;
  Budget& budget_;
  std::vector<std::uint32_t> first_;  // by part: its first place
  SetStore<StateId, Place> states_;   // places of different parts ascend
  LtsBuilder builder_;
  std::vector<Place> state_;
  std::vector<Place> target_;
  std::vector<Row> options_;
  std::vector<std::size_t> chosen_;
};

}  // namespace

std::optional<Product> product_of(std::span<const Lts* const> parts, const JointTable& joints, std::uint32_t actions,
                                  ProductLimits limits, Budget& budget) {
  return ProductBuilder(parts, joints, limits, budget).build(actions);
}

}  // namespace tryst
