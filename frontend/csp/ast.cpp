#include "frontend/csp/ast.hpp"

namespace tryst::csp {

Symbol Symbols::intern(std::string_view text) {
  if (const auto known = ids_.find(text); known != ids_.end()) return known->second;
  const auto symbol = static_cast<Symbol>(texts_.size());
  const auto [entry, added] = ids_.emplace(std::string(text), symbol);
  assert(added);
  texts_.push_back(entry->first);
  return symbol;
}

}  // namespace tryst::csp
