#include "semantics/aut_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "semantics/label_table.hpp"
#include "semantics/line_reader.hpp"
#include "semantics/lts_builder.hpp"

namespace tryst {

namespace {

// One line of the file and a place in it.
class Line {
 public:
  Line(const char* begin, const char* end) : at_(begin), end_(end) { skip_blanks(); }

  bool at_end() const { return at_ == end_; }
  const char* position() const { return at_; }
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
  const char* end_;
};

class AutReader {
 public:
  AutReader(std::istream& in, std::string name, SourceSet& sources, Diagnostics& diagnostics,
            std::span<const std::string_view> tau_labels)
      : lines_(in), name_(std::move(name)), sources_(sources), diagnostics_(diagnostics), tau_labels_(tau_labels) {}

  std::optional<Lts> read() {
    if (!header()) return std::nullopt;
    builder_.reserve(std::min(announced_transitions_, transitions_reserved_max));
    while (next_line()) {
      ++transitions_;
      transition(*line_);
      if (errors_ == errors_max) return std::nullopt;
    }
    check_counts();
    if (errors_ > 0) return std::nullopt;
    leave_only_after_tick();
    return std::move(builder_).finish(states_, initial_, std::move(events_), after_tick_);
  }

 private:
  static constexpr std::uint64_t transitions_reserved_max = 1u << 24;
  static constexpr std::size_t errors_max = 100;
  static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  static constexpr const char* header_help = "a header is written `des (initial,transitions,states)`";

  // A line of the file and, once something in it was reported, its place in the sources.
  struct Excerpt {
    std::string_view text;
    std::uint32_t line;
    std::optional<std::uint32_t> base{};
  };

  // Moves to the next line that is not blank.
  bool next_line() {
    while (lines_.next()) {
      std::string_view text = lines_.text();
      if (lines_.number() == 1 && text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
      current_ = {text, lines_.number()};
      line_.emplace(current_.text.data(), current_.text.data() + current_.text.size());
      if (!line_->at_end()) return true;
    }
    return false;
  }

  bool header() {
    if (!next_line()) {
      current_ = {"", lines_.number() + 1};
      report("P0601", span(current_, current_.text.data(), current_.text.data()), "the file has no header",
             "nothing here", header_help);
      return false;
    }
    header_text_ = current_.text;
    header_ = {header_text_, current_.line};
    Line line(header_text_.data(), header_text_.data() + header_text_.size());
    std::uint64_t initial = 0;
    std::uint64_t states = 0;
    const char* initial_at = nullptr;
    const bool well_formed = line.take("des") && line.take('(') && number(line, initial, initial_at) &&
                             line.take(',') && number(line, announced_transitions_, header_count_) && line.take(',') &&
                             number(line, states, header_states_) && line.take(')') && line.at_end();
    if (!well_formed) {
      report("P0601", rest(header_, line), "the file does not begin with a header", "not as expected from here",
             header_help);
      return false;
    }
    states_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(states, index(no_id<StateId>)));
    if (states_ == 0)
      report("P0602", number_span(header_, header_states_), "a transition system has at least one state", "no state",
             "");
    else if (states_ == index(no_id<StateId>))
      report_too_many_states();
    else
      initial_ = state(header_, initial, initial_at);
    return states_ != 0 && states_ != index(no_id<StateId>);
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
    const StateId from = state(current_, source, source_at);
    const StateId to = state(current_, target, target_at);
    const EventId e = event(label);
    if (e == tick) after_tick_.push_back(to);
    builder_.add(from, {e, to});
  }

  // Drops the states where a run can also end without ✓.
  void leave_only_after_tick() {
    if (after_tick_.empty()) return;
    std::vector<bool> is_met(states_, false);
    is_met[index(initial_)] = true;
    for (const Transition& t : builder_.transitions())
      if (t.event != tick) is_met[index(t.target)] = true;
    std::erase_if(after_tick_, [&](StateId s) { return is_met[index(s)]; });
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
        report("P0606", rest(current_, line), "the label has no closing quote", "opened here", "");
      else
        report_transition(line);
      return false;
    }
    label = text.substr(is_quoted_ ? 1 : 0, last - (is_quoted_ ? 1 : 0));
    for (std::size_t i = label.find('"'); i != std::string_view::npos; i = label.find('"', i + 1)) {
      if (is_quoted_ && i > 0 && label[i - 1] == '\\') continue;
      const char* const at = label.data() + i;
      report("P0606", span(current_, at, at + 1), "a quote within a label", "not escaped",
             "write `\\\"` for a quote, and one transition a line");
      return false;
    }
    if (!is_quoted_)
      while (!label.empty() && (label.back() == ' ' || label.back() == '\t')) label.remove_suffix(1);
    if (!is_quoted_ && label.empty()) {
      report("P0606", rest(current_, line), "the label is missing", "expected a label",
             "an empty label is written `\"\"`");
      return false;
    }
    line.move_to(first + last + (is_quoted_ ? 1 : 0));
    return true;
  }

