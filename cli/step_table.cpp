#include "cli/step_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "cli/phrases.hpp"
#include "frontend/printable.hpp"

namespace tryst::cli {

namespace {

constexpr std::size_t step_width = 4;
constexpr std::size_t event_width_min = 11;      // with the gap behind it
constexpr std::size_t component_width_min = 14;  // with the gap behind it
constexpr std::size_t wanted_width_max = 24;
constexpr std::ptrdiff_t standing_shown_max = 20;  // of components, where nothing has happened
constexpr std::size_t steps_shown_half = 50;       // of a run of more than twice as many, those at each end

std::string at_line(const Place& place) { return place.known() ? fmt::format(" L{}", place.line) : ""; }

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return fmt::format("{}{:{}}", text, "", used < width ? width - used : 0);
}

// Blanks at the end of a line are of no use to anybody.
std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

struct Row {
  std::string step;                // the number, or empty
  std::string event;               // or the label of a row below the steps
  std::vector<std::string> cells;  // one a component
};

// The rows of one run, with a heading of its own where there is more than one part.
struct Part {
  std::string heading;
  std::vector<Row> rows;
};

class Table {
 public:
  explicit Table(const Counterexample& example) : example_(example) {
    add_steps("", example.steps, 0);
    add_steps("and then again and again:", example.loop, example.steps.size());
    add_steps("but it may also go like this, and refuse:", example.other_steps, 0);
    parts_.push_back({"", standing_rows()});
    for (std::uint32_t c = 0; c < example.components.size(); ++c) shown_.push_back(c);
  }

  std::string text(std::size_t width) {
    if (total_width() <= width) return grid();
    std::vector<std::uint32_t> idle;
    std::erase_if(shown_, [&](std::uint32_t c) {
      if (takes_part(c)) return false;
      idle.push_back(c);
      return true;
    });
    if (parts_.size() == 1) {  // nothing has happened: what there is to say is where everybody stands
      shown_.assign(idle.begin(), idle.begin() + std::min<std::ptrdiff_t>(std::ssize(idle), standing_shown_max));
      const std::size_t more = parts_.front().rows.empty() ? 0 : idle.size() - shown_.size();
      return standing_list("  ") + (more == 0 ? "" : fmt::format("  and {}\n", count(more, "more component")));
    }
    const std::string rest = idle.empty() ? ""
                                          : fmt::format("  {} take{} no part\n", count(idle.size(), "other component"),
                                                        idle.size() == 1 ? "s" : "");
    return (total_width() <= width ? grid() : list(width)) + rest;
  }

 private:
  // The steps as parts: of a long run its beginning and its end.
  void add_steps(const std::string& heading, std::span<const ReportedStep> steps, std::size_t before) {
    if (steps.empty()) return;
    if (steps.size() <= 2 * steps_shown_half) {
      parts_.push_back({heading, rows(steps, before)});
      return;
    }
    const std::size_t left_out = steps.size() - 2 * steps_shown_half;
    parts_.push_back({heading, rows(steps.first(steps_shown_half), before)});
    parts_.push_back(
        {fmt::format("{} not shown", left_out == 1 ? "1 step is" : with_separators(left_out) + " steps are"),
         rows(steps.last(steps_shown_half), before + steps_shown_half + left_out)});
  }

  std::vector<Row> rows(std::span<const ReportedStep> steps, std::size_t before) const {
    std::vector<Row> out;
    for (const ReportedStep& step : steps) {
      Row row{std::to_string(++before), printable(step.event),
              std::vector<std::string>(example_.components.size(), ".")};
      for (const ComponentEvent& part : step.components)
        row.cells[part.component] = printable(part.event) + at_line(part.place);
      out.push_back(std::move(row));
    }
    return out;
  }

  std::vector<Row> standing_rows() const {
    if (example_.standing.empty()) return {};
    const bool deadlock = example_.kind == "deadlock";
    Row where{"", "", std::vector<std::string>(example_.components.size())};
    Row wanted{"", "wanted:", std::vector<std::string>(example_.components.size())};
    if (!deadlock) wanted.event = "offers:";
    for (const Standing& s : example_.standing) {
      where.cells[s.component] = deadlock          ? "STUCK" + at_line(s.place)
                                 : s.place.known() ? "at" + at_line(s.place)
                                                   : "-";
      const std::string offers = printable(abridged(s.offers, ",", wanted_width_max));
      wanted.cells[s.component] = offers.empty() ? "-" : offers;
    }
    const auto says_nothing = [](const std::string& cell) { return cell == "-"; };
    const bool idle = std::all_of(where.cells.begin(), where.cells.end(), says_nothing) &&
                      std::all_of(wanted.cells.begin(), wanted.cells.end(), says_nothing);
    if (idle) return {};
    return {where, wanted};
  }

