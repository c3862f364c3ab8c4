// The part of a certificate that is about a few components at once: what these can reach together, found once more.
//
// Cost: what the components of each different tuple can reach side by side. Threads: none inside.
#pragma once

#include "checker/structural/certificate.hpp"
#include "checker/structural/plain_net.hpp"

namespace tryst {

// Wherever the components of one of these tuples are in a deadlock, one of its places is occupied. Throws
// WrongCertificate.
void check_tuples(const PlainNet&, const std::vector<Certificate::Tuple>&);

}  // namespace tryst
