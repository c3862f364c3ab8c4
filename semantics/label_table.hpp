// The events that the labels of a file stand for, each label looked at once.
//
// A file of millions of lines has a few hundred different labels, so that what an EventNames does for a label must not
// be done for each line. Open addressing with linear probing, at most half full; keys are the bytes of the labels.
//   slots_   a power of two; an unused one has no_id
// find() costs O(|label|). Memory: the labels, and 32 bytes each.
#pragma once

#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "semantics/event.hpp"

namespace tryst {

class LabelTable {
 public:
  LabelTable() : slots_(64) {}

  std::optional<EventId> find(std::string_view label) const {
    const Slot& slot = slots_[place(slots_, hash(label), label)];
    if (slot.event == no_id<EventId>) return std::nullopt;
    return slot.event;
  }

  void add(std::string_view label, EventId event) {
    if (2 * ++count_ > slots_.size()) grow();
    const std::uint64_t h = hash(label);
    slots_[place(slots_, h, label)] = {h, text_.size(), static_cast<std::uint32_t>(label.size()), event};
    text_ += label;
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::size_t first = 0;  // the label is text_[first, first + size)
    std::uint32_t size = 0;
    EventId event = no_id<EventId>;
  };

  // Eight bytes at a time; the last ones overlap.
  static std::uint64_t hash(std::string_view label) {
    const auto word = [&](std::size_t at, std::size_t count) {
      std::uint64_t value = 0;
      std::memcpy(&value, label.data() + at, count);
      return value;
    };
    std::uint64_t h = label.size();
    const auto mix = [&](std::uint64_t value) {
      h = (h ^ value) * 0x9e3779b97f4a7c15;
      h ^= h >> 32;
    };
    if (label.size() < 8) {
      mix(word(0, label.size()));
      return h;
    }
    for (std::size_t at = 0; at + 8 < label.size(); at += 8) mix(word(at, 8));
    mix(word(label.size() - 8, 8));
    return h;
  }

  std::size_t place(const std::vector<Slot>& slots, std::uint64_t h, std::string_view label) const {
    std::size_t slot = h & (slots.size() - 1);
    while (slots[slot].event != no_id<EventId> &&
           (slots[slot].hash != h || std::string_view(text_).substr(slots[slot].first, slots[slot].size) != label))
      slot = (slot + 1) & (slots.size() - 1);
    return slot;
  }

  void grow() {
    std::vector<Slot> larger(2 * slots_.size());
    for (const Slot& slot : slots_)
      if (slot.event != no_id<EventId>)
        larger[place(larger, slot.hash, std::string_view(text_).substr(slot.first, slot.size))] = slot;
    slots_ = std::move(larger);
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
  std::string text_;  // all labels, one after another
};

}  // namespace tryst
