// New labels for old: what lines the alphabets of two systems up before they are compared.
//
// A rule speaks of a label, as it is printed, or of a channel: `c` covers `c` and every label that goes on behind it
// with a dot, a bracket or a blank, so `c.1` (CSPM), `c(1)` (mCRL2), `c<a>` (π) and `c !1` (CADP). Of several rules
// that cover a label the longest counts. The rest of the label stays: with c → d, `c.1` becomes `d.1`. All events are
// renamed at once, so two labels can change places; what is hidden is said in new labels. τ and ✓ are no labels.
//
// Cost: a lookup for each prefix of each event's name, once an event. Not thread-safe: rules remember that they were
// used.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "semantics/budget.hpp"
#include "semantics/lts.hpp"

namespace tryst {

class Relabelling {
 public:
  // `to` empty: τ. False if there is a rule for `from` already.
  bool rename(std::string from, std::string to);
  void hide(std::string label);

  // The event's name afterwards; empty: τ.
  std::string apply(std::string_view name);
  bool empty() const { return renamed_.empty() && hidden_.empty(); }
  // What no event has met yet, in the order of the labels.
  std::vector<std::string> unused() const;
  // Whether an event has met a rule for this label.
  bool is_used(std::string_view label) const;

 private:
  struct Rule {
    std::string to;
    bool used = false;
  };
  using Rules = std::map<std::string, Rule, std::less<>>;
  static Rules::iterator covering(Rules&, std::string_view name);

  Rules renamed_;
  Rules hidden_;
};

// The system with its events renamed.
Lts relabelled(const Lts&, Relabelling&, Budget&);

}  // namespace tryst
