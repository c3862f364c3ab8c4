// The soundness checks that stay on in every build: a failed one is our bug, never the user's, and ends the run
// with 70.
#pragma once

#include <stdexcept>

namespace tryst {

struct InternalError : std::logic_error {
  using std::logic_error::logic_error;
};

inline void ensure(bool condition, const char* what) {
  if (!condition) throw InternalError(what);
}

}  // namespace tryst
