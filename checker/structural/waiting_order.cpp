#include "checker/structural/waiting_order.hpp"

#include <algorithm>

namespace tryst {

namespace {

class Waiting {
 public:
  Waiting(const PlaceNet& net, const Neighbours& neighbours, Budget& budget)
      : net_(net), neighbours_(neighbours), budget_(budget) {}

  std::optional<std::vector<PlaceId>> order() {
    marks_.assign(net_.places(), Mark::unseen);
    for (std::uint32_t p = 0; p < net_.places(); ++p)
      if (net_.can_block(PlaceId{p}) && marks_[p] == Mark::unseen && !visit(PlaceId{p})) return std::nullopt;
    std::ranges::reverse(finished_);
    return std::move(finished_);
  }

 private:
  enum class Mark : std::uint8_t { unseen, open, finished };
  struct Frame {
    PlaceId place;
    std::size_t first;  // of its arcs in arcs_, of which those behind are of frames above
    std::size_t next;
  };

  // Depth first from here; false: there is a cycle, or a place without arcs that it could be stuck in alone.
  bool visit(PlaceId root) {
    if (!push(root)) return false;
    while (!frames_.empty()) {
      Frame& top = frames_.back();
      if (top.next == arcs_.size()) {
        marks_[index(top.place)] = Mark::finished;
        finished_.push_back(top.place);
        arcs_.resize(top.first);
        frames_.pop_back();
        continue;
      }
      const PlaceId q = arcs_[top.next++];
      if (marks_[index(q)] == Mark::open) return false;
      if (marks_[index(q)] == Mark::unseen && !push(q)) return false;
    }
    return true;
  }

  bool push(PlaceId p) {
    marks_[index(p)] = Mark::open;
    const std::size_t first = arcs_.size();
    frames_.push_back({p, first, first});
    bool waits = false;
    for (const PlaceNet::Move& move : net_.moves(p))
      for (const RuleId rule : net_.rules_of(move.action)) {
        waits = true;
        for (const ActionId action : net_.participants(rule))
          if (action != move.action) add_arcs(p, action);
      }
    const auto own = std::ranges::subrange(arcs_.begin() + static_cast<std::ptrdiff_t>(first), arcs_.end());
    std::ranges::sort(own);
    arcs_.erase(std::ranges::unique(own).begin(), arcs_.end());
    return waits;
  }

  void add_arcs(PlaceId p, ActionId action) {
    const std::uint32_t other = net_.component_of(action);
    const std::uint32_t first = index(net_.initial(other));
    budget_.poll(static_cast<std::uint32_t>(net_.places_of(other)));
    for (std::uint32_t q = first; q < first + net_.places_of(other); ++q)
      if (net_.can_block(PlaceId{q}) && !net_.offers(PlaceId{q}, action) && neighbours_.can_be_stuck(p, PlaceId{q}))
        arcs_.push_back(PlaceId{q});
  }

  const PlaceNet& net_;
  const Neighbours& neighbours_;
  Budget& budget_;
  std::vector<Mark> marks_;
  std::vector<Frame> frames_;
  std::vector<PlaceId> arcs_;
  std::vector<PlaceId> finished_;
};

}  // namespace

std::optional<std::vector<PlaceId>> waiting_order(const PlaceNet& net, const Neighbours& neighbours, Budget& budget) {
  return Waiting(net, neighbours, budget).order();
}

}  // namespace tryst
