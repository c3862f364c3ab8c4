// Substitutions and distinctions of free names.
//
// A distinction (Milner, Parrow & Walker) is a finite irreflexive symmetric relation: names that must stay apart. A
// substitution respects it when it does not identify two of them.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "semantics/pi/transitions.hpp"

namespace tryst::pi {

// Ascending, each name once, none mapped to itself.
using NameMap = std::vector<std::pair<Name, Name>>;

Name image(const NameMap&, Name);

class Distinction {
 public:
  bool empty() const { return pairs_.empty(); }
  bool separates(Name, Name) const;
  void separate(Name a, Name b);  // a != b
  // The distinction between the images. The map must respect it.
  Distinction mapped(const NameMap&) const;
  // Forgets the pairs of names that are not among `names` (ascending).
  void restrict_to(std::span<const Name> names);
  const std::vector<std::pair<Name, Name>>& pairs() const { return pairs_; }
  friend bool operator==(const Distinction&, const Distinction&) = default;

 private:
  std::vector<std::pair<Name, Name>> pairs_;  // ascending, the smaller name first
};

// The most general substitution that satisfies the equations of a condition, by union-find, if it respects the
// distinction. Each class of names becomes its least, so a constant if there is one.
std::optional<NameMap> unifier(std::span<const Constraint>, const Distinction&);

// All partitions of the names (ascending), as the maps to the least of each block; the identity is the first.
std::vector<NameMap> partitions(std::span<const Name>);

// The union of two ascending lists.
std::vector<Name> united(std::span<const Name>, std::span<const Name>);

}  // namespace tryst::pi
