#include "semantics/csp/machine.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <new>

#include "semantics/csp/process_builder.hpp"
#include "semantics/csp/set_operations.hpp"

namespace tryst::csp {

namespace {
// Recursion without end is an error after 400,000 calls or so: what takes the time, nearly a second, is to unwind them.
constexpr std::size_t native_stack_bytes = std::size_t{1} << 28;
constexpr std::size_t slots_max = std::size_t{1} << 23;
}  // namespace

Machine::Machine(const Typed& typed)
    : data_(values_, *this),
      deep_stack_(native_stack_bytes),
      stack_(static_cast<Handle*>(std::calloc(slots_max, sizeof(Handle))), [](Handle* p) { std::free(p); }),
      top_(stack_.get()) {
  if (top_ == nullptr) throw std::bad_alloc();
  lowering_ = std::make_unique<Lowering>(typed, data_, core_);
  core_.field_types.resize(data_.size(), no_id<CodeId>);
  processes_ = std::make_unique<ProcessBuilder>(*this);
}

// Takes apart what may refer to itself: every cycle leads through a global value or a thunk of a let.
Machine::~Machine() {
  const auto take_apart = [](const Handle& h) {
    if (!h.is_object()) return;
    for (std::uint32_t i = 0; i < h.object().count; ++i) h.object().fields()[i] = Handle();
  };
  for (const GlobalState& state : globals_) take_apart(state.value);
  for (const Handle& h : let_values_) take_apart(h);
  for (const Handle& h : knots_) take_apart(h);
}

// The frame of a running code: slots that are emptied on the way out, also by exceptions.
class Machine::FrameScope {
 public:
  explicit FrameScope(Machine& machine) : machine_(machine), base_(machine.top_) {}
  FrameScope(const FrameScope&) = delete;
  FrameScope& operator=(const FrameScope&) = delete;
  ~FrameScope() { clear(); }
  void enter(std::uint32_t size, Span span) {
    clear();
    machine_.check_depth(span, size);
    machine_.top_ += size;
  }
  Handle* base() const { return base_; }

 private:
  void clear() {
    for (Handle* slot = base_; slot != machine_.top_; ++slot) *slot = Handle();
    machine_.top_ = base_;
  }
  Machine& machine_;
  Handle* const base_;
};

class Machine::ActivationScope {
 public:
  ActivationScope(Machine& machine, const Activation& here) : machine_(machine), caller_(here.caller) {
    machine_.activation_ = &here;
  }
  ActivationScope(const ActivationScope&) = delete;
  ActivationScope& operator=(const ActivationScope&) = delete;
  ~ActivationScope() { machine_.activation_ = caller_; }

