#include "cli/commands.hpp"
#include "cli/export.hpp"

namespace tryst::cli {

ExitStatus minimise_command(const Options& options, const Terminal& terminal) {
  return export_operand(options, terminal, options.relation);
}

}  // namespace tryst::cli
