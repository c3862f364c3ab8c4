// The moves of a term on one event, and nothing else about it (semantics/csp/term_graph.hpp).
//
// The question is pushed inwards through the operators that only turn events into events (hiding, projection, renaming,
// chase) to the first other one, whose rules then note only what may become the event that is wanted. On the way out
// the notes are put in the order in which each operator would have its moves; only where the wanted ones lead is found.
#include <algorithm>

#include "semantics/csp/rules.hpp"

namespace tryst::csp {

namespace {

// Operators that pass their operand's moves on, under another event perhaps. The operand of chase is stable.
bool turns_events(Operator op) {
  return op == Operator::hide || op == Operator::project || op == Operator::rename || op == Operator::chase;
}

// Replaces events of the operand by what the term performs instead.
void turn(Terms& terms, const TermView& term, std::vector<EventId>& events) {
  const std::size_t count = events.size();
  for (std::size_t i = 0; i < count; ++i) {
    const EventId e = events[i];
    if (!is_visible(e) || term.op == Operator::chase) continue;
    if (term.op == Operator::rename) {
      const auto images = terms.alphabets().images(term.relation, e);
      for (std::size_t k = 0; k < images.size(); ++k)
        if (k == 0)
          events[i] = images[k].second;
        else
          events.push_back(images[k].second);
    } else if (terms.contains(term.sets[0], e) == (term.op == Operator::hide)) {
      events[i] = tau;
    }
  }
}

}  // namespace

void TermGraph::moves_on(ProcessId t, EventId event, std::size_t count_max, std::vector<Move>& out) {
  out.clear();
  around_.clear();
  for (; turns_events(terms_.op(t)); t = terms_[t].operands[0]) around_.push_back(t);
  std::ranges::reverse(around_);  // inner ones first
  note_wanted(t, event);
  const auto by_event = [](const Noted& a, const Noted& b) { return a.event < b.event; };
  std::stable_sort(noted_.begin(), noted_.end(), by_event);
  for (const ProcessId each : around_) {
    std::vector<Noted> turned;
    for (const Noted& noted : noted_) {
      turned_.assign(1, noted.event);
      turn(terms_, terms_[each], turned_);
      for (const EventId e : turned_) turned.push_back({e, noted.move});
    }
    std::stable_sort(turned.begin(), turned.end(), by_event);
    noted_.swap(turned);
  }
  const bool is_remembered = remembered(t);
  for (const Noted& noted : noted_) {
    if (noted.event != event || out.size() == count_max) continue;
    ProcessId target = is_remembered ? operand_moves(t)[noted.move].target : conclusions_.target(terms_, t, noted.move);
    for (const ProcessId each : around_)
      target = event == tick ? omega_ : known(terms_.with_operand(each, 0, known(target)));
    out.push_back({event, target});
  }
  conclusions_.clear();
}

// What the term, whose operands are remembered then, does that is the wanted event outside.
void TermGraph::note_wanted(ProcessId t, EventId wanted) {
  const auto is_wanted = [this, wanted](EventId e) {
    turned_.assign(1, e);
    for (const ProcessId each : around_) turn(terms_, terms_[each], turned_);
    return std::ranges::find(turned_, wanted) != turned_.end();
  };
  noted_.clear();
  if (remembered(t)) {
    const auto moves = operand_moves(t);
    for (std::uint32_t i = 0; i < moves.size(); ++i)
      if (is_wanted(moves[i].event)) noted_.push_back({moves[i].event, i});
    return;
  }
  remember_operands(t);
  const Step step{*this, terms_, t, terms_[t]};
  poll(static_cast<std::uint32_t>(step.term.operands.size()));
  conclusions_.clear();  // an error may have left some
  conclusions_.only(is_wanted);
  for (const Rule rule : rules(step.term.op)) rule(step, conclusions_);
  for (std::uint32_t i = 0; i < conclusions_.size(); ++i) noted_.push_back({conclusions_.event(i), i});
}

}  // namespace tryst::csp
