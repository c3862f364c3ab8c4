#include "checker/packed/expander.hpp"

#include <algorithm>

namespace tryst {

Expander::Expander(const PackedQuestion& question, const Firing& firing, const Companion& companion)
    : question_(question), firing_(firing), companion_(companion) {}

bool Expander::expand(const std::uint64_t* state) {
  const Packing::Field& field = firing_.companion();
  const std::uint32_t node = index(field.of(state));
  size_ = 0;
  transitions_ = 0;
  fault_.reset();
  forbidden_.clear();
  if (!companion_.is_known(node)) return false;
  if (companion_.allows_everything(node)) return true;
  if (!firing_.fire(state, fired_)) return false;
  words_ = firing_.packing().words();
  transitions_ = fired_.count;
  stable_ = true;
  offered_.clear();
  const bool judges_refusals = question_.specification != nullptr && question_.model != Model::T;
  for (std::size_t i = 0; i < fired_.count; ++i) {
    std::uint64_t* const target = fired_.targets.data() + i * words_;
    const std::uint32_t number = companion_.event_number(fired_.rules[i]);
    if (number == Companion::tau_number) {
      stable_ = false;
    } else {
      const bool ends = companion_.event(number) == tick;
      stable_ = stable_ && !ends;
      if (judges_refusals) offered_.push_back(number);
      const std::uint32_t next = companion_.after(node, number);
      if (next == Companion::forbidden) {
        forbidden_.push_back({fired_.rules[i], {target, target + words_}});
        continue;
      }
      if (ends) continue;
      target[field.word] ^= field.step(LocalId{node}, LocalId{next});
    }
    if (size_ != i) {
      std::copy_n(target, words_, fired_.targets.data() + size_ * words_);
      fired_.rules[size_] = fired_.rules[i];
    }
    ++size_;
  }
  if (stable_) fault_ = judge(state, node);
  return true;
}

std::optional<Fault> Expander::judge(const std::uint64_t* state, std::uint32_t node) {
  if (transitions_ == 0 && firing_.is_terminated(state)) return std::nullopt;
  if (question_.deadlock_fails && transitions_ == 0) return Fault::deadlock;
  const bool judges_refusals = question_.specification != nullptr && question_.model != Model::T;
  if (judges_refusals && !is_refusal_allowed(node)) return Fault::refusal;
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