  bool takes_part(std::uint32_t component) const {
    for (const Part& part : parts_)
      for (const Row& row : part.rows)
        if (!row.step.empty() && row.cells[component] != ".") return true;
    return false;
  }

  std::size_t event_width() const {
    std::size_t width = event_width_min;
    for (const Part& part : parts_)
      for (const Row& row : part.rows) width = std::max(width, display_width(row.event) + 2);
    return width;
  }

  std::size_t column_width(std::uint32_t component) const {
    std::size_t width = std::max(component_width_min, display_width(printable(example_.components[component])) + 2);
    for (const Part& part : parts_)
      for (const Row& row : part.rows) {
        const std::size_t gap = row.step.empty() ? 1 : 2;
        width = std::max(width, display_width(row.cells[component]) + gap);
      }
    return width;
  }

  std::size_t total_width() const {
    std::size_t total = 2 + step_width + 2 + event_width();
    for (const std::uint32_t c : shown_) total += column_width(c);
    return total;
  }

  std::string grid() const {
    const std::size_t events = event_width();
    std::string head = fmt::format("  {:>{}}  {}", "step", step_width, padded("event", events));
    for (const std::uint32_t c : shown_) head += padded(printable(example_.components[c]), column_width(c));
    std::string out = trimmed(head);
    for (const Part& part : parts_) {
      if (!part.heading.empty()) out += fmt::format("  {}\n", part.heading);
      for (const Row& row : part.rows) {
        // The labels of the rows below the steps stand at the left edge.
        std::string line = row.step.empty()
                               ? "  " + padded(row.event, step_width + 2 + events)
                               : fmt::format("  {:>{}}  {}", row.step, step_width, padded(row.event, events));
        for (const std::uint32_t c : shown_) line += padded(row.cells[c], column_width(c));
        out += trimmed(line);
      }
    }
    return out;
  }

  // Each step on a line (continued below itself where it does not fit) with those who take part; then a line for each
  // component that says where it stands and what it could do.
  std::string list(std::size_t width) const {
    const std::size_t events = event_width();
    const std::string indent(2 + step_width + 2 + events, ' ');
    std::string out = fmt::format("  {:>{}}  {}who takes part\n", "step", step_width, padded("event", events));
    for (const Part& part : parts_) {
      if (!part.heading.empty()) out += fmt::format("  {}\n", part.heading);
      for (const Row& row : part.rows) {
        if (row.step.empty()) continue;
        std::string line = fmt::format("  {:>{}}  {}", row.step, step_width, padded(row.event, events));
        bool first = true;
        for (const std::uint32_t c : shown_) {
          if (row.cells[c] == ".") continue;
          const std::string entry = fmt::format("{}: {}", printable(example_.components[c]), row.cells[c]);
          if (!first && display_width(line) + 2 + display_width(entry) > width) {
            out += trimmed(line + ",");
            line = indent;
            first = true;
          }
          line += (first ? "" : ", ") + entry;
          first = false;
        }
        out += trimmed(line);
      }
    }
    return out + standing_list(indent);
  }

  std::string standing_list(const std::string& indent) const {
    std::string out;
    const std::vector<Row> standing = standing_rows();
    for (const std::uint32_t c : shown_) {
      if (standing.empty() || standing[0].cells[c].empty()) continue;
      out += trimmed(fmt::format("{}{}: {}, {} {}", indent, printable(example_.components[c]), standing[0].cells[c],
                                 standing[1].event, standing[1].cells[c]));
    }
    return out;
  }

  const Counterexample& example_;
  std::vector<Part> parts_;
  std::vector<std::uint32_t> shown_;  // components, left to right
};

}  // namespace

std::string step_table(const Counterexample& example, std::size_t width) { return Table(example).text(width); }

}  // namespace tryst::cli
