// Active calls and dead fragments: what settle() does to a term before it is a state.
#include <algorithm>

#include "semantics/budget.hpp"
#include "semantics/pi/term.hpp"

namespace tryst::pi {

namespace {

// Counts the unfoldings in progress.
class Depth {
 public:
  explicit Depth(std::uint32_t& depth) : depth_(depth) {
    if (depth_ >= unfolding_max)
      throw LimitReached{"more than " + std::to_string(unfolding_max) +
                         " definitions refer to one another without a prefix in between"};
    ++depth_;
  }
  ~Depth() { --depth_; }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;

 private:
  std::uint32_t& depth_;
};

}  // namespace

// A call of an agent that is a prefix, a sum or a match is a name for one sequential state: unfolding it would give
// that state two forms, since continuations mention the name.
bool Terms::stays_folded(TermId call) {
  switch (terms_[body(static_cast<AgentId>(terms_[call].count))].kind) {
    case TermKind::tau:
    case TermKind::input:
    case TermKind::output:
    case TermKind::match:
    case TermKind::mismatch:
    case TermKind::test:
    case TermKind::sum: return true;
    default: return false;
  }
}

TermId Terms::settle(TermId t) {
  if (index(t) < settled_.size() && settled_[index(t)] != no_id<TermId>) return settled_[index(t)];
  const TermId result = settled(t);
  if (settled_.size() < terms_.size()) settled_.resize(terms_.size(), no_id<TermId>);
  settled_[index(t)] = settled_[index(result)] = result;
  return result;
}

TermId Terms::settled(TermId t) {
  const Depth depth(unfolding_);
  switch (terms_[t].kind) {
    case TermKind::parallel: {
      std::vector<TermId> parts = components(t);
      for (TermId& part : parts) part = settle(part);
      return parallel(parts);
    }
    case TermKind::restriction: {
      const TermId before = operands(t)[0];
      const TermId inside = settle(before);
      const TermId fragments = inside == before ? t : restriction(terms_[t].count, inside);
      std::vector<TermId> parts = components(fragments);
      for (TermId& part : parts)
        if (garbage_ != Garbage::kept && terms_[part].kind == TermKind::restriction && is_dead(part))
          part = garbage_ == Garbage::dropped ? nil() : stuck_;
      return parallel(parts);
    }
    case TermKind::call: return stays_folded(t) ? t : settle(unfold(t));
    default: return t;
  }
}

const std::vector<Terms::Head>& Terms::heads(TermId t) {
  const auto known = heads_.find(t);
  if (known != heads_.end()) return known->second;
  const Depth depth(unfolding_);
  std::vector<Head> found;
  const auto add = [&](TermId part) {
    const std::vector<Head>& more = heads(part);
    found.insert(found.end(), more.begin(), more.end());
  };
  switch (terms_[t].kind) {
    case TermKind::nil:
    case TermKind::stuck: break;
    case TermKind::tau: found.push_back({TermKind::tau, {}}); break;
    case TermKind::input:
    case TermKind::output: found.push_back({terms_[t].kind, names(t)[0]}); break;
    case TermKind::call: add(unfold(t)); break;
    case TermKind::match:
    case TermKind::mismatch:
    case TermKind::test:
    case TermKind::sum: {
      for (const TermId part : std::vector(operands(t).begin(), operands(t).end())) add(part);
      break;
    }
    case TermKind::replication:
    case TermKind::parallel: {
      const std::vector<TermId> parts(operands(t).begin(), operands(t).end());
      for (const TermId part : parts) add(part);
      if (meet(parts, terms_[t].kind == TermKind::replication)) found.push_back({TermKind::tau, {}});
      break;
    }
    case TermKind::restriction: {
      const std::uint32_t count = terms_[t].count;
      for (Head head : heads(operands(t)[0])) {
        if (head.kind != TermKind::tau && is_bound(head.subject)) {
          if (number(head.subject) < count) continue;
          head.subject = bound_name(number(head.subject) - count);
        }
        found.push_back(head);
      }
      break;
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return heads_.emplace(t, std::move(found)).first->second;
}

// Whether an input and an output of two parts have one subject; with `copies`, of two copies of one part.
bool Terms::meet(std::span<const TermId> parts, bool copies) {
  std::vector<std::pair<Head, std::uint32_t>> all;  // with the number of the part
  for (std::uint32_t i = 0; i < parts.size(); ++i)
    for (const Head& head : heads(parts[i])) all.emplace_back(head, i);
  for (const auto& [input, i] : all)
    for (const auto& [output, j] : all)
      if (input.kind == TermKind::input && output.kind == TermKind::output && input.subject == output.subject &&
          (copies || i != j))
        return true;
  return false;
}

bool Terms::is_dead(TermId restriction) {
  const std::uint32_t count = terms_[restriction].count;
  const std::vector<TermId> parts = components(operands(restriction)[0]);
  const auto can_act_alone = [&](const Head& head) {
    return head.kind == TermKind::tau || !is_bound(head.subject) || number(head.subject) >= count;
  };
  for (const TermId part : parts)
    if (std::ranges::any_of(heads(part), can_act_alone)) return false;
  return !meet(parts, false);
}

}  // namespace tryst::pi
