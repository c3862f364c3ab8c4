// A program's code run as it stands in the tables that C++ is written from: the program before it is one.
//
// It is explored by the library that emitted programs have, so what is found is what `--explore` of the compiled program
// finds, if the compiler and the writer are right; and compared with the model it shows whether the translation is.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "runtime/emitter/pi_code.hpp"
#include "runtime/pi_states.hpp"

namespace tryst::emitter {

class InterpretedProgram {
 public:
  // The code must outlive the model.
  InterpretedProgram(const PiCode&, std::vector<std::int64_t> integers, bool only_new_names = false);
  InterpretedProgram(const InterpretedProgram&) = delete;
  InterpretedProgram& operator=(const InterpretedProgram&) = delete;

  const runtime::pi::Program& program() const { return program_; }

 private:
  struct Machine {
    const PiCode* code;
    std::uint32_t number;
  };
  const PiCode& code_;
  std::vector<std::int64_t> integers_;
  std::deque<Machine> machines_;
  std::deque<std::string> texts_;
  std::deque<std::vector<runtime::pi::Point>> points_;
  std::vector<runtime::pi::ProcessType> types_;
  std::vector<const char*> free_names_;
  runtime::pi::Program program_;
};

}  // namespace tryst::emitter
