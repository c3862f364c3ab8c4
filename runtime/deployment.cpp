#include "runtime/deployment.hpp"

#include <algorithm>
#include <cassert>

namespace tryst::runtime {

Deployment::Deployment(const Network& whole, std::span<const std::uint32_t> executor_of,
                       std::span<const Table* const> automata)
    : whole_(whole), executor_of_(executor_of), number_(whole.components.size()) {
  assert(executor_of.size() == whole.components.size() && !executor_of.empty());
  const std::uint32_t parts = *std::ranges::max_element(executor_of) + 1;
  storage_.resize(parts);
  parts_.resize(parts);
  for (std::uint32_t c = 0; c < executor_of.size(); ++c) {
    Part& part = parts_[executor_of[c]];
    number_[c] = static_cast<std::uint32_t>(part.components.size());
    part.components.push_back(c);
    storage_[executor_of[c]].components.push_back(whole.components[c]);
    if (!automata.empty()) part.automata.push_back(automata[c]);
  }
  add_rules(false);
  for (Part& part : parts_) part.first_shared = static_cast<std::uint32_t>(part.rules.size());
  add_rules(true);
  for (const Participant& mark : whole.end_marks)
    storage_[executor_of[mark.component]].end_marks.push_back({number_[mark.component], mark.label});
  for (std::uint32_t p = 0; p < parts; ++p) {
    const Storage& mine = storage_[p];
    assert(!mine.components.empty());
    parts_[p].network = {whole.events, mine.components, mine.rules, mine.participants, mine.end_marks};
  }
}

void Deployment::add_rules(bool shared) {
  std::vector<std::uint32_t> parts;
  for (std::uint32_t r = 0; r < whole_.rules.size(); ++r) {
    const auto participants = whole_.participants_of(whole_.rules[r]);
    parts.clear();
    for (const Participant& one : participants) parts.push_back(executor_of_[one.component]);
    const std::uint32_t home = parts.front();
    std::ranges::sort(parts);
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    if ((parts.size() > 1) != shared) continue;
    if (!shared) {
      add_share(home, RuleId{r});
      continue;
    }
    const auto number = static_cast<std::uint32_t>(shared_.size());
    shared_.push_back(
        {RuleId{r}, static_cast<std::uint32_t>(shares_.size()), static_cast<std::uint32_t>(parts.size()), home});
    for (const std::uint32_t p : parts) {
      shares_.push_back({p, add_share(p, RuleId{r})});
      parts_[p].shared.push_back(number);
    }
  }
}

// The participants of a rule that are on one part, as a rule of that part.
RuleId Deployment::add_share(std::uint32_t p, RuleId r) {
  Storage& mine = storage_[p];
  Rule rule{whole_.rules[index(r)].event, static_cast<std::uint32_t>(mine.participants.size()), 0};
  for (const Participant& one : whole_.participants_of(whole_.rules[index(r)])) {
    if (executor_of_[one.component] != p) continue;
    mine.participants.push_back({number_[one.component], one.label});
    ++rule.count;
  }
  mine.rules.push_back(rule);
  parts_[p].rules.push_back(r);
  return RuleId{static_cast<std::uint32_t>(mine.rules.size() - 1)};
}

}  // namespace tryst::runtime
