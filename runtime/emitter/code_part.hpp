// The part of machine code that some of its points need, numbered anew: what a struct is written from.
//
// Translating all components of a model together gives code in which equal processes are equal points; each struct then
// takes the points that its components can be at, with their functions, variables and datatypes.
#pragma once

#include <set>
#include <span>
#include <vector>

#include "runtime/emitter/identifiers.hpp"
#include "runtime/emitter/machine_code.hpp"

namespace tryst::emitter {

// The points that can be reached from a target, itself included.
std::set<std::uint32_t> reachable_points(const MachineCode&, const Process& target);

class CodePart {
 public:
  // `points`: with each point, those that can be reached from it. Identifiers of points and functions are made distinct.
  CodePart(const MachineCode& whole, const std::set<std::uint32_t>& points);

  MachineCode& code() { return code_; }
  // A target without variables that leads to one of the points, in the numbers of the part. Its arguments may need more
  // functions of the whole.
  Process target(Process of_whole);

 private:
  static constexpr std::uint32_t none = 0xffffffff;

  void grow();
  void add_functions();
  std::uint32_t function(std::uint32_t);
  std::uint32_t variable(std::uint32_t);
  DataType type(DataType);
  void renumber(Expression&);
  void renumber(Domain&);
  void renumber(Process&);

  const MachineCode& whole_;
  MachineCode code_;
  Identifiers names_ = names_for_components();
  // By number in the whole: the number here, or none.
  std::vector<std::uint32_t> points_, functions_, variables_, datatypes_;
  std::vector<std::uint32_t> functions_wanted_;  // by number here: the number in the whole
};

}  // namespace tryst::emitter
