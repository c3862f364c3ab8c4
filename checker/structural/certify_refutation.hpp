// The part of a certificate that a SAT solver has found: the clauses that every deadlock satisfies, made once more, and
// lemmas that end in a contradiction.
//
// Traps, cuts and tuples are taken as they are: that they are what they claim is for certify.cpp to check.
// Cost: that of the formula, and of unit propagation for each lemma. Threads: none inside.
#pragma once

#include <string>

#include "checker/structural/certificate.hpp"
#include "checker/structural/plain_net.hpp"
#include "checker/structural/unit_propagation.hpp"

namespace tryst {

// What is wrong with a certificate, thrown by the parts of its checker.
struct WrongCertificate {
  std::string what;
};

// All of these throw WrongCertificate.

// The lemmas follow from the clauses, one after the other, and end in a contradiction.
void follow_lemmas(UnitPropagation& clauses, int variables, const Certificate::Argument&, Budget&);

// The places of a ladder are distinct, and of one component.
void check_ladder(const Certificate::Ladder&, const PlainNet&);

void check_refutation(const PlainNet&, const Certificate::Argument&);

}  // namespace tryst
