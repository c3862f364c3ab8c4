// Is an emitted program the model that it was emitted from? Asked of every program, by looking at it from outside.
//
// The generated components are compiled as they are, with a driver that visits all their states by calling nothing but
// offers() and fire(). Each component's transition system, and the whole program's where it fits the limit, is compared
// with the model's by strong bisimulation: components with their graphs in the network, the whole with the operational
// rules, which know nothing of networks.
// Source of the idea: Pnueli, Siegel & Singerman, "Translation validation", TACAS 1998.
#pragma once

#include <filesystem>
#include <optional>

#include "cli/operand.hpp"
#include "runtime/emitter/collect.hpp"

namespace tryst::cli {

// Larger wholes are not explored; their components still are.
inline constexpr std::uint64_t validated_states_max = 200'000;

struct Validation {
  std::size_t components = 0;           // different ones that were compared
  std::optional<std::uint32_t> states;  // of the whole; none: the model or the program has too many
};

// `folder` holds the emitted files; what is made there is removed again. The compiler is that of $CXX, else `c++`.
// Throws InternalError when program and model differ, OutputError when there is no compiler, LimitReached.
Validation validate_translation(const std::filesystem::path& folder, const emitter::Emission&,
                                const emitter::CompleteNetwork&, Operand&, Budget&);

}  // namespace tryst::cli
