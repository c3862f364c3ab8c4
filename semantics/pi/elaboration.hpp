// From the syntax tree to terms: definitions become agents, names in scope become numbers, all others constants.
#pragma once

#include <span>
#include <vector>

#include "frontend/pi/sorts.hpp"
#include "semantics/pi/term.hpp"

namespace tryst::pi {

// Declares and defines every agent of a resolved script; `script` and `terms` must outlive the elaboration.
class Elaboration {
 public:
  // `processes`: all that process() will be asked for. What their common free names carry is found out together, which
  // matters only where data are sent.
  Elaboration(const Script& script, Terms& terms, std::span<const ProcId> processes = {});

  // The settled term of a process of the script, at the top level: its free names are constants.
  TermId process(ProcId);

 private:
  Span prefix_span(ProcId) const;
  TermId build(ProcId);
  Name resolve(Symbol) const;
  Name resolve(const NameUse&) const;
  std::vector<Name> resolve(std::span<const NameUse>) const;
  TermId comparison(ProcKind, const NameUse& left, const NameUse& right, TermId) const;
  TermId under(std::span<const NameUse> binder, ProcId body);

  const Script& script_;
  Terms& terms_;
  std::vector<AgentId> agents_;               // by the symbol of their name; no_id where there is none
  std::vector<std::vector<SortKind>> kinds_;  // of inputs, by ProcId; none where all are names
  std::vector<std::vector<Symbol>> binders_;  // those open, innermost last
};

}  // namespace tryst::pi
