// Values and conditions of π-programs as C++.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "runtime/emitter/pi_code.hpp"

namespace tryst::emitter {

std::string cxx_type(pi::SortKind);

class PiCxx {
 public:
  explicit PiCxx(const PiCode& code) : code_(code) {}

  void name(std::uint32_t variable, std::string identifier) { identifiers_[variable] = std::move(identifier); }
  bool has(std::uint32_t variable) const { return identifiers_.contains(variable); }
  const std::string& identifier(std::uint32_t variable) const { return identifiers_.at(variable); }
  // Those that have been written since the last call of forget_used().
  const std::set<std::uint32_t>& used() const { return used_; }
  void forget_used() { used_.clear(); }

  std::string operator()(const PiValue&);
  // `visitor`: of a name's match, by way of `each`, which may ignore it.
  std::string condition(pi::ProcKind, const PiValue& left, const PiValue& right, bool by_visitor);
  // All conditions of a branch, joined; empty: none.
  std::string conditions(const PiBranch&);

 private:
  const PiCode& code_;
  std::map<std::uint32_t, std::string> identifiers_;
  std::set<std::uint32_t> used_;
};

// The names that a point mentions, a line each: under a condition, or always where that is empty.
struct PiMention {
  std::string condition;
  std::string names;  // separated by commas
};
std::vector<PiMention> mentions(const PiCode&, const PiPoint&, PiCxx&);

}  // namespace tryst::emitter
