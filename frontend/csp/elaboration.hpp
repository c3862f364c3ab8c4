// Turns every `instance` into a clone of its module: declarations of its own, hence channels and datatypes of its own,
// with one `pattern` declaration that binds each parameter to its argument.
//
// An instance is elaborated after the instances that its module's name leads through (`X::N`) and those inside its
// module, whatever the order in the file; needing itself on the way is an error. Names are resolved once, in the
// original: the clone's names refer to the same bindings, except that what the module itself declares is replaced by
// the clone's own. Limits: all clones together, and the length of a chain of instances that need one another. Reports
// P0203 to P0206 and P0218 to P0220.
#pragma once

#include <string>

#include "frontend/csp/resolution.hpp"
#include "frontend/csp/tree_clone.hpp"

namespace tryst::csp {

inline constexpr std::size_t elaborated_nodes_max = 1'000'000;
inline constexpr int instance_chain_max = 200;

class Elaboration {
 public:
  explicit Elaboration(Resolution& resolution)
      : resolution_(resolution), typed_(resolution.typed), script_(resolution.typed.script) {}

  // Before bodies are resolved: clones the trees and the scopes, so that names like `I::c` mean something.
  void elaborate_all();

  // After bodies are resolved: translates what the originals' names refer to.
  void complete_all();

 private:
  enum class State : std::uint8_t { active, done };

  struct Clone {
    ClonePairs pairs;
    BindingId module;                                   // what was cloned
    BindingId instance;                                 // what it became
    std::unordered_map<BindingId, BindingId> bindings;  // original → copy, for all that the clone introduces itself
    std::unordered_map<DeclId, DeclId> decls;
    std::vector<std::pair<BindingId, BindingId>>
        modules;                     // those of `bindings` that have scopes, the module itself first
    std::vector<DeclId> parameters;  // the declarations that bind them
  };

  void elaborate(DeclId instance);
  BindingId target(DeclId instance);
  Lookup find_module(const Expr& name, DeclId instance);
  bool elaborate_inside(const std::vector<DeclId>& list, DeclId needed_by);
  bool available(DeclId instance, DeclId needed_by);
  bool arguments_fit(DeclId instance, DeclId module);
  void clone(DeclId instance, BindingId module);

  std::vector<ExprId> arguments(DeclId instance) const;
  bool pending(DeclId d) const { return script_.decls[d].kind == DeclKind::instance && !states_.contains(d); }

  void copy_bindings(Clone&);
  BindingId copy_binding(Clone&, BindingId original);
  void copy_scopes(Clone&);
  void own_parameters(const Clone&);
  void complete(Clone&);
  void complete_timed_sections(Clone&);
  BindingId translated(const Clone&, BindingId) const;

  void report_cycle(DeclId instance);
  void report_limit(DeclId instance, std::string what);

  Resolution& resolution_;
  Typed& typed_;
  Script& script_;
  std::unordered_map<DeclId, State> states_;  // of instances that have been started
  std::vector<Clone> clones_;                 // in the order of elaboration: originals before their clones
  std::size_t nodes_left_ = elaborated_nodes_max;
  int chain_ = 0;
  bool limit_reached_ = false;
};

}  // namespace tryst::csp
