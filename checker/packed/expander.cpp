#include "checker/packed/expander.hpp"

#include <algorithm>
#include <bit>

namespace tryst {

Expander::Expander(const PackedQuestion& question, const Firing& firing, const Companion& companion)
    : question_(question),
      firing_(firing),
      companion_(companion),
      judges_refusals_(question.specification != nullptr && question.model != Model::T) {}

bool Expander::expand(const std::uint64_t* state, const std::uint64_t* asleep, const Independence* independence) {
  const std::uint32_t node = index(firing_.companion().of(state));
  transitions_ = 0;
  fault_.reset();
  forbidden_.clear();
  if (!companion_.is_known(node)) return false;
  if (companion_.allows_everything(node)) return true;
  const std::size_t first = fired_.count;
  if (!firing_.fire(state, fired_, asleep)) return false;
  words_ = firing_.packing().words();
  transitions_ = fired_.count - first;
  stable_ = true;
  offered_.clear();
  if (independence != nullptr) {
    running_.assign(asleep, asleep + independence->words());
    if (asleep_.size() < fired_.count * running_.size()) asleep_.resize(2 * fired_.count * running_.size());
    sort(first, *independence);
  }
  if (asleep != nullptr) offer_sleepers(asleep);
  if (judges_refusals_ || independence != nullptr || tau_only_ || !companion_.stays(node, rules_from(first)))
    follow(node, first, independence);
  fault_ = judge(state, node);
  return true;
}

// Takes the node along on the transitions from this one on, and leaves out those that are not followed.
void Expander::follow(std::uint32_t node, std::size_t first, const Independence* independence) {
  const Packing::Field& field = firing_.companion();
  std::size_t kept = first;
  for (std::size_t i = first; i < fired_.count; ++i) {
    const RuleId rule = fired_.rules[i];
    std::uint64_t* const target = fired_.targets.data() + i * words_;
    const std::uint32_t number = companion_.event_number(rule);
    if (judges_refusals_) offer(number);
    const std::uint32_t next = companion_.after(node, number);
    if (next == Companion::forbidden) forbidden_.push_back({rule, {target, target + words_}});
    if (next == Companion::forbidden || number == companion_.tick_number()) continue;
    if (tau_only_ && number != Companion::tau_number) continue;
    target[field.word] ^= field.step(LocalId{node}, LocalId{next});
    if (independence != nullptr) fall_asleep(kept, rule, *independence);
    for (std::size_t w = 0; w < words_; ++w) fired_.targets[kept * words_ + w] = target[w];
    fired_.rules[kept++] = rule;
  }
  fired_.count = kept;
}

void Expander::offer(std::uint32_t number) {
  if (number == Companion::tau_number || number == companion_.tick_number()) stable_ = false;
  offered_.push_back(number);
}

// The transitions from this one on, which are few, by the rank of their rules.
void Expander::sort(std::size_t first, const Independence& independence) {
  for (std::size_t i = first + 1; i < fired_.count; ++i)
    for (std::size_t j = i; j > first && independence.rank(rule(j)) < independence.rank(rule(j - 1)); --j) {
      std::swap(fired_.rules[j], fired_.rules[j - 1]);
      std::uint64_t* const at = fired_.targets.data() + j * words_;
      std::swap_ranges(at, at + words_, at - words_);
    }
}

// Those that are not fired are transitions all the same.
void Expander::offer_sleepers(const std::uint64_t* asleep) {
  for (std::size_t w = 0; w < firing_.mask_words(); ++w) {
    std::uint64_t bits = fired_.enabled[w] & asleep[w];
    transitions_ += static_cast<std::size_t>(std::popcount(bits));
    if (!judges_refusals_) continue;
    for (; bits != 0; bits &= bits - 1)
      offer(companion_.event_number(Firing::rule_of(w * 64 + static_cast<std::size_t>(std::countr_zero(bits)))));
  }
}

// What sleeps at the target of a rule: what slept or was fired before it and commutes with it.
void Expander::fall_asleep(std::size_t transition, RuleId rule, const Independence& independence) {
  const std::uint64_t* const independent = independence.of(rule);
  for (std::size_t w = 0; w < running_.size(); ++w)
    asleep_[transition * running_.size() + w] = running_[w] & independent[w];
  const std::size_t bit = Firing::bit_of(rule);
  running_[bit / 64] |= std::uint64_t{1} << bit % 64;
}

std::optional<Fault> Expander::judge(const std::uint64_t* state, std::uint32_t node) {
  if (transitions_ == 0 && firing_.is_terminated(state)) return std::nullopt;
  if (question_.deadlock_fails && transitions_ == 0) return Fault::deadlock;
  if (judges_refusals_ && stable_ && !is_refusal_allowed(node)) return Fault::refusal;
  return std::nullopt;
}

bool Expander::is_refusal_allowed(std::uint32_t node) {
  ++stamp_;
  if (stamp_of_.size() < companion_.event_count()) stamp_of_.resize(companion_.event_count(), 0);
  for (const std::uint32_t number : offered_) stamp_of_[number] = stamp_;
  return std::ranges::any_of(companion_.acceptances(node), [this](const std::vector<std::uint32_t>& acceptance) {
    return std::ranges::all_of(acceptance, [this](std::uint32_t number) { return stamp_of_[number] == stamp_; });
  });
}

}  // namespace tryst
