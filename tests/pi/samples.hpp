// Processes to try things on: all small ones, random ones, and neighbours, which differ little and so are often
// equivalent in some relations and not in others.
#pragma once

#include <random>
#include <utility>
#include <vector>

#include "tests/pi/naive_pi.hpp"

namespace tryst::naive_pi {

// All processes with `size` operators at most over the given names: prefixes of one object, and each restriction used.
// Of a sum or a product and its mirror image only one is there.
std::vector<Ptr> small_processes(int size, const std::vector<std::string>& names);

enum class Mismatch : std::uint8_t { without, with };

// A random process over the names a, b, c with `size` operators.
Ptr random_process(std::mt19937&, int size, Mismatch = Mismatch::with);

// The process after one change somewhere in it: a τ more, a prefix less, a summand that is itself a neighbour, another
// name, a condition, a product written out as a sum.
Ptr neighbour(const Ptr&, std::mt19937&);

// Two processes that receive, which early relations identify and late ones mostly do not: a(y).P + a(y).Q, or
// a(y).(t.P + t.Q), and the same with a summand more, which is as P when b is received and as Q otherwise; Q is 0 where
// there is no mismatch to say so.
std::pair<Ptr, Ptr> choices_on_reception(std::mt19937&, int size, Mismatch);

// The process behind prefixes that receive or extrude the names b and c, in one of several orders.
Ptr behind_interface(const Ptr&, std::size_t order);

}  // namespace tryst::naive_pi
