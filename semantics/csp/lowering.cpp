#include "semantics/csp/lowering.hpp"

namespace tryst::csp {

Lowering::Lowering(const Typed& typed, DataTable& data, Core& core)
    : typed_(typed), script_(typed.script), data_(data), core_(core) {
  declare_data(script_.top);
  declare_names(script_.top);
  lower_all(script_.top);
}

CodeId Lowering::root(ExprId e) {
  Frame frame{add_code("", script_.exprs[e].span, false)};
  const auto asserted = asserted_.find(e);
  if (asserted != asserted_.end()) named_ = asserted->second;
  frame_ = &frame;
  leave(frame, expression(e));
  frame_ = nullptr;
  named_ = nullptr;
  return frame.code;
}

namespace {

// A module with parameters means nothing by itself; its instances are modules without.
bool is_template(const Decl& d) {
  return d.kind == DeclKind::module && !d.patterns.empty() && d.instance_of == no_id<DeclId>;
}

}  // namespace

BindingId Lowering::binding(DeclId decl, std::size_t i) const {
  return static_cast<BindingId>(index(typed_.decl_bindings_first[index(decl)]) + i);
}

// First pass: constructors and channels, in the order written, which is the order of iteration.
void Lowering::declare_data(std::span<const DeclId> decls) {
  for (DeclId id : decls) {
    const Decl& d = script_.decls[id];
    if (is_template(d)) continue;
    declare_data(d.inner);
    declare_data(d.exported);
    if (d.kind == DeclKind::channel) {
      for (std::size_t i = 0; i < d.names.size(); ++i) {
        const BindingId b = binding(id, i);
        const DataId channel = data_.declare_channel(typed_.bindings[b].qualified, d.expr != no_id<ExprId>);
        meanings_[b] = {Meaning::Kind::data, index(channel)};
      }
    } else if (d.kind == DeclKind::datatype) {
      const DatatypeId type = data_.declare_datatype(typed_.bindings[binding(id)].qualified);
      meanings_[binding(id)] = {Meaning::Kind::datatype, index(type)};
      for (std::size_t i = 0; i < d.constructors.size(); ++i) {
        const BindingId b = binding(id, d.names.size() + i);
        const DataId constructor =
            data_.declare_constructor(type, typed_.bindings[b].qualified, d.constructors[i].type != no_id<ExprId>);
        meanings_[b] = {Meaning::Kind::data, index(constructor)};
      }
    }
  }
}

// Second pass: every other name of the top level gets its global or code, empty as yet.
void Lowering::declare_names(std::span<const DeclId> decls) {
  for (DeclId id : decls) {
    const Decl& d = script_.decls[id];
    if (is_template(d)) continue;
    if (d.kind == DeclKind::function) declare_function(id);
    if (d.kind == DeclKind::pattern) declare_pattern(id);
    if (d.kind == DeclKind::subtype || d.kind == DeclKind::nametype) {
      const BindingId b = binding(id);
      const GlobalId global = add_global(add_code(typed_.bindings[b].qualified, d.names[0].span, false));
      meanings_[b] = {Meaning::Kind::value, index(global)};
    }
    if (d.kind == DeclKind::timed) declare_timing(id);
    declare_names(d.inner);
    declare_names(d.exported);
  }
}

GlobalId Lowering::add_global(CodeId code) {
  return core_.globals.add({code, core_.codes[code].name, core_.codes[code].span});
}

void Lowering::declare_function(DeclId id) {
  const Decl& d = script_.decls[id];
  const Clause& first = d.clauses.front();
  const BindingId b = binding(id);
  const CodeId code = add_code(typed_.bindings[b].qualified, first.name_span, is_process(first.body));
  for (const auto& group : first.parameters) {
    core_.codes[code].groups.push_back(static_cast<std::uint32_t>(group.size()));
    core_.codes[code].parameters += static_cast<std::uint32_t>(group.size());
  }
  core_.codes[code].function = true;
  core_.codes[code].binding = b;
  if (first.parameters.empty() && !core_.codes[code].process) {
    meanings_[b] = {Meaning::Kind::value, index(add_global(code))};
  } else {
    meanings_[b] = {Meaning::Kind::function, index(code)};
  }
}

// The code of a name of the top level.
CodeId Lowering::code_of(BindingId b) const {
  const Meaning& m = meanings_.at(b);
  return m.kind == Meaning::Kind::function ? static_cast<CodeId>(m.id)
                                           : core_.globals[static_cast<GlobalId>(m.id)].code;
}

void Lowering::declare_pattern(DeclId id) {
  for (BindingId b : variables(script_.decls[id].patterns.front())) {
    const CodeId code = add_code(typed_.bindings[b].qualified, typed_.bindings[b].span, false);
    meanings_[b] = {Meaning::Kind::value, index(add_global(code))};
  }
}

void Lowering::declare_timing(DeclId id) {
  const Decl& d = script_.decls[id];
  for (std::uint32_t t = 0; t < typed_.timed_sections.size(); ++t) {
    const TimedSection& section = typed_.timed_sections[static_cast<TimedId>(t)];
    if (section.decl != id) continue;
    Timing timing{static_cast<DataId>(meanings_.at(section.tock).id), std::nullopt};
    if (d.expr != no_id<ExprId>) {
      const GlobalId global = add_global(add_code("", script_.exprs[d.expr].span, false));
      timing.function = Meaning{Meaning::Kind::value, index(global)};
    }
    timings_[static_cast<TimedId>(t)] = timing;
  }
}

const Lowering::Timing* Lowering::timing_of(DeclId id) const {
  const TimedId t = typed_.timed_section[index(id)];
  if (t == no_id<TimedId>) return nullptr;
  return &timings_.at(t);
}

CodeId Lowering::add_code(std::string name, Span span, bool process) {
  Code code;
  code.name = std::move(name);
  code.span = span;
  code.process = process;
  return core_.codes.add(std::move(code));
}

void Lowering::leave(Frame& frame, NodeId body) {
  Code& code = core_.codes[frame.code];
  code.body = body;
  code.frame_size = frame.size;
  code.captures = frame.capture_slots;
  for (const LocalId l : frame.captures) code.captured.push_back(locals_[l].binding);
  code.process_slots.resize(frame.size);
  for (const auto& [local, slot] : frame.slots)
    if (locals_[local].process) code.process_slots[slot] = true;
  code.prologue = core_.node_lists.add(frame.prologue);
}

bool Lowering::is_process(ExprId e) {
  const TypeId type = typed_.expr_types[index(e)];
  const auto [at, fresh] = process_types_.try_emplace(type, false);
  if (fresh) at->second = print(typed_, type) == "Proc";
  return at->second;
}

// Third pass: the bodies.
void Lowering::lower_all(std::span<const DeclId> decls) {
  for (DeclId id : decls) {
    const Decl& d = script_.decls[id];
    if (is_template(d)) continue;
    timing_ = timing_of(id);
    const auto lower = [&](CodeId code, auto body) {
      Frame frame{code, core_.codes[code].process, core_.codes[code].parameters};
      frame_ = &frame;
      body(frame);
      frame_ = nullptr;
    };
    if (d.kind == DeclKind::function) lower(code_of(binding(id)), [&](Frame& frame) { lower_function(id, frame); });
    if (d.kind == DeclKind::pattern) {
      const GlobalId whole = add_global(add_code("", script_.exprs[d.expr].span, false));
      lower(core_.globals[whole].code, [&](Frame& frame) { leave(frame, expression(d.expr)); });
      for (BindingId b : variables(d.patterns.front()))
        lower(code_of(b), [&](Frame& frame) {
          const NodeId value = use({Meaning::Kind::value, index(whole)}, d.span);
          lower_selection(frame, value, d.patterns.front(), b);
        });
    }
    if (d.kind == DeclKind::assertion && timing_ != nullptr) {
      const Assertion& assertion = script_.assertions[d.assertion];
      for (const ExprId e : {assertion.left, assertion.right})
        if (e != no_id<ExprId>) asserted_.emplace(e, timing_);
    }
    if (d.kind == DeclKind::timed && d.expr != no_id<ExprId>) {
      for (auto& [t, timing] : timings_)
        if (typed_.timed_sections[t].decl == id && timing.function)
          lower(core_.globals[static_cast<GlobalId>(timing.function->id)].code,
                [&](Frame& frame) { leave(frame, expression(d.expr)); });
    }
    lower_types(id);
    lower_all(d.inner);
    lower_all(d.exported);
  }
  timing_ = nullptr;
}

// The value of one variable of a pattern that is matched against a whole.
void Lowering::lower_selection(Frame& frame, NodeId whole, PatternId p, BindingId wanted) {
  const Meaning meaning = meanings_.at(wanted);  // binding the variable in this frame hides it for a moment
  wanted_ = wanted;
  const MatchId match = pattern(p);
  wanted_ = no_id<BindingId>;
  Node node{Op::select, false, script_.patterns[p].span};
  node.kids = core_.node_lists.add(std::vector{whole});
  node.matches = core_.match_lists.add(std::vector{match});
  node.number = slot(static_cast<LocalId>(meanings_.at(wanted).id));
  meanings_.at(wanted) = meaning;
  leave(frame, add(node));
}

void Lowering::lower_function(DeclId id, Frame& frame) {
  const Decl& d = script_.decls[id];
  const std::uint32_t parameters = core_.codes[frame.code].parameters;
  std::vector<MatchId> matches;
  std::vector<NodeId> bodies;
  bool refutable = d.clauses.size() > 1;
  for (const Clause& clause : d.clauses) {
    Slot slot = 0;
    for (const auto& group : clause.parameters)
      for (PatternId p : group) {
        matches.push_back(parameter(p, slot++));
        refutable = refutable || core_.matches[matches.back()].kind != MatchKind::any;
      }
    bodies.push_back(expression(clause.body));
  }
  if (!refutable) return leave(frame, bodies.front());
  Node node{Op::clauses, false, core_.codes[frame.code].span, parameters};
  node.matches = core_.match_lists.add(matches);
  node.kids = core_.node_lists.add(bodies);
  leave(frame, add(node));
}

// Channels, datatypes, subtypes and nametypes: the code of each type expression.
void Lowering::lower_types(DeclId id) {
  const Decl& d = script_.decls[id];
  const auto type_code = [&](ExprId type) {
    Frame frame{add_code("", script_.exprs[type].span, false)};
    frame_ = &frame;
    leave(frame, expression(type));
    frame_ = nullptr;
    return frame.code;
  };
  const auto set_field_type = [&](std::size_t i, ExprId type) {
    const std::uint32_t data = meanings_.at(binding(id, i)).id;
    if (core_.field_types.size() <= data) core_.field_types.resize(data + 1, no_id<CodeId>);
    if (type != no_id<ExprId>) core_.field_types[data] = type_code(type);
  };
  if (d.kind == DeclKind::channel)
    for (std::size_t i = 0; i < d.names.size(); ++i) set_field_type(i, d.expr);
  if (d.kind == DeclKind::datatype)
    for (std::size_t i = 0; i < d.constructors.size(); ++i) set_field_type(d.names.size() + i, d.constructors[i].type);
  if (d.kind != DeclKind::subtype && d.kind != DeclKind::nametype) return;

  Frame frame{code_of(binding(id))};
  frame_ = &frame;
  if (d.kind == DeclKind::nametype) {
    leave(frame, add(Op::type_set, d.span, {expression(d.expr)}));
  } else {
    Subtype subtype;
    for (std::size_t i = 0; i < d.constructors.size(); ++i) {
      const BindingId b = typed_.decl_uses[index(id)][i];
      subtype.clauses.push_back({static_cast<DataId>(meanings_.at(b).id)});
      if (d.constructors[i].type != no_id<ExprId>) subtype.clauses.back().type = expression(d.constructors[i].type);
    }
    core_.subtypes.push_back(std::move(subtype));
    Node node{Op::subtype, false, d.span, static_cast<std::int64_t>(core_.subtypes.size() - 1)};
    leave(frame, add(node));
  }
  frame_ = nullptr;
}

}  // namespace tryst::csp
