#include "frontend/pi/sorts.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace tryst::pi {

namespace {

enum class SortId : std::uint32_t {};

enum class Use : std::uint8_t { unknown, channel, integer, boolean };

struct Sort {
  SortId parent;           // itself: the representative of its class
  Use use = Use::unknown;  // of its names
  Span used{};             // where that was seen; nowhere for restricted names
  bool known = false;      // whether `carried` says what it carries
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
    finish();
    for (const Command& command : script_.commands) {
      constants_.clear();  // each command has its own
      constant_uses_.clear();
      visit(command.left);
      if (command.right != no_id<ProcId>) visit(command.right);
      finish();
    }
  }

  // What has been compared is of one kind where one side is data; then no free name may be.
  void finish() {
    const auto use = [&](SortId s) { return sorts_[find(s)].use; };
    const auto is_data = [](Use u) { return u == Use::integer || u == Use::boolean; };
    for (bool changed = true; changed;) {
      changed = false;
      for (const Comparison& c : compared_) {
        if (find(c.left) == find(c.right) || use(c.left) == use(c.right)) continue;
        if (!is_data(use(c.left)) && !is_data(use(c.right))) continue;
        unify(c.left, c.right, c.blamed);
        changed = true;
      }
    }
    if (diagnostics_ == nullptr) return;
    for (const NameUse& each : constant_uses_)
      if (is_data(use(constants_.at(each.symbol))))
        diagnostics_->report({"P0803",
                              Severity::error,
                              "`" + std::string(script_.text(each)) + "` stands for " +
                                  (use(constants_.at(each.symbol)) == Use::integer ? "a number" : "a Boolean"),
                              each.span,
                              "free here",
                              {},
                              "only names are free: write a value, or receive one"});
  }

  std::vector<std::vector<SortKind>> kinds_received() {
    std::vector<std::vector<SortKind>> out(script_.procs.size());
    for (const auto& [p, parameters] : received_) {
      std::vector<SortKind> kinds = kinds_of(parameters);
      if (std::ranges::any_of(kinds, [](SortKind k) { return k != SortKind::name; })) out[index(p)] = std::move(kinds);
    }
    return out;
  }

  Sorts all() {
    Sorts sorts{kinds_received(), {}, {}};
    for (const Definition& definition : script_.definitions)
      sorts.parameters.push_back(kinds_of(agents_.at(definition.agent.symbol)));
    for (const auto& [symbol, sort] : constants_) {
      const Sort& its = sorts_[find(sort)];
      sorts.free_names.emplace(symbol, its.known ? std::optional(kinds_of(its.carried)) : std::nullopt);
    }
    return sorts;
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
        if (script_.mentions_data && !parameters.empty()) received_.emplace_back(p, parameters);
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
        for (const NameUse& use : uses) sorts.push_back(of_kind(Use::channel, use.span));
        bind(uses, sorts);
        break;
      }
      case ProcKind::match:
      case ProcKind::mismatch: {
        const SortId left = sort_of(uses[0]), right = sort_of(uses[1]);
        if (script_.mentions_data) compared_.push_back({left, right, uses[0]});
        break;
      }
      case ProcKind::less:
      case ProcKind::at_most:
      case ProcKind::greater:
      case ProcKind::at_least:
        for (const NameUse& use : uses) unify(of_kind(Use::integer, use.span), sort_of(use), use);
        break;
      case ProcKind::call: {
        const auto agent = agents_.find(uses[0].symbol);
        if (agent == agents_.end() || agent->second.size() != uses.size() - 1) break;  // reported elsewhere
        for (std::size_t i = 1; i < uses.size(); ++i) unify(agent->second[i - 1], sort_of(uses[i]), uses[i]);
        break;
      }
      default: break;
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
  std::vector<SortKind> kinds_of(const std::vector<SortId>& sorts) {
    std::vector<SortKind> kinds;
    for (const SortId s : sorts) {
      const Use use = sorts_[find(s)].use;
      kinds.push_back(use == Use::integer   ? SortKind::integer
                      : use == Use::boolean ? SortKind::boolean
                                            : SortKind::name);
    }
    return kinds;
  }

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

  SortId of_kind(Use use, Span span) {
    const SortId id = add();
    sorts_[id].use = use;
    sorts_[id].used = span;
    return id;
  }

