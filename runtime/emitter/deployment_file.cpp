#include "runtime/emitter/deployment_file.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>

#include "frontend/trimmed.hpp"

namespace tryst::emitter {

namespace {

constexpr std::uint32_t nowhere = 0xffffffff;

class Reader {
 public:
  Reader(const SourceSet& sources, FileId file, const std::vector<std::string>& components, Diagnostics& diagnostics)
      : text_(sources.text(file)), base_(sources.base(file)), components_(components), diagnostics_(diagnostics) {
    plan_.executor_of.assign(components.size(), nowhere);
  }

  std::optional<DeploymentPlan> read() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      line(trimmed(text_.substr(at, end - at)));
      at = end + 1;
    }
    end_executor();
    if (const auto at = std::ranges::find(plan_.executor_of, nowhere); at != plan_.executor_of.end()) {
      const auto others = std::count(at + 1, plan_.executor_of.end(), nowhere);
      const std::string& name = components_[static_cast<std::size_t>(at - plan_.executor_of.begin())];
      report("P0664", text_.substr(text_.size()),
             others == 0 ? fmt::format("`{}` is on no executor", name)
                         : fmt::format("`{}` and {} more are on no executor", name, others),
             "every component runs somewhere");
    }
    if (diagnostics_.has_errors()) return std::nullopt;
    return std::move(plan_);
  }

 private:
  void line(std::string_view line) {
    if (line.empty() || line.starts_with("--")) return;
    if (line.ends_with(':')) {
      end_executor();
      heading_ = line;
      is_used_ = false;
      plan_.executors.emplace_back(trimmed(line.substr(0, line.size() - 1)));
      return;
    }
    if (plan_.executors.empty())
      return report("P0661", line, "this component is for no executor", "a line `NAME:` begins an executor");
    place(line);
  }

  // A name is itself before it is a pattern: `(a [] b)` has brackets.
  void place(std::string_view name) {
    const std::string pattern(name);
    const bool is_name = std::ranges::find(components_, pattern) != components_.end();
    bool is_met = false;
    for (std::size_t c = 0; c < components_.size(); ++c) {
      if (is_name ? components_[c] != pattern : fnmatch(pattern.c_str(), components_[c].c_str(), 0) != 0) continue;
      is_met = true;
      if (plan_.executor_of[c] != nowhere)
        return report("P0663", name, fmt::format("`{}` has an executor already", components_[c]),
                      fmt::format("it is on `{}`", plan_.executors[plan_.executor_of[c]]));
      plan_.executor_of[c] = static_cast<std::uint32_t>(plan_.executors.size() - 1);
      is_used_ = true;
    }
    if (!is_met)
      report("P0662", name, "the program has no such component",
             fmt::format("its components are `{}`", fmt::join(components_, "`, `")));
  }

  void end_executor() {
    if (!heading_.empty() && !is_used_)
      report("P0661", heading_, "this executor has no component", "each has one at least");
  }

  // `part` is a piece of the file's text.
  void report(std::string_view code, std::string_view part, std::string message, std::string help) {
    const auto begin = base_ + static_cast<std::uint32_t>(part.data() - text_.data());
    Diagnostic diagnostic{
        code, Severity::error, std::move(message), {begin, begin + static_cast<std::uint32_t>(part.size())}};
    diagnostic.help = std::move(help);
    diagnostics_.report(std::move(diagnostic));
  }

  std::string_view text_;
  std::uint32_t base_;
  const std::vector<std::string>& components_;
  Diagnostics& diagnostics_;
  DeploymentPlan plan_;
  std::string_view heading_;  // of the last executor
  bool is_used_ = false;      // it has a component
};

}  // namespace

std::optional<DeploymentPlan> read_deployment(const SourceSet& sources, FileId file,
                                              const std::vector<std::string>& components, Diagnostics& diagnostics) {
  return Reader(sources, file, components, diagnostics).read();
}

}  // namespace tryst::emitter
