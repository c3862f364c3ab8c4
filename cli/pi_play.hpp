// The play that tells two π-processes apart, in words.
//
// Its moves and answers name the lines of the prefixes that act; where a prefix is written twice in the same words, the
// first. Its steps are one line of the play, where the defender resists longest; its rounds are the whole of it.
#pragma once

#include "checker/pi/equivalence.hpp"
#include "cli/report.hpp"

namespace tryst::cli {

// Of a comparison that fails. Terms may be built on the way: no budget may be set.
Counterexample describe_play(const pi::Comparison&, const pi::Equivalence&, pi::Transitions&, const SourceSet&);

// An action in a situation, as in the exported transition systems: `a<b>` receives, `'a<^_0>` sends a new name, `t` is
// internal.
std::string text_of(const pi::Action&, const pi::Situation&, const pi::Terms&);

// A process of a situation: `P`, or `(_0)P` where names have been received but not chosen.
std::string text_of(const pi::Situation&, pi::TermId, pi::Terms&);

// Of a substitution, or of a distinction.
std::vector<std::pair<std::string, std::string>> texts_of(const std::vector<std::pair<pi::Name, pi::Name>>&,
                                                          const pi::Terms&);

}  // namespace tryst::cli
