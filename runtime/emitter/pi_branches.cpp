// The head normal form of a process: all that it can do at once, under conditions on its names.
#include <algorithm>

#include "runtime/emitter/pi_translate.hpp"
#include "semantics/deep_stack.hpp"

namespace tryst::emitter {

namespace {

using runtime::pi::Action;
using runtime::pi::Kind;

void add_term(PiValue& to, std::uint32_t variable, std::int64_t factor) {
  const auto at = std::ranges::lower_bound(to.sum, variable, {}, &std::pair<std::uint32_t, std::int64_t>::first);
  if (at == to.sum.end() || at->first != variable)
    to.sum.insert(at, {variable, factor});
  else if ((at->second += factor) == 0)
    to.sum.erase(at);
}

}  // namespace

PiValue substituted(const PiValue& value, const PiScope& scope) {
  if (value.kind != pi::SortKind::integer) {
    const auto at = scope.find(value.variable);
    return at == scope.end() ? value : at->second;
  }
  PiValue result{value.kind, none, value.constant, {}};
  for (const auto& [variable, factor] : value.sum) {
    const auto at = scope.find(variable);
    if (at == scope.end()) {
      add_term(result, variable, factor);
      continue;
    }
    result.constant += factor * at->second.constant;
    for (const auto& [inner, times] : at->second.sum) add_term(result, inner, factor * times);
  }
  return result;
}

std::optional<bool> decided(pi::ProcKind comparison, const PiValue& left, const PiValue& right) {
  if (left.kind != pi::SortKind::integer) {
    const bool equal = comparison == pi::ProcKind::match;
    if (left == right) return equal;
    // Different free names stay conditions, as in the model; Booleans are decided.
    if (left.kind == pi::SortKind::boolean && left.variable == none && right.variable == none) return !equal;
    return std::nullopt;
  }
  PiValue difference = left;
  difference.constant -= right.constant;
  for (const auto& [variable, factor] : right.sum) add_term(difference, variable, -factor);
  if (!difference.sum.empty()) return std::nullopt;
  const std::int64_t d = difference.constant;
  switch (comparison) {
    case pi::ProcKind::match: return d == 0;
    case pi::ProcKind::mismatch: return d != 0;
    case pi::ProcKind::less: return d < 0;
    case pi::ProcKind::at_most: return d <= 0;
    case pi::ProcKind::greater: return d > 0;
    default: return d >= 0;
  }
}

bool mentions(const PiValue& value, std::uint32_t variable) {
  return value.variable == variable ||
         std::ranges::any_of(value.sum, [&](const auto& term) { return term.first == variable; });
}

namespace {

class HeadNormalForm {
 public:
  HeadNormalForm(PiCode& code, DeepStack& stack) : code_(code), stack_(stack) {}

  std::vector<PiBranch> run(std::uint32_t node, const PiScope& scope) {
    const PiNode n = code_.nodes[node];  // a copy: variables are added, nodes are not, but that may change
    if (stack_.exhausted()) throw PiTooLarge{n.span, true};
    std::vector<PiBranch> found;
    switch (n.form) {
      case PiForm::nil: break;
      case PiForm::silent:
      case PiForm::send:
      case PiForm::receive: found.push_back(prefix(n, scope)); break;
      case PiForm::compare: found = guarded(n, scope); break;
      case PiForm::sum:
        for (const std::uint32_t operand : n.operands) append(found, run(operand, scope), n.span);
        break;
      case PiForm::restriction: found = restricted(n, scope); break;
      case PiForm::parallel: found = parallel(n, scope); break;
      case PiForm::replication: found = replicated(node, n, scope); break;
      case PiForm::call: found = called(n, scope); break;
    }
    return found;
  }

 private:
  void append(std::vector<PiBranch>& to, std::vector<PiBranch> more, Span span) const {
    if (to.size() + more.size() > branches_max) throw PiTooLarge{span, false};
    for (PiBranch& b : more) to.push_back(std::move(b));
  }

  std::uint32_t copy_of(std::uint32_t variable) {
    code_.variables.push_back(PiVariable(code_.variables[variable]));
    return static_cast<std::uint32_t>(code_.variables.size() - 1);
  }

  PiBranch prefix(const PiNode& n, const PiScope& scope) {
    PiBranch b;
    b.span = n.span;
    PiScope inside = scope;
    if (n.form == PiForm::send) {
      b.action = Action::send;
      for (std::size_t i = 1; i < n.values.size(); ++i) {
        b.objects.push_back(substituted(n.values[i], scope));
        b.kinds.push_back(static_cast<Kind>(n.values[i].kind));
      }
    } else if (n.form == PiForm::receive) {
      b.action = Action::receive;
      for (const std::uint32_t v : n.variables) {
        const std::uint32_t own = copy_of(v);
        const pi::SortKind kind = code_.variables[v].kind;
        b.received.push_back(own);
        b.kinds.push_back(static_cast<Kind>(kind));
        inside[v] = kind == pi::SortKind::integer ? PiValue{kind, none, 0, {{own, 1}}} : PiValue{kind, own, 0, {}};
      }
    }
    if (n.form != PiForm::silent) b.subject = substituted(n.values[0], scope);
    b.next.push_back(closure(n.operands[0], inside));
    return b;
  }

  PiStart closure(std::uint32_t node, const PiScope& scope) const {
    PiStart start{node, {}};
    for (const std::uint32_t v : code_.nodes[node].free)
      if (const auto at = scope.find(v); at != scope.end()) start.scope.insert(*at);
    return start;
  }

