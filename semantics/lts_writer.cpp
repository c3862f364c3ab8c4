#include "semantics/lts_writer.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace tryst {

namespace {

// A label between double quotes, with a backslash before each of `special`.
std::string quoted(std::string_view label, std::string_view special) {
  std::string text = "\"";
  for (const char ch : label) {
    if (special.find(ch) != std::string_view::npos) text += '\\';
    text += ch;
  }
  return text + '"';
}

class Writer {
 public:
  Writer(const Lts& lts, const LabelOptions& options, std::ostream& out)
      : lts_(lts), labels_(labels(lts.events(), options)), out_(out) {}
  ~Writer() { flush(); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void aut() {
    quote("\"");
    print("des (0,{},{})\n", lts_.transition_count(), lts_.state_count());
    each_transition(
        [&](std::uint32_t s, EventId e, std::uint32_t t) { print("({},{},{})\n", s, labels_[index(e)], t); });
  }

  void dot() {
    quote("\"\\");
    print("digraph G {{\n  rankdir=LR;\n  node [shape=circle, width=0.25, height=0.25, label=\"\"];\n");
    for (std::uint32_t s = 0; s < lts_.state_count(); ++s)
      print("  S{}{};\n", s,
            s == 0                                                  ? " [peripheries=2]"
            : lts_.is_terminated(static_cast<StateId>(original(s))) ? " [style=filled]"
                                                                    : "");
    each_transition([&](std::uint32_t s, EventId e, std::uint32_t t) {
      print("  S{} -> S{} [label={}];\n", s, t, labels_[index(e)]);
    });
    print("}}\n");
  }

  // One parameter, the state's number, as simulators need something to show.
  void fsm() {
    for (std::string& label : labels_) std::ranges::replace(label, '"', '\'');  // the format has no escape
    quote("");
    print("s({}) Nat", lts_.state_count());
    for (std::uint32_t s = 0; s < lts_.state_count(); ++s) print(" \"{}\"", s);
    print("\n---\n");
    for (std::uint32_t s = 0; s < lts_.state_count(); ++s) print("{}\n", s);
    print("---\n");
    each_transition(
        [&](std::uint32_t s, EventId e, std::uint32_t t) { print("{} {} {}\n", s + 1, t + 1, labels_[index(e)]); });
  }

  void json() {
    std::vector<bool> used(labels_.size());
    each_transition([&](std::uint32_t, EventId e, std::uint32_t) { used[index(e)] = true; });
    std::vector<std::uint32_t> number(labels_.size());
    print("{{\"schema\": 1, \"states\": {}, \"initial\": 0, \"labels\": [", lts_.state_count());
    std::uint32_t count = 0;
    for (std::size_t e = 0; e < labels_.size(); ++e) {
      if (!used[e]) continue;
      print("{}{}", count == 0 ? "" : ", ",
            nlohmann::json(labels_[e]).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
      number[e] = count++;
    }
    print("], \"terminated\": [");
    const char* separator = "";
    for (std::uint32_t s = 0; s < lts_.state_count(); ++s)
      if (lts_.is_terminated(static_cast<StateId>(original(s)))) print("{}{}", std::exchange(separator, ", "), s);
    print("],\n\"transitions\": [");
    separator = "";
    each_transition([&](std::uint32_t s, EventId e, std::uint32_t t) {
      print("{}\n[{},{},{}]", std::exchange(separator, ","), s, number[index(e)], t);
    });
    print("]}}\n");
  }

 private:
  template <class... Args>
  void print(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(fmt::appender(buffer_), format, std::forward<Args>(args)...);
    if (buffer_.size() > 65536) flush();
  }
  void flush() {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }
  void quote(std::string_view special) {
    for (std::string& label : labels_) label = quoted(label, special);
  }
  // Our numbering exchanges state 0 with the initial state; so it is its own inverse.
  std::uint32_t original(std::uint32_t s) const {
    const std::uint32_t initial = index(lts_.initial());
    return s == 0 ? initial : s == initial ? 0 : s;
  }
  template <class Visit>
  void each_transition(Visit visit) {
    for (std::uint32_t s = 0; s < lts_.state_count(); ++s)
      for (const Transition& t : lts_.transitions(static_cast<StateId>(original(s))))
        visit(s, t.event, original(index(t.target)));
  }

  const Lts& lts_;
  std::vector<std::string> labels_;  // by event
  std::ostream& out_;
  fmt::memory_buffer buffer_;
};

}  // namespace

void write_lts(const Lts& lts, LtsFormat format, const LabelOptions& options, std::ostream& out) {
  Writer writer(lts, options, out);
  switch (format) {
    case LtsFormat::aut: return writer.aut();
    case LtsFormat::dot: return writer.dot();
    case LtsFormat::fsm: return writer.fsm();
    case LtsFormat::json: return writer.json();
  }
}

}  // namespace tryst
