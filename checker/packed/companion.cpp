#include "checker/packed/companion.hpp"

#include <algorithm>
#include <bit>
#include <optional>

namespace tryst {

Companion::Companion(const Network& network, NormalForm* specification, Model model)
    : network_(network), specification_(specification), model_(model), nodes_(1), next_(1, forbidden) {
  update();
}

bool Companion::update() {
  const auto known_events = static_cast<std::uint32_t>(events_.size());
  for (std::size_t r = event_of_rule_.size(); r < network_.rules().size(); ++r) {
    const EventId event = network_.rules()[r].event;
    if (index(event) >= number_of_.size()) number_of_.resize(index(event) + 1, forbidden);
    std::uint32_t& number = number_of_[index(event)];
    if (event == tau) number = tau_number;
    if (number == forbidden) {
      number = static_cast<std::uint32_t>(events_.size());
      events_.push_back(event);
      if (event == tick) tick_number_ = number;
    }
    event_of_rule_.push_back(number);
  }
  if (events_.size() == known_events) return false;
  if (events_.size() > stride_) {
    const std::size_t stride = std::bit_ceil(events_.size());
    std::vector<std::uint32_t> wider(nodes_.size() * stride, forbidden);
    for (std::size_t node = 0; node < nodes_.size(); ++node)
      std::copy_n(next_.data() + node * stride_, stride_, wider.data() + node * stride);
    next_ = std::move(wider);
    stride_ = stride;
  }
  bool more = false;
  for (std::uint32_t node = 0; node < nodes_.size(); ++node)
    if (nodes_[node].known) more |= fill(node, known_events);
  return more;
}

bool Companion::know(std::uint32_t node) {
  if (is_known(node)) return false;
  nodes_[node].known = true;
  next_[node * stride_ + tau_number] = node;
  if (specification_ != nullptr)
    nodes_[node].allows_everything = sees_divergence(model_) && specification_->diverges(static_cast<NodeId>(node));
  return fill(node, 1);
}

Companion::Sight Companion::sight() const {
  if (std::ranges::any_of(nodes_, &Node::allows_everything)) return Sight::everything;
  if (std::ranges::all_of(nodes_, &Node::known)) return Sight::moves;
  return sees_divergence(model_) ? Sight::everything : Sight::visible;
}

bool Companion::is_neutral(std::uint32_t number) const {
  for (std::uint32_t node = 0; node < nodes_.size(); ++node)
    if (nodes_[node].known && after(node, number) != node) return false;
  return true;
}

// The row of a node from this event on.
bool Companion::fill(std::uint32_t node, std::uint32_t first_number) {
  if (specification_ == nullptr) {
    std::fill_n(next_.begin() + static_cast<std::ptrdiff_t>(node * stride_), events_.size(), 0);
    return false;
  }
  const std::size_t before = nodes_.size();
  if (!nodes_[node].allows_everything) {
    for (std::uint32_t number = first_number; number < events_.size(); ++number) {
      const std::optional<NodeId> after = specification_->after(static_cast<NodeId>(node), events_[number]);
      next_[node * stride_ + number] = after ? index(*after) : forbidden;
    }
    fill_acceptances(node);
  }
  nodes_.resize(specification_->size());
  next_.resize(nodes_.size() * stride_, forbidden);
  return nodes_.size() > before;
}

void Companion::fill_acceptances(std::uint32_t node) {
  if (model_ != Model::F && model_ != Model::FD) return;
  std::vector<std::vector<std::uint32_t>>& acceptances = nodes_[node].acceptances;
  acceptances.clear();
  for (const AcceptanceId a : specification_->acceptances(static_cast<NodeId>(node))) {
    std::vector<std::uint32_t> numbers;
    for (const EventId e : specification_->events(a))
      numbers.push_back(index(e) < number_of_.size() ? number_of_[index(e)] : forbidden);
    if (std::ranges::find(numbers, forbidden) == numbers.end()) acceptances.push_back(std::move(numbers));
  }
}

}  // namespace tryst
