#include "frontend/pi/resolver.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "frontend/pi/sorts.hpp"

namespace tryst::pi {

namespace {

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

std::string count_of(std::size_t n) { return n == 1 ? "1 name" : std::to_string(n) + " names"; }

class Resolver {
 public:
  Resolver(const Script& script, Diagnostics& diagnostics) : script_(script), diagnostics_(diagnostics) {
    for (std::uint32_t i = 0; i < script.definitions.size(); ++i) {
      const auto id = static_cast<DefinitionId>(i);
      definitions_.try_emplace(script.definitions[id].agent.symbol, id);
    }
  }

  void run() {
    for (std::uint32_t i = 0; i < script_.definitions.size(); ++i) definition(static_cast<DefinitionId>(i));
    for (const Command& command : script_.commands) {
      visit(command.left);
      if (command.right != no_id<ProcId>) visit(command.right);
    }
  }

  void visit(ProcId p) {
    const auto uses = script_.names_of(p);
    switch (script_.procs[p].kind) {
      case ProcKind::call: call(uses); break;
      case ProcKind::tau: warn_about_tau(script_.procs[p].span); break;
      case ProcKind::input: name(uses[0]); break;
      case ProcKind::restriction: break;
      default:
        for (const NameUse& use : uses) name(use);
    }
    const bool binds = script_.procs[p].kind == ProcKind::input || script_.procs[p].kind == ProcKind::restriction;
    const auto binder = binds ? uses.subspan(script_.procs[p].kind == ProcKind::input ? 1 : 0) : uses.first(0);
    bind(binder);
    for (const ProcId operand : script_.operands_of(p)) visit(operand);
    scope_.resize(scope_.size() - binder.size());
  }

 private:
  void definition(DefinitionId id) {
    const Definition& definition = script_.definitions[id];
    const DefinitionId first = definitions_.at(definition.agent.symbol);
    if (first != id)
      report({"P0711",
              Severity::error,
              quoted(script_.text(definition.agent)) + " is defined twice",
              definition.agent.span,
              "defined again",
              {{script_.definitions[first].agent.span, "first defined here"}},
              ""});
    bind(script_.names[definition.parameters]);
    closed_ = &definition;
    visit(definition.body);
    closed_ = nullptr;
    scope_.clear();
    free_reported_.clear();
  }

  void bind(std::span<const NameUse> binder) {
    for (std::size_t i = 0; i < binder.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j)
        if (binder[i].symbol == binder[j].symbol) {
          report({"P0714",
                  Severity::error,
                  quoted(script_.text(binder[i])) + " is bound twice by the same binder",
                  binder[i].span,
                  "again",
                  {{binder[j].span, "bound here"}},
                  "names bound together must differ"});
          break;
        }
      scope_.push_back(binder[i]);
    }
  }

  bool in_scope(Symbol symbol) const {
    return std::any_of(scope_.rbegin(), scope_.rend(), [&](const NameUse& use) { return use.symbol == symbol; });
  }

  void name(const NameUse& use) {
    for (const Summand& each : script_.summands[use.sum])
      if (each.symbol != no_id<Symbol>) name({each.symbol, each.span, {}});
    if (use.sum.count > 0 || (is_truth_value(script_.text(use)) && !in_scope(use.symbol))) return;
    if (closed_ == nullptr || in_scope(use.symbol) || !free_reported_.insert(use.symbol).second) return;
    std::vector<std::string_view> candidates;
    for (const NameUse& bound : scope_) candidates.push_back(script_.text(bound));
    const std::string_view near = did_you_mean(script_.text(use), candidates);
    report({"P0713",
            Severity::error,
            quoted(script_.text(use)) + " is free in the definition of " + quoted(script_.text(closed_->agent)),
            use.span,
            "bound by nothing",
            {},
            near.empty() ? "make it a parameter, or restrict it: `(^" + std::string(script_.text(use)) + ")`"
                         : "did you mean " + quoted(near) + "?"});
  }

  void call(std::span<const NameUse> uses) {
    for (const NameUse& argument : uses.subspan(1)) name(argument);
    const NameUse& agent = uses[0];
    const auto found = definitions_.find(agent.symbol);
    if (found == definitions_.end()) return unknown(agent);
    const Definition& definition = script_.definitions[found->second];
    if (definition.parameters.count == uses.size() - 1) return;
    report({"P0712",
            Severity::error,
            quoted(script_.text(agent)) + " takes " + count_of(definition.parameters.count) + ", not " +
                std::to_string(uses.size() - 1),
            agent.span,
            "called with " + count_of(uses.size() - 1),
            {{definition.agent.span, "defined here"}},
            ""});
  }

  void unknown(const NameUse& agent) {
    std::vector<std::string_view> candidates;
    for (const Definition& definition : script_.definitions) candidates.push_back(script_.text(definition.agent));
    const std::string_view near = did_you_mean(script_.text(agent), candidates);
    Diagnostic diagnostic{"P0710",
                          Severity::error,
                          "agent " + quoted(script_.text(agent)) + " is not defined",
                          agent.span,
                          "unknown agent",
                          {},
                          near.empty() ? "" : "did you mean " + quoted(near) + "?"};
    report(std::move(diagnostic));
  }

  void warn_about_tau(Span span) {
    const auto shadowed = std::find_if(scope_.rbegin(), scope_.rend(), [&](const NameUse& use) {
      return script_.text(use) == "t" || script_.text(use) == "tau";
    });
    if (shadowed == scope_.rend()) return;
    const std::string word(script_.text(*shadowed));
    report({"P0717",
            Severity::warning,
            "`" + word + ".` is the silent step, although a name `" + word + "` is in scope",
            {span.begin, span.begin + static_cast<std::uint32_t>(word.size())},
            "not a use of the name",
            {{shadowed->span, "the name"}},
            "give the name another spelling"});
  }

  void report(Diagnostic diagnostic) { diagnostics_.report(std::move(diagnostic)); }

  const Script& script_;
  Diagnostics& diagnostics_;
  std::unordered_map<Symbol, DefinitionId> definitions_;
  std::vector<NameUse> scope_;          // bound here, innermost last
  const Definition* closed_ = nullptr;  // the definition we are in
  std::unordered_set<Symbol> free_reported_;
};

}  // namespace

DefinitionId find_definition(const Script& script, Symbol agent) {
  for (std::uint32_t i = 0; i < script.definitions.size(); ++i)
    if (script.definitions[static_cast<DefinitionId>(i)].agent.symbol == agent) return static_cast<DefinitionId>(i);
  return no_id<DefinitionId>;
}

void resolve(const Script& script, Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.error_count();
  Resolver(script, diagnostics).run();
  if (diagnostics.error_count() > errors) return;
  check_guardedness(script, diagnostics);
  check_sorts(script, diagnostics);
}

bool resolve_process(const Script& script, ProcId p, Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.error_count();
  Resolver(script, diagnostics).visit(p);
  return diagnostics.error_count() == errors;
}

}  // namespace tryst::pi
