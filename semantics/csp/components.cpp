#include "semantics/csp/components.hpp"

#include <fmt/core.h>

#include <map>

namespace tryst::csp {

namespace {

enum class Shape : std::uint8_t { leaf, unary, parallel };

Shape shape(Operator op) {
  switch (op) {
    case Operator::interleave:
    case Operator::parallel:
    case Operator::alphabetised:
    case Operator::link: return Shape::parallel;
    case Operator::hide:
    case Operator::project:
    case Operator::rename:
    case Operator::prioritise:
    case Operator::prioritise_po:
    case Operator::chase:
    case Operator::deter: return Shape::unary;
    default: return Shape::leaf;
  }
}

// A nameless process, by what it starts with.
std::string rendering(const Terms& terms, const TermView& term) {
  switch (term.op) {
    case Operator::stop: return "STOP";
    case Operator::skip: return "SKIP";
    case Operator::div: return "DIV";
    case Operator::run: return "RUN";
    case Operator::chaos: return "CHAOS";
    case Operator::prefix:
      return fmt::format("{}{} -> ...", terms.events().name(term.events[0]), term.events.size() > 1 ? ", ..." : "");
    case Operator::external_choice: return "... [] ...";
    case Operator::internal_choice: return "... |~| ...";
    case Operator::sliding_choice: return "... [> ...";
    case Operator::interrupt: return "... /\\ ...";
    case Operator::sequential: return "... ; ...";
    case Operator::exception: return "... [|..|> ...";
    case Operator::sync_external: return "... [+..+] ...";
    case Operator::sync_interrupt: return "... /+..+\\ ...";
    case Operator::trace_watchdog: return "trace_watchdog";
    case Operator::failure_watchdog: return "failure_watchdog";
    default: return "process";
  }
}

}  // namespace

Components::Components(Terms& terms, Unfolder& unfolder, ProcessId initial) : terms_(terms), unfolder_(unfolder) {
  build(initial, "", 0);
  number_equal_names();
}

// `name`: what the process is called where it is composed; it survives the unary operators.
std::uint32_t Components::build(ProcessId t, std::string name, std::size_t depth) {
  bool named_here = false;
  for (;;) {
    const TermView term = terms_[t];
    if (term.op == Operator::compressed) {
      t = term.operands[0];
    } else if (term.op == Operator::suspended) {
      const auto suspension = static_cast<SuspensionId>(term.payload);
      if (std::string own = unfolder_.name(suspension); !named_here && !own.empty()) {
        name = std::move(own);
        named_here = true;
      }
      t = unfolder_.unfold(suspension);
    } else {
      break;
    }
  }
  const TermView term = terms_[t];
  const auto node = static_cast<std::uint32_t>(nodes_.size());
  const auto component = static_cast<std::uint32_t>(names_.size());
  nodes_.push_back({term.op, {}, component, 1});
  const Shape kind = depth < depth_max ? shape(term.op) : Shape::leaf;
  if (kind == Shape::leaf) {
    names_.push_back(name.empty() ? rendering(terms_, term) : std::move(name));
    return node;
  }
  std::vector<std::uint32_t> children;
  for (const ProcessId operand : term.operands)
    children.push_back(build(operand, kind == Shape::unary ? name : std::string(), depth + 1));
  nodes_[node].children = std::move(children);
  nodes_[node].count = static_cast<std::uint32_t>(names_.size()) - component;
  return node;
}

// P, Q, P become P, Q, P #2: columns of a table must be told apart.
void Components::number_equal_names() {
  std::map<std::string, std::uint32_t> met;
  for (std::string& name : names_)
    if (const std::uint32_t n = ++met[name]; n > 1) name += fmt::format(" #{}", n);
}

}  // namespace tryst::csp
