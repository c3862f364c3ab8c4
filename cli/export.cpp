#include "cli/export.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "checker/equivalence.hpp"
#include "cli/operand.hpp"
#include "cli/output.hpp"
#include "cli/phrases.hpp"

namespace tryst::cli {

namespace {

std::string size_text(const Lts& lts) {
  return fmt::format("{}, {}", count(lts.state_count(), "state"), count(lts.transition_count(), "transition"));
}

// Of the system as built, and of its quotient if there is one.
std::string sizes(const Lts& built, const std::optional<Lts>& quotient, const std::string& relation, Format format) {
  const Lts& result = quotient ? *quotient : built;
  if (format == Format::json) {
    nlohmann::ordered_json json{{"states", result.state_count()}, {"transitions", result.transition_count()}};
    if (quotient) {
      json["relation"] = relation;
      json["before"] = {{"states", built.state_count()}, {"transitions", built.transition_count()}};
    }
    return json.dump() + "\n";
  }
  if (!quotient) return size_text(built) + "\n";
  return fmt::format("before: {}\nafter:  {} ({})\n", size_text(built), size_text(*quotient), relation);
}

void write(const Lts& lts, const Options& options) {
  Result result(options.output);
  write_lts(lts, options.to, {options.label_style, options.tau_label}, result.stream());
  result.commit();
}

void build_and_write(Operand& operand, const Options& options, const std::string& relation, Budget& budget,
                     ProgressLine& progress) {
  LazyLts rows = operand.rows();
  const Lts built = explore(rows, budget);
  std::optional<Lts> quotient;
  if (!relation.empty()) quotient = minimise(built, *relation_named(relation), budget);
  progress.clear();
  // `minimise` without a file prints the sizes only.
  const bool sizes_only = options.command == Command::minimise && options.output.empty();
  if (!sizes_only) write(quotient ? *quotient : built, options);
  const bool to_file = !options.output.empty() && options.output != "-";
  if (sizes_only || (to_file && !options.quiet)) print(sizes(built, quotient, relation, options.format));
}

}  // namespace

ExitStatus export_operand(const Options& options, const Terminal& terminal, const std::string& relation) {
  return ask_about_operands(options, terminal, [&](auto operands, Budget& budget, ProgressLine& progress) {
    build_and_write(*operands[0], options, relation, budget, progress);
    return ExitStatus::holds;
  });
}

}  // namespace tryst::cli
