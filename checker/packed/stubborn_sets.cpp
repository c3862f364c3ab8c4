#include "checker/packed/stubborn_sets.hpp"

#include <algorithm>
#include <bit>

#include "semantics/script_error.hpp"

namespace tryst {

namespace {

constexpr std::size_t word_bits = 64;

void insert(std::uint64_t* words, std::size_t bit) { words[bit / word_bits] |= std::uint64_t{1} << bit % word_bits; }

bool contains(const std::uint64_t* words, std::size_t bit) {
  return (words[bit / word_bits] >> bit % word_bits & 1) != 0;
}

struct BackMove {
  LabelId label;
  LocalId source;
};

// By label. Every cycle of the graph has one.
std::vector<BackMove> back_moves_of(const LocalGraph& graph) {
  enum class Mark : std::uint8_t { unmet, open, done };
  struct Visit {
    LocalId state;
    std::size_t next;  // of its row
  };
  std::vector<Mark> marks(graph.size(), Mark::unmet);
  std::vector<Visit> path;
  std::vector<BackMove> found;
  for (std::uint32_t root = 0; root < graph.size(); ++root) {
    if (marks[root] != Mark::unmet) continue;
    marks[root] = Mark::open;
    path.push_back({LocalId{root}, 0});
    while (!path.empty()) {
      Visit& visit = path.back();
      const auto row = graph.row(visit.state);
      if (visit.next == row.size()) {
        marks[index(visit.state)] = Mark::done;
        path.pop_back();
        continue;
      }
      const LocalGraph::Move move = row[visit.next++];
      Mark& mark = marks[index(move.target)];
      if (mark == Mark::open) found.push_back({move.label, visit.state});
      if (mark != Mark::unmet) continue;
      mark = Mark::open;
      path.push_back({move.target, 0});
    }
  }
  std::ranges::sort(found, {}, &BackMove::label);
  return found;
}

}  // namespace

StubbornSets::StubbornSets(const Firing& firing, Kept kept)
    : firing_(firing),
      words_(firing.mask_words()),
      involved_(firing.network().size(), Words(words_, 0)),
      visible_(words_, 0),
      enabled_(words_),
      closed_(words_),
      refused_(words_),
      best_(words_) {
  const Network& network = firing.network();
  for (std::uint32_t r = 0; r < network.rules().size(); ++r) {
    const std::size_t bit = Firing::bit_of(RuleId{r});
    for (const Participant& p : network.participants(network.rules()[r])) insert(involved_[p.component].data(), bit);
    if (kept == Kept::traces && network.rules()[r].event != tau) insert(visible_.data(), bit);
  }
  if (kept == Kept::traces) find_sticky();
}

// The moves that close a cycle when the component is walked through depth first.
void StubbornSets::find_sticky() {
  const Network& network = firing_.network();
  std::vector<std::vector<BackMove>> back_moves;  // by graph
  for (std::uint32_t c = 0; c < network.size(); ++c) {
    sticky_.emplace_back(network.graph(c).size() * words_, 0);
    back_moves.resize(std::max<std::size_t>(back_moves.size(), network.graph_of(c) + std::size_t{1}));
    if (back_moves[network.graph_of(c)].empty()) back_moves[network.graph_of(c)] = back_moves_of(network.graph(c));
  }
  for (std::uint32_t r = 0; r < network.rules().size(); ++r)
    for (const Participant& p : network.participants(network.rules()[r])) {
      const std::vector<BackMove>& moves = back_moves[network.graph_of(p.component)];
      for (const BackMove& move : std::ranges::equal_range(moves, p.label, {}, &BackMove::label))
        insert(&sticky_[p.component][index(move.source) * words_], Firing::bit_of(RuleId{r}));
    }
}

// Of an enabled rule, whether all visible ones must be with it.
bool StubbornSets::counts_as_visible(RuleId rule, const std::uint64_t* state) const {
  if (sticky_.empty()) return false;
  const std::size_t bit = Firing::bit_of(rule);
  if (contains(visible_.data(), bit)) return true;
  const Network& network = firing_.network();
  return std::ranges::any_of(network.participants(network.rules()[index(rule)]), [&](const Participant& p) {
    return contains(&sticky_[p.component][index(firing_.local(p.component, state)) * words_], bit);
  });
}

const std::uint64_t* StubbornSets::left_out(const std::uint64_t* state) {
  firing_.enabled(state, enabled_.data());
  fewest_ = 0;
  for (const std::uint64_t word : enabled_) fewest_ += static_cast<std::size_t>(std::popcount(word));
  best_ = enabled_;
  std::ranges::fill(refused_, 0);
  // Visible rules first: whatever needs them all is then refused at once.
  try_seeds(state, visible_, true);
  try_seeds(state, visible_, false);
  for (std::size_t w = 0; w < words_; ++w) best_[w] = enabled_[w] & ~best_[w];
  return best_.data();
}

// The enabled rules that are among the given ones, or those that are not.
void StubbornSets::try_seeds(const std::uint64_t* state, const Words& rules, bool among) {
  for (std::size_t w = 0; w < words_; ++w)
    for (std::uint64_t bits = enabled_[w] & (among ? rules[w] : ~rules[w]); bits != 0 && fewest_ > 1;
         bits &= bits - 1) {
      const std::size_t bit = w * word_bits + static_cast<std::size_t>(std::countr_zero(bits));
      const std::size_t count = close(Firing::rule_of(bit), state);
      if (count >= fewest_) {
        insert(refused_.data(), bit);
        continue;
      }
      fewest_ = count;
      for (std::size_t i = 0; i < words_; ++i) best_[i] = closed_[i] & enabled_[i];
    }
}

// The number of enabled rules in the least set with this enabled one; gives up where it is not below the fewest. What
// holds a rule whose own set was refused is larger than that.
std::size_t StubbornSets::close(RuleId seed, const std::uint64_t* state) {
  const Network& network = firing_.network();
  std::ranges::fill(closed_, 0);
  insert(closed_.data(), Firing::bit_of(seed));
  open_.assign(1, seed);
  std::size_t count = 1;
  bool has_visible = false;
  while (!open_.empty() && count < fewest_) {
    const RuleId rule = open_.back();
    open_.pop_back();
    const bool is_enabled = contains(enabled_.data(), Firing::bit_of(rule));
    if (is_enabled && !has_visible && counts_as_visible(rule, state)) {
      has_visible = true;
      count += add(visible_, visible_.data());
    }
    for (const Participant& p : network.participants(network.rules()[index(rule)])) {
      const std::uint64_t* const mask = firing_.mask(p.component, state);
      if (!is_enabled && contains(mask, Firing::bit_of(rule))) continue;
      count += add(involved_[p.component], mask);
      if (!is_enabled) break;  // one component that cannot perform its label is enough
    }
  }
  return count;
}

// Those of the rules, such as a component's, that the mask has, such as its local state's. How many enabled ones are
// new; too many, if one of them has been refused.
std::size_t StubbornSets::add(const Words& rules, const std::uint64_t* mask) {
  std::size_t count = 0;
  for (std::size_t w = 0; w < words_; ++w) {
    std::uint64_t added = rules[w] & mask[w] & ~closed_[w];
    if ((added & refused_[w]) != 0) return fewest_;
    closed_[w] |= added;
    for (; added != 0; added &= added - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(added));
      count += enabled_[w] >> bit & 1;
      open_.push_back(Firing::rule_of(w * word_bits + bit));
    }
  }
  return count;
}

bool expand_everything(Firing& firing, std::size_t locals_max, Budget& budget) {
  const Network& network = firing.network();
  try {
    std::vector<std::uint32_t> expanded;  // by component: so many local states, the first ones
    std::vector<LocalState> missing;
    std::size_t locals = 0;
    do {
      budget.poll();
      missing.clear();
      expanded.resize(network.size(), 0);
      for (std::uint32_t c = 0; c < network.size(); ++c) {
        if (network.graph(c).size() > network.alone_max(c)) return false;
        for (; expanded[c] < network.graph(c).size(); ++expanded[c]) missing.push_back({c, LocalId{expanded[c]}});
      }
      locals += missing.size();
      if (locals > locals_max) return false;
      firing.expand(missing);
      if (firing.mask_words() == 0) return false;  // and never again
    } while (!missing.empty());
  } catch (const ScriptError&) {
    return false;  // perhaps in a local state that the system never reaches
  }
  return firing.mask_words() > 0;
}

}  // namespace tryst
