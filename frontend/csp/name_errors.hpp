// The diagnostics about names that mean nothing, or not what they are used for (P0203 to P0206), with the best guess at
// what was meant: a similar name, a module that has it, the declaration that brings a built-in function into scope.
//
// A name is reported once a declaration. Guessing looks at every visible name, so only the first few errors get a
// guess.
#pragma once

#include <span>
#include <string>
#include <unordered_set>

#include "frontend/csp/environment.hpp"
#include "frontend/diagnostic.hpp"

namespace tryst::csp {

class NameErrors {
 public:
  NameErrors(const Typed& typed, const Environment& environment, const SourceSet& sources, Diagnostics& diagnostics)
      : typed_(typed), environment_(environment), sources_(sources), diagnostics_(diagnostics) {}

  // Names of the next declaration are reported anew.
  void start_declaration() { reported_.clear(); }

  enum class Wanted : std::uint8_t { value, module, type, constructor };

  // A look-up that found nothing that may be used here.
  void not_found(const Lookup&, Wanted, Symbol name, std::span<const Symbol> path, Span);
  // `external f` or `transparent f` of something that is no such function.
  void not_importable(Symbol name, Span, bool external);
  // `b` was found, but a module is where a value should be, or something else where a module should be.
  void wrong_kind(BindingId b, Wanted, Span);

  // `M::x` as written, and where a binding was introduced: "(defined at file:line:column)", empty for built-in names.
  std::string written(Symbol name, std::span<const Symbol> path) const;
  std::string origin(BindingId) const;

 private:
  static constexpr std::size_t compared_max = 200'000;

  void missing(const Lookup&, Wanted, Symbol name, std::span<const Symbol> path, Span);
  std::string guess(const Lookup&, Wanted, Symbol name);
  std::string guess_unqualified(Wanted, Symbol name);
  std::string did_you_mean_one_of(const std::vector<BindingId>&, Wanted, Symbol name, const std::string& prefix);
  std::string member_of_a_module(Symbol name) const;
  std::string name(BindingId b) const { return std::string(typed_.script.symbols.text(typed_.bindings[b].symbol)); }

  const Typed& typed_;
  const Environment& environment_;
  const SourceSet& sources_;
  Diagnostics& diagnostics_;
  std::unordered_set<std::string> reported_;
  std::size_t compared_ = 0;  // names, for all guesses so far
};

}  // namespace tryst::csp
