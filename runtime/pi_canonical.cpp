// The form of a state: what can never act is taken away, and restricted names get their numbers.
#include <algorithm>
#include <map>
#include <numeric>

#include "runtime/pi_states.hpp"

namespace tryst::runtime::pi {

namespace {

bool is_restricted(Name n) { return index(n) >= first_restricted; }

std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 32)) * 0xd6e8feb86659fd93;
  x = (x ^ (x >> 32)) * 0xd6e8feb86659fd93;
  return x ^ (x >> 32);
}

// Whether processes that share restricted names with one another only may ever do something: offers behind names that
// are not the same count, as they do in the model.
bool can_act(const Program& program, const std::vector<const Component*>& group) {
  struct Head {
    Name channel;
    Action action;
    std::size_t member;
  };
  std::vector<Head> heads;
  std::vector<bool> lasts;
  std::vector<Offer> offers;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const ProcessType& type = program.types[group[i]->type];
    lasts.push_back(type.points[type.point_of(group[i]->state())].lasts);
    offers.clear();
    type.offers(type.context, group[i]->state(), true, offers);
    for (const Offer& offer : offers) {
      if (offer.action == Action::silent || !is_restricted(offer.channel)) return true;
      heads.push_back({offer.channel, offer.action, i});
    }
  }
  for (const Head& a : heads)
    for (const Head& b : heads)
      if (a.action == Action::send && b.action == Action::receive && a.channel == b.channel &&
          (a.member != b.member || lasts[a.member]))
        return true;
  return false;
}

