#include "semantics/aut_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tryst {

namespace {

// One line of the file and a place in it.
class Line {
 public:
  Line(const char* begin, const char* end) : at_(begin), begin_(begin), end_(end) { skip_blanks(); }

  bool at_end() const { return at_ == end_; }
  const char* position() const { return at_; }
  const char* begin() const { return begin_; }
  const char* end() const { return end_; }

  // Takes the character if it comes next, and the blanks after it.
  bool take(char ch) {
    if (at_ == end_ || *at_ != ch) return false;
    ++at_;
    skip_blanks();
    return true;
  }
  bool take(std::string_view word) {
    if (!std::string_view(at_, end_).starts_with(word)) return false;
    at_ += word.size();
    skip_blanks();
    return true;
  }
  bool at_digit() const { return at_ != end_ && *at_ >= '0' && *at_ <= '9'; }
  // A natural number and the blanks after it; at_digit() holds. Saturates.
  std::uint64_t take_number() {
    std::uint64_t value = 0;
    for (; at_digit(); ++at_)
      value = value > UINT64_MAX / 16 ? UINT64_MAX : 10 * value + static_cast<std::uint64_t>(*at_ - '0');
    skip_blanks();
    return value;
  }
  void move_to(const char* position) {
    at_ = position;
    skip_blanks();
  }

 private:
  void skip_blanks() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\t')) ++at_;
  }

  const char* at_;
  const char* begin_;
  const char* end_;
};

class AutReader {
 public:
  AutReader(const SourceSet& sources, FileId file, Diagnostics& diagnostics,
            std::span<const std::string_view> tau_labels)
      : text_(sources.text(file)), base_(sources.base(file)), diagnostics_(diagnostics), tau_labels_(tau_labels) {}

  std::optional<Lts> read() {
    const std::size_t errors_before = diagnostics_.error_count();
    if (!header()) return std::nullopt;
    edges_.reserve(std::min<std::size_t>(announced_transitions_, text_.size() / 8));
    while (next_line()) {
      ++transitions_;
      transition(*line_);
    }
    if (transitions_ != announced_transitions_) report_count();
    if (diagnostics_.error_count() != errors_before) return std::nullopt;
    return Lts(states_, initial_, std::move(edges_), std::move(events_), terminated());
  }

 private:
  // Moves to the next line that is not blank.
  bool next_line() {
    while (next_ < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', next_), text_.size());
      const char* last = text_.data() + end;
      if (end > next_ && last[-1] == '\r') --last;
      line_.emplace(text_.data() + next_, last);
      next_ = end + 1;
      if (!line_->at_end()) return true;
    }
    return false;
  }

  bool header() {
    if (!next_line()) {
      report("P0601", end_of_file(), "the file has no header", "nothing here", header_help);
      return false;
    }
    Line& line = *line_;
    std::uint64_t initial = 0;
    std::uint64_t states = 0;
    const char* initial_at = nullptr;
    const char* states_at = nullptr;
    const bool well_formed = line.take("des") && line.take('(') && number(line, initial, initial_at) &&
                             line.take(',') && number(line, announced_transitions_, header_count_) && line.take(',') &&
                             number(line, states, states_at) && line.take(')') && line.at_end();
    if (!well_formed) {
      report("P0601", rest(line), "the file does not begin with a header", "not as expected from here", header_help);
      return false;
    }
    header_count_end_ = number_end(header_count_);
    return check_header(initial, initial_at, states, states_at);
  }

  bool check_header(std::uint64_t initial, const char* initial_at, std::uint64_t states, const char* states_at) {
    const Span states_span = span(states_at, number_end(states_at));
    if (states == 0) {
      report("P0602", states_span, "a transition system has at least one state", "no state", "");
      return false;
    }
    if (states > std::max<std::uint64_t>(aut_states_max, text_.size()) || states >= index(no_id<StateId>)) {
      report("P0603", states_span, "the header announces more states than a file of this size can describe", "too many",
             fmt::format("at most {} states, or one for each byte of the file", aut_states_max));
      return false;
    }
    states_ = static_cast<std::uint32_t>(states);
    initial_ = state(initial, initial_at);
    return true;
  }

  void transition(Line& line) {
    std::uint64_t source = 0;
    std::uint64_t target = 0;
    const char* source_at = nullptr;
    const char* target_at = nullptr;
    std::string_view label;
    if (!line.take('(') || !number(line, source, source_at) || !line.take(',')) return report_transition(line);
    if (!take_label(line, label)) return;
    if (!line.take(',') || !number(line, target, target_at) || !line.take(')') || !line.at_end())
      return report_transition(line);
    const StateId from = state(source, source_at);
    const StateId to = state(target, target_at);
    edges_.push_back({from, event(label), to});
  }

  static bool number(Line& line, std::uint64_t& value, const char*& at) {
    at = line.position();
    if (!line.at_digit()) return false;
    value = line.take_number();
    return true;
  }

