#include "semantics/relabelling.hpp"

namespace tryst {

namespace {

// Whether a channel's name can end before this character.
bool ends_channel(char ch) { return ch == '.' || ch == '(' || ch == '<' || ch == ' '; }

}  // namespace

bool Relabelling::rename(std::string from, std::string to) {
  return renamed_.try_emplace(std::move(from), Rule{std::move(to)}).second;
}

void Relabelling::hide(std::string label) { hidden_.try_emplace(std::move(label)); }

Relabelling::Rules::iterator Relabelling::covering(Rules& rules, std::string_view name) {
  auto found = rules.find(name);
  for (std::size_t end = name.size(); found == rules.end() && end-- > 1;)
    if (ends_channel(name[end])) found = rules.find(name.substr(0, end));
  return found;
}

std::string Relabelling::apply(std::string_view name) {
  std::string renamed(name);
  if (const auto rule = covering(renamed_, name); rule != renamed_.end()) {
    rule->second.used = true;
    renamed = rule->second.to;
    if (!renamed.empty()) renamed += name.substr(rule->first.size());
  }
  const auto rule = covering(hidden_, renamed);
  if (renamed.empty() || rule == hidden_.end()) return renamed;
  rule->second.used = true;
  return "";
}

std::vector<std::string> Relabelling::unused() const {
  std::vector<std::string> labels;
  for (const Rules* rules : {&renamed_, &hidden_})
    for (const auto& [label, rule] : *rules)
      if (!rule.used) labels.push_back(label);
  return labels;
}

bool Relabelling::is_used(std::string_view label) const {
  for (const Rules* rules : {&renamed_, &hidden_})
    if (const auto rule = rules->find(label); rule != rules->end() && rule->second.used) return true;
  return false;
}

Lts relabelled(const Lts& lts, Relabelling& relabelling, Budget& budget) {
  EventNames events;
  std::vector<EventId> renamed{tau, tick};
  for (std::size_t e = 2; e < lts.events().size(); ++e) {
    const std::string name = relabelling.apply(lts.events().name(static_cast<EventId>(e)));
    renamed.push_back(name.empty() ? tau : events.intern(name));
  }
  std::vector<Lts::Edge> edges;
  edges.reserve(lts.transition_count());
  std::vector<StateId> terminated;
  for (std::uint32_t i = 0; i < lts.state_count(); ++i) {
    budget.poll();
    const StateId s = static_cast<StateId>(i);
    if (lts.is_terminated(s)) terminated.push_back(s);
    for (const Transition& t : lts.transitions(s)) edges.push_back({s, renamed[index(t.event)], t.target});
  }
  return Lts(lts.state_count(), lts.initial(), std::move(edges), std::move(events), std::move(terminated));
}

}  // namespace tryst
