// Components that are alike with regard to a candidate: what is looked for may be looked for once for all of them.
//
// At first components of the same shape are alike, that is, with the same moves by number of local state and label, if
// they are in the same local state of the candidate. Each refinement sets apart those that share rules with components
// that are not alike. Once nothing changes, linear inequalities over places that have a solution have one that is the
// same for all that are alike; before that, a solution of this kind is one, if there is any.
//   shapes_   by component; groups_ by shape
// Cost: to make, O(moves); a refinement O(participants of rules, sorted by component). What is alike is told by hashes:
// components that are not alike may, by chance, count as such, which loses solutions but makes none wrong.
// Source: Grohe, Kersting, Mladenov & Selman, "Dimension reduction via colour refinement", ESA 2014. Threads: immutable.
#pragma once

#include <vector>

#include "checker/structural/place_net.hpp"

namespace tryst {

class Alike {
 public:
  // The labels of a shape that do the same, and what they do: pairs of local states.
  struct Group {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs;
  };
  struct Step {
    std::uint32_t group;
    std::uint32_t target;  // a local state
  };
  struct Shape {
    std::uint32_t places;
    std::vector<Group> groups;
    std::vector<std::uint32_t> group_of;  // by label
    Groups<Step> steps;                   // by local state
  };
  // By component, its class, numbered from 0 in the order of first components.
  struct Classes {
    std::vector<std::uint32_t> of;
    std::vector<std::uint32_t> first;  // by class: a component of it

    std::size_t size() const { return first.size(); }
  };

  Alike(const PlaceNet&, Budget&);

  const Shape& shape(std::uint32_t component) const { return shapes_[shape_of_[component]]; }
  Classes classes(const std::vector<PlaceId>& candidate) const;
  // A finer partition; of the same size: nothing changes any more.
  Classes refined(const Classes&, Budget&) const;
  Classes each_alone() const;

 private:
  const PlaceNet* net_;
  std::vector<Shape> shapes_;
  std::vector<std::uint32_t> shape_of_;  // by component
};

}  // namespace tryst
