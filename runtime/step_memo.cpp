#include "runtime/step_memo.hpp"

#include <algorithm>
#include <cassert>

namespace tryst::runtime {

namespace {

constexpr std::uint32_t no_state = 0xffffffff;
constexpr std::uint32_t first_step = 6;  // behind the one that matches nothing
// A memo pays when a step is used about as often as this.
constexpr std::uint64_t uses_wanted = 4;

}  // namespace

StepMemo::StepMemo(std::size_t rules, std::size_t words_max)
    : words_max_(words_max), words_{0, 1, 0, 0, no_state, 0}, last_(rules), table_(64) {
  assert(words_.size() == first_step);
}

void StepMemo::insert(std::uint32_t at) {
  const Step step(words_.data() + at);
  std::uint64_t hash = seed(step.rule());
  for (std::uint32_t i = 0; i < step.parts(); ++i) hash = mix(hash, step.part(i).before);
  std::size_t place = slot(hash);
  while (table_[place] != 0) place = (place + 1) & (table_.size() - 1);
  table_[place] = at;
}

void StepMemo::forget() {
  words_.resize(first_step);
  std::ranges::fill(last_, 0);
  std::ranges::fill(table_, 0);
  steps_ = 0;
}

bool StepMemo::add(std::span<const std::uint32_t> step, std::uint64_t fired) {
  if (words_.size() + step.size() > words_max_) {
    const bool useful = fired - fired_before_ >= uses_wanted * steps_;
    fired_before_ = fired;
    forget();
    if (!useful || step.size() > words_max_ / 2) return false;
  }
  const auto at = static_cast<std::uint32_t>(words_.size());
  words_.insert(words_.end(), step.begin(), step.end());
  last_[step[0]] = at;
  if (2 * ++steps_ > table_.size()) {
    const std::vector<std::uint32_t> before = std::move(table_);
    table_.assign(2 * before.size(), 0);
    for (const std::uint32_t old : before)
      if (old != 0) insert(old);
  }
  insert(at);
  return true;
}

}  // namespace tryst::runtime
