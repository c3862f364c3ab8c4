// Restriction in canonical form: which components a restricted name connects, and in which order names are numbered.
//
// The components under a restriction are kept as views: a term and a mapping of its loose names, so that opening a
// fragment inside another costs nothing, and every component is renamed once, when its final numbers are known.
// Numbers come from colour refinement: a name's colour is a hash of how it occurs in the components, given the colours
// of the other names; where several names keep one colour, the first is singled out and refinement goes on (McKay &
// Piperno, "Practical graph isomorphism II", 2014, without the search: names that stay alike are nearly always
// symmetric).
#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

#include "semantics/pi/term.hpp"

namespace tryst::pi {

namespace {

// Whose loose name it is: one of those restricted here, or one of the context.
struct Owner {
  bool restricted;
  std::uint32_t number;
};

// A component below `binders` names of this restriction, and of an opened fragment inside it `inner` more; the numbers
// of the latter begin at `inner_first`.
struct View {
  TermId term;
  std::uint32_t inner = 0;
  std::uint32_t inner_first = 0;
  std::vector<std::uint32_t> restricted{};  // those that occur, ascending

  Owner owner(std::uint32_t loose, std::uint32_t binders) const {
    if (loose < inner) return {true, inner_first + loose};
    if (loose < inner + binders) return {true, loose - inner};
    return {false, loose - inner - binders};
  }
};

std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 32)) * 0xd6e8feb86659fd93;
  x = (x ^ (x >> 32)) * 0xd6e8feb86659fd93;
  return x ^ (x >> 32);
}

class Fragments {
 public:
  Fragments(Terms& terms, std::uint32_t binders, TermId body) : terms_(terms), binders_(binders), count_(binders) {
    for (const TermId t : terms.components(body)) add(t);
  }

  TermId run(const auto& make_fragment) {
    std::vector<TermId> product = std::move(outside_);
    for (const std::vector<std::uint32_t>& group : groups()) product.push_back(make_fragment(number_names(group)));
    return terms_.parallel(product);
  }

  struct Numbered {
    std::uint32_t names;
    std::vector<TermId> components;
  };

 private:
  void add(TermId t) {
    View view{t};
    find_restricted(view);
    if (view.restricted.empty()) {
      outside_.push_back(terms_.rename(t, lowered()));
      return;
    }
    if (terms_[t].kind != TermKind::restriction) {
      views_.push_back(std::move(view));
      return;
    }
    const std::uint32_t inner = terms_[t].count;
    for (const TermId inside : terms_.components(terms_.operands(t)[0])) {
      View opened{inside, inner, count_};
      find_restricted(opened);
      views_.push_back(std::move(opened));
    }
    count_ += inner;
  }

  // For what mentions none of the restricted names.
  Substitution lowered() const {
    Substitution by;
    by.loose_to.assign(binders_, bound_name(0));
    return by;
  }

  void find_restricted(View& view) const {
    visit_names(view.term, 0, [&](std::uint32_t loose) {
      const Owner owner = view.owner(loose, binders_);
      if (owner.restricted) view.restricted.push_back(owner.number);
    });
    std::sort(view.restricted.begin(), view.restricted.end());
    view.restricted.erase(std::unique(view.restricted.begin(), view.restricted.end()), view.restricted.end());
  }

  void visit_names(TermId t, std::uint32_t depth, const auto& visit) const {
    const Term& term = terms_[t];
    if (term.loose <= depth) return;
    for (const Name n : terms_.names(t))
      if (is_bound(n) && number(n) >= depth) visit(number(n) - depth);
    const bool binds = term.kind == TermKind::input || term.kind == TermKind::restriction;
    for (const TermId below : terms_.operands(t)) visit_names(below, depth + (binds ? term.count : 0), visit);
  }

  // The views that share restricted names, directly or through others.
  std::vector<std::vector<std::uint32_t>> groups() const {
    std::vector<std::uint32_t> parent(count_);
    std::iota(parent.begin(), parent.end(), 0u);
    const auto root = [&](std::uint32_t x) {
      while (parent[x] != x) x = parent[x] = parent[parent[x]];
      return x;
    };
    for (const View& view : views_)
      for (const std::uint32_t x : view.restricted) parent[root(x)] = root(view.restricted.front());
    std::map<std::uint32_t, std::vector<std::uint32_t>> by_root;
    for (std::uint32_t v = 0; v < views_.size(); ++v) by_root[root(views_[v].restricted.front())].push_back(v);
    std::vector<std::vector<std::uint32_t>> found;
    for (auto& [_, group] : by_root) found.push_back(std::move(group));
    return found;
  }

  // --- canonical numbers

  struct Colours {
    std::vector<std::uint32_t> names;   // the restricted names of a group, ascending
    std::vector<std::uint64_t> colour;  // by restricted name, whichever group it belongs to
  };

