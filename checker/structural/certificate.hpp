// A proof of deadlock freedom, or that nobody is blocked for ever, as text, to be checked by a program that did not
// find it (certify.hpp).
//
//   tryst certificate 1
//   assertion SYSTEM :[deadlock free]
//   model FD
//   size 6 18 16                      components, places, rules
//   order 3 1 7 ...                   the argument `order`: places, each before those it waits for
//   rounds 19 3 0 7 4                 the argument `rounds`: what a round counts, and the steps that begin one
//   ranks 5 0 -3 12 ...               by place
//   trap 2 5 9                        the argument `refuted`: any number of these kinds of lines
//   weights 3 1 7 -1                  places and their weights, of which the sum over occupied places never grows
//   cut 3 4                           by these weights, one of these places is occupied in every deadlock; any number
//   tuple 3 0 2 5 7 9 12              3 components, and places of theirs of which one is occupied in every deadlock
//   ladder 19 0 1 2 3 4 5 6 7 8       the first auxiliary variable, and the places of one component it helps with
//   lemma -3 7                        a clause that follows by unit propagation; the last one is empty
//   local                             if nobody is blocked for ever either; then the argument for that, without cuts
//                                     and tuples
//   order 3 1 7 ...
//   end
//
// Places are numbered component by component, and those of a component in the order of its local states, after this has
// been done until nothing was left: for each component in turn, also those that come up meanwhile, every local state is
// expanded, in order.
// The formula, its variables and ladders are those of deadlock_formula.hpp, and behind `local` of local_formula.hpp; an
// order there is also one in which whoever is waited for comes round (comes_round.hpp). A file holds any number of
// certificates.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace tryst {

struct Certificate {
  struct Ladder {
    int first_variable;
    std::vector<std::uint32_t> places;
  };
  struct Rounds {
    std::int64_t round;
    std::vector<std::uint32_t> turns;  // from, to, from, to ...
    std::vector<std::int64_t> ranks;
  };
  struct Sum {
    std::vector<std::int64_t> weights;  // place, weight, place, weight ...
    std::vector<std::vector<std::uint32_t>> cuts;
  };
  struct Tuple {
    std::vector<std::uint32_t> components;
    std::vector<std::uint32_t> places;
  };
  struct Argument {
    std::optional<std::vector<std::uint32_t>> order;
    std::optional<Rounds> rounds;
    std::vector<std::vector<std::uint32_t>> traps;
    std::vector<Sum> sums;
    std::vector<Tuple> tuples;
    std::vector<Ladder> ladders;
    std::vector<std::vector<int>> lemmas;
  };
  std::string assertion;  // as the script has it, on one line
  std::string model;
  std::uint64_t components = 0;
  std::uint64_t places = 0;
  std::uint64_t rules = 0;
  Argument deadlock;              // that there is no deadlock; empty of a question of divergence alone
  std::optional<Argument> local;  // that nobody is blocked for ever either
};

std::string text_of(const Certificate&);

// All certificates of a file; none: it is not one, and `error` says where and why.
std::optional<std::vector<Certificate>> read_certificates(std::istream&, std::string& error);

}  // namespace tryst
