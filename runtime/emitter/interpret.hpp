// Machine code as a transition system: its states are found by running it.
//
// Nothing here is part of an emitted program: that is compared with the model once more, as C++.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/emitter/machine_code.hpp"
#include "semantics/network/network.hpp"

namespace tryst::emitter {

// What cannot be computed as it is translated, for the reader of the emitted project: the component is a table then.
struct CodeFails {
  std::string reason;
};

// States are numbered as they are met; 0 is the one that `initial` calls. Running the code sets its `length_max` and
// `repeats`.
class CodeStates {
 public:
  struct Move {
    EventId event;  // tau, tick, `ended` for ever after ✓; no_id: none that the component has
    std::uint32_t target;
  };
  CodeStates(MachineCode&, const Process& initial, const EventNames&);
  ~CodeStates();
  // Of a state that was met: distinct, in the order in which the code offers them. Throws CodeFails.
  const std::vector<Move>& moves(std::uint32_t state);

 private:
  class Interpreted;
  MachineCode& code_;
  const EventNames& names_;
  std::unique_ptr<Interpreted> interpreted_;
  std::vector<std::optional<std::vector<Move>>> rows_;
};

}  // namespace tryst::emitter
