// Resolution: what a term stands for, found on an explicit stack of frames (semantics/csp/term_graph.hpp).
#include "semantics/csp/term_errors.hpp"
#include "semantics/csp/term_graph.hpp"

namespace tryst::csp {

// Closes what an exception (an error of the script, a limit) left open above a height of the stack.
class TermGraph::Unwinding {
 public:
  explicit Unwinding(TermGraph& graph)
      : graph_(graph), height_(graph.frames_.size()), unfoldings_(graph.unfoldings_), settling_(graph.settling_) {}
  Unwinding(const Unwinding&) = delete;
  Unwinding& operator=(const Unwinding&) = delete;
  ~Unwinding() {
    for (std::size_t i = height_; i < graph_.frames_.size(); ++i) {
      const std::uint32_t t = index(graph_.frames_[i].term);
      if (t < graph_.resolved_.size() && graph_.resolved_[t] == open) graph_.resolved_[t] = unknown;
    }
    graph_.frames_.resize(height_);
    graph_.unfoldings_ = unfoldings_;
    graph_.settling_ = settling_;
  }
  std::size_t height() const { return height_; }

 private:
  TermGraph& graph_;
  std::size_t height_;
  std::size_t unfoldings_;
  std::size_t settling_;
};

ProcessId TermGraph::resolve(ProcessId t) {
  if (is_resolved(t)) return resolved_[index(t)];
  const Unwinding unwinding(*this);
  need(t);
  while (frames_.size() > unwinding.height()) advance();
  return resolved_[index(t)];
}

void TermGraph::set_resolved(ProcessId t, ProcessId form) {
  if (index(t) >= resolved_.size()) resolved_.resize(terms_.size(), unknown);
  resolved_[index(t)] = form;
}

// Puts a term on the stack; it must not be open, or it would be needed to find itself.
void TermGraph::need(ProcessId t) {
  if (index(t) < resolved_.size() && resolved_[index(t)] == open) report_unguarded(t);
  frames_.push_back({t, unknown});
}

// One step for the term on top: it waits for what it needs, or is resolved and leaves the stack.
void TermGraph::advance() {
  const ProcessId t = frames_.back().term;
  if (is_resolved(t)) {  // needed twice, found in the meantime
    frames_.pop_back();
    return;
  }
  set_resolved(t, open);
  const TermView term = terms_[t];
  ProcessId form = unknown;
  if (term.op == Operator::suspended) {
    const ProcessId body = unfolded(term);
    if (!is_resolved(body)) return need(body);
    form = resolved_[index(body)];
    --unfoldings_;
  } else {
    const std::size_t height = frames_.size();
    for (std::size_t i = active_operands(term.op, term.operands.size()); i-- > 0;)
      if (!is_resolved(term.operands[i])) need(term.operands[i]);
    if (frames_.size() > height) return;
    form = settle(with_resolved_operands(t));
  }
  set_resolved(t, form);
  set_resolved(form, form);
  frames_.pop_back();
}

// The body of the suspended term on top of the stack.
ProcessId TermGraph::unfolded(const TermView& term) {
  if (frames_.back().body == unknown) {
    if (unfoldings_ == unfoldings_max) report_unguarded(unknown);
    poll();
    const ProcessId body = unfolder_.unfold(static_cast<SuspensionId>(term.payload));
    ++unfoldings_;
    frames_.back().body = body;
  }
  return frames_.back().body;
}

ProcessId TermGraph::with_resolved_operands(ProcessId t) {
  const TermView term = terms_[t];
  std::vector<Terms::Change> changes;
  for (std::uint32_t i = 0; i < active_operands(term.op, term.operands.size()); ++i) {
    const ProcessId form = resolved_[index(term.operands[i])];
    if (form != term.operands[i]) changes.push_back({i, form});
  }
  return changes.empty() ? t : terms_.with_operands(t, changes);
}

// `again` is needed to find itself; if unknown, the chain of unfoldings on the stack is too long.
void TermGraph::report_unguarded(ProcessId again) {
  std::size_t from = 0;
  while (again != unknown && frames_[from].term != again) ++from;
  std::vector<Call> calls;
  for (std::size_t i = from; i < frames_.size() && calls.size() < 16; ++i) {
    if (frames_[i].body == unknown) continue;  // an operator, or a term that merely waits
    const TermView term = terms_[frames_[i].term];
    std::string name = unfolder_.name(static_cast<SuspensionId>(term.payload));
    if (!name.empty()) calls.push_back({std::move(name), term.span});
  }
  if (calls.empty()) calls.push_back({"", again == unknown ? Span{} : terms_[again].span});
  if (again != unknown && calls.size() > 1) calls.push_back(calls.front());
  throw_unguarded(calls, again == unknown);
}

}  // namespace tryst::csp
