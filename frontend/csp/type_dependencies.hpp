// Which declarations of a list need which others to have a type first.
//
// A list (script, module, Timed section, let) is flattened: what stands in modules, instances and Timed sections is
// typed with the rest, in the order of its uses; a module with parameters is one node, its inside a list of its own. A
// module depends on what it declares, an instance on its module, and what an instance declares on the instance; so a
// module that uses an instance of itself meets that instance in its own group.
//
// Groups are the strongly connected components of "uses" (Tarjan, SIAM J. Comput. 1972), used ones before their users.
// Cost: linear in the list and everything inside it.
#pragma once

#include <span>
#include <vector>

#include "frontend/csp/typing.hpp"

namespace tryst::csp {

// What belongs to a declaration but stands elsewhere.
struct Companions {
  std::vector<DeclId> annotation;  // by BindingId, or none
  std::vector<BindingId> tock;     // by DeclId of a Timed section, else none
};
Companions companions(const Typed&);

// The declarations of a list that bind names or have something to check, flattened; then their groups, in typing order.
struct DeclGroups {
  std::vector<DeclId> flat;
  std::vector<DeclId> instances;            // beside flat: the innermost instance around each, or none
  std::vector<std::vector<DeclId>> groups;  // within a group, in the order written
};
DeclGroups declaration_groups(const Typed&, const Companions&, std::span<const DeclId> list);

// How many declarations at the front of an instance's `inner` bind its parameters.
std::size_t parameter_count(const Typed&, DeclId instance);

inline bool is_instance(const Decl& d) { return d.kind == DeclKind::module && d.instance_of != no_id<DeclId>; }
inline bool is_parametrised(const Decl& d) {
  return d.kind == DeclKind::module && d.instance_of == no_id<DeclId> && !d.patterns.empty();
}

}  // namespace tryst::csp
