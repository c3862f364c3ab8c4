// Checks a certificate of deadlock freedom (certificate.hpp) against a network, from the definitions.
//
// Shares no code with the prover but the format: it has its own view of the network, its own pairs of local states that
// can meet, its own formula, and follows the SAT solver's proof by unit propagation. Whatever it accepts is free of
// deadlock, wherever the certificate comes from; in models that are strict about divergence, of divergence too.
// Cost: that of the prover, in plain code. May throw ScriptError and LimitReached. Threads: none inside.
#pragma once

#include <optional>
#include <string>

#include "checker/structural/certificate.hpp"
#include "semantics/budget.hpp"
#include "semantics/network/network.hpp"

namespace tryst {

// What is wrong with it; none: the network has no deadlock. `sees_divergence`: nor a divergence.
std::optional<std::string> refute_certificate(const Certificate&, Network&, bool sees_divergence, Budget&);

}  // namespace tryst
