#include "semantics/csp/evaluator.hpp"

#include <algorithm>

#include "semantics/csp/machine.hpp"
#include "semantics/csp/process_builder.hpp"

namespace tryst::csp {

Evaluator::Evaluator(const Typed& typed, const SourceSet&) : machine_(std::make_unique<Machine>(typed)) {}

Evaluator::~Evaluator() = default;

void Evaluator::set_budget(Budget* budget) { machine_->set_budget(budget); }

Terms& Evaluator::terms() { return machine_->processes().terms(); }

ValueId Evaluator::value(ExprId e) {
  ValueId result{};
  const CodeId code = machine_->lower(e);
  machine_->deep_stack().run([&] { result = machine_->canonical(machine_->run(code, {}, {})); });
  return result;
}

ProcessId Evaluator::process(ExprId e) { return machine_->values().as_process(value(e)); }

std::string Evaluator::show(ExprId e) {
  const ValueId v = value(e);
  std::string text;
  machine_->deep_stack().run([&] { text = machine_->shown(v); });
  return text;
}

std::vector<EventId> Evaluator::trace(ExprId e) {
  std::vector<EventId> events;
  for (ValueId v : machine_->values().parts(value(e))) events.push_back(machine_->processes().event(v));
  return events;
}

EventSetId Evaluator::events(ExprId e) { return machine_->processes().event_set(value(e)); }

EventField Evaluator::field(ValueId v) {
  constexpr std::int64_t listed_max = 4096;  // integers of a range
  const Values& values = machine_->values();
  const DataTable& data = machine_->data();
  EventField out;
  out.text = machine_->shown(v);
  const ValueKind kind = values.kind(v);
  if (kind == ValueKind::integer) {
    out.kind = EventField::Kind::integer;
    out.number = values.as_integer(v);
  } else if (kind == ValueKind::boolean) {
    out.kind = EventField::Kind::boolean;
    out.number = values.as_boolean(v);
  } else if (const bool is_dot = kind == ValueKind::dot && !values.parts(v).empty();
             is_dot || kind == ValueKind::data) {
    const ValueId first = is_dot ? values.parts(v)[0] : v;
    if (values.kind(first) != ValueKind::data) {
      out.kind = EventField::Kind::dots;
      add_parts(out, values.parts(v));
      return out;
    }
    if (data.is_channel(values.as_data(first))) return out;
    const DatatypeId type = data.datatype(values.as_data(first));
    out.kind = is_dot ? EventField::Kind::data : EventField::Kind::constant;
    out.type = data.name(type);
    out.number = std::ranges::find(data.constructors(type), values.as_data(first)) - data.constructors(type).begin();
    if (is_dot) add_parts(out, values.parts(v).subspan(1));
  } else if (kind == ValueKind::process) {
    out.kind = EventField::Kind::process;
    out.number = index(values.as_process(v));
  } else if (kind == ValueKind::tuple || kind == ValueKind::sequence || kind == ValueKind::map) {
    out.kind = kind == ValueKind::tuple      ? EventField::Kind::tuple
               : kind == ValueKind::sequence ? EventField::Kind::sequence
                                             : EventField::Kind::map;
    add_parts(out, values.parts(v));
  } else if (kind == ValueKind::set ||
             (kind == ValueKind::int_range &&
              values.as_integer(values.parts(v)[1]) - values.as_integer(values.parts(v)[0]) < listed_max)) {
    out.kind = EventField::Kind::set;
    for (const ValueId element : machine_->list(v, {})) out.parts.push_back(field(element));
  }
  return out;
}

void Evaluator::add_parts(EventField& out, std::span<const ValueId> parts) {
  for (const ValueId part : parts) out.parts.push_back(field(part));
}

EventShape Evaluator::shape(EventId e) {
  const Values& values = machine_->values();
  const ValueId event = machine_->processes().value(e);
  const bool has_fields = values.kind(event) == ValueKind::dot;
  const std::span<const ValueId> parts = has_fields ? values.parts(event) : std::span(&event, 1);
  EventShape result{machine_->data().name(values.as_data(parts[0])), {}};
  machine_->deep_stack().run([&] {
    for (const ValueId part : parts.subspan(1)) result.fields.push_back(field(part));
  });
  return result;
}

EventField Evaluator::data(ExprId e) {
  const ValueId v = value(e);
  EventField result;
  machine_->deep_stack().run([&] { result = field(v); });
  return result;
}

std::vector<EventField> Evaluator::elements(ExprId e) {
  const ValueId set = value(e);
  std::vector<EventField> result;
  machine_->deep_stack().run([&] {
    for (const ValueId v : machine_->list(set, {})) result.push_back(field(v));
  });
  return result;
}

ProcessId Evaluator::unfold(SuspensionId id) {
  ProcessId result{};
  machine_->deep_stack().run([&] { result = machine_->processes().unfold(id); });
  return result;
}

std::optional<Origin> Evaluator::origin(SuspensionId id) {
  const auto suspension = machine_->processes().suspension(id);
  if (!suspension) return std::nullopt;
  const Code& code = machine_->core().codes[suspension->first];
  if (code.binding == no_id<BindingId> && code.expression == no_id<ExprId>) return std::nullopt;
  Origin result{code.binding, code.expression, {}, {}};
  machine_->deep_stack().run([&] {
    for (std::size_t i = 0; i < suspension->second.size(); ++i) {
      EventField value = field(suspension->second[i]);
      if (i < code.captured.size())
        result.variables.emplace_back(code.captured[i], std::move(value));
      else
        result.arguments.push_back(std::move(value));
    }
  });
  return result;
}

std::string Evaluator::name(SuspensionId id) { return machine_->processes().name(id); }

}  // namespace tryst::csp
