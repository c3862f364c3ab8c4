#include "runtime/emitter/label_layout.hpp"

#include <algorithm>

namespace tryst::emitter {

std::uint32_t LabelLayout::label(const csp::EventShape& event) const {
  const Channel& channel = *std::ranges::find(channels, event.channel, &Channel::name);
  std::int64_t offset = 0;
  for (std::size_t i = 0; i < event.fields.size(); ++i)
    offset = offset * channel.fields[i].count + (event.fields[i].number - channel.fields[i].low);
  return channel.first + static_cast<std::uint32_t>(offset);
}

std::optional<LabelLayout> label_layout(const std::vector<csp::EventShape>& events, std::uint32_t taus, bool ticks) {
  LabelLayout layout;
  layout.taus = taus;
  layout.ticks = ticks;
  for (const csp::EventShape& event : events) {
    auto channel = std::ranges::find(layout.channels, event.channel, &LabelLayout::Channel::name);
    if (channel == layout.channels.end()) {
      channel = layout.channels.insert(channel, {event.channel, 0, {}});
      for (const csp::EventField& field : event.fields) channel->fields.push_back({field.number, 1});
    }
    if (channel->fields.size() != event.fields.size()) return std::nullopt;
    for (std::size_t i = 0; i < event.fields.size(); ++i) {
      if (event.fields[i].kind == csp::EventField::Kind::other) return std::nullopt;
      LabelLayout::Field& field = channel->fields[i];
      const std::int64_t n = event.fields[i].number;
      const auto span = static_cast<std::uint64_t>(std::max(n, field.low)) - static_cast<std::uint64_t>(std::min(n, field.low));
      if (span > LabelLayout::labels_max) return std::nullopt;
      const std::int64_t high = std::max(field.low + field.count - 1, n);
      field.low = std::min(field.low, n);
      field.count = high - field.low + 1;
    }
  }
  std::int64_t size = taus + (ticks ? 2 : 0);
  for (LabelLayout::Channel& channel : layout.channels) {
    channel.first = static_cast<std::uint32_t>(size);
    std::int64_t labels = 1;
    for (const LabelLayout::Field& field : channel.fields) {
      labels *= field.count;
      if (labels > LabelLayout::labels_max) return std::nullopt;
    }
    size += labels;
    if (size > LabelLayout::labels_max) return std::nullopt;
  }
  layout.size = static_cast<std::uint32_t>(size);
  return layout;
}

}  // namespace tryst::emitter
