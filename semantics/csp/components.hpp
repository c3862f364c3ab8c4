// The components of a system: the leaves of the static parallel structure of its initial term, left to right.
//
// Parallel operators, hiding, renaming, priority, chase and compressions keep their shape while the system runs, so a
// component stays in its place. Whatever is inside another operator (a parallel behind a prefix, `;` of parallels)
// belongs to one component. A component is called as the process was where it is composed, else by what it starts with.
//   nodes()    a tree; node 0 is the root, children after their parent
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "semantics/csp/terms.hpp"

namespace tryst::csp {

class Components {
 public:
  static constexpr std::size_t depth_max = 1000;  // what is nested deeper counts as one component

  struct Node {
    Operator op;                          // of an inner node
    std::vector<std::uint32_t> children;  // of an inner node, one for each operand; a leaf has none
    std::uint32_t component;              // of a leaf: its number; of an inner node: the number of its first leaf
    std::uint32_t count;                  // leaves below; 1 for a leaf
  };

  // `initial` has been resolved before without an error, so that unfolding it ends.
  Components(Terms&, Unfolder&, ProcessId initial);

  const std::vector<Node>& nodes() const { return nodes_; }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::uint32_t build(ProcessId, std::string name, std::size_t depth);
  void number_equal_names();

  Terms& terms_;
  Unfolder& unfolder_;
  std::vector<Node> nodes_;
  std::vector<std::string> names_;
};

}  // namespace tryst::csp