  // A hash of a component with its restricted names as their colours; `marked` is told from all others.
  std::uint64_t hash(const View& view, TermId t, std::uint32_t depth, const Colours& colours,
                     std::uint32_t marked) const {
    const Term& term = terms_[t];
    if (term.loose <= depth) return term.hash;
    std::uint64_t hash_so_far = mix(static_cast<std::uint64_t>(term.kind) << 32 | term.count);
    for (const Name n : terms_.names(t)) {
      std::uint64_t name = index(n);
      if (is_bound(n) && number(n) >= depth) {
        const Owner owner = view.owner(number(n) - depth, binders_);
        name = !owner.restricted ? mix(owner.number + 1) : owner.number == marked ? 1 : colours.colour[owner.number];
      }
      hash_so_far = mix(hash_so_far * 31 + name);
    }
    const bool binds = term.kind == TermKind::input || term.kind == TermKind::restriction;
    std::uint64_t sum = 0;
    for (const TermId below : terms_.operands(t))
      sum += mix(hash(view, below, depth + (binds ? term.count : 0), colours, marked));
    return mix(hash_so_far ^ sum);
  }

  static std::size_t count_distinct(const Colours& colours) {
    std::vector<std::uint64_t> all;
    for (const std::uint32_t x : colours.names) all.push_back(colours.colour[x]);
    std::sort(all.begin(), all.end());
    return static_cast<std::size_t>(std::unique(all.begin(), all.end()) - all.begin());
  }

  // Splits the colours as far as the occurrences do.
  void refine(const std::vector<std::uint32_t>& group, Colours& colours) const {
    for (std::size_t before = 0, now = count_distinct(colours); now != before && now != colours.names.size();) {
      before = now;
      std::vector<std::uint64_t> next(count_);
      for (const std::uint32_t x : colours.names) next[x] = mix(colours.colour[x]);
      for (const std::uint32_t v : group)
        for (const std::uint32_t x : views_[v].restricted)
          next[x] += mix(hash(views_[v], views_[v].term, 0, colours, x));
      colours.colour = std::move(next);
      now = count_distinct(colours);
    }
  }

  // The group's names in their canonical order.
  std::vector<std::uint32_t> canonical_order(const std::vector<std::uint32_t>& group) const {
    Colours colours{{}, std::vector<std::uint64_t>(count_, 2)};
    for (const std::uint32_t v : group)
      colours.names.insert(colours.names.end(), views_[v].restricted.begin(), views_[v].restricted.end());
    std::ranges::sort(colours.names);
    colours.names.erase(std::unique(colours.names.begin(), colours.names.end()), colours.names.end());
    refine(group, colours);
    while (count_distinct(colours) != colours.names.size()) {
      // Of the least colour that several names have, one name is given a colour of its own.
      std::map<std::uint64_t, std::vector<std::uint32_t>> by_colour;
      for (const std::uint32_t x : colours.names) by_colour[colours.colour[x]].push_back(x);
      for (const auto& [colour, names] : by_colour)
        if (names.size() > 1) {
          colours.colour[names.front()] = mix(colour ^ 0x5bd1e995);
          break;
        }
      refine(group, colours);
    }
    std::vector<std::uint32_t> order = std::move(colours.names);
    std::ranges::sort(order, {}, [&](std::uint32_t x) { return colours.colour[x]; });
    return order;
  }

  Numbered number_names(const std::vector<std::uint32_t>& group) {
    const std::vector<std::uint32_t> order = canonical_order(group);
    std::vector<Name> to(count_, bound_name(0));
    for (std::uint32_t i = 0; i < order.size(); ++i) to[order[i]] = bound_name(i);
    Numbered numbered{static_cast<std::uint32_t>(order.size()), {}};
    for (const std::uint32_t v : group) {
      const View& view = views_[v];
      Substitution by;
      for (std::uint32_t i = 0; i < view.inner + binders_; ++i)
        by.loose_to.push_back(to[view.owner(i, binders_).number]);
      by.lift = numbered.names;
      numbered.components.push_back(terms_.rename(view.term, by));
    }
    return numbered;
  }

  Terms& terms_;
  std::uint32_t binders_;
  std::uint32_t count_;  // restricted names in all: ours, and those of opened fragments
  std::vector<View> views_;
  std::vector<TermId> outside_;
};

}  // namespace

TermId Terms::restriction(std::uint32_t names, TermId body) {
  if (names == 0 || body == nil()) return body;
  Fragments fragments(*this, names, body);
  return fragments.run([this](const Fragments::Numbered& fragment) {
    return intern({.kind = TermKind::restriction, .count = fragment.names}, {},
                  std::vector{parallel(fragment.components)});
  });
}

}  // namespace tryst::pi
