#include "runtime/emitter/label_layout.hpp"

#include <algorithm>

namespace tryst::emitter {

std::uint32_t LabelLayout::number(const csp::EventShape& event) const {
  const Channel& channel = *std::ranges::find(channels, event.channel, &Channel::name);
  std::int64_t offset = 0;
  for (std::size_t i = 0; i < event.fields.size(); ++i)
    offset = offset * channel.fields[i].count + (event.fields[i].number - channel.fields[i].low);
  return channel.first + static_cast<std::uint32_t>(offset);
}

bool LabelLayout::add(const csp::EventShape& event) {
  auto channel = std::ranges::find(channels, event.channel, &Channel::name);
  if (channel == channels.end()) {
    channel = channels.insert(channel, {event.channel, 0, {}});
    for (const csp::EventField& field : event.fields) channel->fields.push_back({field.number, 1});
  }
  if (channel->fields.size() != event.fields.size()) return false;
  for (std::size_t i = 0; i < event.fields.size(); ++i) {
    if (!event.fields[i].is_number()) return false;
    Field& field = channel->fields[i];
    const std::int64_t n = event.fields[i].number;
    const auto span =
        static_cast<std::uint64_t>(std::max(n, field.low)) - static_cast<std::uint64_t>(std::min(n, field.low));
    if (span > number_max) return false;
    const std::int64_t high = std::max(field.low + field.count - 1, n);
    field.low = std::min(field.low, n);
    field.count = high - field.low + 1;
    if (field.count > number_max) return false;
  }
  return true;
}

bool LabelLayout::settle(std::size_t components) {
  std::int64_t numbers = first();
  for (Channel& channel : channels) {
    channel.first = static_cast<std::uint32_t>(numbers);
    std::int64_t events = 1;
    for (const Field& field : channel.fields) {
      events *= field.count;
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
