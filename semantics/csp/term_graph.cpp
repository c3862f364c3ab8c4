#include "semantics/csp/term_graph.hpp"

#include <algorithm>

#include "semantics/csp/rules.hpp"

namespace tryst::csp {

namespace {

// Keeps the order within an event.
void sort_by_event(std::vector<Move>& moves) {
  const auto by_event = [](const Move& a, const Move& b) { return a.event < b.event; };
  if (!std::is_sorted(moves.begin(), moves.end(), by_event)) std::stable_sort(moves.begin(), moves.end(), by_event);
}

// Sorts by event and drops repeated moves.
void order(std::vector<Move>& moves) {
  sort_by_event(moves);
  std::size_t kept = 0;
  std::size_t group = 0;               // the first kept move on the event at hand
  std::unordered_set<ProcessId> seen;  // its targets, once there are many
  for (std::size_t i = 0; i < moves.size(); ++i) {
    if (kept == 0 || moves[kept - 1].event != moves[i].event) {
      group = kept;
      seen.clear();
    }
    bool repeated = false;
    if (kept - group < 16) {
      for (std::size_t k = group; k < kept; ++k) repeated = repeated || moves[k].target == moves[i].target;
    } else {
      if (seen.empty())
        for (std::size_t k = group; k < kept; ++k) seen.insert(moves[k].target);
      repeated = !seen.insert(moves[i].target).second;
    }
    if (!repeated) moves[kept++] = moves[i];
  }
  moves.resize(kept);
}

// Operators that a state passes through on the way to what it is made of, one operand each.
bool unary(Operator op) {
  switch (op) {
    case Operator::hide:
    case Operator::project:
    case Operator::rename:
    case Operator::prioritise:
    case Operator::prioritise_po:
    case Operator::chase:
    case Operator::deter: return true;
    default: return false;
  }
}

}  // namespace

TermGraph::TermGraph(Terms& terms, Unfolder& unfolder)
    : terms_(terms),
      unfolder_(unfolder),
      omega_(terms.intern(Term{.op = Operator::omega})),
      stop_(terms.intern(Term{.op = Operator::stop})) {
  set_resolved(omega_, omega_);
  set_resolved(stop_, stop_);
}

std::span<const Move> TermGraph::moves(ProcessId t) {
  if (!remembered(t)) remember(t);
  return operand_moves(t);
}

std::span<const Move> TermGraph::operand_moves(ProcessId t) const {
  if (!remembered(t)) {
    assert(t == once_term_);
    return once_;
  }
  const Memo memo = memo_[index(t)];
  return memo.count == 0 ? std::span<const Move>() : std::span<const Move>(kept_.at(memo.first), memo.count);
}

// Operands first, on an explicit stack.
void TermGraph::remember(ProcessId t) {
  pending_.assign(1, t);
  while (!pending_.empty()) {
    const ProcessId top = pending_.back();
    if (!remembered(top)) {
      if (push_forgotten_operands(top)) continue;
      concluded_.clear();
      conclude(top, concluded_);
      order(concluded_);
      keep(top, concluded_);
    }
    pending_.pop_back();
  }
}

void TermGraph::remember_operands(ProcessId t) {
  for (const ProcessId operand : terms_[t].operands.first(active_operands(terms_.op(t), terms_[t].operands.size())))
    if (!remembered(operand)) remember(operand);
}

// Whether there were any.
bool TermGraph::push_forgotten_operands(ProcessId t) {
  const TermView term = terms_[t];
  const std::size_t height = pending_.size();
  for (std::size_t i = 0; i < active_operands(term.op, term.operands.size()); ++i)
    if (!remembered(term.operands[i])) pending_.push_back(term.operands[i]);
  return pending_.size() > height;
}

void TermGraph::conclude(ProcessId t, std::vector<Move>& out) {
  assert(is_resolved(t) && resolved_[index(t)] == t);
  const Step step{*this, terms_, t, terms_[t]};
  conclusions_.clear();  // an error may have left some
  for (const Rule rule : rules(step.term.op)) rule(step, conclusions_);
  conclusions_.finish(terms_, t, out);
}

void TermGraph::keep(ProcessId t, std::span<const Move> moves) {
  if (index(t) >= memo_.size()) memo_.resize(terms_.size());
  Memo memo{0, static_cast<std::uint32_t>(moves.size())};
  if (!moves.empty()) std::copy(moves.begin(), moves.end(), kept_.add(moves.size(), memo.first));
  memo_[index(t)] = memo;
}

// The unary operators around a state are as many as states: their operands' moves are not worth remembering either.
void TermGraph::moves_once(ProcessId t, std::vector<Move>& out) {
  out.clear();
  std::vector<ProcessId>& around = around_;
  around.clear();
  while (unary(terms_.op(t)) && !remembered(terms_[t].operands[0])) {
    around.push_back(t);
    t = terms_[t].operands[0];
  }
  remember_operands(t);
  conclude(t, out);
  while (!around.empty()) {
    sort_by_event(out);  // as the rules expect of an operand
    once_.swap(out);
    once_term_ = t;
    out.clear();
    t = around.back();
    around.pop_back();
    conclude(t, out);
  }
  once_term_ = no_id<ProcessId>;
}

Participants& TermGraph::participants(std::span<const EventSetId> sets) {
  std::uint32_t hash = static_cast<std::uint32_t>(sets.size());
  for (const EventSetId set : sets) hash = (hash ^ index(set)) * 0x01000193;
  std::vector<AlphabetList>& lists = alphabet_lists_[hash];
  for (AlphabetList& list : lists)
    if (std::equal(list.sets.begin(), list.sets.end(), sets.begin(), sets.end())) return list.participants;
  lists.push_back({{sets.begin(), sets.end()}, {}});
  return lists.back().participants;
}

RelationId TermGraph::transitive_closure(RelationId relation) {
  const auto found = closures_.find(relation);
  if (found != closures_.end()) return found->second;
  const Alphabets& alphabets = terms_.alphabets();
  std::vector<Alphabets::Pair> closed;
  std::vector<EventId> reached;
  const auto pairs = alphabets.pairs(relation);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const EventId from = pairs[i].first;
    if (i > 0 && pairs[i - 1].first == from) continue;
    std::unordered_set<EventId> seen;
    reached.assign(1, from);
    while (!reached.empty()) {
      poll();
      const EventId at = reached.back();
      reached.pop_back();
      for (const auto& [above, below] : alphabets.images(relation, at))
        if (seen.insert(below).second) {
          closed.emplace_back(from, below);
          reached.push_back(below);
        }
    }
  }
  const RelationId closure = terms_.relation(std::move(closed));
  closures_.emplace(relation, closure);
  return closure;
}

}  // namespace tryst::csp
