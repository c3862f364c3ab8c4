#include "runtime/emitter/pi_model.hpp"

#include <algorithm>
#include <optional>

namespace tryst::emitter {

namespace {

using runtime::pi::Action;
using runtime::pi::checked;
using runtime::pi::Name;
using runtime::pi::Next;
using runtime::pi::Offer;
using runtime::pi::Word;
using Values = std::map<std::uint32_t, Word>;  // by variable

class Interpreter {
 public:
  explicit Interpreter(const PiCode& code) : code_(code) {}

  Word evaluate(const PiValue& value, const Values& values) const {
    if (value.kind != pi::SortKind::integer) return value.variable == none ? value.constant : values.at(value.variable);
    Word result = value.constant;
    for (const auto& [variable, factor] : value.sum) result += factor * values.at(variable);
    return checked(result);
  }

  bool holds(pi::ProcKind comparison, Word left, Word right) const {
    switch (comparison) {
      case pi::ProcKind::match: return left == right;
      case pi::ProcKind::mismatch: return left != right;
      case pi::ProcKind::less: return left < right;
      case pi::ProcKind::at_most: return left <= right;
      case pi::ProcKind::greater: return left > right;
      default: return left >= right;
    }
  }

  bool holds(const PiCondition& c, const Values& values, bool all) const {
    if (all && c.comparison == pi::ProcKind::match && c.left.kind == pi::SortKind::name && !c.meets) return true;
    return holds(c.comparison, evaluate(c.left, values), evaluate(c.right, values));
  }

  bool is_open(const PiBranch& b, const Values& values, bool all) const {
    return (all || !b.impossible) &&
           std::ranges::all_of(b.conditions, [&](const PiCondition& c) { return holds(c, values, all); });
  }

  // --- states

  Values values_of(const PiPoint& point, const std::byte* state) const {
    const PiMachine& machine = code_.machines[point.machine];
    Values values;
    for (const std::uint32_t v : point.members) {
      Word word = 0;
      const std::uint32_t m = machine.member_of.at(v);
      const auto [place, size] = place_of(machine, m);
      if (size == 4) {
        std::uint32_t name;
        std::memcpy(&name, state + place, 4);
        word = name;
      } else {
        std::memcpy(&word, state + place, size);
      }
      values[v] = word;
    }
    return values;
  }

  void go(std::uint32_t p, const std::vector<Word>& words, Next& next) const {
    const PiPoint& point = code_.points[p];
    const PiMachine& machine = code_.machines[point.machine];
    const std::uint32_t numbers = machine.count(pi::SortKind::integer);
    const std::uint32_t names = machine.count(pi::SortKind::name);
    const std::uint32_t booleans = machine.count(pi::SortKind::boolean);
    const runtime::pi::ProcessType shape{nullptr, numbers, names,   booleans, {},
                                         nullptr, nullptr, nullptr, nullptr,  nullptr};
    std::vector<std::byte> state(shape.size());
    const auto in_machine = static_cast<std::uint32_t>(std::ranges::find(machine.points, p) - machine.points.begin());
    std::memcpy(state.data() + shape.point_place(), &in_machine, 4);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto [place, size] = place_of(machine, machine.member_of.at(point.members[i]));
      std::memcpy(state.data() + place, &words[i], size);  // little endian
    }
    next.go(point.machine, state.data(), state.size());
  }

  // --- what comes after a step

  void start(std::uint32_t node, const Values& values, Next& next) const {
    const PiNode& n = code_.nodes[node];
    switch (n.form) {
      case PiForm::nil: return;
      case PiForm::parallel:
        for (const std::uint32_t operand : n.operands) start(operand, values, next);
        return;
      case PiForm::restriction: {
        Values inside = values;
        for (const std::uint32_t v : n.variables) inside[v] = index(next.fresh(code_.variables[v].name.c_str()));
        return start(n.operands[0], inside, next);
      }
      case PiForm::compare: {
        const bool is_true = holds(n.comparison, evaluate(n.values[0], values), evaluate(n.values[1], values));
        const bool of_names = n.values[0].kind == pi::SortKind::name;
        if (of_names && is_true == (n.comparison == pi::ProcKind::mismatch)) return go_to(node, values, next);
        if (is_true) start(n.operands[0], values, next);
        return;
      }
      case PiForm::call: {
        const PiAgent& agent = code_.agents[n.agent];
        std::vector<Word> arguments;
        for (const PiValue& v : n.values) arguments.push_back(evaluate(v, values));
        if (agent.is_state) return go(code_.agent_point.at(n.agent), arguments, next);
        Values inside;
        for (std::size_t i = 0; i < arguments.size(); ++i) inside[agent.parameters[i]] = arguments[i];
        return start(agent.body, inside, next);
      }
      default: return go_to(node, values, next);
    }
  }

