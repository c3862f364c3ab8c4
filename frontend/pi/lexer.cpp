#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "frontend/pi/token.hpp"

namespace tryst::pi {

namespace {

using enum TokenKind;

struct Row {
  TokenKind kind;
  std::string_view spelling;
};

// In the order of the enumeration.
constexpr std::array<Row, token_kinds> rows{{
    {end, "the end of the file"},
    {broken, "a broken token"},
    {name, "a name"},
    {agent_name, "an agent"},
    {zero, "0"},
    {number, "a number"},
    {agent, "agent"},
    {assert_, "assert"},
    {eq, "eq"},
    {eqd, "eqd"},
    {weq, "weq"},
    {weqd, "weqd"},
    {deadlocks, "deadlocks"},
    {size, "size"},
    {sort, "sort"},
    {step, "step"},
    {not_, "not"},
    {tau_dot, "t."},
    {dot, "."},
    {comma, ","},
    {quote, "'"},
    {open_paren, "("},
    {close_paren, ")"},
    {less, "<"},
    {greater, ">"},
    {open_bracket, "["},
    {close_bracket, "]"},
    {equal, "="},
    {hash, "#"},
    {caret, "^"},
    {bar, "|"},
    {plus, "+"},
    {exclamation, "!"},
    {tilde, "~"},
    {minus, "-"},
    {backslash, "\\"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].kind != static_cast<TokenKind>(i)) return false;
  return true;
}
static_assert(in_order());

// Commands of the Workbench that have no row: those that say nothing about a process, those that only show something,
// and questions that cannot be answered here.
constexpr std::array<std::string_view, 7> session_words{"clear", "env", "environment", "help", "quit", "set", "show"};
constexpr std::array<std::string_view, 6> shown_words{"traces", "trans",        "transitions",
                                                      "wtrans", "wtransitions", "ztep"};
constexpr std::array<std::string_view, 10> unanswered_words{"check", "fagent", "feq",   "form",   "formula",
                                                            "fweq",  "input",  "prove", "verify", "ftransitions"};

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_part(char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '_'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

class Lexer {
 public:
  Lexer(FileId file, const SourceSet& sources, Script& script, Diagnostics& diagnostics)
      : text_(sources.text(file)), base_(sources.base(file)), script_(script), diagnostics_(diagnostics) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;  // a byte-order mark
  }

  std::vector<Token> run() {
    for (skip_blanks(); at_ < text_.size(); skip_blanks())
      if (!skip_command()) scan();
    emit(end, at_);
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  Span span(std::size_t begin) const {
    return {base_ + static_cast<std::uint32_t>(begin), base_ + static_cast<std::uint32_t>(at_)};
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      if (is_blank(peek())) {
        line_begins_ |= peek() == '\n';
        ++at_;
      } else if (const std::size_t next = line_behind_backslash(); next != 0) {
        at_ = next;
      } else if (peek() == '-' && peek(1) == '-') {
        const std::size_t begin = at_;
        at_ = std::min(text_.find('\n', at_), text_.size());
        script_.comments.push_back(span(begin));
      } else if (peek() == '(' && peek(1) == '*') {
        block_comment();
      } else {
        return;
      }
    }
  }

  // Where the next line begins, if there is nothing behind a `\` here; else 0.
  std::size_t line_behind_backslash() const {
    if (peek() != '\\') return 0;
    std::size_t ahead = 1;
    while (is_blank(peek(ahead)) && peek(ahead) != '\n') ++ahead;
    return peek(ahead) == '\n' ? at_ + ahead + 1 : 0;
  }

  // Whether a command of the Workbench without a row stands here; it is left behind, with its line. `time` is left
  // behind before the command that it measures. In `set.P` and `set(x).P` the words are names.
  bool skip_command() {
    if (!is_lower(peek())) return false;
    std::size_t length = 0;
    while (is_name_part(peek(length))) ++length;
    std::size_t behind = length;
    while (peek(behind) == ' ' || peek(behind) == '\t') ++behind;
    const char next = peek(behind);
    const bool has_operand = behind > length && (is_name_part(next) || next == '"' || next == '(' || next == '\'');
    const bool line_ends = next == '\n' || next == '\r' || at_ + behind >= text_.size();
    if (!has_operand && !line_ends) return false;
    const std::string word = text_.substr(at_, length);
    const auto is_one_of = [&](const auto& words) { return std::ranges::find(words, word) != words.end(); };
    const bool is_time = word == "time" && has_operand && is_lower(next);
    const bool is_known = is_one_of(session_words);
    const bool is_shown = is_one_of(shown_words) && has_operand;
    const bool is_unanswered = is_one_of(unanswered_words) && has_operand;
    if ((!is_time && !is_known && !is_shown && !is_unanswered) || !line_begins_ || !is_complete()) return false;
    const std::size_t begin = at_;
    at_ += is_time ? behind : length;
    if (is_time) return true;
    const Span where = span(begin);
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (is_shown)
      diagnostics_.report({"P0719",
                           Severity::warning,
                           "`" + word + "` is left out",
                           where,
                           "this only shows something",
                           {},
                           "`tryst simulate` and `tryst lts` show the steps of a process"});
    else if (is_unanswered)
      diagnostics_.report({"P0720",
                           Severity::error,
                           "`" + word + "` cannot be carried out",
                           where,
                           "a command of the Workbench that is missing here",
                           {},
                           word == "input" ? "put the definitions of that file into this one" : ""});
    else
      script_.comments.push_back(span(begin));
    return true;
  }

  // Whether an item can end before this place.
  bool is_complete() const {
    constexpr KindSet complete{name, agent_name, zero, number, close_paren, greater, broken};
    return tokens_.empty() || (brackets_ == 0 && complete.contains(tokens_.back().kind));
  }

  void block_comment() {
    const std::size_t begin = at_;
    std::size_t open = 0;
    do {
      const bool opens = peek() == '(' && peek(1) == '*';
      const bool closes = peek() == '*' && peek(1) == ')';
      open += opens ? 1 : 0;
      open -= closes ? 1 : 0;
      at_ += opens || closes ? 2 : 1;
    } while (open > 0 && at_ < text_.size());
    at_ = std::min(at_, text_.size());
    if (open > 0) {
      const std::size_t text_end = std::exchange(at_, begin + 2);
      report("P0702", "this comment is not closed", span(begin), "opened here", "comments stand between `(*` and `*)`");
      at_ = text_end;
    }
    script_.comments.push_back(span(begin));
  }

  void scan() {
    if (is_lower(peek()) || is_upper(peek()) || peek() == '_')
      scan_word();
    else if (is_digit(peek()))
      scan_number();
    else
      scan_symbol();
    line_begins_ = false;
    if (tokens_.empty()) return;
    const TokenKind kind = tokens_.back().kind;
    if (KindSet{open_paren, open_bracket}.contains(kind)) ++brackets_;
    if (KindSet{close_paren, close_bracket}.contains(kind) && brackets_ > 0) --brackets_;
  }

  // Whether the word before `at_`, the first on its line, begins an item: what comes before it is complete, or an agent
  // follows, which follows no name.
  bool begins_item() const {
    if (tokens_.empty()) return true;
    std::size_t ahead = 0;
    while (peek(ahead) == ' ' || peek(ahead) == '\t') ++ahead;
    if (line_begins_ && ahead > 0 && is_upper(peek(ahead))) return true;
    return line_begins_ && is_complete();
  }

  void scan_word() {
    const std::size_t begin = at_;
    while (is_name_part(peek())) ++at_;
    while (peek() == '\'' && !is_lower(peek(1))) ++at_;
    const std::string_view word = std::string_view(text_).substr(begin, at_ - begin);
    if (begins_item())
      for (const Row& row : rows)
        if (item_tokens.contains(row.kind) && row.spelling == word) {
          brackets_ = 0;
          return emit(row.kind, begin);
        }
    if (word == "not" && !tokens_.empty() && tokens_.back().kind == assert_) return emit(not_, begin);
    if ((word == "t" || word == "tau") && tau_follows()) return emit(tau_dot, begin);
    if (word[0] == '_') {
      report("P0703", "names begin with a letter", span(begin), "names that begin with `_` are the tool's own",
             "received and extruded names are shown as `_0`, `_1` and so on");
      return emit(broken, begin);
    }
    emit(is_upper(word[0]) ? agent_name : name, begin, script_.symbols.intern(word));
  }

  // Takes the dot of `t.`, unless the name is a subject or an object.
  bool tau_follows() {
    if (!tokens_.empty() && tokens_.back().kind == quote) return false;
    std::size_t ahead = 0;
    while (is_blank(peek(ahead))) ++ahead;
    if (peek(ahead) != '.') return false;
    at_ += ahead + 1;
    return true;
  }

  void scan_number() {
    const std::size_t begin = at_;
    while (is_name_part(peek())) ++at_;
    const std::string word = text_.substr(begin, at_ - begin);
    if (word == "0") return emit(zero, begin);
    if (std::ranges::all_of(word, is_digit)) return emit(number, begin);
    report("P0701", "`" + word + "` is neither a number nor a name", span(begin), "names begin with a letter");
    emit(broken, begin);
  }

  void scan_symbol() {
    const std::size_t begin = at_;
    for (const Row& row : rows)
      if (row.kind >= dot && row.spelling[0] == peek()) {
        ++at_;
        return emit(row.kind, begin);
      }
    // A run of text that is nothing is reported once.
    const auto is_garbage = [&](char c) {
      const bool symbol =
          std::ranges::any_of(rows, [&](const Row& row) { return row.kind >= dot && row.spelling[0] == c; });
      return !symbol && !is_blank(c) && !is_name_part(c) && c != '-';
    };
    ++at_;
    while (at_ < text_.size() && is_garbage(peek())) ++at_;
    report("P0701", "this is no part of the language", span(begin), "not understood");
    emit(broken, begin);
  }

  void emit(TokenKind kind, std::size_t begin, Symbol symbol = no_id<Symbol>) {
    tokens_.push_back({kind, span(begin), symbol});
  }

  void report(std::string_view code, std::string message, Span at, std::string label, std::string help = {}) {
    diagnostics_.report({code, Severity::error, std::move(message), at, std::move(label), {}, std::move(help)});
  }

  std::string text_;
  std::uint32_t base_;
  Script& script_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
  std::uint32_t brackets_ = 0;  // open ones
  bool line_begins_ = true;     // since the last token
};

}  // namespace

std::string_view spelling(TokenKind kind) { return rows[static_cast<std::size_t>(kind)].spelling; }

std::vector<Token> lex(FileId file, const SourceSet& sources, Script& script, Diagnostics& diagnostics) {
  return Lexer(file, sources, script, diagnostics).run();
}

}  // namespace tryst::pi
