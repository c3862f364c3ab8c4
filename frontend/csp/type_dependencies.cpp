#include "frontend/csp/type_dependencies.hpp"

#include <algorithm>
#include <span>
#include <unordered_map>

#include "frontend/strong_components.hpp"

namespace tryst::csp {

namespace {

using Node = std::uint32_t;

// Walks a declaration and adds the nodes of the names it uses. Recursion is over syntax only.
class UseCollector {
 public:
  UseCollector(const Typed& typed, const Companions& companions, const std::unordered_map<std::uint32_t, Node>& node_of,
               std::vector<Node>& uses)
      : typed_(typed), script_(typed.script), companions_(companions), node_of_(node_of), uses_(uses) {}

  void add_decl(DeclId d) {
    const auto known = node_of_.find(index(d));
    if (known != node_of_.end()) uses_.push_back(known->second);
  }

  // What the declaration itself needs; `inside` also what stands in it, for declarations that are not flattened.
  void decl(DeclId id, bool inside) {
    const Decl& d = script_.decls[id];
    for (const Clause& clause : d.clauses) {
      for (const auto& group : clause.parameters)
        for (const PatternId p : group) pattern(p);
      expr(clause.body);
    }
    for (const PatternId p : d.patterns) pattern(p);
    if (d.expr != no_id<ExprId>) expr(d.expr);
    for (const Constructor& c : d.constructors)
      if (c.type != no_id<ExprId>) expr(c.type);
    if (d.kind == DeclKind::subtype)
      for (const BindingId b : typed_.decl_uses[index(id)]) binding(b);
    if (d.type != no_id<TypeExprId>) type(d.type);
    if (d.assertion != no_id<AssertionId>) assertion(script_.assertions[d.assertion]);
    if (d.kind == DeclKind::timed) binding(companions_.tock[index(id)]);
    annotations(id);
    if (!inside) return;
    for (const auto* list : {&d.inner, &d.exported})
      for (const DeclId inner : *list) decl(inner, true);
  }

 private:
  void annotations(DeclId id) {
    const Decl& d = script_.decls[id];
    const BindingId first = typed_.decl_bindings_first[index(id)];
    if (first == no_id<BindingId> || d.kind == DeclKind::annotation) return;
    // A subtype declares no constructors of its own.
    const std::size_t constructors = d.kind == DeclKind::datatype ? d.constructors.size() : 0;
    for (std::uint32_t i = 0; i < d.names.size() + constructors; ++i) {
      const std::uint32_t b = index(first) + i;
      if (const DeclId a = companions_.annotation[b]; a != no_id<DeclId>) type(script_.decls[a].type);
    }
  }

  void binding(BindingId b) {
    if (b == no_id<BindingId>) return;
    const DeclId d = typed_.bindings[b].decl;
    if (d != no_id<DeclId>) add_decl(d);
  }

  void type(TypeExprId t) {
    if (index(t) < typed_.type_uses.size()) binding(typed_.type_uses[index(t)]);
    for (const TypeExprId part : script_.type_lists[script_.types[t].parts]) type(part);
  }

  void assertion(const Assertion& a) {
    for (const ExprId e : {a.left, a.right, a.trace, a.tau_priority})
      if (e != no_id<ExprId>) expr(e);
  }

  void pattern(PatternId p) {
    const BindingId b = typed_.pattern_names[index(p)];
    if (b != no_id<BindingId> && typed_.bindings[b].kind != BindingKind::variable) binding(b);
    for (const PatternId part : script_.pattern_lists[script_.patterns[p].parts]) pattern(part);
  }

  void statements(Range<StatementId> list) {
    for (const StatementId s : script_.statement_lists[list]) {
      const Statement& statement = script_.statements[s];
      if (statement.generator()) pattern(statement.pattern);
      expr(statement.expr);
    }
  }

  void expr(ExprId id) {
    const Expr& e = script_.exprs[id];
    if (e.kind == ExprKind::name) binding(typed_.expr_uses[index(id)]);
    for (const ExprId operand : script_.operands(id)) expr(operand);
    statements(e.statements);
    statements(e.tie_statements);
    for (const PatternId p : script_.pattern_lists[e.patterns]) pattern(p);
    for (const FieldId f : script_.field_lists[e.fields]) {
      const Field& field = script_.fields[f];
      if (field.expr != no_id<ExprId>) expr(field.expr);
      if (field.pattern != no_id<PatternId>) pattern(field.pattern);
    }
    for (const DeclId d : script_.decl_lists[e.decls]) decl(d, true);
  }

