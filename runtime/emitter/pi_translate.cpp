#include "runtime/emitter/pi_translate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "frontend/pi/resolver.hpp"

namespace tryst::emitter {

namespace {

using pi::ProcKind;
using pi::SortKind;

constexpr std::size_t text_max = 110;

class Translation {
 public:
  Translation(const pi::Script& script, const SourceSet& sources, pi::ProcId process)
      : script_(script),
        sources_(sources),
        sorts_(pi::sorts_within(script, process)),
        agents_(script.symbols.size(), none) {
    code_.nodes.push_back({});  // 0: nil
    for (const auto& [symbol, carries] : sorts_.free_names) add_free_name(symbol, carries);
    std::ranges::sort(code_.free_names, {}, &PiFreeName::name);
    number_free_names();
    code_.initial = build(process);
    for (std::size_t a = 0; a < code_.agents.size(); ++a) define(static_cast<std::uint32_t>(a));
    operand_text_ = text_of(script.procs[process].span);
  }

  PiCode run() {
    find_forms();
    name_machines();
    reach(code_.initial);
    for (std::size_t p = 0; p < code_.points.size(); ++p) complete(static_cast<std::uint32_t>(p));
    add_members();
    return std::move(code_);
  }

 private:
  static constexpr std::uint32_t nil = 0;

  // --- names in scope

  void add_free_name(pi::Symbol symbol, const std::optional<std::vector<SortKind>>& carries) {
    const std::string name(script_.symbols.text(symbol));
    code_.free_names.push_back({name, {}, carries.has_value(), carries.value_or(std::vector<SortKind>())});
  }

  void number_free_names() {
    Identifiers identifiers;
    for (const char* method : {"anything", "other"}) identifiers.distinct(method);  // of hooks
    for (PiFreeName& free : code_.free_names) free.identifier = identifiers.distinct(identifier(free.name));
  }

  std::uint32_t bind(pi::Symbol symbol, SortKind kind) {
    code_.variables.push_back({std::string(script_.symbols.text(symbol)), kind});
    const auto v = static_cast<std::uint32_t>(code_.variables.size() - 1);
    scope_.emplace_back(symbol, v);
    return v;
  }

  PiValue value(pi::Symbol symbol) const {
    for (auto at = scope_.rbegin(); at != scope_.rend(); ++at) {
      if (at->first != symbol) continue;
      const SortKind kind = code_.variables[at->second].kind;
      if (kind == SortKind::integer) return {kind, none, 0, {{at->second, 1}}};
      return {kind, at->second, 0, {}};
    }
    const std::string_view text = script_.symbols.text(symbol);
    if (pi::is_truth_value(text)) return {SortKind::boolean, none, text == "true", {}};
    const auto at = std::ranges::find(code_.free_names, text, &PiFreeName::name);
    return {SortKind::name, none, at - code_.free_names.begin() + 1, {}};
  }

  PiValue value(const pi::NameUse& use) const {
    if (use.sum.count == 0) return value(use.symbol);
    PiValue result{SortKind::integer, none, 0, {}};
    std::int64_t factors = 0;
    for (const pi::Summand& each : script_.summands[use.sum]) {
      const std::int64_t sign = each.negative ? -1 : 1;
      if (each.symbol == no_id<pi::Symbol>) {
        result.constant += sign * each.number;
        continue;
      }
      if (++factors > factors_max) throw PiTooLarge{use.span, false};
      const PiValue added = value(each.symbol);
      for (const auto& [variable, factor] : added.sum) {
        result = sum(result, {SortKind::integer, none, 0, {{variable, sign * factor}}});
      }
    }
    return result;
  }

  static PiValue sum(PiValue a, const PiValue& b) {
    a.constant += b.constant;
    for (const auto& [variable, factor] : b.sum) {
      const auto at = std::ranges::lower_bound(a.sum, variable, {}, &std::pair<std::uint32_t, std::int64_t>::first);
      if (at == a.sum.end() || at->first != variable)
        a.sum.insert(at, {variable, factor});
      else if ((at->second += factor) == 0)
        a.sum.erase(at);
    }
    return a;
  }

