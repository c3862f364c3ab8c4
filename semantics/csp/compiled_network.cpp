#include "semantics/csp/compiled_network.hpp"

#include <algorithm>

#include "frontend/csp/builtin.hpp"

namespace tryst::csp {

// The states of chase(P) for a P that is a network of its own, which is made when the first moves are asked for.
class CompiledNetwork::ChaseSource final : public ProcessSource {
 public:
  ChaseSource(CompiledNetwork& around, ProcessId chase) : around_(around), chase_(chase) {}

  std::uint32_t size() const override { return chased_ ? chased_->size() : 1; }
  void moves(LocalId s, std::vector<Move>& out) override {
    if (!chased_) {
      network_ = std::make_unique<CompiledNetwork>(around_, around_.terms_[chase_].operands[0]);
      chased_.emplace(*network_, around_.budget_);
    }
    chased_->moves(s, out);
  }
  std::optional<ProcessId> term(LocalId s) const override {
    if (!chased_) return chase_;
    Terms& terms = around_.terms_;
    switch (chased_->kind(s)) {
      case ChasedNetwork::Kind::divergent: return terms.intern(Term{.op = Operator::div, .span = terms[chase_].span});
      case ChasedNetwork::Kind::terminated: return around_.graph_.omega();
      case ChasedNetwork::Kind::stable: break;
    }
    std::vector<LocalId> locals;
    chased_->locals(s, locals);
    return terms.with_operand(chase_, 0, network_->term(locals));
  }

 private:
  CompiledNetwork& around_;
  ProcessId chase_;  // the initial state
  std::unique_ptr<CompiledNetwork> network_;
  std::optional<ChasedNetwork> chased_;
};

// Whether a parallel operator has performed its ✓: state 0 has not, state 1 has.
class CompiledNetwork::TerminatorSource final : public LocalSource {
 public:
  std::uint32_t size() const override { return size_; }
  void moves(LocalId s, std::vector<Move>& out) override {
    size_ = 2;
    out.push_back({index(s) == 0 ? tick : ended, LocalId{1}});
  }

