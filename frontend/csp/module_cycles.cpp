#include "frontend/csp/module_cycles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "frontend/strong_components.hpp"

namespace tryst::csp {

namespace {

constexpr std::size_t steps_shown_max = 8;
constexpr std::size_t ways_shown_max = 20;  // each costs a search of the graph

class ModuleGraph {
 public:
  explicit ModuleGraph(const Resolution& resolution)
      : resolution_(resolution), typed_(resolution.typed), script_(resolution.typed.script) {}

  void check() {
    nodes(script_.top, no_id<DeclId>);
    edges();
    components();
    for (const DeclId instance : resolution_.instances) {
      const DeclId module = script_.decls[instance].instance_of;
      if (module == no_id<DeclId>) continue;
      const DeclId target = node_of_[index(module)];
      if (target != instance && component_[index(target)] == component_[index(instance)]) report(instance, target);
    }
  }

 private:
  struct Edge {
    DeclId from;
    DeclId to;
    const Use* use;  // null: a module and what is inside, an instance and its module
  };

  // All that is inside an instance counts as the instance.
  void nodes(const std::vector<DeclId>& list, DeclId instance) {
    node_of_.resize(script_.decls.size(), no_id<DeclId>);
    for (const DeclId d : list) {
      const Decl& decl = script_.decls[d];
      node_of_[index(d)] = instance == no_id<DeclId> ? d : instance;
      const bool is_instance = decl.kind == DeclKind::module && decl.instance_of != no_id<DeclId>;
      const DeclId inside = instance == no_id<DeclId> && is_instance ? d : instance;
      nodes(decl.inner, inside);
      nodes(decl.exported, inside);
      if (inside != no_id<DeclId> || decl.kind != DeclKind::module) continue;
      for (const DeclId x : decl.inner) edges_.push_back({d, x, nullptr});
      for (const DeclId x : decl.exported) edges_.push_back({d, x, nullptr});
    }
  }

  void edges() {
    for (const Use& use : resolution_.uses) {
      const DeclId used = typed_.bindings[use.used].decl;
      if (used == no_id<DeclId> || node_of_[index(use.user)] == no_id<DeclId>) continue;
      if (node_of_[index(used)] != no_id<DeclId>)
        edges_.push_back({node_of_[index(use.user)], node_of_[index(used)], &use});
    }
    std::stable_sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) { return a.from < b.from; });
    first_.assign(script_.decls.size() + 1, 0);
    for (const Edge& e : edges_) ++first_[index(e.from) + 1];
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  }

  void components() {
    std::vector<std::uint32_t> targets;
    for (const Edge& e : edges_) targets.push_back(index(e.to));
    const auto leads_to = [&](std::uint32_t v) {
      return std::span(targets).subspan(first_[v], first_[v + 1] - first_[v]);
    };
    component_.resize(script_.decls.size());
    strong_components(static_cast<std::uint32_t>(component_.size()), leads_to,
                      [&](std::span<const std::uint32_t> members) {
                        for (const std::uint32_t v : members) component_[v] = members.front();
                      });
  }

  // A shortest way between two nodes of one component, as edges.
  std::vector<const Edge*> way(DeclId from, DeclId to) const {
    std::unordered_map<DeclId, const Edge*> reached{{from, nullptr}};
    std::vector<DeclId> queue{from};
    for (std::size_t i = 0; i < queue.size() && !reached.contains(to); ++i)
      for (std::uint32_t e = first_[index(queue[i])]; e < first_[index(queue[i]) + 1]; ++e)
        if (reached.emplace(edges_[e].to, &edges_[e]).second) queue.push_back(edges_[e].to);
    std::vector<const Edge*> steps;
    for (const Edge* e = reached.at(to); e; e = reached.at(e->from)) steps.push_back(e);
    std::reverse(steps.begin(), steps.end());
    return steps;
  }

  void report(DeclId instance, DeclId module) {
    const Name& name = script_.decls[instance].names.front();
    const std::string& of = typed_.bindings[first_binding(module)].qualified;
    Diagnostic d{"P0221", Severity::error,
                 fmt::format("module `{}` uses `{}`, an instance of itself", of, script_.symbols.text(name.symbol)),
                 name.span, "this instance"};
    const bool show = ways_shown_++ < ways_shown_max;
    for (const Edge* step : show ? way(module, instance) : std::vector<const Edge*>{}) {
      if (!step->use || d.notes.size() == steps_shown_max) continue;
      const BindingId user = first_binding(step->use->user);
      const std::string& used = typed_.bindings[step->use->used].qualified;
      d.notes.push_back(
          {step->use->span, user == no_id<BindingId>
                                ? fmt::format("`{}` is used here", used)
                                : fmt::format("`{}` uses `{}` here", typed_.bindings[user].qualified, used)});
    }
    d.help = "move what both need into a module of its own";
    resolution_.diagnostics.report(std::move(d));
  }

  BindingId first_binding(DeclId d) const { return typed_.decl_bindings_first[index(d)]; }

  const Resolution& resolution_;
  const Typed& typed_;
  const Script& script_;
  std::vector<DeclId> node_of_;  // by declaration; none for local ones and what an error cut off
  std::vector<Edge> edges_;      // those from node v are [first_[v], first_[v + 1])
  std::vector<std::uint32_t> first_;
  std::size_t ways_shown_ = 0;
  std::vector<std::uint32_t> component_;  // by node; named by one of its members
};

}  // namespace

void check_module_cycles(const Resolution& resolution) {
  if (!resolution.instances.empty()) ModuleGraph(resolution).check();
}

}  // namespace tryst::csp
