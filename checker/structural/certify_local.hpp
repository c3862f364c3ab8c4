// The part of a certificate that says that nobody can be blocked for ever (certificate.hpp, behind `local`).
//
// Like everything that checks certificates, made once more from the definitions (local_formula.hpp, comes_round.hpp)
// and without the prover's code. Cost: that of the prover, in plain code. Threads: none inside.
#pragma once

#include "checker/structural/certificate.hpp"
#include "checker/structural/plain_net.hpp"

namespace tryst {

// Whoever is waited for comes round, in a net that cannot end. Throws WrongCertificate (certify_refutation.hpp).
void check_comes_round(const PlainNet&);

// The clauses that hold where somebody is blocked for ever, with those of the traps, and lemmas that end in a
// contradiction. The traps are taken as they are. Throws WrongCertificate.
void check_local_refutation(const PlainNet&, const Certificate::Argument&);

}  // namespace tryst