void drop_garbage(const Program& program, Soup& soup) {
  std::vector<std::size_t> parent(soup.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto root = [&](std::size_t x) {
    while (parent[x] != x) x = parent[x] = parent[parent[x]];
    return x;
  };
  std::map<Name, std::size_t> mentioned_by;
  std::vector<bool> private_names(soup.size());
  std::vector<Name> names;
  for (std::size_t i = 0; i < soup.size(); ++i) {
    const ProcessType& type = program.types[soup[i].type];
    names.clear();
    type.mentions(type.context, soup[i].state(), names);
    for (const Name n : names) {
      if (!is_restricted(n)) continue;
      private_names[i] = true;
      const auto [at, is_new] = mentioned_by.try_emplace(n, i);
      if (!is_new) parent[root(i)] = root(at->second);
    }
  }
  std::map<std::size_t, std::vector<const Component*>> groups;
  for (std::size_t i = 0; i < soup.size(); ++i)
    if (private_names[i]) groups[root(i)].push_back(&soup[i]);
  std::vector<bool> gone(soup.size());
  for (const auto& [_, group] : groups)
    if (!can_act(program, group))
      for (const Component* one : group) gone[static_cast<std::size_t>(one - soup.data())] = true;
  std::size_t at = 0;
  std::erase_if(soup, [&](const Component&) { return gone[at++]; });
}

// P | !P and !P | !P are !P.
void absorb_copies(const Program& program, Soup& soup) {
  std::ranges::sort(soup);
  const auto lasts = [&](const Component& c) {
    const ProcessType& type = program.types[c.type];
    return type.points[type.point_of(c.state())].lasts;
  };
  const auto are_copies = [&](const Component& a, const Component& b) { return a == b && lasts(a); };
  soup.erase(std::unique(soup.begin(), soup.end(), are_copies), soup.end());
  Soup absorbed;
  for (const Component& c : soup) {
    if (!lasts(c)) continue;
    RestrictedNames unused(first_restricted + (first_restricted - 1));  // nobody mentions one of these
    Next next(unused);
    program.types[c.type].copy(program.types[c.type].context, c.state(), next);
    if (next.size() == 1) add_started(program, next, absorbed);
  }
  std::ranges::sort(absorbed);
  std::erase_if(soup, [&](const Component& c) { return std::ranges::binary_search(absorbed, c); });
}

class Numbering {
 public:
  Numbering(const Program& program, Soup& soup, std::uint32_t from) : program_(program), soup_(soup), from_(from) {
    for (const Component& c : soup_) {
      const ProcessType& type = program_.types[c.type];
      for (std::uint32_t i = 0; i < type.names; ++i)
        if (const Name n = type.name_at(c.state(), i); index(n) >= from_)
          colours_.try_emplace(n, is_restricted(n) ? 2 : 3);
    }
  }

  void run() {
    if (colours_.empty()) return;
    refine();
    while (distinct() != colours_.size()) {
      std::map<std::uint64_t, std::vector<Name>> by_colour;
      for (const auto& [name, colour] : colours_) by_colour[colour].push_back(name);
      for (const auto& [colour, names] : by_colour)
        if (names.size() > 1) {
          colours_[names.front()] = mix(colour ^ 0x5bd1e995);
          break;
        }
      refine();
    }
    std::vector<std::pair<std::uint64_t, Name>> order;
    for (const auto& [name, colour] : colours_) order.emplace_back(colour, name);
    std::ranges::sort(order);
    std::map<Name, Name> to;
    std::uint32_t fresh = first_fresh, restricted = first_restricted;
    for (const auto& [_, name] : order) to[name] = Name{is_restricted(name) ? restricted++ : fresh++};
    for (Component& c : soup_) {
      const ProcessType& type = program_.types[c.type];
      for (std::uint32_t i = 0; i < type.names; ++i) {
        const auto renamed = to.find(type.name_at(c.state(), i));
        if (renamed == to.end()) continue;
        std::memcpy(c.state() + type.names_place() + 4 * i, &renamed->second, sizeof(Name));
      }
    }
  }

 private:
  std::uint64_t hash(const Component& c) const {
    const ProcessType& type = program_.types[c.type];
    Component plain = c;
    std::uint64_t result = mix(c.type + 1);
    for (std::uint32_t i = 0; i < type.names; ++i) {
      const Name n = type.name_at(c.state(), i);
      if (index(n) < from_) continue;
      result = mix(result * 31 + mix(i) + colours_.at(n));
      std::memset(plain.state() + type.names_place() + 4 * i, 0, sizeof n);
    }
    for (const std::uint64_t word : plain.words) result = mix(result * 31 + word);
    return result;
  }

  std::size_t distinct() const {
    std::vector<std::uint64_t> all;
    for (const auto& [_, colour] : colours_) all.push_back(colour);
    std::ranges::sort(all);
    return static_cast<std::size_t>(std::unique(all.begin(), all.end()) - all.begin());
  }

  void refine() {
    for (std::size_t before = 0, now = distinct(); now != before && now != colours_.size(); now = distinct()) {
      before = now;
      std::map<Name, std::uint64_t> next;
      for (const auto& [name, colour] : colours_) next[name] = mix(colour);
      for (const Component& c : soup_) {
        const ProcessType& type = program_.types[c.type];
        const std::uint64_t its = hash(c);
        for (std::uint32_t i = 0; i < type.names; ++i)
          if (const Name n = type.name_at(c.state(), i); index(n) >= from_) next[n] += mix(its + i);
      }
      colours_ = std::move(next);
    }
  }

  const Program& program_;
  Soup& soup_;
  std::uint32_t from_;  // names from here on get numbers
  std::map<Name, std::uint64_t> colours_;
};

}  // namespace

void add_started(const Program& program, const Next& next, Soup& soup) {
  for (std::size_t i = 0; i < next.size(); ++i) {
    const std::size_t bytes = program.types[next.type(i)].size();
    Component one{next.type(i), std::vector<std::uint64_t>((bytes + 7) / 8)};
    std::memcpy(one.words.data(), next.state(i), bytes);
    soup.push_back(std::move(one));
  }
}

Soup canonical(const Program& program, Soup soup, bool renames_fresh) {
  drop_garbage(program, soup);
  absorb_copies(program, soup);
  Numbering(program, soup, renames_fresh ? first_fresh : first_restricted).run();
  std::ranges::sort(soup);
  return soup;
}

}  // namespace tryst::runtime::pi