  // The label's text, still escaped if it was quoted. Reports what is wrong with it.
  bool take_label(Line& line, std::string_view& label) {
    const char* const first = line.position();
    const std::string_view text(first, line.end());
    is_quoted_ = !text.empty() && text.front() == '"';
    const std::size_t last = text.rfind(is_quoted_ ? '"' : ',');
    if (last == std::string_view::npos || (is_quoted_ && last == 0)) {
      if (is_quoted_)
        report("P0606", rest(line), "the label has no closing quote", "opened here", "");
      else
        report_transition(line);
      return false;
    }
    label = text.substr(is_quoted_ ? 1 : 0, last - (is_quoted_ ? 1 : 0));
    for (std::size_t i = label.find('"'); i != std::string_view::npos; i = label.find('"', i + 1)) {
      if (is_quoted_ && i > 0 && label[i - 1] == '\\') continue;
      const char* const at = label.data() + i;
      report("P0606", span(at, at + 1), "a quote within a label", "not escaped",
             "write `\\\"` for a quote, and one transition a line");
      return false;
    }
    if (!is_quoted_)
      while (!label.empty() && (label.back() == ' ' || label.back() == '\t')) label.remove_suffix(1);
    if (!is_quoted_ && label.empty()) {
      report("P0606", rest(line), "the label is missing", "expected a label", "an empty label is written `\"\"`");
      return false;
    }
    line.move_to(first + last + (is_quoted_ ? 1 : 0));
    return true;
  }

  EventId event(std::string_view label) {
    if (!is_quoted_ || label.find("\\\"") == std::string_view::npos) return event_of_label(label, tau_labels_, events_);
    unescaped_.clear();
    for (std::size_t i = 0; i < label.size(); ++i) {
      if (label[i] == '\\' && i + 1 < label.size() && label[i + 1] == '"') ++i;
      unescaped_ += label[i];
    }
    return event_of_label(unescaped_, tau_labels_, events_);
  }

  StateId state(std::uint64_t number, const char* at) {
    if (number < states_) return static_cast<StateId>(number);
    report("P0604", span(at, number_end(at)), "the state does not exist",
           fmt::format("the header announces {} states, 0 to {}", states_, states_ - 1), "");
    return StateId{0};
  }

  // The targets of ✓ that can do nothing.
  std::vector<StateId> terminated() const {
    std::vector<bool> moves(states_, false);
    bool ticks = false;
    for (const Lts::Edge& edge : edges_) {
      moves[index(edge.source)] = true;
      ticks |= edge.event == tick;
    }
    std::vector<StateId> result;
    if (!ticks) return result;
    for (const Lts::Edge& edge : edges_)
      if (edge.event == tick && !moves[index(edge.target)]) {
        moves[index(edge.target)] = true;  // once is enough
        result.push_back(edge.target);
      }
    return result;
  }

  void report_transition(const Line& line) {
    report("P0605", rest(line), "this is not a transition", "not as expected from here",
           "a transition is written `(source,\"label\",target)`");
  }

  void report_count() {
    const char* const at = header_count_;
    report("P0607", span(at, header_count_end_),
           fmt::format("the header announces {} transitions, the file has {}", announced_transitions_, transitions_),
           "wrong count", "");
  }

  void report(std::string_view code, Span where, std::string message, std::string label, std::string help) {
    diagnostics_.report({code, Severity::error, std::move(message), where, std::move(label), {}, std::move(help)});
  }

  static constexpr const char* header_help = "a header is written `des (initial,transitions,states)`";

  const char* number_end(const char* at) const {
    while (at != text_.data() + text_.size() && *at >= '0' && *at <= '9') ++at;
    return at;
  }
  Span span(const char* begin, const char* end) const {
    return {base_ + static_cast<std::uint32_t>(begin - text_.data()),
            base_ + static_cast<std::uint32_t>(end - text_.data())};
  }
  // From the place where the line is no longer understood to its end; of its last character if that is the end.
  Span rest(const Line& line) const {
    if (!line.at_end()) return span(line.position(), line.end());
    return span(line.end() - 1, line.end());
  }
  Span end_of_file() const {
    const auto end = base_ + static_cast<std::uint32_t>(text_.size());
    return {end, end};
  }

  std::string_view text_;
  std::uint32_t base_;
  Diagnostics& diagnostics_;
  std::span<const std::string_view> tau_labels_;

  std::size_t next_ = 0;  // offset of the line after line_
  std::optional<Line> line_;
  const char* header_count_ = nullptr;
  const char* header_count_end_ = nullptr;
  std::uint64_t announced_transitions_ = 0;
  std::uint64_t transitions_ = 0;  // lines that should be transitions
  std::uint32_t states_ = 0;
  StateId initial_{};
  std::vector<Lts::Edge> edges_;
  EventNames events_;
  bool is_quoted_ = false;  // the label of the current line
  std::string unescaped_;
};

}  // namespace

std::optional<Lts> read_aut(const SourceSet& sources, FileId file, Diagnostics& diagnostics,
                            std::span<const std::string_view> tau_labels) {
  return AutReader(sources, file, diagnostics, tau_labels).read();
}

}  // namespace tryst
