#include "semantics/csp/term_source.hpp"

#include <algorithm>
#include <stdexcept>

namespace tryst::csp {

TermSource::TermSource(TermGraph& graph, Phases* phases, std::optional<ProcessId> initial, Role role)
    : graph_(graph), phases_(phases), role_(role) {
  if (initial)
    meet(*initial);
  else
    dormant();
}

void TermSource::moves(LocalId s, std::vector<Move>& out) {
  const State state = states_[index(s)];
  if (state.kind == Kind::faulty) {
    graph_.resolve(state.term);
    throw std::logic_error("a process that could not be resolved can be");
  }
  if (state.kind == Kind::plain) role_ == Role::handler ? handler_moves(s, out) : plain_moves(s, out);
  if (halts_.empty()) return;
  std::vector<EventId> bases{Phases::nothing};
  for (const Move& move : out)
    if (bases.back() != move.event) bases.push_back(move.event);
  for (const EventId base : bases)
    if (const auto halts = halts_.find(base); halts != halts_.end())
      for (const Halt& halt : halts->second) out.push_back({halt.halt, halt.target});
  std::ranges::stable_sort(out, {}, &Move::event);
}

void TermSource::plain_moves(LocalId s, std::vector<Move>& out) {
  const ProcessId source = states_[index(s)].term;
  graph_.moves_once(source, moves_);
  for (tryst::csp::Move& move : moves_) move.target = graph_.resolve(move.target);  // may throw: before any is met
  std::ranges::stable_sort(moves_, {}, &tryst::csp::Move::event);  // choices are numbered in the order of the rules
  entries_.clear();
  for (const tryst::csp::Move& move : moves_) {
    const LocalId target = meet(move.target);
    if (phase(target)) {
      entries_.push_back({phases_->intern({Phases::Kind::entry, move.event, move.target}), target});
      continue;
    }
    bool repeated = false;
    for (std::size_t k = out.size(); k > 0 && out[k - 1].event == move.event; --k)
      repeated = repeated || out[k - 1].target == target;
    if (!repeated) out.push_back({move.event, target});
  }
  std::ranges::sort(entries_, {}, &Move::event);
  const auto same = [](const Move& a, const Move& b) { return a.event == b.event; };  // an entry has one target
  out.insert(out.end(), entries_.begin(), std::unique(entries_.begin(), entries_.end(), same));
  if (source == graph_.omega()) out.push_back({ended, s});
}

void TermSource::handler_moves(LocalId s, std::vector<Move>& out) {
  const ProcessId source = states_[index(s)].term;
  graph_.moves_once(source, moves_);
  for (tryst::csp::Move& move : moves_) move.target = graph_.resolve(move.target);
  out.push_back({phases_->intern({Phases::Kind::yield, Phases::nothing, source}), dormant()});
  for (const tryst::csp::Move& move : moves_)
    out.push_back(move.event == tau ? Move{tau, meet(move.target)}
                                    : Move{phases_->intern({Phases::Kind::exit, move.event, move.target}), dormant()});
  const auto is_before = [](const Move& a, const Move& b) {
    return std::pair(a.event, a.target) < std::pair(b.event, b.target);
  };
  const auto same = [](const Move& a, const Move& b) { return a.event == b.event && a.target == b.target; };
  std::sort(out.begin(), out.end(), is_before);
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
}

LocalId TermSource::meet(ProcessId term) {
  if (const auto known = local_of_.find(term); known != local_of_.end()) return known->second;
  const auto phase = phase_of(term);
  const LocalId local = !phase                             ? add({term, Kind::plain})
                        : local_of_phase_.contains(*phase) ? local_of_phase_.at(*phase)
                                                           : add({term, Kind::handed_over, *phase});
  if (phase) local_of_phase_.emplace(*phase, local);
  local_of_.emplace(term, local);
  return local;
}

std::optional<PhaseId> TermSource::phase_of(ProcessId term) {
  if (phases_ == nullptr) return std::nullopt;
  if (role_ == Role::handler) return std::nullopt;
  const auto phase = phases_->of(term, is_volatile_ ? Phases::Unknown::none : Phases::Unknown::add);
  if (!phase || local_of_phase_.contains(*phase)) return phase;
  if (is_volatile_ || phases_->is_full()) refused_.insert(*phase);
  return refused_.contains(*phase) ? std::nullopt : phase;
}

LocalId TermSource::meet_faulty(ProcessId term) {
  const auto [known, added] = local_of_.try_emplace(term, LocalId{});
  if (added) known->second = add({term, Kind::faulty});
  return known->second;
}

bool TermSource::add_halt(Halt halt) {
  std::vector<Halt>& halts = halts_[halt.base];
  if (std::ranges::find(halts, halt.halt, &Halt::halt) != halts.end()) return false;
  halts.push_back(halt);
  return true;
}

LocalId TermSource::dormant() {
  if (!dormant_) dormant_ = add({no_id<ProcessId>, Kind::dormant});
  return *dormant_;
}

LocalId TermSource::add(State state) {
  states_.push_back(state);
  return static_cast<LocalId>(states_.size() - 1);
}

std::optional<ProcessId> TermSource::term(LocalId s) const {
  const State& state = states_[index(s)];
  return state.kind == Kind::plain || state.kind == Kind::faulty ? std::optional(state.term) : std::nullopt;
}

std::optional<PhaseId> TermSource::phase(LocalId s) const {
  const State& state = states_[index(s)];
  return state.kind == Kind::handed_over ? std::optional(state.phase) : std::nullopt;
}

std::optional<LocalId> TermSource::state_of(PhaseId phase) const {
  const auto known = local_of_phase_.find(phase);
  return known == local_of_phase_.end() ? std::nullopt : std::optional(known->second);
}

}  // namespace tryst::csp