  std::vector<PiValue> values(std::span<const pi::NameUse> uses) const {
    std::vector<PiValue> all;
    for (const pi::NameUse& use : uses) all.push_back(value(use));
    return all;
  }

  // --- nodes

  std::uint32_t add(PiNode node) {
    std::vector<std::uint32_t> free;
    const auto use = [&](std::uint32_t v) {
      if (v != none && std::ranges::find(free, v) == free.end()) free.push_back(v);
    };
    for (const PiValue& v : node.values) {
      use(v.variable);
      for (const auto& [variable, _] : v.sum) use(variable);
    }
    for (const std::uint32_t operand : node.operands)
      for (const std::uint32_t v : code_.nodes[operand].free)
        if (std::ranges::find(node.variables, v) == node.variables.end()) use(v);
    node.free = std::move(free);
    code_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(code_.nodes.size() - 1);
  }

  Span prefix_span(pi::ProcId p) const {
    return {script_.procs[p].span.begin, script_.procs[script_.operand(p)].span.begin};
  }

  std::uint32_t build(pi::ProcId p) {
    const pi::Proc& proc = script_.procs[p];
    const auto uses = script_.names_of(p);
    PiNode node;
    node.span = proc.span;
    const std::size_t outer = scope_.size();
    switch (proc.kind) {
      case ProcKind::nil: return nil;
      case ProcKind::paren: return build(script_.operand(p));
      case ProcKind::tau: node.form = PiForm::silent; break;
      case ProcKind::input: {
        node.form = PiForm::receive;
        node.values.push_back(value(uses[0]));
        const std::vector<SortKind>& kinds = sorts_.received[index(p)];
        for (std::size_t i = 1; i < uses.size(); ++i)
          node.variables.push_back(bind(uses[i].symbol, kinds.empty() ? SortKind::name : kinds[i - 1]));
        note_arity(uses.size() - 1);
        break;
      }
      case ProcKind::output:
        node.form = PiForm::send;
        node.values = values(uses);
        note_arity(uses.size() - 1);
        break;
      case ProcKind::match:
      case ProcKind::mismatch:
      case ProcKind::less:
      case ProcKind::at_most:
      case ProcKind::greater:
      case ProcKind::at_least: return comparison(proc.kind, values(uses), build(script_.operand(p)), proc.span);
      case ProcKind::restriction: {
        for (const pi::NameUse& use : uses) node.variables.push_back(bind(use.symbol, SortKind::name));
        const std::uint32_t inside = build(script_.operand(p));
        scope_.resize(outer);
        return restriction(std::move(node.variables), inside, proc.span);
      }
      case ProcKind::replication: return replication(build(script_.operand(p)), proc.span);
      case ProcKind::call:
        node.form = PiForm::call;
        node.values = values(uses.subspan(1));
        node.agent = agent(uses[0].symbol);
        return add(std::move(node));
      case ProcKind::parallel:
      case ProcKind::sum: {
        std::vector<std::uint32_t> parts;
        for (const pi::ProcId operand : script_.operands_of(p)) parts.push_back(build(operand));
        return combination(proc.kind == ProcKind::parallel ? PiForm::parallel : PiForm::sum, parts, proc.span);
      }
    }
    node.span = proc.span;
    node.operands.push_back(build(script_.operand(p)));
    scope_.resize(outer);
    return add(std::move(node));
  }

  void note_arity(std::size_t n) { code_.arity_max = std::max(code_.arity_max, static_cast<std::uint32_t>(n)); }

  std::uint32_t comparison(ProcKind kind, std::vector<PiValue> values, std::uint32_t next, Span span) {
    if (next == nil) return nil;
    if (const auto known = decided(kind, values[0], values[1])) return *known ? next : nil;
    PiNode node;
    node.form = PiForm::compare;
    node.comparison = kind;
    node.values = std::move(values);
    node.operands = {next};
    node.span = span;
    return add(std::move(node));
  }

