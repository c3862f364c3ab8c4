#include "checker/packed/independence.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace tryst {

namespace {

using Words = std::vector<std::uint64_t>;

void set(Words& words, RuleId rule) {
  const std::size_t bit = Firing::bit_of(rule);
  words[bit / 64] |= std::uint64_t{1} << bit % 64;
}

void clear(std::uint64_t* row, const Words& words) {
  for (std::size_t w = 0; w < words.size(); ++w) row[w] &= ~words[w];
}

}  // namespace

void Independence::update(const Firing& firing, const Companion& companion) {
  const Network& network = firing.network();
  const auto rules = network.rules();
  words_ = firing.mask_words();
  rows_.assign(rules.size() * words_, 0);
  ranks_.assign(rules.size(), 0);
  const Companion::Sight sight = companion.sight();
  if (sight == Companion::Sight::everything) return;
  Words all(words_, 0);
  Words ordered(words_, 0);  // visible, and the specification may see when
  std::vector<bool> is_ordered(rules.size());
  std::vector<bool> is_outranked(rules.size());
  std::vector<Words> rules_of(network.size(), Words(words_, 0));  // by component
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const auto rule = static_cast<RuleId>(r);
    is_outranked[r] = network.may_be_outranked(rules[r]);
    if (is_outranked[r]) continue;
    set(all, rule);
    const std::uint32_t number = companion.event_number(rule);
    is_ordered[r] =
        number != Companion::tau_number && (sight == Companion::Sight::visible || !companion.is_neutral(number));
    if (is_ordered[r]) set(ordered, rule);
    for (const Participant& p : network.participants(rules[r])) set(rules_of[p.component], rule);
  }
  for (std::size_t r = 0; r < rules.size(); ++r) {
    if (is_outranked[r]) continue;
    std::uint64_t* const row = rows_.data() + r * words_;
    std::copy(all.begin(), all.end(), row);
    for (const Participant& p : network.participants(rules[r])) clear(row, rules_of[p.component]);
    if (is_ordered[r]) clear(row, ordered);
  }
  rank_rules(network);
}

void Independence::rank_rules(const Network& network) {
  const auto independent = [this](RuleId rule) {
    int count = 0;
    for (std::size_t w = 0; w < words_; ++w) count += std::popcount(of(rule)[w]);
    return count;
  };
  std::vector<std::tuple<int, std::uint32_t, LabelId, RuleId>> order;
  for (std::uint32_t r = 0; r < ranks_.size(); ++r) {
    const RuleId rule{r};
    const Participant first = network.participants(network.rules()[r]).front();
    order.emplace_back(-independent(rule), first.component, first.label, rule);
  }
  std::ranges::sort(order);
  for (std::uint32_t i = 0; i < order.size(); ++i) ranks_[index(std::get<RuleId>(order[i]))] = i;
}

}  // namespace tryst
