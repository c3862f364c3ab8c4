#include "checker/compose/composer.hpp"

#include <algorithm>

#include "checker/compose/attempt.hpp"
#include "checker/compose/pair_choice.hpp"

namespace tryst {

namespace {

// A set that is named is first tried as a whole up to so many states, and then pair by pair.
constexpr ProductLimits whole_limits{1U << 18, std::uint64_t{1} << 22};

// A pair is worth merging if so many of the states of its product are left at most.
constexpr double worthwhile_share = 0.8;

// The choice of a pair looks at all rules; so many steps of that are affordable.
constexpr std::size_t choice_work_max = 4'000'000;

constexpr Compression compression_of(NamedCompression how) {
  switch (how) {
    case NamedCompression::explicate:
    case NamedCompression::strong: return Compression::strong;
    case NamedCompression::delay: return Compression::branching;
    case NamedCompression::weak: return Compression::weak;
    case NamedCompression::tau_loops: return Compression::tau_loops;
    case NamedCompression::diamond: return Compression::best;  // a normal form is as good, and may be much smaller
    case NamedCompression::normal: return Compression::normal;
    case NamedCompression::best: return Compression::best;
  }
  return Compression::none;
}

// By action: the most states that one state leads to by it. In a network each of these has a label of its own.
std::vector<std::size_t> choices_of(const Lts& part) {
  std::vector<std::size_t> choices(part.events().size(), 0);
  for (std::uint32_t s = 0; s < part.state_count(); ++s) {
    const auto row = part.transitions(StateId{s});
    for (std::size_t i = 0, first = 0; i < row.size(); ++i) {
      if (row[i].event != row[first].event) first = i;
      std::size_t& most = choices[index(row[i].event)];
      most = std::max(most, i - first + 1);
    }
  }
  return choices;
}

}  // namespace

void Composer::begin(Compression how) {
  components_ = static_cast<std::uint32_t>(net_.size());
  for (std::uint32_t c = 0; c < components_; ++c) whole_of_.push_back(PartId{c});
  for (std::uint32_t c = 0; c < components_; ++c) {
    const PartId component{c};
    // No larger than the component, whatever the limits.
    merge({&component, 1}, how, {~0U, ~std::uint64_t{0}});
  }
}

// False: beyond the limits, or too little is gained.
bool Composer::merge(std::span<const PartId> set, Compression how, ProductLimits limits, double share_max) {
  Interface interface = net_.interface_of(set, budget_);
  std::vector<const Lts*> parts;
  for (const PartId p : set) parts.push_back(&net_.part(p));
  const JointTable joints(set, interface);
  auto product = product_of(parts, joints, interface.actions, limits, budget_);
  if (!product) return false;
  Lts least = compressed(product->lts, how, observed_, budget_);
  const double states = product->lts.state_count();
  if (share_max < 1 && (least.state_count() > share_max * states || multiplies_rules(set, least, interface)))
    return false;
  has_saved_states_ = has_saved_states_ || least.state_count() < product->lts.state_count();
  const PartId whole = net_.replace(set, std::move(least), interface);
  for (PartId& part : whole_of_)
    if (std::ranges::binary_search(set, part)) part = whole;
  origins_.push_back({{set.begin(), set.end()}, std::move(interface), std::move(*product), how});
  return true;
}

// Whether the network would have many more rules with this part in the place of the set: choices that are hidden in the
// states of several components are labels of one.
bool Composer::multiplies_rules(std::span<const PartId> set, const Lts& whole, const Interface& interface) const {
  constexpr std::size_t growth_max = 4;
  constexpr std::size_t few = 64;
  std::size_t rules_before = 0;
  for (const PartId p : set) {
    const auto choices = choices_of(net_.part(p));
    for (const std::uint32_t r : net_.rules_of(p))
      for (const PartAction& each : net_.rule(r).participants)
        if (each.part == p) rules_before += choices[index(each.action)];
  }
  const auto choices = choices_of(whole);
  std::size_t rules_after = choices[index(tau)];
  for (const JointRule& rule : interface.rules) rules_after += choices[index(rule.participants.back().action)];
  return rules_after > growth_max * rules_before + few;
}

std::vector<PartId> Composer::parts_of(std::span<const std::uint32_t> components) const {
  std::vector<PartId> parts;
  for (const std::uint32_t c : components) parts.push_back(whole_of_[c]);
  std::ranges::sort(parts);
  parts.erase(std::ranges::unique(parts).begin(), parts.end());
  return parts;
}

// Whether merging the set is in vain: strong bisimilarity has nothing to do where another compression was before, and
// what a large part did not gain inside, it will hardly gain together with more.
bool Composer::is_done(std::span<const PartId> set, Compression how) const {
  constexpr std::uint32_t large = 1U << 13;
  constexpr double resistant_share = 0.9;
  if (set.size() == 1 && how == Compression::strong && !is_component(set.front())) {
    const Compression before = origin(set.front()).how;
    return before != Compression::none && before != Compression::tau_loops;
  }
  return set.size() > 1 && std::ranges::any_of(set, [&](PartId part) {
           const std::uint32_t states = net_.part(part).state_count();
           while (!is_component(part) && origin(part).set.size() == 1) part = origin(part).set.front();
           return !is_component(part) && states >= large &&
                  states > resistant_share * origin(part).product.lts.state_count();
         });
}

void Composer::compose_named(std::span<const NamedPart> named) {
  for (const NamedPart& each : named) {
    const Compression how = compression_of(each.how);
    if (parts_of(each.components).size() == net_.present().size())
      continue;  // the search itself does that, and may stop
    if (is_done(parts_of(each.components), how)) continue;
    if (merge(parts_of(each.components), how, whole_limits)) continue;
    merge_pairs(parts_of(each.components), Compression::branching, 1, 1, named_limits);
    merge(parts_of(each.components), how, named_limits);
  }
}

void Composer::compose_automatically(Compression how) {
  const auto present = net_.present();
  merge_pairs({present.begin(), present.end()}, how, 2, worthwhile_share, automatic_limits);
}

bool Composer::compose_completely() {
  const auto present = net_.present();
  merge_pairs({present.begin(), present.end()}, Compression::branching, 1, 1, automatic_limits);
  const std::vector<PartId> rest(net_.present().begin(), net_.present().end());
  return rest.size() == 1 || merge(rest, Compression::branching, automatic_limits);
}

// Merges pairs among these parts until there are only so many left.
void Composer::merge_pairs(std::vector<PartId> among, Compression how, std::size_t parts_min, double share_max,
                           ProductLimits limits) {
  std::vector<PartPair> refused;
  std::size_t work = 0;
  while (among.size() > parts_min && (work += net_.rule_count()) < choice_work_max) {
    const auto pair = best_pair(net_, among, refused, limits.states_max, budget_);
    if (!pair) return;
    const PartId set[] = {pair->first, pair->second};
    if (!merge(set, how, limits, share_max)) {
      refused.push_back(*pair);
      continue;
    }
    std::erase_if(among, [&](PartId p) { return p == pair->first || p == pair->second; });
    among.push_back(net_.present().back());
  }
}

std::optional<Composer> composed(Network& network, std::span<const NamedPart> named, Compression automatic,
                                 Observed observed, Budget& budget) {
  std::optional<Composer> composer;
  attempt(named.empty() ? automatic_work : named_work, budget, [&] {
    auto net = ActionNet::of(
        network, [](EventId e) { return e; }, {}, budget);
    if (!net) return;
    Composer begun(std::move(*net), observed, budget);
    begun.begin(automatic);
    composer.emplace(std::move(begun));
  });
  if (!composer) return std::nullopt;
  attempt(named_work, budget, [&] { composer->compose_named(named); });
  if (automatic != Compression::none)
    attempt(automatic_work, budget, [&] { composer->compose_automatically(automatic); });
  return composer;
}

}  // namespace tryst
