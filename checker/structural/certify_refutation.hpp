// The part of a certificate that a SAT solver has found: the clauses that every deadlock satisfies, made once more, and
// lemmas that end in a contradiction.
//
// Traps and cuts are taken as they are: that they are what they claim is for certify.cpp to check.
// Cost: that of the formula, and of unit propagation for each lemma. Threads: none inside.
#pragma once

#include <string>

#include "checker/structural/certificate.hpp"
#include "checker/structural/plain_net.hpp"

namespace tryst {

// What is wrong with a certificate, thrown by the parts of its checker.
struct WrongCertificate {
  std::string what;
};

// Throws WrongCertificate.
void check_refutation(const PlainNet&, const Certificate&);

}  // namespace tryst