  std::uint32_t restriction(std::vector<std::uint32_t> variables, std::uint32_t next, Span span) {
    std::erase_if(variables, [&](std::uint32_t v) {
      return std::ranges::find(code_.nodes[next].free, v) == code_.nodes[next].free.end();
    });
    if (variables.empty()) return next;
    PiNode node;
    node.form = PiForm::restriction;
    node.variables = std::move(variables);
    node.operands = {next};
    node.span = span;
    return add(std::move(node));
  }

  // !!P is !P; !(P | Q) and !(P + Q) are !P | !Q.
  std::uint32_t replication(std::uint32_t next, Span span) {
    const PiNode n = code_.nodes[next];
    if (n.form == PiForm::nil || n.form == PiForm::replication) return next;
    if (n.form == PiForm::parallel || n.form == PiForm::sum) {
      std::vector<std::uint32_t> parts;
      for (const std::uint32_t part : n.operands) parts.push_back(replication(part, span));
      return combination(PiForm::parallel, parts, span);
    }
    PiNode node;
    node.form = PiForm::replication;
    node.operands = {next};
    node.span = span;
    return add(std::move(node));
  }

  std::uint32_t combination(PiForm form, const std::vector<std::uint32_t>& parts, Span span) {
    PiNode node;
    node.form = form;
    node.span = span;
    for (const std::uint32_t part : parts) {
      const PiNode& n = code_.nodes[part];
      if (n.form == form)
        node.operands.insert(node.operands.end(), n.operands.begin(), n.operands.end());
      else if (n.form != PiForm::nil)
        node.operands.push_back(part);
    }
    if (node.operands.empty()) return nil;
    if (node.operands.size() == 1) return node.operands[0];
    return add(std::move(node));
  }

  // --- agents

  std::uint32_t agent(pi::Symbol symbol) {
    if (agents_[index(symbol)] == none) {
      agents_[index(symbol)] = static_cast<std::uint32_t>(code_.agents.size());
      code_.agents.push_back({std::string(script_.symbols.text(symbol)), {}, {}, none, none, {}, false});
      definitions_.push_back(pi::find_definition(script_, symbol));
    }
    return agents_[index(symbol)];
  }

  void define(std::uint32_t a) {
    const pi::DefinitionId id = definitions_[a];
    const pi::Definition& definition = script_.definitions[id];
    scope_.clear();
    std::vector<std::uint32_t> parameters;
    const auto uses = script_.names[definition.parameters];
    for (std::size_t i = 0; i < uses.size(); ++i)
      parameters.push_back(bind(uses[i].symbol, sorts_.parameters[index(id)][i]));
    const std::uint32_t body = build(definition.body);
    code_.agents[a].parameters = std::move(parameters);
    code_.agents[a].body = body;
    code_.agents[a].text = text_of(definition.span);
    scope_.clear();
  }

  void find_forms() {
    for (PiAgent& agent : code_.agents) switch (code_.nodes[agent.body].form) {
        case PiForm::silent:
        case PiForm::receive:
        case PiForm::send:
        case PiForm::compare:
        case PiForm::sum: agent.is_state = true; break;
        default: break;
      }
  }

  void name_machines() {
    Identifiers identifiers = names_for_processes();
    for (PiAgent& agent : code_.agents) {
      agent.identifier = identifiers.distinct(identifier(agent.name));
      agent.machine = static_cast<std::uint32_t>(code_.machines.size());
      code_.machines.push_back({agent.name, agent.identifier, agent.text, {}, {}, {}});
      own(agent.body, agent.machine);
    }
    code_.machines.push_back({"the process", identifiers.distinct("Process"), operand_text_, {}, {}, {}});
    own(code_.initial, static_cast<std::uint32_t>(code_.machines.size() - 1));
  }