  std::vector<PiBranch> guarded(const PiNode& n, const PiScope& scope) {
    PiCondition condition{n.comparison, substituted(n.values[0], scope), substituted(n.values[1], scope)};
    const auto known = decided(condition.comparison, condition.left, condition.right);
    if (known && !*known) return {};
    std::vector<PiBranch> found = run(n.operands[0], scope);
    if (!known)
      for (PiBranch& b : found) b.conditions.insert(b.conditions.begin(), condition);
    return found;
  }

  // RES, OPEN, or nothing.
  std::vector<PiBranch> restricted(const PiNode& n, const PiScope& scope) {
    PiScope inside = scope;
    std::vector<std::uint32_t> own;
    for (const std::uint32_t v : n.variables) {
      own.push_back(copy_of(v));
      inside[v] = PiValue{pi::SortKind::name, own.back(), 0, {}};
    }
    std::vector<PiBranch> found;
    for (PiBranch& b : run(n.operands[0], inside))
      if (std::ranges::all_of(own, [&](std::uint32_t x) { return restrict(b, x); })) found.push_back(std::move(b));
    return found;
  }

  // False: nobody can take part.
  static bool restrict(PiBranch& b, std::uint32_t x) {
    if (b.action != Action::silent && b.subject.variable == x) return false;
    bool possible = true;
    std::erase_if(b.conditions, [&](const PiCondition& c) {
      if (c.left.variable != x && c.right.variable != x) return false;
      if (c.meets) possible = false;
      if (c.comparison == pi::ProcKind::match) b.impossible = true;
      return true;
    });
    if (!possible) return false;
    const bool is_sent = std::ranges::any_of(b.objects, [&](const PiValue& v) { return mentions(v, x); });
    const bool is_used = std::ranges::any_of(b.next, [&](const PiStart& start) {
      return std::ranges::any_of(start.scope, [&](const auto& entry) { return mentions(entry.second, x); });
    });
    if (is_sent || is_used) b.created.push_back(x);
    return true;
  }

  std::vector<PiBranch> parallel(const PiNode& n, const PiScope& scope) {
    std::vector<std::vector<PiBranch>> parts;
    for (const std::uint32_t operand : n.operands) parts.push_back(run(operand, scope));
    const auto add_rest = [&](PiBranch& b, std::size_t i, std::size_t j) {
      for (std::size_t k = 0; k < parts.size(); ++k)
        if (k != i && k != j) b.next.push_back(closure(n.operands[k], scope));
    };
    std::vector<PiBranch> found;
    for (std::size_t i = 0; i < parts.size(); ++i)
      for (PiBranch b : parts[i]) {
        add_rest(b, i, i);
        append(found, {std::move(b)}, n.span);
      }
    for (std::size_t i = 0; i < parts.size(); ++i)
      for (std::size_t j = 0; j < parts.size(); ++j)
        if (i != j)
          for (PiBranch& b : meetings(parts[i], parts[j])) {
            add_rest(b, i, j);
            append(found, {std::move(b)}, n.span);
          }
    return found;
  }

  std::vector<PiBranch> replicated(std::uint32_t node, const PiNode& n, const PiScope& scope) {
    std::vector<PiBranch> found = run(n.operands[0], scope);
    const std::vector<PiBranch> other = run(n.operands[0], scope);  // a copy with names of its own
    append(found, meetings(found, other), n.span);
    for (PiBranch& b : found) b.next.push_back(closure(node, scope));
    return found;
  }

  // COM and CLOSE: an input of the one and an output of the other, on names that may be the same.
  static std::vector<PiBranch> meetings(const std::vector<PiBranch>& inputs, const std::vector<PiBranch>& outputs) {
    std::vector<PiBranch> found;
    for (const PiBranch& input : inputs) {
      if (input.action != Action::receive) continue;
      for (const PiBranch& output : outputs) {
        if (output.action != Action::send) continue;
        PiBranch b;
        b.span = output.span;
        b.conditions = input.conditions;
        b.conditions.insert(b.conditions.end(), output.conditions.begin(), output.conditions.end());
        b.impossible = input.impossible || output.impossible || input.received.size() != output.objects.size();
        if (input.subject != output.subject)
          b.conditions.push_back({pi::ProcKind::match, input.subject, output.subject, true});
        b.created = output.created;
        b.created.insert(b.created.end(), input.created.begin(), input.created.end());
        if (input.received.size() == output.objects.size()) {
          PiScope received;
          for (std::size_t i = 0; i < input.received.size(); ++i) received[input.received[i]] = output.objects[i];
          b.next = output.next;
          for (PiStart start : input.next) {
            for (auto& [_, value] : start.scope) value = substituted(value, received);
            b.next.push_back(std::move(start));
          }
        }
        found.push_back(std::move(b));
      }
    }
    return found;
  }

  std::vector<PiBranch> called(const PiNode& n, const PiScope& scope) {
    if (++depth_ > calls_deep_max) throw PiTooLarge{n.span, true};
    const PiAgent& agent = code_.agents[n.agent];
    PiScope inside;
    for (std::size_t i = 0; i < agent.parameters.size(); ++i)
      inside[agent.parameters[i]] = substituted(n.values[i], scope);
    std::vector<PiBranch> found = run(agent.body, inside);
    --depth_;
    return found;
  }

  PiCode& code_;
  DeepStack& stack_;
  std::uint32_t depth_ = 0;
};

}  // namespace

std::vector<PiBranch> branches_of(PiCode& code, std::uint32_t node) {
  // A replication is a point that stays: what it does is what one copy does, and two copies meet like two processes.
  if (code.nodes[node].form == PiForm::replication) node = code.nodes[node].operands[0];
  // Calls and sums in one another are as deep as the script has them.
  DeepStack stack(std::size_t{64} << 20);
  std::vector<PiBranch> branches;
  stack.run([&] { branches = HeadNormalForm(code, stack).run(node, {}); });
  return branches;
}

}  // namespace tryst::emitter