  SortId sort_of(const NameUse& use) {
    if (use.sum.count > 0) {
      for (const Summand& each : script_.summands[use.sum]) {
        if (each.symbol == no_id<Symbol>) continue;
        const NameUse variable{each.symbol, each.span, {}};
        unify(of_kind(Use::integer, use.span), sort_of(variable), variable);
      }
      return of_kind(Use::integer, use.span);
    }
    for (auto bound = scope_.rbegin(); bound != scope_.rend(); ++bound)
      if (bound->first == use.symbol) return bound->second;
    if (is_truth_value(script_.text(use))) return of_kind(Use::boolean, use.span);
    const auto known = constants_.find(use.symbol);
    if (known != constants_.end()) return known->second;
    if (script_.mentions_data) constant_uses_.push_back(use);
    return constants_[use.symbol] = add();
  }

  void carries(SortId subject, const std::vector<SortId>& what, std::span<const NameUse> uses) {
    const SortId fresh = of_kind(Use::channel, uses[0].span);
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
      if (!mixes(sorts_[a], sorts_[b], blamed)) return;
      if (!sorts_[b].known) continue;
      const std::vector<SortId>&left = sorts_[a].carried, &right = sorts_[b].carried;
      if (left.size() != right.size())
        clash(sorts_[a], sorts_[b], blamed);
      else
        for (std::size_t i = 0; i < left.size(); ++i) pending.emplace_back(left[i], right[i]);
    }
  }

  // Gives the first the use of the second, if it has none; false, and reported, where they have different ones.
  bool mixes(Sort& a, const Sort& b, const NameUse& blamed) {
    if (a.use == Use::unknown) {
      a.use = b.use;
      a.used = b.used;
    }
    if (b.use == Use::unknown || a.use == b.use) return true;
    constexpr std::string_view words[] = {"", "a channel", "a number", "a Boolean"};
    const auto word = [&](const Sort& s) { return std::string(words[static_cast<std::size_t>(s.use)]); };
    if (diagnostics_ == nullptr) return false;
    Diagnostic diagnostic{"P0802",
                          Severity::error,
                          "the same is " + word(a) + " in one place and " + word(b) + " in another",
                          blamed.span,
                          "here they meet",
                          {},
                          "names, numbers and Booleans do not mix"};
    for (const Sort* each : {static_cast<const Sort*>(&a), &b})
      if (each->used != blamed.span) diagnostic.notes.push_back({each->used, word(*each) + " here"});
    diagnostics_->report(std::move(diagnostic));
    return false;
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
    if (sorts_[s].use == Use::integer) return "a number";
    if (sorts_[s].use == Use::boolean) return "a Boolean";
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

  struct Comparison {
    SortId left, right;
    NameUse blamed;
  };

  const Script& script_;
  Diagnostics* diagnostics_;  // null: nothing is reported
  Arena<SortId, Sort> sorts_;
  std::vector<Comparison> compared_;  // by = and #, whatever they are
  std::vector<std::pair<ProcId, std::vector<SortId>>> received_;
  std::vector<NameUse> constant_uses_;                      // the first of each free name
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

bool check_sorts(const Script& script, std::span<const ProcId> processes, Diagnostics& diagnostics) {
  if (!script.mentions_data) return true;
  const std::size_t errors = diagnostics.error_count();
  Inference inference(script, &diagnostics);
  for (const ProcId p : processes) inference.visit(p);
  inference.finish();
  return diagnostics.error_count() == errors;
}

std::vector<std::vector<SortKind>> kinds_received(const Script& script, std::span<const ProcId> processes) {
  if (!script.mentions_data) return std::vector<std::vector<SortKind>>(script.procs.size());
  Inference inference(script, nullptr);
  for (const ProcId p : processes) inference.visit(p);
  inference.finish();
  return inference.kinds_received();
}

Sorts sorts_within(const Script& script, ProcId p) {
  Inference inference(script, nullptr);
  inference.visit(p);
  inference.finish();
  return inference.all();
}

std::string sorts_of(const Script& script, ProcId p) {
  Inference inference(script, nullptr);
  inference.visit(p);
  inference.finish();
  return inference.text();
}

}  // namespace tryst::pi
