// Diagnostics of evaluation: wording, the call stack, and values cut to the length of a line.
#include <cassert>
#include <cstdlib>
#include <utility>

#include "semantics/csp/machine.hpp"
#include "semantics/csp/process_builder.hpp"

namespace tryst::csp {

namespace {

constexpr std::size_t calls_shown = 10;  // half of them the innermost, half the outermost
constexpr std::size_t value_chars_max = 60;
constexpr std::uint32_t parts_shown = 5;

std::string shortened(std::string text) {
  if (text.size() <= value_chars_max) return text;
  return text.substr(0, value_chars_max - 2) + "..";
}

}  // namespace

void Machine::fail(std::string_view code, Span span, std::string message, std::string label, std::string help,
                   std::vector<Note> notes) {
  Diagnostic d;
  d.code = code;
  d.message = std::move(message);
  d.span = span;
  d.label = std::move(label);
  d.help = std::move(help);
  d.notes = std::move(notes);
  // What has no place of its own is told where the innermost function was called.
  for (const Activation* a = activation_; !d.span.known() && a != nullptr; a = a->caller)
    d.span = a->call.known() ? a->call : core_.codes[a->code].span;
  for (Note& note : call_stack()) d.notes.push_back(std::move(note));
  deep_stack_.about_to_throw();
  throw ScriptError{std::move(d)};
}

void Machine::fail(const Fault& fault, Span span) {
  const auto text = [&](ValueId v) { return "`" + shortened(shown(v)) + "`"; };
  switch (fault.kind) {
    case FaultKind::infinite_set:
      fail("P0408", span, "the set " + text(fault.set) + " is infinite, and its elements have to be listed",
           "this needs all elements", "membership, union, intersection and difference work on infinite sets");
    case FaultKind::outside_field:
      fail("P0409", span,
           text(fault.value) + " is not a value of field " + std::to_string(fault.field + 1) + " of `" +
               data_.name(fault.data) + "`",
           "the field holds " + shortened(shown(fault.set)));
    case FaultKind::not_rectangular:
      fail("P0410", span, "the fields of `" + data_.name(fault.data) + "` are not a product of sets",
           "these are the values " + shortened(shown(fault.set)),
           "every value of one field must be possible with every value of the others");
    case FaultKind::not_a_set:  // excluded by typing
    case FaultKind::none: break;
  }
  assert(false && "not a mistake of the script");
  std::abort();
}

// The functions and processes that are being evaluated, innermost first; a long middle is left out.
std::vector<Note> Machine::call_stack() const {
  std::vector<const Activation*> calls;
  for (const Activation* a = activation_; a != nullptr; a = a->caller)
    if (core_.codes[a->code].function) calls.push_back(a);
  std::vector<Note> notes;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (calls.size() > calls_shown && i == calls_shown / 2) {
      const std::size_t left_out = calls.size() - calls_shown;
      notes.push_back({{}, "and " + std::to_string(left_out) + " more calls"});
      i += left_out;
    }
    notes.push_back({calls[i]->call, "in `" + called(*calls[i]) + "`"});
  }
  return notes;
}

std::string Machine::called(const Activation& call) const {
  const Code& code = core_.codes[call.code];
  std::string text = code.name;
  std::uint32_t slot = 0;
  for (std::uint32_t size : code.groups) {
    text += '(';
    for (std::uint32_t i = 0; i < size; ++i) text += (i == 0 ? "" : ", ") + brief(call.frame[slot++], 2);
    text += ')';
  }
  return text;
}

std::string Machine::brief(const Handle& h, int depth) const {
  if (h.empty()) return "_";
  if (h.is_integer()) return std::to_string(h.as_integer());
  if (h.is_value()) return shortened(shown(h.as_value()));
  if (h.is_process()) return shortened(shown_process(h.as_process()));
  if (h.is(ObjectKind::done)) return brief(h.field(0), depth);
  return h.is_delayed() ? "_" : brief_object(h, depth);
}

std::string Machine::brief_object(const Handle& h, int depth) const {
  const Object& object = h.object();
  if (object.kind == ObjectKind::closure) {
    const std::string& name = core_.codes[object.code].name;
    return name.empty() ? "\\ .. @ .." : name;
  }
  if (object.kind == ObjectKind::builtin) return std::string(entry(static_cast<Builtin>(object.number)).name);
  if (object.kind == ObjectKind::productions) return "{|" + brief(h.field(0)) + (object.count > 1 ? ", ..|}" : "|}");
  if (depth == 0) return "..";
  std::string text;
  if (object.kind == ObjectKind::tuple) {
    for (std::uint32_t i = 0; i < object.count; ++i) text += (i == 0 ? "" : ", ") + brief(h.field(i), depth - 1);
    return "(" + shortened(text) + ")";
  }
  if (object.kind != ObjectKind::cons)
    return object.kind == ObjectKind::view ? "<..>" : "<" + std::to_string(object.number) + " ..>";
  Handle s = h;
  for (std::uint32_t i = 0; i < parts_shown; ++i) {
    while (s.is(ObjectKind::done)) s = Handle(s.field(0));
    if (!s.is(ObjectKind::cons)) break;
    text += (i == 0 ? "" : ", ") + brief(s.field(0), depth - 1);
    s = Handle(s.field(1));
  }
  return "<" + shortened(text) + (is_empty(s) ? ">" : ", ..>");
}

std::string Machine::shown(ValueId v) const {
  auto& self = const_cast<Machine&>(*this);  // showing an infinite set may ask for the fields of its constructors
  return tryst::csp::show(self.data_, v, self);
}

std::string Machine::shown_process(ProcessId p) const { return processes_->name(p); }

std::string Machine::name(ProcessId p) { return shown_process(p); }

std::string Machine::name(ClosureId closure) {
  const std::uint32_t number = index(closure);
  const auto code = static_cast<CodeId>(closures_.tag(number));
  if (code == no_id<CodeId>) {
    const std::int64_t builtin = values_.as_integer(closures_.values(number).back());
    return std::string(entry(static_cast<Builtin>(builtin)).name);
  }
  return core_.codes[code].name.empty() ? "<function>" : core_.codes[code].name;
}

}  // namespace tryst::csp
