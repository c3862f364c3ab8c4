#include "checker/packed/stubborn_sets.hpp"

#include <algorithm>
#include <bit>

#include "semantics/script_error.hpp"

namespace tryst {

namespace {

constexpr std::size_t word_bits = 64;

bool contains(const std::uint64_t* words, std::size_t bit) {
  return (words[bit / word_bits] >> bit % word_bits & 1) != 0;
}

}  // namespace

StubbornSets::StubbornSets(const Firing& firing)
    : firing_(firing),
      words_(firing.mask_words()),
      involved_(firing.network().size(), Words(words_, 0)),
      enabled_(words_),
      closed_(words_),
      best_(words_) {
  const Network& network = firing.network();
  for (std::uint32_t r = 0; r < network.rules().size(); ++r) {
    const std::size_t bit = Firing::bit_of(RuleId{r});
    for (const Participant& p : network.participants(network.rules()[r]))
      involved_[p.component][bit / word_bits] |= std::uint64_t{1} << bit % word_bits;
  }
}

const std::uint64_t* StubbornSets::left_out(const std::uint64_t* state) {
  firing_.enabled(state, enabled_.data());
  std::size_t fewest = 0;
  for (const std::uint64_t word : enabled_) fewest += static_cast<std::size_t>(std::popcount(word));
  best_ = enabled_;
  for (std::size_t w = 0; w < words_; ++w)
    for (std::uint64_t bits = enabled_[w]; bits != 0 && fewest > 1; bits &= bits - 1) {
      const std::size_t bit = w * word_bits + static_cast<std::size_t>(std::countr_zero(bits));
      const std::size_t count = close(Firing::rule_of(bit), state, fewest);
      if (count >= fewest) continue;
      fewest = count;
      for (std::size_t i = 0; i < words_; ++i) best_[i] = closed_[i] & enabled_[i];
    }
  for (std::size_t w = 0; w < words_; ++w) best_[w] = enabled_[w] & ~best_[w];
  return best_.data();
}

// The number of enabled rules in the least set with this one; gives up at `enough`.
std::size_t StubbornSets::close(RuleId seed, const std::uint64_t* state, std::size_t enough) {
  const Network& network = firing_.network();
  std::ranges::fill(closed_, 0);
  const std::size_t bit = Firing::bit_of(seed);
  closed_[bit / word_bits] |= std::uint64_t{1} << bit % word_bits;
  open_.assign(1, seed);
  std::size_t count = 0;
  while (!open_.empty()) {
    const RuleId rule = open_.back();
    open_.pop_back();
    const bool is_enabled = contains(enabled_.data(), Firing::bit_of(rule));
    if (is_enabled && ++count >= enough) return count;
    for (const Participant& p : network.participants(network.rules()[index(rule)])) {
      const std::uint64_t* const mask = firing_.mask(p.component, state);
      if (!is_enabled && contains(mask, Firing::bit_of(rule))) continue;
      add(involved_[p.component], mask);
      if (!is_enabled) break;  // one component that cannot perform its label is enough
    }
  }
  return count;
}

// Those of the rules of a component that the mask of its local state has.
void StubbornSets::add(const Words& involved, const std::uint64_t* mask) {
  for (std::size_t w = 0; w < words_; ++w) {
    std::uint64_t added = involved[w] & mask[w] & ~closed_[w];
    closed_[w] |= added;
    for (; added != 0; added &= added - 1)
      open_.push_back(Firing::rule_of(w * word_bits + static_cast<std::size_t>(std::countr_zero(added))));
  }
}

bool expand_everything(Firing& firing, std::size_t locals_max, Budget& budget) {
  const Network& network = firing.network();
  try {
    std::vector<std::uint32_t> expanded;  // by component: so many local states, the first ones
    std::vector<LocalState> missing;
    std::size_t locals = 0;
    do {
      budget.poll();
      missing.clear();
      expanded.resize(network.size(), 0);
      for (std::uint32_t c = 0; c < network.size(); ++c)
        for (; expanded[c] < network.graph(c).size(); ++expanded[c]) missing.push_back({c, LocalId{expanded[c]}});
      locals += missing.size();
      if (locals > locals_max) return false;
      firing.expand(missing);
    } while (!missing.empty());
  } catch (const ScriptError&) {
    return false;  // perhaps in a local state that the system never reaches
  }
  return firing.mask_words() > 0;
}

}  // namespace tryst
