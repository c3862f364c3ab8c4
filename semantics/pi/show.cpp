// Terms in the syntax of the language, with names chosen for what is bound.
#include "semantics/pi/term.hpp"

namespace tryst::pi {

namespace {

// Binders are named x0', x1' ... by their depth; the language allows a prime only there, so no constant has such a
// name.
class Printer {
 public:
  explicit Printer(const Terms& terms) : terms_(terms) {}

  std::string text(TermId t) { return product(t); }

 private:
  std::string name(Name n) const {
    if (is_sum(n)) return text_of(terms_.integers().sum_of(n), [this](Name variable) { return name(variable); });
    if (!is_bound(n)) return terms_.text(n);
    const std::size_t loose = number(n);
    if (loose < bound_.size()) return bound_[bound_.size() - 1 - loose];
    return "?" + std::to_string(loose - bound_.size());
  }

  std::string list(std::span<const Name> names) const {
    std::string out;
    for (const Name n : names) out += (out.empty() ? "" : ",") + name(n);
    return out;
  }

  // Opens a binder of `count` names, gives the list of them, and leaves them open.
  std::string bind(std::uint32_t count) {
    std::string out;
    std::vector<std::string> added;
    for (std::uint32_t i = 0; i < count; ++i) {
      added.push_back("x" + std::to_string(bound_.size() + i) + "'");
      out += (i == 0 ? "" : ",") + added.back();
    }
    bound_.insert(bound_.end(), added.rbegin(), added.rend());  // the first name is number 0
    return out;
  }

  std::string product(TermId t) {
    const TermKind kind = terms_[t].kind;
    if (kind != TermKind::parallel && kind != TermKind::sum) return prefixed(t);
    std::string out;
    for (const TermId part : terms_.operands(t))
      out += (out.empty() ? "" : kind == TermKind::sum ? " + " : " | ") + prefixed(part);
    return out;
  }

  std::string prefixed(TermId t) {
    const Term& term = terms_[t];
    const auto names = terms_.names(t);
    switch (term.kind) {
      case TermKind::nil: return "0";
      case TermKind::stuck: return "(^x)x.0";
      case TermKind::tau: return "t." + below(t, 0);
      case TermKind::input: {
        const std::string subject = name(names[0]);
        const std::string parameters = bind(term.count);
        return subject + (term.count == 0 ? "" : "(" + parameters + ")") + "." + below(t, term.count);
      }
      case TermKind::output:
        return "'" + name(names[0]) + (term.count == 0 ? "" : "<" + list(names.subspan(1)) + ">") + "." + below(t, 0);
      case TermKind::match: return "[" + name(names[0]) + "=" + name(names[1]) + "]" + below(t, 0);
      case TermKind::mismatch: return "[" + name(names[0]) + "#" + name(names[1]) + "]" + below(t, 0);
      case TermKind::test: {
        const Test test{names[0], static_cast<TestKind>(term.count)};
        return "[" + text_of(test, terms_.integers(), [this](Name variable) { return name(variable); }) + "]" +
               below(t, 0);
      }
      case TermKind::restriction: {
        const std::string binder = bind(term.count);
        return "(^" + binder + ")" + below(t, term.count);
      }
      case TermKind::replication: return "!" + below(t, 0);
      case TermKind::call: {
        const std::string agent(terms_.agent_name(static_cast<AgentId>(term.count)));
        return names.empty() ? agent : agent + "(" + list(names) + ")";
      }
      case TermKind::parallel:
      case TermKind::sum: return "(" + product(t) + ")";
    }
    return "0";
  }

  // The operand, and the end of the `opened` names around it.
  std::string below(TermId t, std::uint32_t opened) {
    std::string out = prefixed(terms_.operands(t)[0]);
    bound_.resize(bound_.size() - opened);
    return out;
  }

  const Terms& terms_;
  std::vector<std::string> bound_;  // by depth, innermost last
};

}  // namespace

std::string Terms::show(TermId t) const { return Printer(*this).text(t); }

}  // namespace tryst::pi
