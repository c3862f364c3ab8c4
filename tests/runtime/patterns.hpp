// Communication patterns as networks of components such as the emitter writes, made by hand.
//
//   ping_pong()      two processes, two events by turns
//   ring(n)          n stations pass one token round
//   fan_in(n)        n producers, and a consumer that chooses among them
//   barrier(n)       n processes, one event of all of them
//   drawn(random)    up to four state machines with tables drawn at random, and rules between them
// A Pattern owns what its network views; it must stay where it is.
#pragma once

#include <array>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include "runtime/network.hpp"

namespace tryst::runtime::patterns {

// Performs labels 0, 1, ... cycle - 1 in turn, for ever.
struct Cycle {
  std::uint32_t at;
  std::uint32_t cycle;
  void offers(Offers& out) const { out.add(at); }
  void fire(Label) { at = at + 1 == cycle ? 0 : at + 1; }
};

// Takes a label of any of its inputs, then performs the last label: what it took has to be dealt with.
struct Chooser {
  std::uint32_t busy;
  std::uint32_t inputs;
  void offers(Offers& out) const {
    if (busy != 0) return out.add(inputs);
    for (std::uint32_t i = 0; i < inputs; ++i) out.add(i);
  }
  void fire(Label label) { busy = index(label) != inputs; }
};

// A state machine with a table of its own, drawn at random.
struct Drawn {
  static constexpr std::uint32_t states = 4;
  static constexpr std::uint32_t labels = 3;
  std::array<std::array<std::uint8_t, labels>, states> target;  // `states`: the label is not offered
  std::uint32_t at;

  void offers(Offers& out) const {
    for (std::uint32_t l = 0; l < labels; ++l)
      if (target[at][l] != states) out.add(l);
  }
  void fire(Label label) { at = target[at][index(label)]; }
};

class Pattern {
 public:
  Network network() const { return {names_, components_, rules_, participants_, {}}; }

  Event event(std::string name) {
    texts_.push_back(std::move(name));
    names_.push_back(texts_.back().c_str());
    return Event{static_cast<std::uint32_t>(names_.size() - 1)};
  }
  template <Component T>
  std::uint32_t component(const T& initial, std::vector<Event> labels) {
    states_.emplace_back(sizeof(T));
    std::memcpy(states_.back().data(), &initial, sizeof(T));
    labels_.push_back(std::move(labels));
    texts_.push_back("P" + std::to_string(components_.size()));
    components_.push_back({texts_.back().c_str(), &component_type<T>, states_.back().data(), labels_.back()});
    return static_cast<std::uint32_t>(components_.size() - 1);
  }
  void rule(Event event, std::initializer_list<Participant> who) { rule(event, std::vector(who)); }
  void rule(Event event, const std::vector<Participant>& who) {
    rules_.push_back({event, static_cast<std::uint32_t>(participants_.size()), static_cast<std::uint32_t>(who.size())});
    participants_.insert(participants_.end(), who.begin(), who.end());
  }

 private:
  std::deque<std::string> texts_;
  std::vector<const char*> names_{"", ""};
  std::deque<std::vector<std::byte>> states_;
  std::deque<std::vector<Event>> labels_;
  std::vector<ComponentPlace> components_;
  std::vector<Rule> rules_;
  std::vector<Participant> participants_;
};

inline void ping_pong(Pattern& p) {
  const Event ping = p.event("ping");
  const Event pong = p.event("pong");
  p.component(Cycle{0, 2}, {ping, pong});
  p.component(Cycle{0, 2}, {ping, pong});
  p.rule(ping, {{0, Label{0}}, {1, Label{0}}});
  p.rule(pong, {{0, Label{1}}, {1, Label{1}}});
}

inline void ring(Pattern& p, std::uint32_t n) {
  for (std::uint32_t i = 0; i < n; ++i) p.event("token." + std::to_string(i));
  // Station i takes token.i (label 0), then passes token.(i + 1) on (label 1); station 0 has it.
  for (std::uint32_t i = 0; i < n; ++i) p.component(Cycle{i == 0, 2}, {Event{2 + i}, Event{2 + (i + 1) % n}});
  for (std::uint32_t i = 1; i < n; ++i) p.rule(Event{2 + i}, {{i - 1, Label{1}}, {i, Label{0}}});
  p.rule(Event{2}, {{0, Label{0}}, {n - 1, Label{1}}});
}

inline void fan_in(Pattern& p, std::uint32_t n) {
  for (std::uint32_t i = 0; i < n; ++i) p.event("in." + std::to_string(i));
  const Event done = p.event("done");
  std::vector<Event> labels;
  for (std::uint32_t i = 0; i < n; ++i) {
    labels.push_back(Event{2 + i});
    p.component(Cycle{0, 1}, {Event{2 + i}});
  }
  labels.push_back(done);
  const std::uint32_t consumer = p.component(Chooser{0, n}, labels);
  for (std::uint32_t i = 0; i < n; ++i) p.rule(Event{2 + i}, {{i, Label{0}}, {consumer, Label{i}}});
  p.rule(done, {{consumer, Label{n}}});
}

inline void barrier(Pattern& p, std::uint32_t n) {
  const Event even = p.event("even");
  const Event odd = p.event("odd");
  std::vector<Participant> all_even;
  std::vector<Participant> all_odd;
  for (std::uint32_t i = 0; i < n; ++i) {
    p.component(Cycle{0, 2}, {even, odd});
    all_even.push_back({i, Label{0}});
    all_odd.push_back({i, Label{1}});
  }
  p.rule(even, all_even);
  p.rule(odd, all_odd);
}

inline void drawn(Pattern& pattern, std::mt19937& random) {
  const std::uint32_t components = 1 + random() % 4;
  for (int e = 0; e < 5; ++e) pattern.event("e" + std::to_string(e));
  for (std::uint32_t c = 0; c < components; ++c) {
    Drawn machine{};
    for (auto& row : machine.target)
      for (auto& target : row) target = static_cast<std::uint8_t>(random() % (Drawn::states + 1));
    pattern.component(machine, {Event{2}, Event{3}, Event{4}});
  }
  for (std::uint32_t r = 1 + random() % 8; r > 0; --r) {
    std::vector<Participant> who;
    for (std::uint32_t c = 0; c < components; ++c)
      if (random() % 2 == 0) who.push_back({c, Label{static_cast<std::uint32_t>(random() % Drawn::labels)}});
    if (who.empty()) who.push_back({0, Label{0}});
    pattern.rule(random() % 4 == 0 ? tau : Event{static_cast<std::uint32_t>(2 + random() % 5)}, who);
  }
}

}  // namespace tryst::runtime::patterns
