#include "runtime/emitter/pi_cxx.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tryst::emitter {

std::string cxx_type(pi::SortKind kind) {
  switch (kind) {
    case pi::SortKind::integer: return "std::int64_t";
    case pi::SortKind::boolean: return "bool";
    default: return "Name";
  }
}

std::string PiCxx::operator()(const PiValue& value) {
  const auto variable = [&](std::uint32_t v) -> const std::string& {
    used_.insert(v);
    return identifiers_.at(v);
  };
  if (value.kind != pi::SortKind::integer) {
    if (value.variable != none) return variable(value.variable);
    if (value.kind == pi::SortKind::boolean) return value.constant != 0 ? "true" : "false";
    return "outside::" + code_.free_names[static_cast<std::size_t>(value.constant) - 1].identifier;
  }
  if (value.sum.empty()) return fmt::format("std::int64_t{{{}}}", value.constant);
  if (value.sum.size() == 1 && value.sum[0].second == 1 && value.constant == 0) return variable(value.sum[0].first);
  std::string text;
  for (const auto& [v, factor] : value.sum) {
    if (!text.empty())
      text += factor < 0 ? " - " : " + ";
    else if (factor < 0)
      text += "-";
    if (const std::int64_t times = std::abs(factor); times != 1) text += fmt::format("{} * ", times);
    text += variable(v);
  }
  if (value.constant != 0) text += fmt::format(" {} {}", value.constant < 0 ? "-" : "+", std::abs(value.constant));
  return "checked(" + text + ")";
}

std::string PiCxx::condition(pi::ProcKind comparison, const PiValue& left, const PiValue& right, bool by_visitor) {
  constexpr std::string_view signs[] = {"==", "!=", "<", "<=", ">", ">="};
  const auto sign = signs[static_cast<std::size_t>(comparison) - static_cast<std::size_t>(pi::ProcKind::match)];
  const std::string a = (*this)(left), b = (*this)(right);
  if (by_visitor && comparison == pi::ProcKind::match && left.kind == pi::SortKind::name)
    return fmt::format("each.same({}, {})", a, b);
  return fmt::format("{} {} {}", a, sign, b);
}

std::string PiCxx::conditions(const PiBranch& branch) {
  std::string text;
  for (const PiCondition& c : branch.conditions)
    text += (text.empty() ? "" : " && ") + condition(c.comparison, c.left, c.right, !c.meets);
  if (branch.impossible) text += text.empty() ? "each.never()" : " && each.never()";
  return text;
}

namespace {

// Text that is true exactly when the model has nothing more of a node; none: never.
class Mentioning {
 public:
  Mentioning(const PiCode& code, PiCxx& cxx) : code_(code), cxx_(cxx) {}

  void visit(std::uint32_t node, const std::string& under) {
    const PiNode& n = code_.nodes[node];
    if (n.form != PiForm::compare) {
      for (const PiValue& v : n.values) add(v, under);
      for (const std::uint32_t operand : n.operands) visit(operand, under);
      return;
    }
    const bool of_names = n.values[0].kind == pi::SortKind::name, known = is_known(n);
    if (of_names) {
      std::string here = under;
      if (known) here = both(here, different(n));
      if (const auto nothing = nil(n.operands[0])) here = both(here, "!(" + *nothing + ")");
      for (const PiValue& v : n.values) add(v, here);
    }
    std::string inside = under;
    if (known && (!of_names || n.comparison == pi::ProcKind::mismatch))
      inside = both(inside, cxx_.condition(n.comparison, n.values[0], n.values[1], false));
    visit(n.operands[0], inside);
  }

  std::vector<PiMention> found;

 private:
  static std::string both(const std::string& a, const std::string& b) {
    if (a.empty()) return b;
    return b == a ? a : a + " && " + b;
  }

  std::string different(const PiNode& n) {
    return cxx_.condition(pi::ProcKind::mismatch, n.values[0], n.values[1], false);
  }

  bool is_known(const PiNode& n) const {
    return std::ranges::all_of(n.values, [&](const PiValue& v) {
      return (v.variable == none || cxx_.has(v.variable)) &&
             std::ranges::all_of(v.sum, [&](const auto& term) { return cxx_.has(term.first); });
    });
  }

  std::optional<std::string> nil(std::uint32_t node) {
    const PiNode& n = code_.nodes[node];
    switch (n.form) {
      case PiForm::parallel:
      case PiForm::sum: {
        std::string all;
        for (const std::uint32_t operand : n.operands) {
          const auto one = nil(operand);
          if (!one) return std::nullopt;
          all += (all.empty() ? "(" : " && (") + *one + ")";
        }
        return all;
      }
      case PiForm::restriction:
      case PiForm::replication: return nil(n.operands[0]);
      case PiForm::compare: {
        const auto below = nil(n.operands[0]);
        if (!is_known(n)) return below;
        std::string own;
        if (n.values[0].kind != pi::SortKind::name)
          own = "!(" + cxx_.condition(n.comparison, n.values[0], n.values[1], false) + ")";
        else if (n.comparison == pi::ProcKind::mismatch)
          own = cxx_.condition(pi::ProcKind::match, n.values[0], n.values[1], false);
        else
          return below;
        return below ? own + " || " + *below : own;
      }
      default: return std::nullopt;
    }
  }

  void add(const PiValue& v, const std::string& condition) {
    if (v.kind != pi::SortKind::name || (v.variable != none && !cxx_.has(v.variable))) return;
    const std::string name = cxx_(v);
    if (!always_.contains(name) && condition.empty())
      always_.insert(name);
    else if (always_.contains(name))
      return;
    const auto at = std::ranges::find(found, condition, &PiMention::condition);
    if (at == found.end()) {
      found.push_back({condition, name});
    } else if (seen_.insert({condition, name}).second) {
      at->names += ", " + name;
    }
    seen_.insert({condition, name});
  }

  const PiCode& code_;
  PiCxx& cxx_;
  std::set<std::string> always_;
  std::set<std::pair<std::string, std::string>> seen_;
};

}  // namespace

std::vector<PiMention> mentions(const PiCode& code, const PiPoint& point, PiCxx& cxx) {
  if (point.is_agent) {
    std::string all;
    for (const std::uint32_t v : point.members)
      if (code.variables[v].kind == pi::SortKind::name) all += (all.empty() ? "" : ", ") + cxx.identifier(v);
    if (all.empty()) return {};
    return {{"", all}};
  }
  Mentioning mentioning(code, cxx);
  mentioning.visit(point.node, "");
  return std::move(mentioning.found);
}

}  // namespace tryst::emitter
