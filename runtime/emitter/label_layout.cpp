#include "runtime/emitter/label_layout.hpp"

#include <algorithm>

namespace tryst::emitter {

namespace {

using csp::EventField;

// As components in C++ order them.
bool is_before(const EventField& a, const EventField& b) {
  if (a.number != b.number) return a.number < b.number;
  return std::ranges::lexicographical_compare(a.parts, b.parts, is_before);
}

bool is_data(const EventField& value) {
  return value.kind != EventField::Kind::other && value.kind != EventField::Kind::process &&
         std::ranges::all_of(value.parts, is_data);
}

// False: too many numbers.
bool add(const EventField& value, LabelLayout::Field& field) {
  if (value.kind != EventField::Kind::integer && value.kind != EventField::Kind::boolean) {
    const auto place = std::ranges::lower_bound(field.values, value, is_before);
    if (place == field.values.end() || is_before(value, *place)) field.values.insert(place, value);
  }
  if (!value.is_number()) {
    field.is_listed = true;
    return true;
  }
  const std::int64_t n = value.number;
  const auto span =
      static_cast<std::uint64_t>(std::max(n, field.low)) - static_cast<std::uint64_t>(std::min(n, field.low));
  if (span > LabelLayout::number_max) return false;
  const std::int64_t high = std::max(field.low + field.span - 1, n);
  field.low = std::min(field.low, n);
  field.span = high - field.low + 1;
  return field.span <= LabelLayout::number_max;
}

}  // namespace

std::int64_t LabelLayout::Field::digit(const EventField& value) const {
  return is_listed ? std::ranges::lower_bound(values, value, is_before) - values.begin() : value.number - low;
}

std::uint32_t LabelLayout::number(const csp::EventShape& event) const {
  const Channel& channel = *std::ranges::find(channels, event.channel, &Channel::name);
  std::int64_t offset = 0;
  for (std::size_t i = 0; i < event.fields.size(); ++i)
    offset = offset * channel.fields[i].count() + channel.fields[i].digit(event.fields[i]);
  return channel.first + static_cast<std::uint32_t>(offset);
}

bool LabelLayout::add(const csp::EventShape& event) {
  auto channel = std::ranges::find(channels, event.channel, &Channel::name);
  if (channel == channels.end()) {
    channel = channels.insert(channel, {event.channel, 0, {}});
    for (const EventField& field : event.fields) channel->fields.push_back({field.number});
  }
  if (channel->fields.size() != event.fields.size()) return false;
  for (std::size_t i = 0; i < event.fields.size(); ++i)
    if (!is_data(event.fields[i]) || !emitter::add(event.fields[i], channel->fields[i])) return false;
  return true;
}

bool LabelLayout::settle(std::size_t components) {
  std::int64_t numbers = first();
  for (Channel& channel : channels) {
    channel.first = static_cast<std::uint32_t>(numbers);
    std::int64_t events = 1;
    for (const Field& field : channel.fields) {
      events *= field.count();
      if (events > number_max) return false;
    }
    numbers += events;
    if (numbers > number_max) return false;
  }
  end = static_cast<std::uint32_t>(numbers);
  is_sparse = std::uint64_t{end} * choices * components > dense_max;
  return true;
}

}  // namespace tryst::emitter
