// Replaces parts of a net, one set after the other, by smaller systems, and remembers what each was made from, so that
// a run of the small net can be found again in the net as it was (checker/compose/lifting.hpp).
//
// Which sets, and in which order:
//   named       those that a script names, inner ones first, by the compression that it names; but not those around a
//               large part of whose states the compression left nearly all
//   automatic   pairs, the best first (checker/compose/pair_choice.hpp), as long as that saves states and does not make
//               many rules of few. The last two parts are left to the search.
// A set whose product, which no other part restrains, is beyond the limits stays as it was. Cost: that of the products
// and their minimisation. Threads: none inside.
#pragma once

#include "checker/compose/compression.hpp"
#include "checker/compose/product.hpp"

namespace tryst {

class Composer {
 public:
  static constexpr ProductLimits named_limits{1U << 21, std::uint64_t{1} << 24};
  static constexpr ProductLimits automatic_limits{1U << 17, std::uint64_t{1} << 21};

  // Where a part comes from.
  struct Origin {
    std::vector<PartId> set;  // empty: it is a component
    Interface interface;
    Product product;  // of the set, before it was compressed
    Compression how;
  };

  // What the question observes; with priority everything, since priority sees what is refused on the way.
  Composer(ActionNet net, Observed observed, Budget& budget)
      : net_(std::move(net)), observed_(net_.layers().empty() ? observed : Observed::branching_time), budget_(budget) {}

  const ActionNet& net() const { return net_; }
  const Origin& origin(PartId part) const { return origins_[index(part) - components_]; }
  bool is_component(PartId part) const { return index(part) < components_; }
  bool has_saved_states() const { return has_saved_states_; }

  // Every component by itself: what nobody can tell apart becomes equal. Comes first, once.
  void begin(Compression);
  void compose_named(std::span<const NamedPart>);
  // By strong or by branching bisimilarity.
  void compose_automatically(Compression how = Compression::branching);
  // Until one part is left. False: that is beyond the limits.
  bool compose_completely();

 private:
  bool merge(std::span<const PartId> set, Compression, ProductLimits, double share_max = 1);
  bool multiplies_rules(std::span<const PartId> set, const Lts& whole, const Interface&) const;
  std::vector<PartId> parts_of(std::span<const std::uint32_t> components) const;
  bool is_done(std::span<const PartId> set, Compression) const;
  void merge_pairs(std::vector<PartId> among, Compression, std::size_t parts_min, double share_max, ProductLimits);

  ActionNet net_;
  const Observed observed_;
  Budget& budget_;
  std::uint32_t components_ = 0;
  std::vector<Origin> origins_;   // by part, behind the components
  std::vector<PartId> whole_of_;  // by component: the part that it is in
  bool has_saved_states_ = false;
};

// A network composed as far as it is affordable: the sets that are named, then pairs by `automatic`; `none`: no pairs. None:
// its components cannot be built in advance. Each step that is cut short leaves what was composed before it.
std::optional<Composer> composed(Network&, std::span<const NamedPart> named, Compression automatic, Observed, Budget&);

}  // namespace tryst
