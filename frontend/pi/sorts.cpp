#include "frontend/pi/sorts.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace tryst::pi {

namespace {

enum class SortId : std::uint32_t {};

struct Sort {
  SortId parent;       // itself: the representative of its class
  bool known = false;  // whether `carried` says what it carries
  std::vector<SortId> carried{};
  Span span{};  // where that was seen
};

class Inference {
 public:
  Inference(const Script& script, Diagnostics* diagnostics) : script_(script), diagnostics_(diagnostics) {
    for (const Definition& definition : script.definitions) {
      std::vector<SortId> parameters;
      for (std::uint32_t i = 0; i < definition.parameters.count; ++i) parameters.push_back(add());
      agents_.try_emplace(definition.agent.symbol, std::move(parameters));
    }
    for (const Definition& definition : script.definitions) {
      bind(script.names[definition.parameters], agents_.at(definition.agent.symbol));
      visit(definition.body);
      scope_.clear();
    }
  }

  void commands() {
    for (const Command& command : script_.commands) {
      constants_.clear();  // each command has its own
      visit(command.left);
      if (command.right != no_id<ProcId>) visit(command.right);
    }
  }

  void visit(ProcId p) {
    const Proc& proc = script_.procs[p];
    const auto uses = script_.names_of(p);
    const std::size_t outer = scope_.size();
    switch (proc.kind) {
      case ProcKind::input: {
        const SortId subject = sort_of(uses[0]);
        std::vector<SortId> parameters;
        for (std::size_t i = 1; i < uses.size(); ++i) parameters.push_back(add());
        carries(subject, parameters, uses);
        bind(uses.subspan(1), parameters);
        break;
      }
      case ProcKind::output: {
        std::vector<SortId> objects;
        for (const NameUse& object : uses.subspan(1)) objects.push_back(sort_of(object));
        carries(sort_of(uses[0]), objects, uses);
        break;
      }
      case ProcKind::restriction: {
        std::vector<SortId> sorts;
        for (std::size_t i = 0; i < uses.size(); ++i) sorts.push_back(add());
        bind(uses, sorts);
        break;
      }
      case ProcKind::call: {
        const auto agent = agents_.find(uses[0].symbol);
        if (agent == agents_.end() || agent->second.size() != uses.size() - 1) break;  // reported elsewhere
        for (std::size_t i = 1; i < uses.size(); ++i) unify(agent->second[i - 1], sort_of(uses[i]), uses[i]);
        break;
      }
      default: break;  // [a=b] compares names of any sorts
    }
    for (const ProcId operand : script_.operands_of(p)) visit(operand);
    scope_.resize(outer);
  }

  // The sorts of the names that are free in commands or operands visited, in the order of their spelling.
  std::string text() {
    std::map<std::string, SortId> names;
    for (const auto& [symbol, sort] : constants_) names.emplace(std::string(script_.symbols.text(symbol)), sort);
    std::string out;
    for (const auto& [name, sort] : names) out += name + " : " + shown(sort) + "\n";
    for (std::size_t i = 0; i < named_.size(); ++i)
      out += "  s" + std::to_string(i + 1) + " = " + carried(named_[i]) + "\n";
    return out;
  }

 private:
  SortId add() {
    const auto id = static_cast<SortId>(sorts_.size());
    return sorts_.add({.parent = id});
  }

  SortId find(SortId s) {
    while (sorts_[s].parent != s) s = sorts_[s].parent = sorts_[sorts_[s].parent].parent;
    return s;
  }

  void bind(std::span<const NameUse> names, const std::vector<SortId>& sorts) {
    for (std::size_t i = 0; i < names.size(); ++i) scope_.emplace_back(names[i].symbol, sorts[i]);
  }

  SortId sort_of(const NameUse& use) {
    for (auto bound = scope_.rbegin(); bound != scope_.rend(); ++bound)
      if (bound->first == use.symbol) return bound->second;
    const auto known = constants_.find(use.symbol);
    if (known != constants_.end()) return known->second;
    return constants_[use.symbol] = add();
  }

  void carries(SortId subject, const std::vector<SortId>& what, std::span<const NameUse> uses) {
    const SortId fresh = add();
    sorts_[fresh].known = true;
    sorts_[fresh].carried = what;
    sorts_[fresh].span = cover(uses.front().span, uses.back().span);
    unify(subject, fresh, uses[0]);
  }

  // Makes two sorts one; `blamed` is the name at which they meet.
  void unify(SortId first, SortId second, const NameUse& blamed) {
    std::vector<std::pair<SortId, SortId>> pending{{first, second}};
    while (!pending.empty()) {
      SortId a = find(pending.back().first), b = find(pending.back().second);
      pending.pop_back();
      if (a == b) continue;
      if (!sorts_[a].known) std::swap(a, b);
      sorts_[b].parent = a;
      if (!sorts_[b].known) continue;
      const std::vector<SortId>&left = sorts_[a].carried, &right = sorts_[b].carried;
      if (left.size() != right.size())
        clash(sorts_[a], sorts_[b], blamed);
      else
        for (std::size_t i = 0; i < left.size(); ++i) pending.emplace_back(left[i], right[i]);
    }
  }

  static std::string names(std::size_t n) {
    return n == 0 ? "no name" : n == 1 ? "1 name" : std::to_string(n) + " names";
  }

  void clash(const Sort& a, const Sort& b, const NameUse& blamed) {
    if (diagnostics_ == nullptr) return;
    Diagnostic diagnostic{
        "P0801",
        Severity::warning,
        "a name carries " + names(a.carried.size()) + " in one place and " + names(b.carried.size()) + " in another",
        b.span,
        names(b.carried.size()) + " here",
        {},
        "an input and an output of different lengths do not communicate"};
    diagnostic.notes.push_back({a.span, names(a.carried.size()) + " here"});
    const bool elsewhere = cover(blamed.span, b.span) != b.span && cover(blamed.span, a.span) != a.span;
    if (elsewhere)
      diagnostic.notes.push_back({blamed.span, "`" + std::string(script_.text(blamed)) + "` makes them the same name"});
    diagnostics_->report(std::move(diagnostic));
  }

  // Sorts that carry something have a name, in the order of their first mention.
  std::string shown(SortId s) {
    s = find(s);
    if (!sorts_[s].known) return "never used";
    if (sorts_[s].carried.empty()) return "()";
    auto at = std::find(named_.begin(), named_.end(), s);
    if (at == named_.end()) at = named_.insert(named_.end(), s);
    return "s" + std::to_string(at - named_.begin() + 1);
  }

  std::string carried(SortId s) {
    std::string out;
    const std::vector<SortId> parts = sorts_[s].carried;
    for (const SortId part : parts) out += (out.empty() ? "" : ", ") + shown(part);
    return "(" + out + ")";
  }

  const Script& script_;
  Diagnostics* diagnostics_;  // null: nothing is reported
  Arena<SortId, Sort> sorts_;
  std::unordered_map<Symbol, std::vector<SortId>> agents_;  // the sorts of their parameters
  std::unordered_map<Symbol, SortId> constants_;
  std::vector<std::pair<Symbol, SortId>> scope_;
  std::vector<SortId> named_;
};

}  // namespace

void check_sorts(const Script& script, Diagnostics& diagnostics) {
  Inference inference(script, &diagnostics);
  inference.commands();
}

std::string sorts_of(const Script& script, ProcId p) {
  Inference inference(script, nullptr);
  inference.visit(p);
  return inference.text();
}

}  // namespace tryst::pi