  void own(std::uint32_t node, std::uint32_t machine) {
    owner_.resize(code_.nodes.size(), none);
    std::vector<std::uint32_t> pending{node};
    while (!pending.empty()) {
      const std::uint32_t n = pending.back();
      pending.pop_back();
      owner_[n] = machine;
      for (const std::uint32_t operand : code_.nodes[n].operands) pending.push_back(operand);
    }
  }

  // --- points

  // All points at which something may be when the node is started.
  void reach(std::uint32_t node) {
    std::vector<std::uint32_t> pending{node};
    while (!pending.empty()) {
      const std::uint32_t at = pending.back();
      pending.pop_back();
      if (!started_.insert(at).second) continue;
      const PiNode& n = code_.nodes[at];
      switch (n.form) {
        case PiForm::nil: break;
        case PiForm::parallel:
        case PiForm::restriction: pending.insert(pending.end(), n.operands.rbegin(), n.operands.rend()); break;
        case PiForm::compare:
          // A condition that holds is gone; one on names that does not stays, as in the model.
          if (n.comparison != ProcKind::mismatch || n.values[0].kind != SortKind::name)
            pending.push_back(n.operands[0]);
          if (n.values[0].kind == SortKind::name) add_point(at);
          break;
        case PiForm::replication:
          add_point(at);
          pending.push_back(n.operands[0]);
          break;
        case PiForm::call: {
          const PiAgent& agent = code_.agents[n.agent];
          if (agent.is_state)
            add_agent_point(n.agent);
          else
            pending.push_back(agent.body);
          break;
        }
        default: add_point(at); break;
      }
    }
  }

  void add_point(std::uint32_t node) {
    if (!code_.point_of.try_emplace(node, static_cast<std::uint32_t>(code_.points.size())).second) return;
    const PiNode& n = code_.nodes[node];
    const bool lasts = n.form == PiForm::replication;
    add({node, owner_[node], {}, {}, place_of(n.span), text_of(n.span), n.free, false, lasts, {}});
  }

  // The point of an agent has all its parameters, whether they are used or not.
  void add_agent_point(std::uint32_t a) {
    const PiAgent& agent = code_.agents[a];
    if (!agent_points_.insert(a).second) return;
    const PiNode& n = code_.nodes[agent.body];
    add({agent.body, agent.machine, {}, {}, place_of(n.span), agent.text, agent.parameters, true, false, {}});
    code_.agent_point[a] = static_cast<std::uint32_t>(code_.points.size() - 1);
  }

  void add(PiPoint point) {
    PiMachine& machine = code_.machines[point.machine];
    const std::size_t number = machine.points.size() + 1;
    const bool is_first = point.is_agent;
    point.name = is_first ? machine.name : machine.name + ", step " + std::to_string(number);
    point.identifier = is_first ? machine.identifier : machine.identifier + "_" + std::to_string(number);
    machine.points.push_back(static_cast<std::uint32_t>(code_.points.size()));
    code_.points.push_back(std::move(point));
  }

  void complete(std::uint32_t p) {
    std::vector<PiBranch> branches = branches_of(code_, code_.points[p].node);
    for (const PiBranch& b : branches)
      for (const PiStart& start : b.next) reach(start.node);
    code_.points[p].branches = std::move(branches);
  }

  void add_members() {
    std::vector<Identifiers> identifiers(code_.machines.size(), names_for_processes());
    for (std::size_t m = 0; m < code_.machines.size(); ++m) identifiers[m].distinct(code_.machines[m].identifier);
    for (const SortKind kind : {SortKind::integer, SortKind::name, SortKind::boolean}) {
      for (std::size_t m = 0; m < code_.machines.size(); ++m) {
        PiMachine& machine = code_.machines[m];
        std::map<std::string, std::uint32_t> of_name;
        for (const std::uint32_t p : machine.points) {
          for (const std::uint32_t v : code_.points[p].members) {
            const PiVariable& variable = code_.variables[v];
            if (variable.kind != kind) continue;
            if (machine.member_of.contains(v)) continue;
            std::string name = variable.name;
            // Two variables of one point that are called alike, one inside the other: both are used.
            while (of_name.contains(name) && clashes(machine, of_name.at(name), v)) name += "'";
            const auto [at, is_new] = of_name.try_emplace(name, static_cast<std::uint32_t>(machine.members.size()));
            if (is_new) machine.members.push_back({identifiers[m].distinct(variable_identifier(variable.name)), kind});
            machine.member_of[v] = at->second;
          }
        }
      }
    }
  }