 private:
  std::uint32_t size_ = 1;
};

namespace {

// None: it stays as it is, built as far as it is needed.
std::optional<NamedCompression> compression_of(Builtin builtin) {
  switch (builtin) {
    case Builtin::explicate: return NamedCompression::explicate;
    case Builtin::sbisim: return NamedCompression::strong;
    case Builtin::dbisim: return NamedCompression::delay;
    case Builtin::wbisim: return NamedCompression::weak;
    case Builtin::tau_loop_factor: return NamedCompression::tau_loops;
    case Builtin::diamond: return NamedCompression::diamond;
    case Builtin::normal:
    case Builtin::lazynorm: return NamedCompression::normal;
    case Builtin::model_compress: return NamedCompression::best;
    default: return std::nullopt;
  }
}

}  // namespace

CompiledNetwork::CompiledNetwork(Terms& terms, Unfolder& unfolder, ProcessId initial, Budget* budget, Around around,
                                 Behind behind)
    : terms_(terms),
      unfolder_(unfolder),
      around_(around),
      budget_(budget),
      graph_(terms, unfolder),
      composition_(terms, *this, false),
      root_{} {
  graph_.set_budget(budget);
  if (around == Around::component && behind == Behind::phases) phases_.emplace(terms);
  root_ = build(initial, graph_.resolve(initial), 0, around == Around::component);
}

CompiledNetwork::CompiledNetwork(CompiledNetwork& around, ProcessId chased)
    : terms_(around.terms_),
      unfolder_(around.unfolder_),
      around_(around.around_),
      budget_(around.budget_),
      nesting_(around.nesting_ + 1),
      graph_(terms_, unfolder_),
      composition_(terms_, *this, true),
      root_{} {
  graph_.set_budget(budget_);
  root_ = build(chased, graph_.resolve(chased), 0, false);
}

// Whether there is a parallel operator below the unary ones, or one inside a chase that becomes a network. A renamed or
// hidden sequential process is one component.
bool CompiledNetwork::is_composed(ProcessId t, bool may_be_layer) const {
  while (Composition::is_unary_static(terms_.op(t)) || (may_be_layer && Composition::is_priority(terms_.op(t))))
    t = terms_[t].operands[0];
  return Composition::is_static(terms_.op(t)) || chases_network(t);
}

// Whether it is chase around a parallel operator, with unary ones between them.
bool CompiledNetwork::chases_network(ProcessId t) const {
  if (terms_.op(t) != Operator::chase || around_ == Around::rules || nesting_ == nesting_max) return false;
  do t = terms_[t].operands[0];
  while (Composition::is_unary_static(terms_.op(t)));
  return Composition::is_static(terms_.op(t));
}

// `written` is what `t` was resolved from: the same operators, but for compressions around them.
Composition::Operand CompiledNetwork::build(ProcessId written, ProcessId t, std::size_t depth, bool may_be_layer) {
  std::vector<NamedCompression> named;  // outer ones first
  const ProcessId whole = written;
  written = head(written, named);
  Composition::Operand part{};
  const Operator op = terms_.op(t);
  const bool is_around = around_ == Around::rules && Composition::is_unary_static(op);
  if (depth < depth_max && !chases_network(t) && (is_around || is_composed(t, may_be_layer))) {
    const bool is_unary = Composition::is_unary_static(op) || Composition::is_priority(op);
    std::vector<Composition::Operand> operands;
    const bool is_alike = terms_.op(written) == op;
    for (std::size_t i = 0; i < terms_[t].operands.size(); ++i)
      operands.push_back(build(terms_[is_alike ? written : t].operands[i], terms_[t].operands[i], depth + 1,
                               may_be_layer && is_unary));
    part = {false, composition_.add(t, operands)};
    if (Composition::is_priority(op)) {
      add_layer();
      orders_.push_back({part.id, PriorityOrder(graph_, t)});
    }
  } else {
    while (Composition::is_unary_static(terms_.op(written))) written = head(terms_[written].operands[0], named);
    const auto [entry, added] = graph_of_term_.try_emplace(t, 0);
    if (added) entry->second = add_graph(source_of(t));
    part = {true, add_component(entry->second)};
    written_.emplace(part.id, whole);
    if (const TermSource* const terms = source(part.id); terms != nullptr && terms->phase(LocalId{0}))
      phase(part.id, t, true);
  }
  for (std::size_t i = named.size(); i-- > 0;) named_.push_back({named[i], part});
  return part;
}

std::unique_ptr<LocalSource> CompiledNetwork::source_of(ProcessId t) {
  if (!chases_network(t)) return std::make_unique<TermSource>(graph_, phases_ ? &*phases_ : nullptr, t);
  has_chased_network_ = true;
  return std::make_unique<ChaseSource>(*this, t);
}

std::size_t CompiledNetwork::alone_max(std::size_t component) const {
  const bool is_chased = dynamic_cast<const ChaseSource*>(&graph(component).source()) != nullptr;
  return is_chased ? chased_alone_max : Network::alone_max(component);
}

// Without names and compressions around it.
ProcessId CompiledNetwork::head(ProcessId written, std::vector<NamedCompression>& named) {
  for (;;) {
    const TermView term = terms_[written];
    if (term.op == Operator::compressed) {
      if (const auto how = compression_of(static_cast<Builtin>(term.payload))) named.push_back(*how);
      written = term.operands[0];
    } else if (term.op == Operator::suspended) {
      written = unfolder_.unfold(static_cast<SuspensionId>(term.payload));
    } else {
      return written;
    }
  }
}

std::vector<NamedPart> CompiledNetwork::named_parts() const {
  std::vector<NamedPart> parts;
  for (const Named& each : named_) {
    parts.push_back({each.how, {}});
    collect(each.part, parts.back().components);
    std::ranges::sort(parts.back().components);
  }
  return parts;
}

void CompiledNetwork::collect(Composition::Operand part, std::vector<std::uint32_t>& components) const {
  if (part.is_component) {
    components.push_back(part.id);
    if (const auto phases = active_.find(part.id); phases != active_.end())
      for (const ActivePhase& each : phases->second) collect({false, each.root}, components);
    return;
  }
  for (const Composition::Operand operand : composition_.operands(part.id)) collect(operand, components);
  if (const auto terminator = composition_.terminator(part.id); terminator != Composition::no_node)
    components.push_back(terminator);
}

void CompiledNetwork::on_label(std::uint32_t component, LabelId label, EventId event) {
  graph_.poll();
  if (!is_internal(event) || event == ended)
    return composition_.offer({component, label}, event, graph(component).labels()[index(label)].choice);
  if (!phases_) return;
  const Phases::Internal* const internal = phases_->find(event);
  if (internal == nullptr) return;
  const auto [kind, performed, term] = *internal;
  if (kind == Phases::Kind::exit) return composition_.offer_exit({component, label}, performed, term);
  if (kind == Phases::Kind::yield) return composition_.offer_yield({component, label}, term);
  if (kind != Phases::Kind::entry) return;
  std::vector<Participant> who{{component, label}};
  enter(component, term, who);
  composition_.offer(component, performed, who);
}

void CompiledNetwork::rule(EventId event, std::span<const Participant> who, std::span<const Rank> ranks,
                           std::span<const std::uint32_t> order) {
  graph_.poll();
  scratch_.assign(who.begin(), who.end());
  std::ranges::sort(scratch_, {}, &Participant::component);
  add_rule(event, scratch_, ranks, order);
}

std::optional<Rank> CompiledNetwork::rank(Composition::NodeId node, EventId event) {
  const auto order = std::ranges::find(orders_, node, &Order::node);
  const auto number = static_cast<std::uint32_t>(order - orders_.begin());
  const auto grade = order->order.grade(event, layer(number));
  return grade ? std::optional(Rank{number, *grade}) : std::nullopt;
}

std::uint32_t CompiledNetwork::terminator(Composition::NodeId) {
  return add_component(add_graph(std::make_unique<TerminatorSource>()));
}

ProcessId CompiledNetwork::term(std::span<const LocalId> locals) { return term(root_, locals); }

std::optional<ProcessId> CompiledNetwork::term(std::size_t component, LocalId s) const {
  const auto* const source = dynamic_cast<const ProcessSource*>(&graph(component).source());
  return source == nullptr ? std::nullopt : source->term(s);
}

bool CompiledNetwork::is_process(std::size_t component) const {
  return dynamic_cast<const ProcessSource*>(&graph(component).source()) != nullptr;
}

std::optional<ProcessId> CompiledNetwork::written(std::size_t component) const {
  const auto known = written_.find(static_cast<std::uint32_t>(component));
  return known == written_.end() ? std::nullopt : std::optional(known->second);
}

ProcessId CompiledNetwork::term(Composition::Operand at, std::span<const LocalId> locals) {
  if (at.is_component) {
    const TermSource* const terms = source(at.id);
    const auto phase = terms != nullptr ? terms->phase(locals[at.id]) : std::nullopt;
    if (phase) return term({false, find_phase(at.id, *phase)->root}, locals);
    return *static_cast<const ProcessSource&>(graph(at.id).source()).term(locals[at.id]);
  }
  const std::uint32_t terminator = composition_.terminator(at.id);
  if (terminator < locals.size() && index(locals[terminator]) == 1) return graph_.omega();
  const ProcessId whole = composition_.term(at.id);
  const bool is_unary = Composition::is_unary_static(terms_.op(whole)) || Composition::is_priority(terms_.op(whole));
  std::vector<Terms::Change> changes;
  for (const Composition::Operand operand : composition_.operands(at.id)) {
    const ProcessId now = term(operand, locals);
    if (is_unary && now == graph_.omega()) return now;  // ✓ passes through
    changes.push_back({static_cast<std::uint32_t>(changes.size()), now});
  }
  return graph_.resolve(terms_.with_operands(whole, changes));
}

}  // namespace tryst::csp
