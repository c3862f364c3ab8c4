// Variables and frames: what a slot holds, what a code captures, how a let is sorted and lifted.
#include <algorithm>
#include <cassert>

#include "semantics/csp/lowering.hpp"

namespace tryst::csp {

Lowering::LocalId Lowering::bind(BindingId b, Slot slot) {
  const LocalId l = locals_.add({});
  locals_[l].binding = b;
  meanings_[b] = {Meaning::Kind::local, index(l)};
  frame_->slots[l] = slot;
  return l;
}

// The slot of a variable in the current frame. One from outside is captured; in process code, one that a let binds is
// made anew by the prologue, from what it was made of.
Slot Lowering::slot(LocalId l) {
  assert(locals_[l].kind != Local::Kind::lifted);
  if (const auto at = frame_->slots.find(l); at != frame_->slots.end()) return at->second;
  const Slot slot = frame_->size++;
  frame_->slots[l] = slot;
  if (frame_->derives && locals_[l].kind == Local::Kind::value) {
    const NodeId node = delay_of(l);
    std::vector<Slot> slots{slot};
    for (LocalId root : locals_[l].roots) slots.push_back(this->slot(root));
    core_.nodes[node].slots = core_.slot_lists.add(slots);
    frame_->prologue.push_back(node);
  } else {
    frame_->captures.push_back(l);
    frame_->capture_slots.push_back(slot);
  }
  return slot;
}

Range<Slot> Lowering::slots_of(const std::vector<LocalId>& locals) {
  std::vector<Slot> slots;
  for (LocalId l : locals) slots.push_back(slot(l));
  return core_.slot_lists.add(slots);
}

// A thunk of a let-bound value, in the current frame.
NodeId Lowering::delay_of(LocalId value) {
  const CodeId code = locals_[value].code;
  Node node{Op::delay, false, core_.codes[code].span};
  node.code = code;
  node.sources = slots_of(std::vector(locals_[value].captures));
  return add(node);
}

void Lowering::collect(std::span<const DeclId> decls, std::vector<LetBinding>& group) {
  for (DeclId id : decls) {
    const Decl& d = script_.decls[id];
    if (d.kind == DeclKind::function) {
      Local local{Local::Kind::lifted, is_process(d.clauses.front().body)};
      if (d.clauses.front().parameters.empty() && !local.process) local.kind = Local::Kind::value;
      local.code = add_code(std::string(text(d.names[0].symbol)), d.clauses.front().name_span, local.process);
      for (const auto& parameters : d.clauses.front().parameters) {
        core_.codes[local.code].groups.push_back(static_cast<std::uint32_t>(parameters.size()));
        core_.codes[local.code].parameters += static_cast<std::uint32_t>(parameters.size());
      }
      core_.codes[local.code].function = true;
      core_.codes[local.code].binding = binding(id);
      local.binding = binding(id);
      group.push_back({locals_.add(local), id});
      meanings_[binding(id)] = {Meaning::Kind::local, index(group.back().local)};
    } else if (d.kind == DeclKind::pattern) {
      collect_pattern(id, group);
    } else if (d.kind == DeclKind::timed) {
      for (std::uint32_t t = 0; t < typed_.timed_sections.size(); ++t) {
        const TimedSection& section = typed_.timed_sections[static_cast<TimedId>(t)];
        if (section.decl != id) continue;
        Timing& timing = timings_[static_cast<TimedId>(t)];
        timing = {static_cast<DataId>(meanings_.at(section.tock).id), std::nullopt};
        if (d.expr == no_id<ExprId>) continue;
        const CodeId code = add_code("", script_.exprs[d.expr].span, false);
        group.push_back({locals_.add({Local::Kind::value, false, code}), id, d.expr});
        timing.function = Meaning{Meaning::Kind::local, index(group.back().local)};
      }
      collect(d.inner, group);
    }
  }
}

void Lowering::collect_pattern(DeclId id, std::vector<LetBinding>& group) {
  const Decl& d = script_.decls[id];
  const PatternId p = d.patterns.front();
  const LocalId whole = locals_.add({Local::Kind::value, false, add_code("", script_.exprs[d.expr].span, false)});
  group.push_back({whole, id, d.expr});
  for (BindingId b : variables(p)) {
    const Binding& bound = typed_.bindings[b];
    const CodeId code = add_code(std::string(text(bound.symbol)), bound.span, false);
    group.push_back({locals_.add({Local::Kind::value, false, code}), id, d.expr, p, b, whole});
    meanings_[b] = {Meaning::Kind::local, index(group.back().local)};
  }
}

NodeId Lowering::let(ExprId e) {
  const Expr& x = script_.exprs[e];
  std::vector<LetBinding> group;
  collect(script_.decl_lists[x.decls], group);
  find_captures(group);
  Node node{Op::let, false, x.span};
  const std::vector<std::size_t> order = order_of_values(group, node.flag);
  for (const LetBinding& b : group)
    if (locals_[b.local].kind == Local::Kind::lifted) lower_binding(b);
  for (std::size_t i : order) lower_binding(group[i]);

  std::vector<Slot> slots;
  for (std::size_t i : order) {
    slots.push_back(frame_->size++);
    frame_->slots[group[i].local] = slots.back();
  }
  std::vector<NodeId> kids;
  for (std::size_t i : order) kids.push_back(delay_of(group[i].local));
  const NodeId body = expression(script_.operand(e, 0));
  if (kids.empty()) return body;
  kids.push_back(body);
  node.kids = core_.node_lists.add(kids);
  node.slots = core_.slot_lists.add(slots);
  return add(node);
}

namespace {

template <class T>
bool merge_into(std::vector<T>& into, const std::vector<T>& from) {
  std::vector<T> merged;
  std::set_union(into.begin(), into.end(), from.begin(), from.end(), std::back_inserter(merged));
  if (merged.size() == into.size()) return false;
  into = std::move(merged);
  return true;
}

}  // namespace

// The least solution of
//   roots(x)    = what x refers to, every let-bound thing in it replaced by its roots
//   captures(x) = roots(x) for a process; else what x refers to, every lifted thing in it replaced by what that
//   captures,
//                 and roots(x) too where x can make suspensions
void Lowering::find_captures(std::vector<LetBinding>& group) {
  for (LetBinding& b : group) b.free = free_locals(b);
  for (bool changed = true; changed;) {
    changed = false;
    for (const LetBinding& b : group) {
      Local& local = locals_[b.local];
      const bool only_roots = local.kind == Local::Kind::lifted && local.process;
      for (LocalId f : b.free.locals) {
        const Local& used = locals_[f];
        const std::vector<LocalId> itself{f};
        changed |= merge_into(local.roots, used.kind == Local::Kind::variable ? itself : used.roots);
        if (!only_roots)
          changed |= merge_into(local.captures, used.kind == Local::Kind::lifted ? used.captures : itself);
      }
      if (only_roots || b.free.processes) changed |= merge_into(local.captures, local.roots);
    }
  }
}

// The values of the group, each after those it captures; `recursive` when there is no such order.
std::vector<std::size_t> Lowering::order_of_values(const std::vector<LetBinding>& group, bool& recursive) const {
  enum class Mark : std::uint8_t { unseen, open, done };
  std::unordered_map<LocalId, std::size_t> place;
  for (std::size_t i = 0; i < group.size(); ++i)
    if (locals_[group[i].local].kind == Local::Kind::value) place[group[i].local] = i;
  std::vector<Mark> marks(group.size(), Mark::unseen);
  std::vector<std::size_t> order;
  std::vector<std::pair<std::size_t, std::size_t>> path;  // binding, how many of its captures have been looked at
  for (const LetBinding& start : group) {
    if (!place.contains(start.local) || marks[place.at(start.local)] != Mark::unseen) continue;
    path.emplace_back(place.at(start.local), 0);
    marks[path.back().first] = Mark::open;
    while (!path.empty()) {
      auto& [at, next] = path.back();
      const auto& captures = locals_[group[at].local].captures;
      if (next == captures.size()) {
        marks[at] = Mark::done;
        order.push_back(at);
        path.pop_back();
        continue;
      }
      const auto used = place.find(captures[next++]);
      if (used == place.end()) continue;
      if (marks[used->second] == Mark::open) recursive = true;
      if (marks[used->second] != Mark::unseen) continue;
      marks[used->second] = Mark::open;
      path.emplace_back(used->second, 0);
    }
  }
  return order;
}

void Lowering::lower_binding(const LetBinding& b) {
  const CodeId code = locals_[b.local].code;
  const bool lifted = locals_[b.local].kind == Local::Kind::lifted;
  Frame frame{code, lifted && locals_[b.local].process, core_.codes[code].parameters};
  Frame* const outer = frame_;
  const Timing* const timing = timing_;
  frame_ = &frame;
  if (script_.decls[b.decl].kind != DeclKind::timed) timing_ = timing_of(b.decl);
  for (LocalId l : std::vector(locals_[b.local].captures)) slot(l);
  if (b.expr == no_id<ExprId>) {
    lower_function(b.decl, frame);
  } else if (b.pattern != no_id<PatternId>) {
    Node whole{Op::local, false, core_.codes[code].span, slot(b.whole)};
    lower_selection(frame, add(whole), b.pattern, b.variable);
  } else {
    leave(frame, expression(b.expr));
  }
  assert(frame.captures == locals_[b.local].captures);
  timing_ = timing;
  frame_ = outer;
}

Lowering::Free Lowering::free_locals(ExprId e) {
  Free free;
  add_free(e, free);
  free.settle();
  return free;
}

Lowering::Free Lowering::free_locals(const LetBinding& b) {
  Free free;
  if (b.pattern != no_id<PatternId>) {
    free.locals.push_back(b.whole);
  } else if (b.expr != no_id<ExprId>) {
    add_free(b.expr, free);
  } else {
    add_free(b.decl, free);
  }
  for (const Timing* t : {timing_of(b.decl), timing_})
    if (t != nullptr && t->function && t->function->kind == Meaning::Kind::local)
      free.locals.push_back(static_cast<LocalId>(t->function->id));
  free.settle();
  return free;
}

void Lowering::Free::settle() {
  std::sort(locals.begin(), locals.end());
  locals.erase(std::unique(locals.begin(), locals.end()), locals.end());
}

// The variables of enclosing scopes that an expression refers to. What is bound inside it means nothing yet.
void Lowering::add_free(ExprId e, Free& free) {
  const Expr& x = script_.exprs[e];
  free.processes = free.processes || is_process(e);
  if (x.kind == ExprKind::name) {
    const auto at = meanings_.find(typed_.expr_uses[index(e)]);
    if (at != meanings_.end() && at->second.kind == Meaning::Kind::local)
      free.locals.push_back(static_cast<LocalId>(at->second.id));
  }
  for (ExprId operand : script_.operands(e)) add_free(operand, free);
  add_free(x.statements, free);
  add_free(x.tie_statements, free);
  for (FieldId f : script_.field_lists[x.fields])
    if (script_.fields[f].expr != no_id<ExprId>) add_free(script_.fields[f].expr, free);
  for (DeclId d : script_.decl_lists[x.decls]) add_free(d, free);
}

void Lowering::add_free(DeclId id, Free& free) {
  const Decl& d = script_.decls[id];
  if (d.expr != no_id<ExprId>) add_free(d.expr, free);
  for (const Clause& clause : d.clauses) add_free(clause.body, free);
  for (DeclId inner : d.inner) add_free(inner, free);
}

void Lowering::add_free(Range<StatementId> statements, Free& free) {
  for (StatementId s : script_.statement_lists[statements]) add_free(script_.statements[s].expr, free);
}

}  // namespace tryst::csp
