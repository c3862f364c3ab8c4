#include "semantics/lts_labels.hpp"

#include <algorithm>
#include <cctype>

namespace tryst {

namespace {

std::string_view without_backslashes(std::string_view name) {
  name.remove_prefix(std::min(name.find_first_not_of('\\'), name.size()));
  return name;
}

// The parts of a dotted name: `c`, `1`, `<a.b>` for `c.1.<a.b>`. Dots within brackets and quotes do not separate.
std::vector<std::string_view> fields(std::string_view name) {
  std::vector<std::string_view> parts;
  int depth = 0;
  char quote = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char ch = name[i];
    if (quote != 0) {
      if (ch == '\\')
        ++i;
      else if (ch == quote)
        quote = 0;
    } else if (ch == '"' || (ch == '\'' && i > 0 && name[i - 1] == '.')) {  // a prime may also end an identifier
      quote = ch;
    } else if (ch == '(' || ch == '<' || ch == '{') {
      ++depth;
    } else if (ch == ')' || ch == '>' || ch == '}') {
      --depth;
    } else if (ch == '.' && depth == 0) {
      parts.push_back(name.substr(first, i - first));
      first = i + 1;
    }
  }
  parts.push_back(name.substr(first));
  return parts;
}

std::string mcrl2_form(std::string_view name) {
  const auto parts = fields(name);
  std::string label(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) label.append(i == 1 ? "(" : ",").append(parts[i]);
  if (parts.size() > 1) label += ')';
  return label;
}

std::string cadp_form(std::string_view name) {
  const auto parts = fields(name);
  std::string label;
  for (const char ch : parts.front()) label += static_cast<char>(std::toupper(static_cast<unsigned char>(ch)));
  for (std::size_t i = 1; i < parts.size(); ++i) label.append(" !").append(parts[i]);
  return label;
}

}  // namespace

std::vector<std::string> labels(const EventNames& events, const LabelOptions& options) {
  const bool cadp = options.style == LabelStyle::cadp;
  const std::string tau_label = !options.tau_label.empty() ? options.tau_label : cadp ? "i" : "tau";
  const std::string tick_label = cadp ? "exit" : "tick";
  const std::string_view reserved[] = {"i", "tau", "tick", tau_label, tick_label};
  std::vector<std::string> result{tau_label, tick_label};
  for (std::size_t e = 2; e < events.size(); ++e) {
    const std::string_view name = events.name(static_cast<EventId>(e));
    std::string label = options.style == LabelStyle::csp ? std::string(name)
                        : cadp                           ? cadp_form(name)
                                                         : mcrl2_form(name);
    if (std::ranges::count(reserved, without_backslashes(label)) != 0) label.insert(label.begin(), '\\');
    result.push_back(std::move(label));
  }
  return result;
}

EventId event_of_label(std::string_view label, std::span<const std::string_view> tau_labels, EventNames& events) {
  if (label == "tick") return tick;
  if (std::ranges::count(tau_labels, label) != 0) return tau;
  if (label.starts_with('\\')) {
    const std::string_view word = without_backslashes(label);
    if (word == "i" || word == "tau" || word == "tick" || std::ranges::count(tau_labels, word) != 0)
      label.remove_prefix(1);
  }
  return events.intern(label);
}

}  // namespace tryst