  const Typed& typed_;
  const Script& script_;
  const Companions& companions_;
  const std::unordered_map<std::uint32_t, Node>& node_of_;
  std::vector<Node>& uses_;
};

void flatten(const Typed& typed, std::span<const DeclId> list, DeclId owner, std::vector<DeclId>& flat,
             std::vector<DeclId>& owners) {
  for (const DeclId id : list) {
    const Decl& d = typed.script.decls[id];
    switch (d.kind) {
      case DeclKind::external:
      case DeclKind::transparent:
      case DeclKind::annotation:
      case DeclKind::print:
      case DeclKind::instance: continue;
      default: break;
    }
    flat.push_back(id);
    owners.push_back(owner);
    if (is_parametrised(d)) continue;
    const bool instance = is_instance(d);
    const std::size_t parameters = instance ? parameter_count(typed, id) : 0;
    const DeclId inside = instance ? id : owner;
    flatten(typed, std::span(d.inner).subspan(parameters), inside, flat, owners);
    flatten(typed, d.exported, inside, flat, owners);
  }
}

}  // namespace

std::size_t parameter_count(const Typed& typed, DeclId instance) {
  const Decl& d = typed.script.decls[instance];
  return std::min(typed.script.decls[d.instance_of].patterns.size(), d.inner.size());
}

Companions companions(const Typed& typed) {
  Companions found{std::vector<DeclId>(typed.bindings.size(), no_id<DeclId>),
                   std::vector<BindingId>(typed.script.decls.size(), no_id<BindingId>)};
  for (const TimedSection& section : typed.timed_sections) found.tock[index(section.decl)] = section.tock;
  for (std::uint32_t i = 0; i < typed.script.decls.size(); ++i) {
    const auto id = static_cast<DeclId>(i);
    const Decl& d = typed.script.decls[id];
    if (d.kind != DeclKind::annotation || typed.decl_uses[i].size() < d.names.size()) continue;
    for (std::size_t n = 0; n < d.names.size(); ++n)
      if (const BindingId b = typed.decl_uses[i][n]; b != no_id<BindingId>) found.annotation[index(b)] = id;
  }
  return found;
}

DeclGroups declaration_groups(const Typed& typed, const Companions& companions, std::span<const DeclId> list) {
  DeclGroups result;
  flatten(typed, list, no_id<DeclId>, result.flat, result.instances);

  std::unordered_map<std::uint32_t, Node> node_of;
  for (Node n = 0; n < result.flat.size(); ++n) {
    node_of.emplace(index(result.flat[n]), n);
    const Decl& d = typed.script.decls[result.flat[n]];
    if (!is_instance(d)) continue;
    for (std::size_t p = 0; p < parameter_count(typed, result.flat[n]); ++p) node_of.emplace(index(d.inner[p]), n);
  }

  std::vector<std::vector<Node>> uses(result.flat.size());
  for (Node n = 0; n < result.flat.size(); ++n) {
    const DeclId id = result.flat[n];
    const Decl& d = typed.script.decls[id];
    UseCollector collector(typed, companions, node_of, uses[n]);
    collector.decl(id, is_parametrised(d));
    if (result.instances[n] != no_id<DeclId>) collector.add_decl(result.instances[n]);
    if (is_instance(d)) {
      collector.add_decl(d.instance_of);
      for (std::size_t p = 0; p < parameter_count(typed, id); ++p) collector.decl(d.inner[p], false);
    } else if (d.kind == DeclKind::module && d.patterns.empty()) {
      for (const auto* inner : {&d.inner, &d.exported})
        for (const DeclId member : *inner) collector.add_decl(member);
    }
    std::sort(uses[n].begin(), uses[n].end());
    uses[n].erase(std::unique(uses[n].begin(), uses[n].end()), uses[n].end());
  }

  const auto used_by = [&](Node n) { return std::span(uses[n]); };
  strong_components(static_cast<Node>(uses.size()), used_by, [&](std::span<const Node> members) {
    std::vector<Node> sorted(members.begin(), members.end());
    std::ranges::sort(sorted);
    auto& group = result.groups.emplace_back();
    for (const Node n : sorted) group.push_back(result.flat[n]);
  });
  return result;
}

}  // namespace tryst::csp
