#include "semantics/network/firing.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <limits>
#include <map>
#include <utility>

namespace tryst {

namespace {

constexpr std::size_t word_bits = 64;

constexpr std::uint64_t idle_steps[] = {0};

// Makes room for so many more transitions.
void make_room(Fired& out, std::size_t more, std::size_t words) {
  const std::size_t needed = out.count + more;
  if (needed <= out.rules.size() && needed * words <= out.targets.size()) return;
  out.rules.resize(2 * needed);
  out.targets.resize(2 * needed * words);
}

void set_bit(std::uint64_t* words, std::size_t bit) { words[bit / word_bits] |= std::uint64_t{1} << bit % word_bits; }

void clear_bit(std::uint64_t* words, std::size_t bit) {
  words[bit / word_bits] &= ~(std::uint64_t{1} << bit % word_bits);
}

}  // namespace

Firing::Firing(Network& network, std::size_t masked_rules)
    : network_(network), masked_rules_(masked_rules), valid_(1, 1) {
  assert(network.rules().empty());
  components_.resize(network_.size());
  repack();
  choose_tables();
  lay_out();
}

// --- building the tables

bool Firing::expand(std::span<const LocalState> wanted) {
  std::vector<LocalState> added;  // components that share a graph get their rows together
  for (const LocalState& each : wanted) {
    if (graph(each.component).is_expanded(each.local)) continue;
    network_.expand(each.component, each.local);
    const std::uint32_t shared = network_.graph_of(each.component);
    for (std::uint32_t c = 0; c < network_.size(); ++c)
      if (network_.graph_of(c) == shared) added.push_back({c, each.local});
  }
  for (const Network::GraphState& each : network_.take_grown_rows())
    for (std::uint32_t c = 0; c < network_.size(); ++c)
      if (network_.graph_of(c) == each.graph) added.push_back({c, each.local});
  std::ranges::sort(added);
  added.erase(std::unique(added.begin(), added.end()), added.end());
  components_.resize(network_.size());
  const bool packed_anew = repack();
  const bool listed_before = lists_;
  choose_tables();
  add_rules();
  if (lists_ && !listed_before) added = rows();
  for (const LocalState& each : added) add_row(each);
  lay_out();
  return packed_anew;
}

std::vector<LocalState> Firing::rows() const {
  std::vector<LocalState> rows;
  for (std::uint32_t c = 0; c < network_.size(); ++c)
    for (std::uint32_t s = 0; s < graph(c).size(); ++s)
      if (graph(c).is_expanded(LocalId{s})) rows.push_back({c, LocalId{s}});
  return rows;
}

// States are packed anew when a number outgrows its field. Those that may soon do so too get room for it if that takes no
// more words: packing again costs a pass over all states.
bool Firing::repack() {
  std::vector<std::uint32_t> sizes{companion_size_};
  for (std::size_t c = 0; c < network_.size(); ++c) sizes.push_back(graph(c).size());
  bool fits = true;
  for (std::size_t i = 0; i < sizes.size(); ++i) fits = fits && packing_.fits(i, sizes[i]);
  if (fits) return false;
  packing_ = Packing(sizes);
  for (std::size_t c = 0; c < network_.size(); ++c)
    if (!graph(c).is_complete() && sizes[c + 1] < std::numeric_limits<std::uint32_t>::max() / 2) sizes[c + 1] *= 2;
  if (Packing roomy(sizes); roomy.words() == packing_.words()) packing_ = std::move(roomy);
  for (std::size_t c = 0; c < components_.size(); ++c) {
    components_[c].field = packing_.field(c + 1);
    rebuild_steps(c);
  }
  return true;
}

bool Firing::set_companion_size(std::uint32_t size) {
  companion_size_ = size;
  if (!repack()) return false;
  lay_out();
  return true;
}

std::size_t Firing::label_stride(std::size_t c) const {
  return std::bit_ceil(std::max<std::size_t>(1, graph(c).labels().size()));
}

std::size_t Firing::step_rows(std::size_t c) const { return std::bit_ceil<std::size_t>(graph(c).size()); }

// Masks or lists, and tables with room for all states, labels and rules.
void Firing::choose_tables() {
  const std::size_t bits = network_.rules().size() + 1;
  const std::size_t stride = (bits + word_bits - 1) / word_bits;
  std::uint32_t largest = 0;
  for (std::size_t c = 0; c < network_.size(); ++c) largest = std::max(largest, graph(c).size());
  bool wants_lists = network_.rules().size() > masked_rules_ || stride * largest > mask_words_max;
  for (std::size_t c = 0; c < network_.size(); ++c) wants_lists = wants_lists || !fits_step_table(c);
  if (wants_lists && !lists_) {
    lists_ = true;
    rules_ = 0;  // all are distributed again
    for (Component& component : components_) {
      component.masks = {};
      component.rules = {};
    }
  }
  if (!lists_ && stride > stride_) {
    stride_ = std::bit_ceil(stride);
    resize_masks();
  }
  for (std::size_t c = 0; c < components_.size(); ++c) {
    Component& component = components_[c];
    if (!lists_) component.masks.resize(std::bit_ceil<std::size_t>(graph(c).size()) * stride_, 0);
    const std::size_t labels = graph(c).labels().size();
    if (lists_) {
      component.owned.resize(labels);
      component.able.resize(labels);
      component.owning.resize(graph(c).size());
      component.is_listed.resize(graph(c).size());
    }
    if (labels > component.label_stride || component.steps.size() < graph(c).size() * component.label_stride)
      rebuild_steps(c);
  }
}

// Widens the masks: all rows that are there get the bits of no rule cleared beyond the old ones.
void Firing::resize_masks() {
  const std::size_t old = valid_.size();
  valid_.resize(stride_, 0);
  for (Component& component : components_) {
    const std::size_t rows = component.masks.size() / old;
    std::vector<std::uint64_t> wider(rows * stride_, 0);
    for (std::size_t row = 0; row < rows; ++row) {
      const bool ready = (component.masks[row * old] & 1) != 0;
      std::uint64_t* const to = wider.data() + row * stride_;
      std::fill(to, to + stride_, ready ? ~std::uint64_t{0} : 0);
      std::copy_n(component.masks.data() + row * old, old, to);
    }
    component.masks = std::move(wider);
  }
}

void Firing::add_rules() {
  const auto rules = network_.rules();
  for (; rules_ < rules.size(); ++rules_) {
    const auto rule = static_cast<RuleId>(rules_);
    const auto participants = network_.participants(rules[rules_]);
    if (lists_) {
      list_rule(rule, participants);
      continue;
    }
    valid_[bit_of(rule) / word_bits] |= std::uint64_t{1} << bit_of(rule) % word_bits;
    for (const Participant& p : participants) {
      Component& component = components_[p.component];
      component.rules.push_back({rule, p.label});
      const std::size_t rows = std::min<std::size_t>(graph(p.component).size(), component.masks.size() / stride_);
      for (std::size_t row = 0; row < rows; ++row) {
        std::uint64_t* const mask = component.masks.data() + row * stride_;
        if ((*mask & 1) != 0 && !graph(p.component).target(static_cast<LocalId>(row), p.label))
          clear_bit(mask, bit_of(rule));
      }
    }
  }
}

void Firing::list_rule(RuleId rule, std::span<const Participant> participants) {
  const auto has_fewer_moves = [this](const Participant& a, const Participant& b) {
    return graph(a.component).moves() * graph(b.component).rows() <
           graph(b.component).moves() * graph(a.component).rows();
  };
  const Participant owner = *std::ranges::min_element(participants, has_fewer_moves);
  Component& component = components_[owner.component];
  std::vector<RuleId>& owned = component.owned[index(owner.label)];
  if (owned.empty())
    for (const LocalId local : component.able[index(owner.label)])
      component.owning[index(local)].push_back(owner.label);
  owned.push_back(rule);
}

void Firing::list_row(Component& component, LocalState at) {
  const bool has_grown = component.is_listed[index(at.local)];
  component.is_listed[index(at.local)] = true;
  for (const LocalGraph::Move& move : graph(at.component).row(at.local)) {
    std::vector<LocalId>& able = component.able[index(move.label)];
    if (has_grown && std::ranges::find(able, at.local) != able.end()) continue;
    able.push_back(at.local);
    if (!component.owned[index(move.label)].empty()) component.owning[index(at.local)].push_back(move.label);
  }
}

void Firing::add_row(LocalState at) {
  fill_steps(at.component, at.local);
  Component& component = components_[at.component];
  if (lists_) return list_row(component, at);
  std::uint64_t* const mask = component.masks.data() + index(at.local) * stride_;
  std::fill(mask, mask + stride_, ~std::uint64_t{0});
  for (const Involvement& each : component.rules)
    if (!graph(at.component).target(at.local, each.label)) clear_bit(mask, bit_of(each.rule));
}

bool Firing::fits_step_table(std::size_t c) const {
  const std::size_t share = std::max(step_share_min, step_tables_max / network_.size());
  return step_rows(c) <= std::min(step_table_max, share) / label_stride(c);
}

void Firing::rebuild_steps(std::size_t c) {
  Component& component = components_[c];
  component.label_stride = label_stride(c);
  component.steps = {};
  if (!fits_step_table(c)) return;
  component.steps.assign(step_rows(c) * component.label_stride, no_step);
  for (std::uint32_t row = 0; row < graph(c).size(); ++row)
    if (graph(c).is_expanded(static_cast<LocalId>(row))) fill_steps(c, static_cast<LocalId>(row));
}

void Firing::fill_steps(std::size_t c, LocalId local) {
  Component& component = components_[c];
  if (component.steps.empty()) return;
  for (const LocalGraph::Move& move : graph(c).row(local))
    component.steps[index(local) * component.label_stride + index(move.label)] =
        component.field.step(local, move.target);
}

// What fire_masked() reads, from the tables of now.
void Firing::lay_out() {
  lanes_.clear();
  if (lists_) return;
  for (const Component& component : components_)
    lanes_.push_back({component.field.word, component.field.shift, component.field.mask, component.masks.data(),
                      component.steps.data(), component.label_stride});
  moves_.clear();
  first_move_.assign(1, 0);
  const auto idle = static_cast<std::uint32_t>(lanes_.size());
  for (const Rule& rule : network_.rules()) {
    for (const Participant& p : network_.participants(rule))
      moves_.push_back({p.component, index(p.label), lanes_[p.component].word});
    if (rule.participants.count % 2 != 0) moves_.push_back({idle, 0, 0});
    first_move_.push_back(static_cast<std::uint32_t>(moves_.size()));
  }
  lay_out_priority();
}

void Firing::lay_out_priority() {
  layer_of_precedence_.clear();
  precedences_.clear();
  const auto layers = network_.layers();
  std::vector<std::vector<std::uint64_t>> rules_of;  // by grade: a mask
  for (std::uint32_t layer = 0; layer < layers.size(); ++layer) {
    const auto& grades = layers[layer].grades;
    rules_of.assign(grades.size(), std::vector<std::uint64_t>(stride_, 0));
    for (std::size_t r = 0; r < network_.rules().size(); ++r)
      for (const Rank rank : network_.ranks(network_.rules()[r]))
        if (rank.layer == layer) set_bit(rules_of[rank.grade].data(), bit_of(static_cast<RuleId>(r)));
    std::map<std::vector<std::uint32_t>, std::vector<std::uint64_t>> below;  // by the grades above: a mask
    for (std::size_t grade = 0; grade < grades.size(); ++grade) {
      if (grades[grade].above.empty()) continue;
      std::vector<std::uint32_t> above = grades[grade].above;
      std::ranges::sort(above);
      std::vector<std::uint64_t>& rules = below.try_emplace(std::move(above), stride_, 0).first->second;
      for (std::size_t w = 0; w < stride_; ++w) rules[w] |= rules_of[grade][w];
    }
    for (const auto& [above, rules] : below) {
      layer_of_precedence_.push_back(layer);
      const std::size_t at = precedences_.size();
      precedences_.resize(at + stride_, 0);
      for (const std::uint32_t grade : above)
        for (std::size_t w = 0; w < stride_; ++w) precedences_[at + w] |= rules_of[grade][w];
      precedences_.insert(precedences_.end(), rules.begin(), rules.end());
    }
  }
}

// --- using them

std::uint64_t Firing::step(const Participant& p, const std::uint64_t* state) const {
  const Component& component = components_[p.component];
  const LocalId local = component.field.of(state);
  if (!component.steps.empty()) return component.steps[index(local) * component.label_stride + index(p.label)];
  const auto target = graph(p.component).target(local, p.label);
  return target ? component.field.step(local, *target) : no_step;
}

bool Firing::fire(const std::uint64_t* state, Fired& out, const std::uint64_t* asleep) const {
  if (lists_) return fire_listed(state, out);
  out.rows.resize(lanes_.size() + 1);
  switch (stride_) {
    case 1: return fire_masked<1>(state, out, asleep);
    case 2: return fire_masked<2>(state, out, asleep);
    case 4: return fire_masked<4>(state, out, asleep);
    case 8: return fire_masked<8>(state, out, asleep);
    default: return fire_masked<16>(state, out, asleep);
  }
}

template <std::size_t stride>
bool Firing::fire_masked(const std::uint64_t* state, Fired& out, const std::uint64_t* asleep) const {
  assert(stride == stride_);
  std::uint64_t enabled[stride];
  std::copy_n(valid_.data(), stride, enabled);
  const std::uint64_t** row = out.rows.data();
  for (const Lane& lane : lanes_) {
    const std::size_t local = state[lane.word] >> lane.shift & lane.mask;
    const std::uint64_t* const mask = lane.masks + local * stride;
    for (std::size_t w = 0; w < stride; ++w) enabled[w] &= mask[w];
    *row++ = lane.steps + local * lane.label_stride;
  }
  *row = idle_steps;
  if ((enabled[0] & 1) == 0) return false;
  enabled[0] &= ~std::uint64_t{1};
  if (!layer_of_precedence_.empty()) outrank(enabled);
  std::copy_n(enabled, stride, out.enabled.data());
  if (asleep != nullptr)
    for (std::size_t w = 0; w < stride; ++w) enabled[w] &= ~asleep[w];
  make_room(out, rules_, packing_.words());
  add_masked(state, enabled, out);
  return true;
}

void Firing::enabled(const std::uint64_t* state, std::uint64_t* rules) const {
  std::copy_n(valid_.data(), stride_, rules);
  for (std::size_t c = 0; c < components_.size(); ++c)
    for (std::size_t w = 0; w < stride_; ++w) rules[w] &= mask(c, state)[w];
  rules[0] &= ~std::uint64_t{1};
  outrank(rules);
}

// Takes away what is outranked.
void Firing::outrank(std::uint64_t* enabled) const {
  std::array<std::uint64_t, 16> outranked;  // of one layer
  std::uint32_t layer = 0;
  const auto take_away = [&] {
    for (std::size_t w = 0; w < stride_; ++w) enabled[w] &= ~outranked[w];
    outranked.fill(0);
  };
  outranked.fill(0);
  for (std::size_t i = 0; i < layer_of_precedence_.size(); ++i) {
    if (layer_of_precedence_[i] != layer) take_away();
    layer = layer_of_precedence_[i];
    const std::uint64_t* const above = precedences_.data() + i * 2 * stride_;
    std::uint64_t any = 0;
    for (std::size_t w = 0; w < stride_; ++w) any |= enabled[w] & above[w];
    if (any == 0) continue;
    for (std::size_t w = 0; w < stride_; ++w) outranked[w] |= above[stride_ + w];
  }
  take_away();
}

void Firing::outrank(std::vector<RuleId>& enabled) const {
  const auto ranks = [this](RuleId rule) { return network_.ranks(network_.rules()[index(rule)]); };
  std::vector<bool> is_there;  // by grade
  for (std::uint32_t layer = 0; layer < network_.layers().size(); ++layer) {
    const auto& grades = network_.layers()[layer].grades;
    is_there.assign(grades.size(), false);
    for (const RuleId rule : enabled)
      for (const Rank rank : ranks(rule))
        if (rank.layer == layer) is_there[rank.grade] = true;
    std::erase_if(enabled, [&](RuleId rule) {
      return std::ranges::any_of(ranks(rule), [&](Rank rank) {
        return rank.layer == layer &&
               std::ranges::any_of(grades[rank.grade].above, [&](std::uint32_t above) { return is_there[above]; });
      });
    });
  }
}

// Appends the targets of these rules, which are enabled; there is room for them.
template <std::size_t stride>
inline void Firing::add_masked(const std::uint64_t* state, const std::uint64_t (&enabled)[stride], Fired& out) const {
  const std::uint64_t* const* const rows = out.rows.data();
  const auto step_of = [rows](const Move& move) { return rows[move.component][move.label]; };
  const std::uint32_t* const first_move = first_move_.data();
  const Move* const moves = moves_.data();
  const std::size_t words = packing_.words();
  RuleId* rules = out.rules.data() + out.count;
  std::uint64_t* target = out.targets.data() + out.count * words;
  const auto each_rule = [&](auto add) {
    for (std::size_t w = 0; w < stride; ++w)
      for (std::uint64_t bits = enabled[w]; bits != 0; bits &= bits - 1) {
        const std::size_t rule = w * word_bits + static_cast<std::size_t>(std::countr_zero(bits)) - 1;
        *rules++ = static_cast<RuleId>(rule);
        add(moves + first_move[rule], moves + first_move[rule + 1]);
        target += words;
      }
  };
  if (words == 1)
    each_rule([&, from = *state](const Move* move, const Move* end) {
      std::uint64_t to = from;
      for (; move != end; move += 2) to ^= step_of(move[0]) ^ step_of(move[1]);
      *target = to;
    });
  else
    each_rule([&](const Move* move, const Move* end) {
      for (std::size_t w = 0; w < words; ++w) target[w] = state[w];
      for (; move != end; ++move) target[move->word] ^= step_of(*move);
    });
  out.count = static_cast<std::size_t>(rules - out.rules.data());
}

bool Firing::fire_listed(const std::uint64_t* state, Fired& out) const {
  for (std::size_t c = 0; c < components_.size(); ++c)
    if (!graph(c).is_expanded(components_[c].field.of(state))) return false;
  out.found.clear();
  for (std::size_t c = 0; c < components_.size(); ++c) {
    const Component& component = components_[c];
    for (const LabelId label : component.owning[index(component.field.of(state))])
      for (const RuleId rule : component.owned[index(label)]) {
        const auto participants = network_.participants(network_.rules()[index(rule)]);
        if (std::ranges::all_of(participants, [&](const Participant& p) { return step(p, state) != no_step; }))
          out.found.push_back(rule);
      }
  }
  if (!network_.layers().empty()) outrank(out.found);
  for (const RuleId rule : out.found) add_listed(rule, state, out);
  return true;
}

void Firing::add_listed(RuleId rule, const std::uint64_t* state, Fired& out) const {
  const std::size_t words = packing_.words();
  make_room(out, 1, words);
  std::uint64_t* const target = out.targets.data() + out.count * words;
  std::copy_n(state, words, target);
  for (const Participant& p : network_.participants(network_.rules()[index(rule)]))
    target[components_[p.component].field.word] ^= step(p, state);
  out.rules[out.count++] = rule;
}

void Firing::missing(const std::uint64_t* state, std::vector<LocalState>& out) const {
  for (std::uint32_t c = 0; c < components_.size(); ++c) {
    const LocalId local = components_[c].field.of(state);
    if (!graph(c).is_expanded(local)) out.push_back({c, local});
  }
}

bool Firing::is_terminated(const std::uint64_t* state) const {
  return std::ranges::any_of(network_.end_marks(), [&](const Participant& p) { return step(p, state) != no_step; });
}

void Firing::unpack(const std::uint64_t* state, std::vector<LocalId>& locals) const {
  locals.clear();
  for (const Component& component : components_) locals.push_back(component.field.of(state));
}

}  // namespace tryst
