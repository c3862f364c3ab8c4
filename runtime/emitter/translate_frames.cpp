// Operators that are around a process while it runs: `;`, exceptions and interrupts; and choices whose operands act.
#include <algorithm>

#include "runtime/emitter/heads.hpp"
#include "runtime/emitter/translation_context.hpp"

namespace tryst::emitter {

using Form = Process::Form;
using Op = Expression::Op;

namespace {

const DataType boolean_type{DataType::Kind::boolean};
constexpr std::size_t compared_max = 64;  // events of a set that a prefix is compared with

Process conditional(Expression condition, Process then, Process otherwise) {
  Process result{Form::conditional};
  result.condition = std::move(condition);
  result.operands = {std::move(then), std::move(otherwise)};
  return result;
}

}  // namespace

// As a call.
Process Translation::handler(ExprId e) {
  Process result = process(e);
  return result.form == Form::call ? result : as_point(std::move(result), at(e).span);
}

Process Translation::within(FrameKey::Kind kind, Process handler, ExprId events, ExprId e) {
  const std::vector<Frame> outer = frames_;
  // The innermost sequel is the one that follows; what is around that is part of its handler.
  if (kind == FrameKey::Kind::sequel)
    std::erase_if(frames_, [](const Frame& frame) { return frame.key.kind == FrameKey::Kind::sequel; });
  const std::uint32_t point = handler.point;
  frames_.push_back({{kind, point, events}, std::move(handler)});
  Process result = process(e);
  frames_ = outer;
  return result;
}

// Where the first process would terminate it takes a hidden step to the second.
Process Translation::sequence(ExprId first, ExprId second) {
  Process result = within(FrameKey::Kind::sequel, handler(second), no_id<ExprId>, first);
  forget_terminations(result);
  return result;
}

Process Translation::exception(ExprId e) {
  const auto kids = operands(e);
  const auto events = constant(kids[1]);
  if (!events) throw Untranslatable{"it has exceptions that depend on its state"};
  return within(FrameKey::Kind::exception, handler(kids[2]), *events, kids[0]);
}

Process Translation::interrupt(ExprId e) {
  const auto kids = operands(e);
  Process other = handler(kids[1]);
  const Frame frame{{FrameKey::Kind::interrupt, other.point}, other};
  Process result = within(FrameKey::Kind::interrupt, std::move(other), no_id<ExprId>, kids[0]);
  const std::vector<Frame> outer = std::exchange(frames_, {frame});
  result = interrupted(std::move(result));
  frames_ = outer;
  return result;
}

Process Translation::skip() {
  for (const Frame& frame : frames_) {
    if (frame.key.kind != FrameKey::Kind::sequel) continue;
    Process step{Form::internal};
    step.is_termination = true;
    step.operands = {frame.handler};
    return step;
  }
  return {Form::skip};
}

// With what every interrupt around it offers. A call does that itself.
Process Translation::interrupted(Process process) const {
  if (std::ranges::none_of(frames_, [](const Frame& f) { return f.key.kind == FrameKey::Kind::interrupt; }))
    return process;
  if (process.form == Form::call) return process;
  if (process.form == Form::conditional || process.form == Form::let) {
    for (Process& operand : process.operands) operand = interrupted(std::move(operand));
    return process;
  }
  Menu menu = menu_of(process);
  for (const Frame& frame : frames_)
    if (frame.key.kind == FrameKey::Kind::interrupt) menu.offers.push_back(frame.handler);
  return process_of(std::move(menu));
}

// Outer exceptions come first: they see the event, whatever inner ones make of it.
Process Translation::after(const Process& prefix, ExprId next) {
  std::vector<std::pair<Expression, Process>> perhaps;
  std::optional<Process> result;
  for (const Frame& frame : frames_) {
    if (frame.key.kind != FrameKey::Kind::exception) continue;
    std::optional<Expression> condition = is_among(prefix, frame.key.events);
    if (!condition) continue;
    if (condition->op == Op::literal) {
      result = frame.handler;
      break;
    }
    perhaps.emplace_back(std::move(*condition), frame.handler);
  }
  if (!result) result = target(next);
  for (std::size_t i = perhaps.size(); i-- > 0;)
    result = conditional(std::move(perhaps[i].first), std::move(perhaps[i].second), std::move(*result));
  return std::move(*result);
}

// Whether the event of a prefix is in a set: none, it never is; a literal, it always is.
std::optional<Expression> Translation::is_among(const Process& prefix, ExprId events) {
  const auto of_channel = [&](ExprId set) {
    std::vector<csp::EventShape> shapes;
    const auto elements = evaluator_.terms().elements(evaluator_.events(set));
    if (!elements) throw Untranslatable{"it has exceptions for infinitely many events"};
    for (const EventId event : *elements) {
      csp::EventShape shape = evaluator_.shape(event);
      if (shape.channel == prefix.channel) shapes.push_back(std::move(shape));
    }
    return shapes;
  };
  const std::vector<csp::EventShape> listed = of_channel(events);
  if (listed.empty()) return std::nullopt;
  const Expression always{Op::literal, boolean_type, 1};
  if (prefix.fields.empty()) return always;
  const auto all = reader_({csp::EventField::Kind::other, 0, "{|" + prefix.channel + "|}", {}, {}});
  if (all && of_channel(*all).size() == listed.size()) return always;
  if (listed.size() > compared_max) throw Untranslatable{"it has exceptions for some of very many events of a channel"};
  std::optional<Expression> any;
  for (const csp::EventShape& event : listed) {
    std::optional<Expression> same;
    if (event.fields.size() != prefix.fields.size())
      throw Untranslatable{"it has exceptions for events with other fields"};
    for (std::size_t i = 0; i < event.fields.size(); ++i) {
      const Expression& value = prefix.fields[i];
      Expression equal{Op::equal, boolean_type, 0, {value, literal(event.fields[i], value.type)}};
      same = same ? Expression{Op::and_, boolean_type, 0, {std::move(*same), std::move(equal)}} : std::move(equal);
    }
    any = any ? Expression{Op::or_, boolean_type, 0, {std::move(*any), std::move(*same)}} : std::move(*same);
  }
  return any;
}

// A hidden step of one operand leaves the choice open; a termination, and what is offered, makes it.
Process Translation::choice(Process a, Process b, Span span) {
  if (!may_act_before_choice(a) && !may_act_before_choice(b)) {
    Process result{Form::external};
    result.operands = {std::move(a), std::move(b)};
    return result;
  }
  for (const bool left : {true, false}) {
    Process& one = left ? a : b;
    if (!may_act_before_choice(one) || (one.form != Form::conditional && one.form != Form::let)) continue;
    const Process other = left ? b : a;
    for (Process& operand : one.operands)
      operand = left ? choice(std::move(operand), other, span) : choice(other, std::move(operand), span);
    return std::move(one);
  }
  Menu x = menu_of(a);
  Menu y = menu_of(b);
  const auto acts = [](const Menu& menu) { return std::ranges::any_of(menu.offers, may_act_before_choice); };
  if (acts(x) || acts(y)) throw Untranslatable{"a choice has operands that act before it is made"};
  Menu result;
  for (Menu* menu : {&x, &y}) {
    result.offers.insert(result.offers.end(), menu->offers.begin(), menu->offers.end());
    result.terminations.insert(result.terminations.end(), menu->terminations.begin(), menu->terminations.end());
  }
  for (const Process& step : x.steps) result.steps.push_back(as_point(choice(step, b, span), span));
  for (const Process& step : y.steps) result.steps.push_back(as_point(choice(a, step, span), span));
  return process_of(std::move(result));
}

// What is offered by the first until a hidden step to the second.
Process Translation::sliding(Process a, Process next, Span span) {
  if (a.form == Form::conditional || a.form == Form::let) {
    for (Process& operand : a.operands) operand = sliding(std::move(operand), next, span);
    return a;
  }
  Menu menu = menu_of(a);
  if (std::ranges::any_of(menu.offers, may_act_before_choice))
    throw Untranslatable{"a choice has operands that act before it is made"};
  for (Process& step : menu.steps) step = as_point(sliding(std::move(step), next, span), span);
  menu.steps.insert(menu.steps.begin(), std::move(next));  // in the order of the operational rules
  return process_of(std::move(menu));
}

}  // namespace tryst::emitter
