// Groups of mutually recursive declarations: their order, what a mistake costs, and what is generalised.

#include <utility>

#include <fmt/format.h>

#include "frontend/csp/inference.hpp"

namespace tryst::csp {

namespace {

// Scripts written by people need about three for each expression, at most ninety in 900 scripts measured.
constexpr std::uint64_t steps_each = 1000;

}  // namespace

Inference::Inference(Typed& typed, const SourceSet& sources, std::vector<Diagnostic>& reported)
    : typed_(typed),
      script_(typed.script),
      types_(typed.types),
      sources_(sources),
      reported_(reported),
      unifier_(typed.types),
      mistakes_(typed, unifier_, sources),
      annotations_(typed),
      companions_(companions(typed)),
      instance_of_decl_(typed.script.decls.size(), no_id<DeclId>) {
  types_.allow_steps(TypeTable::steps_least + steps_each * script_.exprs.size());
  typed_.expr_types.resize(script_.exprs.size(), no_id<TypeId>);
  if (!typed_.binding_types.empty()) {
    typed_.binding_types.resize(typed_.bindings.size(), no_id<TypeId>);
    return;
  }
  typed_.binding_types.resize(typed_.bindings.size(), no_id<TypeId>);
  for (const BuiltinEntry& entry : builtins())
    set_type(static_cast<BindingId>(entry.builtin), parse_type(types_, entry.type));
}

void Inference::script() {
  declarations(script_.top, Generalise::all, false);
  check_ambiguity();
}

void Inference::expression(ExprId e) {
  place_ = script_.exprs[e].span;
  const auto mark = types_.mark();
  const TypeTable::Deeper deeper(types_);
  try {
    evaluate_dots(infer(e), place_);
  } catch (Mistake& m) {
    types_.rollback(mark);
    report(std::move(m.diagnostic));
  }
}

void Inference::report(Diagnostic d) {
  const DeclId instance = current_ == no_id<DeclId> ? no_id<DeclId> : instance_of_decl_[index(current_)];
  if (instance != no_id<DeclId>) {
    const Name& name = script_.decls[instance].names.front();
    d.notes.push_back({name.span, fmt::format("in the instance `{}`", script_.symbols.text(name.symbol))});
  }
  reported_.push_back(std::move(d));
}

void Inference::declarations(std::span<const DeclId> list, Generalise generalise, bool fields_may_be_ambiguous) {
  const DeclGroups ordered = declaration_groups(typed_, companions_, list);
  for (std::size_t i = 0; i < ordered.flat.size(); ++i)
    instance_of_decl_[index(ordered.flat[i])] = ordered.instances[i];
  for (const auto& members : ordered.groups) {
    group(members, generalise);
    if (types_.level() == 0) types_.forget_trail();
  }
  if (fields_may_be_ambiguous) return;
  for (const DeclId d : ordered.flat) {
    const DeclKind kind = script_.decls[d].kind;
    if (kind != DeclKind::channel && kind != DeclKind::datatype) continue;
    for (const BindingId b : names_of(d))
      if (typed_.bindings[b].kind != BindingKind::datatype) must_not_be_ambiguous_.push_back(b);
  }
}

// Whether a datatype can be compared depends on its fields, and they may be of that very type, or of one whose type
// depends on the comparison. So all datatypes of the group are taken to be comparable first; should anything be wrong
// then, none is.
void Inference::group(const std::vector<DeclId>& members, Generalise generalise) {
  std::vector<BindingId> datatypes;
  for (const DeclId d : members)
    if (script_.decls[d].kind == DeclKind::datatype) datatypes.push_back(typed_.decl_bindings_first[index(d)]);
  for (const BindingId b : datatypes) types_.set_comparable(b, true);
  const auto mark = types_.mark();
  const std::size_t reported = reported_.size();
  if (group_once(members, generalise) || datatypes.empty()) return;
  types_.rollback(mark);
  reported_.erase(reported_.begin() + static_cast<std::ptrdiff_t>(reported), reported_.end());
  for (const BindingId b : datatypes) types_.set_comparable(b, false);
  group_once(members, generalise);
}

// Whether all went well.
bool Inference::group_once(const std::vector<DeclId>& members, Generalise generalise) {
  const std::size_t reported = reported_.size();
  {
    const TypeTable::Deeper deeper(types_);
    for (const DeclId d : members)
      for (const BindingId b : names_of(d)) set_type(b, types_.fresh());
    // Datatypes first: with the types of their constructors known, functions in the group meet dots that can be
    // applied.
    for (const bool datatypes : {true, false})
      for (const DeclId d : members)
        if ((script_.decls[d].kind == DeclKind::datatype) == datatypes) member(d);
  }
  finish_names(members, generalise);
  return reported_.size() == reported;
}

// One declaration, undone if it is wrong.
void Inference::member(DeclId d) {
  const auto mark = types_.mark();
  const DeclId outer = std::exchange(current_, d);
  place_ = script_.decls[d].span;
  try {
    declaration(d);
  } catch (Mistake& m) {
    types_.rollback(mark);
    report(std::move(m.diagnostic));
    give_up(d);
  }
  current_ = outer;
}

void Inference::declaration(DeclId d) {
  switch (script_.decls[d].kind) {
    case DeclKind::function: return function(d);
    case DeclKind::pattern: return pattern_definition(d);
    case DeclKind::channel: return channel(d);
    case DeclKind::datatype: return datatype(d);
    case DeclKind::subtype: return subtype(d);
    case DeclKind::nametype: return nametype(d);
    case DeclKind::assertion: return assertion(script_.assertions[script_.decls[d].assertion]);
    case DeclKind::timed: return timed(d);
    case DeclKind::module:
      if (is_instance(script_.decls[d]))
        instance(d);
      else if (is_parametrised(script_.decls[d]))
        parametrised_module(d);
      return;
    default: return;
  }
}

// What others of the group have found out about the names stays, the rest of their types fits everywhere.
void Inference::give_up(DeclId d) {
  for (const BindingId b : names_of(d)) {
    for (const TypeId v : types_.variables(type_of(b)))
      if (types_.unbound(v) && !types_[v].rigid) types_.bind(v, TypeTable::unknown);
    set_type(b, TypeTable::unknown);
  }
}

void Inference::finish_names(const std::vector<DeclId>& members, Generalise generalise) {
  std::vector<BindingId> names;
  for (const DeclId d : members) {
    const auto found = names_of(d);
    names.insert(names.end(), found.begin(), found.end());
    if (const auto parameters = module_parameters_.find(index(d)); parameters != module_parameters_.end())
      types_.generalise(parameters->second);
  }
  const auto general = [&](BindingId b) {
    return generalise == Generalise::all || companions_.annotation[index(b)] != no_id<DeclId>;
  };
  for (const BindingId b : names)
    if (!general(b)) types_.sink(type_of(b));
  for (const BindingId b : names)
    if (general(b)) types_.generalise(type_of(b));
}

namespace {

void add_variables(const Typed& typed, PatternId p, std::vector<BindingId>& names) {
  const BindingId b = typed.pattern_names[index(p)];
  if (b != no_id<BindingId> && typed.bindings[b].kind == BindingKind::variable) names.push_back(b);
  for (const PatternId part : typed.script.pattern_lists[typed.script.patterns[p].parts])
    add_variables(typed, part, names);
}

}  // namespace

// What the declaration binds, without what stands in it.
std::vector<BindingId> Inference::names_of(DeclId id) const {
  const Decl& d = script_.decls[id];
  std::vector<BindingId> names;
  switch (d.kind) {
    case DeclKind::pattern: add_variables(typed_, d.patterns.front(), names); break;
    case DeclKind::module:
      if (!is_instance(d)) break;
      for (std::size_t p = 0; p < parameter_count(typed_, id); ++p)
        add_variables(typed_, script_.decls[d.inner[p]].patterns.front(), names);
      break;
    case DeclKind::function:
    case DeclKind::channel:
    case DeclKind::datatype:
    case DeclKind::subtype:
    case DeclKind::nametype: {
      const std::size_t own = d.kind == DeclKind::datatype ? d.constructors.size() : 0;
      for (std::size_t i = 0; i < d.names.size() + own; ++i)
        names.push_back(static_cast<BindingId>(index(typed_.decl_bindings_first[index(id)]) + i));
      break;
    }
    default: break;
  }
  return names;
}

// A channel or constructor has one type for all its uses, so nothing may be left open in it.
void Inference::check_ambiguity() {
  for (const BindingId b : must_not_be_ambiguous_)
    if (!types_.variables(type_of(b)).empty()) {
      current_ = typed_.bindings[b].decl;
      report(mistakes_.ambiguous(b));
    }
  current_ = no_id<DeclId>;
}

}  // namespace tryst::csp
