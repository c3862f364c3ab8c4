#include "runtime/pi_replay.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace tryst::runtime::pi {

namespace {

// By number of the program, of a name that the state mentions: what the trace calls it.
using Naming = std::map<std::string, std::string, std::less<>>;

// The length of the name `_k` that stands at a place, 0: none does.
std::size_t fresh_name_at(std::string_view label, std::size_t at) {
  if (label[at] != '_' || (at > 0 && std::isalnum(static_cast<unsigned char>(label[at - 1])) != 0)) return 0;
  std::size_t end = at + 1;
  while (end < label.size() && std::isdigit(static_cast<unsigned char>(label[end])) != 0) ++end;
  return end == at + 1 ? 0 : end - at;
}

// Names them alike from now on, if they can be the same name.
bool identify(std::string_view own, std::string_view wanted, bool is_new, Naming& naming) {
  if (const auto known = naming.find(own); known != naming.end()) return known->second == wanted;
  const auto taken = std::ranges::find(naming, wanted, &Naming::value_type::second);
  if (taken != naming.end()) {
    if (!is_new) return false;
    naming.erase(taken);
  }
  naming.emplace(std::string(own), std::string(wanted));
  return true;
}

// Whether a label of the program is the wanted one; then the naming is extended.
bool is_same(std::string_view own, std::string_view wanted, Naming& naming) {
  const Naming before = naming;
  const bool is_late = wanted.find('(') != std::string_view::npos;
  const auto plain = [](char c) { return c == '(' ? '<' : c == ')' ? '>' : c; };
  std::size_t i = 0, j = 0;
  while (i < own.size() && j < wanted.size()) {
    const std::size_t length = fresh_name_at(own, i);
    const std::size_t its_length = fresh_name_at(wanted, j);
    if ((length == 0) != (its_length == 0)) return false;
    if (length == 0) {
      if (plain(own[i++]) != plain(wanted[j++])) return false;
      continue;
    }
    const bool is_channel = j == 0 || wanted[j - 1] == '\'';
    const bool is_new = !is_channel && (is_late || wanted[j - 1] == '^');
    if (is_new && before.contains(own.substr(i, length))) return false;
    if (!identify(own.substr(i, length), wanted.substr(j, its_length), is_new, naming)) return false;
    i += length;
    j += its_length;
  }
  return i == own.size() && j == wanted.size();
}

class Search {
 public:
  Search(const Program& program, std::span<const std::string> visible, std::size_t states_max)
      : program_(program), visible_(visible), states_(program, states_max) {}

  std::optional<std::vector<std::string>> run(bool to_deadlock) {
    add({0, 0, {}, 0, 0});
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const Place place = places_[i];
      const auto edges = states_.successors(place.state);
      if (place.position == visible_.size() && (!to_deadlock || edges.empty())) return labels_to(i);
      for (const auto& [label, target] : edges) {
        Naming naming = place.naming;
        const bool is_visible = label != 0;
        if (is_visible &&
            (place.position == visible_.size() || !is_same(states_.label(label), visible_[place.position], naming)))
          continue;
        forget(target, naming);
        add({target, place.position + (is_visible ? 1 : 0), std::move(naming), i, label});
      }
    }
    return std::nullopt;
  }

 private:
  struct Place {
    States::Id state;
    std::size_t position;
    Naming naming;
    std::size_t parent;
    std::uint32_t label;
  };

  void add(Place place) {
    if (met_.emplace(place.state, place.position, place.naming).second) places_.push_back(std::move(place));
  }

  // What a state does not mention may be called so anew.
  void forget(States::Id state, Naming& naming) {
    if (naming.empty()) return;
    std::vector<Name> mentioned;
    for (const Component& c : states_.soup(state)) {
      const ProcessType& type = program_.types[c.type];
      type.mentions(type.context, c.state(), mentioned);
    }
    std::set<std::string> texts;
    for (const Name n : mentioned)
      if (index(n) >= first_fresh && index(n) < first_restricted)
        texts.insert(std::string("_").append(std::to_string(index(n) - first_fresh)));
    std::erase_if(naming, [&](const auto& pair) { return !texts.contains(pair.first); });
  }

  std::vector<std::string> labels_to(std::size_t place) const {
    std::vector<std::string> labels;
    for (; place != 0; place = places_[place].parent) labels.push_back(states_.label(places_[place].label));
    std::ranges::reverse(labels);
    return labels;
  }

  const Program& program_;
  const std::span<const std::string> visible_;
  States states_;
  std::vector<Place> places_;
  std::set<std::tuple<States::Id, std::size_t, Naming>> met_;
};

}  // namespace

std::optional<std::vector<std::string>> find_run(const Program& program, std::span<const std::string> visible,
                                                 bool to_deadlock, std::size_t states_max) {
  return Search(program, visible, states_max).run(to_deadlock);
}

}  // namespace tryst::runtime::pi
