// A bisimulation game for reading: two lines a situation, then the attacker's move and the answers to it.
//
//   round 1  left   a(x).[x=b]t.0
//            right  a(x).0
//     left does a<b> and becomes t.0; right can become
//       0, refuted in round 2
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/report.hpp"

namespace tryst::cli {

// Long plays are cut: the other reports have them whole. Lines are broken at `width` columns.
std::string play_text(const std::vector<ReportedRound>&, std::size_t width);

}  // namespace tryst::cli
