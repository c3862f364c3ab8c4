#include "cli/export.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checker/equivalence.hpp"
#include "cli/limits.hpp"
#include "cli/operand.hpp"
#include "cli/output.hpp"
#include "cli/phrases.hpp"

namespace tryst::cli {

namespace {

struct Size {
  std::uint64_t states;
  std::uint64_t transitions;
};

Size size(const Lts& lts) { return {lts.state_count(), lts.transition_count()}; }

std::string text(Size size) {
  return fmt::format("{}, {}", count(size.states, "state"), count(size.transitions, "transition"));
}

// Of the system as built and as written: the same unless it was minimised by a relation. Where its parts were minimised
// before they were put together, nobody knows how large it is.
std::string sizes(Size built, bool is_composed, Size written, const std::string& relation, Format format) {
  if (format == Format::json) {
    nlohmann::ordered_json json{{"states", written.states}, {"transitions", written.transitions}};
    if (!relation.empty()) {
      json["relation"] = relation;
      json["before"] = {{"states", built.states}, {"transitions", built.transitions}};
      if (is_composed) json["composed"] = true;
    }
    return json.dump() + "\n";
  }
  if (relation.empty()) return text(built) + "\n";
  return fmt::format("before: {}{}\nafter:  {} ({})\n", text(built), is_composed ? ", its parts minimised already" : "",
                     text(written), relation);
}

void write(const Lts& lts, const Options& options) {
  Result result(options.output);
  write_lts(lts, options.to, {options.label_style, options.tau_label}, result.stream());
  result.commit();
}

void build_and_write(Operand& operand, const Options& options, const std::string& relation, Budget& budget,
                     ProgressLine& progress) {
  const bool may_compose = !relation.empty() && options.compose == ComposeChoice::automatic;
  Lts lts = operand.explored(budget, may_compose ? relation_named(relation) : std::nullopt);
  const Size built = size(lts);
  if (!relation.empty()) lts = minimise(std::move(lts), *relation_named(relation), budget, thread_count(options));
  progress.clear();
  // `minimise` without a file prints the sizes only.
  const bool sizes_only = options.command == Command::minimise && options.output.empty();
  if (!sizes_only) write(lts, options);
  const bool to_file = !options.output.empty() && options.output != "-";
  if (sizes_only || (to_file && !options.quiet))
    print(sizes(built, operand.is_composed, size(lts), relation, options.format));
}

}  // namespace

ExitStatus export_operand(const Options& options, const Terminal& terminal, const std::string& relation) {
  return ask_about_operands(options, terminal, [&](auto operands, Budget& budget, ProgressLine& progress) {
    build_and_write(*operands[0], options, relation, budget, progress);
    return ExitStatus::holds;
  });
}

}  // namespace tryst::cli