  // Quoted and bare labels of the same bytes stand for the same event, unless there are escapes to undo.
  EventId event(std::string_view label) {
    if (is_quoted_ && label.find("\\\"") != std::string_view::npos)
      return event_of_label(unescaped(label), tau_labels_, events_);
    if (const auto known = table_.find(label)) return *known;
    const EventId e = event_of_label(label, tau_labels_, events_);
    table_.add(label, e);
    return e;
  }

  static std::string unescaped(std::string_view label) {
    std::string text;
    for (std::size_t i = 0; i < label.size(); ++i) {
      if (label[i] == '\\' && i + 1 < label.size() && label[i + 1] == '"') ++i;
      text += label[i];
    }
    return text;
  }

  StateId state(Excerpt& excerpt, std::uint64_t number, const char* at) {
    if (number < states_) return static_cast<StateId>(number);
    report("P0604", number_span(excerpt, at), "the state does not exist",
           fmt::format("the header announces {} states, 0 to {}", states_, states_ - 1), "");
    return StateId{0};
  }

  void check_counts() {
    if (states_ > std::max<std::uint64_t>(aut_states_max, lines_.bytes())) report_too_many_states();
    if (transitions_ != announced_transitions_)
      report("P0607", number_span(header_, header_count_),
             fmt::format("the header announces {} transitions, the file has {}", announced_transitions_, transitions_),
             "wrong count", "");
  }

  void report_too_many_states() {
    report("P0603", number_span(header_, header_states_),
           "the header announces more states than a file of this size can describe", "too many",
           fmt::format("at most {} states, or one for each byte of the file", aut_states_max));
  }

  void report_transition(const Line& line) {
    report("P0605", rest(current_, line), "this is not a transition", "not as expected from here",
           "a transition is written `(source,\"label\",target)`");
  }

  void report(std::string_view code, Span where, std::string message, std::string label, std::string help) {
    ++errors_;
    diagnostics_.report({code, Severity::error, std::move(message), where, std::move(label), {}, std::move(help)});
  }

  // Places the excerpt among the sources. Nowhere, where they have no room left.
  Span span(Excerpt& excerpt, const char* begin, const char* end) {
    if (!excerpt.base) {
      FileId file{};
      if (!sources_.add_excerpt(name_, excerpt.line, std::string(excerpt.text), file)) return {};
      excerpt.base = sources_.base(file);
    }
    return {*excerpt.base + static_cast<std::uint32_t>(begin - excerpt.text.data()),
            *excerpt.base + static_cast<std::uint32_t>(end - excerpt.text.data())};
  }
  Span number_span(Excerpt& excerpt, const char* at) {
    const char* end = at;
    while (end != excerpt.text.data() + excerpt.text.size() && *end >= '0' && *end <= '9') ++end;
    return span(excerpt, at, end);
  }
  // From the place where the line is no longer understood to its end; of its last character if that is the end.
  Span rest(Excerpt& excerpt, const Line& line) {
    if (!line.at_end()) return span(excerpt, line.position(), line.end());
    return span(excerpt, line.end() - 1, line.end());
  }

  LineReader lines_;
  std::string name_;
  SourceSet& sources_;
  Diagnostics& diagnostics_;
  std::span<const std::string_view> tau_labels_;
  std::size_t errors_ = 0;

  Excerpt current_{};
  std::optional<Line> line_;  // the current line and a place in it
  std::string header_text_;
  Excerpt header_{};
  const char* header_count_ = nullptr;  // the numbers of the header, in header_text_
  const char* header_states_ = nullptr;
  std::uint64_t announced_transitions_ = 0;
  std::uint64_t transitions_ = 0;  // lines that should be transitions
  std::uint32_t states_ = 0;
  StateId initial_{};
  LtsBuilder builder_;
  std::vector<StateId> after_tick_;  // the targets of ✓
  EventNames events_;
  LabelTable table_;
  bool is_quoted_ = false;  // the label of the current line
};

}  // namespace

std::optional<Lts> read_aut(std::istream& in, std::string name, SourceSet& sources, Diagnostics& diagnostics,
                            std::span<const std::string_view> tau_labels) {
  return AutReader(in, std::move(name), sources, diagnostics, tau_labels).read();
}

}  // namespace tryst
