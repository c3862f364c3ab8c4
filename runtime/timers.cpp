#include "runtime/timers.hpp"

#include <limits>

namespace tryst::runtime {

void SteadyClock::sleep_until(Time time, Bell& bell) {
  Bell::Lock lock = bell.lock();
  bell.wait_until(lock, begin_ + time, [] { return false; });
}

void Timers::start(TimerId id, Time delay) {
  stop(id);
  const auto i = static_cast<std::uint32_t>(id);
  if (i >= deadlines_.size()) deadlines_.resize(std::size_t{i} + 1);
  deadlines_[i] = clock_.now() + delay;
  order_.emplace(*deadlines_[i], i);
}

void Timers::stop(TimerId id) {
  const auto i = static_cast<std::uint32_t>(id);
  if (!is_running(id)) return;
  order_.erase({*deadlines_[i], i});
  deadlines_[i].reset();
}

bool Timers::is_running(TimerId id) const {
  const auto i = static_cast<std::uint32_t>(id);
  return i < deadlines_.size() && deadlines_[i].has_value();
}

bool Timers::is_due(TimerId id) const {
  return is_running(id) && *deadlines_[static_cast<std::uint32_t>(id)] <= clock_.now();
}

std::optional<Time> Timers::next() const {
  const auto at = order_.upper_bound({clock_.now(), std::numeric_limits<std::uint32_t>::max()});
  return at == order_.end() ? std::nullopt : std::optional(at->first);
}

bool Timers::wait() {
  const std::optional<Time> time = next();
  if (time) clock_.sleep_until(*time, bell_);
  return time.has_value();
}

}  // namespace tryst::runtime
