#include "runtime/states.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace tryst::runtime {

States::States(const Network& network, std::size_t states_max)
    : network_(network), states_max_(states_max), ids_(64, Hash{this}, Equal{this}) {
  std::uint32_t labels = 0;
  for (const ComponentPlace& component : network.components) {
    place_.push_back(8 * words_);
    first_label_.push_back(labels);
    words_ += (component.type->size + 7) / 8;
    labels += static_cast<std::uint32_t>(component.labels.size());
  }
  room_.resize(labels);
  offered_.resize(labels);
  bytes_.resize(words_);
  for (std::size_t c = 0; c < place_.size(); ++c)
    std::memcpy(reinterpret_cast<std::byte*>(bytes_.data()) + place_[c], network.components[c].initial,
                network.components[c].type->size);
  intern();
}

std::span<const std::byte> States::bytes(Id s) const {
  return std::as_bytes(std::span(bytes_)).subspan(8 * words_ * s, 8 * words_);
}

std::size_t States::Hash::operator()(Id s) const {
  const auto bytes = states->bytes(s);
  return std::hash<std::string_view>()({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

bool States::Equal::operator()(Id a, Id b) const { return std::ranges::equal(states->bytes(a), states->bytes(b)); }

std::vector<Label> States::offers(Id s, std::uint32_t component) const {
  const Label* const end =
      network_.components[component].type->offers(bytes(s).data() + place_[component], room_.data());
  return std::vector<Label>(std::as_const(room_).data(), end);
}

void States::enabled(Id s, std::vector<RuleId>& out) const {
  out.clear();
  offered_.assign(offered_.size(), false);
  for (std::uint32_t c = 0; c < place_.size(); ++c)
    for (const Label label : offers(s, c)) offered_[first_label_[c] + index(label)] = true;
  for (std::uint32_t r = 0; r < network_.rules.size(); ++r)
    if (std::ranges::all_of(network_.participants_of(network_.rules[r]), [this](const Participant& one) {
          return offered_[first_label_[one.component] + index(one.label)];
        }))
      out.push_back(RuleId{r});
}

void States::fire(Participant one) {
  network_.components[one.component].type->fire(
      reinterpret_cast<std::byte*>(bytes_.data()) + 8 * words_ * size_ + place_[one.component], one.label);
}

States::Id States::after(Id s, RuleId rule) {
  bytes_.resize(words_ * (size_ + 1));
  std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(words_ * s), words_,
              bytes_.end() - static_cast<std::ptrdiff_t>(words_));
  for (const Participant& one : network_.participants_of(network_.rules[index(rule)])) fire(one);
  return intern();
}

States::Id States::after_alone(Id s, Participant one) {
  bytes_.resize(words_ * (size_ + 1));
  std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(words_ * s), words_,
              bytes_.end() - static_cast<std::ptrdiff_t>(words_));
  fire(one);
  return intern();
}

States::Id States::intern() {
  const auto [entry, added] = ids_.insert(static_cast<Id>(size_));
  if (!added) return *entry;
  if (++size_ > states_max_) throw std::length_error("more than " + std::to_string(states_max_) + " states");
  return *entry;
}

}  // namespace tryst::runtime