 private:
  Machine& machine_;
  const Activation* const caller_;
};

void Machine::poll_budget() {
  try {
    budget_->poll();
  } catch (const LimitReached&) {
    deep_stack_.about_to_throw();
    throw;
  }
}

// That there is room for a call with so many slots. Not instrumented: before a call of what does not return, the address
// sanitizer looks at its own frames, which may lie where others were left by a throw; fail() tells it of those first.
[[gnu::no_sanitize_address]] void Machine::check_depth(Span span, std::uint32_t slots) {
  if (!deep_stack_.exhausted() && static_cast<std::size_t>(top_ - stack_.get()) + slots < slots_max) return;
  fail("P0401", span, "recursion too deep", "no room for this call",
       "does the recursion end? a long sequence can be worked through with an accumulating argument");
}

Handle Machine::run(CodeId code, std::span<const Handle> captured, std::span<const Handle> arguments, Span call) {
  pending_.assign(arguments.begin(), arguments.end());
  pending_.insert(pending_.end(), captured.begin(), captured.end());
  return run_pending(code, call);
}

Handle Machine::run_pending(CodeId id, Span call) {
  FrameScope frame(*this);
  Activation here{activation_, id, frame.base(), call};
  const ActivationScope scope(*this, here);
  for (;;) {
    poll();
    const Code& code = core_.codes[id];
    frame.enter(code.frame_size, call);
    here.code = id;
    here.call = call;
    assert(pending_.size() == code.parameters + code.captures.size());
    for (std::uint32_t i = 0; i < code.parameters; ++i) frame.base()[i] = std::move(pending_[i]);
    for (std::size_t i = 0; i < code.captures.size(); ++i)
      frame.base()[code.captures[i]] = std::move(pending_[code.parameters + i]);
    pending_.clear();
    Handle result = evaluate(code.body, frame.base(), true);
    if (pending_code_ == no_id<CodeId>) return result;
    id = std::exchange(pending_code_, no_id<CodeId>);
    call = pending_call_;
  }
}

Handle Machine::run_suspended(CodeId id, std::span<const ValueId> values) {
  const Code& code = core_.codes[id];
  assert(values.size() == code.parameters + code.captures.size());
  FrameScope frame(*this);
  Activation here{activation_, id, frame.base(), {}};
  const ActivationScope scope(*this, here);
  frame.enter(code.frame_size, code.span);
  for (std::size_t i = 0; i < code.captures.size(); ++i) frame.base()[code.captures[i]] = from(values[i]);
  for (std::uint32_t i = 0; i < code.parameters; ++i) frame.base()[i] = from(values[code.captures.size() + i]);
  bind_prologue(code, frame.base());
  return evaluate(code.body, frame.base(), false);
}

// The let-bound values that a suspended process needs. They depend only on what identifies it, so all processes that
// need the same ones share them.
void Machine::bind_prologue(const Code& code, Handle* frame) {
  std::vector<const Node*> fresh;
  for (NodeId id : core_.node_lists[code.prologue]) {
    const Node& node = core_.nodes[id];
    const auto slots = core_.slot_lists[node.slots];
    std::vector<ValueId> roots;
    for (Slot s : slots.subspan(1)) roots.push_back(canonical(frame[s]));
    const auto [number, is_new] = lets_.intern(index(node.code), roots);
    if (is_new) {
      const auto captures = static_cast<std::uint32_t>(core_.codes[node.code].captures.size());
      let_values_.push_back(Handle::make(ObjectKind::thunk, captures, node.code));
      fresh.push_back(&node);
    }
    frame[slots[0]] = let_values_[number];
  }
  for (const Node* node : fresh) {
    const auto sources = core_.slot_lists[node->sources];
    Object& thunk = frame[core_.slot_lists[node->slots][0]].object();
    for (std::size_t i = 0; i < sources.size(); ++i) thunk.fields()[i] = frame[sources[i]];
  }
}

Handle Machine::global(GlobalId id) {
  if (globals_.size() < core_.globals.size()) globals_.resize(core_.globals.size());
  GlobalState& state = globals_[index(id)];
  if (!state.value.empty()) return state.value;
  const Global& g = core_.globals[id];
  if (state.running)
    fail("P0402", g.span, "the value of " + (g.name.empty() ? "this" : "`" + g.name + "`") + " depends on itself",
         "needed to evaluate itself");
  struct Running {
    bool& flag;
    explicit Running(bool& f) : flag(f) { flag = true; }
    ~Running() { flag = false; }
  } running(state.running);
  Handle value = run(g.code, {}, {}, g.span);
  state.value = value;
  return value;
}

Handle Machine::force(Handle h) {
  while (h.is_delayed()) {
    Object& object = h.object();
    if (object.kind != ObjectKind::done) settle(object);
    h = Handle(object.fields()[0]);
  }
  return h;
}

// Evaluates a delayed object. What it holds stays until the value is there, so that after an error or a limit it can be
// evaluated again.
void Machine::settle(Object& object) {
  if (object.running) {
    const Span span = object.kind == ObjectKind::concat ? Span{} : core_.codes[object.code].span;
    fail("P0402", span, "this value depends on itself", "needed to evaluate itself");
  }
  struct Running {
    Object& object;
    explicit Running(Object& o) : object(o) { object.running = true; }
    ~Running() { object.running = false; }
  } running(object);
  Handle* const fields = object.fields();
  Handle value;
  if (object.kind == ObjectKind::thunk) {
    const std::size_t captures = core_.codes[object.code].captures.size();
    value = run(object.code, {fields, captures}, {}, core_.codes[object.code].span);
  } else if (object.kind == ObjectKind::concat) {
    check_depth({});
    const Handle first = force(fields[0]);
    value = is_empty(first) ? force(fields[1]) : concat(first, fields[1]);
  } else {
    value = next_of_concat_map(object);
  }
  object.kind = ObjectKind::done;
  fields[0] = std::move(value);
  for (std::uint32_t i = 1; i < object.count; ++i) fields[i] = Handle();
}

// A let: values in the order of their needs, or, where they need one another, all thunks first.
void Machine::bind_lets(const Node& node, Handle* frame) {
  const auto kids = core_.kids(node);
  const auto slots = core_.slot_lists[node.slots];
  if (!node.flag) {
    for (std::size_t i = 0; i < slots.size(); ++i) frame[slots[i]] = delayed(kids[i], frame);
    return;
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const CodeId code = core_.nodes[kids[i]].code;
    frame[slots[i]] =
        Handle::make(ObjectKind::thunk, static_cast<std::uint32_t>(core_.codes[code].captures.size()), code);
    remember_knot(frame[slots[i]]);
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto sources = core_.slot_lists[core_.nodes[kids[i]].sources];
    Object& thunk = frame[slots[i]].object();
    for (std::size_t k = 0; k < sources.size(); ++k) thunk.fields()[k] = frame[sources[k]];
  }
}

// Values that need one another may keep one another alive. Those that nothing else refers to are dropped from time to
// time; the others are taken apart at the end.
void Machine::remember_knot(const Handle& thunk) {
  if (knots_.size() >= knots_max_) {
    std::erase_if(knots_, [](const Handle& h) { return h.object().references == 1; });
    knots_max_ = std::max<std::size_t>(1024, 2 * knots_.size());
  }
  knots_.push_back(thunk);
}

std::vector<ValueId> Machine::fields(DataId data) {
  const CodeId code = core_.field_types[index(data)];
  assert(code != no_id<CodeId>);
  const Handle type = run(code, {}, {});
  Fields result = type_fields(data_, canonical(type));
  if (!result.ok()) {
    result.fault.data = data;
    fail(result.fault, core_.codes[code].span);
  }
  return std::move(result.sets);
}

void Machine::fields_are_cyclic(DataId data) {
  fail("P0403", core_.codes[core_.field_types[index(data)]].span,
       "the fields of `" + data_.name(data) + "` are needed to compute themselves", "this type uses its own values");
}

}  // namespace tryst::csp
