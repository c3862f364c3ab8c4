// τ and ✓ as ordinary events, for the relations that make nothing of them.
#pragma once

#include <string>

#include "semantics/lts.hpp"

namespace tryst {

struct PlainNames {
  std::string tau, tick;
};

// As exported files have them, unless an event of one of the systems has that name.
PlainNames plain_names(const Lts& left, const Lts& right);

// The same system with ✓, and perhaps τ, as visible events of these names; no state is Ω.
Lts with_plain_labels(const Lts&, const PlainNames&, bool plain_tau);

// The reverse: the events of these names become τ and ✓.
Lts without_plain_labels(const Lts&, const PlainNames&);

}  // namespace tryst
