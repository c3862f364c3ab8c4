// Reads which component of a program runs on which executor:
//
//   -- the two ends of the link
//   sender:
//   SENDER(false)
//   FRAMES*
//   receiver:
//   RECEIVER*
//
// A line that ends in a colon begins an executor; every other line is the name of a component, or a pattern (* ? [...])
// over names, for the executor above it. A line that begins with `--` is a comment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "frontend/diagnostic.hpp"
#include "frontend/source.hpp"

namespace tryst::emitter {

struct DeploymentPlan {
  std::vector<std::string> executors;      // names
  std::vector<std::uint32_t> executor_of;  // by component
};

// For components of these names. P0661: a name without an executor, or an executor without components; P0662: a name
// that no component has; P0663: a component has an executor already; P0664: a component has none.
std::optional<DeploymentPlan> read_deployment(const SourceSet&, FileId, const std::vector<std::string>& components,
                                              Diagnostics&);

}  // namespace tryst::emitter
