// A run of a π-program with labels that somebody else has written: the checker, say, for a counterexample.
//
// `_k` is the least name that a state does not mention; so who takes away more of what can never act numbers names that are
// new otherwise. Labels are therefore the same up to a bijection of these names, which is built along the run: a number
// of the program stands for a name of the trace from the label that it is new in, for as long as the program's state mentions
// it. A name that is new where the trace says so (`a(_0)`, `'a<^_0>`) is another than one that was called so before.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/pi_states.hpp"

namespace tryst::runtime::pi {

// A shortest run with these visible labels, and with `to_deadlock` to a state without steps: its labels, as the program
// numbers names, silent ones empty; none if there is no such run. Throws std::length_error beyond the limit of states.
std::optional<std::vector<std::string>> find_run(const Program&, std::span<const std::string> visible, bool to_deadlock,
                                                 std::size_t states_max = explored_states_max);

}  // namespace tryst::runtime::pi
