// P0904: what is synchronised although one side never names it.
#include <algorithm>
#include <map>
#include <set>

#include "semantics/csp/lint.hpp"

namespace tryst::csp {

namespace {

// The channels that a process may name, itself or through what it calls.
struct Named {
  std::set<BindingId> channels;
  bool anything = false;  // it may name any
};

class Parallels {
 public:
  Parallels(const Typed& typed, Diagnostics& diagnostics) : typed_(typed), diagnostics_(diagnostics) {}

  void run() {
    for (std::uint32_t d = 0; d < typed_.script.decls.size(); ++d)
      for (const Clause& clause : typed_.script.decls[DeclId{d}].clauses)
        for_each_expression(typed_, clause.body, [&](ExprId e) {
          if (typed_.script.exprs[e].kind == ExprKind::parallel) look_at(e, DeclId{d});
          if (typed_.script.exprs[e].kind == ExprKind::alphabetised) look_at_alphabets(e, DeclId{d});
        });
  }

 private:
  void look_at(ExprId e, DeclId around) {
    const auto operands = typed_.script.operands(e);
    look_at(channels_of(operands[1]), operands[0], operands[2], around);
  }

  // What is in both alphabets is synchronised.
  void look_at_alphabets(ExprId e, DeclId around) {
    const auto operands = typed_.script.operands(e);
    std::set<BindingId> others;
    for (const ExprId c : channels_of(operands[2])) others.insert(typed_.expr_uses[index(c)]);
    std::vector<ExprId> synchronised = channels_of(operands[1]);
    std::erase_if(synchronised, [&](ExprId c) { return !others.contains(typed_.expr_uses[index(c)]); });
    look_at(synchronised, operands[0], operands[3], around);
  }

  void look_at(const std::vector<ExprId>& synchronised, ExprId first, ExprId second, DeclId around) {
    if (synchronised.empty() || is_constant(first) || is_constant(second)) return;
    const Named left = named(first, around);
    const Named right = named(second, around);
    for (const ExprId c : synchronised) {
      const BindingId channel = typed_.expr_uses[index(c)];
      const bool left_can = left.anything || left.channels.contains(channel);
      const bool right_can = right.anything || right.channels.contains(channel);
      if (left_can != right_can) report(c, left_can ? second : first);
    }
  }

  void report(ExprId channel, ExprId side) {
    const Span span = typed_.script.exprs[channel].span;
    if (!reported_.insert(span.begin).second) return;
    Diagnostic warning;
    warning.code = "P0904";
    warning.severity = Severity::warning;
    warning.message = "`" + std::string(typed_.script.symbols.text(typed_.script.exprs[channel].symbol)) +
                      "` is synchronised, but only one side ever names it";
    warning.span = span;
    warning.label = "can never happen";
    warning.notes.push_back({typed_.script.exprs[side].span, "this side does not"});
    warning.help = "to forbid an event, synchronise on it with STOP";
    diagnostics_.report(std::move(warning));
  }

  ExprId strip(ExprId e) const {
    while (typed_.script.exprs[e].kind == ExprKind::paren) e = typed_.script.operand(e, 0);
    return e;
  }

  // STOP, SKIP and their like: a way to forbid events.
  bool is_constant(ExprId e) const {
    e = strip(e);
    return typed_.script.exprs[e].kind == ExprKind::name &&
           typed_.bindings[typed_.expr_uses[index(e)]].kind == BindingKind::builtin;
  }

  // The names of channels in {| c, d.x |} or {c, d}; nothing if something else
  // stands there.
  std::vector<ExprId> channels_of(ExprId set) const {
    set = strip(set);
    const Expr& x = typed_.script.exprs[set];
    if (x.kind != ExprKind::set_enumerated && x.kind != ExprKind::set) return {};
    std::vector<ExprId> found;
    for (ExprId e : typed_.script.operands(set)) {
      e = strip(e);
      while (typed_.script.exprs[e].kind == ExprKind::dot) e = strip(typed_.script.operand(e, 0));
      if (typed_.script.exprs[e].kind != ExprKind::name) continue;
      if (typed_.bindings[typed_.expr_uses[index(e)]].kind == BindingKind::channel) found.push_back(e);
    }
    return found;
  }

  // What a process may name: every channel that stands anywhere in it or in
  // what it calls, whatever for. A local name that may hold events, processes
  // or functions may bring any channel with it.
  Named named(ExprId process, DeclId around) {
    Named result;
    add_tock(around, result);
    std::set<BindingId> met;
    std::vector<ExprId> open{process};
    while (!open.empty() && !result.anything) {
      const ExprId root = open.back();
      open.pop_back();
      for_each_expression(typed_, root, [&](ExprId e) {
        if (typed_.script.exprs[e].kind != ExprKind::name) return;
        const BindingId b = typed_.expr_uses[index(e)];
        const Binding& binding = typed_.bindings[b];
        switch (binding.kind) {
          case BindingKind::channel: result.channels.insert(b); return;
          case BindingKind::builtin: result.anything = result.anything || binding.builtin == Builtin::Events; return;
          case BindingKind::variable:
            if (binding.decl == no_id<DeclId>) {
              result.anything = result.anything || may_hold_events(typed_.binding_types[index(b)]);
              return;
            }
            [[fallthrough]];
          default: break;
        }
        if (binding.decl == no_id<DeclId> || !met.insert(b).second) return;
        add_tock(binding.decl, result);
        const Decl& decl = typed_.script.decls[binding.decl];
        for (const Clause& clause : decl.clauses) open.push_back(clause.body);
        if (decl.expr != no_id<ExprId>) open.push_back(decl.expr);
        for (const Constructor& constructor : decl.constructors)
          if (constructor.type != no_id<ExprId>) open.push_back(constructor.type);
      });
    }
    return result;
  }

  // In a Timed section every process performs tock.
  void add_tock(DeclId decl, Named& result) const {
    if (typed_.in_timed_section(decl))
      result.channels.insert(typed_.timed_sections[typed_.timed_section[index(decl)]].tock);
  }

  bool may_hold_events(TypeId type) const {
    const std::string text = print(typed_, type);
    for (const char* plain : {"Int", "Bool", "Char"})
      if (text == plain || text == "{" + std::string(plain) + "}" || text == "<" + std::string(plain) + ">")
        return false;
    // A datatype without fields holds nothing else.
    for (std::uint32_t d = 0; d < typed_.script.decls.size(); ++d) {
      const Decl& decl = typed_.script.decls[DeclId{d}];
      if (decl.kind != DeclKind::datatype || typed_.script.symbols.text(decl.names[0].symbol) != text) continue;
      return std::ranges::any_of(decl.constructors, [](const Constructor& c) { return c.type != no_id<ExprId>; });
    }
    return true;
  }

  const Typed& typed_;
  Diagnostics& diagnostics_;
  std::set<std::uint32_t> reported_;
};

}  // namespace

void lint_parallels(const Typed& typed, Diagnostics& diagnostics) { Parallels(typed, diagnostics).run(); }

}  // namespace tryst::csp
