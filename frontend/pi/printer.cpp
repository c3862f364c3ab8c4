#include "frontend/pi/printer.hpp"

#include <algorithm>

namespace tryst::pi {

namespace {

class Printer {
 public:
  explicit Printer(const Script& script) : script_(script) {}

  std::string item(const Item& item) {
    out_.clear();
    if (item.is_command)
      command(script_.commands[static_cast<CommandId>(item.index)]);
    else
      definition(script_.definitions[static_cast<DefinitionId>(item.index)]);
    return std::move(out_);
  }

  std::string process(ProcId p) {
    out_.clear();
    visit(p);
    return std::move(out_);
  }

 private:
  void names(std::span<const NameUse> uses, std::string_view open, std::string_view close) {
    out_ += open;
    for (std::size_t i = 0; i < uses.size(); ++i) {
      if (i > 0) out_ += ',';
      use(uses[i]);
    }
    out_ += close;
  }

  void use(const NameUse& use) {
    if (use.sum.count == 0) {
      out_ += script_.text(use);
      return;
    }
    bool is_first = true;
    for (const Summand& each : script_.summands[use.sum]) {
      if (each.negative || !is_first) out_ += each.negative ? '-' : '+';
      out_ +=
          each.symbol == no_id<Symbol> ? std::to_string(each.number) : std::string(script_.symbols.text(each.symbol));
      is_first = false;
    }
  }

  void list(std::span<const NameUse> uses, std::string_view open, std::string_view close) {
    if (!uses.empty()) names(uses, open, close);
  }

  void definition(const Definition& definition) {
    out_ += "agent ";
    out_ += script_.text(definition.agent);
    list(script_.names[definition.parameters], "(", ")");
    out_ += " = ";
    visit(definition.body);
  }

  void command(const Command& command) {
    if (command.is_assertion) return assertion(command);
    switch (command.kind) {
      case CommandKind::equivalent: out_ += command.weak ? "weq" : "eq"; break;
      case CommandKind::deadlock_free: out_ += "deadlocks"; break;
      case CommandKind::size: out_ += "size"; break;
      case CommandKind::sort: out_ += "sort"; break;
      case CommandKind::step: out_ += "step"; break;
    }
    if (command.has_distinction) names(script_.names[command.distinct], "d (", ")");
    out_ += ' ';
    visit(command.left);
    if (command.kind != CommandKind::equivalent) return;
    out_ += ' ';
    visit(command.right);
  }

  void assertion(const Command& command) {
    out_ += command.negated ? "assert not " : "assert ";
    visit(command.left);
    if (command.kind == CommandKind::deadlock_free) {
      out_ += " deadlock free";
      return;
    }
    out_ += " ~ ";
    visit(command.right);
    constexpr std::string_view styles[] = {"ground", "early", "late", "open"};
    out_ += command.weak ? " weak " : " strong ";
    out_ += styles[static_cast<std::size_t>(command.style)];
    if (command.has_distinction) out_ += " distinct";
    for (const NameUse& use : script_.names[command.distinct]) {
      out_ += ' ';
      out_ += script_.text(use);
    }
  }

  // The tree is at most depth_max deep.
  void visit(ProcId p) {
    const auto uses = script_.names_of(p);
    const auto operands = script_.operands_of(p);
    switch (script_.procs[p].kind) {
      case ProcKind::nil: out_ += '0'; return;
      case ProcKind::tau: out_ += "t."; break;
      case ProcKind::input:
        out_ += script_.text(uses[0]);
        list(uses.subspan(1), "(", ")");
        out_ += '.';
        break;
      case ProcKind::output:
        out_ += '\'';
        out_ += script_.text(uses[0]);
        list(uses.subspan(1), "<", ">");
        out_ += '.';
        break;
      case ProcKind::match: condition(uses, "="); break;
      case ProcKind::mismatch: condition(uses, "#"); break;
      case ProcKind::less: condition(uses, " < "); break;
      case ProcKind::at_most: condition(uses, " <= "); break;
      case ProcKind::greater: condition(uses, " > "); break;
      case ProcKind::at_least: condition(uses, " >= "); break;
      case ProcKind::restriction: names(uses, "(^", ")"); break;
      case ProcKind::replication: out_ += '!'; break;
      case ProcKind::call:
        out_ += script_.text(uses[0]);
        list(uses.subspan(1), "(", ")");
        return;
      case ProcKind::paren: out_ += '('; break;
      case ProcKind::parallel:
      case ProcKind::sum: return infix(operands, script_.procs[p].kind == ProcKind::sum ? " + " : " | ");
    }
    visit(operands[0]);
    if (script_.procs[p].kind == ProcKind::paren) out_ += ')';
  }

  void condition(std::span<const NameUse> uses, std::string_view sign) {
    out_ += '[';
    use(uses[0]);
    out_ += sign;
    use(uses[1]);
    out_ += ']';
  }

  void infix(std::span<const ProcId> operands, std::string_view sign) {
    for (std::size_t i = 0; i < operands.size(); ++i) {
      if (i > 0) out_ += sign;
      visit(operands[i]);
    }
  }

  const Script& script_;
  std::string out_;
};

Span span_of(const Script& script, const Item& item) {
  return item.is_command ? script.commands[static_cast<CommandId>(item.index)].span
                         : script.definitions[static_cast<DefinitionId>(item.index)].span;
}

}  // namespace

std::string print(const Script& script) {
  std::string out;
  for (const Item& item : script.items) out += Printer(script).item(item) + "\n";
  return out;
}

std::string print(const Script& script, ProcId p) { return Printer(script).process(p); }

std::string print(const Script& script, CommandId command) { return Printer(script).item({true, index(command)}); }

std::string format(const Script& script, const SourceSet& sources) {
  std::string out;
  auto comment = script.comments.begin();
  const auto comments_before = [&](std::uint32_t end) {
    for (; comment != script.comments.end() && comment->begin < end; ++comment)
      out += std::string(sources.text(*comment)) + "\n";
  };
  for (const Item& item : script.items) {
    comments_before(span_of(script, item).end);
    out += Printer(script).item(item) + "\n";
  }
  comments_before(Span::nowhere);
  return out;
}

// Every syntactic difference shows in the canonical text, so two trees are the same if their texts are.
bool same_tree(const Script& a, const Script& b) { return print(a) == print(b); }

}  // namespace tryst::pi