  void fire(const PiPoint& point, Values values, std::uint32_t branch, Word* message, Next& next) const {
    for (const PiBranch& b : point.branches) {
      if (!is_open(b, values, false) || branch-- != 0) continue;
      for (std::size_t i = 0; i < b.received.size(); ++i) values[b.received[i]] = message[i];
      for (const std::uint32_t v : b.created) values[v] = index(next.fresh(code_.variables[v].name.c_str()));
      for (std::size_t i = 0; i < b.objects.size(); ++i) message[i] = evaluate(b.objects[i], values);
      for (const PiStart& s : b.next) {
        Values inside = values;
        for (const auto& [v, value] : s.scope) inside[v] = evaluate(value, values);
        start(s.node, inside, next);
      }
      return;
    }
  }

  // --- what the model's terms mention, see semantics/pi/term.hpp

  bool is_nil(std::uint32_t node, const Values& values) const {
    const PiNode& n = code_.nodes[node];
    switch (n.form) {
      case PiForm::nil: return true;
      case PiForm::parallel:
      case PiForm::sum: return std::ranges::all_of(n.operands, [&](std::uint32_t o) { return is_nil(o, values); });
      case PiForm::restriction:
      case PiForm::replication: return is_nil(n.operands[0], values);
      case PiForm::compare: {
        const auto known = comparison(n, values);
        if (n.values[0].kind == pi::SortKind::name) {
          if (n.comparison == pi::ProcKind::mismatch && known == false) return true;
        } else if (known == false) {
          return true;
        }
        return is_nil(n.operands[0], values);
      }
      default: return false;
    }
  }

  void mention(std::uint32_t node, const Values& values, std::vector<Name>& out) const {
    const PiNode& n = code_.nodes[node];
    if (n.form == PiForm::compare) {
      if (is_nil(node, values)) return;
      const auto known = comparison(n, values);
      const bool holds_equal = n.comparison == pi::ProcKind::match && known == true;
      if (n.values[0].kind == pi::SortKind::name && !holds_equal)
        for (const PiValue& v : n.values) mention(v, values, out);
    } else {
      for (const PiValue& v : n.values) mention(v, values, out);
    }
    for (const std::uint32_t operand : n.operands) mention(operand, values, out);
  }

 private:
  // Not known: a variable is bound inside.
  std::optional<bool> comparison(const PiNode& n, const Values& values) const {
    for (const PiValue& v : n.values) {
      if (v.variable != none && !values.contains(v.variable)) return unknown(n);
      for (const auto& [variable, _] : v.sum)
        if (!values.contains(variable)) return std::nullopt;
    }
    return holds(n.comparison, evaluate(n.values[0], values), evaluate(n.values[1], values));
  }

  // A name that is bound inside is none of those known; equal variables have been simplified away.
  static std::optional<bool> unknown(const PiNode& n) {
    if (n.values[0].kind != pi::SortKind::name) return std::nullopt;
    return n.comparison == pi::ProcKind::mismatch;
  }

  void mention(const PiValue& v, const Values& values, std::vector<Name>& out) const {
    if (v.kind != pi::SortKind::name) return;
    if (v.variable == none)
      out.push_back(Name{static_cast<std::uint32_t>(v.constant)});
    else if (const auto at = values.find(v.variable); at != values.end())
      out.push_back(runtime::pi::from_word<Name>(at->second));
  }

  void go_to(std::uint32_t node, const Values& values, Next& next) const {
    const std::uint32_t p = code_.point_of.at(node);
    std::vector<Word> words;
    for (const std::uint32_t v : code_.points[p].members) words.push_back(values.at(v));
    go(p, words, next);
  }

