// The π-calculus as a book defines it, for comparison: plain trees with names, α-conversion by renaming, no sharing, no
// canonical form, without definitions. Written against the rules, not against semantics/pi.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace tryst::naive_pi {

enum class Kind : std::uint8_t { nil, tau, input, output, match, mismatch, restriction, replication, parallel, sum };

struct Process;
using Ptr = std::shared_ptr<const Process>;

struct Process {
  Kind kind = Kind::nil;
  std::vector<std::string>
      names{};  // input: subject, parameters; output: subject, objects; match: two; restriction: one
  Ptr left{};
  Ptr right{};
};

struct Move {
  char kind = 't';  // 't', 'i', 'o'
  std::string subject{};
  std::vector<std::string> objects{};   // input: the bound names
  std::vector<std::string> extruded{};  // output: in the order of their first occurrence in the objects
  Ptr target{};
};

Ptr make(Kind, std::vector<std::string> names, Ptr left = nullptr, Ptr right = nullptr);

// In the syntax of the language.
std::string text(const Ptr&);
// The same with bound names numbered by depth: equal for α-equal processes, as long as no free name is called x1, x2
// ...
std::string alpha_text(const Ptr&);
std::set<std::string> free_names(const Ptr&);

using Renaming = std::map<std::string, std::string>;
// Of free names, all at once.
Ptr rename(const Ptr&, const Renaming&);
Ptr substitute(const Ptr&, const std::string& name, const std::string& by);

// The late transitions; bound names of the moves are different from everything.
std::vector<Move> moves(const Ptr&);

}  // namespace tryst::naive_pi
