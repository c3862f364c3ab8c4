// Values of the evaluator as literals of machine code.
#pragma once

#include <optional>

#include "runtime/emitter/machine_code.hpp"
#include "semantics/csp/event_shape.hpp"

namespace tryst::emitter {

// None: the value has another type, or contains what is no data.
std::optional<Expression> literal(const csp::EventField&, const DataType&, const std::vector<Datatype>&);

}  // namespace tryst::emitter
