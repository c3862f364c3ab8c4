#include "checker/structural/directed_search.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace tryst {

namespace {

constexpr std::size_t rules_tried_max = 32;  // at each state

// A place's part of the hash of a state, which is their sum (the finaliser of MurmurHash3).
std::uint64_t hash_of(PlaceId p) {
  std::uint64_t h = index(p) + 0x9e3779b97f4a7c15;
  h = (h ^ h >> 33) * 0xff51afd7ed558ccd;
  h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53;
  return h ^ h >> 33;
}

class DirectedSearch {
 public:
  DirectedSearch(const PlaceNet& net, const std::vector<PlaceId>& candidate, Budget& budget)
      : net_(net),
        budget_(budget),
        distance_(net.places(), 0),
        ready_(net.rules(), 0),
        position_(net.rules(), nowhere) {
    for (const PlaceId p : candidate) measure(p);
    for (std::uint32_t c = 0; c < net.components(); ++c) {
      at_.push_back(net.initial(c));
      arrive(at_.back());
    }
  }

  std::optional<std::vector<RuleId>> run(std::size_t steps_max) {
    visited_.insert(hash_);
    if (is_deadlock()) return std::vector<RuleId>{};
    push_frame();
    for (std::size_t step = 0; step < steps_max && !frames_.empty(); ++step) {
      Frame& top = frames_.back();
      if (top.next == options_.size()) {
        options_.resize(top.first);
        if (!path_.empty()) undo();
        frames_.pop_back();
        continue;
      }
      const RuleId rule = options_[top.next++];
      fire(rule);
      if (!visited_.insert(hash_).second) {
        undo();
        continue;
      }
      if (is_deadlock()) return path_;
      push_frame();
    }
    return std::nullopt;
  }

 private:
  static constexpr std::uint32_t nowhere = 0xffffffff;
  struct Frame {
    std::size_t first;  // of its options in options_; those behind are of the frames above
    std::size_t next;
  };

  // By place of the component: the local moves from there to its place in the candidate.
  void measure(PlaceId goal) {
    const std::uint32_t component = net_.component_of(goal);
    const std::size_t first = index(net_.initial(component));
    const std::size_t count = net_.places_of(component);
    std::vector<std::pair<std::uint32_t, PlaceId>> sources;
    for (std::size_t p = first; p < first + count; ++p)
      for (const PlaceNet::Move& move : net_.moves(PlaceId{static_cast<std::uint32_t>(p)}))
        if (!net_.rules_of(move.action).empty())
          sources.emplace_back(index(move.target) - first, PlaceId{static_cast<std::uint32_t>(p)});
    const Groups<PlaceId> incoming(count, sources);
    const auto far = static_cast<std::int64_t>(count);
    for (std::size_t p = first; p < first + count; ++p) distance_[p] = far;
    distance_[index(goal)] = 0;
    std::vector<PlaceId> queue{goal};
    for (std::size_t i = 0; i < queue.size(); ++i)
      for (const PlaceId source : incoming[index(queue[i]) - first])
        if (distance_[index(source)] == far) {
          distance_[index(source)] = distance_[index(queue[i])] + 1;
          queue.push_back(source);
        }
  }

  void arrive(PlaceId p) {
    hash_ += hash_of(p);
    for (const PlaceNet::Move& move : net_.moves(p))
      for (const RuleId rule : net_.rules_of(move.action)) {
        if (++ready_[index(rule)] < net_.participants(rule).size()) continue;
        position_[index(rule)] = static_cast<std::uint32_t>(enabled_.size());
        enabled_.push_back(rule);
      }
  }

  void leave(PlaceId p) {
    hash_ -= hash_of(p);
    for (const PlaceNet::Move& move : net_.moves(p))
      for (const RuleId rule : net_.rules_of(move.action)) {
        if (ready_[index(rule)]-- < net_.participants(rule).size()) continue;
        const std::uint32_t at = std::exchange(position_[index(rule)], nowhere);
        enabled_[at] = enabled_.back();
        enabled_.pop_back();
        if (at < enabled_.size()) position_[index(enabled_[at])] = at;
      }
  }

  void fire(RuleId rule) {
    path_.push_back(rule);
    for (const ActionId action : net_.participants(rule)) {
      PlaceId& at = at_[net_.component_of(action)];
      left_.push_back(at);
      leave(at);
      at = *net_.target(at, action);
      arrive(at);
    }
  }

  void undo() {
    const auto actions = net_.participants(path_.back());
    for (std::size_t i = actions.size(); i-- > 0;) {
      PlaceId& at = at_[net_.component_of(actions[i])];
      leave(at);
      at = left_.back();
      left_.pop_back();
      arrive(at);
    }
    path_.pop_back();
  }

  bool is_deadlock() const {
    return enabled_.empty() && std::ranges::all_of(at_, [&](PlaceId p) { return net_.can_block(p); });
  }

  std::int64_t gain(RuleId rule) const {
    std::int64_t sum = 0;
    for (const ActionId action : net_.participants(rule)) {
      const PlaceId at = at_[net_.component_of(action)];
      sum += distance_[index(at)] - distance_[index(*net_.target(at, action))];
    }
    return sum;
  }

  // For the state just entered: its options are the best of the enabled rules.
  void push_frame() {
    frames_.push_back({options_.size(), options_.size()});
    scored_.clear();
    for (const RuleId rule : enabled_) scored_.emplace_back(-gain(rule), rule);
    budget_.poll(static_cast<std::uint32_t>(scored_.size()));
    const std::size_t kept = std::min(scored_.size(), rules_tried_max);
    std::ranges::partial_sort(scored_, scored_.begin() + static_cast<std::ptrdiff_t>(kept));
    for (std::size_t i = 0; i < kept; ++i) options_.push_back(scored_[i].second);
  }

  const PlaceNet& net_;
  Budget& budget_;
  std::vector<std::int64_t> distance_;  // by place
  std::vector<PlaceId> at_;             // by component
  std::vector<std::uint32_t> ready_;
  std::vector<RuleId> enabled_;
  std::vector<std::uint32_t> position_;  // by rule: in enabled_, or nowhere
  std::uint64_t hash_ = 0;
  std::unordered_set<std::uint64_t> visited_;
  std::vector<RuleId> path_;
  std::vector<PlaceId> left_;  // the places that the rules of path_ have left, in the order of their participants
  std::vector<Frame> frames_;
  std::vector<RuleId> options_;
  std::vector<std::pair<std::int64_t, RuleId>> scored_;
};

}  // namespace

std::optional<std::vector<RuleId>> find_deadlock(const PlaceNet& net, const std::vector<PlaceId>& candidate,
                                                 Budget& budget, DirectedSearchLimits limits) {
  return DirectedSearch(net, candidate, budget).run(limits.steps_max);
}

}  // namespace tryst