  // Whether a member keeps another variable at some point where this one is needed.
  bool clashes(const PiMachine& machine, std::uint32_t member, std::uint32_t variable) const {
    return std::ranges::any_of(machine.points, [&](std::uint32_t p) {
      const auto& members = code_.points[p].members;
      if (std::ranges::find(members, variable) == members.end()) return false;
      return std::ranges::any_of(members, [&](std::uint32_t other) {
        const auto at = machine.member_of.find(other);
        return other != variable && at != machine.member_of.end() && at->second == member;
      });
    });
  }

  // --- texts

  std::string text_of(Span span) const {
    std::string text;
    for (const char ch : sources_.text(span)) {
      const bool blank = ch == ' ' || ch == '\n' || ch == '\t' || ch == '\r';
      if (!blank)
        text += ch;
      else if (!text.empty() && text.back() != ' ')
        text += ' ';
    }
    if (text.size() > text_max) text.replace(text_max - 4, std::string::npos, " ...");
    return comment(text);
  }

  std::string place_of(Span span) const {
    const Location at = sources_.locate(span.begin);
    const std::string name(sources_.name(at.file));
    return name.substr(name.rfind('/') + 1) + ":" + std::to_string(at.line);
  }

  const pi::Script& script_;
  const SourceSet& sources_;
  const pi::Sorts sorts_;
  PiCode code_;
  std::vector<std::uint32_t> agents_;  // by symbol
  std::vector<pi::DefinitionId> definitions_;
  std::vector<std::pair<pi::Symbol, std::uint32_t>> scope_;
  std::vector<std::uint32_t> owner_;  // machine, by node
  std::set<std::uint32_t> started_;
  std::set<std::uint32_t> agent_points_;
  std::string operand_text_;
};

}  // namespace

Identifiers names_for_processes() {
  Identifiers names;
  for (const char* name :
       {"Each",          "Name",    "Next",    "Point",         "ProcessType", "Program",  "Word",    "booleans",
        "checked",       "copy",    "each",    "free_names",    "integers",    "mentions", "message", "moves",
        "names",         "next",    "numbers", "out",           "outside",     "padding",  "point",   "process_type",
        "process_types", "program", "sent",    "start_process", "type",        "types",    "word"})
    names.distinct(name);
  return names;
}

std::string variable_identifier(std::string_view name) {
  std::string result = identifier(name);
  // Functions are called like that.
  if (result.starts_with("at_") || result.starts_with("start_") || result.starts_with("points_"))
    result.insert(0, "n_");
  return result;
}

std::optional<PiCode> translate(const pi::Script& script, const SourceSet& sources, pi::ProcId process,
                                Diagnostics& diagnostics) {
  try {
    return Translation(script, sources, process).run();
  } catch (const PiTooLarge& error) {
    const auto report = [&](const char* code, std::string message, const char* label, const char* help) {
      diagnostics.report({code, Severity::error, std::move(message), error.span, label, {}, help});
    };
    if (error.deep)
      report("P0672", fmt::format("agents are called more than {} deep without a prefix in between", calls_deep_max),
             "the last of them", "a program would have to do all that in one step");
    else
      report("P0671", fmt::format("a state of the program would offer more than {} steps", branches_max), "here",
             "summands that are themselves parallel are written out: give them a silent step of their own");
    return std::nullopt;
  }
}

}  // namespace tryst::emitter
