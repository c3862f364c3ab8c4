// Checks a certificate of freedom of deadlock or divergence (certificate.hpp) against a network, from the definitions.
//
// Shares no code with the prover but the format: it has its own view of the network, its own pairs of local states that
// can meet, its own formula, and follows the SAT solver's proof by unit propagation. Whatever it accepts is as
// claimed, wherever the certificate comes from.
// Cost: that of the prover, in plain code. May throw ScriptError and LimitReached. Threads: none inside.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "checker/structural/certificate.hpp"
#include "semantics/budget.hpp"
#include "semantics/network/network.hpp"

namespace tryst {

// What is claimed of a network; a certificate of freedom of divergence alone holds nothing but the network's size.
enum class Claim : std::uint8_t { no_deadlock, no_divergence, neither };

// What is wrong with it; none: the network is as claimed.
std::optional<std::string> refute_certificate(const Certificate&, Network&, Claim, Budget&);

}  // namespace tryst