  // Of a member: where it is in a state, and its size.
  static std::pair<std::size_t, std::size_t> place_of(const PiMachine& machine, std::uint32_t member) {
    const std::uint32_t numbers = machine.count(pi::SortKind::integer), names = machine.count(pi::SortKind::name);
    if (member < numbers) return {8 * std::size_t{member}, 8};
    if (member < numbers + names) return {8 * std::size_t{numbers} + 4 + 4 * std::size_t{member - numbers}, 4};
    return {8 * std::size_t{numbers} + 4 + 4 * std::size_t{names} + (member - numbers - names), 1};
  }

  const PiCode& code_;
};

}  // namespace

InterpretedProgram::InterpretedProgram(const PiCode& code, std::vector<std::int64_t> integers, bool only_new_names)
    : code_(code), integers_(std::move(integers)) {
  for (std::uint32_t m = 0; m < code.machines.size(); ++m) {
    const PiMachine& machine = code.machines[m];
    machines_.push_back({&code, m});
    points_.emplace_back();
    for (const std::uint32_t p : machine.points) {
      texts_.push_back(code.points[p].name + ", " + code.points[p].place);
      points_.back().push_back({texts_.back().c_str(), code.points[p].lasts});
    }
    const auto point = [](const void* context, const std::byte* state) -> std::pair<const PiCode*, const PiPoint*> {
      const auto& [its_code, number] = *static_cast<const Machine*>(context);
      const PiMachine& its = its_code->machines[number];
      std::uint32_t at;
      std::memcpy(&at, state + 8 * std::size_t{its.count(pi::SortKind::integer)}, 4);
      return {its_code, &its_code->points[its.points[at]]};
    };
    static_assert(sizeof point == 1);  // has no state, so that what follows are functions
    types_.push_back(
        {machine.name.c_str(), machine.count(pi::SortKind::integer), machine.count(pi::SortKind::name),
         machine.count(pi::SortKind::boolean), points_.back(), &machines_.back(),
         [](const void* context, const std::byte* state, bool all, std::vector<Offer>& out) {
           const auto [c, p] = decltype(point)()(context, state);
           const Interpreter run(*c);
           const Values values = run.values_of(*p, state);
           std::uint32_t n = 0;
           for (const PiBranch& b : p->branches) {
             if (!run.is_open(b, values, all)) continue;
             const Name channel = b.action == Action::silent
                                      ? runtime::pi::no_name
                                      : runtime::pi::from_word<Name>(run.evaluate(b.subject, values));
             out.push_back({b.action, static_cast<std::uint16_t>(b.kinds.size()), n++, channel, b.kinds.data()});
           }
         },
         [](const void* context, const std::byte* state, std::uint32_t branch, Word* message, Next& next) {
           const auto [c, p] = decltype(point)()(context, state);
           const Interpreter run(*c);
           run.fire(*p, run.values_of(*p, state), branch, message, next);
         },
         [](const void* context, const std::byte* state, std::vector<Name>& out) {
           const auto [c, p] = decltype(point)()(context, state);
           const Interpreter run(*c);
           const Values values = run.values_of(*p, state);
           if (!p->is_agent) return run.mention(p->node, values, out);
           for (const auto& [v, w] : values)
             if (c->variables[v].kind == pi::SortKind::name) out.push_back(runtime::pi::from_word<Name>(w));
         },
         [](const void* context, const std::byte* state, Next& next) {
           const auto [c, p] = decltype(point)()(context, state);
           const Interpreter run(*c);
           if (p->lasts) run.start(c->nodes[p->node].operands[0], run.values_of(*p, state), next);
         }});
  }
  for (const PiFreeName& free : code.free_names) free_names_.push_back(free.name.c_str());
  program_ = {"model",
              types_,
              free_names_,
              integers_,
              only_new_names,
              &code,
              [](const void* context, Next& next) {
                const auto& its = *static_cast<const PiCode*>(context);
                Interpreter(its).start(its.initial, {}, next);
              },
              code.arity_max};
}

}  // namespace tryst::emitter
