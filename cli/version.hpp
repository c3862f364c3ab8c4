// The version of the tool, from the build system.
#pragma once

#include <string_view>

namespace tryst::cli {

inline constexpr std::string_view version = TRYST_VERSION;

}  // namespace tryst::cli
