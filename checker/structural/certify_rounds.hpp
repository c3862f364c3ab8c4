// The part of a certificate that is about components that go round (waiting_rounds.hpp): how far two of them can be
// apart is found once more.
//
// Cost: for each two components that share rules, what they can reach side by side, for each difference. Threads: none
// inside.
#pragma once

#include "checker/structural/certificate.hpp"
#include "checker/structural/plain_net.hpp"

namespace tryst {

// Wherever a component waits for another one, its rank, and what it is ahead, exceed the other's rank. Throws
// WrongCertificate.
void check_rounds_of_waiting(const PlainNet&, const Certificate::Rounds&);

}  // namespace tryst
