// Z3, and one context for each thread: making one takes longer than most questions do. This is the only file that
// includes Z3; smt.cpp and solver.cpp are the only ones that include this one.
#pragma once

#include <z3++.h>

namespace tryst {

inline z3::context& shared_context() {
  thread_local z3::context context;
  return context;
}

}  // namespace tryst
