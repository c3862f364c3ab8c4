#include "checker/pi/up_to.hpp"

#include <algorithm>
#include <iterator>

namespace tryst::pi {

namespace {

// Receptors that send to themselves would never end.
constexpr int receptions_max = 64;

// Whether the loose name is nothing but the subject of outputs of so many objects. Definitions are not looked into: a
// name that is an argument may become anything.
bool is_only_sent_to(const Terms& terms, TermId t, std::uint32_t name, std::uint32_t arity) {
  const Term& term = terms[t];
  if (term.loose <= name) return true;
  const auto names = terms.names(t);
  const bool sends = term.kind == TermKind::output && term.count == arity;
  for (std::size_t i = sends ? 1 : 0; i < names.size(); ++i)
    if (names[i] == bound_name(name)) return false;
  const bool binds = term.kind == TermKind::input || term.kind == TermKind::restriction;
  return std::ranges::all_of(terms.operands(t), [&](TermId below) {
    return is_only_sent_to(terms, below, name + (binds ? term.count : 0), arity);
  });
}

class ReceptorStep {
 public:
  ReceptorStep(Terms& terms, TermId fragment)
      : terms_(terms), names_(terms[fragment].count), parts_(terms.components(terms.operands(fragment)[0])) {}

  // The fragment after one output to a receptor.
  std::optional<TermId> run() {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (terms_[parts_[i]].kind != TermKind::replication) continue;
      const TermId input = terms_.operands(parts_[i])[0];
      if (terms_[input].kind != TermKind::input || !is_receptor(i, input)) continue;
      const Name subject = terms_.names(input)[0];
      const auto output = std::ranges::find_if(
          parts_, [&](TermId t) { return terms_[t].kind == TermKind::output && terms_.names(t)[0] == subject; });
      if (output != parts_.end()) return received(input, output);
    }
    return std::nullopt;
  }

 private:
  bool is_receptor(std::size_t replication, TermId input) const {
    const Name subject = terms_.names(input)[0];
    if (!is_bound(subject) || number(subject) >= names_) return false;
    const std::uint32_t b = number(subject), arity = terms_[input].count;
    if (!is_only_sent_to(terms_, terms_.operands(input)[0], b + arity, arity)) return false;
    for (std::size_t i = 0; i < parts_.size(); ++i)
      if (i != replication && !is_only_sent_to(terms_, parts_[i], b, arity)) return false;
    return true;
  }

  TermId received(TermId input, std::vector<TermId>::iterator output) {
    const auto names = terms_.names(*output);
    const std::vector<Name> objects(names.begin() + 1, names.end());
    const TermId copy = terms_.rename(terms_.operands(input)[0], {.loose_to = objects});
    std::vector<TermId> product = parts_;
    product[static_cast<std::size_t>(output - parts_.begin())] = terms_.operands(*output)[0];
    product.push_back(copy);
    return terms_.settle(terms_.restriction(names_, terms_.parallel(product)));
  }

  Terms& terms_;
  std::uint32_t names_;  // restricted: loose names 0.. of the parts
  std::vector<TermId> parts_;
};

TermId after_receptions(TermId t, Terms& terms) {
  for (int i = 0; i < receptions_max; ++i) {
    std::vector<TermId> parts = terms.components(t);
    const auto received = std::ranges::find_if(parts, [&](TermId& part) {
      if (terms[part].kind != TermKind::restriction) return false;
      const std::optional<TermId> next = ReceptorStep(terms, part).run();
      if (next) part = *next;
      return next.has_value();
    });
    if (received == parts.end()) break;
    t = terms.settle(terms.parallel(parts));
  }
  return t;
}

Situation of(const Situation& s, TermId left, TermId right, const Terms& terms) {
  Situation out = s;
  out.left = left;
  out.right = right;
  out.distinction.restrict_to(united(terms.free_names(left), terms.free_names(right)));
  return out;
}

}  // namespace

std::optional<Situation> without_shared(const Situation& s, const Equivalence& equivalence, Terms& terms) {
  if (s.stage != Stage::pair || equivalence.instantiation == Instantiation::ground) return std::nullopt;
  const std::vector<TermId> left = terms.components(s.left), right = terms.components(s.right);
  std::vector<TermId> only_left, only_right;
  std::ranges::set_difference(left, right, std::back_inserter(only_left));
  if (only_left.size() == left.size()) return std::nullopt;
  std::ranges::set_difference(right, left, std::back_inserter(only_right));
  return of(s, terms.parallel(only_left), terms.parallel(only_right), terms);
}

std::optional<Situation> after_receptions(const Situation& s, const Equivalence& equivalence, Terms& terms) {
  if (s.stage != Stage::pair || !equivalence.weak) return std::nullopt;
  const TermId left = after_receptions(s.left, terms), right = after_receptions(s.right, terms);
  if (left == s.left && right == s.right) return std::nullopt;
  return of(s, left, right, terms);
}

std::optional<Reduction> reduced(const Situation& s, const Equivalence& equivalence, Terms& terms) {
  const std::optional<Situation> received = after_receptions(s, equivalence, terms);
  const std::optional<Situation> rest = without_shared(received.value_or(s), equivalence, terms);
  if (rest) return Reduction{*rest, {true, received.has_value()}};
  if (received) return Reduction{*received, {false, true}};
  return std::nullopt;
}

}  // namespace tryst::pi
